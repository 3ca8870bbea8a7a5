/// What is said of files with costs.
extension Text {
    /// What is wrong with a line of a file.
    public static func inLine(_ path: String, _ line: Int, _ what: Text) -> Text {
        Text(zh: "\(path) 第 \(line) 行：\(what.zh)", en: "\(path), line \(line): \(what.en)")
    }
    /// What to do about it.
    public static let correctLine = Text(zh: "请改正或删去这一行", en: "correct the line or take it out")

    /// A file without anything in it.
    public static func emptyCostFile(_ path: String) -> Text {
        Text(zh: "\(path) 是空文件", en: "\(path) is empty")
    }
    /// A file with a header and no more.
    public static func costsWithoutRows(_ path: String) -> Text {
        Text(zh: "\(path) 只有表头，没有数据行", en: "\(path) has a header and no rows")
    }
    /// A file that is no text.
    public static func costsNotText(_ path: String) -> Text {
        Text(zh: "\(path) 不是 UTF-8 文本表格", en: "\(path) is no table in UTF-8 text")
    }
    /// What to do about it.
    public static let costsAreText = Text(
        zh: "请另存为 UTF-8 编码的 CSV：site,demand,cost", en: "save it as CSV in UTF-8: site,demand,cost")
    /// A header without the columns that are needed.
    public static func noCostColumns(_ path: String, _ columns: [String]) -> Text {
        Text(
            zh: "\(path) 的表头缺少需要的列，或有重名（现有：\(columns.joined(separator: "、"))）",
            en:
                "the header of \(path) lacks a column that is needed, or has one twice (it has: \(columns.joined(separator: ", ")))"
        )
    }
    /// What to do about it.
    public static func costColumns(_ columns: [String]) -> Text {
        let zh = ["site": "站点", "demand": "需求", "cost": "成本", "weight": "权重"]
        return Text(
            zh: "第一行应为 \(columns.joined(separator: ","))，或 \(columns.map { zh[$0] ?? $0 }.joined(separator: ","))",
            en: "the first row must be \(columns.joined(separator: ",")), in any order")
    }

    /// A cell without a value.
    public static func emptyCostCell(_ column: String) -> Text {
        Text(zh: "\(column) 列为空", en: "the cell of \(column) is empty")
    }
    /// A cell that is no number.
    public static func notACost(_ text: String) -> Text {
        Text(zh: "“\(text)”不是有限的数", en: "\"\(text)\" is no finite number")
    }
    /// A cost or weight below zero.
    public static func negativeCost(_ text: String) -> Text {
        Text(zh: "“\(text)”为负数，成本与权重不能小于 0", en: "\"\(text)\" is below 0, which no cost or weight may be")
    }
    /// A cost or weight that is too large.
    public static func tooLargeCost(_ text: String) -> Text {
        Text(zh: "“\(text)”大于 10^15", en: "\"\(text)\" is above 10^15")
    }
    /// A line with too few values.
    public static func tooFewCostValues(_ count: Int, columns: Int) -> Text {
        Text(
            zh: "只有 \(count) 个值，应为 \(columns) 个（文件可能被截断）", en: "\(count) of \(columns) values; the file may be cut off")
    }
    /// A line with too many values.
    public static func tooManyCostValues(columns: Int) -> Text {
        Text(zh: "值多于表头的 \(columns) 列", en: "more values than the \(columns) columns of the header")
    }
    /// A quotation mark without its other half.
    public static let unclosedCostQuote = Text(
        zh: "引号到行末仍未配对", en: "a quotation mark is not closed before the line ends")
    /// Something behind a quoted value.
    public static let textAfterQuote = Text(zh: "引号之后还有文字", en: "text behind a quoted value")
    /// A line that is too long to be one.
    public static let costLineTooLong = Text(zh: "超过 64 KB，不像是表格", en: "longer than 64 KB: this looks like no table")
    /// A demand that the demand file does not list.
    public static func unlistedDemand(_ name: String, _ list: String) -> Text {
        Text(zh: "\(list) 中没有需求“\(name)”", en: "the demand \"\(name)\" is not in \(list)")
    }
    /// What to do about it.
    public static let listDemand = Text(
        zh: "请在需求文件中加上它的权重，或去掉 --demand（权重都为 1）",
        en: "add it there with its weight, or leave out --demand (all weights are 1)")
    /// A demand that is listed twice.
    public static func demandTwice(_ name: String) -> Text {
        Text(zh: "需求“\(name)”重复出现", en: "the demand \"\(name)\" is listed twice")
    }
    /// A pair of site and demand with two costs.
    public static func pairTwice(_ path: String, site: String, demand: String, lines first: Int, _ second: Int) -> Text
    {
        Text(
            zh: "\(path) 第 \(first) 行与第 \(second) 行：站点“\(site)”到需求“\(demand)”有两个不同的成本",
            en: "\(path), lines \(first) and \(second): two costs from site \"\(site)\" to demand \"\(demand)\"")
    }
    /// What to do about it.
    public static let keepOneLine = Text(zh: "请只保留一行", en: "keep one line of them")
    /// A file that somebody wrote to while it was read.
    public static func costFileChanged(_ path: String) -> Text {
        Text(zh: "\(path) 在读取过程中被改动", en: "\(path) was changed while it was read")
    }
    /// What to do about it.
    public static let readAgain = Text(zh: "请重新运行", en: "run it again")

    /// More entries than memory.
    public static func tooManyCosts(_ path: String, entries: Int, limitMegabytes: Int) -> Text {
        Text(
            zh: "\(path) 太大：成本表最多占用内存 \(limitMegabytes) MB，约 \(entries) 项",
            en: "\(path) is too large: costs may take \(limitMegabytes) MB of memory, about \(entries) of them")
    }
    /// What to do about it.
    public static let fewerCosts = Text(
        zh: "cover、all 请用 --radius 只保留半径内的成本，否则请减少站点或需求",
        en: "for cover and all, --radius keeps only the costs within it; else take fewer sites or less demand")
    /// More ids than memory.
    public static func tooManyIds(_ path: String, limitMegabytes: Int) -> Text {
        Text(
            zh: "\(path) 的编号太多，超过内存上限 \(limitMegabytes) MB",
            en: "the ids of \(path) take more than \(limitMegabytes) MB of memory")
    }
    /// What to do about it.
    public static let fewerIds = Text(zh: "请合并同一位置的需求", en: "join demand at the same place")
}

/// What is said of p-median files.
extension Text {
    /// What such a file is.
    public static let pMedianForm = Text(
        zh: "p-median 文件应为一行“节点数 边数 站点数”，其后每条边一行“起点 终点 成本”",
        en: "a p-median file is a line \"nodes edges stations\", then a line \"from to cost\" for every edge")
    /// A first line that is none.
    public static let pMedianBeginning = Text(
        zh: "首行应有三个整数：节点数 边数 站点数", en: "the first line must be three whole numbers: nodes, edges, stations")
    /// Counts that cannot be.
    public static let pMedianCounts = Text(
        zh: "首行的数不合理：节点数与站点数至少为 1，站点数不超过节点数",
        en: "counts that cannot be: at least 1 node and 1 station, and no more stations than nodes")
    /// Fewer edges than the first line says.
    public static func edgesMissing(_ path: String, _ count: Int, found: Int?) -> Text {
        guard let found else {
            return Text(
                zh: "\(path) 首行说有 \(count) 条边，文件却没有这么长",
                en: "\(path) says that it has \(count) edges, and is too short for them")
        }
        return Text(
            zh: "\(path) 首行说有 \(count) 条边，实际只有 \(found) 条",
            en: "\(path) says that it has \(count) edges, and has \(found)")
    }
    /// More edges than the first line says.
    public static func moreEdges(_ count: Int) -> Text {
        Text(zh: "首行所说的 \(count) 条边之后还有内容", en: "there is more behind the \(count) edges that the first line tells of")
    }
    /// An edge without all of its numbers.
    public static let edgeCutOff = Text(zh: "最后一条边不完整", en: "the last edge is cut off")
    /// An edge between nodes that are none.
    public static func noSuchNode(from: Double, to: Double, of count: Int) -> Text {
        Text(
            zh: "边的端点应为 1 到 \(count) 的整数，却是 \(from)、\(to)",
            en: "an edge joins nodes from 1 to \(count), not \(from) and \(to)")
    }
    /// More nodes than edges can join.
    public static func looseNodes(_ path: String, _ nodes: Int, _ edges: Int) -> Text {
        Text(zh: "\(path)：\(edges) 条边连不起 \(nodes) 个节点", en: "\(path): \(edges) edges cannot join \(nodes) nodes")
    }
    /// More nodes than memory.
    public static func tooManyNodes(_ path: String, _ nodes: Int, _ limitMegabytes: Int) -> Text {
        Text(
            zh: "\(path) 有 \(nodes) 个节点，两两之间的成本超过内存上限 \(limitMegabytes) MB",
            en:
                "\(path) has \(nodes) nodes: the costs between all of them take more than \(limitMegabytes) MB of memory"
        )
    }
    /// What to do about it.
    public static let fewerNodes = Text(
        zh: "请减少节点，或改用 CSV（site,demand,cost）只列出需要的成本",
        en: "take fewer nodes, or list the costs that matter as CSV: site,demand,cost")
    /// A demand that is no node.
    public static func listedIsNoNode(_ path: String, _ name: String, of count: Int) -> Text {
        Text(
            zh: "\(path) 的需求“\(name)”不是 1 到 \(count) 的节点",
            en: "the demand \"\(name)\" of \(path) is no node from 1 to \(count)")
    }
    /// What to do about it.
    public static let nodesAreNumbers = Text(
        zh: "p-median 文件的需求以节点序号称呼", en: "demand of a p-median file is called by the number of its node")
}
