"""The buildings that are measured: Tokyo where it is there, else the invented city."""

from __future__ import annotations

import dataclasses
import gzip
import itertools
import os
import pathlib
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = pathlib.Path(".build/bench/data")


@dataclasses.dataclass(frozen=True)
class Buildings:
    """The files of one measured set of buildings."""

    title: str
    count: int
    sequence: pathlib.Path
    collection: pathlib.Path
    center: tuple[float, float]


def shared_folder() -> pathlib.Path | None:
    """The folder of the real data, by LOUYU_SHARED or beside the checkout."""
    named = os.environ.get("LOUYU_SHARED")
    folder = (pathlib.Path(named) if named else ROOT.parent / "shared") / "data"
    return folder if folder.is_dir() else None


def tokyo() -> pathlib.Path | None:
    """All buildings of Tokyo's 23 wards, gzipped GeoJSONSeq."""
    folder = shared_folder()
    file = folder / "tokyo" / "tokyo23.geojsonl.gz" if folder else None
    return file if file and file.exists() else None


def prepare(count: int | None) -> Buildings:
    """Makes the first `count` buildings, or all of them, as both kinds of GeoJSON."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    source = tokyo()
    stem = f"{'tokyo' if source else 'city'}-{count or 'all'}"
    sequence, collection = FOLDER / f"{stem}.geojsonl", FOLDER / f"{stem}.geojson"
    if not sequence.exists():
        partial = sequence.with_suffix(".part")
        if source:
            with gzip.open(source, "rb") as lines, open(partial, "wb") as out:
                out.writelines(itertools.islice(lines, count))
        else:
            invent(count or 1_000_000, partial)
        partial.rename(sequence)
    if not collection.exists():
        partial = collection.with_suffix(".part")
        with open(sequence, "rb") as lines, open(partial, "wb") as out:
            out.write(b'{"type":"FeatureCollection","features":[\n')
            for index, line in enumerate(lines):
                out.write((b",\n" if index else b"") + line.rstrip(b"\n"))
            out.write(b"\n]}\n")
        partial.rename(collection)
    with open(sequence, "rb") as lines:
        found = sum(1 for _ in lines)
    title = "Tokyo's 23 wards (MLIT PLATEAU)" if source else "the invented city"
    return Buildings(title, found, sequence, collection, (139.7671, 35.6812) if source else middle(sequence))


def invent(count: int, target: pathlib.Path) -> None:
    """Writes the buildings of an invented city of that size."""
    folder = FOLDER / f"city-{count}"
    subprocess.run(
        [".build/release/city", "--out", str(folder), "--buildings", str(count), "--overwrite"], check=True
    )
    (folder / "buildings.geojsonl").rename(target)
    shutil.rmtree(folder)


def middle(sequence: pathlib.Path) -> tuple[float, float]:
    """A corner of the building in the middle of the file."""
    import json

    size = sequence.stat().st_size
    with open(sequence, "rb") as lines:
        lines.seek(size // 2)
        lines.readline()
        place = json.loads(lines.readline())["geometry"]["coordinates"]
    while isinstance(place[0], list):
        place = place[0]
    return (place[0], place[1])
