"""The rows of walking: networks built, bounded searches, nearest stations, polygons.

Every program prints the same figures as one JSON object, so a program is one
more entry of `contenders`; ours is called louyu.
"""

from __future__ import annotations

import json
import pathlib
import subprocess
import sys

import walking_data
from measure import Contender
from row import PEERS, WORK, Plan, Row, Target, louyu, nested_program, peer_json, side_by_side

MINUTES = 15
# No walk of 15 minutes leaves this circle: 60 m/min times 1.1912, Tobler's greatest factor.
REACH_METERS = 1_100
TITLE = "a made network of 248,438 crossings under 300,000 made buildings, and Porto (OpenStreetMap)"
COMMANDS = {
    "louyu": "the program walk of this folder's package, on the same crossings, edges and ticks",
    "areas": "the program walk of this folder's package: foothold, search and AreaTracer.area, its second to sixth rounds",
    "scipy": "csgraph.dijkstra with limit; min_only from all stations",
    "networkx": "single_source_dijkstra_path_length with cutoff; multi_source_dijkstra_path_length",
    "pandana": "nodes_in_range; nearest_pois with a bound of an hour",
    "pgrouting": "pgr_drivingDistance on the streets of a box round the place; with equicost from all stations",
    "valhalla": "POST /isochrone, pedestrian, polygons=true, generalize=0, denoise=0, a round trip, the second to sixth of each place",
}


def contenders(plan: Plan, town: walking_data.Town) -> dict[str, dict]:
    """The figures of every program on the town."""
    found = {
        name: peer_json(f"{name}_walk.py", town.graph, "--runs", plan.runs)
        for name in ("scipy", "networkx", "pandana")
    }
    if town.atlas:
        found["louyu"] = walk(plan, town)
    found["pgrouting"] = pgrouting(plan, town.graph)
    found["valhalla"] = valhalla(town.osm, town.graph / "places.csv", WORK / "valhalla-town")
    return found


def walk(plan: Plan, town: walking_data.Town) -> dict:
    """Our figures, and what SciPy says is right for a town with buildings."""
    program = nested_program("walk")
    asked = subprocess.run(
        [program, "town", "--atlas", str(town.atlas), "--folder", str(town.graph), "--runs", str(plan.runs)],
        check=True, capture_output=True, text=True,
    )
    judged = peer_json("walking_judge.py", town.graph)
    judged["footholds"] = peer_json("footholds_judge.py", town.network, town.folder / "buildings.geojsonl", town.graph)
    return {**json.loads(asked.stdout), "judged": judged}


def pgrouting(plan: Plan, graph: pathlib.Path) -> dict:
    """Loads PostgreSQL and asks it."""
    server = str(PEERS.parent / "postgres")
    subprocess.run([server, "start"], check=True)
    try:
        asked = subprocess.run(
            [server, "psql", "-qtA", "-v", f"folder={graph.resolve()}", "-v", f"limit={MINUTES * 60 * 16}",
             "-v", f"reach={REACH_METERS}", "-v", f"runs={plan.runs}", "-f", str(PEERS / "pgrouting_walk.sql")],
            check=True, capture_output=True, text=True,
        )
        return json.loads(asked.stdout.strip().splitlines()[-1])
    finally:
        subprocess.run([server, "stop"], check=True)


def valhalla(source: pathlib.Path, places: pathlib.Path, folder: pathlib.Path) -> dict:
    """Valhalla's figures, and the error of its polygons by its own network."""
    figures = peer_json("valhalla_walk.py", source, places, folder)
    return {**figures, "error": polygon_error(folder)}


def polygon_error(folder: pathlib.Path) -> dict:
    """The error of the polygons of a folder by the nodes and ticks beside them."""
    return peer_json("polygon_error.py", *(folder / name for name in ("polygons.geojson", "nodes.csv", "ticks.csv")))


def repeated(found: dict[str, dict], task: str) -> dict[str, dict[str, float]]:
    """The figures of a repeated task, of the programs that do it."""
    names = {
        f"{task}MedianMilliseconds": "medianMilliseconds",
        f"{task}Milliseconds": "medianMilliseconds",
        f"{task}P99Milliseconds": "p99Milliseconds",
        "peakBytes": "peakBytesMaximum",
    }
    chosen = {
        name: {short: figures[long] for long, short in names.items() if long in figures}
        for name, figures in found.items()
    }
    return {name: figures for name, figures in chosen.items() if "medianMilliseconds" in figures}


def row_of(title: str, figures: dict[str, dict[str, float]], key: str) -> Row:
    """A row with the ratios of ours to theirs by one figure."""
    row = Row(title, {name: COMMANDS[name] for name in figures if name in COMMANDS}, figures)
    if "louyu" in figures:
        ours = figures["louyu"][key]
        row.ratios = {name: ours / theirs[key] for name, theirs in figures.items() if name != "louyu"}
    return row


def compare(row: Row, found: dict[str, dict], task: str, judged: set[str]) -> None:
    """Sets the sums of every program's answer beside SciPy's; `judged` have to be equal."""
    right = found["scipy"][f"{task}Nodes"], found["scipy"][f"{task}Ticks"]
    for name in sorted(row.figures):
        if f"{task}Nodes" not in found[name]:
            continue
        nodes, ticks = found[name][f"{task}Nodes"], found[name][f"{task}Ticks"]
        statement = f"{name}: {nodes:,} crossings, {ticks:,} ticks together"
        if name in judged:
            row.expect(statement, (nodes, ticks) == right)
        else:
            row.answers.append(statement + ("" if (nodes, ticks) == right else f"; SciPy has {right[1]:,}"))


def describe(row: Row, name: str, error: dict) -> None:
    """Tells how far polygons err."""
    row.answers.append(
        f"{name}: {error['insideOutOfReachShare']:.2%} of {error['insideNodes']:,} crossings inside are out of reach,"
        f" {error['reachedOutsideShare']:.2%} of {error['reachedNodes']:,} in reach are outside;"
        f" {error['invalidPolygons']} of {error['places']} polygons invalid, {error['verticesOfPolygon']:.0f} vertices each"
    )


def areas(atlas: pathlib.Path, places: pathlib.Path, folder: pathlib.Path) -> dict:
    """Our polygons of all places, and their error by our own network."""
    program = nested_program("walk")
    asked = subprocess.run(
        [program, "areas", "--atlas", str(atlas), "--places", str(places), "--folder", str(folder)],
        check=True, capture_output=True, text=True,
    )
    return {**json.loads(asked.stdout), "error": polygon_error(folder)}


def polygon_row(title: str, found: dict[str, dict]) -> Row:
    """The polygons of 200 places, and how far they err by each program's own network."""
    row = row_of(f"polygon of {MINUTES} minutes on foot, {title}", repeated(found, "polygon"), "medianMilliseconds")
    for name in row.figures:
        describe(row, name, found[name]["error"])
    floor = found["valhalla"]["statusMedianMilliseconds"]
    row.answers.append(f"valhalla: a round trip to its service without a question takes {floor:.2f} ms")
    if "louyu" in row.figures:
        ours, error = found["louyu"], found["louyu"]["error"]
        row.commands["louyu"] = COMMANDS["areas"]
        row.answers.append(
            "louyu: from the position to the polygon in memory, without JSON and round trip; the first of a place, whose"
            f" ground nobody asked for before, {ours['firstPolygonMedianMilliseconds']:.3g} ms"
            f" (p99 {ours['firstPolygonP99Milliseconds']:.3g} ms)"
        )
        row.answers.append(
            "louyu is judged by all crossings of its network, those of islands too; valhalla by those that a search met"
        )
        row.targets = [
            Target("median", ours["polygonMedianMilliseconds"], 1, "ms"),
            Target("99th percentile", ours["polygonP99Milliseconds"], 2, "ms"),
            Target("crossings inside that are out of reach", error["insideOutOfReachShare"] * 100, 0.2, "%"),
            Target("crossings in reach that are outside", error["reachedOutsideShare"] * 100, 0.6, "%"),
        ]
    return row


def build_row(town: walking_data.Town, found: dict[str, dict]) -> Row:
    """From what a program reads to a network that answers."""
    figures = {
        name: {"wallSecondsMedian": figures["buildSeconds"], "peakBytesMaximum": figures["buildPeakBytes"]}
        for name, figures in found.items()
    }
    row = row_of(f"network of {town.title}, built", figures, "wallSecondsMedian")
    row.answers.append("scipy, networkx and pandana: from ways with their times in memory, sorted; nothing is read")
    row.answers.append("pgrouting: from CSV to a table with its index; valhalla: from .osm.pbf to tiles, times not made")
    if "louyu" in figures:
        row.answers.append("louyu: from the streets of a GeoPackage, joined where they meet, times made by their slopes;"
                           " what scipy does of that is a part of what the row of loading has")
        row.targets = [Target("wall", figures["louyu"]["wallSecondsMedian"], 5, "s")]
    return row


def load_row(town: walking_data.Town, ours: dict) -> Row:
    """From the bytes that the atlas keeps to a network that answers."""
    row = our_row(f"network of {town.title}, loaded", ours, "load")
    row.answers.append(f"{ours['archiveBytes']:,} bytes, to crossings, edges and their places, ways at a pace in a direction")
    row.targets = [Target("median", ours["loadMilliseconds"], 50, "ms")]
    return row


def search_row(town: walking_data.Town, found: dict[str, dict]) -> Row:
    """One bounded search from each of 200 places, away from them."""
    row = row_of(
        f"one search of {MINUTES} minutes from each of {town.counts['places']} places",
        repeated(found, "search"), "medianMilliseconds",
    )
    compare(row, found, "search", set(row.figures))
    pandana, whole = found["pandana"], found["pgrouting"]["searchWholeGraphMilliseconds"]
    row.answers.append(f"pandana: all places in one call {pandana['searchInBatchMilliseconds']:.3g} ms a place")
    row.answers.append(f"pgrouting: without the box {whole:.3g} ms a place")
    row.answers.append(
        "every search from a place is the first one from there; scipy gives an array of all crossings, networkx a"
        " dictionary and pandana a table of those in reach; louyu keeps them in the memory of its search"
    )
    return row


def list_row(town: walking_data.Town, ours: dict) -> Row:
    """The same search with the list of all buildings in reach."""
    row = our_row(
        f"one search of {MINUTES} minutes from each of {town.counts['places']} places,"
        f" with all of {town.counts['buildings']:,} buildings in reach", ours, "list",
    )
    judge(row, ours, "list", ours["listBuildings"], ours["listTicks"])
    footholds = ours["judged"]["footholds"]
    difference = footholds["greatestDifferenceMeters"]
    row.expect(
        f"louyu: {footholds['withoutStreet']} of {footholds['buildings']:,} buildings meet no street; of the others'"
        f" distances to it none is more than {difference * 1000:.1f} mm off GEOS's",
        footholds["withoutStreet"] == 0 and difference < 0.01,
    )
    row.answers.append("scipy, networkx, pandana and pgrouting stop at crossings; valhalla lists nothing")
    row.targets = [
        Target("median", ours["listMedianMilliseconds"], 0.1, "ms"),
        Target("99th percentile", ours["listP99Milliseconds"], 0.3, "ms"),
    ]
    return row


def nearest_row(town: walking_data.Town, found: dict[str, dict]) -> Row:
    """The nearest of all stations for every crossing, toward the station."""
    row = row_of(
        f"nearest of {town.counts['stations']:,} stations for every crossing",
        repeated(found, "nearest"), "medianMilliseconds",
    )
    # pgRouting's equicost gives some crossings a station that is not the nearest.
    compare(row, found, "nearest", set(row.figures) - {"pgrouting"})
    return row


def city_nearest_row(town: walking_data.Town, ours: dict) -> Row:
    """The nearest of all stations for every crossing and building, toward the station."""
    counts = town.counts
    row = our_row(
        f"nearest of {counts['stations']:,} stations for every crossing and {counts['buildings']:,} buildings",
        ours, "cityNearest",
    )
    judge(row, ours, "cityNearest", ours["cityNearestBuildings"], ours["cityNearestTicks"])
    row.answers.append(
        f"louyu: buildings stand on the network, which took {ours['placingMilliseconds']:.3g} ms; asked once, without that,"
        f" {ours['cityNearestOnceMilliseconds']:.3g} ms (least {ours['cityNearestOnceLeastMilliseconds']:.3g} ms)"
    )
    row.expect(
        f"louyu: {ours['cityNearestDifferences']} buildings answered otherwise that way", ours["cityNearestDifferences"] == 0
    )
    row.answers.append("stations and buildings are points of edges; the peers' stations are crossings, and they ask no buildings")
    row.targets = [Target("median", ours["cityNearestMilliseconds"], 30, "ms")]
    return row


def candidates_row(ours: dict) -> Row:
    """The buildings that many sites would serve, each with its time."""
    row = our_row(f"lists of all buildings within {MINUTES} minutes of {ours['candidates']:,} sites", ours, "candidateLists")
    row.answers.append(f"louyu: {ours['candidateEntries']:,} entries, on all cores")
    judge(row, ours, "candidates", ours["judgedEntries"], ours["judgedTicks"])
    row.targets = [Target("median", ours["candidateListsMilliseconds"] / 1000, 0.5, "s")]
    return row


def trial_row(town: walking_data.Town, ours: dict, task: str) -> Row:
    """A station that comes or goes, with every building's nearest station kept up."""
    stations, buildings = town.counts["stations"], town.counts["buildings"]
    done = {"add": "added to", "remove": "removed from"}[task]
    row = our_row(f"a station {done} {stations:,}, the nearest of {buildings:,} buildings kept up", ours, task)
    row.expect(
        f"louyu: {ours['trialDifferences']} buildings have another answer than starting over gives",
        ours["trialDifferences"] == 0,
    )
    row.answers.append(f"200 stations come, then all go; {ours['addChanges'] / 200:.0f} buildings change at each that comes")
    row.targets = [Target("median", ours[f"{task}MedianMilliseconds"], 1, "ms")]
    return row


def our_row(title: str, ours: dict, task: str) -> Row:
    """A row of what no peer does."""
    figures = repeated({"louyu": {**ours, "peakBytes": ours["townPeakBytes"]}}, task)
    row = Row(title, {"louyu": COMMANDS["louyu"]}, figures)
    if f"{task}LeastMilliseconds" in ours:
        row.answers.append(f"louyu: the least of the runs {ours[f'{task}LeastMilliseconds']:.3g} ms")
    return row


def judge(row: Row, ours: dict, task: str, buildings: int, ticks: int) -> None:
    """Compares ours with what SciPy says is right."""
    right = ours["judged"][task]
    row.expect(
        f"louyu: {buildings:,} buildings, {ticks:,} ticks together;"
        f" SciPy with the same footholds {right['buildings']:,}, {right['ticks']:,}",
        (buildings, ticks) == (right["buildings"], right["ticks"]),
    )


def coverage_row(plan: Plan, town: walking_data.Town, ours: dict) -> Row:
    """What share of the buildings the clinics reach, boundary by boundary, by a process that starts for it."""
    question = louyu("coverage", "--kind", "clinic", "--atlas", town.atlas)
    counts = town.counts
    row, _ = side_by_side(
        f"coverage of {counts['buildings']:,} buildings by {counts['stations']:,} clinics"
        f" in {counts['boundaries']} subdistricts, cold process",
        [Contender("louyu", question)], plan.point_runs, warm_up=True,
    )
    answered = subprocess.run([*question, "--format", "json"], check=True, capture_output=True, text=True).stdout
    answer = json.loads(answered)
    total, right = answer["total"], ours["judged"]["covered"]["buildings"]
    row.expect(
        f"louyu: {total['reached']:,} of {total['buildings']:,} buildings reached; in the program walk"
        f" {ours['coveredBuildings']:,}, by SciPy {right:,}",
        total["reached"] == ours["coveredBuildings"] == right and total["buildings"] == counts["buildings"],
    )
    parts = [sum(boundary[key] for boundary in answer["boundaries"]) for key in ("buildings", "reached")]
    row.expect(
        "louyu: the boundaries add up to the total", parts == [total["buildings"], total["reached"]]
    )
    row.targets = [Target("wall", row.figures["louyu"]["wallSecondsMedian"] * 1000, 300, "ms")]
    return row


def our_rows(plan: Plan, town: walking_data.Town, ours: dict) -> list[Row]:
    """The rows of what no peer does."""
    return [
        load_row(town, ours),
        list_row(town, ours),
        city_nearest_row(town, ours),
        candidates_row(ours),
        trial_row(town, ours, "add"),
        trial_row(town, ours, "remove"),
        coverage_row(plan, town, ours),
    ]


def walking_rows(plan: Plan, quick: bool) -> list[Row]:
    """All rows of walking; none where neither town nor Porto can be had."""
    rows = []
    size = (100, 8_000, 40) if quick else (500, 300_000, 1_000)
    town = walking_data.town(*size, ours=plan.ours)
    if town:
        found = contenders(plan, town)
        rows += [build_row(town, found), search_row(town, found), nearest_row(town, found)]
        if "louyu" in found:
            rows += our_rows(plan, town, found["louyu"])
        makers = {"valhalla": found["valhalla"]}
        if town.atlas:
            makers["louyu"] = areas(town.atlas, town.graph / "places.csv", WORK / "louyu-town")
        rows.append(polygon_row("invented town", makers))
    else:
        print("walking: no town, for ../shared/generators/network.py is absent", file=sys.stderr)
    porto = walking_data.porto()
    if porto:
        source, places = porto
        makers = {"valhalla": valhalla(source, places, WORK / "valhalla-porto")}
        if plan.ours:
            makers["louyu"] = areas(walking_data.porto_atlas(source), places, WORK / "louyu-porto")
        rows.append(polygon_row("Porto", makers))
    else:
        print("walking: no Porto, for ../shared/data/osm/porto.osm.pbf is absent", file=sys.stderr)
    return rows
