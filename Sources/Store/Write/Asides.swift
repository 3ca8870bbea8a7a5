import GRDB
public import Messages
import Spatial

/// Writes what an import keeps beside the layers: records that were not
/// taken, and what was mended.
final class Asides {
    private let insertRejection: RawStatement
    private let insertRepair: RawStatement

    init(_ db: Database) throws {
        insertRejection = try RawStatement(db, "INSERT INTO rejected_record VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)")
        insertRepair = try RawStatement(db, "INSERT INTO louyu_repair VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)")
    }

    func keep(_ rejections: [Rejection], of layer: Layer, source: Int64) throws {
        for rejection in rejections {
            let (unit, position) = rejection.position.unitAndNumber
            insertRejection.bind(1, source)
            insertRejection.bind(2, layer.name)
            insertRejection.bind(3, unit)
            insertRejection.bind(4, Int64(position))
            insertRejection.bind(5, rejection.reason.en)
            insertRejection.bind(6, rejection.reason.zh)
            insertRejection.bind(7, rejection.record)
            try insertRejection.run()
        }
    }

    func keep(_ repairs: [RepairNote], of layer: Layer, source: Int64) throws {
        for repair in repairs {
            insertRepair.bind(1, source)
            insertRepair.bind(2, layer.name)
            insertRepair.bind(3, repair.ref)
            insertRepair.bind(4, repair.reason.en)
            insertRepair.bind(5, repair.reason.zh)
            insertRepair.bind(6, repair.areaBeforeSquareMeters)
            insertRepair.bind(7, repair.areaAfterSquareMeters)
            try insertRepair.run()
        }
    }
}

/// What mending a record's geometry changed.
public struct RepairNote: Sendable {
    /// The record's ref.
    public var ref: String
    /// What was wrong.
    public var reason: Text
    /// Area before, in square metres.
    public var areaBeforeSquareMeters: Double
    /// Area after, in square metres.
    public var areaAfterSquareMeters: Double

    /// Makes a note.
    public init(ref: String, reason: Text, areaBeforeSquareMeters: Double, areaAfterSquareMeters: Double) {
        self.ref = ref
        self.reason = reason
        self.areaBeforeSquareMeters = areaBeforeSquareMeters
        self.areaAfterSquareMeters = areaAfterSquareMeters
    }
}

extension SourcePosition {
    /// The unit's name and the number, as stored.
    var unitAndNumber: (String, Int) {
        switch self {
        case .line(let number): ("line", number)
        case .byte(let number): ("byte", number)
        case .row(let number): ("row", number)
        case .record(let number): ("record", number)
        }
    }
}
