import Foundation
import Testing

@Suite("Answers, files and exit codes", .enabled(if: Louyu.path != nil, "needs the built program"))
struct OutputContractTests {
    private static let questions: [[String]] = [
        ["info"], ["find", "环球"], ["near", "H1"], ["locate", "H1"], ["list", "building"], ["adjacent", "西街道"],
        ["adjacent", "--layer", "boundary", "--level", "subdistrict", "--all"], ["check"], ["repair"],
        ["export", "building"],
        ["list", "building", "--per", "subdistrict"],
    ]

    @Test func `the atlas is --atlas, else LOUYU_ATLAS, else louyu.gpkg`() throws {
        let village = try Village.workplace()
        try FileManager.default.moveItem(
            at: village.url.appending(path: "louyu.gpkg"), to: village.url.appending(path: "x.gpkg"))
        #expect(try village.louyu(["info"]).status == 66)
        #expect(try village.louyu(["info", "--atlas", "x.gpkg"]).status == 0)
        #expect(try village.louyu(["info"], environment: ["LOUYU_ATLAS": "x.gpkg"]).status == 0)
        #expect(try village.louyu(["info", "--atlas", "x.gpkg"], environment: ["LOUYU_ATLAS": "y.gpkg"]).status == 0)
        #expect(!village.has("louyu.gpkg") && !village.has("y.gpkg"), "asking makes no atlas")
    }

    @Test(arguments: questions) func `without an atlas every question answers 66`(_ question: [String]) throws {
        let place = try Workplace()
        let answer = try place.louyu(question + ["--lang", "en"])
        #expect(answer.status == 66)
        #expect(answer.errors.hasPrefix("error: ") && answer.errors.contains("louyu.gpkg"))
        #expect(place.names.isEmpty)
    }

    @Test(arguments: questions) func `the same question gives the same bytes, in every form`(_ question: [String])
        throws
    {
        let village = try Village.workplace()
        let before = try village.state()
        for form in ["table", "json", "geojson", "geojsonseq", "csv"] {
            let answers = try (0..<2).map { _ in try village.louyu(question + ["--format", form]) }
            #expect(answers[0].status == 0, "\(form): \(answers[0].errors)")
            #expect(answers[0].bytes == answers[1].bytes, "\(form)")
            #expect(
                !answers[0].bytes.contains(0x1B) && !answers[0].errorBytes.contains(0x1B), "no colour but on terminals")
            #expect(!answers[0].errorBytes.contains(0x0D), "no progress but on terminals")
            switch form {
            case "json": #expect(JSON(answers[0].bytes) != nil)
            case "geojson": #expect(answers[0].json["type"].text == "FeatureCollection")
            case "geojsonseq":
                #expect(
                    answers[0].bytes.split(separator: 0x0A).allSatisfy { JSON(Data($0))?["type"].text == "Feature" })
            default: break
            }
        }
        #expect(try village.state() == before, "asking changes nothing")
    }

    @Test func `-o writes by the ending, keeps what exists, and leaves nothing beside it`() throws {
        let village = try Village.workplace()
        let before = Set(village.names)
        let endings = [
            "json": "[", "geojson": "{\"type\":\"FeatureCollection\"", "geojsonseq": "{\"type\":\"Feature\"",
            "csv": "\u{FEFF}id", "txt": "",
        ]
        for (ending, start) in endings {
            #expect(try village.louyu(["list", "building", "-o", "out.\(ending)"]).output.isEmpty)
            #expect(
                village.text("out.\(ending)")?.hasPrefix(start) == true,
                "\(ending): \(village.text("out.\(ending)")?.prefix(40) ?? "")")
        }
        #expect(Set(village.names) == before.union(endings.keys.map { "out.\($0)" }))
        let old = village.bytes("out.csv")
        let refused = try village.louyu([
            "list", "building", "--where", "storeys > 30", "-o", "out.csv", "--lang", "en",
        ])
        #expect(
            refused.status == 73 && refused.errors.contains("out.csv") && refused.errors.contains("--overwrite"),
            "\(refused.errors)")
        #expect(village.bytes("out.csv") == old)
        #expect(
            try village.louyu(["list", "building", "--where", "storeys > 30", "-o", "out.csv", "--overwrite"]).status
                == 0)
        #expect(village.bytes("out.csv") != old)
        #expect(try village.louyu(["list", "building", "-o", "-", "--format", "json"]).json.array.count == 3)
        #expect(try village.louyu(["list", "building", "-o", "told.csv", "--format", "json"]).status == 0)
        #expect(village.text("told.csv")?.hasPrefix("[") == true, "--format rules over the ending")
    }

    @Test func `an answer of nothing has its form all the same`() throws {
        let village = try Village.workplace()
        for words in [
            ["near", "0,0", "--within", "1"], ["list", "building", "--where", "1 = 0"], ["check"], ["find", "没有"],
        ] {
            let csv = try village.louyu(words + ["--format", "csv"])
            let start = words == ["check"] ? "\u{FEFF}kind,layer,ref" : "\u{FEFF}id,ref,layer,name,lon,lat"
            #expect(csv.output.hasPrefix(start), "\(words): \(csv.output)")
            #expect(try village.louyu(words + ["--format", "json"]).json == .array([]), "\(words)")
            let collection = try village.louyu(words + ["--format", "geojson"]).json
            #expect(collection["features"] == .array([]), "\(words)")
        }
    }

    @Test func `export as a table is what list shows`() throws {
        let village = try Village.workplace()
        let table = try village.louyu(["list", "building"]).output
        #expect(try village.louyu(["export", "building", "--format", "table"]).output == table)
        #expect(try village.louyu(["export", "building", "-o", "b.txt"]).status == 0)
        #expect(village.text("b.txt") == table)
        #expect(try village.louyu(["export", "building"]).output.hasPrefix("{"), "GeoJSON unless asked otherwise")
    }

    @Test func `a failed question leaves no file`() throws {
        let village = try Village.workplace()
        let before = village.names
        #expect(try village.louyu(["near", "nowhere", "-o", "a.json"]).status == 66)
        #expect(try village.louyu(["list", "building", "--where", "storeys >", "-o", "a.csv"]).status == 64)
        #expect(try village.louyu(["export", "building", "-o", "no/such/folder/a.geojson"]).status == 73)
        #expect(village.names == before)
    }

    @Test func `--quiet and --no-progress silence notes and progress, not errors`() throws {
        let place = try Workplace()
        try place.write("s.json", Village.stations)
        let loud = try place.louyu(["import", "s.json", "--layer", "station", "--dry-run"])
        #expect(!loud.errors.isEmpty, "a file without a coordinate system deserves a note")
        #expect(
            try place.louyu(["import", "s.json", "--layer", "station", "--dry-run", "--quiet", "--no-progress"]).errors
                .isEmpty)
        #expect(try !place.louyu(["info", "--quiet"]).errors.isEmpty)
    }

    @Test func `language is --lang, else the locale's, in answers, help and errors`() throws {
        let village = try Village.workplace()
        let chinese = try village.louyu(["info", "--lang", "zh"]).output
        let english = try village.louyu(["info", "--lang", "en"]).output
        #expect(chinese != english)
        for locale in ["LANG", "LC_ALL", "LC_MESSAGES"] {
            #expect(try village.louyu(["info"], environment: [locale: "zh_CN.UTF-8"]).output == chinese, "\(locale)")
        }
        #expect(try village.louyu(["info"], environment: ["LANG": "C"]).output == english)
        #expect(try village.louyu(["info", "--lang", "en"], environment: ["LANG": "zh_CN.UTF-8"]).output == english)
        #expect(
            try village.louyu(["info"], environment: ["LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"]).output == english
        )
        #expect(try village.louyu(["near"], environment: ["LANG": "zh_CN.UTF-8"]).errors.hasPrefix("错误："))
        #expect(try village.louyu(["near", "nowhere", "--lang", "zh"]).errors.hasPrefix("错误："))
        let help = try village.louyu(["near", "--help"], environment: ["LANG": "zh_CN.UTF-8"]).output
        #expect(help.contains("用法") && !help.contains("USAGE"))
        #expect(try village.louyu(["info", "--lang", "fr"]).status == 64)
        for form in ["json", "geojson", "csv"] {
            let answers = try ["zh", "en"].map {
                try village.louyu(["near", "H1", "--format", form, "--lang", $0]).bytes
            }
            #expect(answers[0] == answers[1], "\(form) is for programs: the same in both languages")
        }
    }

    @Test func `Chinese mistakes are explained in Chinese throughout`() throws {
        let place = try Workplace()
        for words in SnapshotTests.mistakes {
            let errors = try place.louyu(words + ["--lang", "zh"]).errors
            let said = errors.replacing(#/--goal (cover|all|median|center)/#, with: "--goal")
            let foreign = said.matches(of: #/\b(?!louyu )[A-Za-z]{2,} (?!AND|LIKE)[A-Za-z]{2,}/#).map {
                String($0.output)
            }
            #expect(foreign.isEmpty, "\(words): \(foreign) in \(errors)")
        }
    }

    @Test func `errors are one line, or one object for --format json`() throws {
        let village = try Village.workplace()
        for (words, code) in [
            (["near", "nowhere"], 66), (["near", "H1", "--top", "x"], 64), (["burn"], 64),
            (["list", "building", "--where", "("], 64),
        ] {
            let plain = try village.louyu(words + ["--lang", "en"])
            #expect(plain.status == code && plain.output.isEmpty)
            #expect(
                plain.errors.hasPrefix("error: ") && plain.errors.split(separator: "\n").count == 1, "\(plain.errors)")
            let answer = try village.louyu(words + ["--format", "json"])
            #expect(answer.status == code && answer.output.isEmpty)
            #expect(
                answer.errorJSON.keys == ["error"] && answer.errorJSON["error"].keys == ["code", "message", "hint"],
                "\(answer.errors)")
            #expect(answer.errorJSON["error"]["code"].integer == code)
        }
    }

    @Test func `no key and no column occurs twice`() throws {
        let village = try Village.workplace()
        let house = Village.house("H9", "重名", -0.115, 51.507, "\"id\":7,\"lon\":1,\"layer\":\"x\",\"storeys\":1")
        try village.write("n.geojsonl", house)
        try village.imported(["n.geojsonl", "--layer", "building"])
        let asked =
            Self.questions + [
                ["list", "building", "--columns", "name,storeys,ref"], ["near", "H9", "--kind", "党群驿站"],
            ]
        for question in asked {
            let json = try village.louyu(question + ["--format", "json"]).output
            for object in json.matches(of: #/{[^{}]*}/#) {
                let keys = object.output.matches(of: #/"([A-Za-z_0-9]+)":/#).map { String($0.output.1) }
                #expect(Set(keys).count == keys.count, "\(question): \(keys)")
            }
            let header = try village.louyu(question + ["--format", "csv"]).output.prefix { !$0.isNewline }
            let columns = header.split(separator: ",")
            #expect(Set(columns).count == columns.count, "\(question): \(header)")
        }
        #expect(
            try village.json(["list", "building", "--where", "ref = 'H9'"])[0]["id"].text?.hasPrefix("building/")
                == true)
    }

    @Test func `a negative number is named as it was typed`() throws {
        for words in [["list", "building", "--top", "-1"], ["near", "0,0", "--within", "-3"]] {
            let errors = try Village.workplace().louyu(words + ["--lang", "en"]).errors
            #expect(errors.contains(words[3]) && !errors.contains(" \(words[3])"), "\(errors)")
        }
    }

    @Test func `a verb that is none is named, with those there are`() throws {
        let errors = try Workplace().louyu(["burn", "--lang", "en"]).errors
        #expect(errors.contains("burn") && errors.contains("near"), "\(errors)")
    }

    @Test func `a form that is none is named, with those there are`() throws {
        for language in ["zh", "en"] {
            let errors = try Workplace().louyu(["info", "--format", "xml", "--lang", language]).errors
            #expect(errors.contains("xml") && errors.contains("geojsonseq"), "\(errors)")
        }
    }

    @Test func `the command tree, the version and completions`() throws {
        let place = try Workplace()
        let usage = try place.louyu(["--json-usage"])
        #expect(usage.status == 0)
        let verbs = usage.json["command"]["subcommands"].array.compactMap { $0["commandName"].text }
        #expect(Set(verbs).isSuperset(of: SnapshotTests.verbs), "\(verbs)")
        #expect(try place.louyu(["--version"]).output.wholeMatch(of: #/\d+\.\d+\.\d+.*\n/#) != nil)
        for shell in ["bash", "zsh", "fish"] {
            let script = try place.louyu(["--generate-completion-script", shell])
            #expect(script.status == 0 && script.output.contains("adjacent"), "\(shell)")
        }
        #expect(try place.louyu([]).status == 0, "without a verb it explains itself")
    }

    @Test func `a file that is no atlas is refused and left alone`() throws {
        let place = try Workplace()
        try place.write("words.gpkg", "Lorem ipsum dolor sit amet")
        try place.write("a.geojson", Village.buildings)
        for words in [["info"], ["near", "0,0"], ["import", "a.geojson", "--layer", "building"]] {
            let answer = try place.louyu(words + ["--atlas", "words.gpkg"])
            #expect(answer.status == 65, "\(words): \(answer.status) \(answer.errors)")
        }
        #expect(place.text("words.gpkg") == "Lorem ipsum dolor sit amet")
        #expect(place.names == ["a.geojson", "words.gpkg"])
    }

    @Test func `an atlas where none can be made is answered by 73`() throws {
        let place = try Workplace()
        try place.write("a.geojson", Village.buildings)
        let answer = try place.louyu(["import", "a.geojson", "--layer", "building", "--atlas", "no/folder/x.gpkg"])
        #expect(answer.status == 73, "\(answer.errors)")
    }

    @Test func `Ctrl-C answers 130 and changes nothing`() throws {
        let village = try Village.workplace()
        var lines = ""
        for index in 0..<60_000 {
            lines +=
                Village.house(
                    "N\(index)", "新\(index)", -0.119 + Double(index % 100) * 1e-4, 51.5 + Double(index / 100) * 1e-5,
                    "\"storeys\":3") + "\n"
        }
        try village.write("many.geojsonl", lines)
        let before = try village.state()
        let names = village.names
        for milliseconds in [60.0, 250, 500] {
            let moment = Date.now.addingTimeInterval(milliseconds / 1000)
            let answer = try Louyu.run(
                ["import", "many.geojsonl", "--layer", "building", "--lang", "en"], in: village.url,
                interrupt: Interrupt(signal: 2) { Date.now > moment })
            #expect(
                answer.status == 130 || answer.status == -2, "\(milliseconds) ms: \(answer.status) \(answer.errors)")
            #expect(try village.state() == before, "\(milliseconds) ms")
            #expect(village.names == names, "nothing is left behind")
        }
    }

    @Test func `a second writer is told to come later`() throws {
        guard let sqlite = Tool.path("sqlite3") else { return }
        let village = try Village.workplace()
        let process = Process()
        let input = Pipe()
        process.executableURL = URL(filePath: sqlite)
        process.arguments = ["louyu.gpkg"]
        process.currentDirectoryURL = village.url
        process.standardInput = input
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data("BEGIN IMMEDIATE;\n.shell touch locked\n".utf8))
        while !village.has("locked") { usleep(2000) }
        try village.remove("locked")
        try village.write("n.geojsonl", Village.house("N", "新", -0.115, 51.507, "\"storeys\":3"))
        let answer = try village.louyu(["import", "n.geojsonl", "--layer", "building", "--lang", "en"])
        #expect(answer.status == 75, "\(answer.status) \(answer.errors)")
        #expect(try village.json(["list", "building"]).array.count == 3, "readers go on")
        try input.fileHandleForWriting.close()
        process.waitUntilExit()
        #expect(try village.imported(["n.geojsonl", "--layer", "building"])["building"]["added"].integer == 1)
    }

    @Test func `memory stays within 64 MB and twenty times the file`() throws {
        let place = try Workplace()
        try place.link("city", to: Repository.city)
        for file in City.files {
            let size = try Data(contentsOf: Repository.city.appending(path: file)).count
            let answer = try place.louyu(["import", "city/\(file)"])
            #expect(answer.peakBytes <= (64 << 20) + 20 * size, "\(file): \(answer.peakBytes >> 20) MB")
        }
        #expect(try place.louyu(["near", "82.4935,39.4985"]).peakBytes <= (64 << 20))
    }
}
