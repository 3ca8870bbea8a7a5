extension GeometryType {
    /// What the first bytes of WKB say; `nil` where they are none.
    public static func header(wkb: ArraySlice<UInt8>) -> (type: GeometryType, hasHeights: Bool)? {
        wkb.withUnsafeBytes { bytes in
            var cursor = WKBCursor(bytes)
            return (try? cursor.header()).map { ($0.type, $0.hasZ) }
        }
    }
}
