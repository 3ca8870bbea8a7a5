"""GDAL moves one building, as an editor would: move_feature.py GEOPACKAGE FID LON LAT.

Needs the bindings of the system's GDAL.
"""

import sys

from osgeo import ogr

ogr.UseExceptions()
path, fid, lon, lat = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4])
source = ogr.Open(path, 1)
layer = source.GetLayerByName("building")
feature = layer.GetFeature(fid)
x, y = lon, lat
feature.SetGeometry(
    ogr.CreateGeometryFromWkt(
        f"POLYGON (({x} {y},{x + 1e-4} {y},{x + 1e-4} {y + 1e-4},{x} {y + 1e-4},{x} {y}))"
    )
)
layer.SetFeature(feature)
