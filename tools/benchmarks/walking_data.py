"""What walking is measured on: an invented town over an invented network, and Porto."""

from __future__ import annotations

import dataclasses
import json
import pathlib
import subprocess

from data import FOLDER, shared_folder
from row import PYTHON

WRITERS = pathlib.Path("tools/benchmarks/walking")


@dataclasses.dataclass(frozen=True)
class Town:
    """The files of one town."""

    #: Streets with heights, GeoJSONSeq.
    network: pathlib.Path
    #: The same streets as OpenStreetMap data, without heights.
    osm: pathlib.Path
    #: buildings.geojsonl, stations.geojson and boundaries.geojson.
    folder: pathlib.Path
    #: The neutral graph: nodes.csv, edges.csv, places.csv and stations.csv.
    graph: pathlib.Path
    #: How many of everything there are.
    counts: dict[str, int]

    @property
    def title(self) -> str:
        return f"{self.counts['connectedNodes']:,} crossings, {self.counts['arcs']:,} ways between them"


def write(program: str, *arguments: object) -> str:
    """Runs one of the writers; what it prints."""
    command = [PYTHON, str(WRITERS / program), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def network_writer() -> pathlib.Path | None:
    """The program that invents the network, where the shared folder is there."""
    folder = shared_folder()
    file = folder.parent / "generators" / "network.py" if folder else None
    return file if file and file.exists() else None


def town(side: int, buildings: int, stations: int) -> Town | None:
    """Makes what is not there yet; nothing where the network's writer is absent."""
    writer = network_writer()
    if not writer:
        return None
    FOLDER.mkdir(parents=True, exist_ok=True)
    network, osm = FOLDER / f"network-{side}.geojsonl", FOLDER / f"network-{side}.osm.pbf"
    folder, graph = FOLDER / f"town-{side}-{buildings}", FOLDER / f"graph-{side}"
    counted = graph / "counts.json"
    if not counted.exists():
        subprocess.run([PYTHON, str(writer), str(side), str(network)], check=True)
        write("osm.py", network, osm)
        made = json.loads(write("town.py", network, folder, "--buildings", buildings, "--stations", stations))
        write("graph.py", network, graph)
        drawn = json.loads(write("places.py", graph, "--stations", folder / "stations.geojson"))
        counted.write_text(json.dumps({**made, **drawn, "stations": made["stations"]}), encoding="utf-8")
    return Town(network, osm, folder, graph, json.loads(counted.read_text(encoding="utf-8")))


def porto() -> tuple[pathlib.Path, pathlib.Path] | None:
    """The OpenStreetMap data of Porto, where it is there, and 200 places drawn from its streets."""
    folder = shared_folder()
    source = folder / "osm" / "porto.osm.pbf" if folder else None
    if not source or not source.exists():
        return None
    FOLDER.mkdir(parents=True, exist_ok=True)
    places = FOLDER / "porto-places.csv"
    if not places.exists():
        write("osm_places.py", source, places)
    return source, places
