import Atlas
import Testing
import TestSupport

@Suite("groups that are withheld, and map review numbers")
struct SuppressionTests {
    /// What a reader sees: the counts that are told, and the total.
    private struct Published: Hashable {
        let counts: [Int?]
        let total: Int?

        init(_ counts: [Int]) {
            let suppression = Suppression(counts)
            self.counts = zip(counts, suppression.isWithheld).map { $1 ? nil : $0 }
            total = suppression.withholdsTotal ? nil : counts.reduce(0, +)
        }
    }

    /// Somebody who knows the rules, all that is published and which groups are
    /// empty tries every possible table: no group of one or two may have a
    /// single possible count, and no total of one or two is told.
    @Test(arguments: 1...4)
    func `no small group can be reckoned from what is told`(_ groups: Int) {
        let most = 8
        var tables = [[Int]()]
        for _ in 0..<groups { tables = tables.flatMap { table in (0...most).map { table + [$0] } } }
        var worlds: [Published: [[Int]]] = [:]
        for table in tables { worlds[Published(table), default: []].append(table) }
        #expect(worlds.keys.allSatisfy { !Suppression.isSmall($0.total ?? 0) })
        var reckoned: [[Int]] = []
        for (published, possible) in worlds {
            for group in 0..<groups where published.counts[group] == nil {
                for (_, alike) in Dictionary(grouping: possible, by: { $0.map { $0 == 0 } }) {
                    let values = Set(alike.map { $0[group] })
                    guard values.count == 1, let value = values.first, Suppression.isSmall(value) else { continue }
                    reckoned.append(alike[0])
                }
            }
        }
        #expect(reckoned.isEmpty, "\(reckoned.count) tables give a group away: \(reckoned.prefix(5))")
        #expect(worlds.count < tables.count)
    }

    @Test func `a small group alone among empty ones takes the total with it`() {
        for counts in [[1], [0, 2], [0, 1, 0], [2, 2]] {
            #expect(Suppression(counts).withholdsTotal)
            #expect(Suppression(counts).isWithheld == counts.map { $0 > 0 })
        }
        #expect(Suppression([0, 1, 5, 9]).isWithheld == [false, true, true, false])
    }

    @Test func `what is told is told truly, and large groups alone are all told`() {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            let counts = (0..<Int.random(in: 1...12, using: &random)).map { _ in Int.random(in: 0...9, using: &random) }
            let suppression = Suppression(counts)
            for (count, isWithheld) in zip(counts, suppression.isWithheld) where Suppression.isSmall(count) {
                #expect(isWithheld)
            }
            let hasSmall = counts.contains(where: Suppression.isSmall)
            #expect(suppression.isWithheld.contains(true) == hasSmall)
            #expect(suppression.isWithheld.count { $0 } != 1 || suppression.withholdsTotal)
            #expect(hasSmall || !suppression.withholdsTotal)
        }
    }

    /// Of every small group another table that would be published in the same
    /// way has another count.
    @Test(arguments: [UInt64(1), 20_261, 77_003])
    func `of random groupings no small group is certain`(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for round in 0..<2000 {
            // Records fall into groups, some of which are rarer than others.
            let groups = Int.random(in: 1...14, using: &random)
            var counts = Array(repeating: 0, count: groups)
            for _ in 0..<Int.random(in: 1...60, using: &random) {
                counts[min(Int.random(in: 0..<groups, using: &random), Int.random(in: 0..<groups, using: &random))] += 1
            }
            let published = Published(counts)
            let swaps = counts.indices.flatMap { a in
                counts.indices.filter { $0 > a && published.counts[$0] == nil && published.counts[a] == nil }.map { b in
                    var world = counts
                    world.swapAt(a, b)
                    return world
                }
            }
            let flipped = counts.map { Suppression.isSmall($0) ? Suppression.fewest - $0 : $0 }
            let worlds = (swaps + [flipped]).filter { Published($0) == published }
            for (group, count) in counts.enumerated() where Suppression.isSmall(count) {
                #expect(published.counts[group] == nil)
                #expect(
                    worlds.contains { $0[group] != count }, "seed \(seed), round \(round): group \(group) of \(counts)")
            }
        }
    }

    @Test(arguments: [UInt64(5), 20_262])
    func `of areas within each other neither few nor few more are told`(_ seed: UInt64) {
        #expect(
            Suppression.withheldOfNested([(0, 4), (0, 5), (0, 8), (1, 5), (1, 5)]) == [
                false, true, false, false, false,
            ])
        var random = SeededGenerator(seed: seed)
        for round in 0..<1000 {
            var counts: [(place: Int, count: Int)] = []
            for place in 0..<Int.random(in: 1...3, using: &random) {
                var count = 0
                for _ in 0..<Int.random(in: 1...5, using: &random) {
                    count += Int.random(in: 0...5, using: &random)
                    counts.append((place, count))
                }
            }
            let isWithheld = Suppression.withheldOfNested(counts)
            let told = zip(counts, isWithheld).filter { !$1 }.map(\.0)
            for one in told {
                #expect(!Suppression.isSmall(one.count), "seed \(seed), round \(round)")
                for other in told where other.place == one.place {
                    #expect(!Suppression.isSmall(other.count - one.count), "seed \(seed), round \(round): \(counts)")
                }
            }
        }
    }

    @Test(arguments: [
        ("GS(2025)1234号", "GS(2025)1234号"), ("审图号：GS（2019）1822号", "GS(2019)1822号"),
        ("gs京(2022)1061号", "GS京(2022)1061号"), ("渝S〔2020〕082号", "渝S(2020)082号"), ("川S【2021】00059号", "川S(2021)00059号"),
        (" GS (2025) 12 号 ", "GS(2025)12号"),
    ])
    func `map review numbers of all kinds are known`(_ text: String, _ number: String) {
        #expect(MapReviewNumber.normalized(text) == number)
    }

    @Test(arguments: [
        "", "1234", "GS2025 1234号", "GS(25)1234号", "GS(2025)号", "GS(2025)1234", "XS(2025)1号", "GS(2025)1234567号",
        "GS渝渝(2025)1号", "号(2025)1号", "(2025)1234号", "GS)2025(1号", "GS(2025)一号", "GS(1825)1号",
    ])
    func `anything else is none`(_ text: String) { #expect(MapReviewNumber.normalized(text) == nil, "\(text)") }
}
