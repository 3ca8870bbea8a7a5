import Messages

/// Walks over the records of a `.shp` file: in the order of its `.shx` where
/// there is a sound one, else one behind the other.
///
/// Source: ESRI Shapefile Technical Description, July 1998.
final class ShapeIndex {
    /// The content of a record.
    enum Record {
        /// Its bytes, valid until the next call.
        case content(UnsafeRawBufferPointer)
        /// The record cannot be reached; the next one may be.
        case damaged
    }

    /// Bytes of records given so far.
    private(set) var bytesTaken = 0

    private let shapes: FileWindow
    private let index: FileWindow?
    private var offset = headerSize
    private var ordinal = 0
    private var isLost = false

    private static let headerSize = 100
    private static let fileCode: Int32 = 9994

    /// - Throws: `Failure` with `.unusableInput` where it is no `.shp`.
    init(shapes: FileWindow, index: FileWindow?) throws(Failure) {
        guard try Self.isSound(shapes) else {
            throw Failure(.unusableInput, .noShapefile(shapes.path), hint: .checkPath)
        }
        self.shapes = shapes
        self.index = if let index, try Self.isSound(index) { index } else { nil }
    }

    private static func isSound(_ file: FileWindow) throws(Failure) -> Bool {
        guard let header = try file.bytes(at: 0, count: headerSize) else { return false }
        return header.bigEndian(0) == fileCode && header.littleEndian(28, as: Int32.self) == 1000
    }

    /// The next record, or `nil` at the end.
    func next() throws(Failure) -> Record? {
        guard let place = try nextPlace() else { return nil }
        guard let header = try shapes.bytes(at: place, count: 8) else { return lost() }
        let size = Int(header.bigEndian(4, as: Int32.self)) * 2
        // Sound records do not overlap; an index that reads more than the file is damaged.
        guard size >= 4, bytesTaken <= shapes.size, let content = try shapes.bytes(at: place + 8, count: size) else {
            return lost()
        }
        bytesTaken += size + 8
        offset = place + 8 + size
        return .content(content)
    }

    private func nextPlace() throws(Failure) -> Int? {
        defer { ordinal += 1 }
        guard let index else { return isLost || offset >= shapes.size ? nil : offset }
        guard let entry = try index.bytes(at: Self.headerSize + ordinal * 8, count: 8) else { return nil }
        return Int(entry.bigEndian(0, as: Int32.self)) * 2
    }

    /// Without an index nothing behind a damaged record can be found.
    private func lost() -> Record {
        isLost = true
        return .damaged
    }
}
