import Exchange
import Messages
import Spatial
import Store

/// What the columns of a ledger are in a layer.
struct LedgerFields {
    /// What a column's cells are.
    enum Role: Hashable {
        /// The record's ref.
        case ref
        /// The record's code, kept as an attribute of that name.
        case code(name: String)
        /// Longitude or easting.
        case longitude
        /// Latitude or northing.
        case latitude
        /// Both in one cell.
        case position
        /// Which tower of several; belongs to the name.
        case tower
        /// A column of the layer.
        case column(String, LedgerKind)
        /// A member of `attributes`.
        case attribute(String, LedgerKind)
        /// Nobody's business: running numbers.
        case ignored
    }

    /// The columns of the sheet.
    let columns: [LedgerColumn]
    /// What each of them is.
    private(set) var roles: [Role]
    /// The unit of each.
    let units: [LedgerUnit?]
    /// The columns whose empty cells empty what the atlas holds.
    let erases: Set<Int>

    /// Whether the position of a row is among its cells.
    var hasPosition: Bool {
        roles.contains(.position) || (roles.contains(.longitude) && roles.contains(.latitude))
    }

    static let codes: Set<String> = Set(
        (LedgerDirectory.codeNames + ["楼宇id", "建筑编码", "唯一编码", "buildingcode"]).map(LedgerText.key))
    private static let running: Set<String> = ["序号", "序", "no", "no.", "行号", "#"]
    private static let longitudes: Set<String> = ["lon", "lng", "long", "longitude", "经度", "东经", "x", "x坐标"]
    private static let latitudes: Set<String> = ["lat", "latitude", "纬度", "北纬", "y", "y坐标"]
    private static let positions: Set<String> = ["坐标", "经纬度", "lonlat", "lnglat", "位置坐标"]
    private static let towers: Set<String> = ["栋号", "楼栋", "楼栋号", "座", "栋", "座号", "塔楼", "楼号", "tower"]

    /// The headings that a ledger of the layer may have, by `LedgerText.key`.
    static func vocabulary(_ layer: Layer, mapping: LedgerMapping, options: ImportOptions) -> Set<String> {
        var keys = Set(table(layer).keys).union(codes).union(running).union(["ref"])
        for more in [longitudes, latitudes, positions, towers] { keys.formUnion(more) }
        keys.formUnion(mapping.rules.map { LedgerText.key($0.column) })
        keys.formUnion(options.map.map { LedgerText.key($0.field) } + options.key.map(LedgerText.key))
        if options.ledger.rowsAre == .enterprise { keys.formUnion(LedgerEnterprise.headings) }
        return keys.union(ReviewTable.leading.map(LedgerText.key))
    }

    /// Decides by mapping, options and headings.
    ///
    /// - Throws: `Failure` where something named is not there.
    init(_ columns: [LedgerColumn], layer: Layer, mapping: LedgerMapping, options: ImportOptions) throws(Failure) {
        self.columns = columns
        var roles: [Role?] = Array(repeating: nil, count: columns.count)
        var units = columns.map(\.unit)
        var erases: Set<Int> = []
        for rule in mapping.rules {
            guard let index = Self.find(rule.column, in: columns) else {
                throw Failure(
                    .unusableInput, .mappingColumnMissing(options.ledger.mapping ?? "", rule.line, rule.column),
                    hint: .columnsAre(columns.map(\.title)))
            }
            if let field = rule.field { roles[index] = Self.role(named: field, column: columns[index], layer) }
            if let unit = rule.unit { units[index] = unit }
            if rule.erases { erases.insert(index) }
        }
        func named(_ name: String) throws(Failure) -> Int {
            guard let index = Self.find(name, in: columns) else {
                throw Failure(.usage, .ledgerColumnMissing(name), hint: .columnsAre(columns.map(\.title)))
            }
            return index
        }
        for (column, field) in options.map {
            roles[try named(field)] = Self.role(named: column, column: columns[try named(field)], layer)
        }
        for key in options.key { roles[try named(key)] = .ref }
        Self.fill(&roles, columns, layer, isRegister: options.ledger.rowsAre == .enterprise)
        self.roles = zip(roles, columns).map { $0 ?? .attribute($1.attributeName, Self.kind(of: $1)) }
        self.units = units
        self.erases = erases
        for name in options.ledger.sums {
            if let index = index(of: name), self.roles[index].isFigure {
                self.roles[index] = .attribute(columns[index].attributeName, .amount)
            }
        }
    }

    /// Gives the columns that nobody spoke of their roles; of two headings for
    /// one column the better name wins.
    private static func fill(
        _ roles: inout [Role?], _ columns: [LedgerColumn], _ layer: Layer, isRegister: Bool
    ) {
        var ranks: [String: (index: Int, rank: Int)] = [:]
        let table = table(layer)
        for (index, column) in columns.enumerated() where roles[index] == nil {
            let key = LedgerText.key(column.name)
            if isRegister, let role = LedgerEnterprise.role(of: key, column) {
                if case .column(let field, _) = role, LedgerEnterprise.best(columns, for: field) != index { continue }
                roles[index] = role
            } else if let role = role(of: key, name: column.name) {
                if !roles.contains(role) { roles[index] = role }
            } else if let known = table[key] ?? table[LedgerText.key(column.title)] {
                let isTaken = roles.contains { if case .column(known.column, _)? = $0 { true } else { false } }
                if let earlier = ranks[known.column] {
                    guard known.rank < earlier.rank else { continue }
                    roles[earlier.index] = nil
                } else if isTaken {
                    continue
                }
                ranks[known.column] = (index, known.rank)
                roles[index] = role(ofColumn: known.column, layer)
            }
        }
    }

    /// The column of that heading or those letters.
    private static func find(_ name: String, in columns: [LedgerColumn]) -> Int? {
        index(of: name, in: columns) ?? columns.firstIndex { SheetCell.name(ofColumn: $0.index) == name }
    }

    /// The column of that heading.
    func index(of name: String) -> Int? { Self.index(of: name, in: columns) }

    private static func index(of name: String, in columns: [LedgerColumn]) -> Int? {
        let key = LedgerText.key(name)
        return columns.firstIndex { LedgerText.key($0.title) == key }
            ?? columns.firstIndex { LedgerText.key($0.name) == key || LedgerText.key($0.path.last ?? "") == key }
    }

    /// Headings as `LedgerText.key` makes them, with the column and the rank of the name.
    private static func table(_ layer: Layer) -> [String: (column: String, rank: Int)] {
        var table: [String: (column: String, rank: Int)] = [:]
        for column in layer.columns where !["ref", "parent_ref"].contains(column.name) {
            let names =
                [column.name, column.title.zh, column.title.en] + FieldAliases.names(of: column.name, in: layer)
            for (rank, name) in names.enumerated() {
                for key in [LedgerText.key(name), LedgerText.key(LedgerUnit.split(header: name).name)]
                where table[key].map({ $0.rank > rank }) ?? true {
                    table[key] = (column.name, rank)
                }
            }
        }
        return table
    }

    private static func role(of key: String, name: String) -> Role? {
        if key == "ref" { return .ref }
        if codes.contains(key) { return code(name) }
        if running.contains(key) { return .ignored }
        let plain = String(key.prefix { $0 != "(" })
        if longitudes.contains(plain) { return .longitude }
        if latitudes.contains(plain) { return .latitude }
        if positions.contains(plain) { return .position }
        return towers.contains(key) ? .tower : nil
    }

    /// The role of a code, kept under a name by which it is found again.
    private static func code(_ name: String) -> Role {
        .code(name: LedgerDirectory.codeNames.contains(name) ? name : "code")
    }

    private static func role(named field: String, column: LedgerColumn, _ layer: Layer) -> Role {
        switch field {
        case "ref", "key": .ref
        case "code": code(column.name)
        case "lon", "longitude": .longitude
        case "lat", "latitude": .latitude
        case "point", "lonlat": .position
        case "tower": .tower
        case "ignore": .ignored
        default: layer.column(field).map { role(ofColumn: $0.name, layer) } ?? .attribute(field, kind(of: column))
        }
    }

    private static func role(ofColumn name: String, _ layer: Layer) -> Role {
        if name.hasPrefix("year") { return .column(name, .year) }
        switch layer.column(name)?.kind {
        case .integer: return .column(name, .whole)
        case .boolean: return .column(name, .boolean)
        case .real:
            let quantity: LedgerUnit.Quantity = name.hasSuffix("_m2") ? .area : name.hasSuffix("_m") ? .length : .count
            return .column(name, .number(quantity))
        default: return .column(name, .text)
        }
    }

    /// What cells of a column are that the layer does not have.
    static func kind(of column: LedgerColumn) -> LedgerKind {
        let key = LedgerText.key(column.name)
        if ["日期", "时间", "年月", "date"].contains(where: key.contains) { return .date }
        let codes = ["编码", "代码", "号码", "电话", "手机", "证号", "信用", "税号", "code", "phone"]
        return codes.contains(where: key.contains) ? .text : .any
    }
}

extension LedgerFields.Role {
    /// Whether the column says nothing of which record a row is about.
    fileprivate var isFigure: Bool {
        switch self {
        case .column("name", _), .column("address", _): false
        case .column, .attribute, .ignored: true
        case .ref, .code, .longitude, .latitude, .position, .tower: false
        }
    }
}

extension LedgerColumn {
    /// The name under which its values are kept in `attributes`: its heading.
    var attributeName: String {
        let heading = path.last ?? name
        return ["fid", "geom", "ref", "attributes", "ended_at"].contains(heading) ? "source_\(heading)" : heading
    }
}

extension LedgerFields.Role {
    /// What the column says of which record a row is about; `nil` where it says nothing of that.
    var part: LedgerIdentity.Part? {
        switch self {
        case .ref: .ref
        case .code: .code
        case .column("name", _), .tower: .name
        case .column("address", _): .address
        case .longitude, .latitude, .position: .position
        case .column, .attribute, .ignored: nil
        }
    }
}
