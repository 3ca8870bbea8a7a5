extension Text {
    /// A file that is named does not exist.
    public static func noSuchFile(_ path: String) -> Text {
        Text(zh: "找不到文件：\(path)", en: "no such file: \(path)")
    }

    /// A file cannot be opened, and why.
    public static func cannotOpen(_ path: String, _ reason: String) -> Text {
        Text(zh: "无法打开 \(path)（\(reason)）", en: "cannot open \(path) (\(reason))")
    }

    /// Reading failed, and why.
    public static func readFailed(_ path: String, _ reason: String) -> Text {
        Text(zh: "读取 \(path) 失败（\(reason)）", en: "reading \(path) failed (\(reason))")
    }

    /// Writing failed, and why.
    public static func writeFailed(_ path: String, _ reason: String) -> Text {
        Text(zh: "写入 \(path) 失败（\(reason)）", en: "writing \(path) failed (\(reason))")
    }

    /// Standard output takes no more, and why.
    public static func standardOutputFailed(_ reason: String) -> Text {
        Text(zh: "写入标准输出失败（\(reason)）", en: "writing to standard output failed (\(reason))")
    }

    /// A folder stands where a file is meant.
    public static func isFolder(_ path: String) -> Text {
        Text(zh: "\(path) 是文件夹", en: "\(path) is a folder")
    }

    /// What to do about it.
    public static let nameAFile = Text(zh: "请写出其中的文件名", en: "name a file in it")

    /// Compressed data is damaged.
    public static func damagedCompression(_ path: String) -> Text {
        Text(zh: "\(path) 的压缩数据已损坏", en: "the compressed data of \(path) is damaged")
    }

    /// An output exists already.
    public static func outputExists(_ path: String) -> Text {
        Text(zh: "\(path) 已存在", en: "\(path) exists already")
    }

    /// How to replace an output.
    public static let useOverwrite = Text(zh: "要替换它请加 --overwrite", en: "add --overwrite to replace it")

    /// What to do when a disk is full or failing.
    public static let freeSpace = Text(zh: "请检查磁盘空间与权限", en: "check the free space and the permissions")

    /// How to look for a file.
    public static let checkPath = Text(zh: "请检查路径", en: "check the path")
}
