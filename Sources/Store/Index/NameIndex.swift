import Foundation
import GRDB
import Spatial

/// Finds features by any part of a name or address, two Chinese characters
/// included: a full-text table whose tokens are pairs of neighbouring
/// characters.
///
/// The index only proposes; every candidate is compared with its row. Rows
/// changed by other programs stand in `louyu_unindexed` and are compared too,
/// so an answer is never stale.
enum NameIndex {
    /// Columns that are searched, where a layer has them.
    static let columns = ["name", "name_en", "address", "complex"]
    /// Members of `attributes` that hold other names.
    static let aliases = ["alias", "alt_name", "old_name", "short_name", "别名", "简称", "曾用名"]

    private static let aliasBytes = aliases.map { Array($0.utf8) }

    /// Whether an `attributes` text has a member that is another name.
    static func holdsAlias(_ attributes: UnsafeRawBufferPointer) -> Bool {
        guard var members = JSONMembers(attributes) else { return false }
        while let member = members.next() {
            for alias in aliasBytes where alias.count == member.key.count {
                if attributes[member.key].elementsEqual(alias) { return true }
            }
        }
        return false
    }

    /// How a text is compared: compatibility forms unified (full-width
    /// letters), case folded, spaces and punctuation left out.
    static func normalized(_ text: String) -> [Character] {
        text.precomposedStringWithCompatibilityMapping.lowercased().filter { $0.isLetter || $0.isNumber }
    }

    /// The tokens of a text: all pairs, and the last character alone, so that
    /// every character begins a token.
    static func grams(_ text: String) -> String {
        let characters = normalized(text)
        guard let last = characters.last else { return "" }
        var grams = ""
        for index in characters.indices.dropLast() {
            grams.append(characters[index])
            grams.append(characters[index + 1])
            grams.append(" ")
        }
        grams.append(last)
        return grams
    }

    /// The full-text expression that every row holding `text` fulfils; `nil`
    /// where there is nothing to look for.
    static func expression(_ text: String) -> String? {
        let characters = normalized(text)
        guard let first = characters.first else { return nil }
        if characters.count == 1 { return "\"\(first)\"*" }
        return characters.indices.dropLast().map { "\"\(characters[$0])\(characters[$0 + 1])\"" }
            .joined(separator: " AND ")
    }

    /// Whether a column tells where something is rather than what it is called.
    static func isPlace(_ column: String?) -> Bool { column == "address" || column == "complex" }

    /// The fids whose rowids fit into 64 bits.
    private static let indexable = -(Int64(1) << 60)...(Int64(1) << 60) - 1

    /// Rowids of the index carry the layer in their lowest three bits; `nil`
    /// where the fid leaves no room for them.
    static func rowID(layer: Layer, fid: Int64) -> Int64? {
        indexable.contains(fid) ? fid << 3 | Int64(Layer.all.firstIndex(of: layer) ?? 7) : nil
    }

    /// The layer and the row that a rowid stands for.
    static func place(_ rowID: Int64) -> (layer: Layer, fid: Int64)? {
        let index = Int(rowID & 7)
        return index < Layer.all.count ? (Layer.all[index], rowID >> 3) : nil
    }

    /// Takes in the rows that stand in `louyu_unindexed`.
    ///
    /// What such a row was called before stays in the index: it only proposes,
    /// and the row is compared. So the index grows with the different names
    /// that rows have had, not with the changes.
    ///
    /// - Complexity: O(rows marked log rows).
    static func takeInMarked(_ db: Database) throws {
        let insert = try RawStatement(db, "INSERT INTO louyu_name_index (rowid, grams) VALUES (?, ?)")
        for layer in Layer.all {
            // In order of fid: the full-text index writes out all it holds whenever rowids fall.
            let rows = try RawStatement(
                db,
                "SELECT fid, \(searched(layer)) FROM \"\(layer.name)\" WHERE fid IN "
                    + "(SELECT fid FROM louyu_unindexed WHERE layer = '\(layer.name)') ORDER BY fid")
            let count = columns(of: layer).count + aliases.count
            while try rows.step() {
                guard let rowID = rowID(layer: layer, fid: rows.integer(0)) else { continue }
                let texts = (1...count).filter { !rows.isNull($0) }.map { grams(rows.string($0)) }
                guard texts.contains(where: { !$0.isEmpty }) else { continue }
                insert.bind(1, rowID)
                insert.bind(2, texts.joined(separator: " "))
                try insert.run()
            }
        }
        // Rows without a rowid of their own stay and are compared one by one.
        try db.execute(
            sql: "DELETE FROM louyu_unindexed WHERE fid BETWEEN ? AND ?",
            arguments: [indexable.lowerBound, indexable.upperBound])
    }

    /// The searched columns that a layer has.
    static func columns(of layer: Layer) -> [String] { columns.filter { layer.column($0) != nil } }

    /// The searched columns and aliases as SQL.
    static func searched(_ layer: Layer) -> String {
        (columns(of: layer).map { "\"\($0)\"" }
            + aliases.map { Property.attribute($0).sql }).joined(separator: ", ")
    }
}
