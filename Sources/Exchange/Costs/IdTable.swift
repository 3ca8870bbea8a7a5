/// Ids as numbers from 0 in the order in which they are added, each with
/// where it was seen first and how often.
///
/// Small integers are looked up in an array, all else in a hash table whose
/// seed differs from run to run, so that no file can be made to be slow.
/// For one thread at a time while ids are added.
final class IdTable {
    /// What is known of an id.
    struct Entry {
        /// Where the first line with it begins.
        var firstOffset: Int
        var count: Int
        fileprivate var nameStart: Int
        fileprivate var nameLength: Int
    }

    private(set) var count = 0
    private var entries: UnsafeMutablePointer<Entry>
    private var entryCapacity = 64
    private var names: UnsafeMutablePointer<UInt8>
    private var nameBytes = 0
    private var nameCapacity = 1024
    /// Number + 1 by integer; 0 for none.
    private var direct: UnsafeMutablePointer<UInt32>
    private var directCapacity = 64
    /// Larger integers are looked up by their hash.
    private let directLimit: Int
    /// Hash in the upper, number + 1 in the lower half; 0 for none.
    private var slots: UnsafeMutablePointer<UInt64>
    private var slotCapacity = 64
    private var hashed = 0
    private let seed: UInt64

    private static let seedOfRun = UInt64.random(in: 1...UInt64.max) | 1

    /// - Parameter fileSize: of the file with the ids, in bytes: as many ids as
    ///   lines may be dense integers.
    init(fileSize: Int) {
        directLimit = min(1 << 28, fileSize / 6 + 1024)
        seed = Self.seedOfRun
        entries = .allocate(capacity: entryCapacity)
        names = .allocate(capacity: nameCapacity)
        direct = Self.zeros(directCapacity)
        slots = Self.zeros(slotCapacity)
    }

    deinit {
        entries.deallocate()
        names.deallocate()
        direct.deallocate()
        slots.deallocate()
    }

    /// About what the table takes, in bytes.
    var memoryBytes: Int {
        entryCapacity * MemoryLayout<Entry>.stride + nameCapacity + directCapacity * 4 + slotCapacity * 8
    }

    /// What is known of an id by its number.
    subscript(_ number: Int) -> Entry { entries[number] }

    /// The id of a number.
    func key(_ number: Int) -> IdKey {
        IdKey(UnsafeBufferPointer(start: names + entries[number].nameStart, count: entries[number].nameLength))
    }

    /// All ids by their numbers.
    var nameList: NameList {
        var bytes: [UInt8] = []
        var ends: [Int] = []
        bytes.reserveCapacity(nameBytes)
        ends.reserveCapacity(count)
        for number in 0..<count {
            bytes.append(contentsOf: key(number).bytes)
            ends.append(bytes.count)
        }
        return NameList(bytes: bytes, ends: ends)
    }

    /// The number of an id; adds it where it is new.
    func number(adding key: IdKey, firstOffset: Int) -> Int {
        let known = view.number(of: key)
        if known >= 0 { return known }
        let number = count
        if number == entryCapacity { grow(&entries, &entryCapacity, used: count) }
        while nameBytes + key.bytes.count > nameCapacity { grow(&names, &nameCapacity, used: nameBytes) }
        if let source = key.bytes.baseAddress { (names + nameBytes).update(from: source, count: key.bytes.count) }
        (entries + number).initialize(
            to: Entry(firstOffset: firstOffset, count: 0, nameStart: nameBytes, nameLength: key.bytes.count))
        nameBytes += key.bytes.count
        count += 1
        if key.integer >= 0, key.integer < directLimit {
            if key.integer >= directCapacity { growDirect(toHold: key.integer) }
            direct[key.integer] = UInt32(number + 1)
        } else {
            if (hashed + 1) * 2 > slotCapacity { growSlots() }
            place(number, IdView.hash(key.bytes, seed))
            hashed += 1
        }
        return number
    }

    /// Counts an id.
    func add(_ count: Int, to number: Int) { entries[number].count += count }

    /// For reading; good until an id is added or the table goes.
    var view: IdView {
        IdView(
            direct: direct, directCapacity: directCapacity, directLimit: directLimit, slots: slots,
            mask: slotCapacity - 1, seed: seed, entries: entries, names: names)
    }

    private func place(_ number: Int, _ hash: UInt32) {
        var slot = Int(hash) & (slotCapacity - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slotCapacity - 1) }
        slots[slot] = UInt64(hash) << 32 | UInt64(number + 1)
    }

    private func grow<Element>(
        _ memory: inout UnsafeMutablePointer<Element>, _ capacity: inout Int, used: Int
    ) {
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: memory, count: used)
        memory.deallocate()
        (memory, capacity) = (larger, capacity * 2)
    }

    private func growDirect(toHold integer: Int) {
        let capacity = min(directLimit, max(integer + 1, directCapacity * 2))
        let larger = Self.zeros(capacity) as UnsafeMutablePointer<UInt32>
        larger.update(from: direct, count: directCapacity)
        direct.deallocate()
        (direct, directCapacity) = (larger, capacity)
    }

    private func growSlots() {
        let (old, oldCapacity) = (slots, slotCapacity)
        slotCapacity *= 2
        slots = Self.zeros(slotCapacity)
        for slot in 0..<oldCapacity where old[slot] != 0 {
            place(Int(old[slot] & 0xFFFF_FFFF) - 1, UInt32(old[slot] >> 32))
        }
        old.deallocate()
    }

    private static func zeros<Element: FixedWidthInteger>(_ count: Int) -> UnsafeMutablePointer<Element> {
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: count)
        memory.initialize(repeating: 0, count: count)
        return memory
    }
}

/// A look into a table of ids that costs no reference count.
struct IdView {
    fileprivate let direct: UnsafeMutablePointer<UInt32>
    fileprivate let directCapacity: Int
    fileprivate let directLimit: Int
    fileprivate let slots: UnsafeMutablePointer<UInt64>
    fileprivate let mask: Int
    fileprivate let seed: UInt64
    fileprivate let entries: UnsafeMutablePointer<IdTable.Entry>
    fileprivate let names: UnsafeMutablePointer<UInt8>

    /// The number of an id; -1 where it is not in the table.
    @inline(__always)
    func number(of key: IdKey) -> Int {
        if key.integer >= 0, key.integer < directCapacity { return Int(direct[key.integer]) - 1 }
        return hashedNumber(of: key)
    }

    /// Counts an id once more.
    @inline(__always)
    func count(_ number: Int) { entries[number].count &+= 1 }

    @inline(never)
    private func hashedNumber(of key: IdKey) -> Int {
        if key.integer >= 0, key.integer < directLimit { return -1 }
        let hash = Self.hash(key.bytes, seed)
        var slot = Int(hash) & mask
        while slots[slot] != 0 {
            if UInt32(slots[slot] >> 32) == hash {
                let number = Int(slots[slot] & 0xFFFF_FFFF) - 1
                if isName(number, key.bytes) { return number }
            }
            slot = (slot + 1) & mask
        }
        return -1
    }

    @inline(__always)
    private func isName(_ number: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let entry = entries[number]
        guard entry.nameLength == bytes.count else { return false }
        let name = names + entry.nameStart
        for place in bytes.indices where name[place] != bytes[place] { return false }
        return true
    }

    /// Multiply and fold, eight bytes a step.
    @inline(__always)
    fileprivate static func hash(_ bytes: UnsafeBufferPointer<UInt8>, _ seed: UInt64) -> UInt32 {
        let raw = UnsafeRawBufferPointer(bytes)
        var hash = seed ^ UInt64(truncatingIfNeeded: raw.count)
        var place = 0
        while place + 8 <= raw.count {
            hash = fold(hash ^ raw.loadUnaligned(fromByteOffset: place, as: UInt64.self), seed)
            place += 8
        }
        var rest: UInt64 = 0
        while place < raw.count {
            rest = rest << 8 | UInt64(raw[place])
            place += 1
        }
        hash = fold(hash ^ rest, 0x9E37_79B9_7F4A_7C15)
        return UInt32(truncatingIfNeeded: hash ^ hash >> 32)
    }

    @inline(__always)
    private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let (high, low) = a.multipliedFullWidth(by: b)
        return high ^ low
    }
}
