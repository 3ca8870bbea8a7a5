public import Messages
public import Spatial
public import Store

/// What an atlas holds.
public struct AtlasInfo: Sendable {
    /// One layer.
    public struct LayerInfo: Sendable {
        /// The layer.
        public let layer: Layer
        /// Records, those that have ended left out.
        public let count: Int
        /// Records that have ended.
        public let ended: Int
        /// The box around all records; empty where there are none.
        public let extent: BoundingBox
    }

    /// All layers.
    public let layers: [LayerInfo]
    /// Tiles of elevation, from the south and from the west.
    public let elevation: [StoredTile]
    /// The box around all layers.
    public let extent: BoundingBox
    /// Its area.
    public let extentSquareKilometers: Double
    /// What was imported, oldest first; for the public without names of files.
    public let sources: [StoredSource]
    /// Records kept aside because they could not be taken.
    public let rejected: Int
    /// Geometries mended on import.
    public let repaired: Int
    /// Rises with every change.
    public let dataVersion: Int
    /// How many changes the history holds, those taken back included.
    public let changes: Int
    /// The last of them; for the public without its reason and its files.
    public let lastChange: StoredChange?
    /// The kinds of stations and how many there are of each; `nil` where that
    /// is withheld from the public.
    public let stationKinds: [(kind: String, count: Int?)]
    /// Answers that are kept in the file, by name; the public is told of none.
    public let savedLayers: [SavedLayer]
    /// What the office declared about the atlas.
    public let publishing: PublishingSettings
}

extension Atlas {
    /// What the atlas holds.
    ///
    /// - Throws: `Failure`.
    public func info() throws(Failure) -> AtlasInfo {
        let (contents, publishing) = try file.snapshot { (try file.contents(), try file.publishingSettings()) }
        var extent = BoundingBox.empty
        for layer in contents.layers { extent.add(layer.extent) }
        let corners = [
            LonLat(extent.west, extent.south), LonLat(extent.east, extent.south), LonLat(extent.east, extent.north),
            LonLat(extent.west, extent.north), LonLat(extent.west, extent.south),
        ]
        let area = extent.isEmpty ? 0 : Geometry.polygon(Polygon(LineString(corners))).areaSquareMeters
        return AtlasInfo(
            layers: contents.layers.map {
                AtlasInfo.LayerInfo(layer: $0.layer, count: $0.count, ended: $0.ended, extent: $0.extent)
            },
            elevation: contents.elevation, extent: extent, extentSquareKilometers: area / 1e6,
            sources: asTold(contents.sources), rejected: contents.rejected, repaired: contents.repaired,
            dataVersion: contents.dataVersion, changes: contents.changes,
            lastChange: disclosed == nil ? contents.lastChange : contents.lastChange?.withoutReasons,
            stationKinds: stationKinds(contents), savedLayers: disclosed == nil ? try file.savedLayers() : [],
            publishing: publishing)
    }

    /// The kinds of stations, few of a kind withheld from the public; what is
    /// of no kind is a group as well, as the total is told.
    private func stationKinds(_ contents: AtlasContents) -> [(kind: String, count: Int?)] {
        let kinds = contents.stationKinds
        let all = contents.layers.first { $0.layer == .station }?.count ?? 0
        let others = max(0, all - kinds.map(\.count).reduce(0, +))
        let isWithheld = suppression(of: kinds.map(\.count) + [others])?.isWithheld
        return kinds.enumerated().map { index, kind in (kind.kind, isWithheld?[index] == true ? nil : kind.count) }
    }
}
