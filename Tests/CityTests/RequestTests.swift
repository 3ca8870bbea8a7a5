import Messages
import Testing

@testable import city

@Suite struct RequestTests {
    @Test func argumentsAreReadInBothForms() throws {
        let order = Request.Order(buildings: 5000, seed: 9, folder: "x", mayOverwrite: true)
        #expect(try Request(["--buildings", "5000", "--seed=9", "--out", "x", "--overwrite"]) == .make(order))
        #expect(try Request(["--out", "x", "--help"]) == .help)
    }

    @Test(arguments: [
        [], ["--out"], ["--out", "x", "--buildings", "999"], ["--out", "x", "--buildings", "10000001"],
        ["--out", "x", "--seed", "-1"], ["--out", "x", "--lang", "fr"], ["--out", "x", "more"],
        ["--out", "x", "--buildings", "99999999999999999999"],
    ])
    func badArgumentsAreUsageErrors(arguments: [String]) {
        let failure = #expect(throws: Failure.self) { try Request(arguments) }
        #expect(failure?.code == .usage)
    }

    @Test func theLanguageComesFromTheOptionThenFromTheEnvironment() {
        #expect(Request.language(["--lang", "zh"], environment: ["LANG": "en_US.UTF-8"]) == .zh)
        #expect(Request.language(["--lang=en"], environment: ["LANG": "zh_CN.UTF-8"]) == .en)
        #expect(Request.language([], environment: ["LC_ALL": "zh_CN.UTF-8", "LANG": "en_US"]) == .zh)
        #expect(Request.language([], environment: [:]) == .en)
    }
}
