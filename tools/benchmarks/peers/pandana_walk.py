"""pandana: bounded searches and the nearest station, on contraction hierarchies.

pandana_walk.py GRAPH_FOLDER [--limit SECONDS] [--runs N]; prints what it took as JSON.

pandana snaps stations to nodes by coordinates; they are given those of their
nodes. Its search for stations needs a bound and takes longer the farther that
is. One search at a time pays for tables as large as the network, so all
searches are also asked in one call.
"""

import os
import sys

import pandana
import pandas

import figures
import walk

# An hour on foot: nobody in the measured town is farther from a station (51 minutes).
FARTHEST_TICKS = 3600 * 16

options = walk.options(__doc__)
given = walk.read(options)
graph = given.graph
ids = pandas.RangeIndex(len(graph.lonlat))
# Its C++ tells of its progress on standard output, which belongs to the figures.
output = os.dup(sys.stdout.fileno())
os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
network, built = figures.built(
    lambda: pandana.Network(
        pandas.Series(graph.lonlat[:, 0], index=ids),
        pandas.Series(graph.lonlat[:, 1], index=ids),
        pandas.Series(graph.tails),
        pandas.Series(graph.heads),
        pandas.DataFrame({"ticks": graph.ticks.astype(float)}),
        twoway=False,
    )
)
searches = figures.Searches()
for place in given.places:
    found, seconds = figures.timed(lambda: network.nodes_in_range([place], given.limit_ticks))
    searches.add(seconds, found["ticks"].round())
_, batch = figures.timed(lambda: network.nodes_in_range(given.places, given.limit_ticks))
stations = pandas.DataFrame(graph.lonlat[given.stations], columns=["lon", "lat"])
_, placed = figures.timed(
    lambda: network.set_pois("station", FARTHEST_TICKS, 1, stations["lon"], stations["lat"])
)
runs = [
    figures.timed(lambda: network.nearest_pois(FARTHEST_TICKS, "station", num_pois=1)[1]) for _ in range(options.runs)
]
found = runs[0][0].round()
os.dup2(output, sys.stdout.fileno())
figures.show(
    **built,
    **searches.figures(),
    searchInBatchMilliseconds=batch / len(given.places) * 1000,
    stationsMilliseconds=placed * 1000,
    **figures.nearest([seconds for _, seconds in runs], found[found < FARTHEST_TICKS]),
)
