/// The words that invented names are made of.
enum Words {
    static let city = "栖澜市"
    static let southRiver = "霜屏江"
    static let northRiver = "墨漪江"
    static let lake = "鲤影湖"

    /// First characters with their sound.
    private static let heads: [(zh: String, en: String)] = [
        ("樾", "yue"), ("鲤", "li"), ("砚", "yan"), ("霁", "ji"), ("榆", "yu"), ("漪", "yi"), ("鹭", "lu"), ("柏", "bai"),
        ("汀", "ting"), ("桐", "tong"), ("岚", "lan"), ("鸢", "yuan"), ("墨", "mo"), ("枫", "feng"), ("瑾", "jin"),
        ("沁", "qin"), ("梧", "wu"), ("绮", "qi"), ("晖", "hui"), ("栖", "qi"), ("璞", "pu"), ("雁", "yan"), ("槿", "jin"),
        ("澜", "lan"), ("昶", "chang"), ("琼", "qiong"), ("檀", "tan"), ("曦", "xi"), ("蓼", "liao"), ("翎", "ling"),
        ("屿", "yu"), ("荻", "di"), ("霜", "shuang"), ("筠", "yun"), ("珩", "heng"), ("杉", "shan"), ("皎", "jiao"),
        ("棠", "tang"), ("萤", "ying"), ("汐", "xi"), ("锦", "jin"),
    ]
    /// Second characters for places.
    private static let tails: [String] = [
        "坪", "湾", "岗", "坡", "坝", "垭", "坎", "溪", "桥", "渡", "坊", "台", "嘴", "塘", "井", "崖", "林", "园", "亭", "洲", "石", "泉",
        "浦",
    ]
    /// Second characters for firms, with their sound.
    private static let trades: [(zh: String, en: String)] = [
        ("恒", "heng"), ("瀚", "han"), ("晟", "sheng"), ("汇", "hui"), ("融", "rong"), ("鼎", "ding"), ("启", "qi"),
        ("诚", "cheng"), ("拓", "tuo"), ("晔", "ye"), ("衡", "heng"),
    ]

    /// A name for a place; the first 900 numbers and many more give different ones.
    static func place(_ number: Int) -> String {
        let count = heads.count * tails.count
        let index = number % count
        let word = heads[index % heads.count].zh + tails[index % tails.count]
        return number < count ? word : heads[(number / count * 7 + index) % heads.count].zh + word
    }

    /// A bridge's name.
    static func bridge(_ number: Int) -> String {
        heads[(number * 3 + 1) % heads.count].zh + ["津", "渡", "浦", "虹"][number % 4] + "大桥"
    }

    /// The name of a firm or its tower: characters and letters.
    static func firm(_ random: inout SplitMix64) -> (zh: String, en: String) {
        let (head, trade) = (random.pick(heads), random.pick(trades))
        return (head.zh + trade.zh, (head.en + trade.en).capitalizedASCII)
    }

    static let subdistricts: [String] = [
        "西樾门", "柏坎", "鲤跃台", "榆垭", "砚台岗", "桐荫里", "鸢尾桥", "霁月坪", "汀兰洲", "锦鳞渡", "合水门", "鹭汀嘴",
        "漪上", "雁栖浦", "荻花洲", "霜降坪", "枫泊", "槿塘", "砚背", "石鸢坡", "榆溪", "檀坊",
    ]
}

extension String {
    /// The text with a capital first letter, for ASCII text.
    var capitalizedASCII: String { prefix(1).uppercased() + dropFirst() }
}
