"""The buildings of a GeoPackage as Shapely geometries with their refs."""

import pyogrio.raw
import shapely


def read(path: str):
    """Geometries and refs (texts) of the layer `building`."""
    columns = pyogrio.read_info(path, layer="building")["fields"]
    named = [column for column in ("ref", "id") if column in columns][:1]
    _, fids, geometry, values = pyogrio.raw.read(path, layer="building", columns=named, return_fids=True)
    refs = values[0] if named else fids
    return shapely.from_wkb(geometry), [str(ref) for ref in refs]
