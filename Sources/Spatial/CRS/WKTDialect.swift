/// Whose words a CRS is described in as well-known text of version 1.
public enum WKTDialect: Hashable, Sendable {
    /// ESRI's, as `.prj` files have it: names of their own, no codes.
    case esri
    /// OGC's as GDAL writes it: EPSG names and codes, as GeoPackage has it.
    case ogc
}

extension CoordinateReferenceSystem {
    /// The text of the two systems that need no PROJ; `nil` for others.
    func knownWKT(_ dialect: WKTDialect) -> String? {
        switch (self, dialect) {
        case (.wgs84, .esri):
            Self.esri("GCS_WGS_1984", "D_WGS_1984", #"SPHEROID["WGS_1984",6378137.0,298.257223563]"#)
        case (.wgs84, .ogc):
            Self.ogc("WGS 84", code: 4326, datum: "WGS_1984", 6326, "WGS 84", "298.257223563", 7030)
        case (.cgcs2000, .esri):
            Self.esri(
                "GCS_China_Geodetic_Coordinate_System_2000", "D_China_2000",
                #"SPHEROID["CGCS2000",6378137.0,298.257222101]"#)
        case (.cgcs2000, .ogc):
            Self.ogc(
                "China Geodetic Coordinate System 2000", code: 4490, datum: "China_2000", 1043, "CGCS2000",
                "298.257222101", 1024)
        default: nil
        }
    }

    private static func esri(_ name: String, _ datum: String, _ spheroid: String) -> String {
        #"GEOGCS["\#(name)",DATUM["\#(datum)",\#(spheroid)],PRIMEM["Greenwich",0.0],"#
            + #"UNIT["Degree",0.0174532925199433]]"#
    }

    private static func ogc(
        _ name: String, code: Int, datum: String, _ datumCode: Int, _ spheroid: String, _ flattening: String,
        _ spheroidCode: Int
    ) -> String {
        #"GEOGCS["\#(name)",DATUM["\#(datum)",SPHEROID["\#(spheroid)",6378137,\#(flattening),"#
            + #"AUTHORITY["EPSG","\#(spheroidCode)"]],AUTHORITY["EPSG","\#(datumCode)"]],"#
            + #"PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],"#
            + #"UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],"#
            + #"AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","\#(code)"]]"#
    }
}
