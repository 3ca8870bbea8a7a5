"""Shapely: all pairs of buildings that meet, by its STRtree.

shapely_adjacent.py GEOPACKAGE PAIRS.csv; prints what it took as JSON.
"""

import json
import sys
import time

import numpy
import shapely

import buildings

geometries, refs = buildings.read(sys.argv[1])
start = time.perf_counter()
tree = shapely.STRtree(geometries)
built = time.perf_counter()
left, right = tree.query(geometries, predicate="intersects")
queried = time.perf_counter()
once = left < right
shapely.length(shapely.intersection(geometries[left[once]], geometries[right[once]]))
measured = time.perf_counter()

with open(sys.argv[2], "w", encoding="utf-8") as out:
    for a, b in zip(left[once], right[once]):
        out.write(",".join(sorted((refs[a], refs[b]))) + "\n")
print(
    json.dumps(
        {
            "pairs": int(numpy.count_nonzero(once)),
            "buildSeconds": built - start,
            "querySeconds": queried - built,
            "lengthSeconds": measured - queried,
        }
    )
)
