import Spatial

extension BoundingBox {
    /// Whether two boxes share at least half of the longer side of both, along both axes.
    func resembles(_ other: BoundingBox) -> Bool {
        let sharedWidth = min(east, other.east) - max(west, other.west)
        let sharedHeight = min(north, other.north) - max(south, other.south)
        return intersects(other) && sharedWidth >= max(east - west, other.east - other.west) / 2
            && sharedHeight >= max(north - south, other.north - other.south) / 2
    }
}
