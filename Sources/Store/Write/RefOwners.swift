import GRDB

/// Which source brought the rows of a layer.
///
/// Rows are numbered in the order in which they come, so each import owns one
/// range of fids. A number is used again only when the change that gave it has
/// been taken back, and its source with it.
struct RefOwners {
    /// Rows that one import added.
    private struct Range {
        let first: Int64
        let last: Int64
        let file: String
        let isPresentSource: Bool
    }

    private let ranges: [Range]

    /// The owners of a layer's rows, as a source that comes again sees them.
    ///
    /// - Parameters:
    ///   - db: the atlas.
    ///   - layer: the layer.
    ///   - file: the source's name as it was given; tells sources of atlases
    ///     that knew no identities yet.
    ///   - identity: what the source is known by; empty where it is known by nothing.
    /// - Throws: a database error.
    init(_ db: Database, layer: Layer, file: String, identity: String) throws {
        let rows = try RawStatement(
            db,
            "SELECT first_fid, last_fid, file, identity FROM louyu_source "
                + "WHERE layer = ? AND first_fid IS NOT NULL ORDER BY first_fid")
        rows.bind(1, layer.name)
        var ranges: [Range] = []
        while try rows.step() {
            let owner = rows.string(2)
            let isPresentSource = rows.isNull(3) ? owner == file : rows.string(3) == identity
            ranges.append(
                Range(
                    first: rows.integer(0), last: rows.integer(1), file: owner,
                    isPresentSource: isPresentSource && !identity.isEmpty))
        }
        self.ranges = ranges
    }

    /// Who brought a row; `nil` where the present source did.
    ///
    /// - Complexity: O(log imports).
    func stranger(owning fid: Int64) -> RefCollision.Holder? {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].first <= fid { low = middle + 1 } else { high = middle }
        }
        guard low > 0, fid <= ranges[low - 1].last else { return .otherProgram }
        return ranges[low - 1].isPresentSource ? nil : .source(file: ranges[low - 1].file)
    }
}

/// A record that was not taken because its ref belongs to another one.
public struct RefCollision: Hashable, Sendable {
    /// Who brought the record that has the ref.
    public enum Holder: Hashable, Sendable {
        /// The same source, earlier.
        case sameSource
        /// Another source.
        case source(file: String)
        /// No import: a row that another program made.
        case otherProgram
    }

    /// The record's index in its batch.
    public let index: Int
    /// Who brought the record that has the ref.
    public let holder: Holder
}
