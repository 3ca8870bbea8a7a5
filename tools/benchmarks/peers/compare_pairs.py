"""Compares adjacent pairs: compare_pairs.py OURS.json THEIRS.csv."""

import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    listed = [tuple(sorted((pair["a"]["ref"], pair["b"]["ref"]))) for pair in json.load(file)]
with open(sys.argv[2], encoding="utf-8") as file:
    theirs = {tuple(line.rstrip("\n").split(",")) for line in file}
ours = set(listed)
print(
    json.dumps(
        {
            "ours": len(listed),
            "repeated": len(listed) - len(ours),
            "onlyOurs": len(ours - theirs),
            "onlyTheirs": len(theirs - ours),
        }
    )
)
