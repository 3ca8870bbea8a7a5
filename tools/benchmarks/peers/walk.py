"""What the peers of walking have in common: the command line, the graph, the places and the stations."""

from __future__ import annotations

import argparse
import dataclasses
import pathlib

import numpy

import neutral


@dataclasses.dataclass(frozen=True)
class Given:
    """The task: search from each place, and find every node's nearest station."""

    graph: neutral.Graph
    places: list[int]
    stations: numpy.ndarray
    limit_ticks: int


def options(description: str | None) -> argparse.Namespace:
    """The command line of a peer."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("folder", type=pathlib.Path, help="nodes.csv, edges.csv, places.csv and stations.csv")
    parser.add_argument("--limit", type=int, default=900, help="seconds a search goes (default 900)")
    parser.add_argument("--runs", type=int, default=3, help="runs of the search for nearest stations (default 3)")
    return parser.parse_args()


def read(given: argparse.Namespace) -> Given:
    """Reads what the command line names."""
    return Given(
        neutral.read(given.folder),
        neutral.nodes_of(given.folder / "places.csv").tolist(),
        neutral.nodes_of(given.folder / "stations.csv"),
        given.limit * neutral.TICKS_PER_SECOND,
    )
