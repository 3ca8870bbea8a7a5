"""The neutral graph that every peer reads: nodes.csv and edges.csv of a folder.

nodes.csv: lon,lat. edges.csv: tail,head,forward_ticks,backward_ticks, with
empty (or -1) where there is no way. A tick is 1/16 s.
"""

from __future__ import annotations

import dataclasses
import pathlib

import numpy

TICKS_PER_SECOND = 16


@dataclasses.dataclass(frozen=True)
class Graph:
    """Nodes and the arcs between them, at most one arc from a node to another."""

    lonlat: numpy.ndarray
    tails: numpy.ndarray
    heads: numpy.ndarray
    ticks: numpy.ndarray

    def matrix(self):
        """The arcs as SciPy's sparse matrix."""
        import scipy.sparse

        shape = (len(self.lonlat),) * 2
        return scipy.sparse.csr_matrix((self.ticks.astype(float), (self.tails, self.heads)), shape)


def table(path: pathlib.Path) -> numpy.ndarray:
    """The numbers under the header of a CSV file; empty fields are -1."""
    with open(path, encoding="utf-8") as lines:
        next(lines)
        filled = (line.rstrip("\n").replace(",,", ",-1,") for line in lines)
        return numpy.loadtxt((line + "-1" if line.endswith(",") else line for line in filled), delimiter=",", ndmin=2)


def nodes_of(path: pathlib.Path) -> numpy.ndarray:
    """The column `node` of places.csv or stations.csv."""
    return table(path)[:, 0].astype(int)


def read(folder: pathlib.Path) -> Graph:
    """Reads the graph; of several arcs between two nodes the quickest stays."""
    lonlat = table(folder / "nodes.csv")
    edges = table(folder / "edges.csv").astype(int)
    tails = numpy.concatenate([edges[:, 0], edges[:, 1]])
    heads = numpy.concatenate([edges[:, 1], edges[:, 0]])
    ticks = numpy.concatenate([edges[:, 2], edges[:, 3]])
    open_ways = ticks >= 0
    tails, heads, ticks = tails[open_ways], heads[open_ways], ticks[open_ways]
    order = numpy.lexsort((ticks, heads, tails))
    tails, heads, ticks = tails[order], heads[order], ticks[order]
    first = numpy.ones(len(tails), bool)
    first[1:] = (tails[1:] != tails[:-1]) | (heads[1:] != heads[:-1])
    return Graph(lonlat, tails[first], heads[first], ticks[first])
