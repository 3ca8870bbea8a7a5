/// Nodes and weights of Gauss-Legendre quadrature on −1 … 1 (Abramowitz and
/// Stegun, table 25.4); the negative places mirror those given.
enum GaussLegendre {
    /// The outer place of the rule of three nodes, whose weights are 5/9 there
    /// and 8/9 in the middle.
    static let threePlace = 0.774596669241483377

    /// The rule of eight nodes.
    static let eight: [(place: Double, weight: Double)] = [
        (0.1834346424956498, 0.3626837833783620),
        (0.5255324099163290, 0.3137066458778873),
        (0.7966664774136267, 0.2223810344533745),
        (0.9602898564975363, 0.1012285362903763),
    ]
}
