/// What stands around the "features" of a FeatureCollection.
struct JSONHead {
    /// The line the object begins on.
    var line = 1
    /// The members as JSON, the features left out.
    var bytes: [UInt8] = []
    /// The names of the members in order, as they are written.
    var keys: [String] = []
    /// How many "features" arrays were met.
    private(set) var openings = 0

    /// Takes the text up to a "features" array or to the closing brace.
    mutating func append(_ window: JSONWindow, _ range: Range<Int>) {
        let text = UnsafeBufferPointer(start: window.bytes + range.lowerBound, count: range.count)
        bytes.append(contentsOf: text)
        if text.last == UInt8(ascii: "[") {
            bytes.append(UInt8(ascii: "]"))
            openings += 1
        }
    }

    /// The members as one JSON object, closed also where the file is not read
    /// so far.
    func json(isWhole: Bool) -> [UInt8] { isWhole ? bytes : bytes + [UInt8(ascii: "}")] }
}
