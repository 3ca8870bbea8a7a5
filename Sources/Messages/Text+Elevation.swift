extension Text {
    /// What heights are called among the layers of an answer.
    public static let elevation = Text(zh: "高程", en: "elevation")

    /// A file of heights has a size that no tile has.
    public static func elevationSize(_ path: String, _ bytes: Int) -> Text {
        Text(
            zh: "\(path) 的高程数据有 \(bytes) 字节；高程瓦片为 1201×1201 或 3601×3601 个采样点，即 2884802 或 25934402 字节",
            en: "the heights of \(path) are \(bytes) bytes; a tile has 1201 x 1201 or 3601 x 3601 samples, which are "
                + "2884802 or 25934402 bytes")
    }

    /// A file of heights is larger than any tile.
    public static func elevationTooLarge(_ path: String) -> Text {
        Text(zh: "\(path) 比任何高程瓦片都大", en: "\(path) is larger than any tile of elevation")
    }

    /// The name of a file of heights does not tell where it lies.
    public static func elevationName(_ name: String) -> Text {
        Text(zh: "从文件名 \(name) 看不出瓦片的西南角", en: "the name \(name) does not tell the tile's south-western corner")
    }

    /// What such a name looks like.
    public static let nameTheCorner = Text(
        zh: "请按西南角命名，如 N29E106.hgt 表示北纬 29°、东经 106°",
        en: "name the file after that corner: N29E106.hgt is the degree north of 29° N and east of 106° E")

    /// The name of a file of heights tells a corner that there is not.
    public static func elevationOutside(_ name: String) -> Text {
        Text(
            zh: "文件名 \(name) 的西南角超出经纬度范围", en: "the corner that the name \(name) tells is outside the world")
    }

    /// A zip archive ends too early, or is none.
    public static func zipIncomplete(_ path: String) -> Text {
        Text(zh: "\(path) 不是完整的 zip 文件", en: "\(path) is no complete zip archive")
    }

    /// A zip archive holds no heights.
    public static func zipWithoutTile(_ path: String) -> Text {
        Text(zh: "\(path) 中没有 .hgt 文件", en: "\(path) holds no .hgt file")
    }

    /// A zip archive holds several files of heights.
    public static func zipWithTiles(_ path: String, _ count: Int) -> Text {
        Text(zh: "\(path) 中有 \(count) 个 .hgt 文件，只能导入含一个的", en: "\(path) holds \(count) .hgt files, not one")
    }

    /// A zip archive is packed in a way that is not read.
    public static func zipUnreadable(_ path: String, _ way: Text) -> Text {
        Text(zh: "\(path) \(way.zh)，无法读取", en: "\(path) \(way.en), which is not read")
    }

    /// A way of packing.
    public static let zipEncrypted = Text(zh: "已加密", en: "is encrypted")
    /// A way of packing.
    public static func zipMethod(_ number: Int) -> Text {
        Text(zh: "使用了第 \(number) 号压缩方法", en: "is compressed by method \(number)")
    }

    /// What to do about an archive that is not read.
    public static let unpackFirst = Text(zh: "请解压后导入其中的 .hgt 文件", en: "unpack it and import its .hgt files")

    /// How many tiles there are of one spacing, and which.
    public static func tiles(_ count: Int, arcSeconds: Int, _ names: String) -> Text {
        Text(
            zh: "\(count) 块瓦片，间距 \(arcSeconds) 角秒（\(names)）",
            en:
                "\(count) \(count == 1 ? "tile" : "tiles") of \(arcSeconds) arc \(arcSeconds == 1 ? "second" : "seconds") "
                + "(\(names))")
    }

    /// A file that is no stream of features.
    public static func isElevation(_ path: String) -> Text {
        Text(zh: "\(path) 是高程瓦片，不含要素", en: "\(path) is a tile of elevation and holds no features")
    }
}
