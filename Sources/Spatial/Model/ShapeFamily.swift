/// The kinds of shapes, of which a layer to draw, or a Shapefile, holds one.
public enum ShapeFamily: Int, CaseIterable, Sendable {
    /// Points and sets of them.
    case points
    /// Lines and sets of them.
    case lines
    /// Polygons and sets of them.
    case areas

    /// The family of a geometry type; `nil` for collections, whose members tell.
    public init?(_ type: GeometryType) {
        switch type {
        case .point, .multiPoint: self = .points
        case .lineString, .multiLineString: self = .lines
        case .polygon, .multiPolygon: self = .areas
        case .collection: return nil
        }
    }

    /// What is added to the name of what holds it, where another kind has the
    /// name itself.
    public var suffix: String {
        switch self {
        case .points: "_point"
        case .lines: "_line"
        case .areas: "_polygon"
        }
    }
}
