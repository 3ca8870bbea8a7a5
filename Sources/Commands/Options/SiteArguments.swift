import ArgumentParser
import Atlas
import Foundation
import Messages

/// What a placement is to reach, as users write it.
enum GoalArgument: String, ExpressibleByArgument, CaseIterable {
    case cover, all, median, center

    /// The same for the atlas.
    var goal: PlacementProblem.Goal {
        switch self {
        case .cover: .cover
        case .all: .all
        case .median: .median
        case .center: .center
        }
    }
}

/// A share as users write it: `50%`, `0.5`.
struct ShareArgument: ExpressibleByArgument {
    /// 0 to 1.
    let share: Double

    init?(argument: String) {
        let text = argument.trimmed.replacing("％", with: "%")
        let isPercent = text.hasSuffix("%")
        guard let number = PlainNumber.value(isPercent ? text.dropLast() : text[...]) else { return nil }
        share = isPercent ? number / 100 : number
        guard share <= 1 else { return nil }
    }
}

/// A number of every site, as users write it: the same everywhere, or the
/// name of a column that tells it.
struct AmountArgument: ExpressibleByArgument {
    let amount: SiteRequest.Amount

    /// The number, where it is the same everywhere.
    var number: Double? {
        if case .number(let number) = amount { return number }
        return nil
    }

    init?(argument: String) {
        let text = argument.trimmed
        guard let first = text.first else { return nil }
        if let number = PlainNumber.value(text) {
            guard number.isFinite else { return nil }
            amount = .number(number)
        } else if first.isNumber || "-+.".contains(first) {
            return nil
        } else {
            amount = .column(text)
        }
    }
}

/// Seconds as users write them: `30`, `1.5`, `90s`.
struct SecondsArgument: ExpressibleByArgument {
    let seconds: Double

    init?(argument: String) {
        let text = argument.trimmed
        let digits = text.hasSuffix("s") ? text.dropLast() : text.hasSuffix("秒") ? text.dropLast() : text[...]
        guard let number = PlainNumber.value(digits), number > 0, number <= 1e8 else { return nil }
        seconds = number
    }
}

/// A number from 1 on.
struct CountArgument: ExpressibleByArgument {
    let count: Int

    init?(argument: String) {
        guard let count = Int(argument.trimmed), count >= 1 else { return nil }
        self.count = count
    }
}

/// A number from 0 on.
struct NumberArgument: ExpressibleByArgument {
    let number: Double

    init?(argument: String) {
        guard let number = PlainNumber.value(argument), number.isFinite else { return nil }
        self.number = number
    }
}

/// A weight column as users write it; some words stand for what the atlas
/// knows of every building.
struct WeightArgument: ExpressibleByArgument {
    let weight: SiteRequest.Weight

    init?(argument: String) {
        let text = argument.trimmed
        switch text.lowercased() {
        case "": return nil
        case "floor_area_m2", "floor_area", "建筑面积": weight = .floorArea
        case "residents", "居民": weight = .residents
        case "count", "buildings", "楼宇": weight = .buildings
        default: weight = .column(text)
        }
    }
}

/// Where stations may stand, as users write it: a file, `station` or
/// `station: CONDITION`, else a condition on buildings.
enum CandidatesArgument {
    /// The same for the atlas.
    ///
    /// - Throws: `Failure` with `.notFound` for what looks like a file that is
    ///   not there.
    static func parse(_ text: String) throws(Failure) -> SiteRequest.Candidates {
        let text = text.trimmed
        var isFolder: ObjCBool = false
        if text == "-" || FileManager.default.fileExists(atPath: text, isDirectory: &isFolder) {
            if isFolder.boolValue { throw Failure(.unusableInput, .isFolder(text), hint: .checkPath) }
            return .file(text)
        }
        if text == "station" { return .stations(RecordFilter()) }
        if let colon = text.firstIndex(where: { $0 == ":" || $0 == "：" }), text[..<colon].trimmed == "station" {
            var filter = RecordFilter()
            filter.expression = text[text.index(after: colon)...].trimmed
            return .stations(filter)
        }
        let ending = URL(filePath: text).pathExtension.lowercased()
        if fileEndings.contains(ending), !text.contains("=") {
            throw Failure(.notFound, .noSuchFile(text), hint: .checkPath)
        }
        return .buildings(text)
    }

    private static let fileEndings: Set = [
        "csv", "geojson", "json", "geojsonl", "geojsonseq", "ndjson", "gpkg", "shp", "txt", "gz",
    ]
}
