"""What walking is measured on: an invented town over an invented network, and Porto."""

from __future__ import annotations

import dataclasses
import json
import pathlib
import subprocess

from data import FOLDER, shared_folder
from row import PYTHON, WORK, louyu, nested_program, remove

WRITERS = pathlib.Path("tools/benchmarks/walking")


@dataclasses.dataclass(frozen=True)
class TownFiles:
    """The files a town is made of."""

    #: Streets with heights, GeoJSONSeq.
    network: pathlib.Path
    #: The same streets as OpenStreetMap data, without heights.
    osm: pathlib.Path
    #: buildings.geojsonl, stations.geojson and boundaries.geojson.
    folder: pathlib.Path
    #: How many of everything there are.
    counts: dict[str, int]


@dataclasses.dataclass(frozen=True)
class Town(TownFiles):
    """The files of one town, and what is made of them."""

    #: The neutral graph: nodes.csv, edges.csv, places.csv and stations.csv.
    graph: pathlib.Path
    #: All of it in an atlas; nothing where only the peers are measured.
    atlas: pathlib.Path | None

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


def town_files(side: int, buildings: int, stations: int) -> TownFiles | None:
    """Makes the streets, buildings, stations and boundaries that are not there yet; nothing where their writer is absent."""
    writer = network_writer()
    if not writer:
        return None
    FOLDER.mkdir(parents=True, exist_ok=True)
    network, osm = FOLDER / f"network-{side}.geojsonl", FOLDER / f"network-{side}.osm.pbf"
    folder = FOLDER / f"town-{side}-{buildings}"
    counted = folder / "counts.json"
    if not counted.exists():
        subprocess.run([PYTHON, str(writer), str(side), str(network)], check=True)
        write("osm.py", network, osm)
        made = write("town.py", network, folder, "--buildings", buildings, "--stations", stations)
        counted.write_text(made, encoding="utf-8")
    return TownFiles(network, osm, folder, json.loads(counted.read_text(encoding="utf-8")))


def town(side: int, buildings: int, stations: int, ours: bool) -> Town | None:
    """A town with its graph; nothing where the network's writer is absent.

    With Louyu in the run, the atlas and the graph are made anew, and the
    graph that all peers read is the atlas's own.
    """
    files = town_files(side, buildings, stations)
    if not files:
        return None
    graph = FOLDER / (f"graph-{side}-louyu" if ours else f"graph-{side}")
    atlas = WORK / f"town-{side}-{buildings}.gpkg" if ours else None
    if atlas:
        import_town(atlas, files.network, files.folder)
        walk = nested_program("walk")
        subprocess.run([walk, "graph", "--atlas", str(atlas), "--folder", str(graph)], check=True)
    elif not graph.exists():
        write("graph.py", files.network, graph)
    drawn = json.loads(write("places.py", graph, "--stations", files.folder / "stations.geojson"))
    counts = {**files.counts, **drawn, "stations": files.counts["stations"]}
    return Town(files.network, files.osm, files.folder, counts, graph, atlas)


def import_town(atlas: pathlib.Path, network: pathlib.Path, folder: pathlib.Path) -> None:
    """Makes the atlas; streets come last, for with them walking is prepared."""
    remove(atlas)
    for layer, source in (
        ("boundary", folder / "boundaries.geojson"), ("station", folder / "stations.geojson"),
        ("building", folder / "buildings.geojsonl"), ("street", network),
    ):
        subprocess.run(louyu("import", source, "--layer", layer, "--atlas", atlas), check=True, stdout=subprocess.DEVNULL)


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


def porto_atlas(source: pathlib.Path) -> pathlib.Path:
    """Porto in an atlas, made anew."""
    atlas = WORK / "porto.gpkg"
    remove(atlas)
    subprocess.run(louyu("import", source, "--atlas", atlas), check=True, stdout=subprocess.DEVNULL)
    return atlas
