"""Invents a town over a network of streets: buildings, stations and boundaries.

town.py NETWORK.geojsonl FOLDER [--buildings N] [--stations N] [--boundaries N] [--seed S]

Writes buildings.geojsonl (quadrilaterals whose middle is 15 to 40 m from the
nearest street, none touching another), stations.geojson (points beside
streets) and boundaries.geojson (N x N quadrilaterals that share their
corners). The same seed and network give the same bytes; the counts go to
standard output as JSON.
"""

import argparse
import json
import pathlib

import numpy
import scipy.spatial
import shapely

import plane

USES = ("residential", "residential", "residential", "residential", "office", "retail", "school", "industrial")
# Half the width and half the depth of a building in metres, least and greatest.
HALF_SIDES = (3.0, 6.0)
# Middles this far apart cannot touch, however the buildings are turned.
APART = 2 * 2**0.5 * HALF_SIDES[1] + 1


def beside_streets(network: plane.Network, count: int, nearest: float, farthest: float, generator):
    """Points beside streets drawn at random, and the directions of those streets."""
    drawn = generator.integers(0, len(network.tails), count)
    start, end = network.meters[network.tails[drawn]], network.meters[network.heads[drawn]]
    along = (end - start) / numpy.maximum(numpy.linalg.norm(end - start, axis=1), 0.01)[:, None]
    left = numpy.column_stack([-along[:, 1], along[:, 0]]) * generator.choice([-1.0, 1.0], count)[:, None]
    share = generator.uniform(0.05, 0.95, count)[:, None]
    offset = generator.uniform(nearest, farthest, count)[:, None]
    return start + share * (end - start) + offset * left, along


def keep_apart(middles, distance: float):
    """Which middles stay when of two that are too near the later one goes."""
    keep = numpy.ones(len(middles), bool)
    pairs = scipy.spatial.cKDTree(middles).query_pairs(distance, output_type="ndarray")
    for first, second in pairs[numpy.lexsort((pairs[:, 1], pairs[:, 0]))].tolist():
        if keep[first]:
            keep[second] = False
    return keep


def buildings(network: plane.Network, count: int, generator):
    """Corners in metres (count, 4, 2) of buildings that touch neither a street nor each other."""
    streets = shapely.STRtree(
        shapely.linestrings(numpy.stack([network.meters[network.tails], network.meters[network.heads]], axis=1))
    )
    middles, along = beside_streets(network, 5 * count, 15, 40, generator)
    _, gaps = streets.query_nearest(shapely.points(middles), return_distance=True, all_matches=False)
    fitting = numpy.flatnonzero((gaps >= 15) & (gaps <= 40))
    fitting = fitting[keep_apart(middles[fitting], APART)][:count]
    if len(fitting) < count:
        raise SystemExit(f"town.py: the network has room for {len(fitting)} buildings only")
    middles, along = middles[fitting], along[fitting]
    across = numpy.column_stack([-along[:, 1], along[:, 0]])
    sides = generator.uniform(*HALF_SIDES, (count, 4, 2))
    signs = numpy.array([(-1, -1), (1, -1), (1, 1), (-1, 1)])
    shifts = sides * signs
    return middles[:, None] + shifts[..., :1] * along[:, None] + shifts[..., 1:] * across[:, None]


def write_buildings(path: pathlib.Path, network: plane.Network, count: int, generator) -> None:
    corners = buildings(network, count, generator)
    degrees = network.degrees(corners.reshape(-1, 2)).reshape(count, 4, 2)
    areas = shapely.area(shapely.polygons(corners))
    storeys = numpy.clip(generator.geometric(0.14, count), 1, 54)
    uses = generator.integers(0, len(USES), count)
    with open(path, "w", encoding="utf-8") as out:
        for i, (ring, level, area, use) in enumerate(
            zip(degrees.tolist(), storeys.tolist(), (areas * storeys).round(1).tolist(), uses.tolist())
        ):
            shown = ",".join(f"[{lon:.7f},{lat:.7f}]" for lon, lat in (*ring, ring[0]))
            out.write(
                f'{{"type":"Feature","id":"B{i:06d}","properties":{{"storeys":{level},"floor_area_m2":{area},'
                f'"use":"{USES[use]}"}},"geometry":{{"type":"Polygon","coordinates":[[{shown}]]}}}}\n'
            )


def write_collection(path: pathlib.Path, features: list[dict]) -> None:
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    path.write_text('{"type":"FeatureCollection","features":[\n' + lines + "\n]}\n", encoding="utf-8")


def write_stations(path: pathlib.Path, network: plane.Network, count: int, generator) -> None:
    degrees = network.degrees(beside_streets(network, count, 5, 12, generator)[0]).round(7).tolist()
    write_collection(
        path,
        [
            {
                "type": "Feature",
                "id": f"C{i:04d}",
                "properties": {"name": f"Clinic {i}", "kind": "clinic"},
                "geometry": {"type": "Point", "coordinates": place},
            }
            for i, place in enumerate(degrees)
        ],
    )


def write_boundaries(path: pathlib.Path, network: plane.Network, count: int, generator) -> None:
    """A grid of count x count whose inner corners are shaken, so that neighbours share exact edges."""
    low, high = network.meters.min(axis=0) - 100, network.meters.max(axis=0) + 100
    steps = numpy.linspace(0, 1, count + 1)
    shares = numpy.stack(numpy.meshgrid(steps, steps, indexing="ij"), axis=-1)
    shares[1:-1, 1:-1] += generator.uniform(-0.25, 0.25, (count - 1, count - 1, 2)) / count
    corners = network.degrees((low + shares * (high - low)).reshape(-1, 2)).round(7).reshape(count + 1, count + 1, 2)
    features = []
    for column in range(count):
        for row in range(count):
            ring = [corners[column + i, row + j].tolist() for i, j in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))]
            number = column * count + row + 1
            code = f"500190{number:03d}000"
            features.append(
                {
                    "type": "Feature",
                    "id": code,
                    "properties": {"name": f"Subdistrict {number}", "level": "subdistrict", "code": code},
                    "geometry": {"type": "Polygon", "coordinates": [ring]},
                }
            )
    write_collection(path, features)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--buildings", type=int, default=300_000)
    parser.add_argument("--stations", type=int, default=1_000)
    parser.add_argument("--boundaries", type=int, default=12)
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    network = plane.read(options.network)
    generator = numpy.random.default_rng(options.seed)
    options.folder.mkdir(parents=True, exist_ok=True)
    write_buildings(options.folder / "buildings.geojsonl", network, options.buildings, generator)
    write_stations(options.folder / "stations.geojson", network, options.stations, generator)
    write_boundaries(options.folder / "boundaries.geojson", network, options.boundaries, generator)
    counts = {"buildings": options.buildings, "stations": options.stations, "boundaries": options.boundaries**2}
    print(json.dumps({**counts, "nodes": len(network.lonlat), "streets": len(network.tails), "seed": options.seed}))


main()
