/// What a building knows of a register of enterprises: how many there are, and
/// the sums of what they bring.
///
/// Of one or two enterprises such a sum tells what each brings; so the public
/// is told only of three or more, and asks no question that goes by them.
public enum RegisterTotals {
    /// The attribute that holds the number of enterprises.
    public static let count = "企业数"
    /// What the names of the sums end with.
    public static let sumEnding = "合计"
    /// So many are enough to be told of.
    public static let fewest = 3

    /// Whether a name is that of such a total.
    public static func isTotal(_ name: String) -> Bool { name == count || name.hasSuffix(sumEnding) }
}
