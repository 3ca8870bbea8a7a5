"""Writes a network of streets as the neutral graph that every peer reads.

graph.py NETWORK.geojsonl FOLDER [--pace METERS_A_MINUTE] [--flat]

nodes.csv has the columns lon,lat; the first node is number 0. edges.csv has
tail,head,forward_ticks,backward_ticks: a tick is 1/16 s, and an empty field
says that there is no way. Times are those of Tobler's hiking function
relative to level ground along the horizontal, geodesic length; --flat leaves
the heights out, as Valhalla does here.
"""

import argparse
import pathlib

import numpy
import pyproj

import plane


def ticks(meters, rises, pace: float):
    """Whole ticks up (or down, by the sign of the rise) a straight street."""
    slopes = rises / numpy.maximum(meters, 1e-9)
    seconds = meters * 60 / pace / numpy.exp(0.175 - 3.5 * numpy.abs(slopes + 0.05))
    return numpy.floor(seconds * 16 + 0.5).astype(int)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--pace", type=float, default=60)
    parser.add_argument("--flat", action="store_true")
    options = parser.parse_args()
    network = plane.read(options.network)
    tails, heads = network.tails, network.heads
    start, end = network.lonlat[tails], network.lonlat[heads]
    _, _, meters = pyproj.Geod(ellps="WGS84").inv(start[:, 0], start[:, 1], end[:, 0], end[:, 1])
    rises = network.heights[heads] - network.heights[tails]
    if options.flat:
        # The factor is 1 on level ground, so the time is the length.
        rises = rises * 0
    forward, backward = ticks(meters, rises, options.pace), ticks(meters, -rises, options.pace)
    options.folder.mkdir(parents=True, exist_ok=True)
    numpy.savetxt(
        options.folder / "nodes.csv", network.lonlat, fmt="%.7f", delimiter=",", header="lon,lat", comments=""
    )
    numpy.savetxt(
        options.folder / "edges.csv",
        numpy.column_stack([tails, heads, forward, backward]),
        fmt="%d",
        delimiter=",",
        header="tail,head,forward_ticks,backward_ticks",
        comments="",
    )


main()
