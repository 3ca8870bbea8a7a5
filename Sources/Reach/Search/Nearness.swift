/// A station and how far it is.
@frozen public struct StationTicks: Sendable, Hashable {
    /// The station's number.
    public var label: UInt32
    /// The ticks between the station and the place.
    public var ticks: UInt32

    /// Makes one.
    public init(label: UInt32, ticks: UInt32) {
        self.label = label
        self.ticks = ticks
    }
}

/// How near a station is, and which: fewer ticks are nearer, and of equal
/// ticks the lower label. Both in one word, compared at once.
struct Nearness: Comparable {
    private var word: UInt64

    /// No station in reach.
    static let none = Nearness(ticks: Ticks.never, label: .max)

    @inline(__always)
    init(ticks: UInt32, label: UInt32) { word = UInt64(ticks) << 32 | UInt64(label) }

    var ticks: UInt32 { UInt32(truncatingIfNeeded: word >> 32) }
    var label: UInt32 { UInt32(truncatingIfNeeded: word) }

    /// The station; `nil` for none.
    var station: StationTicks? { self == .none ? nil : StationTicks(label: label, ticks: ticks) }

    /// The same station so many ticks farther on; the sum is below
    /// `Ticks.never`.
    @inline(__always)
    func farther(by more: UInt32) -> Nearness {
        var result = self
        result.word &+= UInt64(more) << 32
        return result
    }

    @inline(__always)
    static func < (a: Nearness, b: Nearness) -> Bool { a.word < b.word }
}
