import Exchange
import Foundation
import Messages
import Spatial

/// A file of features that is written while they are made.
final class FeatureFile {
    private let output: ByteOutput
    private let writer: any FeatureWriter
    private var batch = FeatureBatch()
    private(set) var count = 0

    private static let batchSize = 2000

    /// Opens `name` in a folder: one feature a line where the name ends in
    /// `geojsonl`, else one FeatureCollection.
    init(_ name: String, in folder: Folder) throws {
        output = try ByteOutput(path: folder.path(name), overwrite: folder.mayOverwrite)
        writer = name.hasSuffix("l") ? GeoJSONSeqWriter(output) : GeoJSONWriter(output)
    }

    /// Adds a feature; attributes without a value are left out.
    func add(id: String, _ geometry: Geometry, _ attributes: [(String, Attribute)]) throws {
        let present = attributes.filter { $0.1 != .null }.map { (key: $0.0, value: $0.1) }
        count += 1
        batch.append(
            Feature(id: .text(id), geometry: geometry, attributes: present), position: .record(count))
        if batch.records.count >= Self.batchSize { try flush() }
    }

    /// Writes the end of the file.
    ///
    /// - Returns: the number of features.
    func finish() throws -> Int {
        try flush()
        try writer.finish()
        try output.commit()
        return count
    }

    private func flush() throws {
        try writer.write(batch)
        let keys = batch.keys
        batch = FeatureBatch()
        batch.keys = keys
    }
}

extension Attribute {
    /// A text, or nothing.
    static func optional(_ text: String?) -> Attribute { text.map(Attribute.text) ?? .null }
    /// A whole number, or nothing.
    static func optional(_ number: Int?) -> Attribute { number.map { .integer(Int64($0)) } ?? .null }
    /// `yes`, or nothing.
    static func yes(_ isSo: Bool) -> Attribute { isSo ? .text("yes") : .null }
}
