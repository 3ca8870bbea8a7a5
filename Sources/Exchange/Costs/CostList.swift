/// What it costs to serve demand from sites, as files say it.
///
/// Rows are demands in flat arrays: the entries of demand `d` are
/// `rowStarts[d]..<rowStarts[d + 1]`, ascending by cost, equal costs ascending
/// by site, a site at most once. Sites and demands are numbered from 0 in the
/// order in which the files name them first.
public struct CostList: Sendable {
    /// What the sites are called.
    public let siteNames: NameList
    /// What the demands are called.
    public let demandNames: NameList
    /// Where every row begins, and where the last one ends.
    public let rowStarts: [Int]
    /// The sites of all rows.
    public let sites: [UInt32]
    /// What they cost: finite, not below 0.
    public let costs: [Double]
    /// The weight of every demand: finite, not below 0; 1 where no file tells.
    public let weights: [Double]
    /// How many stations the file asks for, where it does.
    public let stationCount: Int?
}

/// Many names in one piece of memory.
public struct NameList: Sendable {
    private let bytes: [UInt8]
    private let ends: [Int]

    /// How many there are.
    public var count: Int { ends.count }

    /// A name; bytes that are no UTF-8 are read as GB 18030.
    public subscript(_ index: Int) -> String {
        let name = bytes[(index > 0 ? ends[index - 1] : 0)..<ends[index]]
        return CostText.string(name)
    }

    init(bytes: [UInt8], ends: [Int]) { (self.bytes, self.ends) = (bytes, ends) }

    /// The numbers from 1 to `count`.
    init(countingTo count: Int) {
        var bytes: [UInt8] = []
        var ends: [Int] = []
        ends.reserveCapacity(count)
        for number in 0..<count {
            bytes += String(number + 1).utf8
            ends.append(bytes.count)
        }
        self.init(bytes: bytes, ends: ends)
    }
}

/// Texts of cost files.
enum CostText {
    /// Bytes as text; those that are no UTF-8 are read as GB 18030.
    static func string(_ bytes: some Collection<UInt8>) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        let raw = Array(bytes)
        guard let transcoder = try? Transcoder(from: .gb18030) else { return String(decoding: raw, as: UTF8.self) }
        return raw.withUnsafeBytes { transcoder.decode($0) }
    }

    /// The beginning of a text, for a message.
    static func excerpt(_ bytes: some Collection<UInt8>) -> String {
        let text = string(bytes.prefix(60))
        return bytes.count > 60 ? text + "…" : text
    }
}
