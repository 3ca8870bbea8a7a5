import Foundation
import Testing

/// A place small enough to know by heart: two subdistricts of one district
/// side by side, west of Greenwich, with a community of the same name in each.
///
/// ```
/// -0.12      -0.11      -0.10
///   ┌──────────┬──────────┐ 51.51
///   │  West    │  East    │
///   │  H1 H2   │     H3   │
///   └──────────┴──────────┘ 51.50
/// ```
enum Village {
    static let boundaries = """
        {"type":"FeatureCollection","features":[
        \(area("D", "大坪区", "district", -0.12, -0.10, "\"code\":\"990900\"")),
        \(area("W", "西街道", "subdistrict", -0.12, -0.11, "\"parent_ref\":\"D\"")),
        \(area("E", "东街道", "subdistrict", -0.11, -0.10, "\"parent_ref\":\"D\"")),
        \(area("CW", "袁家岗社区", "community", -0.115, -0.11, "\"parent_ref\":\"W\"")),
        \(area("CE", "袁家岗社区", "community", -0.11, -0.105, "\"parent_ref\":\"E\""))
        ]}
        """

    /// Squares of 0.001 degrees with what is known of them.
    static let buildings = """
        {"type":"FeatureCollection","features":[
        \(house("H1", "环球金融中心", -0.118, 51.505, "\"grade\":\"甲级\",\"storeys\":40,\"建筑面积\":90000,\"address\":\"解放碑1号\",\"owner\":\"Anna\"")),
        \(house("H2", "环球大厦", -0.1165, 51.505, "\"grade\":\"乙级\",\"storeys\":20,\"建筑面积\":30000,\"name_en\":\"Globe Tower\"")),
        \(house("H3", "未来大厦", -0.104, 51.505, "\"storeys\":10,\"建筑面积\":10000,\"owner\":\"Bo \\\"the\\\" Builder, Ltd\""))
        ]}
        """

    static let stations = """
        [{"id":"S1","name":"西站","kind":"党群驿站","lon":-0.117,"lat":51.503},
        {"id":"S2","name":"东站","kind":"便民服务点","lon":-0.103,"lat":51.503}]
        """

    /// A closed square outline.
    static func square(_ west: Double, _ south: Double, _ east: Double, _ north: Double) -> String {
        "[[[\(west),\(south)],[\(east),\(south)],[\(east),\(north)],[\(west),\(north)],[\(west),\(south)]]]"
    }

    private static func area(
        _ ref: String, _ name: String, _ level: String, _ west: Double, _ east: Double, _ more: String
    ) -> String {
        """
        {"type":"Feature","id":"\(ref)","geometry":{"type":"Polygon","coordinates":\(square(west, 51.5, east, 51.51))},\
        "properties":{"name":"\(name)","level":"\(level)",\(more)}}
        """
    }

    static func house(_ ref: String, _ name: String, _ west: Double, _ south: Double, _ more: String) -> String {
        """
        {"type":"Feature","id":"\(ref)","geometry":{"type":"Polygon","coordinates":\(square(west, south, west + 0.001, south + 0.001))},\
        "properties":{"name":"\(name)",\(more)}}
        """
    }

    /// An atlas with all of it.
    static func workplace() throws -> Workplace {
        let place = try Workplace()
        try place.write("boundaries.geojson", boundaries)
        try place.write("buildings.geojson", buildings)
        try place.write("stations.json", stations)
        try place.imported(["boundaries.geojson", "--layer", "boundary"])
        try place.imported(["buildings.geojson", "--layer", "building"])
        try place.imported(["stations.json", "--layer", "station"])
        return place
    }
}
