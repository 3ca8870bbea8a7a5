/// A piece of land with four straight sides, counter-clockwise from its
/// front left corner.
struct Quad {
    var corners: InlineArray<4, PlanarPoint>

    init(_ a: PlanarPoint, _ b: PlanarPoint, _ c: PlanarPoint, _ d: PlanarPoint) { corners = [a, b, c, d] }

    /// The largest rectangle of those proportions around the middle, at most
    /// that large, that keeps `margin` metres free along all sides. Its front
    /// runs along `direction`, a unit vector.
    func rectangle(along direction: PlanarPoint, halfWidth: Double, halfDepth: Double, margin: Double) -> Rectangle {
        let center = (corners[0] + corners[1] + corners[2] + corners[3]) * 0.25
        var scale = 1.0
        for index in 0..<4 {
            let (from, to) = (corners[index], corners[(index + 1) % 4])
            guard (to - from).length > 0 else { continue }
            let inward = (to - from).unit.left
            let room = (center - from).dot(inward)
            let reach = halfWidth * abs(direction.dot(inward)) + halfDepth * abs(direction.left.dot(inward))
            scale = min(scale, max(room - margin, room * 0.4) / reach)
        }
        return Rectangle(
            center: center, direction: direction, halfWidth: halfWidth * scale, halfDepth: halfDepth * scale)
    }

    /// The direction along the front.
    var front: PlanarPoint { (corners[1] - corners[0]).unit }
}

/// A rectangle that stands at any angle.
struct Rectangle {
    let center: PlanarPoint
    /// A unit vector along the front.
    let direction: PlanarPoint
    let halfWidth: Double
    let halfDepth: Double

    var area: Double { 4 * halfWidth * halfDepth }

    /// A place in it: shares of half the width (to the right) and half the depth (to the back).
    func point(_ x: Double, _ y: Double) -> PlanarPoint {
        center + direction * (x * halfWidth) + direction.left * (y * halfDepth)
    }

    /// A smaller rectangle in it, by the same shares.
    func part(_ x: ClosedRange<Double>, _ y: ClosedRange<Double>) -> Rectangle {
        Rectangle(
            center: point((x.lowerBound + x.upperBound) / 2, (y.lowerBound + y.upperBound) / 2), direction: direction,
            halfWidth: halfWidth * (x.upperBound - x.lowerBound) / 2,
            halfDepth: halfDepth * (y.upperBound - y.lowerBound) / 2)
    }
}
