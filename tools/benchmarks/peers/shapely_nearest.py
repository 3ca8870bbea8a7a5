"""Shapely: the nearest buildings of many points in one process, in a plane.

shapely_nearest.py GEOPACKAGE POINTS.csv COUNT ANSWERS.csv; prints what it
took as JSON. Shapely's `query_nearest` gives one neighbour only, so the
circle grows until it holds enough. The plane is the UTM zone of the data.
"""

import csv
import json
import statistics
import sys
import time

import numpy
import pyproj
import shapely

import buildings

path, points_path, count, answers_path = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
with open(points_path, encoding="utf-8") as file:
    points = [(float(lon), float(lat)) for lon, lat in csv.reader(file)]
geometries, refs = buildings.read(path)
zone = int((points[0][0] + 180) // 6) + 1
plane = pyproj.Transformer.from_crs(4326, (32600 if points[0][1] >= 0 else 32700) + zone, always_xy=True)
planar = shapely.transform(geometries, lambda c: numpy.column_stack(plane.transform(c[:, 0], c[:, 1])))
places = shapely.points(numpy.column_stack(plane.transform(*numpy.array(points).T)))

start = time.perf_counter()
tree = shapely.STRtree(planar)
built = time.perf_counter()
milliseconds, answers = [], []
for place in places:
    begin = time.perf_counter()
    radius = 50.0
    while True:
        found = tree.query(place, predicate="dwithin", distance=radius)
        if len(found) >= count or radius > 1e7:
            break
        radius *= 2
    meters = shapely.distance(planar[found], place)
    order = numpy.argsort(meters, kind="stable")[:count]
    milliseconds.append((time.perf_counter() - begin) * 1000)
    answers.append([(refs[found[i]], meters[i]) for i in order])
begin = time.perf_counter()
tree.query_nearest(places, all_matches=False)
single = (time.perf_counter() - begin) * 1000 / len(places)

with open(answers_path, "w", encoding="utf-8") as out:
    for index, answer in enumerate(answers):
        for ref, meters in answer:
            out.write(f"{index},{ref},{meters:.6f}\n")
print(
    json.dumps(
        {
            "buildSeconds": built - start,
            "medianMilliseconds": statistics.median(milliseconds),
            "nearestOneBatchMilliseconds": single,
        }
    )
)
