import Spatial

extension Building {
    /// What its file says, by column.
    var attributes: [(String, Attribute)] {
        [
            ("name", .optional(name)), ("name_en", .optional(nameEnglish)), ("address", .text(address)),
            ("complex", .optional(complex)), ("use", .text(use.rawValue)), ("grade", .optional(grade)),
            ("storeys", .optional(storeys)), ("height_m", .real(heightMeters)),
            ("floor_area_m2", .optional(floorAreaSquareMeters)), ("vacant_area_m2", .optional(vacantAreaSquareMeters)),
            ("year_built", .optional(yearBuilt)), ("tenants", .optional(business?.tenants)),
            ("tax_wan", .optional(business?.taxWan)), ("manager", .optional(business?.manager)),
        ]
    }
}

extension Street {
    /// Its tags, by column.
    var attributes: [(String, Attribute)] {
        [
            ("name", .optional(name)), ("class", .text(kind.rawValue)), ("bridge", .yes(isBridge)),
            ("tunnel", .yes(isTunnel)), ("layer", layer == 0 ? .null : .integer(Int64(layer))),
            ("oneway", .yes(isOneWay)), ("foot", isClosedToWalkers ? .text("no") : .null),
            ("from_node", .integer(Int64(fromNode))), ("to_node", .integer(Int64(toNode))),
        ]
    }
}
