public import Messages
import Reach
public import Store

/// Coverage that is tried out: stations come, go and move, and the counts
/// follow at once, without starting over.
///
/// The answer is that of one state of the file, when it was begun. Not for two
/// threads at once.
///
/// ```swift
/// let trial = try CoverageTrial(atlas, query)
/// let station = try trial.add(.position(LonLat(106.55, 29.56)))
/// print(trial.total.reached)
/// trial.remove(station)
/// ```
public final class CoverageTrial {
    /// The boundaries by ref; the last one stands for none. Who is reached
    /// only across a border is not counted.
    public private(set) var counts: [CoverageCount]
    /// The boundaries of `counts`.
    public let boundaries: [StoredFeature?]
    /// The stations by their numbers; `nil` where there is none any more.
    public private(set) var stations: [Place?]

    private let survey: CoverageSurvey
    private let access: PlaceAccess
    private let standing: StandingCoverage
    private let storeys: StoreyTicks

    /// Begins with the stations of a question.
    ///
    /// - Parameters:
    ///   - atlas: the atlas.
    ///   - query: on foot; the plain circle needs no trial.
    /// - Throws: `Failure`, as `Atlas.coverage` does.
    /// - Complexity: as `Atlas.coverage`.
    public init(_ atlas: Atlas, _ query: CoverageQuery) throws(Failure) {
        var query = query
        query.means = .walk
        (survey, access, standing, stations) = try atlas.file.snapshot {
            let parts = try WalkingParts(atlas)
            let survey = try CoverageSurvey(atlas, query)
            let stations = try parts.stations(query.stations, without: query.removed, with: query.added)
            let places = PlacesOnNetwork(
                survey.buildings.footholds, on: try parts.network(query.walking), query.walking.direction)
            return (
                survey, try parts.placeAccess(),
                StandingCoverage(places, stations: stations.footholds, limitTicks: query.limitTicks), stations.places
            )
        }
        storeys = StoreyTicks(survey.buildings, query.walking)
        boundaries = survey.boundaries.map(Optional.some) + [nil]
        counts = boundaries.map { _ in CoverageCount() }
        for building in 0..<survey.buildings.count where survey.isAsked(building) {
            survey.count(building, into: &counts)
            if isReached(building, standing.station(of: building)) { survey.countReached(building, 1, into: &counts) }
        }
    }

    /// The sum of all boundaries.
    public var total: CoverageCount { counts.reduce(into: CoverageCount()) { $0.add($1) } }

    /// Adds a station.
    ///
    /// - Returns: its number.
    /// - Throws: `Failure` with `.notFound` where nobody can walk to it.
    /// - Complexity: O(what it is nearest to).
    @discardableResult
    public func add(_ place: Place) throws(Failure) -> Int {
        let foothold = try foothold(place)
        stations.append(place)
        follow(standing.add(foothold))
        return stations.count - 1
    }

    /// Removes a station; its number is not used again.
    ///
    /// - Complexity: O(what it is nearest to).
    public func remove(_ station: Int) {
        stations[station] = nil
        follow(standing.remove(station))
    }

    /// Puts a station elsewhere.
    ///
    /// - Throws: `Failure` with `.notFound` where nobody can walk to it.
    /// - Complexity: O(what it is nearest to, here and there).
    public func move(_ station: Int, to place: Place) throws(Failure) {
        let foothold = try foothold(place)
        stations[station] = place
        follow(standing.move(station, to: foothold))
    }

    private func foothold(_ place: Place) throws(Failure) -> Foothold {
        let (foothold, obstacle) = access.access(of: place)
        guard let foothold else {
            throw Failure(.notFound, .unreachable(place.name, .obstacle(obstacle.word)), hint: .lookAtStreets)
        }
        return foothold
    }

    private func follow(_ changes: [ChangedPlace]) {
        for change in changes {
            let building = Int(change.place)
            guard survey.isAsked(building) else { continue }
            let (before, after) = (isReached(building, change.before), isReached(building, change.after))
            if before != after { survey.countReached(building, after ? 1 : -1, into: &counts) }
        }
    }

    private func isReached(_ building: Int, _ station: StationTicks?) -> Bool {
        station.map { Int($0.ticks) + Int(storeys.ticks(of: building)) <= Int(standing.limitTicks) } ?? false
    }
}
