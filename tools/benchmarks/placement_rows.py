"""The rows of placement: where stations go, with value, bound and time, beside spopt and HiGHS."""

from __future__ import annotations

import dataclasses
import json
import shlex
import statistics
import subprocess
import sys

import placement_data
from measure import Contender, run, summary
from placement_cases import BEYOND, CASES, GRAPH_CASES, PEERS, QUICK_CASES, QUICK_GRAPH_CASES, Case, GraphCase
from placement_runs import ANSWERS, Question, Tried, ask_louyu, ask_peer, ask_two_at_a_time, judged
from row import Plan, Row, Target, louyu

TITLE = "invented costs of a clustered city, OR-Library's pmed1 to 20, and a made town of 300,000 buildings"
REMARKS = [
    "Every answer is one cold process that reads the files. *Without start and reading* is the time that a program has itself taken"
    " from the costs in memory to the answer; for the peers that is building the model and solving it. Here the ratio divides these"
    " times, for spopt takes seconds to start.",
    "Peers have one run each and at most ten minutes; those that take minutes run two at a time at the end, each on a core of its own.",
    "Their memory is that of the greatest process, the Python one or CBC's. All are asked for a proof without gap.",
    "HiGHS is the compact model (Church and ReVelle; Toregas; ReVelle and Swain) passed to highspy as arrays.",
    "Values are worked out anew from the costs and the stations alone, for every answer.",
]
# Two proved values are one where they differ by less than solvers allow themselves.
TOLERANCE = 1e-6
# What may lie between value and bound of a plan of a whole town.
GAP = 0.005


def is_same(first: float, second: float) -> bool:
    return abs(first - second) <= TOLERANCE * max(1, abs(first), abs(second))


@dataclasses.dataclass
class Measured:
    """A case, and what every program made of it."""

    case: Case
    question: Question
    tried: list[Tried]

    @property
    def ours(self) -> Tried | None:
        return next((one for one in self.tried if one.name == "louyu"), None)


def ask(case: Case, plan: Plan) -> Measured:
    """Puts a case to Louyu and to the peers that run alone."""
    folder = placement_data.instance(case.demands, case.sites, case.radius)
    question = Question(folder, case.goal, case.stations, case.radius, case.time_limit)
    tried = [ask_louyu(question, 1 if case.once else plan.runs)] if plan.ours else []
    return Measured(case, question, tried + [ask_peer(question, peer) for peer in case.peers])


def row_of(title: str, tried: list[Tried]) -> Row:
    """The figures of everybody who answered; ratios by the time without start and reading."""
    answered = [one for one in tried if not one.failure]
    row = Row(title, {one.name: one.shown for one in tried}, {one.name: one.figures for one in answered})
    if "louyu" in row.figures:
        ours = row.figures["louyu"]["innerSecondsMedian"]
        row.ratios = {
            name: ours / figures["innerSecondsMedian"] for name, figures in row.figures.items() if name != "louyu"
        }
    row.answers += [f"{one.name}: {one.failure}" for one in tried if one.failure]
    return row


def case_row(measured: Measured, long: bool) -> Row:
    """A case as a row: its targets, and the answers compared."""
    case, ours = measured.case, measured.ours
    row = row_of(case.title, measured.tried)
    if ours:
        row.targets = targets(case, ours)
        tell(row, ours)
    compare(row, measured)
    if not long:
        row.answers += [f"{peer}: not asked in this run; `--long` asks it, too" for peer in case.long_peers]
    return row


def targets(case: Case, ours: Tried) -> list[Target]:
    """What the case asks of our answer."""
    figures, gap = ours.figures, max(answer["gap"] for answer in ours.answers) * 100
    found = []
    if case.seconds is not None:
        taken = figures["wallSecondsMedian"] - (reading_seconds(ours) if case.apart else 0)
        found.append(Target("whole process without reading" if case.apart else "whole process", taken, case.seconds, "s"))
    if case.gap is not None:
        found.append(Target("gap" if case.gap else "gap, proved", gap, case.gap * 100, "%"))
    if case.mark is not None:
        found.append(Target("gap, the mark to beat", gap, case.mark * 100, "%"))
    if case.megabytes is not None:
        found.append(Target("peak memory", figures["peakBytesMaximum"] / 1e6, case.megabytes, "MB"))
    return found


def reading_seconds(ours: Tried) -> float:
    return statistics.median(answer["readSeconds"] for answer in ours.answers)


def tell(row: Row, ours: Tried) -> None:
    """Tells value, bound and gap of every run, and what reading took."""
    said = [f"{answer['value']:.12g} of at best {answer['bound']:.12g}, {answer['gap']:.4%}" for answer in ours.answers]
    proved = "proved" if all(answer["proven"] for answer in ours.answers) else "not proved"
    row.answers.append(f"louyu: {'; '.join(dict.fromkeys(said))}; {proved}; reading {reading_seconds(ours):.3g} s")
    row.expect(
        "louyu: value and bound are finite, and on the right sides of each other",
        all(is_ordered(answer) for answer in ours.answers),
    )
    if proved == "proved":
        first = ours.answers[0]
        row.expect(
            "louyu: value and stations are the same in every run",
            all((one["value"], sites(one)) == (first["value"], sites(first)) for one in ours.answers),
        )


def is_ordered(answer: dict) -> bool:
    """Whether the bound is on the far side of the value, and the gap is what lies between."""
    value, bound = answer["value"], answer["bound"]
    better = bound - value if answer["goal"] == "cover" else value - bound
    slack = TOLERANCE * max(1, abs(value))
    return 0 < value < float("inf") and -slack <= better < float("inf") and answer["proven"] == (answer["gap"] == 0)


def sites(answer: dict) -> list[str]:
    return sorted(station["site"] for station in answer["stations"])


def compare(row: Row, measured: Measured) -> None:
    """Works every value out anew, and sets those that are proved beside each other."""
    answered = [one for one in measured.tried if not one.failure]
    if not answered:
        return
    right = judged(measured.question, answered)["answers"]
    for one in answered:
        pairs = [(answer, right[str(file)]) for answer, file in zip(one.answers, one.files, strict=True)]
        allowed = measured.case.stations
        row.expect(
            f"{one.name}: {one.answer['value']:.12g} with {pairs[-1][1]['stations']} stations; worked out anew {pairs[-1][1]['value']:.12g}",
            all(
                told["value"] is not None and is_same(answer["value"], told["value"])
                and (allowed is None or told["stations"] <= allowed)
                for answer, told in pairs
            ),
        )
    proved = {one.name: one.answer["value"] for one in answered if one.proved}
    if len(proved) > 1:
        row.expect(f"proved by {', '.join(proved)}: one value", all(is_same(a, b) for a in proved.values() for b in proved.values()))
    ours = measured.ours
    if ours and not ours.proved and proved:
        best = next(iter(proved.values()))
        low, high = sorted((ours.answer["value"], ours.answer["bound"]))
        row.expect(f"the proved {best:.12g} lies between our value and bound", low * (1 - TOLERANCE) <= best <= high * (1 + TOLERANCE))


def graph_rows(case: GraphCase, plan: Plan) -> list[Row]:
    """All p-median files under one goal, and the first of them beside the peers."""
    graphs = placement_data.graphs()
    questions = [Question(graph.file, case.goal) for graph in graphs]
    published = [getattr(graph, case.goal) for graph in graphs]
    ours = [ask_louyu(question, plan.runs) for question in questions] if plan.ours else []
    rows = []
    if ours:
        row = together(f"{case.goal}: the {len(ours)} p-median files of OR-Library", {"louyu": ours})
        right = [
            graph.file.stem for graph, one, best in zip(graphs, ours, published, strict=True)
            if all(answer["proven"] and answer["value"] == answer["bound"] == best for answer in one.answers)
        ]
        row.expect(
            f"louyu: of {len(ours)} published optima {len(right)} found and proved, value = bound", len(right) == len(ours)
        )
        row.answers.append("louyu, whole processes in ms: " + ", ".join(
            f"{graph.file.stem} {one.figures['wallSecondsMedian'] * 1000:.0f}" for graph, one in zip(graphs, ours, strict=True)
        ))
        row.targets = [Target("all of them, whole processes", row.figures["louyu"]["wallSecondsMedian"], case.seconds, "s")]
        rows.append(row)
    if case.peers:
        asked = questions[:case.shared]
        tried = {peer: [ask_peer(question, peer) for question in asked] for peer in case.peers}
        title = f"{case.goal}: the first {case.shared} of OR-Library's p-median files beside others"
        row = together(title, ({"louyu": ours[:case.shared]} if ours else {}) | tried)
        for name, answers in tried.items():
            right = sum(
                not one.failure and is_same(one.answer["value"], best) for one, best in zip(answers, published, strict=False)
            )
            row.expect(f"{name}: {right} of {len(answers)} published optima", right == len(answers))
        rows.append(row)
    return rows


def together(title: str, tried: dict[str, list[Tried]]) -> Row:
    """A row of several questions, whose times are added up run by run."""
    row = Row(title, {name: f"{several[0].shown}  # and {len(several) - 1} more" for name, several in tried.items()}, {})
    for name, several in tried.items():
        row.answers += [f"{name}: {one.command[2]}: {one.failure}" for one in several if one.failure]
        if any(one.failure for one in several):
            continue
        turns = [[one.used[turn] for one in several] for turn in range(len(several[0].used))]
        walls = [sum(used.wall_seconds for used in turn) for turn in turns]
        row.figures[name] = {
            "runs": len(turns), "wallSecondsMedian": statistics.median(walls),
            "wallSecondsMinimum": min(walls), "wallSecondsMaximum": max(walls),
            "cpuSecondsMedian": statistics.median(sum(used.cpu_seconds for used in turn) for turn in turns),
            "peakBytesMaximum": max(used.peak_bytes for turn in turns for used in turn),
            "innerSecondsMedian": sum(one.figures["innerSecondsMedian"] for one in several),
        }
    if "louyu" in row.figures:
        ours = row.figures["louyu"]["innerSecondsMedian"]
        row.ratios = {name: ours / one["innerSecondsMedian"] for name, one in row.figures.items() if name != "louyu"}
    return row


def streets_row(plan: Plan, streets: placement_data.Streets, from_scratch: bool) -> Row:
    """From an atlas with streets to a plan, by a process that starts for it."""
    asked = [
        "--kind", "clinic", "--minutes", "15", "--atlas", streets.atlas, "--format", "json",
    ]
    command = louyu(
        "site", "-k", 10, "--goal", "cover", "--candidates", streets.candidates, "--gap", GAP,
        *(["--from-scratch"] if from_scratch else []), *asked,
    )
    beside = "none kept" if from_scratch else f"beside {streets.stations:,} that stay"
    row = Row(
        f"from streets to plan: {streets.buildings:,} buildings, {streets.candidate_count:,} candidates,"
        f" 10 new clinics, {beside}, cold process",
        {"louyu": shlex.join(command)}, {},
    )
    file = ANSWERS / f"streets-{'scratch' if from_scratch else 'kept'}.json"
    used, answers = [], []
    for _ in range(plan.runs):
        used.append(run(Contender("louyu", command, output=file)))
        answers.append(json.loads(file.read_text(encoding="utf-8")))
    row.figures["louyu"] = {
        **summary(used), "innerSecondsMedian": statistics.median(answer["seconds"] for answer in answers)
    }
    gap = max(answer["gap"] for answer in answers)
    row.targets = [
        Target("whole process", row.figures["louyu"]["wallSecondsMedian"], 20, "s"), Target("gap", gap * 100, GAP * 100, "%"),
    ]
    answer = answers[-1]
    row.expect(
        f"louyu: {len(answer['stations'])} new clinics, {answer['value']:,.0f} of at best {answer['bound']:,.0f} square metres"
        f" of floor, {gap:.4%}; {'proved' if answer['proven'] else 'not proved'}",
        len(answer["stations"]) <= 10 and is_ordered(answer),
    )
    if not from_scratch:
        placed = [word for station in answer["stations"] for word in ("--with", station["id"])]
        coverage = subprocess.run(louyu("coverage", *placed, *asked), check=True, capture_output=True, text=True).stdout
        total = json.loads(coverage)["total"]["reachedFloorAreaSquareMeters"]
        row.expect(f"louyu coverage with these clinics: {total:,.0f} square metres of floor", is_same(total, answer["value"]))
    row.answers.append("no peer goes from streets to a plan")
    return row


def beyond(measured: list[Measured]) -> list[str]:
    """Why peers are not asked the great questions: what they would take in proportion to the greatest they answered."""
    said = []
    for case in BEYOND:
        for peer in PEERS:
            answered = [
                (one.case.costs, one, tried) for one in measured for tried in one.tried
                if one.case.goal == case.goal and tried.name == peer and not tried.failure
            ]
            if not answered:
                continue
            costs, base, tried = max(answered, key=lambda found: found[0])
            times, taken = case.costs / costs, tried.figures
            said.append(
                f"{peer}, {case.title}: not asked. Its costs are {times:,.0f} times those of {base.case.demands:,} x {base.case.sites:,},"
                f" which took it {taken['innerSecondsMedian']:.3g} s and {taken['peakBytesMaximum'] / 1e9:.2g} GB:"
                f" in proportion {times * taken['innerSecondsMedian']:,.0f} s and {times * taken['peakBytesMaximum'] / 1e9:,.0f} GB."
            )
    return said


def placement_rows(plan: Plan, quick: bool, long: bool) -> tuple[list[Row], list[str]]:
    """All rows of placement, and remarks about them; none where their data cannot be had."""
    if not placement_data.writer():
        print("placement: no instances, for ../shared/generators/placement.py is absent", file=sys.stderr)
        return [], []
    measured = [ask(case, plan) for case in (QUICK_CASES if quick else CASES)]
    graphs = [row for case in (QUICK_GRAPH_CASES if quick else GRAPH_CASES) for row in graph_rows(case, plan)]
    town = (100, 8_000, 40, 200) if quick else (500, 300_000, 1_000, 2_000)
    streets = placement_data.streets(*town) if plan.ours else None
    walked = [streets_row(plan, streets, from_scratch) for from_scratch in (False, True)] if streets else []
    slow = [(one, peer) for one in measured for peer in one.case.slow_peers + (one.case.long_peers if long else ())]
    answers = ask_two_at_a_time([(one.question, peer) for one, peer in slow])
    for (one, _), tried in zip(slow, answers, strict=True):
        one.tried.append(tried)
    rows = graphs + [case_row(one, long) for one in measured if one.tried] + walked
    return rows, REMARKS + ([] if quick else beyond(measured))
