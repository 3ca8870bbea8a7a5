import Atlas
import Foundation
import Messages
import Synchronization

/// The time that files note as that of their making, chosen so that the same
/// question gives the same bytes.
enum FileClock {
    /// What `SOURCE_DATE_EPOCH` (seconds since 1970) says.
    static var told: Date? {
        Environment.value("SOURCE_DATE_EPOCH").flatMap(Int64.init).flatMap { seconds in
            abs(seconds) < 100_000_000_000 ? Date(timeIntervalSince1970: Double(seconds)) : nil
        }
    }

    /// What was told, else when the atlas that answers was changed last, else the present.
    static var moment: Date { told ?? lastChange.withLock { $0 } ?? .now }

    private static let lastChange = Mutex<Date?>(nil)

    /// Takes the time of an atlas whose answer goes to a file that notes one.
    static func follow(_ atlas: Atlas, answeringIn format: AnswerFormat) throws(Failure) {
        switch format {
        case .gpkg, .shp, .xlsx:
            let moment = try atlas.file.lastChange()
            lastChange.withLock { $0 = moment }
        case .table, .json, .geojson, .geojsonseq, .csv, .fgb, .kml, .html: break
        }
    }
}
