import Testing
import TestSupport

@testable import Store

@Suite("numbers of persons, and classes of columns")
struct PersonalNumberTests {
    @Test(arguments: [
        ("13812345678", "***"), ("联系王老师 138 1234 5678。", "联系王老师 ***。"), ("+86 138-1234-5678", "+***"),
        ("8613812345678", "***"), ("0086 13812345678", "***"), ("023-63751234", "***"), ("(023)63751234", "(***"),
        ("（023）6375 1234", "（***"), ("02363751234", "***"), ("0571-87654321、15900001111", "***、***"),
        ("１３８１２３４５６７８", "***"), ("电话:010-88886666转8", "电话:***转8"), ("500103199001011234", "***"),
        ("身份证50010319900101123X", "身份证***"), ("500103900101123", "***"), ("tel 19912345678 x", "tel *** x"),
        ("17:30 13812345678", "17:30 ***"), ("138.1234.5678", "***"), ("138 - 1234 - 5678", "***"),
        ("138·1234·5678", "***"), ("138_1234_5678", "***"), ("138\t1234\u{2009}5678", "***"), ("023.63751234", "***"),
        ("电话63812345", "电话***"), ("座机：6381 2345", "座机：***"), ("联系王老师6381-2345转801", "联系王老师***转801"),
        ("Tel. 6381234", "Tel. ***"), ("传真号码为63812345、63812346", "传真号码为***、***"),
        ("热线（63812345）", "热线（***）"),
    ])
    func `telephone and identity numbers are masked`(_ text: String, _ masked: String) {
        #expect(PersonalNumber.masked(text) == masked)
    }

    @Test(arguments: [
        "解放碑街道1号", "2024-01-15", "500103001001", "way138123456789", "91500103MA5U4ABC1X", "12812345678",
        "138123456789", "1381234567", "3.14159265358979", "GS(2025)1234号", "915001030000000001", "", "4008001234",
        "2024-05-06 17:30:00", "106.5759,29.5567", "建筑面积 13812 平方米",
        "130.12345678", "0.1234567890", "建筑面积1234567平方米", "Hotel 63812345", "电话亭，面积1234567", "联系时间2024-05-06",
        "电话 12345", "电话635",
    ])
    func `other numbers stay`(_ text: String) { #expect(PersonalNumber.masked(text) == nil, "\(text)") }

    @Test func `every number is found wherever it stands`() {
        var random = SeededGenerator(seed: 20_251)
        let separators = ["", " ", "-", "－"]
        for _ in 0..<3000 {
            let tail = (0..<9).map { _ in Int.random(in: 0...9, using: &random) }
            let digits = [1, Int.random(in: 3...9, using: &random)] + tail
            let separator = separators.randomElement(using: &random) ?? ""
            let wide = Bool.random(using: &random)
            func written(_ range: Range<Int>) -> String {
                digits[range].map { wide ? String(UnicodeScalar(UInt32(0xFF10 + $0)) ?? "?") : String($0) }.joined()
            }
            let number = [written(0..<3), written(3..<7), written(7..<11)].joined(separator: separator)
            let before = ["", "值班室", "a: ", "（", "1号楼，", "-- "].randomElement(using: &random) ?? ""
            let after = ["", "（夜间）", " ok", "；"].randomElement(using: &random) ?? ""
            let text = before + number + after
            #expect(PersonalNumber.masked(text) == before + "***" + after, "\(text)")
        }
    }

    @Test(arguments: [
        ("电话", ColumnClass.personal), ("联系方式", .personal), ("手机号码", .personal), ("负责人", .personal), ("法人", .personal),
        ("contactPhone", .personal), ("contact:mobile", .personal), ("TEL", .personal), ("身份证号", .personal),
        ("微信", .personal), ("email", .personal), ("manager_name", .personal), ("税收", .internal),
        ("2024年纳税额", .internal),
        ("annual_tax", .internal), ("党员数", .internal), ("员工人数", .internal), ("memberCount", .internal),
        ("责任人", .personal), ("对接人", .personal), ("项目经理", .personal), ("董事长", .personal),
        ("mobilephone", .personal), ("taxpaid", .internal), ("家庭成员", .internal), ("会员数", .internal),
        ("团员数", .internal), ("employees", .internal), ("备注", .internal), ("owner", .personal),
    ])
    func `names give classes`(_ name: String, _ expected: ColumnClass) {
        #expect(ColumnClass.suggested(by: name) == expected)
        #expect(ColumnClasses().of(name, in: .building) == expected)
    }

    @Test(arguments: ["name", "address", "floor_area_m2", "storeys", "ended_at", "use"])
    func `columns of every atlas are public`(_ name: String) {
        #expect(ColumnClass.suggested(by: name) == nil && ColumnClasses().of(name, in: .building) == .public)
    }

    @Test(arguments: ["taxi", "hotel", "telescope", "rental", "partyline", "mailing", "cellar", "颜色", "colour"])
    func `words that only look alike give none, and are internal all the same`(_ name: String) {
        #expect(ColumnClass.suggested(by: name) == nil, "\(name)")
        #expect(ColumnClasses().of(name, in: .building) == .internal)
    }

    @Test(arguments: [
        ("91500103MA5U4ABC1X", true), ("A座/91500103MA5U4ABC1X", true), ("91500103MA5U4ABC1X/3", true),
        ("a/91500103MA5U4ABC1X/b", true), ("91500103MA5U4ABC1X2", false), ("B1", false), ("", false),
    ])
    func `a ref holds a key that it was joined of`(_ ref: String, _ holds: Bool) {
        #expect(RefSecrets.holds(ref, oneOf: ["3x", "", "91500103MA5U4ABC1X"]) == holds)
    }

    @Test(arguments: [
        ("c4294ecc341b3f738", true), ("c4294ecc341b3f738-12", true), ("c4294ecc341b3f73", false),
        ("c4294ecc341b3f738-", false), ("c4294ecc341b3f738x", false), ("C4294ecc341b3f738", false), ("W1", false),
    ])
    func `a digest is known by its form`(_ ref: String, _ isDigest: Bool) {
        #expect(RefSecrets.isDigest(ref) == isDigest)
    }

    @Test func `what is configured comes first`() {
        var classes = ColumnClasses()
        classes.configured["building"] = ["colour": .public, "address": .internal, "*": .public]
        #expect(classes.of("colour", in: .building) == .public)
        #expect(classes.of("address", in: .building) == .internal)
        #expect(classes.of("shape", in: .building) == .public, "a star stands for all further columns")
        #expect(classes.of("phone", in: .building) == .personal, "but not for those whose name says more")
        #expect(classes.of("attributes", in: .building) == .internal)
        #expect(classes.of("shape", in: .station) == .internal)
    }
}
