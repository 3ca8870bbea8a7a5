/// Numbers and addresses out of the free text of tags. What cannot be read
/// for certain is left out; the tag itself is kept in any case.
enum OSMMeasures {
    private static let metersPerFoot = 0.3048

    /// A length in metres: `12`, `12.5 m`, `40'`, `40 ft`, `40'6"`.
    ///
    /// - Returns: `nil` for anything else, and for heights that no building
    ///   has (not above 0, or 2000 m and more).
    static func meters(_ text: String) -> Double? {
        let text = text.filter { $0 != " " }
        let meters: Double?
        if text.hasSuffix("m") {
            meters = number(text.dropLast())
        } else if text.hasSuffix("ft") {
            meters = number(text.dropLast(2)).map { $0 * metersPerFoot }
        } else if let mark = text.firstIndex(of: "'") {
            meters = feet(text[..<mark], text[text.index(after: mark)...]).map { $0 * metersPerFoot }
        } else {
            meters = number(text[...])
        }
        guard let meters, meters > 0, meters < 2000 else { return nil }
        return meters
    }

    /// A number of storeys; half ones exist.
    static func storeys(_ text: String) -> Double? {
        guard let storeys = number(text[...]), storeys >= 0, storeys < 1000 else { return nil }
        return storeys
    }

    /// The year of a date `1998`, `1998-05` or `1998-05-17`.
    static func year(_ text: String) -> Int64? {
        let digits = text.prefix(4)
        guard digits.utf8.count == 4, digits.utf8.allSatisfy({ 48...57 ~= $0 }) else { return nil }
        let rest = text.utf8.dropFirst(4)
        guard rest.isEmpty || rest.first == UInt8(ascii: "-") && rest.count <= 6 else { return nil }
        return Int64(digits)
    }

    private static func feet(_ feet: Substring, _ inches: Substring) -> Double? {
        guard let feet = number(feet) else { return nil }
        if inches.isEmpty { return feet }
        guard inches.last == "\"", let inches = number(inches.dropLast()), inches < 12 else { return nil }
        return feet + inches / 12
    }

    private static func number(_ text: Substring) -> Double? {
        guard !text.isEmpty, text.utf8.allSatisfy({ 48...57 ~= $0 || $0 == UInt8(ascii: ".") }) else { return nil }
        return Double(text)
    }
}

/// One line of address out of OSM's parts.
enum OSMAddress {
    /// `addr:full` where given, else the parts: from the city down to the
    /// number in Chinese (重庆市渝中区民权路28号), street first elsewhere.
    ///
    /// - Returns: `nil` where neither street nor place is known.
    static func of(_ tags: OSMTags) -> String? {
        if let full = tags[.addrFull]?.string { return full }
        guard let street = (tags[.addrStreet] ?? tags[.addrPlace])?.string else { return nil }
        let number = tags[.addrHouseNumber]?.string
        if isChinese(street) {
            let above: [OSMKey] = [.addrProvince, .addrCity, .addrDistrict, .addrSubdistrict, .addrNeighbourhood]
            var parts: [String] = []
            for part in above.compactMap({ tags[$0]?.string }) where part != parts.last { parts.append(part) }
            return parts.joined() + street + (number.map(withCounter) ?? "")
        }
        let town = [tags[.addrPostcode]?.string, tags[.addrCity]?.string].compactMap { $0 }.joined(separator: " ")
        let door = [street, number].compactMap { $0 }.joined(separator: " ")
        return town.isEmpty ? door : "\(door), \(town)"
    }

    private static func withCounter(_ number: String) -> String {
        number.last?.isNumber == true ? number + "号" : number
    }

    private static func isChinese(_ text: String) -> Bool {
        text.unicodeScalars.contains { 0x4E00...0x9FFF ~= $0.value || 0x3400...0x4DBF ~= $0.value }
    }
}
