import Spatial

/// Makes an office's ledger of 376 rows as people keep it, and next month's:
/// 30 rows changed, 5 gone, 8 new, 2 renamed.
struct LedgerMaker {
    /// One month's workbook.
    struct Month {
        let name: String
        let sheet: LedgerSheet
        /// Rows that are about buildings.
        let records: Int
    }

    private(set) var months: [Month] = []
    /// What is to become of every row: month, row, landing, ref, dirt.
    private(set) var expected = "month,row,landing,ref,dirt\n"

    /// Rows that people filled in; the rest is dirt of its own kind.
    private static let plain = 352
    private static let unsure = 12
    private static let changed = 30
    private static let gone = 5
    private static let renamed = 2
    private static let new = 8

    private let names: [String: Int]
    private let addresses: [String: Int]
    /// The south-western corner around all buildings.
    private let edge: LonLat

    init(seed: UInt64, buildings: [LedgerBuilding]) {
        names = Dictionary(buildings.map { ($0.name, 1) }, uniquingKeysWith: +)
        addresses = Dictionary(buildings.map { ($0.address, 1) }, uniquingKeysWith: +)
        edge = LonLat(
            (buildings.map(\.corner.longitude).min() ?? 0).rounded(toPlaces: 7),
            (buildings.map(\.corner.latitude).min() ?? 0).rounded(toPlaces: 7))
        var random = SplitMix64(seed: seed, .ledger, 0, 0)
        let chosen = Self.choose(buildings, names, addresses)
        var entries: [LedgerEntry] = []
        for (index, building) in chosen.prefix(Self.plain).enumerated() {
            entries.append(LedgerEntry(building, code: Self.code(index), dirt: dirt(of: building, index, &random)))
        }
        for (index, building) in chosen.dropFirst(Self.plain).enumerated() {
            let other = chosen[Self.plain - 1 - index]
            let code = Self.code(Self.plain + index)
            entries.append(
                index.isMultiple(of: 2)
                    ? LedgerEntry(building, code: code, dirt: .mistyped, named: misspelt(building.name, &random))
                    : LedgerEntry(building, code: code, dirt: .otherAddress, address: other.address))
        }
        entries += points(from: 0)
        entries += [entries[20].repeated, entries[40].repeated, LedgerEntry(.nothing), LedgerEntry(.brokenName)]
        add(entries, month: "2026-01", isFirst: true)
        var next = entries
        for index in 0..<Self.changed { next[50 + index * 3].change() }
        for index in 0..<Self.renamed {
            next[200 + index].rename(Words.place(700 + index) + "大厦")
        }
        for index in (0..<Self.gone).reversed() { next.remove(at: 210 + index * 2) }
        next.insert(contentsOf: points(from: Self.new), at: 300)
        add(next, month: "2026-02", isFirst: false)
    }

    private static func code(_ index: Int) -> String { "QL-" + String(String(10_001 + index).dropFirst()) }

    /// The buildings of the ledger: those with a name, then nameless ones that
    /// are known by their address; at the end some that nobody can mistake.
    private static func choose(
        _ buildings: [LedgerBuilding], _ names: [String: Int], _ addresses: [String: Int]
    ) -> [LedgerBuilding] {
        let named = buildings.filter { !$0.name.isEmpty }
        let unique = named.filter { names[$0.name] == 1 && addresses[$0.address] == 1 }.suffix(unsure)
        let refs = Set(unique.map(\.ref))
        let others = named.filter { !refs.contains($0.ref) }
        let nameless = buildings.filter { $0.name.isEmpty && addresses[$0.address] == 1 }
        return Array((others + nameless).prefix(plain) + unique)
    }

    /// The dirt of a usual row: none that would hide which building it is about.
    private func dirt(of building: LedgerBuilding, _ index: Int, _ random: inout SplitMix64) -> LedgerEntry.Dirt {
        if building.name.isEmpty { return .addressOnly }
        if names[building.name] != 1 { return .sharedName }
        let kinds = LedgerEntry.Dirt.usual
        let kind = random.chance(0.4) ? .none : kinds[index % kinds.count]
        return kind == .addressOnly && addresses[building.address] != 1 ? .none : kind
    }

    /// A name with one character that nobody's name has there.
    private func misspelt(_ name: String, _ random: inout SplitMix64) -> String {
        let strangers = Array("鑫淼森焱垚犇")
        let typed = String(random.pick(strangers)) + name.dropFirst()
        return names[typed] == nil ? typed : "龘" + name.dropFirst()
    }

    /// Buildings that no map shows yet, on open ground west of all others.
    private func points(from first: Int) -> [LedgerEntry] {
        (first..<first + Self.new).map { index in
            LedgerEntry(
                point: LonLat(edge.longitude - 0.01, edge.latitude + 0.002 * Double(index)),
                name: Words.place(610 + index * 3) + "港",
                code: "QL-9" + String(String(1001 + index).dropFirst()))
        }
    }

    private mutating func add(_ entries: [LedgerEntry], month: String, isFirst: Bool) {
        var writer = LedgerSheetWriter(month: month)
        for (index, entry) in entries.enumerated() {
            if index == 100 { writer.addBlank() }
            if index == 200 { writer.addHeaderAgain() }
            let row = writer.add(entry, isMerged: index.isMultiple(of: 60) && index < 240)
            expected +=
                "\(month),\(row),\(entry.landing(isFirst: isFirst).rawValue),\(entry.ref ?? ""),\(entry.dirt.rawValue)\n"
        }
        writer.finish(records: entries.count)
        months.append(Month(name: "ledger-\(month).xlsx", sheet: writer.sheet, records: entries.count))
    }
}

extension Double {
    /// The number with so many decimals.
    fileprivate func rounded(toPlaces places: Int) -> Double {
        let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
        return (self * scale).rounded() / scale
    }
}
