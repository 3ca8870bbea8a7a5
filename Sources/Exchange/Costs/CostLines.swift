/// What takes the cells of cost files.
protocol CostTarget: SendableMetatype {
    /// Takes a line.
    ///
    /// - Returns: whether it can be used; otherwise `reason` says why not.
    mutating func take(site: IdKey, demand: IdKey, number: Double, at offset: Int) -> Bool
    /// Why a line cannot be used.
    var reason: LineDefect.Reason { get }
}

/// Hands the lines of a cost file to a target.
final class CostLines<Target: CostTarget>: LineSink {
    private(set) var target: Target
    private let columns: CostColumns
    private let powersOfTen: UnsafeMutablePointer<Double>

    init(_ columns: CostColumns, _ target: Target) {
        (self.columns, self.target) = (columns, target)
        powersOfTen = .allocate(capacity: 16)
        var power = 1.0
        for exponent in 0..<16 {
            (powersOfTen + exponent).initialize(to: power)
            power *= 10
        }
    }

    deinit { powersOfTen.deallocate() }

    func take(_ lines: UnsafeMutableBufferPointer<UInt8>, at offset: Int) -> LineDefect? {
        columns.roles.withUnsafeBufferPointer { roles in
            Self.take(lines, at: offset, roles, columns.delimiter, powersOfTen, &target)
        }
    }

    private static func take(
        _ lines: UnsafeMutableBufferPointer<UInt8>, at offset: Int, _ roles: UnsafeBufferPointer<CostColumns.Role>,
        _ delimiter: UInt8, _ powersOfTen: UnsafePointer<Double>, _ target: inout Target
    ) -> LineDefect? {
        guard let base = lines.baseAddress else { return nil }
        let end = base + lines.count
        let none = IdKey(UnsafeBufferPointer(start: base, count: 0), integer: -1)
        var cursor = LineCursor(base, delimiter: delimiter)
        while cursor.next < end {
            if cursor.passBlankLine() { continue }
            let line = offset + (cursor.next - base)
            var (site, demand, number) = (none, none, 0.0)
            for column in roles.indices {
                if column > 0, !cursor.passDelimiter() {
                    return LineDefect(offset: line, reason: .tooFewValues(column, columns: roles.count))
                }
                switch roles[column] {
                case .site: site = cursor.readId(.site)
                case .demand: demand = cursor.readId(.demand)
                case .cost, .weight: number = cursor.readNumber(roles[column], powersOfTen)
                case .other: _ = cursor.readCell()
                }
                if let defect = cursor.defect { return LineDefect(offset: line, reason: defect) }
            }
            guard cursor.passNewline() else {
                return LineDefect(offset: line, reason: .tooManyValues(columns: roles.count))
            }
            guard target.take(site: site, demand: demand, number: number, at: line) else {
                return LineDefect(offset: line, reason: target.reason)
            }
        }
        return nil
    }
}
