"""Runs the programs of placement: ours, each peer in a process of its own, and the judge."""

from __future__ import annotations

import concurrent.futures
import dataclasses
import json
import os
import pathlib
import queue
import re
import shlex
import shutil
import statistics
import sys
from collections.abc import Sequence

from measure import CommandFailed, Contender, LimitHit, Usage, run, summary
from placement_cases import PEERS
from row import PEERS as FOLDER
from row import PYTHON, WORK, louyu, peer_json

ANSWERS = WORK / "placement"
# No peer may take longer for one question.
PEER_LIMIT_SECONDS = 600


@dataclasses.dataclass(frozen=True)
class Question:
    """A question that every program understands: of a folder of costs, or of a p-median file."""

    source: pathlib.Path
    goal: str
    stations: int | None = None
    radius: int = 0
    time_limit: float | None = None

    @property
    def name(self) -> str:
        limit = f"-{self.time_limit:g}s" if self.time_limit else ""
        return f"{self.source.stem}-{self.goal}{limit}"

    @property
    def words(self) -> list[str]:
        """What all command lines have in common."""
        stations = ["-k", str(self.stations)] if self.stations else []
        radius = ["--radius", str(self.radius)] if self.radius else []
        return ["--goal", self.goal, *stations, *radius]

    def ours(self) -> list[str]:
        given = [self.source / "costs.csv", "--demand", self.source / "demand.csv"] if self.source.is_dir() else [self.source]
        limit = ["--time-limit", f"{self.time_limit:g}"] if self.time_limit else []
        return louyu("site", "--costs", *given, *self.words, *limit, "--format", "json")

    def theirs(self, peer: str) -> list[str]:
        program, solver = PEERS[peer]
        return [PYTHON, str(FOLDER / program), str(self.source), *self.words, "--solver", solver]


@dataclasses.dataclass
class Tried:
    """What a program took for a question, run by run, and what it answered; why not, where it did not."""

    name: str
    command: list[str]
    used: list[Usage] = dataclasses.field(default_factory=list)
    answers: list[dict] = dataclasses.field(default_factory=list)
    files: list[pathlib.Path] = dataclasses.field(default_factory=list)
    failure: str | None = None
    #: Whether another program ran beside it, each on a core of its own.
    beside: bool = False

    @property
    def answer(self) -> dict:
        return self.answers[-1]

    @property
    def shown(self) -> str:
        """The command as a reader would type it."""
        return shlex.join(self.command)

    @property
    def figures(self) -> dict[str, float]:
        inner = statistics.median(answer["seconds"] for answer in self.answers)
        return {**summary(self.used), "innerSecondsMedian": inner}

    @property
    def proved(self) -> bool:
        return bool(self.answer["proven"])


def attempt(question: Question, name: str, command: Sequence[str], runs: int, limit: float | None, pinned: int | None = None) -> Tried:
    """Puts a question to a program `runs` times; one that fails or takes too long is noted."""
    ANSWERS.mkdir(parents=True, exist_ok=True)
    tried = Tried(name, list(command), beside=pinned is not None)
    beginning = ["taskset", "-c", str(pinned)] if pinned is not None and shutil.which("taskset") else []
    for turn in range(runs):
        file = ANSWERS / f"{question.name}-{re.sub('[^a-z]+', '-', name.lower())}-{turn}.json"
        try:
            used = run(Contender(name, [*beginning, *command], output=file, limit_seconds=limit))
        except LimitHit as hit:
            tried.failure = f"{hit}, {hit.used.peak_bytes / 1e9:.1f} GB"
            break
        except CommandFailed as failed:
            tried.failure = str(failed).strip().splitlines()[-1]
            break
        tried.used.append(used)
        tried.answers.append(json.loads(file.read_text(encoding="utf-8")))
        tried.files.append(file)
    outcome = tried.failure or f"{tried.answer['value']:.15g}, {tried.used[-1].wall_seconds:.1f} s"
    print(f"{question.name}, {name}: {outcome}", file=sys.stderr, flush=True)
    return tried


def ask_louyu(question: Question, runs: int) -> Tried:
    """Ours has no limit but its own, and may not fail."""
    tried = attempt(question, "louyu", question.ours(), runs, None)
    if tried.failure:
        raise CommandFailed(tried.failure)
    return tried


def ask_peer(question: Question, peer: str, pinned: int | None = None) -> Tried:
    """One run of a peer."""
    return attempt(question, peer, question.theirs(peer), 1, PEER_LIMIT_SECONDS, pinned)


def ask_two_at_a_time(asked: Sequence[tuple[Question, str]]) -> list[Tried]:
    """Puts questions to slow peers, one on each of two cores; each solves on one core anyway."""
    cores: queue.SimpleQueue[int] = queue.SimpleQueue()
    for core in sorted(os.sched_getaffinity(0))[:2]:
        cores.put(core)

    def on_free_core(pair: tuple[Question, str]) -> Tried:
        core = cores.get()
        try:
            return ask_peer(*pair, pinned=core)
        finally:
            cores.put(core)

    with concurrent.futures.ThreadPoolExecutor(cores.qsize()) as pool:
        return list(pool.map(on_free_core, asked))


def judged(question: Question, tried: Sequence[Tried]) -> dict[str, dict]:
    """What the stations of every answer are worth by the costs alone, by the file of the answer."""
    files = [str(file) for one in tried for file in one.files]
    radius = ["--radius", question.radius] if question.radius else []
    return peer_json("placement_judge.py", question.source, *files, "--goal", question.goal, *radius)
