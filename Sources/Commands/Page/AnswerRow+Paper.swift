import Atlas
import Messages

extension AnswerRow {
    /// The row with what a reader wants to know of a building before anything
    /// else: its address, its use and its floor area.
    var withBuildingDetails: AnswerRow {
        guard let place, place.layer == .building else { return self }
        let details = Self.buildingDetails.compactMap { key -> Field? in
            guard let column = place.layer.column(key) else { return nil }
            // An address that stands in for the name need not stand twice.
            let isTold = key == "address" && (place.name ?? "").isEmpty
            return Field(key, column.title, isTold ? .null : JSONValue(place[key]))
        }
        let own = fields.filter { !Self.buildingDetails.contains($0.key) }
        return AnswerRow(place, details + own)
    }

    private static let buildingDetails = ["address", "use", "floor_area_m2"]
}
