import Siting
import Testing

@Suite struct CostTableTests {
    @Test func `rows are sorted by cost, then by site`() {
        let table = CostTable(
            siteCount: 3, rowStarts: [0, 3, 3, 5], sites: [0, 2, 1, 1, 0], costs: [5, 1, 1, 0, 2])
        #expect(table.demandCount == 3)
        #expect(Array(table.sites) == [1, 2, 0, 1, 0])
        #expect(table.costs == [1, 1, 5, 0, 2])
        #expect(table.row(1).isEmpty)
    }
}
