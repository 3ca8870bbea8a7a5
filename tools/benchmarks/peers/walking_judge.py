"""The right answers for a town with buildings, by SciPy on the neutral graph.

walking_judge.py GRAPH_FOLDER [--limit SECONDS] [--pace METERS_A_MINUTE]

Reads where buildings, stations and candidate sites meet the edges
(buildings.csv, footholds.csv and candidates.csv with the columns
edge,share,offset_meters), works out the ticks between every one of them and
the ends of its edge anew, and prints counts and sums of ticks as JSON: of the
buildings in reach of all places, of the nearest station of every building,
of the buildings that a station reaches in time, and of the candidates' lists.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import pathlib

import numpy
import scipy.sparse
from scipy.sparse.csgraph import dijkstra

import neutral


@dataclasses.dataclass(frozen=True)
class Footholds:
    """Points of edges, and how far off them something stands."""

    edge: numpy.ndarray
    share: numpy.ndarray
    offset_ticks: numpy.ndarray


class Network:
    """The graph both ways, and the time along parts of its edges."""

    def __init__(self, folder: pathlib.Path, pace: float) -> None:
        self.folder, self.pace = folder, pace
        graph = neutral.read(folder)
        self.away = graph.matrix()
        self.toward = self.away.T.tocsr()
        edges = neutral.table(folder / "edges.csv").astype(int)
        self.tails, self.heads = edges[:, 0], edges[:, 1]
        self.forward, self.backward = (numpy.where(ticks < 0, numpy.inf, ticks) for ticks in edges[:, 2:4].T)

    def footholds(self, name: str) -> Footholds:
        """Those of a file that meet an edge."""
        rows = neutral.table(self.folder / f"{name}.csv")
        rows = rows[rows[:, 0] >= 0]
        offsets = numpy.floor(rows[:, 2] * 60 / self.pace * neutral.TICKS_PER_SECOND + 0.5)
        return Footholds(rows[:, 0].astype(int), rows[:, 1], offsets)

    def ends(self, at: Footholds, is_leaving: bool):
        """Ticks between the footholds and the tails and heads of their edges."""
        forward, backward = self.forward[at.edge], self.backward[at.edge]
        to_tail, to_head = (backward, forward) if is_leaving else (forward, backward)
        return at.offset_ticks + part(at.share, to_tail), at.offset_ticks + part(1 - at.share, to_head)

    def from_stations(self, stations: Footholds):
        """Ticks with which every node walks to the nearest station: from one source beyond all of them."""
        tail_ticks, head_ticks = self.ends(stations, is_leaving=False)
        count = self.toward.shape[0]
        seeds = numpy.full(count, numpy.inf)
        numpy.minimum.at(seeds, self.tails[stations.edge], tail_ticks)
        numpy.minimum.at(seeds, self.heads[stations.edge], head_ticks)
        first = numpy.flatnonzero(numpy.isfinite(seeds))
        ways = self.toward.tocoo()
        # One tick more from the source, for an arc without cost would be no arc.
        matrix = scipy.sparse.csr_matrix(
            (
                numpy.concatenate([ways.data, seeds[first] + 1]),
                (
                    numpy.concatenate([ways.row, numpy.full(len(first), count)]),
                    numpy.concatenate([ways.col, first]),
                ),
            ),
            (count + 1,) * 2,
        )
        return dijkstra(matrix, indices=count)[:count] - 1

    def nearest(self, buildings: Footholds, stations: Footholds):
        """Ticks with which every building walks to its nearest station."""
        nodes = self.from_stations(stations)
        tail_ticks, head_ticks = self.ends(buildings, is_leaving=True)
        found = numpy.minimum(nodes[self.tails[buildings.edge]] + tail_ticks, nodes[self.heads[buildings.edge]] + head_ticks)
        order = numpy.argsort(buildings.edge, kind="stable")
        edges = buildings.edge[order]
        for edge, share, offset in zip(stations.edge, stations.share, stations.offset_ticks):
            own = order[numpy.searchsorted(edges, edge) : numpy.searchsorted(edges, edge, side="right")]
            along = numpy.where(
                buildings.share[own] <= share,
                part(share - buildings.share[own], self.forward[edge]),
                part(buildings.share[own] - share, self.backward[edge]),
            )
            found[own] = numpy.minimum(found[own], buildings.offset_ticks[own] + offset + along)
        return found


def part(share, ticks):
    """The ticks of a share of an edge; none of it takes none, even where it may not be walked."""
    with numpy.errstate(invalid="ignore"):
        return numpy.where(share > 0, numpy.floor(share * ticks + 0.5), 0)


def sums(ticks, limit: float) -> tuple[int, int]:
    """How many are within the limit, and their ticks together."""
    within = ticks[ticks <= limit]
    return len(within), int(within.sum())


def lists(network: Network, buildings: Footholds, limit: int) -> tuple[int, int]:
    """The buildings in reach of every place, walking away from it."""
    tail_ticks, head_ticks = network.ends(buildings, is_leaving=False)
    tails, heads = network.tails[buildings.edge], network.heads[buildings.edge]
    count = ticks = 0
    for place in neutral.nodes_of(network.folder / "places.csv").tolist():
        nodes = dijkstra(network.away, indices=place, limit=limit)
        found = sums(numpy.minimum(nodes[tails] + tail_ticks, nodes[heads] + head_ticks), limit)
        count, ticks = count + found[0], ticks + found[1]
    return count, ticks


def candidates(network: Network, buildings: Footholds, limit: int) -> tuple[int, int]:
    """The buildings that walk to every candidate site in time."""
    sites = network.footholds("candidates")
    count = ticks = 0
    for number in range(len(sites.edge)):
        one = slice(number, number + 1)
        site = Footholds(sites.edge[one], sites.share[one], sites.offset_ticks[one])
        found = sums(network.nearest(buildings, site), limit)
        count, ticks = count + found[0], ticks + found[1]
    return count, ticks


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--limit", type=int, default=900, help="seconds (default 900)")
    parser.add_argument("--pace", type=float, default=60, help="metres a minute (default 60)")
    options = parser.parse_args()
    network = Network(options.folder, options.pace)
    limit = options.limit * neutral.TICKS_PER_SECOND
    buildings = network.footholds("buildings")
    nearest = network.nearest(buildings, network.footholds("footholds"))
    found = {
        "list": lists(network, buildings, limit),
        "cityNearest": sums(nearest, numpy.finfo(float).max),
        "covered": sums(nearest, limit),
        "candidates": candidates(network, buildings, limit),
    }
    print(json.dumps({name: {"buildings": count, "ticks": ticks} for name, (count, ticks) in found.items()}))


if __name__ == "__main__":
    main()
