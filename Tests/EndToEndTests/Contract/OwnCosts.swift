import Foundation
import TestSupport

/// Files with costs that tests of `site` read.
enum OwnCosts {
    /// Sites a to d, demands 1 to 6, and 7 that nobody reaches. Within 10, a
    /// serves 1 and 2, b 3, c 4 to 6, d 2 and 3.
    static let table = """
        site,demand,cost
        a,1,4
        a,2,6
        b,3,2
        c,4,9
        c,5,1
        c,6,10
        d,2,5
        d,3,5
        a,6,30
        d,1,11
        b,4,12
        d,4,40
        b,1,50
        """
    static let weights = "demand,weight\n1,10\n2,1\n3,4\n4,2\n5,3\n6,2.5\n7,100\n"

    /// A folder with both files.
    static func workplace() throws -> Workplace {
        let place = try Workplace()
        try place.write("costs.csv", table)
        try place.write("demand.csv", weights)
        return place
    }

    /// Costs drawn at random, without any geometry: nothing is harder to prove.
    static func hard(demands: Int, sites: Int, seed: UInt64) -> String {
        var random = SeededGenerator(seed: seed)
        var text = "site,demand,cost\n"
        for site in 0..<sites {
            for demand in 0..<demands { text += "\(site),\(demand),\(Int.random(in: 1...1000, using: &random))\n" }
        }
        return text
    }
}
