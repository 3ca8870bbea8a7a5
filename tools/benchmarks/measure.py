"""Runs commands and measures them: wall and processor seconds, peak memory.

The figures come from wait4, so they hold the process and what it waited for.
Linux counts the memory of the parent at the start of a child into the
child's peak, so this process stays small (it imports no numpy and reads no
big file), and the report names the floor it makes.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import pathlib
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence


@dataclasses.dataclass(frozen=True)
class Usage:
    """What one run of a command took."""

    wall_seconds: float
    cpu_seconds: float
    peak_bytes: int


class CommandFailed(Exception):
    """A command did not end with the status 0."""


class LimitHit(CommandFailed):
    """A command was ended at its limit of time."""

    def __init__(self, used: Usage) -> None:
        super().__init__(f"ended after {used.wall_seconds:.0f} s")
        self.used = used


@dataclasses.dataclass
class Contender:
    """One side of a row: a command and what to do before each run of it."""

    name: str
    command: Sequence[str]
    before: Callable[[], None] = lambda: None
    environment: dict[str, str] = dataclasses.field(default_factory=dict)
    output: pathlib.Path | None = None
    #: After so long the command and whatever it started are ended.
    limit_seconds: float | None = None


def run(contender: Contender) -> Usage:
    """Runs a command once; its standard output goes to its file or nowhere."""
    target = open(contender.output, "wb") if contender.output else subprocess.DEVNULL
    limit = contender.limit_seconds
    overdue = threading.Event()
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            list(contender.command),
            stdin=subprocess.DEVNULL,
            stdout=target,
            stderr=errors,
            env={**os.environ, **contender.environment},
            start_new_session=limit is not None,
        )

        def stop() -> None:
            overdue.set()
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)

        clock = threading.Timer(limit, stop) if limit is not None else None
        if clock:
            clock.start()
        try:
            _, status, used = os.wait4(process.pid, 0)
        finally:
            if clock:
                clock.cancel()
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        tail = errors.read().decode(errors="replace")[-2000:]
    if contender.output:
        target.close()
    scale = 1 if sys.platform == "darwin" else 1024
    usage = Usage(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * scale)
    if overdue.is_set():
        raise LimitHit(usage)
    if process.returncode != 0:
        raise CommandFailed(f"{contender.name} ended with {process.returncode}: {tail}")
    return usage


def alternate(contenders: Sequence[Contender], runs: int, warm_up: bool) -> dict[str, list[Usage]]:
    """Runs A B A B …, so that noise of the machine meets both alike."""
    results: dict[str, list[Usage]] = {contender.name: [] for contender in contenders}
    for turn in range(-1 if warm_up else 0, runs):
        for contender in contenders:
            contender.before()
            if not warm_up:
                os.sync()
            used = run(contender)
            if turn >= 0:
                results[contender.name].append(used)
    return results


def summary(runs: Sequence[Usage]) -> dict[str, float]:
    """Median, least and greatest wall time, median processor time, greatest peak."""
    walls = [used.wall_seconds for used in runs]
    return {
        "runs": len(runs),
        "wallSecondsMedian": statistics.median(walls),
        "wallSecondsMinimum": min(walls),
        "wallSecondsMaximum": max(walls),
        "cpuSecondsMedian": statistics.median(used.cpu_seconds for used in runs),
        "peakBytesMaximum": max(used.peak_bytes for used in runs),
    }


def median_ratio(ours: Sequence[Usage], theirs: Sequence[Usage]) -> float:
    """The median over the pairs of our wall time divided by theirs."""
    return statistics.median(a.wall_seconds / b.wall_seconds for a, b in zip(ours, theirs, strict=True))
