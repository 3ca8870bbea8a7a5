/// Checks the times of CQL2: RFC 3339 days, and instants in UTC.
enum CQL2Time {
    /// Whether a text is a day, `2024-02-29`.
    static func isDate(_ text: String) -> Bool { isDate(Array(text.utf8)[...]) }

    /// Whether a text is an instant, `2024-02-29T08:00:00.5Z`.
    static func isTimestamp(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T"), bytes.last == UInt8(ascii: "Z") else { return false }
        guard isDate(bytes[..<10]), bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":") else { return false }
        guard let hour = digits(bytes[11..<13]), let minute = digits(bytes[14..<16]),
            let second = digits(bytes[17..<19])
        else { return false }
        // A leap second is the 61st.
        guard hour < 24, minute < 60, second <= 60 else { return false }
        let rest = bytes[19..<(bytes.count - 1)]
        return rest.isEmpty || (rest.first == UInt8(ascii: ".") && rest.count > 1 && isDigits(rest.dropFirst()))
    }

    private static func isDate(_ bytes: ArraySlice<UInt8>) -> Bool {
        let bytes = Array(bytes)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return false }
        guard let year = digits(bytes[0..<4]), let month = digits(bytes[5..<7]), let day = digits(bytes[8..<10]) else {
            return false
        }
        guard (1...12).contains(month), day >= 1 else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return day <= days[month - 1]
    }

    private static func digits(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard isDigits(bytes) else { return nil }
        return bytes.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    private static func isDigits(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
