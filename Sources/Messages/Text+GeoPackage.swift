// What foreign GeoPackages hold.
extension Text {
    /// A view gives more than its file can hold.
    public static func endlessTable(_ path: String, _ table: String) -> Text {
        Text(
            zh: "\(path) 中的“\(table)”没有尽头：给出的记录远多于文件所能容纳的",
            en: "“\(table)” in \(path) does not end: it gives far more rows than the file can hold")
    }

    /// A GeoPackage of images, elevations or tiles.
    public static func onlyRasters(_ path: String) -> Text {
        Text(zh: "\(path) 只含影像或栅格数据，没有可导入的要素", en: "\(path) holds rasters only, no features")
    }

    /// A GeoPackage of tables without geometry.
    public static func onlyPlainTables(_ path: String) -> Text {
        Text(zh: "\(path) 只含没有图形的属性表，没有可导入的要素", en: "\(path) holds tables without geometry only, no features")
    }

    /// A GeoPackage of nothing.
    public static func emptyGeoPackage(_ path: String) -> Text {
        Text(zh: "\(path) 是空的 GeoPackage，里面没有任何图层", en: "\(path) is an empty GeoPackage without any layer")
    }

    /// A GeoPackage whose feature tables have no rows.
    public static func noRows(_ path: String) -> Text {
        Text(zh: "\(path) 的图层中没有任何记录", en: "the layers of \(path) hold no features")
    }

    /// A table of the catalogue is missing.
    public static func tableMissing(_ path: String, _ table: String) -> Text {
        Text(
            zh: "\(path) 的目录中列有图层“\(table)”，文件里却没有这张表",
            en: "\(path) lists a layer \"\(table)\" that it does not hold")
    }

    /// A geometry of a type that is not read.
    public static func unsupportedGeometry(_ type: String) -> Text {
        Text(zh: "不支持的几何类型：\(type)", en: "geometry of type \(type) is not supported")
    }

    /// A geometry in the encoding of an extension.
    public static let extendedGeometry = Text(
        zh: "几何采用扩展编码，无法读取", en: "the geometry is in an extension's own encoding")
}
