extension Text {
    /// The named atlas does not exist.
    public static func noSuchAtlas(_ path: String) -> Text {
        Text(zh: "找不到楼宇库：\(path)", en: "no such atlas: \(path)")
    }

    /// How to come by an atlas.
    public static let importFirst = Text(
        zh: "请先用 louyu import 导入数据，或用 --atlas 指定文件",
        en: "import data first with louyu import, or name the file with --atlas")

    /// A file is no SQLite database at all.
    public static func notADatabase(_ path: String) -> Text {
        Text(zh: "\(path) 不是 GeoPackage 文件", en: "\(path) is no GeoPackage")
    }

    /// A GeoPackage that Louyu did not make.
    public static func notAnAtlas(_ path: String) -> Text {
        Text(zh: "\(path) 是 GeoPackage，但不是楼宇库", en: "\(path) is a GeoPackage but no atlas")
    }

    /// How to take in a GeoPackage of others.
    public static func importIt(_ path: String) -> Text {
        Text(
            zh: "请导入它：louyu import \(path) --layer building --atlas 新文件.gpkg",
            en: "import it: louyu import \(path) --layer building --atlas new.gpkg")
    }

    /// An atlas of a newer Louyu.
    public static func newerSchema(_ path: String, _ version: Int) -> Text {
        Text(
            zh: "\(path) 由更新版本的 Louyu 生成（结构版本 \(version)）", en: "\(path) was made by a newer Louyu (schema \(version))")
    }

    /// What to do about a newer atlas.
    public static let updateLouyu = Text(zh: "请升级 Louyu", en: "update Louyu")

    /// Somebody else writes.
    public static func atlasLocked(_ path: String) -> Text {
        Text(zh: "\(path) 正被其他程序占用", en: "\(path) is locked by another program")
    }

    /// A change waits until programs that read have finished.
    public static func waitingForReaders(_ path: String) -> Text {
        Text(
            zh: "\(path) 正被其他程序读取，等它读完后继续（最多等一分钟）",
            en: "\(path) is being read by another program; waiting for it to finish, one minute at most")
    }

    /// What to do about a lock.
    public static let closeOther = Text(
        zh: "请关闭正在编辑它的程序（如 QGIS）后重试", en: "close the program that edits it (QGIS, say) and try again")

    /// A file cannot be written to.
    public static func atlasReadOnly(_ path: String) -> Text {
        Text(zh: "\(path) 所在位置不可写", en: "\(path) cannot be written: the file or its folder is read-only")
    }

    /// What to do about a read-only place.
    public static let chooseWritable = Text(zh: "请复制到可写的位置", en: "copy it to a place that can be written")

    /// A file left with an unfinished write-ahead log that cannot be recovered here.
    public static func leftInWAL(_ path: String) -> Text {
        Text(
            zh: "\(path) 被其他程序留在 WAL 模式，且此处不可写，无法恢复",
            en: "\(path) was left in WAL mode by another program and cannot be recovered in a read-only place")
    }

    /// The disk is full or failing.
    public static func atlasInputOutput(_ path: String, _ reason: String) -> Text {
        Text(zh: "读写 \(path) 失败（\(reason)）", en: "reading or writing \(path) failed (\(reason))")
    }

    /// The database is damaged.
    public static func atlasDamaged(_ path: String, _ reason: String) -> Text {
        Text(zh: "\(path) 已损坏（\(reason)）", en: "\(path) is damaged (\(reason))")
    }

    /// What to do about damage.
    public static let restoreBackup = Text(zh: "请用备份恢复，或重新导入", en: "restore a backup, or import again")

    /// A table that is asked for does not exist.
    public static func noSuchLayer(_ name: String) -> Text {
        Text(zh: "没有图层“\(name)”", en: "no layer \"\(name)\"")
    }

    /// The layers that exist.
    public static func knownLayers(_ known: String) -> Text {
        Text(zh: "可用：\(known)", en: "there are: \(known)")
    }

    /// Two records of one source carry the same ref.
    public static func refRepeats(_ ref: String) -> Text {
        Text(
            zh: "编号 \(ref) 在同一来源中重复；请用 --key 指定能区分它们的字段",
            en: "ref \(ref) occurs more than once in this source; name fields that tell them apart with --key")
    }

    /// A ref belongs to a record of another file.
    public static func refTaken(_ ref: String, by file: String) -> Text {
        Text(
            zh: "编号 \(ref) 已属于从 \(file) 导入的另一条记录；同一对象请用 --key 指定编号字段来更新它，不同对象请用 --key 指定能区分它们的字段",
            en: "ref \(ref) belongs to another record, imported from \(file); to update it, name the fields that make "
                + "the ref with --key; if they are two things, name fields that tell them apart with --key")
    }

    /// A ref belongs to a row that somebody made by hand.
    public static func refTakenByHand(_ ref: String) -> Text {
        Text(
            zh: "编号 \(ref) 已属于用其他程序添加的记录；同一对象请用 --key 指定编号字段来更新它，不同对象请用 --key 指定能区分它们的字段",
            en: "ref \(ref) belongs to a record that another program added; to update it, name the fields that make "
                + "the ref with --key; if they are two things, name fields that tell them apart with --key")
    }
}

extension Text {
    /// The user broke off.
    public static let interrupted = Text(zh: "已中断", en: "interrupted")
}

extension Text {
    /// A name in a condition that the caller did not look up.
    public static func notLookedUp(_ name: String) -> Text {
        Text(zh: "条件中的“\(name)”没有查到", en: "\"\(name)\" in the condition was not looked up")
    }

    /// A LIKE whose pattern is no text.
    public static let patternIsNoText = Text(zh: "LIKE 后面要写文字", en: "LIKE takes a text in quotes")

    /// A LIKE whose pattern is beyond what is taken.
    public static let patternTooLong = Text(zh: "LIKE 后面的文字过长", en: "the text after LIKE is too long")

    /// A condition with more values than are taken.
    public static func tooManyValues(_ count: Int, _ most: Int) -> Text {
        Text(zh: "条件中有 \(count) 个值，最多 \(most) 个", en: "the condition holds \(count) values, at most \(most) are taken")
    }
}
