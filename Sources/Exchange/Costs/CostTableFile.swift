import Messages
import Synchronization

/// A CSV file `site,demand,cost`, read twice: once to count, once to fill the
/// rows, so that no more is held than the rows.
struct CostTableFile {
    let file: RandomAccessFile
    let demand: DemandFile?
    let options: CostOptions
    let progress: CostProgress

    /// Reads the file.
    ///
    /// - Throws: `Failure`.
    func read() throws(Failure) -> CostList {
        let columns = try CostColumns(file, wanted: [.site, .demand, .cost])
        let blocks = LineBlocks(file: file, start: columns.dataStart, blockSize: options.blockBytes)
        let (sites, demands) = try count(blocks, columns)
        var starts = [0]
        starts.reserveCapacity(demands.counts.count + 1)
        for count in demands.counts { starts.append(starts[starts.count - 1] + count) }
        var (kept, keptSites, keptCosts) = (starts, [UInt32](), [Double]())
        var result: Result<Void, Failure> = .success(())
        keptCosts = [Double](unsafeUninitializedCapacity: starts[starts.count - 1]) { costs, costCount in
            keptSites = [UInt32](unsafeUninitializedCapacity: costs.count) { siteNumbers, siteCount in
                result = starts.withUnsafeBufferPointer { starts in
                    Result { () throws(Failure) in
                        kept = try fill(
                            Memory(starts: starts, sites: siteNumbers, costs: costs), blocks, columns, sites,
                            demands.table)
                    }
                }
                siteCount = (try? result.get()) == nil ? 0 : kept[kept.count - 1]
            }
            costCount = keptSites.count
        }
        try result.get()
        return CostList(
            siteNames: sites.nameList, demandNames: demands.table.nameList, rowStarts: kept, sites: keptSites,
            costs: keptCosts, weights: demand?.weights ?? Array(repeating: 1, count: demands.table.count),
            stationCount: nil)
    }

    private var radius: Double { options.radius ?? .infinity }

    // MARK: Counting

    /// The demands and how many entries each has.
    private struct Demands {
        let table: IdTable
        let counts: [Int]
    }

    private func count(_ blocks: LineBlocks, _ columns: CostColumns) throws(Failure) -> (IdTable, Demands) {
        let readers = (0..<options.threadCount).map { _ in
            CostLines(columns, CostTally(fileSize: file.size, radius: radius))
        }
        let memory = CostMemory(limitBytes: options.memoryLimitBytes)
        let path = file.path
        let progress = progress
        let used = MemoryCount()
        try blocks.read(into: readers.map { MeasuredTally($0, used) }) { bytes throws(Failure) in
            if used.bytes > memory.limitBytes { throw memory.tooManyEntries(path) }
            try progress.add(bytes)
        }
        let tallies = readers.map(\.target)
        let entries = tallies.reduce(0) { $0 + $1.entries }
        guard entries <= memory.limitBytes / CostOptions.bytesAnEntry else { throw memory.tooManyEntries(path) }
        let sites = IdTable.joined(tallies.map(\.sites), fileSize: file.size)
        guard sites.count > 0 else { throw Failure(.unusableInput, .costsWithoutRows(path), hint: .checkSource) }
        let found = IdTable.joined(tallies.map(\.demands), fileSize: file.size)
        return (sites, try listed(found))
    }

    /// The demands of the demand file, where there is one, with the counts.
    private func listed(_ found: IdTable) throws(Failure) -> Demands {
        guard let demand else { return Demands(table: found, counts: (0..<found.count).map { found[$0].count }) }
        var counts = [Int](repeating: 0, count: demand.ids.count)
        let view = demand.ids.view
        for number in 0..<found.count {
            let key = found.key(number)
            let listed = view.number(of: key)
            guard listed >= 0 else {
                let reason = LineDefect.Reason.unlistedDemand(CostText.excerpt(key.bytes), listedIn: demand.path)
                throw LineDefect(offset: found[number].firstOffset, reason: reason).failure(in: file)
            }
            counts[listed] = found[number].count
        }
        return Demands(table: demand.ids, counts: counts)
    }

    // MARK: Filling

    /// Memory for the rows.
    private struct Memory {
        let starts: UnsafeBufferPointer<Int>
        let sites: UnsafeMutableBufferPointer<UInt32>
        let costs: UnsafeMutableBufferPointer<Double>
    }

    /// Fills and sorts the rows; gives where they begin once what was twice
    /// in them is gone.
    private func fill(
        _ memory: Memory, _ blocks: LineBlocks, _ columns: CostColumns, _ sites: IdTable, _ demands: IdTable
    ) throws(Failure) -> [Int] {
        let count = memory.starts.count - 1
        let cursors = UnsafeMutablePointer<Atomic<Int>>.allocate(capacity: max(1, count))
        for row in 0..<count { (cursors + row).initialize(to: Atomic(memory.starts[row])) }
        defer {
            cursors.deinitialize(count: count)
            cursors.deallocate()
        }
        let rows = CostRows(starts: memory.starts, sites: memory.sites, costs: memory.costs, cursors: cursors)
        let readers = (0..<options.threadCount).map { _ in
            CostLines(columns, CostScatter(sites: sites, demands: demands, rows: rows, radius: radius))
        }
        let progress = progress
        try blocks.read(into: readers) { bytes throws(Failure) in try progress.add(bytes) }
        guard rows.areFull else { throw LineDefect(offset: 0, reason: .fileChanged).failure(in: file) }
        let sorting = CostRowSorting(rows: rows, siteCount: sites.count, threadCount: options.threadCount)
        let (repeated, clash) = sorting.sort()
        if let clash { throw try failure(clash, blocks, columns, sites, demands) }
        return repeated == 0 ? Array(memory.starts) : Self.closeGaps(memory)
    }

    private static func closeGaps(_ memory: Memory) -> [Int] {
        var starts = [0]
        starts.reserveCapacity(memory.starts.count)
        var end = 0
        for row in 0..<memory.starts.count - 1 {
            for place in memory.starts[row]..<memory.starts[row + 1] {
                guard memory.sites[place] != CostRowSorting.left else { break }
                (memory.sites[end], memory.costs[end]) = (memory.sites[place], memory.costs[place])
                end += 1
            }
            starts.append(end)
        }
        return starts
    }

    /// The two lines that tell one pair different costs.
    private func failure(
        _ clash: CostRowSorting.Clash, _ blocks: LineBlocks, _ columns: CostColumns, _ sites: IdTable,
        _ demands: IdTable
    ) throws(Failure) -> Failure {
        let search = CostLines(
            columns, PairSearch(sites: sites, demands: demands, site: Int(clash.site), demand: clash.row))
        try blocks.read(into: [search]) { _ throws(Failure) in }
        let found = search.target.found
        guard let first = found.first, let other = found.first(where: { $0.cost != first.cost }) else {
            return LineDefect(offset: 0, reason: .fileChanged).failure(in: file)
        }
        return Failure(
            .unusableInput,
            .pairTwice(
                file.path, site: CostText.excerpt(sites.key(Int(clash.site)).bytes),
                demand: CostText.excerpt(demands.key(clash.row).bytes), lines: try file.lineNumber(at: first.offset),
                try file.lineNumber(at: other.offset)),
            hint: .keepOneLine)
    }
}

/// How much memory several threads take together.
private final class MemoryCount: Sendable {
    private let count = Atomic<Int>(0)

    var bytes: Int { count.load(ordering: .relaxed) }

    func add(_ bytes: Int) { count.add(bytes, ordering: .relaxed) }
}

/// A tally that tells how much memory it and its rows will take.
private final class MeasuredTally: LineSink {
    private let lines: CostLines<CostTally>
    private let used: MemoryCount
    private var told = 0

    init(_ lines: CostLines<CostTally>, _ used: MemoryCount) { (self.lines, self.used) = (lines, used) }

    func take(_ block: UnsafeMutableBufferPointer<UInt8>, at offset: Int) -> LineDefect? {
        let defect = lines.take(block, at: offset)
        let tally = lines.target
        let now = tally.entries * CostOptions.bytesAnEntry + tally.sites.memoryBytes + tally.demands.memoryBytes
        used.add(now - told)
        told = now
        return defect
    }
}

/// Finds all lines of one pair.
private struct PairSearch: CostTarget {
    private(set) var found: [(offset: Int, cost: Double)] = []
    private let siteView: IdView
    private let demandView: IdView
    private let site: Int
    private let demand: Int

    init(sites: IdTable, demands: IdTable, site: Int, demand: Int) {
        (siteView, demandView) = (sites.view, demands.view)
        (self.site, self.demand) = (site, demand)
    }

    var reason: LineDefect.Reason { .fileChanged }

    mutating func take(site: IdKey, demand: IdKey, number: Double, at offset: Int) -> Bool {
        if siteView.number(of: site) == self.site, demandView.number(of: demand) == self.demand {
            found.append((offset, number))
        }
        return true
    }
}
