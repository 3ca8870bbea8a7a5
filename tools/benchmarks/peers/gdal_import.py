"""GDAL 3.12 by pyogrio: GeoJSON in, GeoPackage with index out.

gdal_import.py SOURCE TARGET
"""

import sys

import pyogrio.raw

source, target = sys.argv[1:3]
meta, _, geometry, values = pyogrio.raw.read(source)
pyogrio.raw.write(
    target,
    geometry=geometry,
    field_data=values,
    fields=meta["fields"],
    geometry_type=meta["geometry_type"],
    crs=meta["crs"],
    layer="building",
    driver="GPKG",
)
