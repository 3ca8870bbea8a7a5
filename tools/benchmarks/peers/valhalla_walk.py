"""Valhalla: tiles from OpenStreetMap data, and the polygon of a walk from each place.

valhalla_walk.py SOURCE.osm.pbf PLACES.csv FOLDER [--limit SECONDS] [--programs FOLDER] [--keep-tiles]

FOLDER gets polygons.geojson (the property `place` is the number of the line
of PLACES.csv) and, so that Valhalla is judged by its own network, nodes.csv
and ticks.csv of its own search as polygon_error.py reads them. Prints what it
took as JSON; times of polygons are round trips to its service on this
machine, and statusMedianMilliseconds is the round trip alone.

Nothing makes its walker's cost differ from the time: 60 m/min, no hills, no
penalties. Its polygons are as exact as it makes them: no generalisation, and
no holes or islands left out.
"""

import argparse
import contextlib
import http.client
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import time

import figures
import neutral

WALKER = {
    "walking_speed": 3.6,
    "use_hills": 1,
    "alley_factor": 1,
    "driveway_factor": 1,
    "step_penalty": 0,
    "elevator_penalty": 0,
}
# One hiccup of the machine among 200 polygons would be the 99th percentile.
MEASURED_ROUNDS = 5
STARTING_SECONDS = 30


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def configure(programs: pathlib.Path, folder: pathlib.Path, port: int) -> pathlib.Path:
    """Writes the configuration that Valhalla's own program makes, with places of this machine."""
    made = subprocess.run(
        [sys.executable, str(programs / "valhalla_build_config.py"),
         "--mjolnir-tile-dir", str(folder / "tiles"), "--mjolnir-tile-extract", "", "--mjolnir-traffic-extract", "",
         "--mjolnir-admin", "", "--mjolnir-timezone", "", "--httpd-service-listen", f"tcp://127.0.0.1:{port}"],
        check=True, capture_output=True, text=True,
    ).stdout
    path = folder / "valhalla.json"
    path.write_text(made, encoding="utf-8")
    return path


def build(programs: pathlib.Path, configuration: pathlib.Path, source: pathlib.Path) -> dict[str, float]:
    """Builds the tiles; seconds and peak memory of the program."""
    with open(configuration.with_name("build.log"), "wb") as log:
        start = time.perf_counter()
        process = subprocess.Popen(
            [str(programs / "bin/valhalla_build_tiles"), "-c", str(configuration), str(source)],
            stdout=log, stderr=subprocess.STDOUT,
        )
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"valhalla_build_tiles ended with {process.returncode}: see {log.name}")
    return {"buildSeconds": seconds, "buildPeakBytes": used.ru_maxrss * 1024}


class Service:
    """Valhalla's service, asked over one connection that stays open."""

    def __init__(self, process: subprocess.Popen, port: int) -> None:
        self.process = process
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, service: str, /, **question: object) -> tuple[dict, float]:
        """The answer, and the seconds until its last byte came."""
        body = json.dumps(question)
        start = time.perf_counter()
        self.connection.request("POST", "/" + service, body)
        answer = self.connection.getresponse()
        content = answer.read()
        seconds = time.perf_counter() - start
        if answer.status != 200:
            raise SystemExit(f"Valhalla's {service} answered {answer.status}: {content[:500]!r}")
        return json.loads(content), seconds


@contextlib.contextmanager
def serving(programs: pathlib.Path, configuration: pathlib.Path, port: int):
    """The service with one worker, from the first answer until it is ended."""
    with open(configuration.with_name("service.log"), "wb") as log:
        process = subprocess.Popen(
            [str(programs / "bin/valhalla_service"), str(configuration), "1"], stdout=log, stderr=subprocess.STDOUT
        )
        try:
            service = Service(process, port)
            deadline = time.monotonic() + STARTING_SECONDS
            while True:
                try:
                    service.ask("status")
                    break
                except OSError:
                    service.connection.close()
                    if process.poll() is not None or time.monotonic() > deadline:
                        raise SystemExit("valhalla_service did not start: see service.log") from None
                    time.sleep(0.1)
            yield service
            service.connection.close()
        finally:
            process.kill()
            process.wait()


def task(place, limit_seconds: int) -> dict:
    """What is asked of one place."""
    return {
        "locations": [{"lon": place[0], "lat": place[1]}],
        "costing": "pedestrian",
        "costing_options": {"pedestrian": WALKER},
        "contours": [{"time": limit_seconds / 60}],
    }


def polygons(service: Service, places, limit_seconds: int) -> tuple[list[dict], list[float]]:
    """The polygons of all places, and the seconds of every round; the first round warms the tiles up."""
    features, times = [], []
    for round_number in range(1 + MEASURED_ROUNDS):
        for number, place in enumerate(places):
            answer, seconds = service.ask(
                "isochrone", **task(place, limit_seconds), polygons=True, generalize=0, denoise=0
            )
            if round_number > 0:
                times.append(seconds)
            if round_number == 1:
                for feature in answer["features"]:
                    features.append({**feature, "properties": {"place": number}})
    return features, times


def own_times(service: Service, places, limit_seconds: int):
    """Nodes of Valhalla's graph by coordinates, and (place, node, ticks) of its own search."""
    numbers: dict[tuple[float, float], int] = {}
    rows = []
    for number, place in enumerate(places):
        answer, _ = service.ask(
            "expansion", **task(place, limit_seconds), action="isochrone",
            expansion_properties=["duration", "edge_status"],
        )
        quickest: dict[int, int] = {}
        for feature in answer["features"]:
            # An edge's duration is the time at its end.
            end = tuple(feature["geometry"]["coordinates"][-1])
            node = numbers.setdefault(end, len(numbers))
            seconds = feature["properties"]["duration"]
            quickest[node] = min(seconds, quickest.get(node, seconds))
        rows += [(number, node, seconds * neutral.TICKS_PER_SECOND) for node, seconds in quickest.items()]
    return numbers, rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=pathlib.Path)
    parser.add_argument("places", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--limit", type=int, default=900, help="seconds of a walk (default 900)")
    parser.add_argument("--programs", type=pathlib.Path, default=pathlib.Path(".build/bench-valhalla/valhalla"))
    parser.add_argument("--keep-tiles", action="store_true", help="do not build tiles that are already there")
    options = parser.parse_args()
    folder = options.folder.resolve()
    places = neutral.table(options.places)[:, 1:3].tolist()
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    configuration = configure(options.programs, folder, port)
    built: dict[str, float] = {}
    if not (options.keep_tiles and (folder / "tiles").exists()):
        shutil.rmtree(folder / "tiles", ignore_errors=True)
        built = build(options.programs, configuration, options.source)
    with serving(options.programs, configuration, port) as service:
        floor = [service.ask("status")[1] for _ in range(50)]
        features, times = polygons(service, places, options.limit)
        # What follows is no part of the task, so memory is read before it.
        peak = figures.peak_bytes(service.process.pid)
        nodes, rows = own_times(service, places, options.limit)
    lines = ",\n".join(json.dumps(feature, separators=(",", ":")) for feature in features)
    (folder / "polygons.geojson").write_text(
        '{"type":"FeatureCollection","features":[\n' + lines + "\n]}\n", encoding="utf-8"
    )
    shown = "".join(f"{lon},{lat}\n" for lon, lat in nodes)
    (folder / "nodes.csv").write_text("lon,lat\n" + shown, encoding="utf-8")
    shown = "".join(f"{place},{node},{ticks}\n" for place, node, ticks in rows)
    (folder / "ticks.csv").write_text("place,node,ticks\n" + shown, encoding="utf-8")
    figures.show(
        **built,
        **figures.spread(times, "polygon"),
        **figures.spread(floor, "status"),
        nodes=len(nodes),
        peakBytes=peak,
    )


main()
