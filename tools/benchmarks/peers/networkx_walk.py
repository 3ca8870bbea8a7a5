"""NetworkX: bounded searches and the nearest station, lengths without paths.

networkx_walk.py GRAPH_FOLDER [--limit SECONDS] [--runs N]; prints what it took as JSON.
"""

import networkx

import figures
import walk

options = walk.options(__doc__)
given = walk.read(options)


def directed(tails, heads) -> networkx.DiGraph:
    network = networkx.DiGraph()
    network.add_nodes_from(range(len(given.graph.lonlat)))
    network.add_weighted_edges_from(zip(tails.tolist(), heads.tolist(), given.graph.ticks.tolist()))
    return network


network, built = figures.built(lambda: directed(given.graph.tails, given.graph.heads))
searches = figures.Searches()
for place in given.places:
    found, seconds = figures.timed(
        lambda: networkx.single_source_dijkstra_path_length(network, place, cutoff=given.limit_ticks)
    )
    searches.add(seconds, found.values())
backward = directed(given.graph.heads, given.graph.tails)
stations = given.stations.tolist()
runs = [
    figures.timed(lambda: networkx.multi_source_dijkstra_path_length(backward, stations)) for _ in range(options.runs)
]
figures.show(
    **built,
    **searches.figures(),
    **figures.nearest([seconds for _, seconds in runs], runs[0][0].values()),
)
