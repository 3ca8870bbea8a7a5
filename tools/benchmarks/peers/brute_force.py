"""The judge of distances: geodesics to all buildings round a point.

brute_force.py GEOPACKAGE POINTS.csv COUNT ANSWERS.csv

An azimuthal equidistant projection centred on the point keeps geodesic
distances from its centre exact; every building of a box that is proved wide
enough is projected, so no index decides the answer. Edges are straight in
longitude and latitude: they are cut into pieces of some 20 m before they are
projected, so that a piece bends by less than 0.01 mm.
"""

import csv
import sys

import numpy
import pyproj
import shapely

import buildings

path, points_path, count, answers_path = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
with open(points_path, encoding="utf-8") as file:
    points = [(float(lon), float(lat)) for lon, lat in csv.reader(file)]
geometries, refs = buildings.read(path)
bounds = shapely.bounds(geometries)

with open(answers_path, "w", encoding="utf-8") as out:
    for index, (lon, lat) in enumerate(points):
        width = 0.005
        while True:
            inside = numpy.flatnonzero(
                (bounds[:, 0] <= lon + width)
                & (bounds[:, 2] >= lon - width)
                & (bounds[:, 1] <= lat + width)
                & (bounds[:, 3] >= lat - width)
            )
            local = pyproj.Transformer.from_crs(
                4326,
                pyproj.CRS.from_proj4(f"+proj=aeqd +lon_0={lon} +lat_0={lat} +datum=WGS84"),
                always_xy=True,
            )
            planar = shapely.transform(
                shapely.segmentize(geometries[inside], 2e-4),
                lambda c: numpy.column_stack(local.transform(c[:, 0], c[:, 1])),
            )
            meters = shapely.distance(planar, shapely.Point(0, 0))
            reach = numpy.partition(meters, count - 1)[count - 1] if len(meters) > count else numpy.inf
            near = numpy.flatnonzero(meters <= reach)
            order = sorted(near, key=lambda i: (meters[i], refs[inside[i]]))[:count]
            # What lies outside the box is farther than the nearest side of it.
            side = min(width * 110_500, width * 111_300 * numpy.cos(numpy.radians(abs(lat) + width)))
            if (len(order) == count and meters[order[-1]] < side) or width > 90:
                break
            width *= 2
        for i in order:
            out.write(f"{index},{refs[inside[i]]},{meters[i]:.6f}\n")
