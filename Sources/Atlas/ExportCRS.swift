public import Messages
public import Spatial
public import Store

/// The CRS that an export is written in, as users say it.
public enum ExportCRS: Hashable, Sendable {
    /// A system that is named.
    case named(CoordinateDeclaration)
    /// The 3-degree Gauss-Krüger zone of CGCS2000 that the features lie in.
    case gaussKruger

    /// Reads `cgcs2000-gk`, or what `CoordinateDeclaration` reads.
    ///
    /// - Throws: `Failure` with `.usage`.
    public init(parsing text: String) throws(Failure) {
        let key = text.lowercased().filter { !"-_ ".contains($0) }
        self = key == "cgcs2000gk" ? .gaussKruger : .named(try CoordinateDeclaration(parsing: text))
    }
}

extension Atlas {
    /// The CRS to write rows of a layer in; a Gauss-Krüger zone, whose
    /// eastings have no zone number before them, is found by their extent.
    ///
    /// - Throws: `Failure`: `.usage` for an extent over two zones or outside
    ///   of them, and for no rows at all.
    /// - Complexity: O(rows) for a zone.
    public func declaration(
        of crs: ExportCRS, for layer: Layer, filter: RecordFilter = RecordFilter()
    ) throws(Failure) -> CoordinateDeclaration {
        switch crs {
        case .named(let declaration): return declaration
        case .gaussKruger:
            var extent = BoundingBox.empty
            try forEachBatch(layer, filter) { batch in for record in batch.records { extent.add(record.box) } }
            return CoordinateDeclaration(.epsg(try GaussKrugerZone.holding(extent).epsgCode))
        }
    }
}

extension GaussKrugerZone {
    /// The 3-degree zone, without its number before eastings, that holds a box.
    ///
    /// - Throws: `Failure` with `.usage` where none or no single one does.
    static func holding(_ box: BoundingBox) throws(Failure) -> GaussKrugerZone {
        guard !box.isEmpty else { throw Failure(.usage, .noExtentForZone, hint: .nameZone) }
        // What ends on the edge of a zone lies in it.
        let eastEdge = box.east > box.west ? box.east.nextDown : box.east
        guard let west = GaussKrugerZone(atLongitude: box.west, hasPrefix: false),
            let east = GaussKrugerZone(atLongitude: eastEdge, hasPrefix: false)
        else { throw Failure(.usage, .outsideOfZones, hint: .nameZone) }
        guard west == east else {
            let zones = [west, east].map { "EPSG:\($0.epsgCode) (\(Int($0.centralMeridian))°E)" }
            throw Failure(
                .usage, .overTwoZones(zones[0], zones[1]), hint: .chooseZone("EPSG:\(west.epsgCode)"))
        }
        return west
    }
}
