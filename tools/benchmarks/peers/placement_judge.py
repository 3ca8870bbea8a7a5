"""Works the values of plans out anew from the costs alone.

placement_judge.py FOLDER --goal GOAL [--radius R] ANSWER.json...; prints as JSON, for every
answer, what its stations are worth and how many they are.
"""

import argparse
import json
import pathlib

import numpy

import placement

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("folder", type=pathlib.Path)
parser.add_argument("answers", type=pathlib.Path, nargs="+")
parser.add_argument("--goal", choices=placement.GOALS, required=True)
parser.add_argument("--radius", type=float)
given = parser.parse_args()
costs = placement.read_table(given.folder)
whole = len(costs.weights)
if given.radius is not None:
    costs = costs.within(given.radius)


def value(sites: list[int]) -> float | None:
    """What the goal counts; nothing where a demand that could be served is not, and has to be."""
    is_open = numpy.zeros(costs.site_count, bool)
    is_open[sites] = True
    chosen = is_open[costs.sites]
    cheapest = numpy.full(len(costs.weights), numpy.inf)
    numpy.minimum.at(cheapest, costs.demands[chosen], costs.costs[chosen])
    served = numpy.isfinite(cheapest)
    if given.goal == "cover":
        return float(costs.weights[served].sum())
    if not served.all():
        return None
    return {
        "all": lambda: float(is_open.sum()),
        "median": lambda: float((costs.weights * cheapest).sum()),
        "center": lambda: float(cheapest.max()),
    }[given.goal]()


found = {}
for answer in given.answers:
    stations = [int(station["site"]) for station in json.loads(answer.read_text(encoding="utf-8"))["stations"]]
    found[str(answer)] = {"value": value(stations), "stations": len(set(stations))}
print(json.dumps({"answers": found, "demands": whole, "beyondReach": whole - len(costs.weights)}))
