import Foundation
import Testing

@Suite("A PLACE", .enabled(if: Louyu.path != nil, "needs the built program"))
struct PlaceContractTests {
    private let village: Workplace

    init() throws { village = try Village.workplace() }

    @Test(arguments: ["-0.1175,51.5055", " -0.1175 , 51.5055", "-.1175,51.5055"])
    func `coordinates may begin with a minus sign`(_ place: String) throws {
        #expect(try village.json(["locate", place])["building"]["ref"].text == "H1")
    }

    @Test func `coordinates far south and west are places too`() throws {
        let answer = try village.json(["locate", "-70.5,-33.5"])
        #expect(answer["at"]["lon"].number == -70.5 && answer["at"]["lat"].number == -33.5)
        #expect(answer["building"] == .null && answer["boundaries"] == .array([]) && answer["zones"] == .array([]))
    }

    @Test(arguments: ["181,0", "0,91", "0,-90.5", "-360.5,0", "nan,0", "1e400,0"])
    func `coordinates outside the world are a usage error or no place`(_ place: String) throws {
        let answer = try village.louyu(["locate", place])
        #expect(
            answer.status == 64 || (answer.status == 66 && Double(place.prefix { $0 != "," })?.isNaN == true),
            "\(answer.status) \(answer.errors)")
    }

    @Test func `an id, a ref, a name and a part of a name are the same place`() throws {
        let building = try village.json(["find", "环球金融中心"])[0]
        let id = try #require(building["id"].text)
        #expect(id.hasPrefix("building/"))
        for word in [id, "H1", "环球金融中心", "球金融", "金融中"] {
            #expect(try village.json(["locate", word])["building"]["id"].text == id, "\(word)")
        }
    }

    @Test func `an exact name comes before parts of longer ones`() throws {
        try village.write(
            "more.geojsonl",
            Village.house("H9", "未来", -0.1035, 51.507, "\"storeys\":1").replacingOccurrences(of: "\n", with: ""))
        try village.imported(["more.geojsonl", "--layer", "building"])
        #expect(try village.json(["locate", "未来"])["building"]["ref"].text == "H9")
    }

    @Test func `several places are an error that lists them`() throws {
        let answer = try village.louyu(["near", "环球", "--format", "json"])
        #expect(answer.status == 66)
        let error = answer.errorJSON["error"]
        #expect(error["code"].integer == 66)
        let message = error["message"].text ?? ""
        #expect(message.contains("环球金融中心") && message.contains("环球大厦"), "\(message)")
        #expect(message.contains("building/"), "with ids to choose from: \(message)")
    }

    @Test func `a parent tells namesakes apart`() throws {
        #expect(try village.louyu(["locate", "袁家岗社区"]).status == 66)
        for (parent, ref) in [("西街道", "CW"), ("东街道", "CE")] {
            let rows = try village.json(["adjacent", "\(parent)/袁家岗社区", "--level", "community"])
            #expect(rows.texts("ref") == [ref == "CW" ? "CE" : "CW"])
        }
        #expect(try village.json(["adjacent", "大坪区/西街道/袁家岗社区"]).texts("ref") == ["CE"])
        #expect(try village.louyu(["locate", "南街道/袁家岗社区"]).status == 66)
    }

    @Test(arguments: ["nowhere", "building/99", "tree/1", "999999", "a/b/c", ""])
    func `what is not there is answered by 66`(_ place: String) throws {
        let answer = try village.louyu(["near", place, "--lang", "en"])
        #expect(answer.status == 66 || (place.isEmpty && answer.status == 64), "\(answer.status) \(answer.errors)")
        #expect(answer.output.isEmpty)
        #expect(answer.errors.hasPrefix("error: ") && (place.isEmpty || answer.errors.contains(place)))
    }

    @Test func `a place with quotes, percent signs and SQL in it is only a text`() throws {
        for word in ["' OR 1=1 --", "%", "_", "\"", "环球\u{0301}", "\\", "*", "AND"] {
            let answer = try village.louyu(["near", word])
            #expect(answer.status == 66, "\(word): \(answer.status) \(answer.output)\(answer.errors)")
        }
    }
}
