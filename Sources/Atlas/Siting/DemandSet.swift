import Messages
import Reach
import Spatial
import Store

/// The demand of a question: buildings, numbered in the order of their rows.
struct DemandSet {
    /// The rows of the buildings' table that are demand, ascending.
    let rows: [Int]
    /// How much each counts.
    let weights: [Double]
    /// What that is.
    let unit: SitePlan.WeightUnit

    /// Collects the demand of a question.
    ///
    /// - Throws: `Failure`: `.notFound` where there is none, `.usage` where
    ///   none of it has any weight.
    init(_ request: SiteRequest, _ parts: WalkingParts, _ table: PlaceTable) throws(Failure) {
        let mask = try parts.mask(request.demand, of: table, .building)
        rows = table.fids.indices.filter { mask?[$0] ?? true }
        guard !rows.isEmpty else { throw Failure(.notFound, .noDemand, hint: .widenDemand) }
        switch request.weight {
        case nil:
            let areas = rows.map { Double(table.floorAreas[$0]) / 10 }
            let isTold = areas.contains { $0 > 0 } && parts.atlas.tellsFloorAreas
            (weights, unit) = isTold ? (areas, .floorArea) : (rows.map { _ in 1 }, .count)
        case .buildings: (weights, unit) = (rows.map { _ in 1 }, .count)
        case .floorArea:
            try parts.atlas.checkIsPublic(Atlas.floorAreaColumn, in: .building)
            (weights, unit) = (rows.map { Double(table.floorAreas[$0]) / 10 }, .floorArea)
        case .residents:
            if let column = try parts.atlas.untoldPopulation() {
                try parts.atlas.checkIsPublic(column, in: .boundary)
            }
            let residents = try parts.residents(of: table).ofBuilding
            (weights, unit) = (rows.map { residents.isEmpty ? 0 : Double(residents[$0]) }, .residents)
        case .column(let name):
            weights = try Self.weights(name, request, parts, table, rows)
            unit = .column(name)
        }
        guard weights.contains(where: { $0 > 0 }) else {
            throw Failure(.usage, .noWeight(Self.name(of: unit)), hint: .otherWeight)
        }
    }

    /// The numbers of a column; what tells none counts nothing.
    private static func weights(
        _ name: String, _ request: SiteRequest, _ parts: WalkingParts, _ table: PlaceTable, _ rows: [Int]
    ) throws(Failure) -> [Double] {
        var ofRow = [Double](repeating: 0, count: table.count)
        let column = try NumberColumn(.column(name), of: .building, parts.atlas)
        let condition = try parts.atlas.condition(request.demand, layer: .building)
        try parts.atlas.file.forEachBatch(FeatureQuery(.building, condition: condition)) { batch in
            try Cancellation.check()
            for record in batch.records {
                guard case .record(let fid) = record.position, let row = table.index(of: Int64(fid)) else { continue }
                ofRow[row] = column.value(of: record, in: batch) ?? 0
            }
        }
        return rows.map { ofRow[$0] }
    }

    private static func name(of unit: SitePlan.WeightUnit) -> String {
        switch unit {
        case .floorArea: "floor_area_m2"
        case .residents: "residents"
        case .count: "count"
        case .column(let name): name
        }
    }
}
