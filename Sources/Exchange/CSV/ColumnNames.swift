/// Names for the columns of a table.
enum ColumnNames {
    /// The names made distinct: a second `a` becomes `a_2`, an empty name
    /// `column` with its ordinal.
    static func unique(_ names: [String]) -> [String] {
        var known: Set<String> = []
        // Where the ordinals of a name go on, so that many columns of one name take no more time than others.
        var nextOrdinals: [String: Int] = [:]
        return names.enumerated().map { index, name in
            let base = name.isEmpty ? "column\(index + 1)" : name
            var unique = base
            var ordinal = nextOrdinals[base] ?? 2
            while !known.insert(unique).inserted {
                unique = "\(base)_\(ordinal)"
                ordinal += 1
            }
            if unique != base { nextOrdinals[base] = ordinal }
            return unique
        }
    }
}
