"""How well polygons show what a search reaches, counted in nodes of the network.

polygon_error.py POLYGONS.geojson NODES.csv TICKS.csv [--limit SECONDS]

POLYGONS is a FeatureCollection whose features name their `place` (a number
from 0); several features of one place count as one. NODES.csv has the columns
lon,lat. TICKS.csv has place,node,ticks, a tick being 1/16 s; a node that is
not listed for a place, or listed beyond the limit, is out of its reach.
Prints the shares as JSON: of the nodes inside, those out of reach; of the
nodes in reach, those outside. A node on the outline is inside.
"""

from __future__ import annotations

import argparse
import json
import pathlib

import numpy
import shapely

import neutral


def polygons_of(path: pathlib.Path) -> dict[int, list]:
    """The geometries of every place."""
    found: dict[int, list] = {}
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
        found.setdefault(int(feature["properties"]["place"]), []).append(shape)
    return found


def share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def polygon_error(polygons: dict[int, list], lonlat, ticks, limit: int) -> dict[str, float]:
    """Counts nodes: `ticks` has the columns place, node, ticks; `limit` is in ticks."""
    tree = shapely.STRtree(shapely.points(lonlat))
    reached = ticks[ticks[:, 2] <= limit]
    places = sorted(set(polygons) | set(reached[:, 0].tolist()))
    within, beyond, invalid = [], [], 0
    inside_all = inside_wrong = reached_all = reached_outside = vertices = 0
    for place in places:
        nodes = numpy.unique(reached[reached[:, 0] == place, 1])
        shapes = polygons.get(place, [])
        invalid += sum(not shapely.is_valid(shape) for shape in shapes)
        vertices += sum(int(shapely.get_num_coordinates(shape)) for shape in shapes)
        inside = numpy.unique(
            numpy.concatenate([numpy.empty(0, int), *(tree.query(shape, predicate="intersects") for shape in shapes)])
        )
        wrong = len(numpy.setdiff1d(inside, nodes, assume_unique=True))
        outside = len(numpy.setdiff1d(nodes, inside, assume_unique=True))
        within.append(share(wrong, len(inside)))
        beyond.append(share(outside, len(nodes)))
        inside_all, inside_wrong = inside_all + len(inside), inside_wrong + wrong
        reached_all, reached_outside = reached_all + len(nodes), reached_outside + outside
    return {
        "places": len(places),
        "insideNodes": inside_all,
        "insideOutOfReach": inside_wrong,
        "insideOutOfReachShare": share(inside_wrong, inside_all),
        "insideOutOfReachWorstPlace": max(within, default=0.0),
        "reachedNodes": reached_all,
        "reachedOutside": reached_outside,
        "reachedOutsideShare": share(reached_outside, reached_all),
        "reachedOutsideWorstPlace": max(beyond, default=0.0),
        "invalidPolygons": invalid,
        "verticesOfPolygon": share(vertices, len(places)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("polygons", type=pathlib.Path)
    parser.add_argument("nodes", type=pathlib.Path)
    parser.add_argument("ticks", type=pathlib.Path)
    parser.add_argument("--limit", type=int, default=900, help="seconds (default 900)")
    options = parser.parse_args()
    ticks = neutral.table(options.ticks).astype(int)
    limit = options.limit * neutral.TICKS_PER_SECOND
    print(json.dumps(polygon_error(polygons_of(options.polygons), neutral.table(options.nodes), ticks, limit)))


if __name__ == "__main__":
    main()
