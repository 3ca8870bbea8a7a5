import Messages

/// What has to be known of a sheet before its first row: the cells shown as
/// one, which stand behind all rows, and whether the rows are in order.
///
/// The whole part is parsed for it, so that a damaged one is refused before
/// anything of it is used.
struct SheetOutline {
    /// The cells shown as one.
    private(set) var mergedRanges: [MergedRange] = []
    /// Whether the rows come by ascending numbers.
    private(set) var isInOrder = true

    /// So many are taken for nothing, and one more for so many bytes of the packed part.
    private static let freeRanges = 50_000
    private static let bytesARange = 4

    /// Parses a sheet.
    ///
    /// - Throws: `Failure` with `.unusableInput`.
    init(_ xml: XMLStream) throws(Failure) {
        var number = 0
        var isSheet = false
        let mostRanges = Self.freeRanges + xml.packedSize / Self.bytesARange
        while let event = try xml.next() {
            guard event.kind == .start else { continue }
            if event.tag == .worksheet, event.depth == 1 {
                isSheet = true
            } else if event.tag == .row, event.depth == SheetScanner.rowDepth {
                let next = xml.value(of: "r", in: event).flatMap { CellReference.number(xml.bytes[$0]) } ?? number + 1
                if next <= number { isInOrder = false }
                number = next
            } else if event.tag == .mergeCell, let reference = xml.value(of: "ref", in: event) {
                guard let range = CellReference.range(xml.bytes[reference]) else {
                    throw xml.failure(.badReference(String(decoding: xml.bytes[reference].prefix(40), as: UTF8.self)))
                }
                guard mergedRanges.count < mostRanges else { throw xml.failure(.tooManyEntries) }
                mergedRanges.append(range)
            }
        }
        guard isSheet else { throw xml.failure(.partIsNoSheet) }
    }

    /// What is read of the sheet for it.
    static let interest: [XMLTag] = [.worksheet, .row, .mergeCell]
}
