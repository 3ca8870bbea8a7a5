import ArgumentParser
import Foundation
import Messages

/// The program: verbs over one atlas.
struct LouyuCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "louyu",
            abstract: Text.helpLouyu.spoken,
            discussion: Text.helpLouyuDiscussion.spoken,
            version: Version.text,
            subcommands: verbs.map(\.command))
    }

    /// What the first word may be.
    fileprivate static var verbNames: [String] { verbs.map(\.name) + ["help"] }

    /// The verb that arguments begin with; `nil` where they begin with none.
    static func verb(of arguments: [String]) -> String? {
        verbs.first { $0.name == arguments.first }?.name
    }

    /// The verbs and their names.
    static let verbs: [(name: String, command: any ParsableCommand.Type)] = [
        ("import", ImportCommand.self), ("info", InfoCommand.self), ("find", FindCommand.self),
        ("near", NearCommand.self), ("locate", LocateCommand.self), ("list", ListCommand.self),
        ("adjacent", AdjacentCommand.self), ("reach", ReachCommand.self),
        ("coverage", CoverageCommand.self), ("border", BorderCommand.self), ("site", SiteCommand.self),
        ("page", PageCommand.self), ("check", CheckCommand.self),
        ("repair", RepairCommand.self),
        ("export", ExportCommand.self), ("configure", ConfigureCommand.self),
        ("add", AddCommand.self), ("set", SetCommand.self), ("end", EndCommand.self),
        ("history", HistoryCommand.self), ("diff", DiffCommand.self), ("undo", UndoCommand.self),
    ]
}

/// The version of the program.
enum Version {
    static let text = "0.1.0"
}

/// Runs the program.
public enum Program {
    /// Reads the process's arguments, answers, and exits with the status that
    /// docs/exit-codes.md lists.
    public static func main() -> Never {
        StandardStreams.fillClosed()
        let arguments = prepared(Array(CommandLine.arguments.dropFirst()))
        do {
            if arguments.contains("--json-usage") {
                try StandardOutput.write(line: CommandTree.json(LouyuCommand.self))
                exit(0)
            }
            if let verb = arguments.first, verb.first?.isLetter == true, !LouyuCommand.verbNames.contains(verb) {
                throw Failure(
                    .usage, .noSuchVerb(verb), hint: .knownVerbs(LouyuCommand.verbNames.joined(separator: ", ")))
            }
            var command = try parsed(arguments)
            try Publication.run(&command, arguments)
            exit(0)
        } catch {
            ErrorReport(error, arguments: arguments).finish()
        }
    }

    /// The command that the arguments ask for.
    ///
    /// A verb that comes first is parsed alone, which saves building the tree
    /// of all verbs; whatever that cannot parse, the whole tree explains.
    private static func parsed(_ arguments: [String]) throws -> any ParsableCommand {
        if let verb = LouyuCommand.verbs.first(where: { $0.name == arguments.first }),
            let command = try? verb.command.parse(Array(arguments.dropFirst()))
        {
            return command
        }
        return try LouyuCommand.parseAsRoot(arguments)
    }

    /// Options of all verbs that come before the verb, moved behind it;
    /// without a verb they have nothing to say.
    static func verbFirst(_ arguments: [String]) -> [String] {
        let flags = ["--quiet", "-q", "--no-progress", "--overwrite"]
        let valued = ["--atlas", "--lang", "--format", "--output", "-o"]
        var count = 0
        while count < arguments.count {
            let argument = arguments[count]
            if flags.contains(argument) || valued.contains(where: { argument.hasPrefix($0 + "=") }) {
                count += 1
            } else if valued.contains(argument) {
                count += 2
            } else {
                break
            }
        }
        guard count > 0, count <= arguments.count else { return arguments }
        guard count < arguments.count else { return [] }
        guard LouyuCommand.verbs.contains(where: { $0.name == arguments[count] }) else {
            return Array(arguments[count...])
        }
        return [arguments[count]] + arguments[..<count] + arguments[(count + 1)...]
    }

    /// `help VERB` as `VERB --help`, so that options of all verbs may stand beside it.
    static func helpLast(_ arguments: [String]) -> [String] {
        guard arguments.first == "help" else { return arguments }
        let asked = verbFirst(Array(arguments.dropFirst()))
        guard let verb = asked.first, verb.first != "-" else { return ["--help"] }
        return [verb, "--help"]
    }

    /// Numbers that begin with a minus sign are values, not options: a space
    /// before them tells the parser so, and is cut off again where they are read.
    static func prepared(_ arguments: [String]) -> [String] {
        helpLast(verbFirst(arguments)).map { argument in
            guard argument.first == "-", let second = argument.dropFirst().first else { return argument }
            return second.isNumber || second == "." ? " " + argument : argument
        }
    }
}
