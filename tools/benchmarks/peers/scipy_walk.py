"""SciPy: bounded searches and the nearest station, by scipy.sparse.csgraph.

scipy_walk.py GRAPH_FOLDER [--limit SECONDS] [--runs N]; prints what it took as JSON.
"""

import numpy
from scipy.sparse.csgraph import dijkstra

import figures
import walk

options = walk.options(__doc__)
given = walk.read(options)
matrix, built = figures.built(given.graph.matrix)
backward = matrix.T.tocsr()

searches = figures.Searches()
for place in given.places:
    found, seconds = figures.timed(lambda: dijkstra(matrix, indices=place, limit=given.limit_ticks))
    searches.add(seconds, found[numpy.isfinite(found)])
runs = [
    figures.timed(lambda: dijkstra(backward, indices=given.stations, min_only=True)) for _ in range(options.runs)
]
ticks = runs[0][0]
figures.show(
    **built,
    **searches.figures(),
    **figures.nearest([seconds for _, seconds in runs], ticks[numpy.isfinite(ticks)]),
)
