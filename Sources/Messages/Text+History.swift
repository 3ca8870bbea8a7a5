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
        zh: "请先在那个程序中撤回这些修改，或用 louyu set 逐条更正",
        en: "take those edits back in that program first, or correct single records with louyu set")

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
    public static func area(_ squareMeters: String) -> Text {
        Text(zh: "\(squareMeters) 平方米", en: "\(squareMeters) m²")
    }

    /// A change was taken back.
    public static func tookBack(_ change: Int64, _ verb: Text, _ when: String, _ from: String) -> Text {
        Text(
            zh: "已撤销第 \(change) 次变更：\(verb.zh)，\(when)，\(from)",
            en: "took back change \(change): \(verb.en), \(when), \(from)")
    }
}

extension Text {
    /// A name that no value can be set of.
    public static func cannotSet(_ name: String) -> Text {
        Text(zh: "“\(name)”不能修改", en: "\"\(name)\" cannot be set")
    }

    /// A record needs a name.
    public static let nameMissing = Text(zh: "名称不能为空", en: "the name must not be empty")

    /// A value does not fit its column.
    public static func wrongValue(_ column: String, _ text: String, _ expected: Text) -> Text {
        Text(
            zh: "列 \(column) 应为\(expected.zh)，而不是“\(text)”",
            en: "column \(column) takes \(expected.en), not \"\(text)\"")
    }

    /// What a column takes.
    public static let expectsTime = Text(zh: "日期（如 2026-11-01）", en: "a date (2026-11-01, say)")
    /// What a column takes.
    public static let expectsLevel = Text(
        zh: "层级（province、city、district、subdistrict、community、grid）",
        en: "a level (province, city, district, subdistrict, community, grid)")
    /// What a column takes.
    public static let expectsWholeNumber = Text(zh: "整数", en: "a whole number")
    /// What a column takes.
    public static let expectsNumber = Text(zh: "数字", en: "a number")
    /// What a column takes.
    public static let expectsTruth = Text(zh: "“是”或“否”", en: "yes or no")

    /// The row is gone.
    public static let gone = Text(zh: "记录已不存在", en: "the record is gone")
    /// Two rows of a table edit one record.
    public static func editedTwice(_ id: String) -> Text {
        Text(zh: "前面已有一行修改 \(id)", en: "an earlier row edits \(id) already")
    }
    /// Somebody else has changed the record.
    public static let changedMeanwhile = Text(zh: "他人已修改此记录", en: "somebody else has changed this record meanwhile")
    /// A record does not hold what `--if` says.
    public static let notAsExpected = Text(zh: "记录与 --if 所说的不同", en: "the record is not as --if says")
    /// What to do where somebody else was faster.
    public static let lookAgain = Text(
        zh: "请用 louyu history 查看他人的修改，再重新列表（--editable）或重新修改",
        en: "louyu history shows the other change; list the table anew (--editable), or set the value again")
    /// A table's row version is none.
    public static func badRowVersion(_ text: String) -> Text {
        Text(
            zh: "row_version“\(text)”不完整，无法判断其间是否有人修改；请从原表复制，或清空此格",
            en: "row_version \"\(text)\" is incomplete, so nobody can tell what changed meanwhile; copy it from the "
                + "table again, or empty the cell")
    }
    /// No record has the ref of a row.
    public static func noRecordOfRef(_ ref: String) -> Text {
        Text(zh: "没有编号为“\(ref)”的记录", en: "no record has the ref \"\(ref)\"")
    }
    /// How rows of a table tell records.
    public static let refsAreWhole = Text(
        zh: "表中的记录按 id 或完整的编号识别，不按名称", en: "rows of a table are known by id or whole ref, not by name")
    /// Records of several layers have the ref of a row.
    public static func severalOfRef(_ ref: String, _ ids: [String]) -> Text {
        let list = ids.joined(separator: ", ")
        return Text(zh: "编号“\(ref)”对应多条记录：\(list)", en: "several records have the ref \"\(ref)\": \(list)")
    }
    /// `attributes` hold no members.
    public static func attributesUnreadable(_ id: String) -> Text {
        Text(
            zh: "\(id) 的 attributes 不是 JSON 对象，未作修改",
            en: "the attributes of \(id) are no JSON object; they stay as they are")
    }
    /// What to do about such attributes.
    public static let mendAttributes = Text(
        zh: "请先在写入它的程序中改正 attributes", en: "mend the attributes first in the program that wrote them")
    /// An outline is not moved by a position.
    public static let outlineStays = Text(
        zh: "建筑轮廓不能用经纬度移动；请在 QGIS 中修改或重新导入",
        en: "an outline is not moved by lon and lat; edit it in QGIS or import it again")
    /// A new record has no place.
    public static let noPlaceGiven = Text(zh: "没有位置（经度、纬度）", en: "it has no position (lon, lat)")
    /// A table of new records has no names.
    public static func noNameColumn(_ path: String) -> Text {
        Text(zh: "\(path) 没有名称列（name 或 名称）", en: "\(path) has no column of names (name or 名称)")
    }
    /// A table of corrections does not tell which records it is about.
    public static func noRecordColumn(_ path: String) -> Text {
        Text(zh: "\(path) 没有 id 或 ref（编号）列", en: "\(path) has no column id or ref")
    }
    /// How to come by a table that can be edited.
    public static let listForEditing = Text(
        zh: "可用 louyu list building --editable -o 表.csv 生成",
        en: "louyu list building --editable -o table.csv writes such a table")

    /// Help.
    public static let helpAdd = Text(zh: "手工新增记录", en: "Add records by hand")
    /// Help.
    public static let helpSetVerb = Text(zh: "手工修改记录的列", en: "Correct columns of records by hand")
    /// Help.
    public static let helpSetDiscussion = Text(
        zh: """
            louyu set building/42 建筑面积=12000 grade=A --note 竣工验收
            表格：louyu list building --editable -o 表.csv，用电子表格修改后 louyu set --from 表.csv。
            其间被他人改过的格不会被覆盖，而是列出双方的值（退出码 65）。有一行不能修改时全部不改；--partial 则只跳过这些行。
            空格表示清空该列；名称不能清空，编号不能修改；不是列的名称存入 attributes。
            """,
        en: """
            louyu set building/42 floor_area_m2=12000 grade=A --note "as built"
            A table: louyu list building --editable -o table.csv; edit its cells; louyu set --from table.csv.
            Cells that somebody else has changed since are told with both values and not overwritten (exit code 65). Where
            one row cannot be taken none is; --partial leaves out just those. An empty cell empties the column; a name
            cannot be emptied and a ref not be set; names that are no columns go to attributes.
            """)
    /// Help.
    public static let helpEnd = Text(zh: "把记录标为终止（不删除）", en: "Mark records ended (never delete)")
    /// Help.
    public static let helpNewName = Text(zh: "新记录的名称", en: "The name of the new record")
    /// Help.
    public static let helpAt = Text(zh: "位置：经度,纬度，或某个地点", en: "Where: lon,lat or a place")
    /// Help.
    public static let helpFrom = Text(zh: "从 CSV 表逐行读取；- 为标准输入", en: "Read rows of a CSV; - is standard input")
    /// Help.
    public static let helpPartial = Text(
        zh: "跳过不能处理的行，其余照做", en: "Leave out rows that cannot be taken, and do the others")
    /// Help.
    public static let helpAssignments = Text(zh: "列=值，可多个", en: "column=value; repeats")
    /// Help.
    public static let helpIf = Text(
        zh: "仅当该列现为此值时才修改：列=值", en: "Only if the column holds this now: column=value")
    /// Help.
    public static let helpEditLayer = Text(zh: "在哪个图层中查找", en: "The layer that records are looked up in")
    /// Help.
    public static let helpEditable = Text(
        zh: "多写一列 row_version，修改后可用 set --from 写回",
        en: "Write a column row_version too, so that set --from can take the edited table")
    /// Help.
    public static let helpDiff = Text(zh: "两个日期之间（或两个楼宇库之间）的变化", en: "What differs between two dates, or two atlases")
    /// Help.
    public static let helpDiffDiscussion = Text(
        zh: """
            louyu diff --from 2026-11-01 --to 2026-11-30      louyu diff 上月.gpkg 本月.gpkg
            日期按本机时区；--from 从当天零点起，--to 到当天结束；也可写 2026年11月、2026-11-01 14:30、2026-11-01T06:30:00Z。
            已撤销的变更视为未发生；其他程序的修改没有时间，请用两个文件比较。
            """,
        en: """
            louyu diff --from 2026-11-01 --to 2026-11-30      louyu diff old.gpkg new.gpkg
            Dates are in the local time zone: --from means where the day begins, --to where it ends; also 2026-11 (a month),
            "2026-11-01 14:30", 2026-11-01T06:30:00Z. What was taken back counts as never done; edits of other programs have
            no time: compare two files.
            """)
    /// Help.
    public static let helpDiffFiles = Text(zh: "两个楼宇库：旧、新", en: "Two atlases: the old and the new one")
    /// Help.
    public static let helpDiffFrom = Text(zh: "起始日期", en: "From this date on")
    /// Help.
    public static let helpDiffTo = Text(zh: "截止日期（默认现在）", en: "Up to this date (default: now)")

    /// How many changes there were, and the last of them.
    public static func changesMade(_ count: Int, _ verb: Text, _ when: String) -> Text {
        Text(zh: "变更：\(count) 次，最近一次 \(when) \(verb.zh)", en: "changes: \(count), the last \(when) \(verb.en)")
    }
    /// What became of a record.
    public static func becameOf(_ word: String) -> Text {
        let zh = ["came": "新增", "went": "消失", "renamed": "更名", "moved": "移动", "changed": "变更"]
        return Text(zh: zh[word] ?? word, en: word)
    }
    /// Heading.
    public static let change = Text(zh: "变化", en: "change")
    /// Heading.
    public static let details = Text(zh: "内容", en: "details")
    /// Heading.
    public static let areaWas = Text(zh: "原面积（平方米）", en: "area was (m²)")
    /// Heading.
    public static let areaIs = Text(zh: "现面积（平方米）", en: "area is (m²)")
    /// Heading.
    public static let rowVersion = Text(zh: "行版本", en: "row version")
    /// Heading.
    public static let row = Text(zh: "行", en: "row")
    /// Heading.
    public static let record = Text(zh: "记录", en: "record")
    /// Nothing differs.
    public static let noDifference = Text(zh: "没有变化", en: "nothing differs")
    /// `diff` needs a date or two files.
    public static let diffNeeds = Text(zh: "请写 --from 日期，或两个楼宇库文件", en: "give --from DATE, or two atlas files")
    /// A date that is none.
    public static func badDate(_ option: String, _ text: String) -> Text {
        Text(zh: "\(option) 后的“\(text)”不是日期", en: "\(option): \"\(text)\" is no date")
    }
    /// `add` takes a name and a place, or a table.
    public static let addNeeds = Text(
        zh: "请写名称和 --at 位置，或 --from 表.csv", en: "give a name and --at PLACE, or --from table.csv")
    /// `set` takes a record and values, or a table.
    public static let setNeeds = Text(
        zh: "请写记录和 列=值，或 --from 表.csv", en: "give a record and column=value, or --from table.csv")
    /// `end` takes a record, or a table.
    public static let endNeeds = Text(zh: "请写记录，或 --from 表.csv", en: "give a record, or --from table.csv")
    /// Edits were refused and none was made.
    public static func nothingEdited(_ count: Int) -> Text {
        Text(
            zh: "有 \(count) 行不能处理，全部未改；--partial 可跳过这些行",
            en: "\(count) rows cannot be taken, nothing was changed; --partial leaves them out")
    }
    /// Edits were refused, the others made.
    public static func partlyEdited(_ done: Int, _ refused: Int) -> Text {
        Text(zh: "已处理 \(done) 行，跳过 \(refused) 行", en: "\(done) rows done, \(refused) left out")
    }
    /// Names that are no columns.
    public static func wentToAttributes(_ names: String) -> Text {
        Text(zh: "不是列，已存入 attributes：\(names)", en: "no columns, kept in attributes: \(names)")
    }
    /// Nothing had to be changed.
    public static let nothingToSet = Text(zh: "与现有值相同，未作修改", en: "it is like that already; nothing was changed")
    /// A cell that is not as `--if` says.
    public static func unexpected(_ column: String, _ present: String, _ expected: String) -> Text {
        Text(
            zh: "\(column)：现为“\(present)”，应为“\(expected)”",
            en: "\(column): is \"\(present)\", expected \"\(expected)\"")
    }
    /// Above the list of corrections that an import met.
    public static let conflictsTitle = Text(
        zh: "手工更正过、来源文件又另有新值的（保留更正；如应以文件为准，请用 louyu set 修改）：",
        en:
            "Corrected by hand, and other again in the file (the corrections stand; louyu set takes the file's value over):"
    )
    /// A cell of a ledger that does not replace a correction.
    public static let correctionStands = Text(zh: "该值已手工更正，保留更正", en: "was corrected by hand; the correction stands")
    /// More of them than are shown.
    public static func moreConflicts(_ count: Int) -> Text {
        Text(zh: "……另有 \(count) 处", en: "… and \(count) more")
    }
    /// A cell that two people changed.
    public static func conflict(_ column: String, _ present: String, _ wanted: String) -> Text {
        Text(
            zh: "\(column)：现为“\(present)”，要改为“\(wanted)”",
            en: "\(column): is \"\(present)\", should become \"\(wanted)\"")
    }
}
