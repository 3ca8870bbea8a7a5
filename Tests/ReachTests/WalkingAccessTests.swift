import Reach
import Testing

/// The rules of access, a row each.
@Suite struct WalkingAccessTests {
    private func access(_ tags: [String: String]) -> WalkingAccess? { WalkingAccess { tags[$0] } }

    @Test(arguments: [
        ["class": "footway"], ["class": "residential"], ["class": "trunk"], ["class": "cycleway"],
        ["class": "platform"], ["class": "corridor"], ["class": "steps"], ["class": "track_grade5"], ["class": "支路"],
        ["class": "service", "service": "parking_aisle"], ["class": "service", "access": "destination"], [:],
        ["class": "motorway", "sidewalk": "both"], ["class": "motorway", "foot": "yes"],
        ["class": "motorway_link", "sidewalk:left": "yes"],
        ["class": "trunk", "motorroad": "yes", "foot": "designated"],
        ["class": "service", "access": "private", "foot": "permissive"],
        ["class": "path", "access": "no", "foot": "是"],
        ["class": "bridleway", "foot": "yes"], ["class": "footway", "construction": "minor"],
        ["class": "footway", "oneway": "yes"], ["class": "footway", "foot": "seasonal"],
        ["class": "trunk", "motorroad": "F"], ["class": "footway", "access": ""],
    ])
    func isWalked(_ tags: [String: String]) { #expect(access(tags) != nil) }

    @Test(arguments: [
        ["class": "motorway"], ["class": "motorway_link", "sidewalk": "no"],
        ["class": "motorway", "sidewalk": "separate"],
        ["class": "trunk", "motorroad": "yes"], ["class": "primary", "motorroad": "是"],
        ["class": "cycleway", "foot": "no"],
        ["class": "primary", "foot": "use_sidepath"], ["class": "service", "access": "private"],
        ["class": "footway", "access": "no"], ["class": "residential", "foot": "否"], ["class": "path", "foot": "F"],
        ["class": "construction"], ["class": "proposed", "foot": "yes"], ["class": "footway", "construction": "yes"],
        ["class": "via_ferrata"], ["class": "bridleway"], ["class": "busway"], ["class": "raceway"],
        ["class": "rail"], ["class": "light_rail"], ["class": "subway"], ["class": "tram"], ["class": "monorail"],
        ["class": "narrow_gauge"], ["class": "funicular"], ["class": "rail", "foot": "yes"], ["class": "ferry"],
    ])
    func isNotWalked(_ tags: [String: String]) { #expect(access(tags) == nil) }

    @Test(arguments: [
        (["oneway": "yes"], true, true), (["oneway:foot": "yes"], true, false), (["oneway:foot": "-1"], false, true),
        (["oneway:foot": "no", "conveying": "forward"], true, true), (["conveying": "forward"], true, false),
        (["conveying": "backward"], false, true), (["conveying": "reversible"], true, true),
        (["conveying": "yes"], true, true), (["conveying": "yes", "oneway": "yes"], true, false),
        (["conveying": "no", "oneway": "yes"], true, true),
    ])
    func directions(_ tags: [String: String], _ isForward: Bool, _ isBackward: Bool) {
        let access = access(tags.merging(["class": "steps"]) { $1 })
        #expect(access?.isForward == isForward && access?.isBackward == isBackward)
    }

    @Test func stairsLeadUpOrDown() {
        for (incline, kind) in [
            ("up", Street.Kind.stairsUp), ("down", .stairsDown), ("30%", .stairsUp), ("-20°", .stairsDown),
            ("+5%", .stairsUp), ("0", .stairs), ("steep", .stairs),
        ] { #expect(access(["class": "steps", "incline": incline])?.kind == kind, "\(incline)") }
        #expect(access(["class": "footway", "incline": "up"])?.kind == .path)
        #expect(access(["class": "elevator"])?.kind == .lift)
    }

    @Test func levelsAreRead() {
        func levels(_ level: String?, _ layer: String? = nil) -> ClosedRange<Double>? {
            var tags = ["class": "steps"]
            tags["level"] = level
            tags["layer"] = layer
            return access(tags)?.levels
        }
        #expect(levels("2") == 2...2)
        #expect(levels("0;1") == 0...1 && levels("1; 0") == 0...1 && levels("0,3") == 0...3)
        #expect(levels("-2--1") == -2 ... -1 && levels("-1-2") == -1...2 && levels("0.5") == 0.5...0.5)
        #expect(levels(nil, "-1") == -1 ... -1 && levels("3", "1") == 3...3)
        #expect(levels("mezzanine") == nil && levels("") == nil && levels("1e300") == nil && levels("nan") == nil)
        #expect(levels("roof", "1") == 1...1)
    }

    @Test func whatDoesNotLieOnTheGroundRunsStraight() {
        for tags in [
            ["bridge": "T"], ["tunnel": "building_passage"], ["layer": "-1"], ["level": "1"], ["indoor": "yes"],
        ] {
            #expect(access(tags)?.isStraight == true, "\(tags)")
        }
        for tags in [["bridge": "F"], ["tunnel": "no", "layer": "0"], ["level": "0"], ["bridge": "否"]] {
            #expect(access(tags)?.isStraight == false, "\(tags)")
        }
        #expect(access(["class": "pedestrian", "area": "yes"])?.isArea == true)
        #expect(access(["class": "pedestrian"])?.isArea == false)
    }
}
