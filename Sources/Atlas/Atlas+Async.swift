public import Messages
public import Siting
public import Store

/// The long questions for callers that must not wait: each runs away from the
/// caller's thread, and ends soon after the task is cancelled with
/// `Failure` `.interrupted`.
extension Atlas {
    /// `coverage(_:)`, not waited for.
    @concurrent
    public func coverage(_ query: CoverageQuery) async throws(Failure) -> Coverage {
        try ask { () throws(Failure) in try coverage(query) }
    }

    /// `serviceAreas(_:minutes:)`, not waited for.
    @concurrent
    public func serviceAreas(_ query: ReachQuery, minutes: [Double]) async throws(Failure) -> [ServiceArea] {
        try ask { () throws(Failure) in try serviceAreas(query, minutes: minutes) }
    }

    /// `reached(_:minutes:layer:filter:)`, not waited for.
    @concurrent
    public func reached(
        _ query: ReachQuery, minutes: Double, layer: Layer = .building, filter: RecordFilter = RecordFilter()
    ) async throws(Failure) -> [ReachedFeature] {
        try ask { () throws(Failure) in try reached(query, minutes: minutes, layer: layer, filter: filter) }
    }

    /// `nearOnFoot(_:layer:limit:withinMeters:filter:walking:)`, not waited for.
    @concurrent
    public func nearOnFoot(
        _ place: Place, layer: Layer = .building, limit: Int? = nil, withinMeters: Double? = nil,
        filter: RecordFilter = RecordFilter(), walking: WalkingOptions = WalkingOptions(direction: .away)
    ) async throws(Failure) -> [ReachedFeature] {
        try ask { () throws(Failure) in
            try nearOnFoot(
                place, layer: layer, limit: limit, withinMeters: withinMeters, filter: filter, walking: walking)
        }
    }

    /// `borderServices(_:)`, not waited for.
    @concurrent
    public func borderServices(_ query: BorderQuery) async throws(Failure) -> BorderServices {
        try ask { () throws(Failure) in try borderServices(query) }
    }

    /// `prepareWalking()`, not waited for.
    @concurrent
    public func prepareWalking() async throws(Failure) {
        try ask { () throws(Failure) in try prepareWalking() }
    }

    /// `site(_:control:)`, not waited for; when the task is cancelled, the best
    /// plan so far is the answer.
    @concurrent
    public func site(
        _ request: SiteRequest, control: PlacementControl = PlacementControl()
    ) async throws(Failure) -> SitePlan {
        let found = await withTaskCancellationHandler {
            Result { () throws(Failure) in try ask { () throws(Failure) in try site(request, control: control) } }
        } onCancel: {
            control.cancel()
        }
        return try found.get()
    }

    /// In this closure there is nothing to wait for, so the plain questions are meant.
    private func ask<Value>(_ question: () throws(Failure) -> Value) throws(Failure) -> Value { try question() }
}
