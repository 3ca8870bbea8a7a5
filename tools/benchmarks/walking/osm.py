"""Writes a network of streets as OpenStreetMap data, for programs that read nothing else.

osm.py NETWORK.geojsonl TARGET.osm.pbf

Each street becomes a way of two nodes with highway=footway.
"""

import pathlib
import sys

import osmium

import plane

network = plane.read(pathlib.Path(sys.argv[1]))
pathlib.Path(sys.argv[2]).unlink(missing_ok=True)
known = {"version": 1, "timestamp": "2025-01-01T00:00:00Z"}
with osmium.SimpleWriter(sys.argv[2]) as writer:
    for number, place in enumerate(network.lonlat.tolist(), 1):
        writer.add_node(osmium.osm.mutable.Node(id=number, location=tuple(place), **known))
    for number, (tail, head) in enumerate(zip(network.tails.tolist(), network.heads.tolist()), 1):
        nodes = [tail + 1, head + 1]
        writer.add_way(osmium.osm.mutable.Way(id=number, nodes=nodes, tags={"highway": "footway"}, **known))
