import Atlas
import Messages

extension AnswerRow {
    /// The members as paper has them: what the place is called, with its
    /// address, then what the verb says; positions and ids stand on the map
    /// and in the file.
    func paperFields(tellsAddress: Bool) -> [Field] {
        guard let place else { return fields }
        let hasAddress = tellsAddress && place.layer.column("address") != nil
        var all = [
            Field(
                "name", hasAddress ? .nameAndAddress : .name, .optional(place.name),
                shown: tellsAddress ? place.paperName : place.label)
        ]
        all.reserveCapacity(fields.count + 1)
        for field in fields where field.key != "name" && field.key != "address" { all.append(field) }
        return all
    }

    /// The row with what a reader wants to know of a building before anything
    /// else: its use and its floor area.
    var withBuildingDetails: AnswerRow {
        guard let place, place.layer == .building else { return self }
        let details = Self.buildingDetails.compactMap { key -> Field? in
            place.layer.column(key).map { Field(key, $0.title, JSONValue(place[key])) }
        }
        return AnswerRow(place, details + fields.filter { !Self.buildingDetails.contains($0.key) })
    }

    private static let buildingDetails = ["use", "floor_area_m2"]
}

extension StoredFeature {
    /// The name and the address, or whichever there is, else the ref.
    var paperName: String {
        guard let name, !name.isEmpty, let address = text("address"), !address.isEmpty, address != name else {
            return label
        }
        return Text.withAddress(name, address).spoken
    }
}
