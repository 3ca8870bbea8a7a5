import ArgumentParser
import Atlas
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

    /// Metres: `500`, `500m`, `1.2km`, `500米`, `1.2公里`.
    static func parseMeters(_ text: String, option: String) throws -> Double {
        let plain = text.trimmed.lowercased()
        let unit = lengthUnits.first { plain.hasSuffix($0.name) }
        guard let value = Double(plain.dropLast(unit?.name.count ?? 0).trimmed), value.isFinite, value >= 0 else {
            throw ValidationError(Text.badDistance(option, text.trimmed).spoken)
        }
        return value * (unit?.meters ?? 1)
    }

    private static let lengthUnits = [
        (name: "km", meters: 1000.0), (name: "公里", meters: 1000), (name: "千米", meters: 1000),
        (name: "m", meters: 1), (name: "米", meters: 1),
    ]
}
