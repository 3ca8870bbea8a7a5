import GRDB
public import Spatial

/// A value of a row that was corrected by hand and that its source has
/// changed too, to another one; the correction stands.
public struct CorrectionConflict: Hashable, Sendable {
    /// The row's ref.
    public let ref: String
    /// Where the record stands in its source.
    public let position: SourcePosition
    /// The column, or the member of `attributes`; `geom` for the geometry.
    public let column: String
    /// What the row holds, and goes on holding; of a geometry, its middle.
    public let present: Attribute
    /// What the source holds now.
    public let incoming: Attribute

    /// Makes a conflict.
    public init(ref: String, position: SourcePosition, column: String, present: Attribute, incoming: Attribute) {
        (self.ref, self.position, self.column) = (ref, position, column)
        (self.present, self.incoming) = (present, incoming)
    }
}

/// Conflicts of an import: the first hundred, and how many there are.
struct ConflictList {
    private(set) var told: [CorrectionConflict] = []
    private(set) var count = 0
    private static let mostTold = 100

    mutating func add(
        _ found: [(column: String, present: Attribute, incoming: Attribute)], ref: String, position: SourcePosition
    ) {
        count += found.count
        told += found.prefix(max(0, Self.mostTold - told.count)).map {
            CorrectionConflict(
                ref: ref, position: position, column: $0.column, present: $0.present, incoming: $0.incoming)
        }
    }
}

/// What becomes of a value that a source brings to a row which holds another.
public enum CorrectionVerdict: Sendable {
    /// The row takes it.
    case take
    /// Others have changed the value since the source wrote it, and the source
    /// brings nothing new: theirs stays.
    case keep
    /// A person has corrected the value, and the source brings another: the
    /// correction stays, and the person is told.
    case conflict
}

/// What people, and sources other than the one that is read, have made of its
/// rows since it wrote them; as the history tells it.
public final class Corrections {
    /// Whose a change is, seen from the source that is read.
    private enum Author {
        case source
        case another
        case person
    }

    private let steps: RawStatement
    private let owners: RefOwners
    private let file: String
    private let identity: String

    /// What the history knows, for a source by its name and identity and the
    /// owners of rows as it sees them; `nil` where no row of the layer was
    /// ever changed.
    init?(_ db: Database, layer: Layer, owners: RefOwners, file: String, identity: String) throws {
        let any = try RawStatement(db, "SELECT 1 FROM louyu_change_row WHERE layer = ? LIMIT 1")
        any.bind(1, layer.name)
        guard try any.step() else { return nil }
        (self.owners, self.file, self.identity) = (owners, file, identity)
        steps = try RawStatement(
            db,
            "SELECT r.before, r.after, c.verb, s.identity, s.file FROM louyu_change_row AS r "
                + "JOIN louyu_change AS c ON c.id = r.change_id LEFT JOIN louyu_change_part AS p ON p.id = r.part_id "
                + "LEFT JOIN louyu_source AS s ON s.id = p.source_id "
                + "WHERE r.layer = ? AND r.fid = ? AND c.undoes IS NULL AND c.undone_by IS NULL "
                + "ORDER BY r.change_id DESC")
        steps.bind(1, layer.name)
    }

    /// What becomes of one value that the source brings.
    ///
    /// - Parameters:
    ///   - fid: the row.
    ///   - column: the column, or the member of `attributes`; `geom` for the geometry.
    ///   - isColumn: whether it is a column.
    ///   - present: what the row holds; of a geometry, its middle.
    ///   - incoming: what the source brings.
    /// - Returns: what becomes of it.
    /// - Throws: a database error.
    public func verdict(
        on fid: Int64, _ column: String, isColumn: Bool, present: Attribute, incoming: Attribute
    ) throws -> CorrectionVerdict {
        guard let row = try row(fid) else { return .take }
        let trace = isColumn ? row.columns[column]?.map { $0.shown(in: column) } : row.members[column]
        return trace?.verdict(present, incoming, isFromSource: row.isFromSource, isSame: { $0.isSame(as: $1) })
            ?? .take
    }

    /// What became of a row since its source wrote it; `nil` for nothing.
    ///
    /// - Complexity: O(changes of the row).
    func row(_ fid: Int64) throws -> CorrectedRow? {
        steps.bind(2, fid)
        defer { steps.reset() }
        var row = CorrectedRow(isFromSource: owners.stranger(owning: fid) == nil)
        while try steps.step() {
            guard let author, let before = RowImage(encoded: steps.bytes(0)),
                let after = RowImage(encoded: steps.bytes(1))
            else { continue }
            let (isBySource, isByPerson) = (author == .source, author == .person)
            for (column, old) in before.values where column != "attributes" && old != after.values[column] {
                row.columns[column, default: CellTrace()].goBack(
                    to: old, isBySource: isBySource, isByPerson: isByPerson)
            }
            guard let old = before.values["attributes"] else { continue }
            let (was, became) = (old.members, after.values["attributes"]?.members ?? [:])
            for name in Set(was.keys).union(became.keys) where was[name] != became[name] {
                row.members[name, default: CellTrace()].goBack(
                    to: was[name] ?? .null, isBySource: isBySource, isByPerson: isByPerson)
            }
        }
        return row.isUntouched ? nil : row
    }

    /// Whose the change under `steps` is; `nil` for what an import does
    /// besides: promoting columns, ending what a source lacks.
    private var author: Author? {
        guard !steps.isNull(4) else {
            switch ChangeVerb(rawValue: steps.string(2)) {
            case .import?: return nil
            case .repair?: return .another
            default: return .person
            }
        }
        let isSource = steps.isNull(3) ? steps.string(4) == file : steps.string(3) == identity
        return isSource && !identity.isEmpty ? .source : .another
    }
}

/// What the history tells of one value, read from the newest change back.
struct CellTrace<Value> {
    /// What the source wrote, or the value before all others had changed it.
    private var atSource: Value?
    /// The value before people corrected it.
    private var beforeHand: Value?
    private var isInHandRun = true
    private var isAtSource = false

    init() {}

    /// Goes one change further back.
    mutating func goBack(to value: Value, isBySource: Bool, isByPerson: Bool) {
        guard !isAtSource else { return }
        guard !isBySource else {
            isAtSource = true
            return
        }
        isInHandRun = isInHandRun && isByPerson
        if isInHandRun { beforeHand = value }
        atSource = value
    }

    /// Whether nobody changed the value since the source wrote it.
    var isUntouched: Bool { atSource == nil }

    /// The same of values of another kind.
    func map<Other>(_ transform: (Value) -> Other) -> CellTrace<Other> {
        var other = CellTrace<Other>()
        other.atSource = atSource.map(transform)
        other.beforeHand = beforeHand.map(transform)
        (other.isInHandRun, other.isAtSource) = (isInHandRun, isAtSource)
        return other
    }

    /// What becomes of a value that the source brings.
    ///
    /// - Parameters:
    ///   - present: what the row holds.
    ///   - incoming: what the source brings, something else.
    ///   - isFromSource: whether the source brought the row.
    ///   - isSame: whether two values say the same.
    /// - Returns: what becomes of it.
    func verdict(
        _ present: Value, _ incoming: Value, isFromSource: Bool, isSame: (Value, Value) -> Bool
    ) -> CorrectionVerdict {
        guard atSource != nil else { return .take }
        // The value that says nothing new when the source brings it again.
        let base = isAtSource || isFromSource ? atSource : beforeHand
        if let base, isSame(base, present) { return .take }
        if let base, isSame(base, incoming) { return .keep }
        return beforeHand == nil ? .take : .conflict
    }
}

/// A row of which others have changed values since its source wrote it.
struct CorrectedRow {
    /// Whether the source brought the row.
    let isFromSource: Bool
    var columns: [String: CellTrace<RowImage.Value>] = [:]
    var members: [String: CellTrace<Attribute>] = [:]

    init(isFromSource: Bool) { self.isFromSource = isFromSource }

    var isUntouched: Bool {
        columns.values.allSatisfy(\.isUntouched) && members.values.allSatisfy(\.isUntouched)
    }

    /// Puts into the row that a source wants what others have made of it,
    /// where the source brings nothing new or a person has decided.
    ///
    /// - Parameters:
    ///   - wanted: the row as the source has it.
    ///   - present: the row as it stands.
    /// - Returns: the values that a person and the source have changed both.
    func keep(
        in wanted: inout RowImage, present: RowImage
    ) -> [(column: String, present: Attribute, incoming: Attribute)] {
        var conflicts: [(column: String, present: Attribute, incoming: Attribute)] = []
        for (column, trace) in columns.sorted(by: { $0.key < $1.key }) {
            let (now, incoming) = (present.values[column] ?? .null, wanted.values[column] ?? .null)
            guard !incoming.says(now) else { continue }
            switch trace.verdict(now, incoming, isFromSource: isFromSource, isSame: { $0.says($1) }) {
            case .take: continue
            case .keep: break
            case .conflict: conflicts.append((column, now.shown(in: column), incoming.shown(in: column)))
            }
            wanted.values[column] = now
        }
        return conflicts + keepMembers(in: &wanted, present: present)
    }

    private func keepMembers(
        in wanted: inout RowImage, present: RowImage
    ) -> [(column: String, present: Attribute, incoming: Attribute)] {
        let (now, incoming) = (present.values["attributes"] ?? .null, wanted.values["attributes"] ?? .null)
        guard !members.isEmpty, now.isNullOrObject, incoming.isNullOrObject else { return [] }
        let present = now.members
        var list = incoming.memberList
        var conflicts: [(column: String, present: Attribute, incoming: Attribute)] = []
        for (name, trace) in members.sorted(by: { $0.key < $1.key }) {
            let place = list.firstIndex { $0.name == name }
            let (old, new) = (present[name] ?? .null, place.map { list[$0].value } ?? .null)
            guard old != new else { continue }
            switch trace.verdict(old, new, isFromSource: isFromSource, isSame: { $0 == $1 }) {
            case .take: continue
            case .keep: break
            case .conflict: conflicts.append((name, old, new))
            }
            if let place { list.remove(at: place) }
            if old != .null { list.insert((name, old), at: place ?? list.count) }
        }
        let isPresent = Dictionary(list.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }) == present
        wanted.values["attributes"] = isPresent ? now : list.isEmpty ? .null : .text(JSONText.object(list))
        return conflicts
    }
}

extension RowImage {
    /// Whether a row would hold the same, in columns of whatever type.
    func says(_ other: RowImage) -> Bool {
        Set(values.keys).union(other.values.keys).allSatisfy {
            (values[$0] ?? .null).says(other.values[$0] ?? .null)
        }
    }
}

extension RowImage.Value {
    /// Whether two values are the same, 5 and 5.0 too.
    fileprivate func says(_ other: Self) -> Bool { self == other || attribute.isSame(as: other.attribute) && isNumber }

    private var isNumber: Bool {
        switch self {
        case .integer, .real: true
        default: false
        }
    }

    fileprivate var isNullOrObject: Bool {
        switch self {
        case .null: true
        case .text(let text): text.withUnsafeBytes { JSONMembers($0) != nil }
        default: false
        }
    }

    /// The value as it is told; of a geometry, its middle.
    fileprivate func shown(in column: String) -> Attribute {
        guard column == "geom" else { return attribute }
        let box = RowImage(values: [column: self]).box
        guard !box.isEmpty else { return .null }
        let degrees = [box.center.longitude, box.center.latitude].map { String(($0 * 1e7).rounded() / 1e7) }
        return .text(degrees.joined(separator: ","))
    }
}

extension Attribute {
    /// Whether two values say the same, 5 and 5.0 too.
    fileprivate func isSame(as other: Attribute) -> Bool {
        switch (self, other) {
        case (.integer(let whole), .real(let number)), (.real(let number), .integer(let whole)):
            Int64(exactly: number) == whole
        case (.boolean(let truth), .integer(let whole)), (.integer(let whole), .boolean(let truth)):
            whole == (truth ? 1 : 0)
        default: self == other
        }
    }
}
