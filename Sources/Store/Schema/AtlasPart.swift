import GRDB
public import Messages

/// A part of an atlas that has a version of its own.
public enum AtlasPart: Hashable, Sendable {
    /// The rows of a layer.
    case layer(Layer)
    /// The tiles of elevation.
    case elevation

    /// All parts.
    static let all = Layer.all.map(AtlasPart.layer) + [.elevation]

    /// The name: that of the layer, or `elevation`.
    public var name: String {
        switch self {
        case .layer(let layer): layer.name
        case .elevation: "elevation"
        }
    }

    /// What people call it.
    public var title: Text {
        switch self {
        case .layer(let layer): layer.title
        case .elevation: .elevation
        }
    }

    /// The part of that name.
    public static func named(_ name: String) -> AtlasPart? { all.first { $0.name == name } }

    /// The version's key in `louyu_meta`.
    var versionKey: String { "version_\(name)" }

    /// The SQL that raises the version of this part and of all.
    func raising(by step: String) -> String {
        "UPDATE louyu_meta SET value = value + \(step) WHERE key IN ('data_version', '\(versionKey)')"
    }

    /// Raises the version of this part and of all.
    func raiseVersion(in db: Database, by step: Int) throws {
        try db.execute(sql: raising(by: "?"), arguments: [step])
    }
}

extension AtlasFile {
    /// A number for each part that rises with every change of it, by whatever
    /// program.
    ///
    /// Inside `snapshot` these are the versions of what is read there. In an
    /// atlas that an older version of Louyu made, the version of all stands
    /// for that of each part until the first change.
    ///
    /// - Throws: `Failure`.
    public func versions() throws(Failure) -> [AtlasPart: Int64] { try ask(Self.versions) }

    static func versions(_ db: Database) throws -> [AtlasPart: Int64] {
        let rows = try RawStatement(cached: "SELECT key, value FROM louyu_meta", db)
        var values: [String: Int64] = [:]
        while try rows.step() { values[rows.string(0)] = rows.integer(1) }
        let whole = values["data_version"] ?? 0
        return Dictionary(
            AtlasPart.all.map { ($0, values[$0.versionKey] ?? whole) }, uniquingKeysWith: { first, _ in first })
    }
}
