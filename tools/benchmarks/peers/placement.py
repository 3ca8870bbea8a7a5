"""What the peers and the judge of placement have in common: the costs, the command line, how an answer is printed."""

from __future__ import annotations

import argparse
import dataclasses
import json
import pathlib

import duckdb
import numpy
import scipy.sparse

import figures

GOALS = ("cover", "all", "median", "center")


@dataclasses.dataclass(frozen=True)
class Costs:
    """Who can be served from where at which cost, entry by entry, and what each demand weighs."""

    sites: numpy.ndarray
    demands: numpy.ndarray
    costs: numpy.ndarray
    weights: numpy.ndarray
    site_count: int

    def within(self, radius: float) -> Costs:
        """The entries within a radius; demand that has none is left out."""
        near = self.costs <= radius
        kept, numbers = numpy.unique(self.demands[near], return_inverse=True)
        return Costs(self.sites[near], numbers, self.costs[near], self.weights[kept], self.site_count)

    def matrix(self, absent: float) -> numpy.ndarray:
        """All of it, a line a demand; `absent` where there is no entry."""
        dense = numpy.full((len(self.weights), self.site_count), absent)
        dense[self.demands, self.sites] = self.costs
        return dense


def read_table(folder: pathlib.Path) -> Costs:
    """Reads costs.csv and demand.csv, whose sites and demands are numbered from 0."""
    with duckdb.connect() as database:
        entries = database.execute(
            "select site::integer site, demand::integer demand, cost::double as cost from read_csv(?)", [str(folder / "costs.csv")]
        ).fetchnumpy()
        weighed = database.execute(
            "select weight::double weight from read_csv(?) order by demand", [str(folder / "demand.csv")]
        ).fetchnumpy()
    sites = entries["site"]
    return Costs(sites, entries["demand"], entries["cost"], weighed["weight"], int(sites.max()) + 1)


def read_graph(file: pathlib.Path) -> tuple[Costs, int]:
    """Reads an OR-Library p-median file: shortest paths between all nodes, and the number of stations."""
    numbers = [int(word) for word in file.read_text(encoding="ascii").split()]
    count, edges, stations = numbers[:3]
    # Where an edge is listed twice the last one counts.
    lengths = {}
    for tail, head, length in zip(numbers[3:3 + 3 * edges:3], numbers[4:3 + 3 * edges:3], numbers[5:3 + 3 * edges:3]):
        lengths[min(tail, head) - 1, max(tail, head) - 1] = length
    tails, heads = numpy.array(list(lengths), dtype=numpy.int32).T
    graph = scipy.sparse.coo_matrix((list(lengths.values()), (tails, heads)), shape=(count, count))
    paths = scipy.sparse.csgraph.shortest_path(graph.tocsr(), directed=False)
    demands, sites = numpy.divmod(numpy.arange(count * count, dtype=numpy.int64), count)
    return Costs(sites, demands, paths.ravel(), numpy.ones(count), count), stations


@dataclasses.dataclass(frozen=True)
class Task:
    """One question put to a peer."""

    goal: str
    stations: int | None
    radius: float | None
    costs: Costs
    solver: str
    read_seconds: float


def task(description: str | None, solvers: tuple[str, ...]) -> Task:
    """Reads the command line and what it names."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("source", type=pathlib.Path, help="a folder with costs.csv and demand.csv, or a p-median file")
    parser.add_argument("--goal", choices=GOALS, required=True)
    parser.add_argument("-k", type=int, help="stations; a p-median file says it itself")
    parser.add_argument("--radius", type=float, help="how far a station reaches (cover, all)")
    parser.add_argument("--solver", choices=solvers, default=solvers[0])
    given = parser.parse_args()
    (costs, stations), seconds = figures.timed(
        lambda: (read_table(given.source), given.k) if given.source.is_dir() else read_graph(given.source)
    )
    if given.radius is not None:
        costs = costs.within(given.radius)
    return Task(given.goal, given.k or stations, given.radius, costs, given.solver, seconds)


def show(asked: Task, value: float, sites: list[int], build_seconds: float, solve_seconds: float) -> None:
    """Prints a proved answer and what it took as one JSON object."""
    print(json.dumps({
        "value": value, "bound": value, "proven": True, "stations": [{"site": str(site)} for site in sites],
        "readSeconds": asked.read_seconds, "buildSeconds": build_seconds, "solveSeconds": solve_seconds,
        "seconds": build_seconds + solve_seconds,
    }))
