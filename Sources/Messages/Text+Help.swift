/// What `--help` says.
extension Text {
    /// The program.
    public static let helpLouyu = Text(
        zh: "楼宇地图与查询：一个 GeoPackage 文件装下一个区的楼宇、辖区、站点与道路",
        en: "A map of a district's buildings in one GeoPackage file, and the questions it answers")
    /// The program, at length.
    public static let helpLouyuDiscussion = Text(
        zh: """
            地点 PLACE 可写成：经度,纬度；标识 building/42；编号；名称或其唯一的一部分；上级/名称。
            距离可写成 500、500m、1.2km。
            退出码：0 完成，64 用法，65 输入不可用或 check 有发现，66 找不到，70 程序缺陷，73 不能创建，74 读写，75 被占用，130 中断。
            """,
        en: """
            A PLACE is lon,lat; an id (building/42); a ref; a name or the only one that holds the text; parent/name.
            Distances: 500, 500m, 1.2km.
            Exit codes: 0 done, 64 usage, 65 input unusable or check found something, 66 not found, 70 defect, \
            73 cannot create, 74 I/O, 75 locked, 130 interrupted.
            """)
    /// An option.
    public static let helpAtlas = Text(
        zh: "楼宇库文件（默认 $LOUYU_ATLAS，其次 ./louyu.gpkg）", en: "The atlas (default: $LOUYU_ATLAS, else ./louyu.gpkg)")
    /// An option.
    public static let helpLang = Text(zh: "语言：zh 或 en（默认随 LANG）", en: "Language: zh or en (default: from LANG)")
    /// An option.
    public static let helpFormat = Text(
        zh: "形式：table、json、geojson、geojsonseq、csv、xlsx、gpkg、shp、fgb、kml、html（默认随输出文件名，其次 table）",
        en: "Form: table, json, geojson, geojsonseq, csv, xlsx, gpkg, shp, fgb, kml, html "
            + "(default: by the output's ending, else table)")
    /// An option.
    public static let helpOutput = Text(zh: "写入文件；- 为标准输出", en: "Write to a file; - is standard output")
    /// An option.
    public static let helpOverwrite = Text(zh: "替换已有文件", en: "Replace an existing file")
    /// An option.
    public static let helpQuiet = Text(zh: "不输出提示", en: "Say nothing beside the answer")
    /// An option.
    public static let helpNoProgress = Text(zh: "不显示进度", en: "Show no progress")
    /// A verb.
    public static let helpImport = Text(
        zh: "把文件读入楼宇库（没有则新建）", en: "Read files into the atlas, which is made if missing")
    /// A verb, at length.
    public static let helpImportDiscussion = Text(
        zh: """
            读取 GeoJSON、GeoJSONSeq（可 gzip）、JSON 数组、CSV、Shapefile、GeoPackage、OSM，以及高程瓦片 .hgt（可 zip）；其他格式需安装 ogr2ogr。
            每次导入要么全部生效，要么不变；坏记录连同位置与原因存入 rejected_record。
            例：louyu import 社区.csv --layer station --crs gcj02 --set kind=党群服务中心
            """,
        en: """
            Reads GeoJSON, GeoJSONSeq (also gzip), JSON arrays, CSV, Shapefile, GeoPackage,
            OSM, and tiles of elevation (.hgt, also in zip); others through ogr2ogr.
            An import takes effect as a whole or not at all; bad records are kept in rejected_record with place and reason.
            Example: louyu import clinics.json --layer station --crs gcj02 --set kind=clinic
            """)
    /// An argument.
    public static let helpFiles = Text(zh: "文件；- 为标准输入", en: "Files; - is standard input")
    /// An option.
    public static let helpLayer = Text(
        zh: "图层：building 楼宇、boundary 辖区、zone 片区、station 站点、street 道路、water 水域",
        en: "Layer: building, boundary, zone, station, street, water")
    /// An option.
    public static let helpCRS = Text(
        zh: "数据的坐标系：wgs84、gcj02（高德、腾讯）、bd09（百度）、cgcs2000、EPSG:n",
        en: "CRS of the data: wgs84, gcj02 (Amap, Tencent), bd09 (Baidu), cgcs2000, EPSG:n")
    /// An option.
    public static let helpMap = Text(zh: "列=源字段，可多个", en: "column=field of the source; repeats")
    /// An option.
    public static let helpSet = Text(zh: "列=固定值，可多个", en: "column=constant; repeats")
    /// An option.
    public static let helpKey = Text(zh: "作为编号的源字段，可多个", en: "Fields of the source that make up the ref")
    /// An option.
    public static let helpSync = Text(
        zh: "源文件不再有的记录标为终止（不删除）", en: "Mark records ended that the source no longer holds (never delete)")
    /// An option.
    public static let helpLevel = Text(
        zh: "辖区层级：province、city、district、subdistrict、community、grid",
        en: "Level of boundaries: province, city, district, subdistrict, community, grid")
    /// An option.
    public static let helpOnInvalid = Text(
        zh: "遇到无效图形：repair 修复、reject 拒收、abort 停止（默认 repair）",
        en: "Invalid geometry: repair, reject, or abort (default: repair)")
    /// An option.
    public static let helpPromote = Text(zh: "把附加属性变为正式列", en: "Make real columns of attributes")
    /// An option.
    public static let helpDryRun = Text(zh: "只看结果，不保存", en: "Show what would happen and keep nothing")
    /// A verb.
    public static let helpInfo = Text(
        zh: "楼宇库里有什么：图层、数量、范围、来源、健康状况", en: "What the atlas holds: layers, counts, extent, sources, health")
    /// A verb.
    public static let helpFind = Text(zh: "按名称、别名、地址或其中几个字查找", en: "Find by name, alias or address, or part of one")
    /// An argument.
    public static let helpFindText = Text(
        zh: "要找的文字，两个汉字即可", en: "The text to look for; two Chinese characters will do")
    /// An option.
    public static let helpTop = Text(zh: "最多几个", en: "At most so many")
    /// A verb.
    public static let helpNear = Text(
        zh: "附近有什么，按真实距离（米）由近到远", en: "What is near a place, nearest first, in true metres")
    /// A verb, at length.
    public static let helpNearDiscussion = Text(
        zh: """
            距离从轮廓边缘量起，按 WGS 84 椭球面计算。默认最近 10 个；给出 --within 则为范围内全部。
            站点按类别服务：有多个类别时，须用 --kind 选定一类。
            例：louyu near 环球金融中心 --kind 党群服务中心 --top 3
            """,
        en: """
            Distances are geodesics on WGS 84 between the nearest edges. 10 nearest; with --within, all within.
            A station serves by its kind: where there are several kinds, --kind picks one.
            Example: louyu near 106.5759,29.5567 --kind clinic --top 3
            """)
    /// An argument.
    public static let helpPlace = Text(
        zh: "地点：经度,纬度、标识、编号或名称", en: "A place: lon,lat, an id, a ref or a name")
    /// An option.
    public static let helpWithin = Text(zh: "距离之内：500、500m、1.2km", en: "Within a distance: 500, 500m, 1.2km")
    /// An option.
    public static let helpWhere = Text(
        zh: "条件（CQL2 文本），可用列名或中文列名：storeys > 20 AND 用途 = '办公'",
        en: "Condition in CQL2 text over column names or Chinese titles: storeys > 20 AND use = 'office'")
    /// An option.
    public static let helpIn = Text(
        zh: "限于辖区或片区，可重复（取并集）；辖区以过半面积在内为准",
        en: "Only within a boundary or zone; repeats (union); boundaries by more than half of their ground")
    /// An option.
    public static let helpKind = Text(zh: "站点（或片区）的类别", en: "Kind of stations, or of zones")
    /// An option.
    public static let helpNearLayer = Text(
        zh: "图层：building 楼宇、station 站点 …（默认 building；有 --kind 时为 station）",
        en: "Layer: building, station … (default: building; station with --kind)")
    /// A verb.
    public static let helpLocate = Text(
        zh: "属地查询：所在楼宇、逐级辖区、片区", en: "The building at a place, its chain of boundaries, its zones")
    /// A verb.
    public static let helpList = Text(zh: "列出图层的记录，或按辖区汇总", en: "Rows of a layer, or totals per boundary")
    /// A verb, at length.
    public static let helpListDiscussion = Text(
        zh: "汇总时每条记录只计入一个辖区，合计不重不漏。例：louyu list building --per subdistrict --sum 建筑面积",
        en:
            "In totals every record counts in exactly one boundary. Example: louyu list building --per subdistrict --sum floor_area_m2"
    )
    /// An option.
    public static let helpSort = Text(zh: "排序列；前加 - 为降序", en: "Column to sort by; with - before it, descending")
    /// An option.
    public static let helpDescending = Text(zh: "降序", en: "Descending")
    /// An option.
    public static let helpColumns = Text(zh: "显示的列", en: "Columns to show")
    /// An option.
    public static let helpPer = Text(zh: "按哪一级辖区汇总", en: "Totals per boundary of this level")
    /// An option.
    public static let helpSum = Text(
        zh: "汇总的列；写成文字的数字也计入", en: "Columns to sum; texts that say a number count")
    /// A verb.
    public static let helpAdjacent = Text(
        zh: "毗邻：与谁接壤，陆接、桥连、隔水还是点接；楼宇则为相邻",
        en: "Who borders whom, and how: by land, by bridge, across water, at a corner")
    /// A verb, at length.
    public static let helpAdjacentDiscussion = Text(
        zh: """
            公共边界：两条轮廓相距不超过 --tolerance 的部分。楼宇：共墙与间隙。
            例：louyu adjacent 渝中区 --level district --tolerance 100m；louyu adjacent --layer building --all
            """,
        en: """
            The shared border is where two outlines run within --tolerance of each other. Buildings: party walls and gaps.
            Example: louyu adjacent 渝中区 --level district --tolerance 100m; louyu adjacent --layer building --all
            """)
    /// An option.
    public static let helpAdjacentLayer = Text(
        zh: "图层：boundary、zone 或 building", en: "Layer: boundary, zone or building")
    /// An option.
    public static let helpAdjacentLevel = Text(
        zh: "邻居的层级（默认与本级相同）", en: "Level of the neighbours (default: the place's own)")
    /// An option.
    public static let helpTolerance = Text(
        zh: "两条界线相距多远仍算同一条（默认 1m）", en: "How far apart two outlines still are one border (default: 1m)")
    /// An option.
    public static let helpGap = Text(zh: "楼宇间隙上限（默认 0.5m）", en: "Largest gap between buildings (default: 0.5m)")
    /// An option.
    public static let helpAll = Text(zh: "全部配对", en: "All pairs")
    /// A verb.
    public static let helpCheck = Text(
        zh: "检查：无效图形、辖区缝隙与重叠、重复、无属地；无输出即健康",
        en: "Bad geometry, gaps and overlaps, duplicates, unlocated; empty means healthy")
    /// A verb.
    public static let helpRepair = Text(zh: "修复无效图形，并报告面积变化", en: "Mend bad geometry and tell what changed")
    /// An option.
    public static let helpCheckLayer = Text(zh: "只处理这一图层", en: "Only this layer")
    /// A verb.
    public static let helpExport = Text(
        zh: "把图层导出为 GeoJSON（RFC 7946）或其他格式", en: "A layer as GeoJSON (RFC 7946) or another format")
    /// A verb, at length.
    public static let helpExportDiscussion = Text(
        zh: "格式由 --format 或文件名决定：.geojson、.geojsonl、.csv、.xlsx、.gpkg、.shp、.fgb、.kml。"
            + "例：louyu export building --in 大溪沟街道 --crs cgcs2000-gk --encoding gbk -o 楼宇.shp",
        en:
            "The format follows --format or the ending: .geojson, .geojsonl, .csv, .xlsx, .gpkg, .shp, .fgb, .kml. "
            + "Example: louyu export building --crs cgcs2000-gk -o b.shp"
    )
    /// An option.
    public static let helpBox = Text(zh: "范围：西,南,东,北（经纬度）", en: "Box: west,south,east,north in degrees")
    /// An option.
    public static let helpWithBox = Text(
        zh: "在 GeoJSON 中写出 bbox", en: "Write the bbox of every feature and of the whole into GeoJSON")
    /// An option.
    public static let helpExportCRS = Text(
        zh: "输出坐标系：wgs84、cgcs2000、EPSG:编号，或 cgcs2000-gk（按数据所在三度带，横坐标不带带号）；默认 WGS 84",
        en: "CRS to write in: wgs84, cgcs2000, EPSG:n, or cgcs2000-gk (the 3-degree zone of the data, eastings without "
            + "the zone's number); default WGS 84")
}
