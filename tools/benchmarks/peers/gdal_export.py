"""GDAL 3.12 by pyogrio: GeoPackage in, GeoJSON of RFC 7946 out.

gdal_export.py SOURCE TARGET
"""

import sys

import pyogrio.raw

source, target = sys.argv[1:3]
meta, _, geometry, values = pyogrio.raw.read(source, layer="building")
pyogrio.raw.write(
    target,
    geometry=geometry,
    field_data=values,
    fields=meta["fields"],
    geometry_type=meta["geometry_type"],
    crs=meta["crs"],
    driver="GeoJSON",
    layer_options={"RFC7946": "YES"},
)
