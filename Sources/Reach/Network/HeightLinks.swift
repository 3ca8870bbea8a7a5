/// Corners of unknown height between corners of known height, and how far
/// they are from each other: the heights at which every unknown one is the
/// mean of its neighbours, weighted by nearness.
///
/// Solved by conjugate gradients with the diagonal as preconditioner: exact,
/// to a millimetre, after as many steps as a chain has corners.
struct HeightLinks {
    private var numbers: [UInt32: Int] = [:]
    private var corners: [UInt32] = []
    private var links: [Link] = []
    /// The sum of the weights of all neighbours of each.
    private var weights: [Double] = []
    /// The sum of the heights of known neighbours of each, weighted.
    private var pulls: [Double] = []
    private var isFixed: [Bool] = []

    private struct Link {
        let a: Int
        let b: Int
        let weight: Double
    }

    /// Bounds the time for data that no city has.
    private static let mostSteps = 1000

    /// Two unknown corners are so far from each other.
    mutating func join(_ a: UInt32, _ b: UInt32, meters: Double) {
        let link = Link(a: number(a), b: number(b), weight: Self.weight(meters))
        guard link.a != link.b else { return }
        links.append(link)
        weights[link.a] += link.weight
        weights[link.b] += link.weight
    }

    /// An unknown corner is so far from one at a height; NaN says nothing.
    mutating func fix(_ corner: UInt32, at heightMeters: Double, meters: Double) {
        let number = number(corner)
        guard heightMeters.isFinite else { return }
        weights[number] += Self.weight(meters)
        pulls[number] += Self.weight(meters) * heightMeters
        isFixed[number] = true
    }

    private static func weight(_ meters: Double) -> Double { 1 / max(0.01, meters) }

    private mutating func number(_ corner: UInt32) -> Int {
        if let known = numbers[corner] { return known }
        numbers[corner] = corners.count
        corners.append(corner)
        weights.append(0)
        pulls.append(0)
        isFixed.append(false)
        return corners.count - 1
    }

    /// The heights; none for corners that no way leads from to a known one.
    func solution() -> [(corner: UInt32, heightMeters: Double)] {
        guard isFixed.contains(true) else { return [] }
        let heights = solved()
        var sets = DisjointSets(count: corners.count)
        for link in links { sets.join(UInt32(link.a), UInt32(link.b)) }
        var isKnown = [Bool](repeating: false, count: corners.count)
        for number in corners.indices where isFixed[number] { isKnown[Int(sets.root(of: UInt32(number)))] = true }
        return corners.indices.compactMap { number in
            isKnown[Int(sets.root(of: UInt32(number)))] ? (corners[number], heights[number]) : nil
        }
    }

    private func solved() -> [Double] {
        var heights = [Double](repeating: 0, count: corners.count)
        var residual = pulls
        var step = preconditioned(residual)
        var norm = dot(residual, step)
        for _ in 0..<min(corners.count + 10, Self.mostSteps) where norm > 1e-12 {
            let change = applied(to: step)
            let length = norm / dot(step, change)
            guard length.isFinite else { break }
            for index in heights.indices {
                heights[index] += length * step[index]
                residual[index] -= length * change[index]
            }
            let next = preconditioned(residual)
            let nextNorm = dot(residual, next)
            for index in step.indices { step[index] = next[index] + nextNorm / norm * step[index] }
            norm = nextNorm
        }
        return heights
    }

    private func preconditioned(_ vector: [Double]) -> [Double] {
        vector.indices.map { weights[$0] > 0 ? vector[$0] / weights[$0] : 0 }
    }

    private func applied(to vector: [Double]) -> [Double] {
        var result = vector.indices.map { weights[$0] * vector[$0] }
        for link in links {
            result[link.a] -= link.weight * vector[link.b]
            result[link.b] -= link.weight * vector[link.a]
        }
        return result
    }

    private func dot(_ a: [Double], _ b: [Double]) -> Double {
        var sum = 0.0
        for index in a.indices { sum += a[index] * b[index] }
        return sum
    }
}
