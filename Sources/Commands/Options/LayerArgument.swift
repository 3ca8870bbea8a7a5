import ArgumentParser
import Atlas
import Foundation
import Messages

/// Layers, levels and distances as users write them.
enum LayerArgument {
    /// The layer of a name.
    static func parse(_ text: String) throws -> Layer {
        guard let layer = Layer.named(text) else {
            throw Failure(.usage, .noSuchLayer(text), hint: .knownLayers(Layer.all.map(\.name).joined(separator: ", ")))
        }
        return layer
    }

    /// The layer that is named, or all of them where none is.
    static func layers(_ text: String?) throws -> [Layer] { try text.map { [try parse($0)] } ?? Layer.all }

    /// The level of a name.
    static func parseLevel(_ text: String, option: String) throws -> BoundaryLevel {
        guard let level = BoundaryLevel(text) else {
            let known = BoundaryLevel.allCases.map(\.rawValue).joined(separator: "|")
            throw ValidationError(Text.unknownChoice(option, text, known).spoken)
        }
        return level
    }

    /// Metres: `500`, `500m`, `1.2km`.
    static func parseMeters(_ text: String, option: String) throws -> Double {
        let plain = text.trimmingCharacters(in: .whitespaces).lowercased()
            .replacing("公里", with: "km").replacing("千米", with: "km").replacing("米", with: "m")
        let (number, factor) =
            plain.hasSuffix("km")
            ? (plain.dropLast(2), 1000.0) : plain.hasSuffix("m") ? (plain.dropLast(), 1.0) : (plain[...], 1.0)
        guard let value = Double(number.trimmingCharacters(in: .whitespaces)), value.isFinite, value >= 0 else {
            throw ValidationError(Text.badDistance(option, text.trimmingCharacters(in: .whitespaces)).spoken)
        }
        return value * factor
    }
}
