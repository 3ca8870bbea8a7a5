import Reach
import Spatial

/// The streets, and what may bar the way to them.
struct StreetAccess: Sendable {
    let index: StreetIndex
    let barriers: Barriers

    /// Where a place meets the network, and why where it does not.
    func access(of place: Place) -> (foothold: Foothold?, obstacle: Obstacle) {
        access(ofOutline: place.geometry?.outlineRings ?? [])
    }

    /// Where an outline or some doors meet the network, and why where they do
    /// not; the offset is in whole millimetres, as it is kept.
    func access(ofOutline rings: [[LonLat]]) -> (foothold: Foothold?, obstacle: Obstacle) {
        guard rings.contains(where: { $0.contains { $0.longitude.isFinite && $0.latitude.isFinite } }) else {
            return (nil, .noPosition)
        }
        switch index.foothold(ofOutline: rings, limitMeters: WalkingOptions.accessLimitMeters, barriers: barriers) {
        case .success(let foothold):
            let offsetMeters = (foothold.offsetMeters * 1000).rounded() / 1000
            return (Foothold(edge: foothold.edge, share: foothold.share, offsetMeters: offsetMeters), .none)
        case .failure(.tooFar): return (nil, .noStreet)
        case .failure(.acrossWater): return (nil, .acrossWater)
        case .failure(.acrossRail): return (nil, .acrossRail)
        }
    }
}
