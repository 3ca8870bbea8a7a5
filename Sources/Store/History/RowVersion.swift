import Foundation
import GRDB
public import Messages
public import Spatial

/// What a row held at some moment, in one word: two rows of the same word
/// hold the same, whatever program wrote them.
public struct RowVersion: Hashable, Sendable {
    let digest: Int64

    init(_ digest: Int64) { self.digest = digest }

    /// Reads what `text` wrote.
    public init?(_ text: String) {
        guard text.count == 17, text.first == "r", text.dropFirst().allSatisfy(\.isHexDigit),
            let bits = UInt64(text.dropFirst(), radix: 16)
        else { return nil }
        digest = Int64(bitPattern: bits)
    }

    /// `r` and sixteen hexadecimal digits, which no spreadsheet takes for a number.
    public var text: String {
        let digits = String(UInt64(bitPattern: digest), radix: 16)
        return "r" + String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension AtlasFile {
    /// The version of each of some rows, in their order; `nil` where there is no such row.
    ///
    /// - Throws: `Failure`.
    public func rowVersions(of layer: Layer, fids: [Int64]) throws(Failure) -> [RowVersion?] {
        try ask { db in
            let reader = try RowReader(db, layer: layer)
            return try fids.map { try reader.image(of: $0).map { RowVersion($0.digest) } }
        }
    }
}

extension AtlasChange {
    /// Whether a row is of that version now.
    ///
    /// - Throws: a database error.
    public func isOfVersion(_ version: RowVersion, _ feature: StoredFeature) throws -> Bool {
        try log.layer(feature.layer).image(of: feature.fid)?.digest == version.digest
    }

    /// A row as it stood when it was of that version; `nil` where the history
    /// holds no such state.
    ///
    /// - Throws: a database error.
    public func past(of feature: StoredFeature, at version: RowVersion) throws -> StoredFeature? {
        let reader = try RowReader(db, layer: feature.layer)
        guard var image = try reader.image(of: feature.fid) else { return nil }
        let rows = try RawStatement(
            db, "SELECT before FROM louyu_change_row WHERE layer = ? AND fid = ? ORDER BY change_id DESC")
        rows.bind(1, feature.layer.name)
        rows.bind(2, feature.fid)
        while image.digest != version.digest {
            guard try rows.step(), let before = RowImage(encoded: rows.bytes(0)) else { return nil }
            image.values.merge(before.values) { $1 }
        }
        return StoredFeature(image, layer: feature.layer, fid: feature.fid, columns: reader.columns)
    }

    /// Sets columns and members of `attributes` of one row.
    ///
    /// - Parameters:
    ///   - columns: columns that the layer has, and their values.
    ///   - attributes: members, and their values; null removes one.
    ///   - feature: the row.
    ///   - position: where in its file the edit stands.
    /// - Returns: the row as it is then.
    /// - Throws: `Failure` where `attributes` hold something else than members
    ///   and members are to be set; a database error.
    public func set(
        _ columns: [(name: String, value: Attribute)], attributes: [(name: String, value: Attribute)],
        of feature: StoredFeature, position: SourcePosition? = nil
    ) throws -> StoredFeature? {
        let table = feature.layer.name.quotedIdentifier
        if !attributes.isEmpty, try !holdsMembers(feature) {
            throw Failure(.unusableInput, .attributesUnreadable(feature.id), hint: .mendAttributes)
        }
        try log.layer(feature.layer).recording(feature.fid, position: position) {
            for (name, value) in columns {
                try db.execute(
                    sql: "UPDATE \(table) SET \(name.quotedIdentifier) = ? WHERE fid = ?",
                    arguments: [value.databaseValue, feature.fid])
            }
            for (name, value) in attributes {
                try db.execute(
                    sql: "UPDATE \(table) SET attributes = nullif(json_patch(coalesce(attributes, '{}'), "
                        + "json_object(?, ?)), '{}') WHERE fid = ?",
                    arguments: [name, value.databaseValue, feature.fid])
            }
        }
        try raiseVersionWithoutTriggers(of: feature.layer)
        return try row(feature.layer, fid: feature.fid)
    }

    /// Whether the `attributes` of a row are empty or a JSON object.
    private func holdsMembers(_ feature: StoredFeature) throws -> Bool {
        try Bool.fetchOne(
            db,
            sql: "SELECT attributes IS NULL OR CASE WHEN json_valid(attributes) THEN json_type(attributes) = 'object' "
                + "ELSE 0 END FROM \(feature.layer.name.quotedIdentifier) WHERE fid = ?",
            arguments: [feature.fid]) ?? true
    }

    /// A row, one that has ended too.
    ///
    /// - Throws: a database error.
    public func row(_ layer: Layer, fid: Int64) throws -> StoredFeature? {
        var query = FeatureQuery(layer, condition: .fids([fid]))
        query.includesEnded = true
        return try AtlasFile.features(db, query).first
    }

    /// A ref that no row of a layer has or had, for a record made by hand;
    /// none that a change gave which was taken back.
    ///
    /// - Throws: a database error.
    public func freeRef(in layer: Layer) throws -> String {
        let sequence = try RawStatement.integers(db, "SELECT seq FROM sqlite_sequence WHERE name = '\(layer.name)'")
        let logged = try log.layer(layer).highestLoggedFid()
        var number = max(sequence.first ?? 0, try highestFid(of: layer), logged) &+ 1
        while try isTaken("hand/\(number)", in: layer) { number &+= 1 }
        return "hand/\(number)"
    }

    /// What comes now into a layer comes from a file, without being a source of its own.
    ///
    /// - Throws: a database error.
    public func beginEdit(of layer: Layer, file: String?) throws {
        try log.layer(layer).begin(log.part(of: layer.name, file: file, source: nil))
    }
}

extension Attribute {
    /// The value as GRDB takes it.
    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .boolean(let value): (value ? 1 : 0).databaseValue
        case .integer(let value): value.databaseValue
        case .real(let value): value.databaseValue
        case .text(let value), .json(let value): value.databaseValue
        }
    }
}
