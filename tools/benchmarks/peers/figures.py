"""What every peer of walking counts, and how it prints it."""

from __future__ import annotations

import gc
import json
import pathlib
import statistics
import time


def peak_bytes(process: int | str = "self") -> int:
    """The peak of a process's memory since its program began, by Linux's count."""
    for line in pathlib.Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise OSError(f"no VmHWM of process {process}")


def timed(work):
    """What the work gives, and the seconds it took."""
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


def built(work):
    """What the work gives, its seconds, and the memory held before and at the peak."""
    gc.collect()
    # The peak begins anew at the memory held now.
    pathlib.Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    held = peak_bytes()
    result, seconds = timed(work)
    return result, {"buildSeconds": seconds, "bytesBeforeBuild": held, "buildPeakBytes": peak_bytes()}


def spread(seconds: list[float], name: str) -> dict[str, float]:
    """Median and 99th percentile of repeated work, in milliseconds."""
    ordered = sorted(seconds)
    last = ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))]
    return {
        f"{name}MedianMilliseconds": statistics.median(ordered) * 1000,
        f"{name}P99Milliseconds": last * 1000,
    }


class Searches:
    """Bounded searches: their times, and sums that tell whether the answers agree."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.nodes = 0
        self.ticks = 0

    def add(self, seconds: float, ticks) -> None:
        """Notes one search and the ticks to every node it reached."""
        self.seconds.append(seconds)
        self.nodes += len(ticks)
        self.ticks += int(sum(ticks))

    def figures(self) -> dict[str, float]:
        return {**spread(self.seconds, "search"), "searchNodes": self.nodes, "searchTicks": self.ticks}


def nearest(seconds: list[float], ticks) -> dict[str, float]:
    """The nearest station of all nodes: the median run, and sums of the answer."""
    return {
        "nearestMilliseconds": statistics.median(seconds) * 1000,
        "nearestNodes": len(ticks),
        "nearestTicks": int(sum(ticks)),
    }


def show(**figures: object) -> None:
    """Prints the figures as one JSON object, this process's peak memory with them."""
    print(json.dumps({**figures, "peakBytes": figures.get("peakBytes", peak_bytes())}))
