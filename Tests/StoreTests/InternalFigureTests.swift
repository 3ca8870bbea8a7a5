import Testing

@testable import Store

@Suite("figures of the office in texts")
struct InternalFigureTests {
    @Test(arguments: [
        ("金鼎大厦（年税收8812万元）", "金鼎大厦（年税收***万元）"), ("税收总额约为 8,812.5 万元", "税收总额约为 ***万元"),
        ("党员：47人，员工共１２０人", "党员：***人，员工共***人"), ("营收12,345,678.90。", "营收***。"),
        ("纳税额=77 租金3.5", "纳税额=*** 租金***"), ("产值达1亿，收入合计2亿", "产值达***亿，收入合计***亿"),
    ])
    func `a number behind its word is masked`(_ text: String, _ masked: String) {
        #expect(InternalFigure.masked(text)?.replacing(" ", with: "") == masked.replacing(" ", with: ""))
        #expect(PersonalNumber.masked(text) != nil)
    }

    @Test(arguments: [
        "国家税务局3号楼", "纳税服务大厅2楼", "党员活动中心5号", "员工宿舍12栋", "职工之家", "1号楼税收", "税收", "党员、3号楼", "大坪正街1号", "",
    ])
    func `names and addresses stay`(_ text: String) { #expect(InternalFigure.masked(text) == nil) }

    @Test func `phones behind a figure are masked as well`() {
        #expect(PersonalNumber.masked("税收88万，找13812345678") == "税收***万，找***")
        #expect(!PersonalNumber.isAll(of: "税收88"))
    }
}
