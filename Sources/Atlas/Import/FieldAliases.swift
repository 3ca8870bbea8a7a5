import Store

/// The names under which sources keep what a column holds, best first.
enum FieldAliases {
    /// Names of a column of a layer, its own name and title aside.
    static func names(of column: String, in layer: Layer) -> [String] {
        (byLayer[layer.name]?[column] ?? []) + (common[column] ?? [])
    }

    private static let common: [String: [String]] = [
        "name": ["名称", "名字", "全称", "name:zh", "NAME", "Name", "title"],
        "name_en": ["name:en", "英文名称", "英文名", "int_name", "NAME_EN"],
        "address": ["地址", "详细地址", "所在地址", "addr:full", "addr", "ADDRESS"],
    ]

    private static let byLayer: [String: [String: [String]]] = [
        "building": [
            "name": ["楼宇名称", "楼宇", "楼名", "建筑名称", "大厦名称", "项目名称", "building_name"],
            "complex": ["楼群", "建筑群", "所属项目", "裙楼"],
            "use": ["用途", "建筑用途", "主要用途", "使用性质", "building:use", "usage", "building"],
            "grade": ["等级", "楼宇等级", "级别", "写字楼等级", "class"],
            "storeys": [
                "楼层", "层数", "楼层数", "总层数", "地上层数", "floors", "levels", "building:levels", "num_floors",
                "FLOOR", "Floor",
            ],
            "height_m": ["高度", "建筑高度", "高度（米）", "高度(米)", "height", "building:height", "HEIGHT", "Height"],
            "floor_area_m2": [
                "建筑面积", "总建筑面积", "建筑面积（平方米）", "建筑面积(平方米)", "建筑面积（㎡）", "建筑面积(㎡)", "floor_area", "gross_floor_area",
                "gfa",
                "GFA",
            ],
            "vacant_area_m2": ["空置面积", "闲置面积", "空置面积（平方米）", "空置面积(平方米)", "空置面积（㎡）", "vacant_area"],
            "year_built": ["建成年份", "竣工年份", "建成时间", "建筑年代", "year", "built", "start_date"],
        ],
        "boundary": [
            "level": ["层级", "级别", "行政级别", "admin_level"],
            "code": ["区划代码", "行政区划代码", "行政代码", "代码", "编码", "adcode", "division_code", "gb", "ext_id"],
            "parent_ref": ["上级编号"],
        ],
        "zone": ["kind": ["类别", "类型", "片区类型", "type"]],
        "station": [
            "name": ["站点名称", "机构名称", "服务站名称"],
            "kind": ["类别", "类型", "站点类型", "amenity", "type"],
            "capacity": ["服务能力", "容量", "床位", "床位数", "座位数"],
        ],
        "street": [
            "name": ["路名", "道路名称"],
            "class": ["fclass", "highway", "道路等级", "等级"],
            "bridge": ["桥梁"],
            "tunnel": ["隧道"],
            "oneway": ["单行"],
            "foot": ["步行"],
        ],
        "water": ["class": ["fclass", "natural", "waterway", "water", "类别"]],
    ]

    /// Names of a record's own identifier, best first.
    static let identifiers = ["id", "ID", "Id", "osm_id", "@id", "OBJECTID", "编号", "uuid"]

    /// Columns that name a boundary's chain, highest level first.
    static let chain: [(field: [String], level: String)] = [
        (["省", "省份", "province"], "province"), (["市", "城市", "city"], "city"),
        (["县", "区县", "区", "county", "district"], "district"),
        (["乡", "街道", "乡镇", "镇街", "township", "street"], "subdistrict"),
        (["社区", "村", "社区（村）", "community"], "community"), (["网格", "grid"], "grid"),
    ]
}
