import Foundation
import Spatial

/// What does not follow the ground: bridges, a tunnel, a lift.
struct Crossings {
    let ground: Ground
    private var plan: CityPlan { ground.plan }

    /// A bridge over one of the rivers.
    struct Bridge {
        let name: String
        let column: Int
        let isNorthern: Bool
        /// Two carriageways for cars alone.
        let isExpressway: Bool
    }

    /// The bridges from west to east, first over the southern river.
    var bridges: [Bridge] {
        var bridges: [Bridge] = []
        for (isNorthern, first) in [(false, 4), (true, 2)] {
            var precinct = 1
            var number = 0
            while precinct < plan.tipPrecinct {
                bridges.append(
                    Bridge(
                        name: Words.bridge(bridges.count), column: plan.columnLine(precinct: precinct),
                        isNorthern: isNorthern, isExpressway: isNorthern && number == 2))
                precinct = number == 0 ? plan.westColumns + first : precinct + 5
                number += 1
            }
        }
        return bridges
    }

    /// All of them as streets.
    func streets() -> [Street] {
        var extraNode = ground.firstExtraNodeID
        return bridges.flatMap(carriageways) + [tunnel] + lift(&extraNode)
    }

    private func carriageways(_ bridge: Bridge) -> [Street] {
        let rows =
            bridge.isNorthern ? (plan.northStreet, plan.northBankStreet) : (plan.southBankStreet, plan.southStreet)
        let from = ground.streetNode(Node(bridge.column, rows.0))
        let to = ground.streetNode(Node(bridge.column, rows.1))
        guard bridge.isExpressway else {
            var street = Street(name: bridge.name, .primary, from: from, to: to)
            (street.isBridge, street.layer) = (true, 1)
            return [street]
        }
        return [carriageway(bridge, from: from, to: to), carriageway(bridge, from: to, to: from)]
    }

    /// One of two carriageways, on the right of the middle.
    private func carriageway(_ bridge: Bridge, from: StreetNode, to: StreetNode) -> Street {
        let (start, end) = (Site.point(from.position), Site.point(to.position))
        let right = (end - start).unit.left * -9
        let rise = to.heightMeters - from.heightMeters
        var street = Street(name: bridge.name, .trunk, from: from, to: to)
        street.positions.insert(
            contentsOf: [0.1, 0.9].map { Site.position(start + (end - start) * $0 + right) }, at: 1)
        street.heightsMeters.insert(
            contentsOf: [0.1, 0.9].map { ((from.heightMeters + rise * $0) * 10).rounded() / 10 }, at: 1)
        (street.isBridge, street.layer, street.isOneWay, street.isClosedToWalkers) = (true, 1, true, true)
        return street
    }

    /// A tunnel under the ridge from one riverside street to the other.
    private var tunnel: Street {
        let column = plan.columnLine(precinct: plan.westColumns + plan.centralColumns / 2)
        var street = Street(
            name: "屿脊隧道", .secondary, from: ground.streetNode(Node(column, plan.southStreet)),
            to: ground.streetNode(Node(column, plan.northStreet)))
        (street.isTunnel, street.layer) = (true, -1)
        return street
    }

    /// A lift from the southern riverside street, where the ground behind it
    /// rises most, and the footbridge from its upper floor.
    private func lift(_ extraNode: inout Int) -> [Street] {
        let columns = (plan.westColumns + 1..<plan.tipPrecinct - 2).map { plan.columnLine(precinct: $0) }
        let rise = CityPlan.superblockCells
        func gain(_ column: Int) -> Double {
            ground.heightMeters(Node(column, plan.southStreet + rise))
                - ground.heightMeters(Node(column, plan.southStreet))
        }
        guard let column = columns.max(by: { gain($0) < gain($1) }) else { return [] }
        let bottom = ground.streetNode(Node(column, plan.southStreet))
        let street = ground.streetNode(Node(column, plan.southStreet + rise))
        let (foot, head) = (Site.point(bottom.position), Site.point(street.position))
        let top = StreetNode(
            id: extraNode, position: Site.position(foot + (head - foot).unit * 6), heightMeters: street.heightMeters)
        extraNode += 1
        let lift = Street(name: "鹭汀电梯", .elevator, from: bottom, to: top)
        var footbridge = Street(name: "鹭汀天桥", .footway, from: top, to: street)
        (footbridge.isBridge, footbridge.layer) = (true, 1)
        return [lift, footbridge]
    }
}
