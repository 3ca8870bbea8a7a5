import Messages

/// A file that lists demand with its weights.
struct DemandFile {
    /// The demands in the order of the file.
    let ids: IdTable
    /// Their weights.
    let weights: [Double]
    let path: String

    /// Reads a CSV file `demand,weight`.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - options: how it is read.
    ///   - isWanted: asked for every block with its size; throws to break off.
    /// - Throws: `Failure`.
    init(
        path: String, options: CostOptions, after isWanted: @Sendable (Int) throws(Failure) -> Void
    ) throws(Failure) {
        self.path = path
        let file = try RandomAccessFile(path: path)
        let columns = try CostColumns(file, wanted: [.demand, .weight])
        let blocks = LineBlocks(file: file, start: columns.dataStart, blockSize: options.blockBytes)
        let lines = CostLines(columns, Target(fileSize: file.size))
        let ids = lines.target.ids
        nonisolated(unsafe) let watched = ids
        let limit = options.memoryLimitBytes
        try blocks.read(into: [lines]) { bytes throws(Failure) in
            // The only thread that reads asks.
            guard watched.memoryBytes <= limit else { throw CostMemory(limitBytes: limit).tooManyIds(path) }
            try isWanted(bytes)
        }
        guard ids.count > 0 else { throw Failure(.unusableInput, .costsWithoutRows(path), hint: .checkSource) }
        (self.ids, weights) = (ids, lines.target.weights)
    }

    private struct Target: CostTarget {
        let ids: IdTable
        private(set) var weights: [Double] = []
        private(set) var reason = LineDefect.Reason.fileChanged

        init(fileSize: Int) { ids = IdTable(fileSize: fileSize) }

        mutating func take(site: IdKey, demand: IdKey, number: Double, at offset: Int) -> Bool {
            guard ids.number(adding: demand, firstOffset: offset) == weights.count else {
                reason = .demandTwice(CostText.excerpt(demand.bytes))
                return false
            }
            weights.append(number)
            return true
        }
    }
}

/// What costs may take of the memory.
struct CostMemory {
    let limitBytes: Int

    /// A file with more ids than fit.
    func tooManyIds(_ path: String) -> Failure {
        Failure(.unusableInput, .tooManyIds(path, limitMegabytes: limitBytes >> 20), hint: .fewerIds)
    }

    /// A file with more entries than fit.
    func tooManyEntries(_ path: String) -> Failure {
        let entries = limitBytes / CostOptions.bytesAnEntry
        return Failure(
            .unusableInput, .tooManyCosts(path, entries: entries, limitMegabytes: limitBytes >> 20), hint: .fewerCosts)
    }
}
