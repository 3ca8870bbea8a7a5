extension Text {
    /// Nothing has that name, id or ref.
    public static func noSuchPlace(_ name: String) -> Text {
        Text(zh: "找不到“\(name)”", en: "no such place: \(name)")
    }

    /// How places are named.
    public static let howToName = Text(
        zh: "可用 经度,纬度、编号、building/42 或名称；louyu find 可按部分文字查找",
        en: "give lon,lat, a ref, building/42 or a name; louyu find looks for parts of names")

    /// Several things have that name.
    public static func severalPlaces(_ name: String, _ count: Int, _ list: String) -> Text {
        Text(zh: "“\(name)”有 \(count) 处：\(list)", en: "\"\(name)\" is the name of \(count): \(list)")
    }

    /// How to tell namesakes apart.
    public static let tellApart = Text(
        zh: "请写 上级/名称，或用括号里的编号", en: "write parent/name, or use an id in brackets")

    /// Coordinates seem to be in the wrong order.
    public static func tryCoordinates(_ x: Double, _ y: Double) -> Text {
        Text(zh: "次序似乎颠倒，请写 \(x),\(y)", en: "the order looks swapped: write \(x),\(y)")
    }

    /// The order of coordinates.
    public static let lonLatOrder = Text(zh: "请写 经度,纬度", en: "write longitude,latitude")

    /// A record without geometry.
    public static let noPosition = Text(zh: "该记录没有位置", en: "that record has no position")
}

extension Text {
    /// A column that a layer does not have.
    public static func noSuchColumn(_ name: String, _ layer: Text) -> Text {
        Text(zh: "“\(layer.zh)”图层没有列“\(name)”", en: "\(layer.en) have no column \"\(name)\"")
    }

    /// The columns that exist.
    public static func knownColumns(_ list: String) -> Text { Text(zh: "可用：\(list)", en: "there are: \(list)") }
}
