"""What a row of the benchmark is, and how contenders make one."""

from __future__ import annotations

import dataclasses
import functools
import json
import pathlib
import shlex
import sqlite3
import subprocess
import sys

from data import Buildings
from measure import Contender, Usage, alternate, median_ratio, summary

LOUYU = ".build/release/louyu"
PYTHON = ".build/bench-venv/bin/python"
PACKAGE = pathlib.Path("tools/benchmarks")
PEERS = PACKAGE / "peers"
WORK = pathlib.Path(".build/bench")


@dataclasses.dataclass
class Target:
    """A number that a row has to reach."""

    text: str
    value: float
    limit: float
    unit: str

    @property
    def met(self) -> bool:
        return self.value <= self.limit


@dataclasses.dataclass
class Row:
    """One measured row."""

    title: str
    commands: dict[str, str]
    figures: dict[str, dict[str, float]]
    ratios: dict[str, float] = dataclasses.field(default_factory=dict)
    targets: list[Target] = dataclasses.field(default_factory=list)
    answers: list[str] = dataclasses.field(default_factory=list)
    wrong: list[str] = dataclasses.field(default_factory=list)

    def expect(self, statement: str, holds: bool) -> None:
        """Notes an answer that was compared, and whether it agreed."""
        self.answers.append(statement)
        if not holds:
            self.wrong.append(statement)


@dataclasses.dataclass(frozen=True)
class Plan:
    """What is run and how often."""

    buildings: Buildings
    runs: int
    point_runs: int
    points: int
    ours: bool


def remove(*paths: pathlib.Path) -> None:
    """Removes files with what SQLite keeps beside them."""
    for path in paths:
        for ending in ("", "-wal", "-shm", "-journal"):
            pathlib.Path(str(path) + ending).unlink(missing_ok=True)


def peer_json(program: str, *arguments: object) -> dict:
    """Runs a peer or a judge that prints its answer as JSON."""
    command = [PYTHON, str(PEERS / program), *map(str, arguments)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def count_rows(path: pathlib.Path) -> tuple[int, int]:
    """Buildings of a GeoPackage, and those its R-tree holds."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        rows = database.execute("select count(*) from building").fetchone()[0]
        indexed = database.execute("select count(*) from rtree_building_geom_rowid").fetchone()[0]
    database.close()
    return rows, indexed


@functools.cache
def nested_program(name: str) -> str:
    """Builds a program of this folder's package; its path."""
    # SwiftPM looks for new files of a package by path only where the manifest is new.
    (PACKAGE / "Package.swift").touch()
    # A program compiled against another layout of a library's types is not always compiled again.
    for source in (PACKAGE / "Sources" / name).glob("*.swift"):
        source.touch()
    build = ["swift", "build", "-c", "release", "--package-path", str(PACKAGE), "--product", name]
    subprocess.run(build, check=True, stdout=sys.stderr)
    return str(PACKAGE / ".build/release" / name)


def louyu(*arguments: object) -> list[str]:
    """A command of ours."""
    return [LOUYU, *map(str, arguments), "--quiet"]


def shown(contenders: list[Contender]) -> dict[str, str]:
    """The commands as a reader would type them."""
    return {c.name: shlex.join(c.command) for c in contenders}


def side_by_side(title: str, contenders: list[Contender], runs: int, warm_up: bool = False) -> tuple[Row, dict[str, list[Usage]]]:
    """Measures contenders in turn and makes the row of them; ours stands first."""
    results = alternate(contenders, runs, warm_up)
    row = Row(title, shown(contenders), {name: summary(used) for name, used in results.items()})
    if "louyu" in results:
        row.ratios = {
            name: median_ratio(results["louyu"], used) for name, used in results.items() if name != "louyu"
        }
    return row, results
