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
            subcommands: [
                ImportCommand.self, InfoCommand.self, FindCommand.self, NearCommand.self, LocateCommand.self,
                ListCommand.self, AdjacentCommand.self, CheckCommand.self, RepairCommand.self, ExportCommand.self,
            ])
    }
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
        let arguments = prepared(Array(CommandLine.arguments.dropFirst()))
        if arguments.contains("--json-usage") {
            print(CommandTree.json(LouyuCommand.self))
            exit(0)
        }
        do {
            var command = try LouyuCommand.parseAsRoot(arguments)
            try command.run()
            exit(0)
        } catch {
            ErrorReport(error, arguments: arguments).finish()
        }
    }

    /// Numbers that begin with a minus sign are values, not options: a space
    /// before them tells the parser so, and is cut off again where they are read.
    static func prepared(_ arguments: [String]) -> [String] {
        arguments.map { argument in
            guard argument.first == "-", let second = argument.dropFirst().first else { return argument }
            return second.isNumber || second == "." ? " " + argument : argument
        }
    }
}
