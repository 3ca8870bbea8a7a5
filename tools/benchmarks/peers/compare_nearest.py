"""Compares two files of nearest buildings: compare_nearest.py OURS THEIRS MILLIMETRES.

A point agrees where both name the same buildings; another building at the
same distance, within the tolerance, is no difference.
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


ours, theirs = read(sys.argv[1]), read(sys.argv[2])
tolerance = float(sys.argv[3]) / 1000
points = sorted(ours.keys() & theirs.keys())
different, greatest = 0, 0.0
for point in points:
    a, b = dict(ours[point]), dict(theirs[point])
    for ref in a.keys() & b.keys():
        greatest = max(greatest, abs(a[ref] - b[ref]))
    farthest = max(b.values())
    strangers = [meters for ref, meters in ours[point] if ref not in b]
    if len(a) != len(b) or any(meters > farthest + tolerance for meters in strangers):
        different += 1
print(json.dumps({"points": len(points), "different": different, "greatestDifferenceMeters": greatest}))
