"""Compares two files of nearest buildings: compare_nearest.py OURS JUDGE.

Distances may differ by 1 mm + 1e-6 of themselves below 1 km and by 1e-4 of
themselves beyond. A point agrees where both name the same buildings; another
building that is as near within that bound is no difference.
"""

import collections
import csv
import json
import sys


def read(path: str) -> dict[int, list[tuple[str, float]]]:
    answers: dict[int, list[tuple[str, float]]] = collections.defaultdict(list)
    with open(path, encoding="utf-8") as file:
        for point, ref, meters in csv.reader(file):
            answers[int(point)].append((ref, float(meters)))
    return answers


def allowed(meters: float) -> float:
    return 0.001 + 1e-6 * meters if meters < 1000 else 1e-4 * meters


ours, judge = read(sys.argv[1]), read(sys.argv[2])
different, inexact, greatest = 0, 0, 0.0
for point, right in judge.items():
    a, b = dict(ours[point]), dict(right)
    for ref in a.keys() & b.keys():
        difference = abs(a[ref] - b[ref])
        greatest = max(greatest, difference)
        inexact += difference > allowed(b[ref])
    farthest = max(b.values())
    strangers = [meters for ref, meters in ours[point] if ref not in b]
    if len(a) != len(b) or any(meters > farthest + allowed(farthest) for meters in strangers):
        different += 1
print(
    json.dumps(
        {
            "points": len(judge),
            "different": different,
            "inexact": inexact,
            "greatestDifferenceMeters": greatest,
        }
    )
)
