import Foundation
import Testing

@Suite("Help and what usage errors point to", .enabled(if: Louyu.path != nil, "needs the built program"))
struct HelpContractTests {
    @Test(arguments: ["zh", "en"]) func `help VERB is VERB --help, wherever --lang stands`(_ language: String) throws {
        let place = try Workplace()
        for verb in SnapshotTests.verbs {
            let page = try place.louyu([verb, "--help", "--lang", language])
            #expect(page.status == 0)
            for words in [
                ["help", verb, "--lang", language], ["--lang", language, "help", verb],
                ["help", "--lang", language, verb],
                ["--lang", language, verb, "--help"], [verb, "-h", "--lang=\(language)"],
            ] {
                let answer = try place.louyu(words)
                #expect(answer.status == 0 && answer.output == page.output, "\(words): \(answer.errors)")
            }
            let locale = ["LANG": language == "zh" ? "zh_CN.UTF-8" : "C.UTF-8"]
            #expect(try place.louyu(["help", verb], environment: locale).output == page.output)
        }
        let page = try place.louyu(["--help", "--lang", language]).output
        for words in [["help", "--lang", language], ["--lang", language], ["--lang", language, "help"]] {
            #expect(try place.louyu(words).output == page, "\(words)")
        }
        #expect(try place.louyu(["help", "burn", "--lang", language]).status == 64)
    }

    @Test(arguments: [
        ["near", "0,0", "--within", "far"], ["near"], ["list", "building", "--per", "planet"], ["import"],
        ["import", "x", "--on-invalid", "pray"], ["adjacent", "x", "--tolerance", "far"], ["locate", "0,0", "--loud"],
        ["export", "building", "--bbox", "1"], ["check", "all"], ["--format", "json", "near"],
    ])
    func `a usage error points to the help of its verb`(_ words: [String]) throws {
        let village = try Village.workplace()
        let verb = words.first { SnapshotTests.verbs.contains($0) } ?? ""
        for language in ["zh", "en"] {
            let answer = try village.louyu(words + ["--lang", language])
            #expect(answer.status == 64)
            #expect(answer.errors.contains("louyu \(verb) --help"), "\(answer.errors)")
        }
    }
}
