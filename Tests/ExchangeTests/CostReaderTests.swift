@testable import Exchange
import Foundation
import Messages
import TestSupport
import Testing

@Suite struct CostReaderTests {
    private func read(
        _ costs: String, demand: String? = nil, _ change: (inout CostOptions) -> Void = { _ in }
    ) throws -> CostList {
        try read(Array(costs.utf8), demand: demand.map { Array($0.utf8) }, change)
    }

    private func read(
        _ costs: [UInt8], demand: [UInt8]? = nil, _ change: (inout CostOptions) -> Void = { _ in }
    ) throws -> CostList {
        let file = try TemporaryFile(costs)
        let demandFile = try demand.map { try TemporaryFile($0) }
        var options = CostOptions()
        change(&options)
        return try CostReader.read(file.path, demandPath: demandFile?.path, options: options)
    }

    private func refusal(_ costs: String, demand: String? = nil) -> Failure? {
        do {
            _ = try read(costs, demand: demand)
            return nil
        } catch {
            return error as? Failure
        }
    }

    @Test func rowsAreDemandsAscendingByCost() throws {
        let list = try read("site,demand,cost\na,x,3\nb,x,1.5\na,y,2\nc,x,1.5\n")
        #expect(list.named == ["x": [.init("b", 1.5), .init("c", 1.5), .init("a", 3)], "y": [.init("a", 2)]])
        #expect(list.weights == [1, 1])
        #expect(list.stationCount == nil)
    }

    @Test(arguments: [
        "demand,cost,site\nx,3,a\nx,1.5,b\ny,2,a\n",
        "\u{FEFF}站点,需求,成本\r\na,x,3\r\nb,x,1.5\r\na,y,2",
        "\"site\";\"demand\";\"cost\";note\n\"a\";\"x\";\"3\";\"n,1\"\nb; x ;1.50;\n a ;y;2e0;;\n".replacing(
            ";;\n", with: ";\n"),
        "\n\nsite\tdemand\tcost\na\tx\t3.0\n\nb\tx\t+1.5\na\ty\t00002\n\n",
        "SITE , Demand , COST\na,x,3\nb,x,1.5\na,y,２\n",
        "site,demand,cost\na,x,3\nb,x,1.5\na,y,2\na,x,3\n",
    ]) func formsOfOneTableReadAlike(_ text: String) throws {
        let expected = ["x": [CostList.Named("b", 1.5), .init("a", 3)], "y": [.init("a", 2)]]
        #expect(try read(text).named == expected)
    }

    @Test func idsAreAnyText() throws {
        let list = try read(
            "site,demand,cost\n01,007,1\n1,7,2\n\"a \"\"b\"\", c\",楼 1,3\n1234567890123,-5,4\n 1 ,\"x, y\",5\n")
        #expect((0..<list.siteNames.count).map { list.siteNames[$0] } == ["01", "1", "a \"b\", c", "1234567890123"])
        #expect((0..<list.demandNames.count).map { list.demandNames[$0] } == ["007", "7", "楼 1", "-5", "x, y"])
    }

    @Test func aTableInTheOldChineseEncodingIsRead() throws {
        let text = "site,demand,cost\n甲,乙,1\n"
        let bytes = try Iconv.encode(text, as: "GB18030")
        #expect(try read(bytes).named == ["乙": [.init("甲", 1)]])
    }

    @Test func theDemandFileGivesWeightsAndDemandThatNoSiteReaches() throws {
        let list = try read("site,demand,cost\na,y,1\n", demand: "weight,demand\n2.5,x\n0,y\n7,z\n")
        #expect((0..<3).map { list.demandNames[$0] } == ["x", "y", "z"])
        #expect(list.weights == [2.5, 0, 7])
        #expect(list.rowStarts == [0, 0, 1, 1])
    }

    @Test func costsBeyondTheRadiusAreLeftOutAndTheirDemandStays() throws {
        let list = try read("site,demand,cost\na,x,10\na,y,10.001\nb,y,3\n") { $0.radius = 10 }
        #expect(list.named == ["x": [.init("a", 10)], "y": [.init("b", 3)]])
        let none = try read("site,demand,cost\na,x,11\n") { $0.radius = 10 }
        #expect(none.siteNames.count == 1 && none.demandNames.count == 1 && none.costs.isEmpty)
    }

    @Test func numbersAreTheNearestDoubles() throws {
        let words = [
            "0.1", "123456.789", "1e-3", "999999999999999", "0.000000000000001", "3.141592653589793238", "5.", ".5",
            "-0",
        ]
        let list = try read("site,demand,cost\n" + words.enumerated().map { "s,\($0),\($1)\n" }.joined())
        let expected: [Double] = [0.1, 123456.789, 1e-3, 999_999_999_999_999, 1e-15, 3.141592653589793238, 5, 0.5, 0]
        #expect(list.costs == expected)
        #expect(list.costs.allSatisfy { $0.sign == .plus })
    }

    // MARK: Properties

    @Test(arguments: 0..<60) func anyTableReadsAsCellByCell(_ seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let demands = Int.random(in: 1...60, using: &random)
        let sites = Int.random(in: 1...40, using: &random)
        let isText = Bool.random(using: &random)
        var expected: [String: [CostList.Named]] = [:]
        var lines: [String] = []
        for demand in 0..<demands {
            for site in 0..<sites where Int.random(in: 0..<3, using: &random) > 0 {
                let cost = Double(Int.random(in: 0...5000, using: &random)) / 1000
                let names = isText ? ("站 \(site)", "d\(demand * 7919)") : ("\(site)", "\(demand * 37)")
                expected[names.1, default: []].append(.init(names.0, cost))
                lines.append("\(names.0),\(names.1),\(cost)")
            }
        }
        guard !lines.isEmpty else { return }
        lines.shuffle(using: &random)
        let text = "site,demand,cost\n" + lines.joined(separator: "\n")
        let lists = try [1, 2, 5].map { threads in
            try read(text) {
                $0.threadCount = threads
                $0.blockBytes = Int.random(in: 1...300, using: &random)
            }
        }
        #expect(lists[0].named.mapValues(Set.init) == expected.mapValues(Set.init), "seed \(seed)")
        for list in lists {
            #expect(list.isSorted, "seed \(seed)")
            #expect(list.costs == lists[0].costs && list.sites == lists[0].sites, "seed \(seed)")
            #expect((0..<list.siteNames.count).map { list.siteNames[$0] } == lines.firstSeen(0), "seed \(seed)")
            #expect((0..<list.demandNames.count).map { list.demandNames[$0] } == lines.firstSeen(1), "seed \(seed)")
        }
    }

    // MARK: Bad input

    static let defects: [(text: String, line: Int?, says: String)] = [
        ("", nil, "empty"), ("\n \n", nil, "empty"), ("site,demand,cost\n", nil, "no rows"),
        ("site,demand,cost", nil, "no rows"),
        ("a,b,c\n1,2,3\n", nil, "lacks a column"), ("1,2,3\n", nil, "lacks a column"),
        ("site,demand,cost,cost\n1,2,3,4\n", nil, "twice"),
        ("site,demand,cost\na,x,1\na,y\n", 3, "2 of 3 values"), ("site,demand,cost\na,x,1,\n", 2, "more values"),
        ("site,demand,cost\na,x,nan\n", 2, "no finite number"), ("site,demand,cost\na,x,inf\n", 2, "no finite number"),
        ("site,demand,cost\na,x,1e999\n", 2, "above 10^15"), ("site,demand,cost\na,x,-1\n", 2, "below 0"),
        ("site,demand,cost\na,x,0x10\n", 2, "no finite number"), ("site,demand,cost\na,x,\n", 2, "cost is empty"),
        ("site,demand,cost\n,x,1\n", 2, "site is empty"), ("site,demand,cost\na,\"\",1\n", 2, "demand is empty"),
        ("site,demand,cost\na,\"x,1\n", 2, "not closed"), ("site,demand,cost\n\"a\"b,x,1\n", 2, "behind a quoted"),
        ("site,demand,cost\n\na,x,1\nb,x,1\na,x,2\n", nil, "lines 3 and 5"),
        ("site,demand,cost\na,x,12 34\n", 2, "no finite number"), ("site,demand,cost\na,x,1\u{0}\n", nil, "no table"),
        ("\u{1}\u{2}garbage without end", nil, "lacks a column"),
        ("site,demand,cost\na,x,1\n" + String(repeating: "b", count: 70000) + "\n", 3, "1 of 3 values"),
    ]

    @Test(arguments: defects.indices) func badTablesAreRefusedWithTheirLine(_ index: Int) throws {
        let (text, line, says) = Self.defects[index]
        let failure = try #require(refusal(text), "\(text.prefix(60)) was read")
        #expect(failure.code == .unusableInput)
        #expect(failure.what.en.contains(says), "\(failure.what.en)")
        if let line { #expect(failure.what.en.contains("line \(line):"), "\(failure.what.en)") }
        #expect(failure.hint != nil)
    }

    @Test func theFirstDefectOfALargeFileIsTold() throws {
        var lines = (0..<5000).map { "s\($0 % 7),\($0),\($0)" }
        lines[3210] = "s1,3210,-5"
        lines[4000] = "s1"
        let text = "site,demand,cost\n" + lines.joined(separator: "\n")
        for threads in [1, 2, 4] {
            let error = #expect(throws: Failure.self) {
                try read(text) {
                    $0.threadCount = threads
                    $0.blockBytes = 500
                }
            }
            #expect(error?.what.en.contains("line 3212:") == true, "\(error?.what.en ?? "")")
        }
    }

    @Test func demandMustBeListedOnceAndWell() throws {
        let costs = "site,demand,cost\na,x,1\na,y,1\n"
        let cases = [
            ("demand,weight\nx,1\n", "line 3: the demand \"y\" is not in"),
            ("demand,weight\nx,1\nx,2\ny,1\n", "line 3"),
            ("demand,weight\nx,-1\ny,1\n", "below 0"), ("demand,weight\n", "no rows"),
            ("demand\nx\n", "lacks a column"),
            ("demand,weight\nx,many\ny,1\n", "no finite number"), ("", "empty"),
        ]
        for (demand, says) in cases {
            let failure = try #require(refusal(costs, demand: demand))
            #expect(failure.code == .unusableInput && failure.what.en.contains(says), "\(failure.what.en)")
        }
    }

    @Test func moreCostsThanMemoryAreRefused() throws {
        let text = "site,demand,cost\n" + (0..<20_000).map { "\($0 % 100),\($0 / 100),1\n" }.joined()
        for limit in [4096, 20_000 * 12 - 1] {
            let error = #expect(throws: Failure.self) { try read(text) { $0.memoryLimitBytes = limit } }
            #expect(error?.code == .unusableInput && error?.what.en.contains("too large") == true)
        }
        #expect(try read(text).costs.count == 20_000)
    }

    @Test func filesThatAreNotThereAreNamed() throws {
        let error = #expect(throws: Failure.self) { try CostReader.read("/nowhere/costs.csv") }
        #expect(error?.code == .notFound)
        let folder = #expect(throws: Failure.self) { try CostReader.read("/") }
        #expect(folder?.code == .unusableInput)
    }

    @Test func readingEndsWhenNobodyWaits() throws {
        let text = "site,demand,cost\n" + (0..<5000).map { "a,\($0),1\n" }.joined()
        let error = #expect(throws: Failure.self) { try read(text) { $0.progress = { _, _ in false } } }
        #expect(error?.code == .interrupted)
    }
}

extension [String] {
    /// The values of a column in the order in which the lines name them first.
    fileprivate func firstSeen(_ column: Int) -> [String] {
        var seen: Set<String> = []
        return map { String($0.split(separator: ",")[column]) }.filter { seen.insert($0).inserted }
    }
}

extension CostList {
    /// An entry by its site's name.
    struct Named: Hashable {
        let site: String
        let cost: Double

        init(_ site: String, _ cost: Double) { (self.site, self.cost) = (site, cost) }
    }

    /// All rows by the demands' names.
    var named: [String: [Named]] {
        var rows: [String: [Named]] = [:]
        for demand in 0..<demandNames.count where rowStarts[demand] < rowStarts[demand + 1] {
            rows[demandNames[demand]] = (rowStarts[demand]..<rowStarts[demand + 1]).map {
                Named(siteNames[Int(sites[$0])], costs[$0])
            }
        }
        return rows
    }

    /// Whether every row is ascending by cost, then by site.
    var isSorted: Bool {
        (0..<rowStarts.count - 1).allSatisfy { row in
            (rowStarts[row]..<rowStarts[row + 1]).dropFirst().allSatisfy {
                (costs[$0 - 1], sites[$0 - 1]) < (costs[$0], sites[$0])
            }
        }
    }
}
