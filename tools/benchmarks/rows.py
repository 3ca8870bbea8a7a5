"""The rows of the benchmark: what is run side by side, and what proves equal work."""

from __future__ import annotations

import json
import math
import pathlib
import random
import sqlite3
import subprocess

from measure import Contender, alternate, run, summary
from row import (
    PEERS, PYTHON, WORK, Plan, Row, Target, count_rows, louyu, nested_program, peer_json, remove, shown, side_by_side
)


def import_row(plan: Plan, kind: str) -> Row:
    """Import of GeoJSON into a GeoPackage with index."""
    source = plan.buildings.sequence if kind == "GeoJSONSeq" else plan.buildings.collection
    atlas, by_ogr, by_pyogrio = WORK / "louyu.gpkg", WORK / "ogr2ogr.gpkg", WORK / "pyogrio.gpkg"
    contenders = [
        Contender(
            "louyu",
            louyu("import", source, "--layer", "building", "--atlas", atlas),
            lambda: remove(atlas),
        ),
        Contender(
            "ogr2ogr",
            ["ogr2ogr", "-f", "GPKG", str(by_ogr), str(source), "-nln", "building", "-lco", "FID=fid"],
            lambda: remove(by_ogr),
        ),
        Contender(
            "pyogrio",
            [PYTHON, str(PEERS / "gdal_import.py"), str(source), str(by_pyogrio)],
            lambda: remove(by_pyogrio),
        ),
    ]
    if not plan.ours:
        del contenders[0]
    row, _ = side_by_side(f"import of {plan.buildings.count:,} buildings, {kind}", contenders, plan.runs)
    for path in [atlas, by_ogr, by_pyogrio][0 if plan.ours else 1 :]:
        rows, indexed = count_rows(path)
        row.expect(
            f"{path.stem}: {rows:,} buildings, {indexed:,} in the R-tree",
            rows == indexed == plan.buildings.count,
        )
    if plan.ours:
        row.targets = [
            Target("wall, of ogr2ogr's", row.ratios["ogr2ogr"], 1 / 4, ""),
            Target("peak memory", row.figures["louyu"]["peakBytesMaximum"] / 1e6, 300, "MB"),
        ]
    remove(by_pyogrio)
    return row


def export_row(plan: Plan) -> Row:
    """Export of all buildings as GeoJSON of RFC 7946; each reads the file its own import made."""
    atlas, by_ogr = WORK / "louyu.gpkg", WORK / "ogr2ogr.gpkg"
    ours, theirs, pyogrio = WORK / "louyu.geojson", WORK / "ogr2ogr.geojson", WORK / "pyogrio.geojson"
    contenders = [
        Contender(
            "louyu", louyu("export", "building", "--atlas", atlas, "-o", ours), lambda: remove(ours)
        ),
        Contender(
            "ogr2ogr",
            ["ogr2ogr", "-f", "GeoJSON", "-lco", "RFC7946=YES", str(theirs), str(by_ogr), "building"],
            lambda: remove(theirs),
        ),
        Contender(
            "pyogrio",
            [PYTHON, str(PEERS / "gdal_export.py"), str(by_ogr), str(pyogrio)],
            lambda: remove(pyogrio),
        ),
    ]
    if not plan.ours:
        del contenders[0]
    row, _ = side_by_side(
        f"export of {plan.buildings.count:,} buildings as RFC 7946 GeoJSON", contenders, plan.runs
    )
    source = peer_json("count_features.py", plan.buildings.sequence)
    for path in [ours, theirs, pyogrio][0 if plan.ours else 1 :]:
        found = peer_json("count_features.py", path)
        row.expect(
            f"{path.stem}: {found['features']:,} features with {found['vertices']:,} vertices, counted by DuckDB",
            found == source,
        )
    if plan.ours:
        row.targets = [
            Target("wall, of ogr2ogr's", row.ratios["ogr2ogr"], 1 / 5, ""),
            Target("peak memory", row.figures["louyu"]["peakBytesMaximum"] / 1e6, 64, "MB"),
        ]
    remove(ours, theirs, pyogrio)
    return row


def meters_per_degree(lat: float) -> tuple[float, float]:
    """Metres of a degree of longitude and of latitude on the WGS 84 ellipsoid."""
    major, squared = 6_378_137.0, 0.006_694_379_990_141_316
    root = 1 - squared * math.sin(math.radians(lat)) ** 2
    along = math.cos(math.radians(lat)) * major / math.sqrt(root)
    return math.radians(along), math.radians(major * (1 - squared) / root**1.5)


def near_row(plan: Plan, atlas: pathlib.Path) -> Row:
    """The buildings within 500 m of a place, by a process that starts for it."""
    lon, lat = plan.buildings.center
    per_lon, per_lat = meters_per_degree(lat)
    width, height = 505 / per_lon, 505 / per_lat
    box = (
        f"minx <= {lon + width:.7f} AND maxx >= {lon - width:.7f}"
        f" AND miny <= {lat + height:.7f} AND maxy >= {lat - height:.7f}"
    )
    joined = f"FROM rtree_building_geom AS r JOIN building AS b ON b.fid = r.id WHERE {box}"

    # SpatiaLite's own geodesic distance takes some 10 ms a building: the peers
    # are asked in the way that is fastest for them, in metres of a local plane.
    def question(geometry: str, point: str) -> str:
        return (
            f"SELECT fid, meters FROM (SELECT b.fid AS fid, ST_Distance(ScaleCoords({geometry}, {per_lon:.3f},"
            f" {per_lat:.3f}), {point}) AS meters {joined}) WHERE meters <= 500 ORDER BY meters"
        )

    x, y = f"{lon * round(per_lon, 3):.6f}", f"{lat * round(per_lat, 3):.6f}"
    by_ogrinfo = question("b.geom", f"SetSRID(MakePoint({x}, {y}), 4326)")
    by_shell = question("CastAutomagic(b.geom)", f"MakePoint({x}, {y}, 4326)")
    outputs = {name: WORK / f"near-{name}.txt" for name in ("louyu", "ogrinfo", "spatialite", "sqlite3")}
    contenders = [
        Contender(
            "louyu",
            louyu("near", f"{lon},{lat}", "--within", "500m", "--atlas", atlas, "--format", "json"),
            output=outputs["louyu"],
        ),
        Contender("ogrinfo", ["ogrinfo", "-ro", "-q", str(atlas), "-sql", by_ogrinfo], output=outputs["ogrinfo"]),
        Contender("spatialite", ["spatialite", "-silent", str(atlas), by_shell], output=outputs["spatialite"]),
        Contender(
            "sqlite3",
            ["sqlite3", "-readonly", str(atlas), f"SELECT b.fid, b.geom {joined}"],
            output=outputs["sqlite3"],
        ),
    ]
    if not plan.ours:
        del contenders[0]
    row, _ = side_by_side("buildings within 500 m, cold process", contenders, plan.point_runs, warm_up=True)
    counts = {
        "ogrinfo": sum("meters (Real)" in line for line in open(outputs["ogrinfo"], encoding="utf-8")),
        "spatialite": sum(
            "|" in line for line in open(outputs["spatialite"], encoding="utf-8", errors="replace")
        ),
    }
    if plan.ours:
        counts["louyu"] = len(json.loads(outputs["louyu"].read_text(encoding="utf-8")))
    for name, count in sorted(counts.items()):
        row.expect(f"{name}: {count:,} buildings", count == counts["ogrinfo"])
    candidates = sum(1 for _ in open(outputs["sqlite3"], "rb"))
    row.answers.append(f"sqlite3: {candidates:,} rows of the box, without a distance: the floor")
    if plan.ours:
        row.targets = [
            Target("wall", row.figures["louyu"]["wallSecondsMedian"] * 1000, 12, "ms"),
            Target("wall, of ogrinfo's", row.ratios["ogrinfo"], 1 / 4, ""),
            Target("wall, of the spatialite shell's", row.ratios["spatialite"], 1 / 2, ""),
        ]
    return row


def adjacent_row(plan: Plan, atlas: pathlib.Path, count: int) -> Row:
    """All pairs of buildings that meet, with the length they share."""
    ours, theirs = WORK / "adjacent-louyu.json", WORK / "adjacent-shapely.csv"
    again = WORK / "adjacent-again.json"
    figures: dict[str, dict[str, float]] = {}
    shapely = [peer_json("shapely_adjacent.py", atlas, theirs) for _ in range(plan.runs)]
    asked = sorted(shapely, key=lambda answer: answer["querySeconds"])[len(shapely) // 2]
    figures["shapely"] = {"runs": plan.runs, "wallSecondsMedian": asked["querySeconds"]}
    title = f"all pairs of {count:,} buildings that meet, with shared length"
    commands = {"shapely": 'STRtree.query(geometries, predicate="intersects"), the query alone'}
    row = Row(title, commands, figures)
    row.answers.append(
        f"shapely: {asked['pairs']:,} pairs; tree {asked['buildSeconds']:.2f} s, query"
        f" {asked['querySeconds']:.2f} s, lengths {asked['lengthSeconds']:.2f} s"
    )
    if not plan.ours:
        return row
    contender = Contender(
        "louyu",
        louyu("adjacent", "--layer", "building", "--all", "--gap", "0", "--atlas", atlas, "--format", "json", "-o", ours),
        lambda: remove(ours),
    )
    results = alternate([contender], plan.runs, warm_up=False)
    figures["louyu"] = summary(results["louyu"])
    commands |= shown([contender])
    row.ratios["shapely"] = figures["louyu"]["wallSecondsMedian"] / asked["querySeconds"]
    row.targets = [Target("wall of the whole program, of Shapely's query alone", row.ratios["shapely"], 1, "")]
    compared = peer_json("compare_pairs.py", ours, theirs)
    row.expect(
        f"louyu: {compared['ours']:,} pairs, {compared['onlyOurs']} of them not Shapely's,"
        f" {compared['onlyTheirs']} of Shapely's not ours",
        compared["onlyOurs"] == compared["onlyTheirs"] == 0,
    )
    ours.rename(again)
    run(contender)
    row.expect("louyu: the same bytes twice", ours.read_bytes() == again.read_bytes())
    remove(ours, again)
    return row


def write_points(plan: Plan, atlas: pathlib.Path, path: pathlib.Path) -> None:
    """Points within some 500 m of buildings, the same ones each time."""
    generator = random.Random(20_250_101)
    written = 0
    with sqlite3.connect(f"file:{atlas}?mode=ro", uri=True) as database, open(path, "w", encoding="utf-8") as out:
        last = database.execute("select max(fid) from building").fetchone()[0]
        while written < plan.points:
            fid = generator.randint(1, last)
            box = database.execute("select minx, miny from rtree_building_geom where id = ?", (fid,)).fetchone()
            east, north = generator.uniform(-0.005, 0.005), generator.uniform(-0.005, 0.005)
            if box:
                out.write(f"{box[0] + east:.7f},{box[1] + north:.7f}\n")
                written += 1
    database.close()


def nearest_row(plan: Plan, atlas: pathlib.Path) -> Row:
    """The five nearest buildings in metres, many times in one process."""
    points = WORK / "points.csv"
    write_points(plan, atlas, points)
    answers = {name: WORK / f"nearest-{name}.csv" for name in ("louyu", "shapely", "postgis", "judge")}
    row = Row(
        f"five nearest of {plan.buildings.count:,} buildings, {plan.points:,} points in one process", {}, {}
    )

    shapely = peer_json("shapely_nearest.py", atlas, points, 5, answers["shapely"])
    row.commands["shapely"] = "STRtree.query(dwithin) with a growing circle, in the plane of the UTM zone"
    row.figures["shapely"] = {"medianMilliseconds": shapely["medianMilliseconds"]}
    row.answers.append(
        f"shapely: one nearest in a batch {shapely['nearestOneBatchMilliseconds']:.4f} ms a point,"
        f" tree built in {shapely['buildSeconds']:.2f} s"
    )

    postgis = postgis_nearest(plan, points, answers["postgis"])
    row.commands["postgis"] = "select … from building order by geom <-> point limit 5 (geography), inside the server"
    row.figures["postgis"] = {"medianMilliseconds": postgis["medianMilliseconds"]}

    subprocess.run(
        [PYTHON, str(PEERS / "brute_force.py"), str(atlas), str(points), "5", str(answers["judge"])], check=True
    )
    if plan.ours:
        command = [
            nested_program("nearest"),
            "--atlas", str(atlas), "--points", str(points), "--count", "5", "--answers", str(answers["louyu"]),
        ]
        # The first run brings the file into the page cache and is not counted.
        outputs = [subprocess.run(command, check=True, capture_output=True, text=True).stdout for _ in range(plan.runs + 1)]
        found = sorted(map(json.loads, outputs[1:]), key=lambda run: run["medianMilliseconds"])[plan.runs // 2]
        row.commands["louyu"] = " ".join(command)
        row.figures["louyu"] = {"medianMilliseconds": found["medianMilliseconds"]}
        row.ratios = {
            name: found["medianMilliseconds"] / row.figures[name]["medianMilliseconds"]
            for name in ("postgis", "shapely")
        }
        row.targets = [Target("median a question", found["medianMilliseconds"], 0.1, "ms")]
    for name in ("louyu", "shapely", "postgis"):
        if name not in row.figures:
            continue
        compared = peer_json("compare_nearest.py", answers[name], answers["judge"])
        statement = (
            f"{name}: {compared['different']:,} of {compared['points']:,} points answered otherwise than by geodesics"
            f" to all buildings; {compared['inexact']:,} distances beyond 1 mm + 1e-6 (1e-4 from 1 km on), greatest"
            f" difference {compared['greatestDifferenceMeters'] * 1000:.3f} mm"
        )
        if name == "louyu":
            row.expect(statement, compared["different"] == compared["inexact"] == 0)
        else:
            row.answers.append(statement)
    return row


def postgis_nearest(plan: Plan, points: pathlib.Path, answers: pathlib.Path) -> dict:
    """Loads PostGIS and asks it."""
    server = str(PEERS.parent / "postgres")
    subprocess.run([server, "start"], check=True)
    try:
        connection = subprocess.run([server, "connection"], check=True, capture_output=True, text=True).stdout.strip()
        subprocess.run(
            ["ogr2ogr", "-f", "PostgreSQL", f"PG:{connection}", str(plan.buildings.sequence), "-nln", "building",
             "-overwrite", "-lco", "GEOM_TYPE=geography", "-lco", "GEOMETRY_NAME=geom", "-lco", "FID=fid",
             "--config", "PG_USE_COPY", "YES"],
            check=True,
        )
        subprocess.run([server, "psql", "-qc", "vacuum analyze building"], check=True)
        asked = subprocess.run(
            [server, "psql", "-qtA", "-v", f"points={points.resolve()}", "-v", f"answers={answers.resolve()}",
             "-v", "wanted=5", "-v", "refcolumn=id", "-f", str(PEERS / "postgis_nearest.sql")],
            check=True, capture_output=True, text=True,
        )
        return json.loads(asked.stdout.strip().splitlines()[-1])
    finally:
        subprocess.run([server, "stop"], check=True)


def health_row(plan: Plan, source: pathlib.Path, atlas: pathlib.Path) -> Row:
    """The whole of the data in one atlas, judged by GDAL."""
    contender = Contender(
        "louyu",
        louyu("import", source, "--layer", "building", "--atlas", atlas),
        lambda: remove(atlas),
    )
    row, _ = side_by_side(f"import of {source.name} and what GDAL says of the atlas", [contender], 1)
    rows, indexed = count_rows(atlas)
    row.expect(f"louyu: {rows:,} buildings, {indexed:,} in the R-tree", rows == indexed)
    judged = subprocess.run(
        [PYTHON, "-m", "osgeo_utils.samples.validate_gpkg", "-k", str(atlas)], capture_output=True, text=True
    )
    verdict = "no error" if judged.returncode == 0 else (judged.stdout + judged.stderr).strip()[-500:]
    row.expect(f"validate_gpkg of GDAL 3.13: {verdict}", judged.returncode == 0)
    listed = subprocess.run(
        ["ogrinfo", "-ro", "-q", str(atlas), "-sql", "SELECT COUNT(*) AS n FROM building"],
        check=True, capture_output=True, text=True,
    ).stdout
    row.expect("ogrinfo: the same count", f"= {rows}" in listed)

    first = sqlite3.connect(f"file:{atlas}?mode=ro", uri=True)
    fid, ref = first.execute("select fid, ref from building order by fid limit 1").fetchone()
    east, north = first.execute("select max(maxx), max(maxy) from rtree_building_geom").fetchone()
    first.close()
    lon, lat = round(east + 0.1, 6), round(north + 0.1, 6)
    subprocess.run(
        ["/usr/bin/python3", str(PEERS / "move_feature.py"), str(atlas), str(fid), str(lon), str(lat)], check=True
    )
    found = json.loads(
        subprocess.run(
            louyu("near", f"{lon},{lat}", "--within", "50m", "--atlas", atlas, "--format", "json"),
            check=True, capture_output=True, text=True,
        ).stdout
    )
    row.expect("a building moved by GDAL is found at its new place", [place["ref"] for place in found] == [ref])
    return row
