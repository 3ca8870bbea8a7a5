"""What placement is measured on: instances of the shared writer, OR-Library's p-median files, and the walking rows' town."""

from __future__ import annotations

import csv
import dataclasses
import pathlib
import subprocess

import walking_data
from data import FOLDER, shared_folder
from row import PYTHON, WORK


@dataclasses.dataclass(frozen=True)
class Graph:
    """A p-median file of OR-Library and its published optima."""

    file: pathlib.Path
    median: int
    center: int


@dataclasses.dataclass(frozen=True)
class Streets:
    """A town in an atlas, and the buildings of it where a station may stand."""

    atlas: pathlib.Path
    candidates: pathlib.Path
    buildings: int
    stations: int
    candidate_count: int


def writer() -> pathlib.Path | None:
    """The program that invents instances, where the shared folder is there."""
    folder = shared_folder()
    file = folder.parent / "generators" / "placement.py" if folder else None
    return file if file and file.exists() else None


def instance(demands: int, sites: int, radius: int) -> pathlib.Path:
    """The folder with costs.csv and demand.csv of an instance, made where it is not there yet."""
    folder = FOLDER / "placement" / f"{demands}-{sites}-{radius}"
    done = folder / "done"
    if not done.exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run([PYTHON, str(writer()), str(demands), str(sites), str(radius), str(folder)], check=True)
        done.touch()
    return folder


def graphs() -> list[Graph]:
    """The p-median files, where they are there, in the order of their numbers."""
    shared = shared_folder()
    folder = shared / "placement" / "pmed" if shared else None
    if not folder or not folder.is_dir():
        return []
    with open(folder / "optima.csv", encoding="utf-8", newline="") as lines:
        return [
            Graph(folder / f"{line['instance']}.txt", int(line["p_median_optimum"]), int(line["p_center_optimum"]))
            for line in csv.DictReader(lines)
        ]


def streets(side: int, buildings: int, stations: int, candidates: int) -> Streets | None:
    """The walking rows' town in an atlas of today's program; nothing where its writer is absent."""
    made = walking_data.town_files(side, buildings, stations)
    if not made:
        return None
    atlas = WORK / f"town-{side}-{buildings}.gpkg"
    walking_data.import_town(atlas, made.network, made.folder)
    chosen = made.folder / f"candidates-{candidates}.csv"
    step = buildings // candidates
    chosen.write_text("ref\n" + "".join(f"B{step * i:06d}\n" for i in range(candidates)), encoding="utf-8")
    return Streets(atlas, chosen, buildings, stations, candidates)
