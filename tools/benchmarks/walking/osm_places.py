"""Draws where walks begin from OpenStreetMap data.

osm_places.py SOURCE.osm.pbf PLACES.csv [--places N] [--seed S]

PLACES.csv gets the columns node,lon,lat: nodes drawn at random from all those
of streets a person may walk, each at most once.
"""

import argparse
import pathlib

import numpy
import osmium

CLOSED = {"motorway", "motorway_link", "trunk", "trunk_link", "construction", "proposed", "raceway", "bridleway"}


def walkable(tags) -> bool:
    if tags.get("highway") in CLOSED or tags.get("foot") in ("no", "private"):
        return False
    return tags.get("access") not in ("no", "private") or "foot" in tags


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=pathlib.Path)
    parser.add_argument("target", type=pathlib.Path)
    parser.add_argument("--places", type=int, default=200)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    found: dict[int, tuple[float, float]] = {}
    ways = osmium.FileProcessor(str(options.source), osmium.osm.NODE | osmium.osm.WAY).with_locations()
    for way in ways.with_filter(osmium.filter.EntityFilter(osmium.osm.WAY)).with_filter(
        osmium.filter.KeyFilter("highway")
    ):
        if walkable(way.tags):
            found |= {node.ref: (node.lon, node.lat) for node in way.nodes if node.location.valid()}
    ordered = sorted(found)
    drawn = numpy.random.default_rng(options.seed).choice(ordered, min(options.places, len(ordered)), replace=False)
    lines = "".join(f"{node},{found[node][0]:.7f},{found[node][1]:.7f}\n" for node in drawn.tolist())
    options.target.write_text("node,lon,lat\n" + lines, encoding="utf-8")


main()
