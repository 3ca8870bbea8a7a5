/// Who may see the values of a column.
public enum ColumnClass: String, Sendable, CaseIterable {
    /// Everybody.
    case `public`
    /// The office.
    case `internal`
    /// The office, and it is about persons (个人信息).
    case personal

    /// The class that a column's name alone gives it; `nil` where the name
    /// says nothing.
    ///
    /// Chinese names are recognised by what they contain, English ones by
    /// their words, however they are joined.
    static func suggested(by name: String) -> ColumnClass? {
        let lowered = name.lowercased()
        if personalParts.contains(where: { lowered.contains($0) }) { return .personal }
        let words = Self.words(of: name)
        if !personalWords.isDisjoint(with: words) { return .personal }
        if internalParts.contains(where: { lowered.contains($0) }) || !internalWords.isDisjoint(with: words) {
            return .internal
        }
        return nil
    }

    /// The English words of a name, in lower case: `contactPhone`,
    /// `contact:phone` and `CONTACT_PHONE` have the same two.
    private static func words(of name: String) -> Set<String> {
        var words: Set<String> = []
        var word = ""
        var previousIsLower = false
        for character in name {
            let isLetter = character.isASCII && character.isLetter
            if !isLetter || (character.isUppercase && previousIsLower) {
                words.insert(word.lowercased())
                word = ""
            }
            if isLetter { word.append(character) }
            previousIsLower = character.isLowercase
        }
        words.insert(word.lowercased())
        return words
    }

    private static let personalParts = [
        "电话", "手机", "座机", "联系", "联络", "传真", "微信", "邮箱", "邮件", "身份证", "证件", "护照", "户籍", "姓名", "法人",
        "法定代表", "负责人", "经办人", "管理员", "网格员", "楼长", "书记", "户主", "业主", "房东", "产权人", "承租人", "住户", "银行", "账号",
        "帐号", "开户", "责任人", "对接人", "经理", "董事长", "出生", "性别", "民族", "idcard", "wechat", "weixin", "telephone", "e-mail",
    ]
    private static let personalWords: Set = [
        "phone", "phones", "tel", "telephone", "mobile", "cell", "cellphone", "fax", "contact", "contacts", "manager",
        "owner", "owners", "landlord", "tenant", "person", "persons", "people", "representative", "secretary", "email",
        "mail", "mailbox", "qq", "identity", "passport", "ssn", "bank", "account", "birthday", "birth", "gender", "sex",
        "dianhua", "shouji", "lianxiren", "phonenumber", "mobilephone",
    ]
    private static let internalParts = [
        "税", "营收", "收入", "产值", "利润", "租金", "工资", "薪", "党员", "党组织", "成员", "会员", "团员", "人数", "员工", "职工", "从业", "就业", "社保",
        "信用代码", "注册资本", "备注", "headcount",
    ]
    private static let internalWords: Set = [
        "tax", "taxes", "revenue", "turnover", "income", "profit", "rent", "salary", "wages", "payroll", "member",
        "members", "employee", "employees", "staff", "headcount", "workers", "party", "credit", "remark", "remarks",
        "taxpaid", "note", "notes", "comment", "comments",
    ]
}

/// The classes of all columns of an atlas.
public struct ColumnClasses: Sendable {
    /// Those that were configured: by layer, then by column.
    public var configured: [String: [String: ColumnClass]] = [:]

    /// The word that stands for all further columns of a layer.
    public static let further = "*"

    /// Makes the usual classes.
    public init() {}

    /// The class of a column or of a member of `attributes`: as configured;
    /// else as its name suggests; else public for the columns that every
    /// atlas has, and for others as configured for all further ones, which
    /// usually are internal.
    public func of(_ column: String, in layer: Layer) -> ColumnClass {
        let own = configured[layer.name]
        if let told = own?[column] { return told }
        if Self.own.contains(column) || layer.columns.contains(where: { $0.name == column }) { return .public }
        if let suggested = ColumnClass.suggested(by: column) { return suggested }
        // What could not be read as attributes stays in the house.
        return column == "attributes" ? .internal : own?[Self.further] ?? .internal
    }

    /// Whether somebody said that a column is public although its name says
    /// that it holds numbers of persons: then its values are what is meant.
    func opensNumbers(_ column: String, in layer: Layer) -> Bool {
        configured[layer.name]?[column] == .public && ColumnClass.suggested(by: column) == .personal
    }

    /// Whether a column's name says that it is about persons.
    public static func looksPersonal(_ column: String) -> Bool { ColumnClass.suggested(by: column) == .personal }

    private static let own: Set = ["fid", "geom", "ended_at"]
}
