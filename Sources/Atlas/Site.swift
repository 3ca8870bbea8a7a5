public import Messages
public import Siting
import Store

extension Atlas {
    /// Where the next stations go (选址): the best sites for a goal, with a
    /// bound that no choice of sites can beat.
    ///
    /// - Parameters:
    ///   - request: what is asked for.
    ///   - control: how long the search may take, reading and walking not
    ///     counted, and how good is good enough; it hears value and bound as
    ///     they move. After `cancel()` the best plan so far is the answer.
    /// - Returns: the plan.
    /// - Throws: `Failure`: `.notFound` where there are no streets or no
    ///   buildings; `.usage` for options that do not go together;
    ///   `.unusableInput` where there are no sites, fewer than stations, or no
    ///   plan that does what is asked; `.interrupted` where the search was
    ///   cancelled before there was any plan.
    /// - Complexity: a bounded search from every site, then the solver's.
    public func site(
        _ request: SiteRequest, control: PlacementControl = PlacementControl()
    ) throws(Failure) -> SitePlan {
        try request.check()
        return try file.snapshot {
            try control.withoutCounting { try PlacementSurvey(self, request, control) }.plan()
        }
    }
}
