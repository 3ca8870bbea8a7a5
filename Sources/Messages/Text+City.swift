extension Text {
    /// How the generator of invented cities is used.
    public static let cityHelp = Text(
        zh: """
            生成一座虚构的城市，供演示、测试和性能评测使用。地名、人口、楼宇均为虚构。

            用法：city --out 文件夹 [--buildings 数量] [--seed 种子] [--ledgers] [--overwrite] [--lang zh|en]

              --out 文件夹       写入的文件夹，没有则新建
              --buildings 数量   楼宇数量，1000 至 10000000（默认 3000）
              --seed 种子        随机种子；种子相同，生成的文件逐字节相同（默认 7）
              --ledgers          另外生成两个月的楼宇台账（XLSX）和企业名册（CSV），写法像办公室里的表格
              --overwrite        替换已有文件
              --lang zh|en       提示语言（默认取自系统语言）
              --help             显示本帮助
            """,
        en: """
            Makes an invented city for demonstrations, tests and measurements. Its names, people and buildings exist nowhere.

            usage: city --out FOLDER [--buildings N] [--seed S] [--ledgers] [--overwrite] [--lang zh|en]

              --out FOLDER     the folder to write into; made where it is missing
              --buildings N    how many buildings, 1000 to 10000000 (default 3000)
              --seed S         the random seed; the same seed gives the same bytes (default 7)
              --ledgers        make two months' workbooks of an office and its register of enterprises too
              --overwrite      replace files that are there already
              --lang zh|en     the language of messages (default from the locale)
              --help           show this help
            """)

    /// A city was written.
    public static func cityMade(_ city: String, buildings: Int, folder: String) -> Text {
        Text(
            zh: "虚构城市“\(city)”已生成：\(buildings) 栋楼宇，写入 \(folder)",
            en: "made the invented city \(city): \(buildings) buildings in \(folder)")
    }

    /// A folder cannot be made.
    public static func cannotMakeFolder(_ path: String) -> Text {
        Text(zh: "无法新建文件夹 \(path)", en: "cannot make the folder \(path)")
    }

    /// An option stands without its value.
    public static func optionNeedsValue(_ option: String) -> Text {
        Text(zh: "\(option) 后缺少取值", en: "\(option) needs a value")
    }

    /// An option that must be given is not.
    public static func optionMissing(_ option: String) -> Text {
        Text(zh: "缺少必填选项 \(option)", en: "\(option) is missing")
    }

    /// An option that does not exist.
    public static func unknownOption(_ option: String) -> Text {
        Text(zh: "没有 \(option) 这个选项", en: "there is no option \(option)")
    }

    /// A value that an option cannot have.
    public static func badOptionValue(_ option: String, _ value: String) -> Text {
        Text(zh: "\(option) 的取值“\(value)”无效", en: "\(option) cannot be '\(value)'")
    }

    /// What a number must be.
    public static func wholeNumberBetween(_ low: Int, _ high: Int) -> Text {
        Text(zh: "请填 \(low) 至 \(high) 之间的整数", en: "give a whole number from \(low) to \(high)")
    }

    /// What a seed must be.
    public static let wholeNumber = Text(zh: "请填不小于 0 的整数", en: "give a whole number from 0")

    /// Where the options are explained.
    public static let seeCityHelp = Text(zh: "用法见 city --help", en: "see city --help")

    /// An error that nobody thought of.
    public static func unexpected(_ reason: String) -> Text {
        Text(zh: "程序出错（\(reason)）", en: "unexpected error (\(reason))")
    }

    /// The note that stands beside the files of an invented city.
    public static func cityReadme(city: String, buildings: Int, seed: UInt64) -> Text {
        Text(
            zh: """
                ## 虚构城市：\(city)

                **本文件夹中的一切均为虚构。** 地名、楼宇、企业、人口、街道和地形都由程序随机生成，如与真实地名或机构同名，
                纯属巧合。城市坐落在塔克拉玛干沙漠腹地（东经 82.5°、北纬 39.5° 附近），那里没有城镇，不会与真实地方混淆。
                行政区划代码以 99 开头，国家标准中没有这样的代码。

                坐标为 WGS 84 经纬度；本数据由 `city --buildings \(buildings) --seed \(seed)` 生成，种子相同则文件逐字节相同。
                各文件的大小与记录数见 MANIFEST.json，字段说明见项目的 docs/city.md。

                """,
            en: """
                # An invented city: \(city)

                **Everything in this folder is invented.** Names, buildings, firms, people, streets and hills were made by a program;
                where a real place or firm bears one of these names, that is chance. The city lies in the sand of the Taklamakan
                desert (near 82.5° E, 39.5° N), where there is no town that it could be taken for. Its administrative codes
                begin with 99, which no real code does.

                Coordinates are WGS 84 longitude and latitude. Made by `city --buildings \(buildings) --seed \(seed)`; the same seed gives
                the same bytes. MANIFEST.json lists the files with their sizes and counts, docs/city.md of the project explains
                the fields.

                """)
    }
}
