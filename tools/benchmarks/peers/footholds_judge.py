"""How far buildings are from their nearest street, by GEOS, beside what Louyu says.

footholds_judge.py NETWORK.geojsonl BUILDINGS.geojsonl GRAPH_FOLDER

Prints as JSON how many buildings there are, how many of them meet no street
in buildings.csv of the folder, and the greatest difference in metres between
an offset there and the distance of outline and street in a local plane.
"""

import json
import pathlib
import sys

import numpy
import shapely

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "walking"))
import neutral
import plane

network = plane.read(pathlib.Path(sys.argv[1]))
streets = shapely.linestrings(numpy.stack([network.meters[network.tails], network.meters[network.heads]], axis=1))
with open(sys.argv[2], encoding="utf-8") as lines:
    rings = numpy.array([json.loads(line)["geometry"]["coordinates"][0] for line in lines])
corners = numpy.column_stack(network.projection.transform(rings[..., 0].ravel(), rings[..., 1].ravel()))
outlines = shapely.polygons(corners.reshape(*rings.shape[:2], 2))
_, meters = shapely.STRtree(streets).query_nearest(outlines, return_distance=True, all_matches=False)
found = neutral.table(pathlib.Path(sys.argv[3]) / "buildings.csv")
meeting = found[:, 0] >= 0
print(
    json.dumps(
        {
            "buildings": len(outlines),
            "withoutStreet": int(numpy.sum(~meeting)),
            "greatestDifferenceMeters": float(numpy.abs(meters - found[:, 2])[meeting].max()),
        }
    )
)
