"""The questions of placement that are measured, and what their answers have to reach."""

from __future__ import annotations

import dataclasses

CBC, SPOPT_HIGHS, HIGHS = "spopt with CBC", "spopt with HiGHS", "HiGHS"
PEERS = {CBC: ("spopt_site.py", "cbc"), SPOPT_HIGHS: ("spopt_site.py", "highs"), HIGHS: ("highs_site.py", "highs")}


@dataclasses.dataclass(frozen=True)
class Case:
    """One question over an instance of the shared writer."""

    goal: str
    demands: int
    sites: int
    #: How far a site reaches in metres; 0 where every site can serve every demand.
    radius: int
    stations: int | None = None
    #: What `--time-limit` says: less than `seconds`, for an answer ends a little after it.
    time_limit: float | None = None
    #: The gap that the answer has to reach, 0 where it is to be proved; nothing where any bound will do.
    gap: float | None = 0
    #: A smaller gap that others have reached.
    mark: float | None = None
    #: How long the whole process may take; with `apart` without the time it tells for reading.
    seconds: float | None = None
    apart: bool = False
    megabytes: int | None = None
    #: One run where it is long by itself.
    once: bool = False
    #: Peers that run alone, those that take minutes and run two at a time, and those that may take all
    #: their ten minutes and are asked with `--long` only.
    peers: tuple[str, ...] = ()
    slow_peers: tuple[str, ...] = ()
    long_peers: tuple[str, ...] = ()

    @property
    def costs(self) -> int:
        """How many costs a dense matrix has."""
        return self.demands * self.sites

    @property
    def title(self) -> str:
        stations = f", {self.stations} stations" if self.stations else ""
        limit = f", in {self.seconds:g} s" if self.time_limit else ""
        return f"{self.goal}: {self.demands:,} demands x {self.sites:,} sites{stations}{limit}"


CASES = (
    Case("cover", 10_000, 500, 1000, 20, seconds=2, peers=(CBC, SPOPT_HIGHS, HIGHS)),
    Case("cover", 100_000, 500, 1000, 20, seconds=15, slow_peers=(HIGHS,), long_peers=(CBC, SPOPT_HIGHS)),
    Case("cover", 100_000, 1_000, 1000, 20, time_limit=0.7, gap=None, seconds=1),
    Case("cover", 1_000_000, 1_000, 1000, 30, time_limit=50, gap=0.01, seconds=60, apart=True, megabytes=4_000, once=True),
    Case(
        "cover", 1_000_000, 1_000, 1000, 30, time_limit=120, gap=0.005, mark=0.0035, seconds=300, apart=True,
        megabytes=4_000, once=True,
    ),
    Case("all", 10_000, 500, 1000, seconds=1, peers=(CBC, SPOPT_HIGHS, HIGHS)),
    Case("median", 1_000, 200, 0, 10, peers=(CBC, SPOPT_HIGHS, HIGHS)),
    Case("median", 2_000, 300, 0, 20, time_limit=0.9, gap=0.001, seconds=1, apart=True),
    Case("median", 2_000, 300, 0, 20, slow_peers=(CBC,), long_peers=(HIGHS, SPOPT_HIGHS)),
    Case("median", 10_000, 500, 0, 20, time_limit=9.7, gap=0.0005, seconds=10, apart=True),
    Case("median", 100_000, 500, 0, 30, time_limit=58, gap=0.005, seconds=60, apart=True, megabytes=1_000, once=True),
    Case("center", 500, 100, 0, 10, slow_peers=(CBC,), long_peers=(HIGHS, SPOPT_HIGHS)),
    Case("center", 100_000, 500, 0, 20, seconds=30, apart=True, once=True),
)
QUICK_CASES = (
    Case("cover", 1_000, 100, 1000, 10, seconds=1, peers=(CBC, SPOPT_HIGHS), slow_peers=(HIGHS,)),
    Case("cover", 10_000, 500, 1000, 20, time_limit=0.9, gap=None, seconds=1, apart=True),
    Case("all", 1_000, 100, 1000, seconds=1, peers=(HIGHS,)),
    Case("median", 200, 40, 0, 8, time_limit=0.9, gap=0.001, seconds=1, apart=True, peers=(HIGHS,), slow_peers=(CBC,)),
    Case("center", 200, 40, 0, 8, seconds=1, slow_peers=(HIGHS,)),
)
# What no peer is asked, for in proportion to smaller ones it is beyond ten minutes.
BEYOND = (
    Case("cover", 1_000_000, 1_000, 1000, 30),
    Case("median", 10_000, 500, 0, 20),
    Case("median", 100_000, 500, 0, 30),
    Case("center", 100_000, 500, 0, 20),
)


@dataclasses.dataclass(frozen=True)
class GraphCase:
    """The p-median files of OR-Library under one goal."""

    goal: str
    #: How long all of them may take together.
    seconds: float
    #: How many of the first ones the peers are asked.
    shared: int
    peers: tuple[str, ...]


GRAPH_CASES = (GraphCase("median", 60, 5, (CBC, SPOPT_HIGHS, HIGHS)), GraphCase("center", 5, 0, ()))
QUICK_GRAPH_CASES = (GraphCase("median", 60, 2, (HIGHS,)), GraphCase("center", 5, 0, ()))
