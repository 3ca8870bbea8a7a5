import Messages
import Spatial
import Store

/// Sees that a record's geometry is one its layer may hold, and valid.
struct GeometryDoctor {
    /// What was mended in the last record; `nil` where nothing was.
    private(set) var note: (reason: Text, before: Double, after: Double)?

    private let layer: Layer

    init(layer: Layer) { self.layer = layer }

    /// The record with a geometry that its layer may hold.
    ///
    /// - Throws: `Rejected` where there is none, or it cannot be mended, or
    ///   mending is not wanted.
    mutating func treat(
        _ record: FeatureBatch.Record, in batch: inout FeatureBatch, onInvalid: ImportOptions.OnInvalid
    ) throws(Rejected) -> FeatureBatch.Record {
        note = nil
        guard record.geometry.count >= 5 else { throw Rejected(.noGeometry) }
        guard !record.box.isEmpty else { throw Rejected(.noGeometry) }
        try checkRange(record.box)
        let type = try type(record, in: batch)
        guard layer.accepts(type) else { throw Rejected(.wrongGeometryType(type.name, layer.title)) }
        let verdict = batch.bytes.withUnsafeBytes {
            try? Validity(wkb: UnsafeRawBufferPointer(rebasing: $0[record.geometry]))
        }
        switch verdict {
        case .valid?: return record
        case .invalid(let reason, let place)?:
            let text = place.map { reason.text.at($0.longitude, $0.latitude) } ?? reason.text
            guard onInvalid == .repair else { throw Rejected(.invalidGeometry(text)) }
            return try mended(record, in: &batch, reason: text)
        case nil: throw Rejected(.damagedGeometry)
        }
    }

    private func checkRange(_ box: BoundingBox) throws(Rejected) {
        for (x, y) in [(box.west, box.south), (box.east, box.north)]
        where !(abs(x) <= 180.000_001 && abs(y) <= 90.000_001) { throw Rejected(.outsideTheWorld(x, y)) }
    }

    private func type(_ record: FeatureBatch.Record, in batch: FeatureBatch) throws(Rejected) -> GeometryType {
        let code = batch.bytes.withUnsafeBytes {
            UInt32(littleEndian: $0.loadUnaligned(fromByteOffset: record.geometry.lowerBound + 1, as: UInt32.self))
        }
        guard let type = GeometryType(rawValue: code % 1000) else { throw Rejected(.damagedGeometry) }
        return type
    }

    private mutating func mended(
        _ record: FeatureBatch.Record, in batch: inout FeatureBatch, reason: Text
    ) throws(Rejected) -> FeatureBatch.Record {
        guard let geometry = try? Geometry(wkb: batch.bytes[record.geometry]),
            let repair = try? geometry.repaired(by: .structure), !repair.geometry.isEmpty,
            layer.accepts(repair.geometry.type)
        else { throw Rejected(.cannotRepair(reason)) }
        note = (reason, geometry.areaSquareMeters, repair.geometry.areaSquareMeters)
        var record = record
        let start = batch.bytes.count
        repair.geometry.append(toWKB: &batch.bytes)
        record.geometry = start..<batch.bytes.count
        record.box = repair.geometry.box
        return record
    }
}

extension Layer {
    /// Whether geometries of a type may stand in the layer.
    func accepts(_ type: GeometryType) -> Bool {
        switch self {
        case .building, .station: [.point, .multiPoint, .polygon, .multiPolygon].contains(type)
        case .boundary, .zone: [.polygon, .multiPolygon].contains(type)
        case .street: [.lineString, .multiLineString, .polygon, .multiPolygon, .point].contains(type)
        default: [.polygon, .multiPolygon, .lineString, .multiLineString].contains(type)
        }
    }
}

extension GeometryType {
    /// The name of the simple-features model.
    var name: String {
        switch self {
        case .point: "Point"
        case .lineString: "LineString"
        case .polygon: "Polygon"
        case .multiPoint: "MultiPoint"
        case .multiLineString: "MultiLineString"
        case .multiPolygon: "MultiPolygon"
        case .collection: "GeometryCollection"
        }
    }
}
