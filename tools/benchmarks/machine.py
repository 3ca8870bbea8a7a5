"""What the numbers were measured on."""

from __future__ import annotations

import os
import pathlib
import platform
import subprocess


def first_line(*command: str) -> str:
    """The first line a command prints, or a dash where it is absent."""
    try:
        found = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "-"
    lines = (found.stdout or found.stderr).strip().splitlines()
    return lines[0] if lines else "-"


def processor() -> str:
    """The name of the processor."""
    information = pathlib.Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def system() -> str:
    """The name of the operating system."""
    release = pathlib.Path("/etc/os-release")
    if release.exists():
        for line in release.read_text(encoding="utf-8").splitlines():
            if line.startswith("PRETTY_NAME="):
                return line.split("=", 1)[1].strip('"')
    return platform.platform()


def describe() -> dict[str, str]:
    """Machine, versions and commit, for the head of the report."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = ".build/bench-venv/bin/python"
    commit = first_line("git", "describe", "--always", "--dirty", "--abbrev=12")
    return {
        "commit": commit,
        "date": first_line("date", "-u", "+%Y-%m-%d %H:%M UTC"),
        "processor": f"{processor()}, {os.cpu_count()} cores",
        "memory": f"{memory:.0f} GB",
        "system": f"{system()}, kernel {platform.release()}",
        "load": f"{os.getloadavg()[0]:.2f} before the first row",
        "Swift": first_line("swift", "--version"),
        "GEOS": first_line("geos-config", "--version"),
        "SQLite": first_line("sqlite3", "--version").split(" ")[0],
        "ogr2ogr": first_line("ogr2ogr", "--version"),
        "SpatiaLite": first_line("spatialite", "-silent", ":memory:", "select spatialite_version()"),
        "PostgreSQL": first_line("psql", "--version"),
        "Python peers": first_line(
            python,
            "-c",
            "import pyogrio, shapely, duckdb; print(f'pyogrio {pyogrio.__version__} (GDAL '"
            " + '.'.join(map(str, pyogrio.__gdal_version__)) + f'), Shapely {shapely.__version__} (GEOS '"
            " + '.'.join(map(str, shapely.geos_version)) + f'), DuckDB {duckdb.__version__}')",
        ),
        "walking peers": first_line(
            python,
            "-c",
            "from importlib.metadata import version as v; print(f'SciPy {v(\"scipy\")}, NetworkX {v(\"networkx\")}, '"
            "f'pandana {v(\"pandana\")}, ' + open('.build/bench-valhalla/requirement.txt').read().strip())",
        ),
        "placement peers": first_line(
            python,
            "-c",
            "from importlib.metadata import version as v; print(f'spopt {v(\"spopt\")}, PuLP {v(\"pulp\")} with its CBC,'"
            "f' highspy {v(\"highspy\")}')",
        ),
        "CBC under Louyu": first_line("dpkg-query", "-W", "-f", "${Version}\n", "coinor-libcbc-dev"),
        "pgRouting": first_line("dpkg-query", "-W", "-f", "${Version}\n", "postgresql-*-pgrouting"),
    }
