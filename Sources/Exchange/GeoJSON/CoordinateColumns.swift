import Messages
import Spatial

/// Which fields of a table hold longitude and latitude.
struct CoordinateColumns {
    /// Why a record's coordinates make no point.
    struct Problem: Error {
        let reason: Text
    }

    private enum Role { case longitude, latitude, both, none }

    private var roles: [Role] = []

    /// Learns the names that are new.
    mutating func take(_ keys: [String]) {
        for key in keys.dropFirst(roles.count) { roles.append(Self.role(of: key.lowercased())) }
    }

    /// Whether a field holds coordinates.
    func isCoordinate(_ key: Int) -> Bool { roles[key] != .none }

    private static func role(of name: String) -> Role {
        switch name {
        case "lon", "lng", "long", "longitude", "经度", "x": .longitude
        case "lat", "latitude", "纬度", "y": .latitude
        case "lonlat", "lnglat": .both
        default: .none
        }
    }

    /// The point of the only record of a batch; `nil` where it has none.
    func point(in batch: FeatureBatch, checksDegrees: Bool) -> Result<LonLat?, Problem> {
        guard let (longitude, latitude) = values(in: batch) else { return .success(nil) }
        guard let x = Self.number(longitude), let y = Self.number(latitude) else {
            return .failure(Problem(reason: .coordinateIsNoNumber))
        }
        if checksDegrees {
            guard abs(y) <= 90 else { return .failure(Problem(reason: .latitudeOutOfRange(y))) }
            guard abs(x) <= 360 else { return .failure(Problem(reason: .longitudeOutOfRange(x))) }
        }
        return .success(LonLat(x, y))
    }

    private func values(in batch: FeatureBatch) -> (Attribute, Attribute)? {
        var found: [Role: Attribute] = [:]
        for field in batch.fields where roles[field.key] != .none && found[roles[field.key]] == nil {
            let value = batch.attribute(field.value)
            if value != .null { found[roles[field.key]] = value }
        }
        if let longitude = found[.longitude], let latitude = found[.latitude] { return (longitude, latitude) }
        guard case .text(let pair) = found[.both] else {
            // Half a position is no position, but it is something.
            return found.values.first.map { ($0, .null) }
        }
        let parts = pair.split(separator: ",", omittingEmptySubsequences: false)
        return parts.count == 2 ? (.text(String(parts[0])), .text(String(parts[1]))) : (.text(pair), .null)
    }

    private static func number(_ attribute: Attribute) -> Double? {
        let value: Double? =
            switch attribute {
            case .integer(let value): Double(value)
            case .real(let value): value
            case .text(let text): Double(text.split(separator: " ").joined())
            default: nil
            }
        return value.flatMap { $0.isFinite ? $0 : nil }
    }
}
