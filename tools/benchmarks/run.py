"""Measures Louyu beside its peers; tools/bench calls this."""

from __future__ import annotations

import argparse
import pathlib
import subprocess
import sys

import data
import machine
import measure
import placement_rows
import report
import rows
import walking_rows
from row import WORK, Plan, Row, louyu, remove

ROWS = ("import", "export", "near", "adjacent", "nearest", "walking", "placement", "health")


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="tools/bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="50,000 buildings; writes only under .build")
    parser.add_argument("--runs", type=int, help="runs of each long command (default 3, quick 1)")
    parser.add_argument("--rows", default=",".join(ROWS), help="which rows, with commas: " + ",".join(ROWS))
    parser.add_argument("--peers-only", action="store_true", help="measure the peers without Louyu")
    parser.add_argument("--long", action="store_true", help="placement: also peers that may take all their ten minutes")
    parser.add_argument("--keep", action="store_true", help="keep the made files under .build/bench")
    return parser.parse_args()


def whole_atlas(options: argparse.Namespace, buildings: data.Buildings) -> pathlib.Path:
    """The file the questions of place are put to: all of Tokyo where it is there."""
    name = "louyu" if not options.peers_only else "ogr2ogr"
    path = WORK / f"whole-{buildings.count}-{name}.gpkg"
    if not path.exists():
        remove(path)
        source, target = str(buildings.sequence), str(path)
        command = (
            ["ogr2ogr", "-f", "GPKG", target, source, "-nln", "building", "-lco", "FID=fid"]
            if options.peers_only
            else louyu("import", source, "--layer", "building", "--atlas", target)
        )
        subprocess.run(command, check=True)
    return path


def main() -> int:
    options = arguments()
    wanted = options.rows.split(",")
    unknown = set(wanted) - set(ROWS)
    if unknown:
        print(f"tools/bench: no such row: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 64
    WORK.mkdir(parents=True, exist_ok=True)
    head = machine.describe()
    floor = measure.run(measure.Contender("true", ["true"])).peak_bytes
    head["floor of peak memory"] = f"{floor / 1e6:.0f} MB, what the runner itself puts under every figure"
    part = data.prepare(50_000 if options.quick else 1_000_000)
    whole = part if options.quick or not data.tokyo() else data.prepare(None)
    runs = options.runs or (1 if options.quick else 3)
    plan = Plan(part, runs, 5 if options.quick else 25, 1_000 if options.quick else 10_000, not options.peers_only)

    # An atlas of an earlier program is not measured.
    remove(*WORK.glob("whole-*-louyu.gpkg"))
    measured: list[Row] = []
    walked: list[Row] = []
    placed: list[Row] = []
    remarks: list[str] = []

    def keep(row: Row) -> None:
        measured.append(row)
        print(report.section(row), flush=True)

    if "import" in wanted:
        keep(rows.import_row(plan, "FeatureCollection"))
        keep(rows.import_row(plan, "GeoJSONSeq"))
    if "export" in wanted:
        keep(rows.export_row(plan))
    if {"near", "adjacent"} & set(wanted):
        atlas = whole_atlas(options, whole)
        if "near" in wanted:
            keep(rows.near_row(plan, atlas))
        if "adjacent" in wanted:
            keep(rows.adjacent_row(plan, atlas, whole.count))
    if "nearest" in wanted:
        keep(rows.nearest_row(plan, whole_atlas(options, part)))
    if "walking" in wanted:
        for row in walking_rows.walking_rows(plan, options.quick):
            walked.append(row)
            print(report.section(row), flush=True)
    if "placement" in wanted:
        placed, remarks = placement_rows.placement_rows(plan, options.quick, options.long)
        print("\n".join(report.section(row) for row in placed), flush=True)
    if "health" in wanted and not options.peers_only:
        source = part.sequence if options.quick else data.tokyo() or part.sequence
        keep(rows.health_row(plan, source, WORK / "health.gpkg"))

    title = f"{part.title}, {part.count:,} buildings; questions of place on {whole.count:,}"
    is_whole = not (options.quick or options.peers_only)
    for name, kept, page_title, is_all, said in (
        ("benchmarks", measured, title, set(ROWS) - {"walking", "placement"} <= set(wanted), []),
        ("benchmarks-walking", walked, walking_rows.TITLE, "walking" in wanted, []),
        ("benchmarks-placement", placed, placement_rows.TITLE, "placement" in wanted, remarks),
    ):
        if not kept:
            continue
        page = pathlib.Path(f"docs/{name}.md") if is_whole and is_all else WORK / f"{name}.md"
        record = WORK / f"{name}.json"
        report.write(head, page_title, kept, page, record, said)
        print(f"written: {page} and {record}")
    measured += walked + placed
    if not options.keep:
        remove(*WORK.glob("*.gpkg"))
    wrong = [answer for row in measured for answer in row.wrong]
    for answer in wrong:
        print(f"differs: {answer}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
