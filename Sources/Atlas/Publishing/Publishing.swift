public import Messages
public import Store

extension Atlas {
    /// Opens an atlas for answers that leave the office: rows tell only what
    /// is public, and `disclosed` what they do not.
    ///
    /// Columns that are not public can be neither conditions nor sums of such
    /// an answer. Reckoning goes on over all that the atlas holds: whom a
    /// station reaches does not depend on who asks.
    ///
    /// - Returns: the atlas, and what was declared about it.
    /// - Throws: `Failure`: as `init(path:)`, and `.usage` where the atlas was
    ///   declared to be secret.
    public static func forPublication(path: String) throws(Failure) -> (atlas: Atlas, settings: PublishingSettings) {
        let atlas = try Atlas(path: path)
        let settings = try atlas.file.publishingSettings()
        if let secrecy = settings.secrecyClass, secrecy.isStateSecret {
            throw Failure(.usage, .secretsStayInside(secrecy.title), hint: .askSecrecyOffice)
        }
        atlas.file.disclosed = Disclosure(classes: settings.classes)
        return (atlas, settings)
    }

    /// Whether answers of this atlas may tell a column; the office itself is told all.
    public func isPublic(_ column: String, in layer: Layer) -> Bool {
        disclosed.map { $0.classes.of(column, in: layer) == .public } ?? true
    }

    /// The column that keeps answers of this atlas from telling how many people
    /// live somewhere: residents may come of any of those that it has.
    ///
    /// - Returns: `nil` where all of them may be told.
    /// - Throws: `Failure`.
    func untoldPopulation() throws(Failure) -> String? {
        guard disclosed != nil else { return nil }
        let columns = try file.columns(of: .boundary)
        for name in Residents.populationColumns where !isPublic(name, in: .boundary) {
            if columns.contains(name) { return name }
            if try file.hasAttribute(name, in: .boundary) { return name }
        }
        return nil
    }

    /// Whether answers of this atlas may tell floor areas.
    public var tellsFloorAreas: Bool { isPublic(Self.floorAreaColumn, in: .building) }

    static let floorAreaColumn = "floor_area_m2"

    func checkIsPublic(_ column: String, in layer: Layer) throws(Failure) {
        guard isPublic(column, in: layer) else {
            throw Failure(.usage, .notPublic(column, layer.title), hint: .openColumn(column, layer.name))
        }
        guard try file.holdsNumbersOfPersons(column, in: layer) else { return }
        throw Failure(.usage, .holdsNumbersOfPersons(column, layer.title), hint: .openColumn(column, layer.name))
    }

    /// What a property's name stands for, where an answer goes by its values:
    /// it picks, orders, adds up or weighs by them.
    ///
    /// - Throws: `Failure` with `.usage` where the layer has none of that name,
    ///   or where the answer is for the public and would tell what the property
    ///   withholds.
    public func reckonedProperty(_ name: String, of layer: Layer) throws(Failure) -> Property {
        let property = try property(name, of: layer)
        try checkMayReckon(by: property, in: layer)
        return property
    }

    func checkMayReckon(by property: Property, in layer: Layer) throws(Failure) {
        guard disclosed != nil, layer == .building, RegisterTotals.isTotal(property.name) else { return }
        if property.name != RegisterTotals.count {
            // Other sums than those of a register are nobody's secret.
            guard try file.hasAttribute(RegisterTotals.count, in: layer) else { return }
        }
        throw Failure(.usage, .totalsOfFew(property.name), hint: .giveTotalsAsColumns(property.name))
    }

    /// The columns of a layer and the members of its `attributes`, with their classes.
    ///
    /// - Throws: `Failure`.
    /// - Complexity: O(rows).
    public func columnClasses(of layer: Layer) throws(Failure) -> [(column: String, class: ColumnClass)] {
        try file.snapshot {
            let classes = try file.publishingSettings().classes
            let columns = try file.columns(of: layer).filter { $0 != "attributes" }
            let further = try file.attributeNames(of: layer).filter { !columns.contains($0) }
            let configured = classes.configured[layer.name] ?? [:]
            let known = Set(columns + further)
            let awaited = configured.keys.filter { !known.contains($0) }.sorted()
            return (columns + further + awaited).map { ($0, configured[$0] ?? classes.of($0, in: layer)) }
        }
    }
}

/// How secret an atlas was declared to be (密级).
public enum SecrecyClass: String, Sendable, CaseIterable {
    /// 公开
    case `public`
    /// 内部
    case `internal`
    /// 秘密, the lowest class of state secrets.
    case secret
    /// 机密
    case confidential
    /// 绝密
    case topSecret

    /// Reads a class as people write it.
    public init?(_ text: String) {
        let word = text.lowercased()
        guard let found = Self.allCases.first(where: { $0.title.zh == text || $0.rawValue.lowercased() == word }) else {
            return nil
        }
        self = found
    }

    /// What people call it.
    public var title: Text {
        switch self {
        case .public: Text.secrecyPublic
        case .internal: Text.secrecyInternal
        case .secret: Text.secrecySecret
        case .confidential: Text.secrecyConfidential
        case .topSecret: Text.secrecyTopSecret
        }
    }

    /// Whether the law calls it a state secret.
    public var isStateSecret: Bool { self != .public && self != .internal }
}

extension PublishingSettings {
    /// The declared class; a word that only a later version knows counts as
    /// the highest.
    public var secrecyClass: SecrecyClass? { secrecy.map { SecrecyClass(rawValue: $0) ?? .topSecret } }

    /// What has to be said on all that leaves the house: the number of the
    /// map review; without one, that it is not for the public.
    public var notices: [Text] {
        reviewNumber.map { [.reviewNumber($0)] } ?? [.internalUseOnly, .boundariesForReference]
    }
}

/// The number under which a map was reviewed (审图号).
public enum MapReviewNumber {
    /// The number in its usual form, `GS(2025)1234号`; `nil` where the text is
    /// none.
    ///
    /// The nation's numbers begin with GS, also with the province that it
    /// entrusted (`GS京`); those of provinces with their character and S
    /// (`渝S`). The year stands in brackets of any kind.
    public static func normalized(_ text: String) -> String? {
        var rest = text.filter { !$0.isWhitespace }[...]
        for prefix in ["审图号：", "审图号:", "审图号"] where rest.hasPrefix(prefix) {
            rest = rest.dropFirst(prefix.count)
            break
        }
        guard let open = rest.firstIndex(where: { "(（[［〔【".contains($0) }),
            let close = rest.firstIndex(where: { ")）]］〕】".contains($0) }), open < close, rest.hasSuffix("号")
        else { return nil }
        let issuer = rest[..<open].uppercased()
        let year = rest[rest.index(after: open)..<close]
        let number = rest[rest.index(after: close)...].dropLast()
        guard isIssuer(issuer), isNumber(year, digits: 4...4), year.hasPrefix("19") || year.hasPrefix("20"),
            isNumber(number, digits: 1...6)
        else { return nil }
        return "\(issuer)(\(year))\(number)号"
    }

    private static func isIssuer(_ text: String) -> Bool {
        if text == "GS" { return true }
        guard text.hasPrefix("GS") || text.hasSuffix("S") else { return false }
        let place = text.hasPrefix("GS") ? text.dropFirst(2) : text.dropLast()
        return place.count == 1 && place.allSatisfy(provinces.contains)
    }

    private static func isNumber(_ text: some StringProtocol, digits: ClosedRange<Int>) -> Bool {
        digits.contains(text.count) && text.allSatisfy { $0.isASCII && $0.isNumber }
    }

    private static let provinces = Set("京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀贵黔云滇藏陕秦甘陇青宁新港澳台")
}

/// Declares something about an atlas; its records stay as they are.
///
/// - Parameters:
///   - path: the atlas; it must be there.
///   - change: changes what was declared.
/// - Returns: what is declared now.
/// - Throws: `Failure`, or what `change` throws; the atlas is then as it was.
public func configureAtlas(
    _ path: String, _ change: (inout PublishingSettings) throws -> Void
) throws -> PublishingSettings {
    // A missing atlas is not made.
    _ = try Atlas(path: path)
    return try AtlasFile.change(path: path) { atlas in
        var settings = try atlas.publishingSettings()
        try change(&settings)
        try atlas.set(settings)
        return (settings, .commit)
    }
}
