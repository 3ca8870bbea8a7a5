public import Messages
internal import Synchronization

/// Moves coordinates between a declared system and WGS 84.
///
/// WGS 84, CGCS2000, GCJ-02 and BD-09 are computed here; every other EPSG code
/// opens PROJ. Safe to use from several threads: calls into PROJ take turns,
/// so give each thread its own for speed.
public struct CoordinateTransform: Sendable {
    /// What the coordinates outside of WGS 84 are.
    public let declaration: CoordinateDeclaration
    private let proj: ProjDoor?

    /// Makes the transformation between a declared system and WGS 84.
    ///
    /// - Throws: `Failure` of code `unusableInput` where PROJ is needed and
    ///   not installed, of code `usage` where the EPSG code does not exist or
    ///   is no system of the Earth's surface.
    public init(_ declaration: CoordinateDeclaration) throws(Failure) {
        self.declaration = declaration
        if case .epsg(let code) = declaration.crs { proj = try ProjDoor(epsgCode: code) } else { proj = nil }
    }

    /// Makes the transformation between a system, easting first, and WGS 84.
    ///
    /// - Throws: as `init(_:)`.
    public init(_ crs: CoordinateReferenceSystem) throws(Failure) { try self.init(CoordinateDeclaration(crs)) }

    /// Whether coordinates stay as they are.
    public var isIdentity: Bool {
        (declaration.crs == .wgs84 || declaration.crs == .cgcs2000) && declaration.axisOrder == .eastingFirst
    }

    /// The system's name as its registry has it; `nil` where it has none.
    public var name: String? {
        switch declaration.crs {
        case .wgs84: "WGS 84"
        case .gcj02: "GCJ-02"
        case .bd09: "BD-09"
        case .cgcs2000: "China Geodetic Coordinate System 2000"
        case .epsg(let code): proj?.name(epsgCode: code)
        }
    }

    /// The system as WKT 1 in a dialect; `nil` where it has no code or cannot
    /// be said so.
    public func wkt(_ dialect: WKTDialect) -> String? {
        switch declaration.crs {
        case .wgs84, .cgcs2000: declaration.crs.knownWKT(dialect)
        case .gcj02, .bd09: nil
        case .epsg(let code): proj?.wkt(epsgCode: code, isESRI: dialect == .esri)
        }
    }

    /// Where the system is meant to be used, in degrees; `nil` where that is
    /// not known.
    public var areaOfUse: BoundingBox? {
        switch declaration.crs {
        case .wgs84: BoundingBox(west: -180, south: -90, east: 180, north: 90)
        case .gcj02, .bd09: GCJ02.extent
        case .cgcs2000: BoundingBox(west: 73.62, south: 16.7, east: 134.77, north: 53.56)
        case .epsg(let code): proj?.areaOfUse(epsgCode: code)
        }
    }

    /// The WGS 84 position of one in the declared system; infinite ordinates
    /// where it has none.
    public func toWGS84(_ position: LonLat) -> LonLat {
        var positions = [position]
        toWGS84(&positions)
        return positions[0]
    }

    /// The position in the declared system of one on WGS 84; infinite
    /// ordinates where it has none.
    public func fromWGS84(_ position: LonLat) -> LonLat {
        var positions = [position]
        fromWGS84(&positions)
        return positions[0]
    }

    /// Moves positions of the declared system to WGS 84.
    ///
    /// - Returns: how many have no image there; their ordinates are infinite.
    /// - Complexity: O(positions): 0.1 microseconds for EPSG codes, 0.6 for
    ///   GCJ-02, 1 for BD-09.
    @discardableResult
    public func toWGS84(_ positions: inout [LonLat]) -> Int { transform(&positions, toWGS84: true) }

    /// Moves positions of WGS 84 to the declared system.
    ///
    /// - Returns: how many have no image there; their ordinates are infinite.
    @discardableResult
    public func fromWGS84(_ positions: inout [LonLat]) -> Int { transform(&positions, toWGS84: false) }

    func transform(_ positions: inout [LonLat], toWGS84: Bool) -> Int {
        let isSwapped = declaration.axisOrder == .northingFirst
        if isSwapped && toWGS84 { Self.swapAxes(&positions) }
        switch declaration.crs {
        case .wgs84, .cgcs2000: break
        case .gcj02:
            for index in positions.indices {
                positions[index] =
                    toWGS84 ? GCJ02.toWGS84(positions[index]) : GCJ02.fromWGS84(positions[index])
            }
        case .bd09:
            for index in positions.indices {
                positions[index] = toWGS84 ? BD09.toWGS84(positions[index]) : BD09.fromWGS84(positions[index])
            }
        case .epsg: proj?.transform(&positions, toWGS84: toWGS84)
        }
        var failures = 0
        for position in positions where !(position.longitude.isFinite && position.latitude.isFinite) { failures += 1 }
        if isSwapped && !toWGS84 { Self.swapAxes(&positions) }
        return failures
    }

    private static func swapAxes(_ positions: inout [LonLat]) {
        for index in positions.indices {
            positions[index] = LonLat(positions[index].latitude, positions[index].longitude)
        }
    }
}

/// A PROJ transformation that threads take turns at.
private final class ProjDoor: Sendable {
    private let transformation: Mutex<ProjTransformation>

    init(epsgCode: Int) throws(Failure) {
        transformation = Mutex(try ProjTransformation(epsgCode: epsgCode))
    }

    func transform(_ positions: inout [LonLat], toWGS84: Bool) {
        var x = positions.map(\.longitude)
        var y = positions.map(\.latitude)
        transformation.withLock { $0.transform(&x, &y, toWGS84: toWGS84) }
        for index in positions.indices { positions[index] = LonLat(x[index], y[index]) }
    }

    func areaOfUse(epsgCode: Int) -> BoundingBox? { transformation.withLock { $0.areaOfUse(epsgCode: epsgCode) } }

    func wkt(epsgCode: Int, isESRI: Bool) -> String? {
        transformation.withLock { $0.wkt(epsgCode: epsgCode, isESRI: isESRI) }
    }

    func name(epsgCode: Int) -> String? { transformation.withLock { $0.name(epsgCode: epsgCode) } }
}
