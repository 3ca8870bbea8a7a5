extension Text {
    /// The tables of the history hold what cannot be.
    public static func historyDamaged(_ table: String, _ change: Int64) -> Text {
        Text(zh: "变更记录已损坏（\(table)，第 \(change) 次变更）", en: "the history is damaged (\(table), change \(change))")
    }

    /// The history holds no change that could be taken back.
    public static func nothingToUndo(_ path: String) -> Text {
        Text(zh: "\(path) 没有可以撤销的变更", en: "\(path) has no change to take back")
    }

    /// Since when there is a history.
    public static let historyBegins = Text(
        zh: "变更从本版本的 Louyu 首次写入时开始记录", en: "changes are recorded since this version of Louyu first wrote to the file")

    /// Other programs have changed rows of the change that is to be taken back.
    public static func editedSince(_ change: Int64, _ count: Int, _ list: String) -> Text {
        Text(
            zh: "第 \(change) 次变更涉及的 \(count) 条记录之后又被其他程序修改，未撤销：\(list)",
            en: "\(count) records of change \(change) were changed by another program since, nothing was taken back: "
                + list)
    }

    /// What to do about such rows.
    public static let takeEditsBackFirst = Text(
        zh: "请先在那个程序中撤回这些修改，或用 louyu set 逐条更正", en: "take those edits back in that program first, or correct single records with louyu set")

    /// Help.
    public static let helpUndo = Text(zh: "撤销最近一次导入或修改", en: "Take the last import or edit back")
    /// Help.
    public static let helpUndoDiscussion = Text(
        zh: """
            恢复到那次变更之前，包括编号、来源和拒收记录。撤销本身也记入变更记录；再次撤销则继续往前。
            如果其他程序（如 QGIS）之后又修改了相关记录，则不撤销，并列出这些记录（退出码 65）。
            """,
        en: """
            Everything is as before that change: records, ids, sources, rejected records. Undo is itself a change in the
            history; a second undo goes further back. Where another program (QGIS, say) has edited records of the change
            since, nothing is taken back and they are listed (exit code 65).
            """)
    /// Help.
    public static let helpHistory = Text(
        zh: "一条记录的变更经过；不写标识则列出全部变更", en: "What happened to a record; without one, all changes of the atlas")
    /// Help.
    public static let helpHistoryPlace = Text(
        zh: "标识（building/42）、编号或名称", en: "An id (building/42), a ref or a name")
    /// Help.
    public static let helpNote = Text(zh: "变更原因，记入变更记录", en: "Why; kept in the history")
    /// Heading.
    public static let when = Text(zh: "时间", en: "when")
    /// Heading.
    public static let verb = Text(zh: "操作", en: "verb")
    /// Heading.
    public static let note = Text(zh: "原因", en: "note")
    /// Heading.
    public static let happening = Text(zh: "事项", en: "what")
    /// Heading.
    public static let column = Text(zh: "列", en: "column")
    /// Heading.
    public static let from = Text(zh: "原值", en: "from")
    /// Heading.
    public static let to = Text(zh: "新值", en: "to")
    /// Heading.
    public static let sourcePlace = Text(zh: "位置", en: "place in file")
    /// Heading.
    public static let removed = Text(zh: "移除", en: "removed")
    /// Heading.
    public static let restored = Text(zh: "还原", en: "restored")
    /// Heading.
    public static let changeNumber = Text(zh: "变更", en: "change")
    /// Heading.
    public static let undoneBy = Text(zh: "被撤销于", en: "taken back by")
    /// The name of the geometry where columns are listed.
    public static let outline = Text(zh: "图形", en: "geometry")
    /// By hand, where a file's name would stand.
    public static let byHand = Text(zh: "手工", en: "by hand")
    /// No change was ever made.
    public static let noChanges = Text(zh: "没有变更记录", en: "no changes recorded")

    /// The verb of a change.
    public static func verb(_ word: String) -> Text {
        let zh = [
            "import": "导入", "add": "新增", "set": "修改", "end": "终止", "undo": "撤销", "repair": "修复", "edit": "编辑",
        ]
        return Text(zh: zh[word] ?? word, en: word)
    }

    /// What happened to a record.
    public static func event(_ word: String) -> Text {
        switch word {
        case "added": Text(zh: "新增", en: "added")
        case "changed": Text(zh: "变更", en: "changed")
        case "removed": Text(zh: "随撤销移除", en: "removed by undo")
        default: Text(zh: "被其他程序修改", en: "changed by another program")
        }
    }

    /// How far a geometry moved.
    public static func moved(_ meters: String) -> Text { Text(zh: "移动 \(meters) 米", en: "moved \(meters) m") }

    /// The area of an outline.
    public static func area(_ squareMeters: String) -> Text { Text(zh: "\(squareMeters) 平方米", en: "\(squareMeters) m²") }

    /// A change was taken back.
    public static func tookBack(_ change: Int64, _ verb: Text, _ when: String, _ from: String) -> Text {
        Text(
            zh: "已撤销第 \(change) 次变更：\(verb.zh)，\(when)，\(from)", en: "took back change \(change): \(verb.en), \(when), \(from)")
    }
}
