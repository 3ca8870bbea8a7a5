import Foundation
import Messages
import Spatial
import Store

/// A file that names places: features of any format, or records without
/// geometry that name rows of the atlas by ref, id or name.
struct PlaceFile {
    /// A place and what the file calls it.
    struct NamedPlace {
        let name: String
        let place: Place
    }

    private let atlas: Atlas
    private let path: String

    init(_ atlas: Atlas, path: String) {
        self.atlas = atlas
        self.path = path
    }

    /// The places in the order of the file.
    ///
    /// - Returns: the places, and what the user should know.
    /// - Throws: `Failure`: `.notFound` for a row that the atlas does not
    ///   hold, `.unusableInput` for a record that says neither.
    func places() throws(Failure) -> (places: [NamedPlace], notes: [Text]) {
        do {
            return try read()
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(.inputOutput, .readFailed(path, error.localizedDescription))
        }
    }

    private func read() throws -> (places: [NamedPlace], notes: [Text]) {
        try GEOSLibrary.open()
        var options = ImportOptions()
        options.layer = .station
        options.fileName = path
        let columns = try atlas.file.columns(of: .station)
        let pipeline = ImportPipeline(path: path, options: options, columns: [Layer.station.name: columns])
        var places: [NamedPlace] = []
        var hasPositions = false
        let ending = try pipeline.run(asking: { try Cancellation.check() }) { batch in
            let read = positions(batch.records)
            hasPositions = hasPositions || !read.isEmpty
            places += read
            for rejection in batch.rejections { places.append(try row(rejection)) }
        }
        return (places, ending.isCRSAssumed && hasPositions ? [.positionsTakenAsWGS84(path)] : [])
    }

    private func positions(_ batch: FeatureBatch) -> [NamedPlace] {
        let key = batch.keys.firstIndex(of: "name")
        return batch.bytes.withUnsafeBytes { bytes in
            batch.records.compactMap { record in
                let wkb = UnsafeRawBufferPointer(rebasing: bytes[record.geometry])
                guard let position = (try? Geometry.representativePoint(wkb: wkb)) ?? nil else { return nil }
                let place = Place.position(position)
                for field in batch.fields[record.fields] where field.key == key {
                    if case .text(let range) = field.value {
                        return NamedPlace(name: batch.string(range), place: place)
                    }
                }
                return NamedPlace(name: place.name, place: place)
            }
        }
    }

    /// The row that a record without geometry names.
    private func row(_ rejection: Rejection) throws(Failure) -> NamedPlace {
        let record = try? JSONSerialization.jsonObject(with: Data(rejection.record.utf8)) as? [String: Any]
        guard rejection.reason == .noGeometry, let record else {
            throw Failure(.unusableInput, .badPlaceRecord(path, rejection.position.words, rejection.reason))
        }
        for name in Self.names {
            let text: String? =
                switch record[name] {
                case let text as String: text
                case let number as NSNumber: number.stringValue
                default: nil
                }
            guard let text, !text.trimmed.isEmpty else { continue }
            let feature = try atlas.feature(text, in: [.building, .station])
            return NamedPlace(name: feature.ref, place: .feature(feature))
        }
        throw Failure(
            .unusableInput, .badPlaceRecord(path, rejection.position.words, .noGeometry),
            hint: .placeFileColumns(Self.names.joined(separator: ", ")))
    }

    /// Columns that may name a row, best first.
    private static let names = ["ref", "id", "@id", "place", "name", "编号", "地点", "楼宇", "名称", "楼宇名称"]
}
