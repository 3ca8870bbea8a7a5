import Exchange
import Messages
import Spatial
import Store

/// How a file says what its coordinates are.
struct FileCRS {
    /// The EPSG code; `nil` where the system has none.
    let code: Int?
    /// The registry's name.
    let name: String
    /// What a `.prj` file says; `nil` where ESRI's words cannot say it.
    let esriText: String?
    /// What a GeoPackage says.
    let text: String?

    /// WGS 84, which needs no PROJ.
    static let wgs84 = FileCRS(code: 4326, name: "WGS 84", .wgs84)

    /// Describes the system of a transformation; files hold easting or longitude first.
    ///
    /// - Throws: `Failure` with `.usage` for the other order.
    init(_ transform: CoordinateTransform) throws(Failure) {
        let declaration = transform.declaration
        guard declaration.axisOrder == .eastingFirst else {
            throw Failure(.usage, .fileIsEastingFirst, hint: .leaveOutAxisOrder)
        }
        code = declaration.crs.epsgCode
        name = transform.name ?? declaration.description
        esriText = transform.wkt(.esri)
        text = transform.wkt(.ogc)
    }

    private init(code: Int, name: String, _ crs: CoordinateReferenceSystem) {
        self.code = code
        self.name = name
        let transform = try? CoordinateTransform(crs)
        esriText = transform?.wkt(.esri)
        text = transform?.wkt(.ogc)
    }

    /// What a FlatGeobuf file says; `nil` for a system without a code.
    var flatGeobuf: FlatGeobufWriter.CRS? { code.map { FlatGeobufWriter.CRS(code: $0, name: name) } }

    /// What a GeoPackage says; `nil` for WGS 84, which every one knows.
    ///
    /// - Throws: `Failure` with `.usage` for a system without a code.
    func geoPackage() throws(Failure) -> GeoPackageWriter.CRS? {
        if code == 4326 { return nil }
        guard let code, let text, let number = Int32(exactly: code) else {
            throw Failure(.usage, .geoPackageNeedsCode(name), hint: .leaveOutCRS)
        }
        return GeoPackageWriter.CRS(code: number, name: name, definition: text)
    }
}
