extension Text {
    /// An object without "type".
    public static let typeMissing = Text(zh: "缺少 type", en: "\"type\" is missing")

    /// A "type" that is no text.
    public static let typeIsNoText = Text(zh: "type 不是文本", en: "\"type\" is no text")

    /// A "type" that GeoJSON does not know, or not there.
    public static func unknownType(_ type: String) -> Text {
        Text(zh: "此处不能是“\(type)”类型", en: "\"\(type)\" is no type that may stand here")
    }

    /// A member that stands twice.
    public static func duplicateMember(_ name: String) -> Text {
        Text(zh: "\(name) 重复出现", en: "\"\(name)\" stands twice")
    }

    /// A member that an object of this type may not have.
    public static func memberNotAllowed(_ name: String) -> Text {
        Text(zh: "此类对象不能有 \(name)", en: "an object of this type may not have \"\(name)\"")
    }

    /// A member that is missing.
    public static func memberMissing(_ name: String) -> Text {
        Text(zh: "缺少 \(name)", en: "\"\(name)\" is missing")
    }

    /// A member that should be an array.
    public static func notAnArray(_ name: String) -> Text {
        Text(zh: "\(name) 不是数组", en: "\"\(name)\" is no array")
    }

    /// A geometry that is no object.
    public static let geometryIsNoObject = Text(zh: "几何不是 JSON 对象", en: "a geometry is no JSON object")

    /// Properties that are no object.
    public static let propertiesAreNoObject = Text(
        zh: "properties 既不是对象也不是 null", en: "\"properties\" is neither an object nor null")

    /// An "id" that is neither text nor number.
    public static let badID = Text(zh: "id 既不是文本也不是数值", en: "\"id\" is neither text nor a number")

    /// A "bbox" that is none.
    public static let badBox = Text(
        zh: "bbox 应为 4 个或 6 个数值的数组", en: "\"bbox\" is no array of 4 or 6 numbers")

    /// A coordinate that is no number.
    public static let coordinateIsNoNumber = Text(zh: "坐标不是数值", en: "a coordinate is no number")

    /// A position with one number.
    public static let positionTooShort = Text(zh: "坐标少于两个数值", en: "a position has fewer than two numbers")

    /// Coordinates nested otherwise than the type asks.
    public static func wrongNesting(_ type: String) -> Text {
        if type.isEmpty {
            return Text(zh: "coordinates 的层级不一致", en: "the coordinates are nested unevenly")
        }
        return Text(
            zh: "coordinates 的层级与 \(type) 不符", en: "the coordinates are not nested as a \(type) asks")
    }

    /// A part of a geometry without positions.
    public static let emptyPart = Text(zh: "几何中有空的部分", en: "a part of the geometry is empty")

    /// A line with one position.
    public static let lineTooShort = Text(zh: "线少于两个坐标", en: "a line has fewer than two positions")

    /// A ring with fewer than four positions.
    public static let ringTooShort = Text(zh: "环少于四个坐标", en: "a ring has fewer than four positions")

    /// A ring whose ends differ.
    public static let ringNotClosed = Text(zh: "环没有闭合，首末坐标不同", en: "a ring is not closed: its ends differ")

    /// A FeatureCollection where plain objects were expected.
    public static let notAnArrayOfObjects = Text(
        zh: "内容应为 JSON 对象的数组", en: "this is no array of plain JSON objects")

    /// A latitude that is none.
    public static func latitudeOutOfRange(_ latitude: Double) -> Text {
        Text(zh: "纬度 \(latitude) 超出 ±90°", en: "latitude \(latitude) is outside of ±90°")
    }

    /// A longitude that is none.
    public static func longitudeOutOfRange(_ longitude: Double) -> Text {
        Text(zh: "经度 \(longitude) 超出 ±360°", en: "longitude \(longitude) is outside of ±360°")
    }
}
