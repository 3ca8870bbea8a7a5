import Exchange
import Messages
import Spatial
import Store

/// Finds the record that a row is about, and never guesses: what is not plain
/// is for a person to decide.
///
/// In the order of what tells most (ref, code, name, address, position) the
/// first that names one record decides, if nothing else in the row speaks
/// for another. docs/spreadsheets.md has the rules.
struct LedgerJoiner {
    /// The layer.
    let layer: Layer
    /// Its records.
    var directory: LedgerDirectory
    /// The only thing to go by; `nil` for everything.
    let join: LedgerOptions.Join?
    private let change: AtlasChange

    /// A name may stand so far from its building's outline: entrances, gates.
    private static let sameNameMeters = 150.0
    /// Within this distance a nameless building may be the one that is meant.
    private static let nearbyMeters = 10.0
    /// From here on names differ by a slip.
    private static let alike = 0.85
    /// From here on they are worth a person's look.
    private static let resembling = 0.6
    private static let mostCandidates = 5

    init(_ layer: Layer, change: AtlasChange, join: LedgerOptions.Join?) throws {
        (self.layer, self.change, self.join) = (layer, change, join)
        directory = try LedgerDirectory(layer, of: change)
    }

    /// A row's words in the forms that are compared.
    private struct Search {
        let identity: LedgerIdentity
        let name: NameForms?
        let address: AddressForm?
        /// Records on the row's plot.
        let onPlot: [Int]

        init(_ identity: LedgerIdentity, _ directory: LedgerDirectory) {
            self.identity = identity
            name = identity.name.map { NameForms($0) }.flatMap { $0.isEmpty ? nil : $0 }
            address = identity.address.map { AddressForm($0) }.flatMap { $0.isEmpty ? nil : $0 }
            onPlot = address.map { directory.withAddress($0) } ?? []
        }
    }

    /// The record that a row is about.
    ///
    /// - Throws: a database error.
    func match(_ identity: LedgerIdentity) throws -> LedgerMatch {
        let search = Search(identity, directory)
        if let join { return try match(search, onlyBy: join) }
        if let match = try byKey(search) ?? byName(search) ?? byAddress(search) ?? byPoint(search) { return match }
        let candidates = try candidates(search)
        let like = candidates.filter { $0.score >= Self.resembling }
        if identity.position == nil {
            return .unsure(like.isEmpty ? .nothingFits : .weak, like)
        }
        let near = like.filter { $0.distanceMeters.map { $0 <= 2 * Self.sameNameMeters } ?? true }
        return near.isEmpty ? .new : .unsure(.weak, near)
    }

    // MARK: One thing only

    private func match(_ search: Search, onlyBy join: LedgerOptions.Join) throws -> LedgerMatch {
        let places: [Int]
        let evidence: LedgerEvidence
        switch join {
        case .ref:
            (places, evidence) =
                (search.identity.ref ?? search.identity.code).map { (directory.withRef($0), .ref) } ?? ([], .ref)
        case .code:
            (places, evidence) =
                (search.identity.code ?? search.identity.ref).map { (directory.withCode($0), .code) } ?? ([], .code)
        case .name: (places, evidence) = (search.name.map(exactly) ?? [], .name)
        case .address: (places, evidence) = (search.onPlot, .address)
        case .point:
            if let position = search.identity.position {
                let here = try outlines(at: position)
                if here.count == 1 { return .found(fid: here[0], by: .point) }
                return here.isEmpty ? .new : .unsure(.several, try described(here, search))
            }
            (places, evidence) = ([], .point)
        }
        let live = living(places)
        if live.count == 1 { return .found(fid: directory.entries[live[0]].fid, by: evidence) }
        if live.count > 1 { return .unsure(.several, try described(live, search)) }
        let isKey = join == .ref || join == .code
        if search.identity.position != nil, join == .name || isKey { return .new }
        return .unsure(
            isKey ? .keyUnknown : .nothingFits, try candidates(search).filter { $0.score >= Self.resembling })
    }

    // MARK: Evidence by evidence

    private func byKey(_ search: Search) throws -> LedgerMatch? {
        var keyed: (places: [Int], evidence: LedgerEvidence) = ([], .ref)
        if let ref = search.identity.ref { keyed = (directory.withRef(ref), .ref) }
        if keyed.places.isEmpty, let code = search.identity.code { keyed = (directory.withCode(code), .code) }
        let places = living(keyed.places)
        guard !places.isEmpty else { return nil }
        guard places.count == 1 else { return .unsure(.several, try described(places, search)) }
        let entry = directory.entries[places[0]]
        let named = living(search.name.map(exactly) ?? [])
        if !named.isEmpty, !named.contains(places[0]) {
            return .unsure(.codeDisagrees, try described(places + named, search))
        }
        let onPlot = living(search.onPlot)
        let isNamed = named.contains(places[0])
        if !isNamed, search.name != nil, !entry.names.isEmpty, !onPlot.isEmpty, !onPlot.contains(places[0]) {
            return .unsure(.codeDisagrees, try described(places + onPlot, search))
        }
        if let far = try distance(to: entry.fid, search), far > 2 * Self.sameNameMeters {
            return .unsure(.pointDisagrees(meters: far), try described(places, search))
        }
        return .found(fid: entry.fid, by: keyed.evidence)
    }

    private func byName(_ search: Search) throws -> LedgerMatch? {
        guard let name = search.name else { return nil }
        let strict = living(directory.withName(strictly: name))
        let exact = strict.isEmpty ? living(directory.withName(name)) : strict
        if !exact.isEmpty { return try settle(exact, search, isStrict: !strict.isEmpty) }
        let cores = living(directory.withCore(name))
        guard !cores.isEmpty else { return nil }
        return try settle(cores, search, isStrict: false)
    }

    /// One of several records with the name: the one on the plot or at the
    /// position, if nothing speaks against it.
    private func settle(_ places: [Int], _ search: Search, isStrict: Bool) throws -> LedgerMatch {
        var left = places
        if left.count > 1, !search.onPlot.isEmpty {
            let both = left.filter(search.onPlot.contains)
            if !both.isEmpty { left = both }
        }
        if left.count > 1, search.identity.position != nil {
            let near = try left.filter { place in
                try distance(to: directory.entries[place].fid, search).map { $0 <= Self.nearbyMeters } ?? false
            }
            if !near.isEmpty { left = near }
        }
        guard left.count == 1 else { return .unsure(.several, try described(left, search)) }
        let entry = directory.entries[left[0]]
        let isOnPlot = search.onPlot.contains(left[0])
        let elsewhere = living(search.onPlot)
        if !isOnPlot, !elsewhere.isEmpty {
            return .unsure(.addressDisagrees, try described(left + elsewhere, search))
        }
        let meters = try distance(to: entry.fid, search)
        // The name alone does not outweigh another plot.
        let isThere = isStrict && meters.map { $0 <= Self.nearbyMeters } ?? false
        if !isOnPlot, !isThere, search.address?.isExact == true, entry.addresses.contains(where: \.isExact) {
            return .unsure(.addressDisagrees, try described(left, search))
        }
        if let code = search.identity.code.map(LedgerText.key), !entry.codes.isEmpty, !entry.codes.contains(code) {
            return .unsure(.otherCode, try described(left, search))
        }
        if let meters, meters > Self.sameNameMeters {
            return .unsure(.pointDisagrees(meters: meters), try described(left, search))
        }
        return .found(fid: entry.fid, by: .name)
    }

    private func byAddress(_ search: Search) throws -> LedgerMatch? {
        guard let address = search.address, address.isExact else { return nil }
        let places = living(search.onPlot)
        guard !places.isEmpty else { return nil }
        guard places.count == 1 else { return .unsure(.several, try described(places, search)) }
        let entry = directory.entries[places[0]]
        if let far = try distance(to: entry.fid, search), far > Self.sameNameMeters {
            return .unsure(.pointDisagrees(meters: far), try described(places, search))
        }
        if let code = search.identity.code.map(LedgerText.key), !entry.codes.isEmpty, !entry.codes.contains(code) {
            return .unsure(.otherCode, try described(places, search))
        }
        guard let name = search.name, !entry.names.isEmpty else { return .found(fid: entry.fid, by: .address) }
        if likeness(name, entry.names) >= Self.alike { return .found(fid: entry.fid, by: .address) }
        return .unsure(.addressDisagrees, try described(places, search))
    }

    private func byPoint(_ search: Search) throws -> LedgerMatch? {
        guard let position = search.identity.position else { return nil }
        let here = try outlines(at: position)
        if here.count == 1 {
            let entry = directory.byFid[here[0]].map { directory.entries[$0] }
            guard let name = search.name, let names = entry?.names, !names.isEmpty else {
                return .found(fid: here[0], by: .point)
            }
            if likeness(name, names) >= Self.alike { return .found(fid: here[0], by: .point) }
            return .unsure(.otherName, try described(here, search))
        }
        if here.count > 1 { return .unsure(.several, try described(here, search)) }
        return nil
    }

    /// Whether a record has ended.
    func hasEnded(_ fid: Int64) -> Bool { directory.byFid[fid].map { directory.entries[$0].isEnded } ?? false }

    /// Whether a row whose record is not known may be about a record.
    ///
    /// - Parameters:
    ///   - identity: what the row says.
    ///   - place: the record's place in the directory.
    ///   - isOpen: whether no record is alike, so that the row may be about
    ///     any of which it does not say otherwise.
    /// - Returns: whether it may be.
    func mayMean(_ identity: LedgerIdentity, _ place: Int, isOpen: Bool) -> Bool {
        let search = Search(identity, directory)
        let entry = directory.entries[place]
        if search.onPlot.contains(place) { return true }
        if let name = search.name, likeness(name, entry.names) >= Self.resembling { return true }
        guard isOpen else { return false }
        if let code = identity.code.map(LedgerText.key), !entry.codes.isEmpty { return entry.codes.contains(code) }
        return search.address?.isExact != true || !entry.addresses.contains(where: \.isExact)
    }

    // MARK: Candidates

    /// Records that have the name in any form that says the same.
    private func exactly(_ name: NameForms) -> [Int] {
        let strict = directory.withName(strictly: name)
        return strict.isEmpty ? directory.withName(name) : strict
    }

    /// The records that have not ended; those that have where there are no others.
    private func living(_ places: [Int]) -> [Int] {
        let live = places.filter { !directory.entries[$0].isEnded }
        return live.isEmpty ? places : live
    }

    private func likeness(_ name: NameForms, _ names: [NameForms]) -> Double {
        let pairs = TextLikeness.pairs(name.strict)
        return names.map { other in
            if other.same.meets(name.same) { return 1 }
            if other.cores.meets(name.cores) { return 0.95 }
            if !other.loose.isDisjoint(with: name.loose) { return 0.75 }
            let share = TextLikeness.share(pairs, TextLikeness.pairs(other.strict))
            let most = name.mayBeSlip(of: other) ? 0.9 : 0.8
            return min(most, max(share, NameLikeness.share(name.strict, other.strict)))
        }.max() ?? 0
    }

    private func candidates(_ search: Search) throws -> [LedgerCandidate] {
        var places = directory.like(search.name, search.address, limit: 200)
        places += search.onPlot.filter { !places.contains($0) }
        let fids = places.map { directory.entries[$0].fid } + (try neighbors(search))
        return try described(fids, search)
    }

    /// Nameless records around the row's position.
    private func neighbors(_ search: Search) throws -> [Int64] {
        guard let position = search.identity.position else { return [] }
        let box = BoundingBox(position).widened(longitude: 0.0002, latitude: 0.0002)
        return try change.features(FeatureQuery(layer, box: box)).filter { $0.name == nil }.map(\.fid)
    }

    private func described(_ places: [Int], _ search: Search) throws -> [LedgerCandidate] {
        try described(places.map { directory.entries[$0].fid }, search)
    }

    private func described(_ fids: [Int64], _ search: Search) throws -> [LedgerCandidate] {
        var seen: Set<Int64> = []
        let scored = fids.filter { seen.insert($0).inserted }.map { (fid: $0, score: score(of: $0, search)) }
        let best = scored.sorted { $0.score == $1.score ? $0.fid < $1.fid : $0.score > $1.score }
        var found: [LedgerCandidate] = []
        for (fid, score) in best.prefix(4 * Self.mostCandidates) {
            let entry = directory.byFid[fid].map { directory.entries[$0] }
            let meters = try distance(to: fid, search)
            let isHere = meters.map { $0 <= Self.nearbyMeters } ?? false
            let likely = isHere && entry?.names.isEmpty ?? true ? max(score, Self.resembling) : score
            found.append(
                LedgerCandidate(
                    fid: fid, ref: entry?.ref ?? "\(layer.name)/\(fid)", name: entry?.name, address: entry?.address,
                    score: (likely * 100).rounded() / 100, distanceMeters: meters.map { ($0 * 10).rounded() / 10 }))
        }
        found.sort {
            if $0.score != $1.score { return $0.score > $1.score }
            let (a, b) = ($0.distanceMeters ?? .infinity, $1.distanceMeters ?? .infinity)
            return a == b ? $0.ref < $1.ref : a < b
        }
        return Array(found.prefix(Self.mostCandidates))
    }

    /// How alike a record and a row are by name and address, 0 to 1; one plot
    /// is always worth a look.
    private func score(of fid: Int64, _ search: Search) -> Double {
        guard let entry = directory.byFid[fid].map({ directory.entries[$0] }) else { return 0 }
        let named = search.name.map { likeness($0, entry.names) } ?? 0
        let placed = search.address.map { address in entry.addresses.map { likeness(address, $0) }.max() ?? 0 } ?? 0
        let score =
            search.name == nil
            ? placed : search.address == nil ? named : max(named, 0.7 * named + 0.3 * placed)
        return placed == 1 ? max(score, Self.resembling) : score
    }

    private func likeness(_ a: AddressForm, _ b: AddressForm) -> Double {
        a.isSamePlot(as: b) ? 1 : 0.9 * TextLikeness.share(TextLikeness.pairs(a.key), TextLikeness.pairs(b.key))
    }

    // MARK: Positions

    private func distance(to fid: Int64, _ search: Search) throws -> Double? {
        guard let position = search.identity.position else { return nil }
        var query = FeatureQuery(layer, condition: .fids([fid]))
        query.includesEnded = true
        guard let geometry = try change.features(query).first?.geometry else { return nil }
        return PointProbe(position).distanceMeters(to: geometry)
    }

    /// The records whose outline covers a position.
    private func outlines(at position: LonLat) throws -> [Int64] {
        try change.features(FeatureQuery(layer, box: BoundingBox(position))).filter { feature in
            feature.geometry.map { $0.covers(position) } ?? false
        }.map(\.fid)
    }
}
