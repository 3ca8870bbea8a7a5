import Exchange
import Messages
import Spatial
import Store

/// Finds the records of all rows of a ledger.
struct LedgerJoining {
    /// What is to be done with a row.
    enum Outcome {
        /// It is about a record.
        case record(fid: Int64, by: LedgerEvidence)
        /// It is a record of its own.
        case new(at: LonLat?, isDecided: Bool)
        /// A person said that it is not to be taken.
        case skipped
        /// A person has to decide.
        case unsure(Text, [LedgerCandidate], about: LedgerIdentity.Part)
        /// It cannot be taken.
        case rejected(Text)
    }

    private let ledger: LedgerImport
    let joiner: LedgerJoiner
    private let decided: [String: LedgerLink]
    private var known: [String: Outcome] = [:]

    init(_ ledger: LedgerImport) throws {
        self.ledger = ledger
        joiner = try LedgerJoiner(ledger.layer, change: ledger.change, join: ledger.options.ledger.join)
        decided = LedgerMemory.decisions(
            own: try ledger.change.ledgerLinks(layer: ledger.layer, ledger: ledger.identity),
            all: try ledger.change.ledgerLinks(layer: ledger.layer, ledger: nil))
    }

    /// The outcome of every row, in their order.
    mutating func run() throws -> [Outcome] {
        try ledger.readings.map { reading in
            let outcome = try outcome(reading)
            if case .unsure(_, let candidates, _) = outcome { try ledger.takeRoom(candidates, reading) }
            return outcome
        }
    }

    private mutating func outcome(_ reading: LedgerReading) throws -> Outcome {
        if let decision = reading.decision { return obey(decision, reading) }
        let identity = reading.identity
        guard !identity.isEmpty else { return .rejected(.ledgerRowWithoutIdentity(reading.notes.first?.cell)) }
        let key = LedgerMemory.key(of: reading, isRegister: ledger.isRegister)
        if let link = decided[key] ?? decided[reading.key] {
            guard let ref = link.ref else { return .skipped }
            let places = joiner.directory.withRef(ref)
            if places.count == 1 { return .record(fid: joiner.directory.entries[places[0]].fid, by: .review) }
        }
        let mayRepeat = identity.position == nil
        if mayRepeat, let outcome = known[reading.key] { return outcome }
        let outcome = try find(identity)
        if mayRepeat { known[reading.key] = outcome }
        return outcome
    }

    private func find(_ identity: LedgerIdentity) throws -> Outcome {
        let isEnterprise = ledger.options.ledger.rowsAre == .enterprise
        switch try joiner.match(identity) {
        case .found(let fid, _) where isEnterprise && joiner.hasEnded(fid):
            return .unsure(.ledgerOnlyEnded, [], about: .name)
        case .found(let fid, let evidence): return .record(fid: fid, by: evidence)
        case .new where isEnterprise: return .unsure(.ledgerNothingFits, [], about: .position)
        case .new: return .new(at: identity.position, isDecided: false)
        case .unsure(let doubt, let candidates):
            if isEnterprise, let fid = building(namedIn: identity),
                doubt.isOpen || candidates.contains(where: { $0.fid == fid })
            {
                return .record(fid: fid, by: .address)
            }
            return .unsure(doubt.text, candidates, about: doubt.part)
        }
    }

    /// The one building whose name stands in what an enterprise gives as its
    /// building or address: 英利国际广场2栋30-5.
    private func building(namedIn identity: LedgerIdentity) -> Int64? {
        for text in [identity.name, identity.address].compactMap({ $0 }) {
            let places = joiner.directory.named(in: text).filter { !joiner.directory.entries[$0].isEnded }
            if places.count == 1 { return joiner.directory.entries[places[0]].fid }
        }
        return nil
    }

    /// Does what a person decided.
    private func obey(_ decision: ReviewDecision, _ reading: LedgerReading) -> Outcome {
        switch decision {
        case .skip: return .skipped
        case .new(let position): return .new(at: position ?? reading.identity.position, isDecided: true)
        case .unclear(let text): return .unsure(.reviewUnclear(text), [], about: .name)
        case .record(let ref):
            let id = ref.split(separator: "/")
            if id.count == 2, id[0] == ledger.layer.name, let fid = Int64(id[1]), joiner.directory.byFid[fid] != nil {
                return .record(fid: fid, by: .review)
            }
            let places = joiner.directory.withRef(ref)
            guard places.count == 1 else { return .unsure(.reviewUnclear(ref), [], about: .name) }
            return .record(fid: joiner.directory.entries[places[0]].fid, by: .review)
        }
    }
}
