import Exchange

/// What the columns of a register of enterprises are: the building that an
/// enterprise is in, and the rest.
enum LedgerEnterprise {
    /// Headings that name the building, best first.
    private static let buildings = ["所在楼宇", "入驻楼宇", "所属楼宇", "楼宇名称", "楼宇", "楼栋名称", "大厦名称", "建筑名称", "building"]
    /// Headings that hold the address, best first.
    private static let addresses = ["经营地址", "办公地址", "实际经营地址", "地址", "注册地址", "住所", "企业地址", "详细地址", "address"]
    /// Headings that name the enterprise.
    private static let enterprises = ["企业名称", "单位名称", "公司名称", "商户名称", "市场主体名称", "名称", "company", "enterprise", "name"]

    /// All of them, by which a header is known.
    static let headings = Set((buildings + addresses + enterprises).map(LedgerText.key))

    /// The role of a column of a register; `nil` for a column like a ledger's.
    static func role(of key: String, _ column: LedgerColumn) -> LedgerFields.Role? {
        if enterprises.contains(key) { return .attribute("企业名称", .text) }
        if buildings.contains(key) { return .column("name", .text) }
        if addresses.contains(key) { return .column("address", .text) }
        if ["编号", "编码", "代码", "code"].contains(key) { return .ignored }
        return nil
    }

    /// The column that holds the building's name, or the address, where
    /// several could.
    static func best(_ columns: [LedgerColumn], for field: String) -> Int? {
        let names = field == "name" ? buildings : addresses
        return names.lazy.compactMap { name in columns.firstIndex { LedgerText.key($0.name) == name } }.first
    }
}
