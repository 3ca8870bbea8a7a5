/// Names for the columns of a table.
enum ColumnNames {
    /// The names made distinct: a second `a` becomes `a_2`, an empty name
    /// `column` with its ordinal.
    static func unique(_ names: [String]) -> [String] {
        var known: Set<String> = []
        return names.enumerated().map { index, name in
            let base = name.isEmpty ? "column\(index + 1)" : name
            var unique = base
            var ordinal = 2
            while !known.insert(unique).inserted {
                unique = "\(base)_\(ordinal)"
                ordinal += 1
            }
            return unique
        }
    }
}
