import Messages
import Reach
import Spatial
import Store

/// The sites of a question, numbered: where a new station may stand, by ref,
/// then the stations there are already, by ref.
struct SiteSet {
    /// A site.
    struct Site {
        /// Its record's ref, or the position.
        let name: String
        /// Its row, read when it is needed; `nil` for a place that is none.
        let row: (layer: Layer, fid: Int64)?
        /// The place of a site that is no row of the layer of buildings.
        let place: Place?
        /// Where it meets the network.
        let foothold: Foothold?
        /// How much it can serve, where the question asks.
        var capacity: Double?
        /// What it costs, where the question asks.
        var cost: Double?
    }

    /// All sites, new ones first.
    var sites: [Site] = []
    /// How many of them are new.
    var candidateCount = 0
    /// Candidates that nobody can walk to.
    var unplacedCount = 0
    /// Candidates that do not tell what they cost, or how much they can serve.
    var untoldCount = 0
    /// Stations that nobody can walk to.
    var unplacedStations: [(station: StoredFeature, reason: Obstacle)] = []

    /// What the user should know.
    var notes: [Text] = []

    /// The stations there are already.
    var kept: Range<Int> { candidateCount..<sites.count }
}

/// Collects the sites of a question.
struct SiteCollector {
    let atlas: Atlas
    let parts: WalkingParts
    let request: SiteRequest

    /// The sites, each row and each position once.
    func collect() throws(Failure) -> SiteSet {
        var set = SiteSet()
        let kept = request.isFromScratch ? [] : try atlas.list(.station, filter: request.stations)
        let candidates: [SiteSet.Site]
        switch request.candidates {
        case .buildings(let expression):
            var filter = RecordFilter()
            filter.areas = request.demand.areas
            filter.expression = expression
            candidates = try buildings(filter)
        case .stations(var filter):
            filter.areas = filter.areas.isEmpty ? request.demand.areas : filter.areas
            let own = Set(kept.map(\.fid))
            candidates = try atlas.list(.station, filter: filter).filter { !own.contains($0.fid) }
                .map { feature throws(Failure) in try site(.feature(feature), feature.ref) }
        case .file(let path):
            let file = try PlaceFile(atlas, path: path).places()
            set.notes += file.notes
            let once = Self.once(file.places, besides: kept)
            if once.count < file.places.count { set.notes.append(.repeatedCandidates(file.places.count - once.count)) }
            candidates = try once.map { named throws(Failure) in try site(named.place, named.name) }
        }
        set.add(candidates, asks: (request.capacity != nil, request.siteCost != nil))
        let stations = try parts.stations(at: kept.map(Place.feature), means: .walk)
        set.unplacedStations = stations.unplaced(try parts.connectedParts())
        var sites: [SiteSet.Site] = []
        for feature in kept { sites.append(try site(.feature(feature), feature.ref, isKept: true)) }
        set.sites += sites.sorted { $0.name < $1.name }
        let unlimited = request.capacity == nil ? 0 : sites.count { $0.capacity == nil }
        if unlimited > 0 { set.notes.append(.unlimitedStations(unlimited)) }
        return set
    }

    /// The places of a file, the first of each row and position, without the
    /// stations that are kept.
    private static func once(_ places: [PlaceFile.NamedPlace], besides kept: [StoredFeature]) -> [PlaceFile.NamedPlace]
    {
        var rows = Set(kept.map(\.id))
        var positions: Set<LonLat> = []
        return places.filter { named in
            switch named.place {
            case .feature(let feature): rows.insert(feature.id).inserted
            case .position(let position): positions.insert(position).inserted
            }
        }
    }

    /// A place that is no row of buildings, or one of few.
    private func site(_ place: Place, _ name: String, isKept: Bool = false) throws(Failure) -> SiteSet.Site {
        try place.checkForWalking()
        let access = try parts.access(of: place)
        var row: (Layer, Int64)?
        if case .feature(let feature) = place { row = (feature.layer, feature.fid) }
        return SiteSet.Site(
            name: name, row: row, place: place, foothold: access.foothold,
            capacity: try request.capacity.flatMap { amount throws(Failure) in
                try value(amount, of: place, isKept: isKept)
            },
            cost: isKept
                ? nil
                : try request.siteCost.flatMap { amount throws(Failure) in try value(amount, of: place, isKept: false) }
        )
    }

    /// What a place is said to have. A station that is kept may be of another
    /// layer than the candidates, and without the column.
    private func value(
        _ amount: SiteRequest.Amount, of place: Place, isKept: Bool
    ) throws(Failure) -> Double? {
        if case .number(let number) = amount { return number }
        guard case .feature(let feature) = place else { return nil }
        do {
            return try NumberColumn(amount, of: feature.layer, atlas).value(of: feature)
        } catch {
            // What is not public is refused, of a kept station as well.
            guard isKept, case .column(let name) = amount, error.what == .noSuchColumn(name, feature.layer.title) else {
                throw error
            }
            return nil
        }
    }

    /// The buildings that a filter lets through: what a site needs of each,
    /// and no more.
    private func buildings(_ filter: RecordFilter) throws(Failure) -> [SiteSet.Site] {
        let table = try parts.places(.building)
        let capacity = try request.capacity.map { amount throws(Failure) in
            try NumberColumn(amount, of: .building, atlas)
        }
        let cost = try request.siteCost.map { amount throws(Failure) in
            try NumberColumn(amount, of: .building, atlas)
        }
        var sites: [SiteSet.Site] = []
        let query = FeatureQuery(.building, condition: try atlas.condition(filter, layer: .building))
        try atlas.file.forEachBatch(query) { batch in
            try Cancellation.check()
            let ref = batch.keys.firstIndex(of: "ref")
            for record in batch.records {
                guard case .record(let fid) = record.position, let index = table.index(of: Int64(fid)) else { continue }
                var name = "building/\(fid)"
                for field in batch.fields[record.fields] where field.key == ref {
                    if case .text(let range) = field.value { name = batch.string(range) }
                }
                sites.append(
                    SiteSet.Site(
                        name: name, row: (.building, Int64(fid)), place: nil, foothold: table.footholds[index],
                        capacity: capacity?.value(of: record, in: batch), cost: cost?.value(of: record, in: batch)))
            }
        }
        return sites
    }
}

extension SiteSet {
    /// Adds candidates by ref; those that nobody can walk to, and those that do
    /// not tell what is asked, are only counted.
    fileprivate mutating func add(_ candidates: [Site], asks: (capacity: Bool, cost: Bool)) {
        for site in candidates.sorted(by: { $0.name < $1.name }) {
            if site.foothold == nil {
                unplacedCount += 1
            } else if asks.capacity && site.capacity == nil || asks.cost && site.cost == nil {
                untoldCount += 1
            } else {
                sites.append(site)
            }
        }
        candidateCount = sites.count
    }
}

/// A number of every record: always the same, or what a column says.
struct NumberColumn {
    private let number: Double?
    private let column: String?

    /// - Throws: `Failure` with `.usage` for an unknown column.
    init(_ amount: SiteRequest.Amount, of layer: Layer, _ atlas: Atlas) throws(Failure) {
        switch amount {
        case .number(let number): (self.number, column) = (number, nil)
        case .column(let name): (number, column) = (nil, try atlas.reckonedProperty(name, of: layer).name)
        }
    }

    /// The number; `nil` where the record tells none, or one below 0.
    func value(of record: FeatureBatch.Record, in batch: FeatureBatch) -> Double? {
        guard let column else { return number }
        guard let key = batch.keys.firstIndex(of: column) else { return nil }
        return Self.amount(batch.fields[record.fields].first { $0.key == key }?.value.number(in: batch))
    }

    /// The same of a feature.
    func value(of feature: StoredFeature) -> Double? {
        guard let column else { return number }
        return Self.amount(feature[column]?.number)
    }

    private static func amount(_ value: Double?) -> Double? { value.flatMap { $0 >= 0 && $0.isFinite ? $0 : nil } }
}
