public import Spatial

extension FootprintBuffer {
    /// The outlines of geometry values.
    public init(_ geometries: [Geometry]) {
        var bytes: [UInt8] = []
        var ranges: [Range<Int>] = []
        for geometry in geometries {
            let start = bytes.count
            geometry.append(toWKB: &bytes)
            ranges.append(start..<bytes.count)
        }
        self.init(bytes: bytes, ranges: ranges, boxes: geometries.map(\.box))
    }
}
