"""Draws where searches begin, and puts stations onto nodes.

places.py FOLDER [--stations STATIONS.geojson] [--places N] [--seed S]

Reads the neutral graph of FOLDER and writes places.csv and stations.csv, each
with the columns node,lon,lat: places drawn at random from the largest
connected part, and of each station the nearest node of that part.
"""

import argparse
import json
import pathlib
import sys

import numpy
import pyproj
import scipy.sparse.csgraph
import scipy.spatial

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "peers"))
import neutral


def write(path: pathlib.Path, nodes, lonlat) -> None:
    numpy.savetxt(
        path,
        numpy.column_stack([nodes, lonlat[nodes]]),
        fmt=("%d", "%.7f", "%.7f"),
        delimiter=",",
        header="node,lon,lat",
        comments="",
    )


def largest_part(network: neutral.Graph):
    """The nodes that reach each other both ways, of the largest such part."""
    _, part = scipy.sparse.csgraph.connected_components(network.matrix(), connection="strong")
    return numpy.flatnonzero(part == numpy.bincount(part).argmax())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--stations", type=pathlib.Path)
    parser.add_argument("--places", type=int, default=200)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    network = neutral.read(options.folder)
    connected = largest_part(network)
    generator = numpy.random.default_rng(options.seed)
    places = generator.choice(connected, min(options.places, len(connected)), replace=False)
    write(options.folder / "places.csv", places, network.lonlat)
    stations = 0
    if options.stations:
        features = json.loads(options.stations.read_text(encoding="utf-8"))["features"]
        at = numpy.array([feature["geometry"]["coordinates"][:2] for feature in features])
        lon, lat = network.lonlat.mean(axis=0)
        local = pyproj.Transformer.from_crs(4326, f"+proj=aeqd +lon_0={lon} +lat_0={lat} +ellps=WGS84", always_xy=True)
        tree = scipy.spatial.cKDTree(numpy.column_stack(local.transform(*network.lonlat[connected].T)))
        _, nearest = tree.query(numpy.column_stack(local.transform(*at.T)))
        nodes = numpy.unique(connected[nearest])
        write(options.folder / "stations.csv", nodes, network.lonlat)
        stations = len(nodes)
    print(
        json.dumps(
            {
                "nodes": len(network.lonlat),
                "connectedNodes": len(connected),
                "arcs": len(network.ticks),
                "places": len(places),
                "stations": stations,
            }
        )
    )


main()
