extension Text {
    /// A coordinate is NaN or infinite.
    public static let invalidCoordinate = Text(
        zh: "坐标不是有效数值", en: "a coordinate is not a finite number")

    /// A ring does not end where it begins.
    public static let outlineNotClosed = Text(zh: "轮廓没有闭合", en: "a ring is not closed")

    /// Too few different corners.
    public static let tooFewPoints = Text(zh: "顶点太少，不成图形", en: "too few different points for a shape")

    /// Edges cross.
    public static let selfIntersection = Text(zh: "边线相互交叉", en: "edges cross")

    /// A ring touches itself.
    public static let ringSelfIntersection = Text(zh: "轮廓与自身相接", en: "a ring touches itself")

    /// A hole lies outside its outline.
    public static let holeOutsideShell = Text(zh: "内洞在外轮廓之外", en: "a hole lies outside its outline")

    /// A hole lies in another hole.
    public static let nestedHoles = Text(zh: "内洞相互嵌套", en: "a hole lies in another hole")

    /// Holes cut the interior into pieces.
    public static let disconnectedInterior = Text(zh: "内部被内洞分割成几块", en: "holes cut the interior into pieces")

    /// Parts overlap.
    public static let nestedShells = Text(zh: "一个部分落在另一个部分之内", en: "one part lies in another")

    /// Two rings are the same.
    public static let duplicateRings = Text(zh: "有两个相同的轮廓", en: "two rings are the same")

    /// A point comes twice.
    public static let repeatedPoint = Text(zh: "有重复的点", en: "a point comes twice")

    /// Some other rule is broken.
    public static let invalidGeometry = Text(zh: "图形不合规范", en: "the geometry breaks a rule of the model")

    /// GEOS is not installed, and why it did not open.
    public static func geosMissing(_ reason: String) -> Text {
        Text(
            zh: "此操作需要 GEOS 库，但未能打开（\(reason)）",
            en: "this needs the GEOS library, which did not open (\(reason))")
    }

    /// How to install GEOS.
    public static let installGEOS = Text(
        zh: "请安装 GEOS：Debian、Ubuntu 用 apt install libgeos-c1v5，macOS 用 brew install geos",
        en: "install GEOS: apt install libgeos-c1v5 on Debian and Ubuntu, brew install geos on macOS")
}
