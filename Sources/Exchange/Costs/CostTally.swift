/// Counts the entries of every demand, and sees which sites there are.
struct CostTally: CostTarget {
    let sites: IdTable
    let demands: IdTable
    /// How many entries are kept.
    private(set) var entries = 0
    private var siteView: IdView
    private var demandView: IdView
    private let radius: Double

    init(fileSize: Int, radius: Double) {
        (sites, demands) = (IdTable(fileSize: fileSize), IdTable(fileSize: fileSize))
        (siteView, demandView) = (sites.view, demands.view)
        self.radius = radius
    }

    var reason: LineDefect.Reason { .fileChanged }

    @inline(__always)
    mutating func take(site: IdKey, demand: IdKey, number: Double, at offset: Int) -> Bool {
        if siteView.number(of: site) < 0 { addSite(site, offset) }
        var demandNumber = demandView.number(of: demand)
        if demandNumber < 0 { demandNumber = addDemand(demand, offset) }
        if number <= radius {
            demandView.count(demandNumber)
            entries &+= 1
        }
        return true
    }

    @inline(never)
    private mutating func addSite(_ site: IdKey, _ offset: Int) {
        _ = sites.number(adding: site, firstOffset: offset)
        siteView = sites.view
    }

    @inline(never)
    private mutating func addDemand(_ demand: IdKey, _ offset: Int) -> Int {
        let number = demands.number(adding: demand, firstOffset: offset)
        demandView = demands.view
        return number
    }
}

extension IdTable {
    /// Joins what several threads saw of one file, in the order in which the
    /// file names the ids.
    static func joined(_ parts: [IdTable], fileSize: Int) -> IdTable {
        let merged = IdTable(fileSize: fileSize)
        var seen: [(offset: Int, part: Int, number: Int)] = []
        seen.reserveCapacity(parts.reduce(0) { $0 + $1.count })
        for (part, table) in parts.enumerated() {
            for number in 0..<table.count { seen.append((table[number].firstOffset, part, number)) }
        }
        seen.sort { $0.offset < $1.offset }
        for (offset, part, number) in seen {
            let joint = merged.number(adding: parts[part].key(number), firstOffset: offset)
            merged.add(parts[part][number].count, to: joint)
        }
        return merged
    }
}
