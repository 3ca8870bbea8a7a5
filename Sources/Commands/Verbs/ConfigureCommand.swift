import ArgumentParser
import Atlas
import Messages

/// `louyu configure`
struct ConfigureCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "configure", abstract: Text.helpConfigure.spoken,
            discussion: Text.helpConfigureDiscussion.spoken)
    }

    @Option(name: .customLong("class"), help: .says(.helpClass))
    var classes: [String] = []

    @Option(help: .says(.helpSecrecy))
    var secrecy: String?

    @Option(help: .says(.helpReviewNumber))
    var reviewNumber: String?

    @Option(help: .says(.helpOffice))
    var office: String?

    @OptionGroup var atlas: AtlasOption
    @OptionGroup var output: OutputOptions

    /// What takes a setting back.
    private static let none = "none"
    /// What gives a column the class of its name again.
    private static let usual = "default"

    func run() throws {
        try output.check(besides: [atlas.path])
        let classes = try classes.flatMap { $0.split(separator: ",") }.map { try ClassArgument(String($0)) }
        let secrecy = try secrecy.map(secrecyWord)
        let number = try reviewNumber.map(numberOfReview)
        let isChange = !classes.isEmpty || secrecy != nil || number != nil || office != nil
        if isChange {
            _ = try configureAtlas(atlas.path) { settings in
                for setting in classes {
                    settings.classes.configured[setting.layer.name, default: [:]][setting.column] = setting.class
                }
                if let secrecy { settings.secrecy = secrecy }
                if let number { settings.reviewNumber = number }
                if let office { settings.office = office == Self.none || office.isEmpty ? nil : office }
            }
        }
        let opened = try Atlas(path: atlas.path)
        try note(classes, opened)
        try write(opened)
    }

    private func secrecyWord(_ text: String) throws(Failure) -> String? {
        guard text != Self.none else { return nil }
        guard let secrecy = SecrecyClass(text) else { throw Failure(.usage, .badSecrecy(text), hint: .knownSecrecy) }
        return secrecy.rawValue
    }

    private func numberOfReview(_ text: String) throws(Failure) -> String? {
        guard text != Self.none else { return nil }
        guard let number = MapReviewNumber.normalized(text) else {
            throw Failure(.usage, .badReviewNumber(text), hint: .giveReviewNumber)
        }
        return number
    }

    /// One `--class LAYER.COLUMN=CLASS`.
    private struct ClassArgument {
        let layer: Layer
        let column: String
        /// `nil` for the class that the name gives.
        let `class`: ColumnClass?

        init(_ text: String) throws {
            guard let equals = text.lastIndex(of: "="), let dot = text[..<equals].firstIndex(of: "."),
                text.index(after: dot) < equals
            else { throw Failure(.usage, .badColumnClass(text), hint: .giveColumnClass) }
            let word = String(text[text.index(after: equals)...])
            layer = try LayerArgument.parse(String(text[..<dot]))
            let name = String(text[text.index(after: dot)..<equals])
            column = layer.column(name)?.name ?? name
            `class` = ColumnClass(rawValue: word)
            if `class` == nil && word != ConfigureCommand.usual {
                throw Failure(.usage, .badColumnClass(text), hint: .giveColumnClass)
            }
        }
    }

    private func note(_ classes: [ClassArgument], _ atlas: Atlas) throws {
        for setting in classes where setting.column != ColumnClasses.further {
            let columns = try atlas.file.columns(of: setting.layer)
            if try !columns.contains(setting.column)
                && !atlas.file.attributeNames(of: setting.layer).contains(setting.column)
            {
                output.note(.columnAwaited(setting.column, setting.layer.title))
            }
            if setting.class == .public, ColumnClasses.looksPersonal(setting.column) {
                output.note(.personalMadePublic(setting.column))
            }
        }
    }

    // MARK: What is set

    private func write(_ atlas: Atlas) throws {
        let settings = try atlas.file.publishingSettings()
        var rows: [AnswerRow] = []
        for layer in Layer.all {
            for (column, word) in try atlas.columnClasses(of: layer) {
                rows.append(
                    AnswerRow(
                        nil,
                        [
                            .init("layer", .layer, .text(layer.name), shown: layer.title.spoken),
                            .init("column", .column, .text(column)),
                            .init(
                                "class", .columnClass, .text(word.rawValue),
                                shown: Text.columnClass(word.rawValue).spoken),
                        ]))
            }
        }
        let object: [(String, JSONValue)] = settings.members + [("columns", .array(rows.map(\.json)))]
        try output.write(
            object: .object(object), table: settings.lines + "\n" + rows.table(in: Speech.language), rows: rows,
            title: .settingsTitle)
    }
}

extension PublishingSettings {
    /// What was declared, as members of JSON.
    var members: [(String, JSONValue)] {
        [
            ("secrecy", .optional(secrecy)), ("reviewNumber", .optional(reviewNumber)), ("office", .optional(office)),
        ]
    }

    /// What was declared, as people read it; `nil` where nothing was.
    var declared: [(name: Text, value: Text?)] {
        [
            (.secrecyTerm, secrecyClass?.title), (.reviewNumberTerm, reviewNumber.map { Text(zh: $0, en: $0) }),
            (.officeTerm, office.map { Text(zh: $0, en: $0) }),
        ]
    }

    /// The same as lines.
    var lines: String {
        declared.map { "\($0.name.spoken): \(($0.value ?? .undeclared).spoken)\n" }.joined()
    }
}
