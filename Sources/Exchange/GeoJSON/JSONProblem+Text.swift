import CSimdJSON
import Messages

extension louyu_json_problem {
    /// The problem as a person reads it.
    var text: Text {
        switch code {
        case LOUYU_JSON_COLLECTION: .nestedCollection
        case LOUYU_JSON_UTF8: .notUTF8
        case LOUYU_JSON_STRING: .badString
        case LOUYU_JSON_NUMBER: .badNumber
        case LOUYU_JSON_TOO_DEEP: .tooDeep
        case LOUYU_JSON_TRAILING: .trailingText
        case LOUYU_JSON_MEMORY: .noMemory
        case LOUYU_JSON_TOO_MANY_KEYS: .tooManyKeys
        case LOUYU_JSON_NOT_OBJECT: .notAnObject
        case LOUYU_JSON_TYPE_MISSING: .typeMissing
        case LOUYU_JSON_TYPE_NOT_TEXT: .typeIsNoText
        case LOUYU_JSON_TYPE_UNKNOWN: .unknownType(detailText)
        case LOUYU_JSON_DUPLICATE_MEMBER: .duplicateMember(detailText)
        case LOUYU_JSON_MEMBER_NOT_ALLOWED: .memberNotAllowed(detailText)
        case LOUYU_JSON_MEMBER_MISSING: .memberMissing(detailText)
        default: geometryText
        }
    }

    private var geometryText: Text {
        switch code {
        case LOUYU_JSON_FEATURES_NOT_ARRAY: .notAnArray("features")
        case LOUYU_JSON_GEOMETRY_NOT_OBJECT: .geometryIsNoObject
        case LOUYU_JSON_PROPERTIES_NOT_OBJECT: .propertiesAreNoObject
        case LOUYU_JSON_ID_TYPE: .badID
        case LOUYU_JSON_BBOX: .badBox
        case LOUYU_JSON_COORDINATES_NOT_ARRAY: .notAnArray(detailText)
        case LOUYU_JSON_COORDINATE_NOT_NUMBER: .coordinateIsNoNumber
        case LOUYU_JSON_POSITION_TOO_SHORT: .positionTooShort
        case LOUYU_JSON_NESTING: .wrongNesting(detailText)
        case LOUYU_JSON_EMPTY_PART: .emptyPart
        case LOUYU_JSON_LINE_TOO_SHORT: .lineTooShort
        case LOUYU_JSON_RING_TOO_SHORT: .ringTooShort
        case LOUYU_JSON_RING_OPEN: .ringNotClosed
        case LOUYU_JSON_LATITUDE: .latitudeOutOfRange(number)
        case LOUYU_JSON_LONGITUDE: .longitudeOutOfRange(number)
        default: .badSyntax
        }
    }

    private var detailText: String {
        withUnsafeBytes(of: detail) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
