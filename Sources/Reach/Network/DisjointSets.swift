/// Union and find over whole numbers from 0; the lowest of a set stands for it.
struct DisjointSets {
    private var parents: [UInt32]

    init(count: Int) { parents = (0..<UInt32(count)).map { $0 } }

    /// The lowest member of the set of an item.
    mutating func root(of item: UInt32) -> UInt32 {
        var item = item
        while parents[Int(item)] != item {
            parents[Int(item)] = parents[Int(parents[Int(item)])]
            item = parents[Int(item)]
        }
        return item
    }

    /// Makes one set of two.
    mutating func join(_ a: UInt32, _ b: UInt32) {
        let (a, b) = (root(of: a), root(of: b))
        parents[Int(max(a, b))] = min(a, b)
    }
}
