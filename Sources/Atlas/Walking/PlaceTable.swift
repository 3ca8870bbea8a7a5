import Reach
import Spatial

/// The rows of a layer as places where people walk from or to, in flat
/// arrays, by fid.
struct PlaceTable: Sendable {
    /// The rows' numbers, ascending.
    var fids: [Int64] = []
    /// Where each meets the network; `nil` where it does not.
    var footholds: [Foothold?] = []
    /// Why a place meets no street; `none` where it does.
    var obstacles: [Obstacle] = []
    /// Tenths of a square metre; 0 where not known. Whole numbers, so that
    /// sums do not depend on their order.
    var floorAreas: [Int64] = []
    /// Floors above ground; 0 where not known.
    var storeys: [UInt16] = []
    /// Whether people live there.
    var isResidential: [Bool] = []

    /// The largest floor area that counts, in tenths of a square metre; sums
    /// of hundreds of millions stay in range.
    static let largestFloorArea: Int64 = 10_000_000_000

    /// How many rows there are.
    var count: Int { fids.count }

    /// The place of a row; `nil` where there is none.
    func index(of fid: Int64) -> Int? {
        var (low, high) = (0, fids.count)
        while low < high {
            let middle = (low + high) / 2
            if fids[middle] < fid { low = middle + 1 } else { high = middle }
        }
        return low < fids.count && fids[low] == fid ? low : nil
    }
}

/// Why nobody can walk from or to a place.
public enum Obstacle: UInt8, Sendable, CaseIterable {
    /// The word that answers have for it.
    public var word: String { String(describing: self) }

    /// Nothing is in the way.
    case none
    /// The place has no position.
    case noPosition
    /// No street is near enough.
    case noStreet
    /// Water lies between the place and its streets.
    case acrossWater
    /// A railway lies between the place and its streets.
    case acrossRail
    /// Its street is part of an island of the network without a station.
    case island
    /// A station is too far.
    case tooFar
}

/// Reads rows of a layer as places.
struct PlaceRows {
    private let streets: StreetAccess?
    private(set) var table = PlaceTable()

    /// - Parameter streets: where they are; `nil` where nobody asks for them.
    init(_ streets: StreetAccess?) { self.streets = streets }

    mutating func add(_ batch: FeatureBatch) {
        let keys = Keys(batch.keys)
        for record in batch.records {
            guard case .record(let fid) = record.position else { continue }
            table.fids.append(Int64(fid))
            add(batch, record, keys)
        }
    }

    private struct Keys {
        let floorArea, storeys, use, entrances: Int?

        init(_ keys: [String]) {
            floorArea = keys.firstIndex(of: "floor_area_m2")
            storeys = keys.firstIndex(of: "storeys")
            use = keys.firstIndex(of: "use")
            entrances = keys.firstIndex(of: "entrances")
        }
    }

    private mutating func add(_ batch: FeatureBatch, _ record: FeatureBatch.Record, _ keys: Keys) {
        var floorArea: Int64 = 0
        var storeys: UInt16 = 0
        var isResidential = false
        var entrances: [LonLat] = []
        for field in batch.fields[record.fields] {
            switch field.key {
            case keys.floorArea:
                floorArea = Int64(min(max(0, ((field.value.number ?? 0) * 10).rounded()), Self.largestFloorArea))
            case keys.storeys: storeys = UInt16(exactly: (field.value.number ?? 0).rounded()) ?? 0
            case keys.use:
                if case .text(let range) = field.value {
                    isResidential = Self.residentialUses.contains(batch.string(range).lowercased())
                }
            case keys.entrances:
                if case .json(let range) = field.value { entrances = Entrances.positions(in: batch.string(range)) }
                if case .text(let range) = field.value { entrances = Entrances.positions(in: batch.string(range)) }
            default: break
            }
        }
        table.floorAreas.append(floorArea)
        table.storeys.append(storeys)
        table.isResidential.append(isResidential)
        batch.bytes.withUnsafeBytes { bytes in
            addAccess(UnsafeRawBufferPointer(rebasing: bytes[record.geometry]), entrances)
        }
    }

    private mutating func addAccess(_ wkb: UnsafeRawBufferPointer, _ entrances: [LonLat]) {
        guard let streets else {
            table.footholds.append(nil)
            table.obstacles.append(wkb.isEmpty ? .noPosition : .none)
            return
        }
        let (foothold, obstacle) =
            entrances.isEmpty
            ? streets.access(ofOutline: (try? Geometry(wkb: wkb))?.outlineRings ?? [])
            : streets.access(ofOutline: entrances.map { [$0] })
        table.footholds.append(foothold)
        table.obstacles.append(obstacle)
    }

    /// More is a slip of the pen; sums stay far from overflow.
    private static let largestFloorArea = Double(PlaceTable.largestFloorArea)

    /// Words of `use` that say that people live there.
    private static let residentialUses: Set = [
        "residential", "apartments", "house", "dormitory", "住宅", "居住", "公寓", "商住", "宿舍",
    ]
}

extension FieldValue {
    fileprivate var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .real(let value): value
        default: nil
        }
    }
}
