extension Text {
    /// A coordinate system that is not understood.
    public static func unknownCRS(_ text: String) -> Text {
        Text(zh: "不认识的坐标系：\(text)", en: "unknown coordinate system: \(text)")
    }

    /// A number that can be no EPSG code.
    public static func noEPSGCode(_ text: String) -> Text {
        Text(zh: "\(text) 不是 EPSG 代码", en: "\(text) is no EPSG code")
    }

    /// What may be typed for a coordinate system.
    public static let crsChoices = Text(
        zh: "可用 wgs84、gcj02、bd09、cgcs2000 或 EPSG:代码（如 EPSG:4523）",
        en: "use wgs84, gcj02, bd09, cgcs2000 or EPSG:code (such as EPSG:4523)")

    /// PROJ is not installed, and why it did not open.
    public static func projMissing(_ reason: String) -> Text {
        Text(
            zh: "此坐标系需要 PROJ 库，但未能打开（\(reason)）",
            en: "this coordinate system needs the PROJ library, which did not open (\(reason))")
    }

    /// How to install PROJ.
    public static let installProj = Text(
        zh: "请安装 PROJ：Debian、Ubuntu 用 apt install libproj25，macOS 用 brew install proj",
        en: "install PROJ: apt install libproj25 on Debian and Ubuntu, brew install proj on macOS")

    /// PROJ failed for no reason of the user's.
    public static func projFailed(_ function: String) -> Text {
        Text(zh: "PROJ 出错（\(function)）", en: "PROJ failed (\(function))")
    }

    /// PROJ knows no such code, and what it says.
    public static func projHasNoCode(_ code: String, _ reason: String) -> Text {
        let suffix = reason.isEmpty ? "" : " (\(reason))"
        return Text(
            zh: "\(code) 不是可用的平面或经纬度坐标系" + (reason.isEmpty ? "" : "（\(reason)）"),
            en: "\(code) is no usable coordinate system of the Earth's surface" + suffix)
    }
}

extension Text {
    /// An import lies beside the atlas as another datum would put it.
    public static func importLooksShifted(
        meters: Int, declared: String, likely: String, matches: Int, left: Int
    ) -> Text {
        Text(
            zh: "导入数据比库中 \(matches) 处相同要素偏移约 \(meters) 米；若其坐标系不是 \(declared) 而是 \(likely)，偏差仅余 \(left) 米",
            en:
                "the import lies about \(meters) m beside \(matches) matching features of the atlas; were it \(likely) and not \(declared), \(left) m would be left"
        )
    }

    /// The atlas lies beside an import as another datum would put it.
    public static func atlasLooksShifted(meters: Int, likely: String, matches: Int, left: Int) -> Text {
        Text(
            zh: "库中 \(matches) 处相同要素比导入数据偏移约 \(meters) 米；若库中数据原为 \(likely)，偏差仅余 \(left) 米",
            en:
                "\(matches) matching features of the atlas lie about \(meters) m beside the import; had they come as \(likely), \(left) m would be left"
        )
    }

    /// What to type after `--crs`.
    public static func typeCRS(_ crs: String) -> Text {
        Text(zh: "若属实请改用 --crs \(crs)", en: "if so, type --crs \(crs)")
    }

    /// That an earlier import is to be done again.
    public static func importAgainWithCRS(_ crs: String) -> Text {
        Text(zh: "若属实请用 --crs \(crs) 重新导入原有数据", en: "if so, import the earlier data again with --crs \(crs)")
    }

    /// That the coordinate system is to be looked up.
    public static let checkCRS = Text(
        zh: "请向数据提供单位核实坐标系，再用 --crs 指定",
        en: "ask where the data come from for their coordinate system and give it with --crs")

    /// Latitude seems to stand first.
    public static func axesLookSwapped(_ crs: String) -> Text {
        Text(zh: "坐标的两个轴似乎颠倒（声明为 \(crs)）", en: "the two axes look swapped (declared as \(crs))")
    }

    /// Metres seem to be declared as degrees.
    public static func coordinatesLookLikeMeters(_ crs: String) -> Text {
        Text(
            zh: "坐标值像是以米为单位的投影坐标，而不是 \(crs) 的度", en: "the coordinates look like projected metres, not degrees of \(crs)"
        )
    }

    /// Degrees seem to be declared as metres.
    public static func coordinatesLookLikeDegrees(_ crs: String) -> Text {
        Text(zh: "坐标值像是经纬度，而不是 \(crs) 的米", en: "the coordinates look like degrees, not metres of \(crs)")
    }

    /// Eastings have a zone's number that the system has not, or lack it.
    public static func zonePrefixDiffers(_ crs: String) -> Text {
        Text(zh: "横坐标的带号与 \(crs) 不符（有带号或缺带号）", en: "the eastings have a zone prefix that \(crs) has not, or lack it")
    }

    /// Coordinates that the declared system cannot hold.
    public static func coordinatesOutOfRange(_ crs: String) -> Text {
        Text(zh: "坐标超出 \(crs) 的范围", en: "the coordinates lie outside of \(crs)")
    }
}
