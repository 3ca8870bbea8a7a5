// What may leave the house.

extension Text {
    /// An option.
    public static let helpPublic = Text(
        zh: "对外公开：去掉不公开的列（电话、联系人、税收、党员数等），少于三个的分组不写数字",
        en:
            "For the public: leave out columns that are not (phones, contacts, tax, members); no numbers of groups below three"
    )
    /// A verb.
    public static let helpConfigure = Text(
        zh: "设置与查看：列的公开类别、密级、审图号、单位", en: "Set and show: classes of columns, secrecy, map review number, office")
    /// A verb, at length.
    public static let helpConfigureDiscussion = Text(
        zh: """
            列的类别：public 公开、internal 内部、personal 个人信息；图层.* 指该图层其余未识别的列。
            未设置的列按列名判断，认不出的列一律为内部。不带选项时显示现有设置。
            例：louyu configure --class building.contact=personal --review-number 'GS(2025)1234号' --office 某某区发展改革委
            """,
        en: """
            Classes of columns: public, internal, personal; LAYER.* stands for all further columns of a layer.
            What is not set follows from the column's name; names that say nothing are internal. Without options: shows what is set.
            Example: louyu configure --class building.contact=personal --review-number 'GS(2025)1234号' --office "Planning Office"
            """)
    /// An option.
    public static let helpClass = Text(
        zh: "图层.列=public|internal|personal|default，可多个（default 为恢复默认）",
        en: "LAYER.COLUMN=public|internal|personal|default; repeats (default: as its name says)")
    /// An option.
    public static let helpSecrecy = Text(
        zh: "密级：公开、内部、秘密、机密、绝密；none 为取消",
        en: "Secrecy: public, internal, secret, confidential, topSecret; none to take it back")
    /// An option.
    public static let helpReviewNumber = Text(
        zh: "审图号，如 GS(2025)1234号；none 为取消", en: "Map review number, as GS(2025)1234号; none to take it back")
    /// An option.
    public static let helpOffice = Text(zh: "单位名称；none 为取消", en: "Name of the office; none to take it back")

    /// Column heading.
    public static let columnClass = Text(zh: "类别", en: "class")
    /// A class of columns, by its word.
    public static func columnClass(_ word: String) -> Text {
        switch word {
        case "public": Text(zh: "公开", en: "public")
        case "internal": Text(zh: "内部", en: "internal")
        default: Text(zh: "个人信息", en: "personal")
        }
    }
    /// A class of secrecy.
    public static let secrecyPublic = Text(zh: "公开", en: "public")
    /// A class of secrecy.
    public static let secrecyInternal = Text(zh: "内部", en: "internal")
    /// A class of secrecy.
    public static let secrecySecret = Text(zh: "秘密", en: "secret (秘密)")
    /// A class of secrecy.
    public static let secrecyConfidential = Text(zh: "机密", en: "confidential (机密)")
    /// A class of secrecy.
    public static let secrecyTopSecret = Text(zh: "绝密", en: "top secret (绝密)")
    /// What was declared.
    public static let secrecyTerm = Text(zh: "声明密级", en: "declared secrecy")
    /// What was declared.
    public static let reviewNumberTerm = Text(zh: "审图号", en: "map review number")
    /// What was declared.
    public static let officeTerm = Text(zh: "单位", en: "office")
    /// Nothing was declared.
    public static let undeclared = Text(zh: "未声明", en: "not declared")
    /// Stands on what leaves the house, once its map was reviewed.
    public static func reviewNumber(_ number: String) -> Text {
        Text(zh: "审图号：\(number)", en: "map review number (审图号): \(number)")
    }

    /// A verb that has no answer to give away.
    public static let publicIsForAnswers = Text(
        zh: "--public 只用于查询和导出", en: "--public is for questions and exports only")
    /// A column that a public answer cannot use.
    public static func notPublic(_ column: String, _ layer: Text) -> Text {
        Text(
            zh: "\(layer.zh)的列“\(column)”不公开，不能用在 --public 的结果里",
            en: "column \"\(column)\" of \(layer.en) is not public and cannot be used with --public")
    }
    /// A column that is left out of a public answer for what it holds.
    public static func holdsNumbersOfPersons(_ column: String, _ layer: Text) -> Text {
        Text(
            zh: "\(layer.zh)的列“\(column)”多为电话或证件号码，不能用在 --public 的结果里",
            en:
                "column \"\(column)\" of \(layer.en) holds telephone or identity numbers and cannot be used with --public"
        )
    }
    /// A total of enterprises that a public answer cannot go by.
    public static func totalsOfFew(_ column: String) -> Text {
        Text(
            zh: "“\(column)”是企业汇总数：公开结果若用它筛选、排序、求和，不足三家的数字就能被推算出来",
            en:
                "\"\(column)\" is a total of enterprises: a public answer that picks, orders or adds up by it would tell those of one or two"
        )
    }
    /// What to do about it.
    public static func giveTotalsAsColumns(_ column: String) -> Text {
        Text(
            zh: "改用 list building --columns \(column) --public 逐栋列出，不足三家的不写",
            en: "list building --columns \(column) --public tells it of every building with three or more")
    }
    /// An answer that stays in the house by its nature.
    public static let saveStaysInside = Text(
        zh: "--save 把结果存进楼宇库，库文件不对外提供，因此不能与 --public 同用",
        en: "--save keeps the answer in the atlas, which is not given away; it does not go with --public")
    /// What to do about it.
    public static let publicIntoAFile = Text(
        zh: "要对外提供的，请用 -o 写成单独的文件，如 -o 公开.gpkg", en: "write it to a file of its own: -o public.gpkg")
    /// A table to be edited and read back is the office's own.
    public static let editableStaysInside = Text(
        zh: "--editable 的表是供本单位修改后导回的，不能与 --public 同用",
        en: "--editable makes a table for the office to edit and read back; it does not go with --public")
    /// The history is the office's own.
    public static let historyStaysInside = Text(
        zh: "变更记录（何时、据何文件、为何改动）属内部资料，不能用 --public 输出",
        en:
            "the history (when, from which file and why something was changed) is the office's own and has no public form"
    )
    /// What to do about it.
    public static let diffInstead = Text(
        zh: "公开两个时间之间的增减，用 louyu diff --from 日期 --public",
        en: "louyu diff --from DATE --public tells the public what came, went and changed")
    /// What to do about it.
    public static func openColumn(_ column: String, _ layer: String) -> Text {
        Text(
            zh: "确可公开的，先执行 louyu configure --class \(layer).\(column)=public",
            en: "if it may be public: louyu configure --class \(layer).\(column)=public")
    }
    /// Nothing of the atlas may leave.
    public static func secretsStayInside(_ secrecy: Text) -> Text {
        Text(
            zh: "本库声明为“\(secrecy.zh)”级，不能制作公开成果",
            en: "this atlas was declared \(secrecy.en); nothing of it is made public")
    }
    /// What to do about it.
    public static let askSecrecyOffice = Text(
        zh: "密级有误的，经保密审查后用 louyu configure --secrecy 更正",
        en: "if that is wrong, correct it with louyu configure --secrecy after a secrecy review")
    /// A class of a column, wrongly written.
    public static func badColumnClass(_ text: String) -> Text {
        Text(zh: "“\(text)”不是列的类别设置", en: "\"\(text)\" sets no class of a column")
    }
    /// What to do about it.
    public static let giveColumnClass = Text(
        zh: "请写 图层.列=public|internal|personal|default，如 building.contact=personal",
        en: "write LAYER.COLUMN=public|internal|personal|default, as building.contact=personal")
    /// A class of secrecy, wrongly written.
    public static func badSecrecy(_ text: String) -> Text {
        Text(zh: "没有密级“\(text)”", en: "there is no secrecy class \"\(text)\"")
    }
    /// What to do about it.
    public static let knownSecrecy = Text(
        zh: "可用：公开、内部、秘密、机密、绝密、none", en: "there are: public, internal, secret, confidential, topSecret, none")
    /// A map review number, wrongly written.
    public static func badReviewNumber(_ text: String) -> Text {
        Text(zh: "“\(text)”不是审图号", en: "\"\(text)\" is no map review number")
    }
    /// What to do about it.
    public static let giveReviewNumber = Text(
        zh: "请按批准书填写，如 GS(2025)1234号、渝S(2025)012号", en: "write it as it was granted: GS(2025)1234号, 渝S(2025)012号")
    /// A column that the layer does not have yet.
    public static func columnAwaited(_ column: String, _ layer: Text) -> Text {
        Text(
            zh: "\(layer.zh)现在没有列“\(column)”；设置已保存，有此列时生效",
            en: "\(layer.en) have no column \"\(column)\" yet; it is kept for when they do")
    }
    /// A column was made public whose name says that it is about persons.
    public static func personalMadePublic(_ column: String) -> Text {
        Text(
            zh: "注意：“\(column)”看来是个人信息，设为公开后原样写出；请先确认有依据（本人同意或依法公开）",
            en:
                "note: \"\(column)\" looks like personal data and is now told as it is; make sure that there is a legal ground"
        )
    }

    /// What a public answer left out.
    public static func leftOut(_ columns: [String]) -> Text {
        let list = columns.joined(separator: ", ")
        return Text(zh: "未公开的列已去掉：\(list)", en: "left out because they are not public: \(list)")
    }
    /// Numbers in texts of a public answer.
    public static func maskedNumbers(_ count: Int) -> Text {
        Text(
            zh: "文字中的电话、证件号码和税收等数字已遮去：\(count) 处",
            en: "texts in which telephone or identity numbers, or figures like taxes, are masked: \(count)")
    }
    /// Groups of a public answer.
    public static func withheldGroups(_ count: Int) -> Text {
        Text(
            zh: "未写数字的分组：\(count) 组（少于三个，或会使少于三个的分组被推算出来）",
            en: "groups whose numbers are withheld: \(count) (below three, or others could be reckoned from them)")
    }
    /// A number that is withheld.
    public static let withheld = Text(zh: "—", en: "—")
}
