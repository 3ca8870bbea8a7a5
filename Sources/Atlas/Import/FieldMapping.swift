import Messages
import Spatial
import Store

/// Where the fields of a source go in a layer.
struct FieldMapping {
    /// Where one source field goes.
    enum Target {
        /// A column of the layer, with the rank of the name that led there;
        /// of two fields for one column the lower rank wins.
        case column(Int, rank: Int)
        /// The JSON column `attributes`, under this name.
        case attribute(name: String)
    }

    /// The layer's columns.
    let columns: [String]
    /// Constant columns, by index.
    let constants: [(column: Int, value: Attribute)]
    /// Constants that are no columns.
    let constantAttributes: [(name: String, value: String)]

    private let renamed: [String: String]
    private let ranks: [String: (column: Int, rank: Int)]
    private var targets: [Target] = []

    /// Makes a mapping; `map` (column to source field) and `set` (column to
    /// constant) come from the user.
    init(
        layer: Layer, columns: [String], map: [(column: String, field: String)], set: [(column: String, value: String)]
    ) {
        self.columns = columns
        var ranks: [String: (column: Int, rank: Int)] = [:]
        for (index, column) in columns.enumerated() where !Self.ownColumns.contains(column) {
            let names = [column, layer.column(column)?.title.zh ?? column] + FieldAliases.names(of: column, in: layer)
            for (rank, name) in names.enumerated() where ranks[name].map({ $0.rank > rank }) ?? true {
                ranks[name] = (index, rank + 1)
            }
        }
        var renamed: [String: String] = [:]
        for (column, field) in map {
            let name = layer.column(column)?.name ?? column
            if let index = columns.firstIndex(of: name) { ranks[field] = (index, 0) } else { renamed[field] = name }
        }
        self.ranks = ranks
        self.renamed = renamed
        var constants: [(column: Int, value: Attribute)] = []
        var others: [(name: String, value: String)] = []
        for (column, value) in set {
            let name = layer.column(column)?.name ?? column
            if let index = columns.firstIndex(of: name) {
                constants.append((index, .text(value)))
            } else {
                others.append((name, value))
            }
        }
        self.constants = constants
        constantAttributes = others
    }

    /// Columns that a source never fills by their name: its `ref` is data.
    private static let ownColumns: Set<String> = ["ref", "attributes"]

    /// Where the key of that index goes.
    mutating func target(_ key: Int, keys: [String]) -> Target {
        while targets.count < keys.count { targets.append(resolve(keys[targets.count])) }
        return targets[key]
    }

    private func resolve(_ key: String) -> Target {
        if let name = renamed[key] { return .attribute(name: name) }
        if let (column, rank) = ranks[key] { return .column(column, rank: rank) }
        return .attribute(name: attributeName(key))
    }

    /// The name under which a field is kept in `attributes`: its own, unless
    /// a column is called so.
    func attributeName(_ key: String) -> String {
        columns.contains(key) || ["fid", "geom"].contains(key) ? "source_\(key)" : key
    }
}
