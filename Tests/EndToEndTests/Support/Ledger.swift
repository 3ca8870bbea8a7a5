import Foundation
import Testing

/// The street town with what an office's ledger tells of its houses and stations: contacts, taxes, members.
enum Ledger {
    /// Everything in the files that may not leave the house, as it may be written.
    static let secrets: [String] =
        phones.flatMap { [$0, $0.replacing("-", with: ""), $0.replacing(" ", with: "")] }
        + taxes + ["王小明", "李雷", "500103199001011234", "wang@example.cn", "wx_wang"] + members

    static let phones = [
        "13800001111", "138 0000 2222", "023-63750001", "023-63750002", "13900003333", "15900004444", "17700005555",
    ]
    static let taxes = ["8812345", "7723456.5", "9912377"]
    static let members = ["47114711", "47124712"]

    private static let details: [String: String] = [
        "W1": """
        "联系人":"王小明","电话":"13800001111","税收":8812345,"党员数":47114711,"note":"夜间打 138 0000 2222","地上颜色":"红",\
        "details":{"tax":9912377,"phone":"15900004444","colour":"red"}
        """,
        "W2": "\"联系人\":\"李雷\",\"电话\":13900003333,\"税收\":7723456.5,\"员工数\":47124712,\"email\":\"wang@example.cn\"",
        "E1": "\"address\":\"东大街1号，找物业023-63750001\",\"身份证\":\"500103199001011234\",\"微信\":\"wx_wang\"",
        "E2": "\"complex\":\"17700005555\",\"grade\":\"甲级\"",
    ]

    /// Buildings: those of the town, with details.
    static let buildings: String = {
        var text = StreetTown.buildings
        for (ref, more) in details {
            text = text.replacing("\"name\":\"\(ref)楼\"", with: "\"name\":\"\(ref)楼\",\(more)")
        }
        return text
    }()

    static let stations = StreetTown.stations.replacing(
        "\"name\":\"西诊所\"", with: "\"name\":\"西诊所\",\"负责人电话\":\"023-63750002\",\"members\":47124712")

    static func workplace() throws -> Workplace {
        let place = try StreetTown.workplace(without: ["building", "station"])
        try place.write("buildings.geojson", buildings)
        try place.write("stations.json", stations)
        try place.imported(["buildings.geojson", "--layer", "building"])
        try place.imported(["stations.json", "--layer", "station"])
        return place
    }

    /// The columns that they stand in.
    static let columns = ["联系人", "电话", "税收", "党员数", "员工数", "email", "身份证", "微信", "members", "地上颜色"]

    /// What of the secrets a text holds.
    static func found(in text: String) -> [String] { secrets.filter { text.contains($0) } }
}
