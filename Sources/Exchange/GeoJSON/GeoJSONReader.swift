import CSimdJSON
import Messages
public import Spatial

/// Reads GeoJSON (RFC 7946) as a stream: a FeatureCollection, an array of
/// Features, a single Feature or geometry, a sequence with one value a line
/// or behind record separators (RFC 8142), or values one behind the other.
///
/// - A value that RFC 7946 forbids becomes a rejection: a ring of fewer than
///   four positions or not closed, a latitude outside ±90°, a member that is
///   missing, doubled or of a wrong type. Winding and nested collections,
///   about which it only advises, are taken as they are; ordinates behind the
///   third are dropped.
/// - Longitudes may go to ±360°: data across the antimeridian has them.
/// - Empty "coordinates" are no geometry (section 3.1). Foreign members are
///   checked and passed over.
/// - A whole number that fits is an integer; any other is a double where that
///   says the same, else text. `NaN`, as Python writes it, is no value.
///   Half a surrogate pair is read as U+FFFD. Of properties with one name the
///   last counts.
/// - A record is named by its line where it is the first there, else by its
///   byte.
/// - Where the file ends too early, all that is complete is delivered and the
///   rest is one rejection.
public final class GeoJSONReader: FeatureReader {
    /// How to read.
    public struct Options: Sendable {
        /// Whether coordinates are longitudes and latitudes, so that values
        /// outside of ±360° and ±90° are refused; off where the user or the
        /// file names another CRS.
        public var coordinatesAreDegrees = true
        /// Whether the user names the CRS, so that a "crs" member does not count.
        public var ignoresDeclaredCRS = false
        /// The longest record in bytes.
        public var largestRecord = 512 << 20
        /// The most records in a batch.
        public var recordsPerBatch = 1000

        /// Makes the usual options.
        public init() {}
    }

    /// The CRS of a "crs" member (GeoJSON 2008), where there is one.
    public private(set) var declaredCRS: CoordinateReferenceSystem?

    /// Bytes taken from the file so far.
    public var bytesRead: Int { window.input.bytesRead }

    private let options: Options
    private let window: JSONWindow
    private let splitter: JSONSplitter
    private let parser: JSONRecordParser
    private var lastLine = 0
    private var hasEnded = false
    private static let bytesPerBatch = 1 << 20

    /// Makes a reader.
    public init(_ input: ByteInput, options: Options = Options()) {
        self.options = options
        window = JSONWindow(input)
        splitter = JSONSplitter(window, largestRecord: options.largestRecord)
        parser = JSONRecordParser()
        parser.checksDegrees = options.coordinatesAreDegrees
    }

    /// The next features, about 1,000 or 1 MB of them.
    ///
    /// - Throws: `Failure` with `.unusableInput` where the file is no JSON or
    ///   its "crs" cannot be followed, `.inputOutput` where reading fails.
    public func next() throws -> FeatureBatch? {
        if hasEnded { return nil }
        var rejections: [Rejection] = []
        var rejectedBytes = 0
        while parser.recordCount < options.recordsPerBatch,
            parser.byteCount + rejectedBytes < Self.bytesPerBatch, rejections.count < options.recordsPerBatch
        {
            switch try splitter.next() {
            case .record(let range):
                guard let rejection = read(range) else { continue }
                rejectedBytes += rejection.record.utf8.count
                rejections.append(rejection)
            case .broken(let range, let reason):
                let text = window.text(range, atMost: Self.bytesPerBatch)
                rejectedBytes += text.utf8.count
                rejections.append(Rejection(position: position(of: range), reason: reason, record: text))
            case .head(let head, let isWhole):
                if let rejection = try take(head, isWhole: isWhole) { rejections.append(rejection) }
            case .end:
                hasEnded = true
            }
            if hasEnded { break }
        }
        if parser.recordCount == 0 && rejections.isEmpty { return nil }
        var batch = parser.takeBatch()
        batch.rejections = rejections
        return batch
    }

    /// Parses a record; the rejection where it is none.
    private func read(_ range: Range<Int>) -> Rejection? {
        switch parser.readFeature(window.bytes + range.lowerBound, count: range.count) {
        case LOUYU_JSON_OK:
            parser.positions.append(position(of: range))
            return nil
        case LOUYU_JSON_COLLECTION where splitter.isAtTop:
            splitter.enter(range)
            return nil
        default:
            let line = lineInside(range, offset: parser.problem.offset)
            let range = splitter.recover(in: range)
            return Rejection(
                position: position(of: range), reason: parser.problem.text.atLine(line), record: window.text(range))
        }
    }

    private func position(of range: Range<Int>) -> SourcePosition {
        let line = window.line(at: range.lowerBound)
        if line == lastLine { return .byte(window.fileOffset(of: range.lowerBound)) }
        lastLine = line
        return .line(line)
    }

    /// The line of a problem where it is not the one the record begins on.
    private func lineInside(_ range: Range<Int>, offset: Int) -> Int? {
        let feeds = louyu_json_count_lines(window.bytes + range.lowerBound, min(offset, range.count))
        return feeds == 0 ? nil : window.line(at: range.lowerBound) + feeds
    }

    private func take(_ head: JSONHead, isWhole: Bool) throws -> Rejection? {
        let members = JSONHeadMembers(head, isWhole: isWhole)
        if !options.ignoresDeclaredCRS, let crs = members.crs { try take(crs, isWhole: isWhole) }
        guard isWhole, let reason = members.problem else { return nil }
        return Rejection(
            position: .line(head.line), reason: reason,
            record: String(decoding: head.bytes.prefix(Self.bytesPerBatch), as: UTF8.self))
    }

    private func take(_ crs: DeclaredCRS, isWhole: Bool) throws {
        switch crs {
        case .unknown(let text):
            throw Failure(.unusableInput, .unknownDeclaredCRS(window.input.path, text), hint: .giveCRS)
        case .known(let crs):
            if declaredCRS == crs || (isWhole && declaredCRS == nil && crs == .wgs84) { break }
            if isWhole { throw Failure(.unusableInput, .lateDeclaredCRS(window.input.path), hint: .giveCRS) }
            if let declaredCRS, declaredCRS != crs {
                throw Failure(.unusableInput, .lateDeclaredCRS(window.input.path), hint: .giveCRS)
            }
            declaredCRS = crs
            if case .epsg = crs { parser.checksDegrees = false }
        }
    }
}
