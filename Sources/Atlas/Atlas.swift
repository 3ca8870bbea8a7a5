import Foundation
public import Messages
public import Spatial
public import Store

/// One opened atlas: the questions that can be asked of a district's file.
///
/// Every question sees the file as it is at that moment, edits by other
/// programs included. Values come and go; nothing here needs closing.
///
/// ```swift
/// let atlas = try Atlas(path: "louyu.gpkg")
/// let tower = try atlas.place("环球金融中心")
/// for neighbour in try atlas.near(tower, limit: 5) {
///     print(neighbour.feature.name ?? "", neighbour.distanceMeters)
/// }
/// ```
public final class Atlas: Sendable {
    /// The file.
    public let file: AtlasFile
    /// What was worked out of the streets and of the places along them.
    let walkingCache = WalkingCache()

    /// Opens an atlas for questions.
    ///
    /// - Throws: `Failure`: `.notFound`, `.unusableInput`, `.locked`, `.inputOutput`.
    public init(path: String) throws(Failure) {
        file = try AtlasFile(path: path, for: .reading)
    }

    /// What was left out of the answers so far; `nil` where nothing is, because
    /// the office itself asks.
    public var disclosed: Disclosure? { file.disclosed }

    /// Asks several questions of one and the same state of the atlas,
    /// whatever other programs change meanwhile.
    ///
    /// A single question is answered from one state anyway. As long as it
    /// lasts, programs that write in DELETE mode have to wait.
    ///
    /// ```swift
    /// let near = try atlas.snapshot { try atlas.near(try atlas.place("环球金融中心")) }
    /// ```
    ///
    /// - Throws: `Failure`, or what `questions` throws.
    public func snapshot<Value>(_ questions: () throws -> Value) throws -> Value {
        try file.snapshot { Result { try questions() } }.get()
    }
}

/// Where a question is asked: a bare position, or something the atlas knows.
public enum Place: Sendable {
    /// A position in WGS 84.
    case position(LonLat)
    /// A record.
    case feature(StoredFeature)

    /// The position: of a record, a point on its surface.
    public var position: LonLat? {
        switch self {
        case .position(let position): position
        case .feature(let feature): feature.position
        }
    }

    /// The id of a record; `nil` for a bare position.
    public var id: String? {
        if case .feature(let feature) = self { return feature.id }
        return nil
    }

    /// What it is called: a record's name, else its ref; a position's degrees.
    var name: String {
        switch self {
        case .position(let position): "\(position.longitude),\(position.latitude)"
        case .feature(let feature): feature.name ?? feature.ref
        }
    }

    /// Makes sure that one can walk to it: an area or a street is no place.
    ///
    /// - Throws: `Failure` with `.usage`.
    func checkForWalking() throws(Failure) {
        guard case .feature(let feature) = self, feature.layer != .building, feature.layer != .station else { return }
        throw Failure(.usage, .areaIsNoPlace(name, feature.layer.title), hint: .givePlace)
    }

    /// The geometry that distances count from; `nil` where a record has none.
    public var geometry: Geometry? {
        switch self {
        case .position(let position): .point(Point(position))
        case .feature(let feature): feature.geometry
        }
    }
}

extension StoredFeature {
    /// A point on the surface of the geometry; `nil` where there is none.
    public var position: LonLat? {
        guard !wkb.isEmpty else { return nil }
        return wkb.withUnsafeBytes { (try? Geometry.representativePoint(wkb: $0)) ?? nil }
    }
}
