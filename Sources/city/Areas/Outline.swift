extension CityPlan {
    /// The outline of a connected set of precincts without holes, through all
    /// nodes of the lattice on it: closed, the set on its left.
    func outline(where isInside: (PrecinctID) -> Bool) -> [Node] {
        var successors: [Int: Int] = [:]
        var first: Int?
        let width = precinctColumns + 1
        func isIn(_ column: Int, _ row: Int) -> Bool {
            guard column >= 0, column < precinctColumns, row >= 0, row < precinctRows else { return false }
            return isInside(PrecinctID(column: column, row: row))
        }
        forEachPrecinct { precinct in
            guard isInside(precinct) else { return }
            let (column, row) = (precinct.column, precinct.row)
            let southWest = row * width + column
            let (southEast, northWest) = (southWest + 1, southWest + width)
            let northEast = northWest + 1
            if !isIn(column, row - 1) { successors[southWest] = southEast }
            if !isIn(column + 1, row) { successors[southEast] = northEast }
            if !isIn(column, row + 1) { successors[northEast] = northWest }
            if !isIn(column - 1, row) { successors[northWest] = southWest }
            if first == nil { first = southWest }
        }
        guard let first else { return [] }
        var corners: [Node] = []
        var corner = first
        repeat {
            corners.append(
                Node(columnLine(precinct: corner % width), territoryLine(precinctRow: corner / width)))
            corner = successors[corner] ?? first
        } while corner != first
        return path(through: corners + [corners[0]])
    }

    /// The outline of a rectangle of cells.
    func outline(_ rect: CellRect) -> [Node] {
        let corners = [
            Node(rect.west, rect.south), Node(rect.east, rect.south), Node(rect.east, rect.north),
            Node(rect.west, rect.north), Node(rect.west, rect.south),
        ]
        return path(through: corners)
    }

    /// All nodes of the lattice along straight runs of it.
    func path(through corners: [Node]) -> [Node] {
        var nodes = Array(corners.prefix(1))
        for corner in corners.dropFirst() {
            guard var node = nodes.last else { break }
            let step = (corner.column - node.column).signum()
            let climb = (corner.row - node.row).signum()
            while node != corner {
                node = Node(node.column + step, node.row + climb)
                nodes.append(node)
            }
        }
        return nodes
    }
}
