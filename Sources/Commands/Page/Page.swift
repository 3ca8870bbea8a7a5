import Atlas
import Messages

/// An answer as it is printed: sheets of A4 that are read without the program.
struct Page {
    /// What stands at the top.
    let title: Text
    /// What was asked, in words; `nil` where the title says it.
    let question: Text?
    /// What else was said of it: areas, conditions.
    var terms: [(name: Text, value: Text)] = []
    /// One record with the names of its columns.
    var record: [(name: Text, value: String)] = []
    /// The answer in sentences, before its tables.
    var findings: [Text] = []
    /// The map; `nil` where there is none.
    private(set) var map: MapDrawing?
    /// The tables.
    var tables: [PageTable] = []
    /// Whether all has to fit on one sheet: rows are narrow, and the last
    /// table stands beside the others.
    var isCompact = false
    /// Where the data came from.
    var provenance = PageProvenance()
    /// What stands on every sheet.
    var notices = Publication.notices
    /// The office that answers for it; `nil` to be filled in by hand.
    var office = Publication.office

    init(_ title: Text, _ question: Text? = nil) {
        self.title = title
        self.question = question
    }

    /// The sheets that the tables ask for.
    var paper: Paper { paper(for: tables.map(\.layout)) }

    /// The sheets that the layouts of the tables ask for.
    func paper(for layouts: [PageTable.Layout]) -> Paper {
        !isCompact && layouts.contains { $0.width > Paper.upright.characters } ? .lying : .upright
    }

    /// Draws the map of some layers and tells where the data came from; called
    /// when the tables are complete.
    ///
    /// - Parameters:
    ///   - layers: what the map shows, the lowest first.
    ///   - atlas: what lies under them.
    ///   - height: the height of the map in millimetres, where it is given.
    /// - Throws: `Failure`.
    mutating func draw(_ layers: [MapLayer], of atlas: Atlas, height: Int? = nil) throws {
        let paper = paper
        let most = paper.mapMillimeters
        let heights = height.map { $0...$0 } ?? (most * 6 / 10)...most
        map = try MapDrawing(layers, atlas, width: paper.contentMillimeters, heights: heights)
        provenance = try PageProvenance(atlas)
    }
}

/// Which data a page was made of, and when.
struct PageProvenance {
    /// The day of the page.
    var date = PageDate.today
    /// The imports behind the atlas, or the files that were read.
    var sources: [String] = []
    /// The state of the atlas; `nil` without one.
    var dataVersion: Int?

    init(sources: [String] = []) { self.sources = sources }

    /// What an atlas remembers of its imports: each file, or where files are
    /// not told each layer, once, with the day of its last import.
    init(_ atlas: Atlas) throws {
        let (imports, version) = try atlas.provenance()
        var days: [(file: String, day: String)] = []
        for source in imports {
            let file =
                source.file.split(separator: "/").last.map(String.init)
                ?? AtlasPart.named(source.layer)?.title.spoken ?? source.layer
            days.removeAll { $0.file == file }
            days.append((file, String(source.importedAt.prefix(10))))
        }
        let told = days.suffix(Self.mostSources)
        let isOneDay = Set(told.map(\.day)).count == 1
        sources = days.count > told.count ? ["…"] : []
        for (file, day) in told {
            sources.append(isOneDay && file != told.last?.file ? file : Text.importedOn(file, day).spoken)
        }
        dataVersion = version
    }

    private static let mostSources = 8
}
