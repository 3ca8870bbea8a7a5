public import Messages

/// A table of features that every atlas has.
public struct Layer: Hashable, Sendable {
    /// The table's name, and the word of the command line.
    public let name: String
    /// What people call it.
    public let title: Text
    /// The columns behind `fid` and `geom`, without `ended_at` and `attributes`.
    public let columns: [Column]

    /// A column that every atlas has.
    public struct Column: Hashable, Sendable {
        /// The column's name.
        public let name: String
        /// The type of its values.
        public let kind: Kind
        /// What people call it.
        public let title: Text

        /// The type of a column.
        public enum Kind: String, Sendable {
            /// UTF-8 text.
            case text = "TEXT"
            /// A whole number.
            case integer = "INTEGER"
            /// A number.
            case real = "REAL"
            /// 0 or 1.
            case boolean = "BOOLEAN"
        }

        init(_ name: String, _ kind: Kind, zh: String, en: String) {
            self.name = name
            self.kind = kind
            title = Text(zh: zh, en: en)
        }
    }

    /// Whether two layers are the same: no two have one name.
    public static func == (a: Layer, b: Layer) -> Bool { a.name == b.name }

    /// Hashes the name.
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }

    /// The layer of that name, in either language.
    public static func named(_ name: String) -> Layer? {
        all.first { $0.name == name || $0.title.zh == name }
    }

    /// The column of that name or title.
    public func column(_ name: String) -> Column? {
        columns.first { $0.name == name || $0.title.zh == name }
            ?? Layer.common.first { $0.name == name || $0.title.zh == name }
    }

    /// `ended_at` and `attributes`, which close every table.
    public static let common = [
        Column("ended_at", .text, zh: "终止时间", en: "ended at"),
        Column("attributes", .text, zh: "其他属性", en: "other attributes"),
    ]

    /// All layers, in the order in which they are shown.
    public static let all = [building, boundary, zone, station, street, water]

    private static let ref = Column("ref", .text, zh: "编号", en: "ref")
    private static let title = Column("name", .text, zh: "名称", en: "name")

    /// Buildings: outlines, or points where no outline is known yet.
    public static let building = Layer(
        name: "building", title: Text(zh: "楼宇", en: "buildings"),
        columns: [
            ref, title,
            Column("name_en", .text, zh: "英文名称", en: "English name"),
            Column("address", .text, zh: "地址", en: "address"),
            Column("complex", .text, zh: "楼群", en: "complex"),
            Column("use", .text, zh: "用途", en: "use"),
            Column("grade", .text, zh: "等级", en: "grade"),
            Column("storeys", .integer, zh: "楼层", en: "storeys"),
            Column("height_m", .real, zh: "高度（米）", en: "height (m)"),
            Column("floor_area_m2", .real, zh: "建筑面积（平方米）", en: "floor area (m²)"),
            Column("floor_area_estimated", .boolean, zh: "建筑面积为估算", en: "floor area estimated"),
            Column("vacant_area_m2", .real, zh: "空置面积（平方米）", en: "vacant area (m²)"),
            Column("year_built", .integer, zh: "建成年份", en: "year built"),
        ])

    /// Administrative areas.
    public static let boundary = Layer(
        name: "boundary", title: Text(zh: "辖区", en: "boundaries"),
        columns: [
            ref, title,
            Column("level", .text, zh: "层级", en: "level"),
            Column("code", .text, zh: "区划代码", en: "code"),
            Column("parent_ref", .text, zh: "上级编号", en: "parent ref"),
        ])

    /// Areas beside the administrative chain: parks, business districts.
    public static let zone = Layer(
        name: "zone", title: Text(zh: "片区", en: "zones"),
        columns: [ref, title, Column("kind", .text, zh: "类别", en: "kind")])

    /// Service stations.
    public static let station = Layer(
        name: "station", title: Text(zh: "服务站点", en: "stations"),
        columns: [
            ref, title,
            Column("kind", .text, zh: "类别", en: "kind"),
            Column("address", .text, zh: "地址", en: "address"),
            Column("capacity", .real, zh: "服务能力", en: "capacity"),
        ])

    /// Streets, paths, stairs, bridges.
    public static let street = Layer(
        name: "street", title: Text(zh: "道路", en: "streets"),
        columns: [
            ref, title,
            Column("class", .text, zh: "等级", en: "class"),
            Column("bridge", .text, zh: "桥梁", en: "bridge"),
            Column("tunnel", .text, zh: "隧道", en: "tunnel"),
            Column("layer", .integer, zh: "层次", en: "level above ground"),
            Column("oneway", .text, zh: "单行", en: "one-way"),
            Column("foot", .text, zh: "步行", en: "on foot"),
            Column("from_node", .integer, zh: "起点节点", en: "from node"),
            Column("to_node", .integer, zh: "终点节点", en: "to node"),
        ])

    /// Rivers and lakes.
    public static let water = Layer(
        name: "water", title: Text(zh: "水域", en: "water"),
        columns: [ref, title, Column("class", .text, zh: "类别", en: "class")])
}
