/// How large a block is and what it is built over with: all that its number of lots depends on.
struct BlockSize {
    /// What a block is made of.
    enum Character { case podium, offices, lanes, estate, works }

    /// Metres along the longer and the shorter side of the buildable part.
    let longMeters: Double
    let shortMeters: Double
    let character: Character

    /// Whether there is room for a house at all.
    var isBuildable: Bool { shortMeters >= 12 }

    /// How lots are laid out where a house takes that frontage.
    func layout(frontageMeters frontage: Double) -> Layout {
        let frontage = character == .works ? frontage * 1.5 : frontage
        let depth = min(max(frontage * 1.2, 14), 44)
        var layout = Layout(
            along: max(1, Int(longMeters / frontage + 0.5)), across: max(1, Int(shortMeters / depth + 0.5)),
            rowHouses: 0,
            towers: 0)
        switch character {
        case .podium: layout.towers = longMeters > 85 ? 3 : 2
        case .lanes:
            let house = max(5.5, frontage * 0.3)
            layout.rowHouses = max(3, Int(longMeters / house))
        case .offices, .estate, .works: break
        }
        return layout
    }

    /// The lots of a block.
    struct Layout {
        /// Lots along the longer side, and rows of them.
        let along: Int
        let across: Int
        /// Houses wall to wall in the first row; none in most blocks.
        var rowHouses: Int
        /// Towers on one podium over the whole block; none in most blocks.
        var towers: Int

        /// Buildings that are always built.
        var fixedCount: Int { towers > 0 ? 1 + towers : rowHouses }
        /// Lots with one building that may also stay empty.
        var lotCount: Int { towers > 0 ? 0 : along * (rowHouses > 0 ? across - 1 : across) }
    }
}
