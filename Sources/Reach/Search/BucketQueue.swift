/// A queue of crossings in the order of their ticks, to the width of a bucket
/// (Dial 1969): what is pushed is never before the bucket that is worked off.
///
/// An entry is a crossing alone; its ticks are where the search keeps them.
/// Who improves a crossing pushes it again, and what comes out with ticks
/// before the bucket (`isSettled`) was worked off then.
///
/// The entries of a bucket lie in blocks of one cache line, which are used
/// again as soon as they are empty. Times beyond the last bucket wait aside
/// until the window moves on to them, so that any limit will do.
struct BucketQueue: ~Copyable {
    /// 64 ticks are 4 seconds: few enough that almost no crossing is worked
    /// off twice, so many that a search passes over few empty buckets.
    private static let shift: UInt32 = 6
    private static let bucketCount = 4096
    /// One word of a block is the number of the next.
    private static let wordsPerBlock = 16
    private static let none = UInt32.max

    /// The topmost block, and how many entries are in it.
    private struct Bucket {
        var block: UInt32
        var fill: UInt32
    }

    private let buckets: UnsafeMutablePointer<Bucket>
    private var blocks: UnsafeMutablePointer<UInt32>
    private var blockCapacity: Int
    /// Blocks that were used before; beyond them all are new.
    private var usedBlocks = 0
    private var freeBlock = none
    /// Entries beyond the last bucket.
    private var later: [(node: UInt32, ticks: UInt32)] = []
    /// The ticks where the first bucket begins.
    private var baseTicks: UInt32 = 0
    private var current = 0
    /// The last bucket that was pushed to.
    private var last = -1

    init() {
        buckets = .allocate(capacity: Self.bucketCount)
        buckets.initialize(repeating: Bucket(block: Self.none, fill: 0), count: Self.bucketCount)
        blockCapacity = 256
        blocks = .allocate(capacity: blockCapacity * Self.wordsPerBlock)
    }

    deinit {
        buckets.deallocate()
        blocks.deallocate()
    }

    /// Begins anew; the queue is empty, as it is after every search.
    mutating func begin() {
        (usedBlocks, freeBlock) = (0, Self.none)
        (baseTicks, current, last) = (0, 0, -1)
    }

    /// Whether a crossing that was popped was worked off before: its ticks are
    /// before the bucket.
    @inline(__always)
    func isSettled(_ ticks: UInt32) -> Bool { Int(ticks) < Int(baseTicks) + current << Int(Self.shift) }

    /// Whether ticks are within the bucket that is worked off.
    @inline(__always)
    func isCurrent(_ ticks: UInt32) -> Bool {
        let start = Int(baseTicks) + current << Int(Self.shift)
        return Int(ticks) >= start && Int(ticks) < start + 1 << Int(Self.shift)
    }

    @inline(__always)
    mutating func push(_ node: UInt32, ticks: UInt32) {
        let index = Int((ticks &- baseTicks) >> Self.shift)
        guard index < Self.bucketCount else {
            later.append((node, ticks))
            return
        }
        last = max(last, index)
        var bucket = buckets[index]
        if bucket.fill == 0 || Int(bucket.fill) == Self.wordsPerBlock - 1 {
            let block = takeBlock()
            blocks[Int(block) * Self.wordsPerBlock] = bucket.block
            bucket = Bucket(block: block, fill: 0)
        }
        bucket.fill += 1
        blocks[Int(bucket.block) * Self.wordsPerBlock + Int(bucket.fill)] = node
        buckets[index] = bucket
    }

    /// A crossing of the earliest bucket that has any.
    @inline(__always)
    mutating func pop() -> UInt32? {
        while true {
            while current <= last {
                let bucket = buckets[current]
                guard bucket.fill > 0 else {
                    current += 1
                    continue
                }
                let block = Int(bucket.block) * Self.wordsPerBlock
                if bucket.fill > 1 {
                    buckets[current].fill = bucket.fill - 1
                } else {
                    let next = blocks[block]
                    buckets[current] = Bucket(
                        block: next, fill: next == Self.none ? 0 : UInt32(Self.wordsPerBlock - 1))
                    blocks[block] = freeBlock
                    freeBlock = bucket.block
                }
                return blocks[block + Int(bucket.fill)]
            }
            guard moveOn() else { return nil }
        }
    }

    @inline(__always)
    private mutating func takeBlock() -> UInt32 {
        if freeBlock != Self.none {
            let block = freeBlock
            freeBlock = blocks[Int(block) * Self.wordsPerBlock]
            return block
        }
        if usedBlocks == blockCapacity { grow() }
        usedBlocks += 1
        return UInt32(truncatingIfNeeded: usedBlocks - 1)
    }

    @inline(never)
    private mutating func grow() {
        let more = UnsafeMutablePointer<UInt32>.allocate(capacity: 2 * blockCapacity * Self.wordsPerBlock)
        more.moveInitialize(from: blocks, count: blockCapacity * Self.wordsPerBlock)
        blocks.deallocate()
        blocks = more
        blockCapacity *= 2
    }

    /// Moves the window to the earliest of the entries that wait.
    @inline(never)
    private mutating func moveOn() -> Bool {
        guard let earliest = later.lazy.map(\.ticks).min() else { return false }
        (baseTicks, current, last) = (earliest, 0, -1)
        let waiting = later
        later.removeAll(keepingCapacity: true)
        for entry in waiting { push(entry.node, ticks: entry.ticks) }
        return true
    }
}
