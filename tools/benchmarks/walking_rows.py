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
from row import PEERS, WORK, Plan, Row, Target, peer_json

MINUTES = 15
# No walk of 15 minutes leaves this circle: 60 m/min times 1.1912, Tobler's greatest factor.
REACH_METERS = 1_100
COMMANDS = {
    "scipy": "csgraph.dijkstra with limit; min_only from all stations",
    "networkx": "single_source_dijkstra_path_length with cutoff; multi_source_dijkstra_path_length",
    "pandana": "nodes_in_range; nearest_pois with a bound of an hour",
    "pgrouting": "pgr_drivingDistance on the streets of a box round the place; with equicost from all stations",
    "valhalla": "POST /isochrone, pedestrian, polygons=true, generalize=0, denoise=0, a round trip",
}


def contenders(plan: Plan, town: walking_data.Town) -> dict[str, dict]:
    """The figures of every program on the town."""
    found = {
        name: peer_json(f"{name}_walk.py", town.graph, "--runs", plan.runs)
        for name in ("scipy", "networkx", "pandana")
    }
    found["pgrouting"] = pgrouting(plan, town.graph)
    found["valhalla"] = valhalla(town.osm, town.graph / "places.csv", WORK / "valhalla-town")
    return found


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


def polygon_row(title: str, found: dict[str, dict]) -> Row:
    """The polygons of 200 places, and how far they err by each program's own network."""
    row = row_of(f"polygon of {MINUTES} minutes on foot, {title}", repeated(found, "polygon"), "medianMilliseconds")
    for name in row.figures:
        describe(row, name, found[name]["error"])
    if "valhalla" in found:
        floor = found["valhalla"]["statusMedianMilliseconds"]
        row.answers.append(f"valhalla: a round trip to its service without a question takes {floor:.2f} ms")
    if "louyu" in row.figures:
        ours, error = row.figures["louyu"], found["louyu"]["error"]
        row.targets = [
            Target("median", ours["medianMilliseconds"], 1, "ms"),
            Target("99th percentile", ours["p99Milliseconds"], 2, "ms"),
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
        row.targets = [Target("wall", figures["louyu"]["wallSecondsMedian"], 5, "s")]
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
    if "louyu" in row.figures:
        ours = row.figures["louyu"]
        row.targets = [
            Target("median", ours["medianMilliseconds"], 0.1, "ms"),
            Target("99th percentile", ours["p99Milliseconds"], 0.3, "ms"),
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
    if "louyu" in row.figures:
        row.targets = [Target("wall", row.figures["louyu"]["medianMilliseconds"], 30, "ms")]
    return row


def walking_rows(plan: Plan, quick: bool) -> list[Row]:
    """All rows of walking; none where neither town nor Porto can be had."""
    rows = []
    town = walking_data.town(100, 8_000, 40) if quick else walking_data.town(500, 300_000, 1_000)
    if town:
        found = contenders(plan, town)
        rows += [build_row(town, found), search_row(town, found), nearest_row(town, found)]
        rows.append(polygon_row("invented town", found))
    else:
        print("walking: no town, for ../shared/generators/network.py is absent", file=sys.stderr)
    porto = walking_data.porto()
    if porto:
        rows.append(polygon_row("Porto", {"valhalla": valhalla(*porto, WORK / "valhalla-porto")}))
    else:
        print("walking: no Porto, for ../shared/data/osm/porto.osm.pbf is absent", file=sys.stderr)
    return rows
