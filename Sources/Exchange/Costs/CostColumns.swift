import Messages

/// What stands in the columns of a cost file.
struct CostColumns: Sendable {
    /// What a column holds.
    enum Role: UInt8, Sendable {
        case site, demand, cost, weight, other

        /// What people call it, as the header has it.
        var title: String {
            switch self {
            case .site: "site"
            case .demand: "demand"
            case .cost: "cost"
            case .weight: "weight"
            case .other: ""
            }
        }

        init(title: String) {
            switch CSVNumber.halfWidth(title).trimmed.lowercased() {
            case "site", "站点", "候选点", "候选站点": self = .site
            case "demand", "需求", "需求点": self = .demand
            case "cost", "成本", "费用": self = .cost
            case "weight", "权重": self = .weight
            default: self = .other
            }
        }
    }

    let roles: [Role]
    let delimiter: UInt8
    /// Where the rows begin in the file.
    let dataStart: Int

    private static let delimiters = Array(",;\t|".utf8)

    /// Reads the header of a file.
    ///
    /// - Parameters:
    ///   - file: the file.
    ///   - wanted: the columns that it must have.
    /// - Throws: `Failure` with `.unusableInput`.
    init(_ file: RandomAccessFile, wanted: [Role]) throws(Failure) {
        var bytes = try file.bytes(at: 0, atMost: LineBlocks.longestLine)
        guard !bytes.isEmpty else { throw Failure(.unusableInput, .emptyCostFile(file.path), hint: .checkSource) }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || bytes.contains(0) {
            throw Failure(.unusableInput, .costsNotText(file.path), hint: .costsAreText)
        }
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while start < bytes.count, Self.blanks.contains(bytes[start]) { start += 1 }
        guard start < bytes.count else {
            throw Failure(.unusableInput, .emptyCostFile(file.path), hint: .checkSource)
        }
        let newline = bytes[start...].firstIndex(of: UInt8(ascii: "\n"))
        guard newline != nil || bytes.count == file.size else {
            throw Failure(.unusableInput, .costsNotText(file.path), hint: .costsAreText)
        }
        let end = newline ?? bytes.count
        if newline == nil { bytes.append(UInt8(ascii: "\n")) }
        dataStart = min(end + 1, file.size)
        let header = Array(bytes[start...end])
        var titles: [String] = []
        for delimiter in Self.delimiters {
            let cells = Self.cells(of: header, delimiter)
            let roles = cells.map(Role.init).map { wanted.contains($0) ? $0 : .other }
            if wanted.allSatisfy({ role in roles.count { $0 == role } == 1 }) {
                (self.roles, self.delimiter) = (roles, delimiter)
                return
            }
            if cells.count > titles.count { titles = cells }
        }
        let shown = titles.prefix(8).map { CostText.excerpt(Array($0.utf8)) } + (titles.count > 8 ? ["…"] : [])
        throw Failure(
            .unusableInput, .noCostColumns(file.path, shown), hint: .costColumns(wanted.map(\.title)))
    }

    private static let blanks: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]

    private static func cells(of header: [UInt8], _ delimiter: UInt8) -> [String] {
        var header = header
        return header.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return [] }
            var cursor = LineCursor(base, delimiter: delimiter)
            var cells: [String] = []
            while true {
                guard let cell = cursor.readCell() else { return [] }
                cells.append(CostText.string(cell))
                guard cursor.next.pointee == delimiter else { return cells }
                cursor.next += 1
            }
        }
    }
}
