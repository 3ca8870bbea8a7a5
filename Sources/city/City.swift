import Foundation
import Messages

/// Makes invented cities.
@main
enum City {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let language = Request.language(arguments, environment: ProcessInfo.processInfo.environment)
        do {
            switch try Request(arguments) {
            case .help: print(Text.cityHelp[language])
            case .make(let order): try make(order, language)
            }
        } catch let failure as Failure {
            stop(failure, language)
        } catch {
            stop(Failure(.software, .unexpected("\(error)")), language)
        }
    }

    private static func make(_ order: Request.Order, _ language: Language) throws {
        let folder = try Folder(order.folder, mayOverwrite: order.mayOverwrite)
        var writer = try CityWriter(
            seed: order.seed, buildingCount: order.buildings, folder: folder, hasLedgers: order.hasLedgers)
        try writer.write()
        say(Text.cityMade(Words.city, buildings: order.buildings, folder: order.folder)[language])
    }

    private static func say(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }

    private static func stop(_ failure: Failure, _ language: Language) -> Never {
        say((language == .zh ? "错误：" : "error: ") + failure.line(in: language))
        exit(failure.code.rawValue)
    }
}
