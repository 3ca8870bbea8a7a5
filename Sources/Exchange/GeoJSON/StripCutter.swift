/// Cuts polygons to a strip between two meridians.
///
/// On each meridian the outline's crossings, sorted from south to north, pair
/// up: between the first and the second the area continues, and so on.
/// Positions on the meridian itself count as beyond it, so that every
/// crossing is a true change of side.
struct StripCutter {
    let strip: Strip

    init(_ strip: Strip) { self.strip = strip }

    /// The parts of a polygon (its outline, then its holes), each an outline
    /// and its holes.
    func polygons(of rings: [CutPath]) -> [[CutPath]] {
        let western = cut(rings, at: strip.west, keepsEast: true)
        return assemble(cut(western, at: strip.east, keepsEast: false))
    }

    /// The rings of the area on one side of a meridian.
    private func cut(_ rings: [CutPath], at meridian: Double, keepsEast: Bool) -> [CutPath] {
        let isKept: (CutPath.Position) -> Bool = { keepsEast ? $0.x > meridian : $0.x < meridian }
        var whole: [CutPath] = []
        var chains: [[CutPath.Position]] = []
        for ring in rings {
            guard let start = ring.positions.firstIndex(where: { !isKept($0) }) else {
                whole.append(ring)
                continue
            }
            chains += self.chains(of: ring, from: start, at: meridian, isKept)
        }
        return whole + joined(chains)
    }

    /// The runs of kept positions, each from crossing to crossing.
    private func chains(
        of ring: CutPath, from start: Int, at meridian: Double, _ isKept: (CutPath.Position) -> Bool
    ) -> [[CutPath.Position]] {
        let open = Array(ring.positions.dropLast())
        guard !open.isEmpty else { return [] }
        var chains: [[CutPath.Position]] = []
        var chain: [CutPath.Position] = []
        for step in 0..<open.count {
            let a = open[(start + step) % open.count]
            let b = open[(start + step + 1) % open.count]
            switch (isKept(a), isKept(b)) {
            case (false, true): chain = [CutPath.crossing(a, b, at: meridian), b]
            case (true, true): chain.append(b)
            case (true, false):
                chain.append(CutPath.crossing(a, b, at: meridian))
                chains.append(chain)
                chain = []
            case (false, false): break
            }
        }
        return chains
    }

    /// Joins chains along the meridian into rings.
    private func joined(_ chains: [[CutPath.Position]]) -> [CutPath] {
        struct End {
            let chain: Int
            let isStart: Bool
            let y: Double
        }
        var ends: [End] = []
        for (index, chain) in chains.enumerated() {
            guard let first = chain.first, let last = chain.last else { continue }
            ends.append(End(chain: index, isStart: true, y: first.y))
            ends.append(End(chain: index, isStart: false, y: last.y))
        }
        ends.sort { ($0.y, $0.chain, $0.isStart ? 0 : 1) < ($1.y, $1.chain, $1.isStart ? 0 : 1) }
        var partners: [[Int]] = Array(repeating: [0, 0], count: chains.count)
        for (index, end) in ends.enumerated() { partners[end.chain][end.isStart ? 0 : 1] = index ^ 1 }
        var isUsed = Array(repeating: false, count: chains.count)
        var rings: [CutPath] = []
        for first in chains.indices where !isUsed[first] {
            var ring: [CutPath.Position] = []
            var (chain, entersAtStart) = (first, true)
            while !isUsed[chain] {
                isUsed[chain] = true
                ring += entersAtStart ? chains[chain] : chains[chain].reversed()
                let next = ends[partners[chain][entersAtStart ? 1 : 0]]
                (chain, entersAtStart) = (next.chain, next.isStart)
            }
            ring.append(ring[0])
            rings.append(CutPath(positions: ring))
        }
        return rings
    }

    /// Sorts rings into outlines and the holes inside of them: a ring inside
    /// of an odd number of others is a hole of the smallest that holds it.
    private func assemble(_ rings: [CutPath]) -> [[CutPath]] {
        let holders = rings.indices.map { inner in
            rings.indices.filter { $0 != inner && contains(rings[$0], rings[inner].positions) }
        }
        var polygons: [Int: [CutPath]] = [:]
        for index in rings.indices where holders[index].count.isMultiple(of: 2) { polygons[index] = [rings[index]] }
        for index in rings.indices where !holders[index].count.isMultiple(of: 2) {
            let nearest = holders[index].max { holders[$0].count < holders[$1].count }
            if let nearest { polygons[nearest]?.append(rings[index]) }
        }
        return polygons.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Whether a ring holds the middle of another one's first edge.
    private func contains(_ ring: CutPath, _ inner: [CutPath.Position]) -> Bool {
        guard inner.count > 1 else { return false }
        let (x, y) = ((inner[0].x + inner[1].x) / 2, (inner[0].y + inner[1].y) / 2)
        var isInside = false
        for (a, b) in zip(ring.positions, ring.positions.dropFirst()) where (a.y > y) != (b.y > y) {
            if x < a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x) { isInside.toggle() }
        }
        return isInside
    }
}
