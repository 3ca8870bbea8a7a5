/// Tells names that were probably meant from others.
enum NameLikeness {
    /// Whether one name is the other but for a slip of the keyboard: one
    /// character in three, and at least one.
    ///
    /// - Complexity: O(the product of their lengths); long names are never alike.
    static func isAlike(_ first: String, _ second: String) -> Bool {
        let (a, b) = (Array(first.lowercased()), Array(second.lowercased()))
        let longest = max(a.count, b.count)
        guard longest <= 64, abs(a.count - b.count) <= max(1, longest / 3) else { return false }
        return distance(a, b) <= max(1, longest / 3)
    }

    /// How many characters of the longer name stay as they are, 0 to 1; 0 for
    /// long names.
    static func share(_ first: String, _ second: String) -> Double {
        let (a, b) = (Array(first), Array(second))
        let longest = max(a.count, b.count)
        guard (1...64).contains(longest) else { return 0 }
        return 1 - Double(distance(a, b)) / Double(longest)
    }

    /// The characters to insert, remove or replace to make one of the other (Levenshtein).
    private static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var row = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, y) in b.enumerated() {
                let replaced = diagonal + (x == y ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, diagonal + 1, row[j] + 1)
            }
        }
        return row[b.count]
    }
}
