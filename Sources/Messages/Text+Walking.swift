/// What is said of walking.
extension Text {
    /// An atlas without streets.
    public static let noStreets = Text(zh: "库中没有可步行的道路", en: "the atlas holds no streets that people may walk")
    /// What to do about it.
    public static let importStreets = Text(
        zh: "请先 louyu import 道路文件 --layer street，或用 --by radius 按直线圆计算",
        en: "import some: louyu import FILE --layer street; or take the plain circle: --by radius")
    /// A question about stations of which there are none.
    public static let noStations = Text(zh: "没有符合条件的服务站点", en: "no stations fit")
    /// What to do about it.
    public static let importStations = Text(
        zh: "请先 louyu import 站点文件 --layer station --set kind=类别，或检查 --kind",
        en: "import some: louyu import FILE --layer station --set kind=KIND; or look at --kind")
    /// What to do about it, where there are others.
    public static func knownKinds(_ kinds: [String]) -> Text {
        Text(zh: "已有类别：\(kinds.joined(separator: "、"))", en: "there are: \(kinds.joined(separator: ", "))")
    }
    /// A gap that would join streets that do not meet.
    public static let snapGapTooLarge = Text(zh: "--snap-gap 最大为 20 米", en: "--snap-gap is at most 20 m")
    /// The walking network could not be prepared.
    public static let notPrepared = Text(zh: "步行网络未能预先准备", en: "the walking network could not be prepared")
    /// An option.
    public static let helpSnapGap = Text(
        zh: "道路端点与所接道路相差不超过此距离时视为相接（默认 0，随库保存）",
        en: "Streets whose ends miss each other by no more than this distance meet (default: 0; kept in the atlas)")
    /// Long work under way.
    public static let preparingWalking = Text(
        zh: "道路或楼宇有变，正在准备步行网络…", en: "streets or buildings have changed: preparing the walking network…")
    /// What is kept of walking does not fit the rows.
    public static let damagedPreparation = Text(
        zh: "库中预存的步行数据与楼宇不符", en: "what the atlas keeps prepared for walking does not fit its buildings")
    /// What to do about it.
    public static let prepareAgain = Text(
        zh: "请重新导入任一道路文件，使其重新准备", en: "import any street again, so that it is prepared anew")
    /// A number of minutes that is none.
    public static func badMinutes(_ text: String) -> Text {
        Text(
            zh: "--minutes：“\(text)”应为大于 0、不超过 600 的分钟数，例如 15 或 5,10,15",
            en: "--minutes: '\(text)' is no number of minutes above 0 and up to 600, like 15 or 5,10,15")
    }
    /// Several numbers of minutes, or none, where one is asked for.
    public static func notOneNumberOfMinutes(_ text: String) -> Text {
        Text(
            zh: "--minutes：“\(text)”应为一个大于 0、不超过 600 的分钟数，例如 15",
            en: "--minutes: '\(text)' is not one number of minutes above 0 and up to 600, like 15")
    }
    /// A place that cannot be walked to.
    public static func unreachable(_ place: String, _ reason: Text) -> Text {
        Text(zh: "\(place)无法步行到达：\(reason.zh)", en: "nobody can walk to \(place): \(reason.en)")
    }
    /// Stations that cannot be walked to.
    public static func unplacedStations(_ count: Int, _ list: String) -> Text {
        Text(zh: "\(count) 个站点接不上路网：\(list)", en: "\(count) stations meet no street: \(list)")
    }
    /// A level without boundaries.
    public static func noBoundariesOfLevel(_ level: Text) -> Text {
        Text(
            zh: "库中没有\(level.zh)辖区，只给出合计", en: "the atlas holds no boundaries of the level \(level.en): the total only")
    }
    /// Residents are an estimate.
    public static let residentsEstimated = Text(
        zh: "居民数为估算：按辖区人口分摊到住宅建筑面积",
        en: "residents are estimated: each boundary's population over its residential floor area")
    /// Why nobody walks to a place, by the word that stands in JSON.
    public static func obstacle(_ word: String) -> Text {
        switch word {
        case "noPosition": Text(zh: "没有位置", en: "it has no position")
        case "noStreet": Text(zh: "附近没有道路", en: "no street is near")
        case "acrossWater": Text(zh: "与道路隔水", en: "water lies before its street")
        case "acrossRail": Text(zh: "与道路隔着铁路", en: "a railway lies before its street")
        case "island": Text(zh: "所在路网与站点不连通", en: "its streets lead to no station")
        case "tooFar": Text(zh: "站点太远", en: "every station is too far")
        default: Text(zh: word, en: word)
        }
    }

    // Headings.

    /// Heading.
    public static let buildings = Text(zh: "楼宇", en: "buildings")
    /// Heading.
    public static let place = Text(zh: "地点", en: "place")
    /// Heading.
    public static let nearestPlace = Text(zh: "最近地点", en: "nearest place")
    /// Heading.
    public static let side = Text(zh: "所在一侧", en: "side")
    /// Heading.
    public static let served = Text(zh: "有站点可达", en: "served")
    /// Heading.
    public static let unserved = Text(zh: "无站点可达", en: "unserved")
    /// Heading.
    public static let nearerAcross = Text(zh: "界外更近", en: "nearer across")
    /// Heading.
    public static let nearerAcrossOfA = Text(zh: "甲方界外更近", en: "of a nearer across")
    /// Heading.
    public static let nearerAcrossOfB = Text(zh: "乙方界外更近", en: "of b nearer across")
    /// Heading.
    public static let buildingsOfA = Text(zh: "甲方楼宇", en: "buildings of a")
    /// Heading.
    public static let buildingsOfB = Text(zh: "乙方楼宇", en: "buildings of b")
    /// Heading.
    public static let sameName = Text(zh: "同名", en: "same name")
    /// Heading.
    public static let ownMinutes = Text(zh: "至本侧站点（分钟）", en: "to own side (min)")
    /// Heading.
    public static let acrossMinutes = Text(zh: "至对侧站点（分钟）", en: "to other side (min)")
    /// Heading.
    public static let bridge = Text(zh: "桥", en: "bridge")
    /// A cell.
    public static let yes = Text(zh: "是", en: "yes")
    /// A cell.
    public static let nobody = Text(zh: "（无）", en: "(nobody)")
    /// Before a table.
    public static let crossingsTitle = Text(zh: "跨界所经道路：", en: "Streets by which people cross:")
    /// Before a table.
    public static let pairsTitle = Text(
        zh: "隔界的下级辖区，离对方站点更近的楼宇：", en: "Areas across the border, and who is nearer to the other's counter:")
    /// Before a table.
    public static let alongTitle = Text(zh: "交界处的楼宇：", en: "Buildings along the border:")
    /// How two areas touch.
    public static func borderSummary(_ contact: String?, _ a: String, _ b: String) -> Text {
        guard let contact else {
            return Text(zh: "\(a)与\(b)不相邻", en: "\(a) and \(b) do not touch")
        }
        let word = Text.contact(contact)
        return Text(zh: "\(a)与\(b)：\(word.zh)", en: "\(a) and \(b): \(word.en)")
    }
    /// A border of an area with itself.
    public static let sameArea = Text(zh: "请给出两个不同的辖区", en: "give two different areas")
    /// A border of an area with one that holds it.
    public static let nestedAreas = Text(
        zh: "两个辖区一个包含另一个，没有分界的两侧", en: "one of the areas holds the other: there are no two sides")
    /// What to do about it.
    public static let giveNeighbours = Text(zh: "请给出两个相邻的辖区", en: "give two areas that lie side by side")
    /// A place that is an area.
    public static func areaIsNoPlace(_ name: String, _ layer: Text) -> Text {
        Text(zh: "“\(name)”是\(layer.zh)，不是可步行到达的地点", en: "\(name) is one of the \(layer.en), not a place to walk to")
    }
    /// What to do about it.
    public static let givePlace = Text(zh: "请给出楼宇、站点或 经度,纬度", en: "give a building, a station, or lon,lat")
    /// A station that the question is not about.
    public static func notAmongStations(_ name: String) -> Text {
        Text(zh: "“\(name)”不在所问的站点之中", en: "\(name) is none of the stations that the question is about")
    }
    /// A circle around a pole.
    public static let circleAtPole = Text(zh: "离极点太近，画不出直线圆", en: "too near a pole for a plain circle")
    /// An option that the plain circle has no use for.
    public static func onlyOnFoot(_ option: String) -> Text {
        Text(zh: "\(option) 只用于 --by walk", en: "\(option) goes with --by walk")
    }
    /// A number of stations that is not kept.
    public static let oneToEight = Text(zh: "每栋楼最多给出 1 到 8 个站点", en: "one to eight stations of a building can be told")
    /// A filter without rows to filter.
    public static let filterNeedsList = Text(
        zh: "--where、--in、--kind 要与 --list 一起用", en: "--where, --in and --kind go with --list")
    /// Nothing in reach.
    public static let nothingInReach = Text(zh: "范围内没有符合条件的记录", en: "nothing that fits is in reach")
    /// A layer that nobody walks to.
    public static func cannotWalkTo(_ layer: Text) -> Text {
        Text(zh: "“\(layer.zh)”图层不能按步行查询", en: "\(layer.en) are not asked for on foot")
    }
    /// The layers that people walk to.
    public static func walkTo(_ layers: [Text]) -> Text {
        Text(
            zh: "可用：\(layers.map(\.zh).joined(separator: "、"))",
            en: "there are: \(layers.map(\.en).joined(separator: ", "))")
    }
    /// What to do where nobody can walk, and there is no other way.
    public static let lookAtStreets = Text(
        zh: "请换一个靠近道路的位置，或检查道路图层", en: "take a position nearer to a street, or look at the streets")
    /// What to do where nothing is near on foot.
    public static let nearWithoutWalk = Text(
        zh: "可去掉 --by walk 按直线距离查询，或检查道路图层",
        en: "leave --by walk out to go by distance; or look at the streets")
    /// What to do where nobody can walk.
    public static let tryRadius = Text(
        zh: "可用 --by radius 按直线圆计算，或检查道路图层", en: "take the plain circle: --by radius; or look at the streets")
    /// Heading.
    public static let reached = Text(zh: "覆盖", en: "reached")
    /// Heading.
    public static let share = Text(zh: "覆盖率", en: "share")
    /// Heading.
    public static let floorAreaSquareMeters = Text(zh: "建筑面积（平方米）", en: "floor area (m²)")
    /// Heading.
    public static let reachedFloorArea = Text(zh: "覆盖面积（平方米）", en: "reached floor area (m²)")
    /// Heading.
    public static let residents = Text(zh: "居民（估）", en: "residents (est.)")
    /// Heading.
    public static let reachedResidents = Text(zh: "覆盖居民", en: "reached residents")
    /// Heading.
    public static let onlyAcross = Text(zh: "仅靠界外", en: "only across")
    /// Heading.
    public static let walkMinutes = Text(zh: "步行（分钟）", en: "walk (min)")
    /// Heading.
    public static let meters = Text(zh: "步行（米）", en: "walk (m)")
    /// Heading.
    public static let minutes = Text(zh: "分钟", en: "minutes")
    /// Heading.
    public static let area = Text(zh: "面积（平方米）", en: "area (m²)")
    /// Heading.
    public static let servedBy = Text(zh: "服务站点", en: "served by")
    /// Heading.
    public static let buildingsOf = Text(zh: "楼宇所在", en: "buildings of")
    /// Heading.
    public static let stationsOf = Text(zh: "站点所在", en: "served by stations of")
    /// The row of all rows.
    public static let total = Text(zh: "合计", en: "total")
    /// The row of the total without the change that is tried.
    public static let before = Text(zh: "原先", en: "before")
    /// Buildings that nobody reaches.
    public static let blindSpots = Text(zh: "服务盲区", en: "blind spots")
    /// No such building.
    public static let noBlindSpots = Text(zh: "没有盲区：每栋楼都有站点可达", en: "no blind spots: a station reaches every building")
    /// Nobody is served from elsewhere.
    public static let noneAcross = Text(zh: "没有楼宇由界外站点就近服务", en: "no building is nearest to a station across a border")

    // Help.

    /// A verb.
    public static let helpReach = Text(
        zh: "服务圈：一处或几处在若干分钟内步行可达的范围、楼宇或站点", en: "What is reached on foot in so many minutes: areas, buildings, stations"
    )
    /// A verb, at length.
    public static let helpReachDiscussion = Text(
        zh: """
            每处每个分钟数给出一个范围（含更短的分钟数）；--list 列出到达的楼宇或站点及步行的分钟数（JSON、CSV 中为秒）与米数。
            例：louyu reach 双樾岭界上社区卫生服务站 --minutes 5,10,15 -o 服务圈.geojson
            """,
        en: """
            One area a place and number of minutes, each holding those of fewer minutes; --list lists what is reached \
            with the minutes (seconds in JSON and CSV) and metres of the walk.
            Example: louyu reach station/12 --minutes 5,10,15 -o areas.geojson
            """)
    /// An argument.
    public static let helpReachPlaces = Text(zh: "地点，可有多个", en: "PLACE, or several")
    /// An option.
    public static let helpReachMinutes = Text(zh: "分钟数，可用逗号隔开多个", en: "Minutes, several separated by commas")
    /// An option.
    public static let helpReachList = Text(zh: "列出到达的楼宇或站点，而不是范围", en: "List what is reached instead of areas")
    /// A verb.
    public static let helpBorder = Text(
        zh: "毗邻服务：两个辖区交界处谁由谁服务、谁离对侧更近、谁无人服务",
        en: "Services along a border: who serves whom, who is nearer to the other side's counter, who has nobody")
    /// A verb, at length.
    public static let helpBorderDiscussion = Text(
        zh: """
            列出两侧离对方 --within 米以内的楼宇；各对相接的下级辖区（同名会标出）中，有多少楼宇离对侧站点更近。
            例：louyu border 汐屿区 漪北区 --kind 社区卫生服务站 --minutes 15
            """,
        en: """
            Lists the buildings of either side within --within of the other; and for each two communities that meet \
            there (same names are flagged) how many buildings are nearer to a counter of the other side.
            Example: louyu border A B --kind clinic --minutes 15
            """)
    /// An argument.
    public static let helpBorderArea = Text(zh: "一个辖区", en: "An area")
    /// An argument.
    public static let helpBorderOther = Text(zh: "另一个辖区", en: "The other area")
    /// An option.
    public static let helpBorderWithin = Text(zh: "离对方多远以内的楼宇", en: "Buildings within this distance of the other area")
    /// A flag.
    public static let helpUnserved = Text(zh: "只列出无站点可达的楼宇", en: "Only buildings that no station reaches")
    /// An option.
    public static let helpNearBy = Text(
        zh: "walk 按沿道路步行的时间排；默认按直线距离", en: "walk: nearest by the time of the walk; by distance otherwise")

    /// A verb.
    public static let helpCoverage = Text(
        zh: "服务覆盖：一类站点步行可达多少楼宇、建筑面积与居民，谁是盲区",
        en:
            "How many buildings, what floor area, how many residents the stations of a kind reach; who is in a blind spot"
    )
    /// A verb, at length.
    public static let helpCoverageDiscussion = Text(
        zh: """
            按辖区统计，各辖区之和等于合计。--across 列出跨界服务；--with、--without 试算增减站点。
            例：louyu coverage --kind 社区卫生服务站 --minutes 15 --per subdistrict --blind-spots
            """,
        en: """
            Counted per boundary; the boundaries add up to the total. --across lists who serves whom across borders; \
            --with and --without try what a station more or less would change.
            Example: louyu coverage --kind clinic --minutes 15 --per subdistrict --blind-spots
            """)
    /// An option.
    public static let helpStationKind = Text(
        zh: "站点类别；只有一类时可省略", en: "The kind of stations; may be left out where there is one")
    /// An option.
    public static let helpMinutes = Text(zh: "分钟数", en: "Minutes")
    /// An option.
    public static let helpBlindSpots = Text(zh: "列出站点到不了的楼宇", en: "List the buildings that no station reaches")
    /// An option.
    public static let helpAcross = Text(
        zh: "列出跨界服务：哪个辖区的楼宇由哪个辖区的站点服务", en: "List whose buildings are served by whose stations")
    /// An option.
    public static let helpWith = Text(zh: "试算：在此处增设站点（可重复）", en: "Try: a station more at this PLACE (repeats)")
    /// An option.
    public static let helpWithout = Text(zh: "试算：去掉此站点（可重复）", en: "Try: without this station (repeats)")
    /// An option.
    public static let helpCoverageIn = Text(
        zh: "只统计这些辖区或片区内的楼宇（可重复）", en: "Only buildings in this boundary or zone (repeats)")
    /// An option.
    public static let helpBuildingWhere = Text(
        zh: "只统计符合条件的楼宇（CQL2）", en: "Only buildings that fulfil this condition (CQL2)")
    /// An option.
    public static let helpMeans = Text(
        zh: "walk 沿道路步行；radius 直线圆", en: "walk: along the streets; radius: the plain circle")
    /// An option.
    public static let helpPace = Text(
        zh: "平地步速：standard 60、adult 80、elderly 48 米/分，或每分钟米数",
        en: "Pace on level ground: standard 60, adult 80, elderly 48 m/min, or metres a minute")
    /// A flag.
    public static let helpToward = Text(zh: "走向该处", en: "Walk toward the place")
    /// A flag.
    public static let helpAway = Text(zh: "从该处走出", en: "Walk away from the place")
    /// A flag.
    public static let helpVertical = Text(zh: "计入楼内上下的时间", en: "Count the way between floors and entrance too")
}
