"""Writes the measured rows for people (Markdown) and for machines (JSON)."""

from __future__ import annotations

import dataclasses
import json
import pathlib

from data import ROOT, shared_folder
from row import Row


def seconds(value: float) -> str:
    """Seconds or milliseconds with three figures."""
    return f"{value * 1000:.3g} ms" if value < 1 else f"{value:.3g} s"


def figure_line(name: str, figure: dict[str, float], ratio: float | None, tells_inner: bool) -> str:
    """One line of a table; `tells_inner` where it has a column of the time without start and reading."""
    inner = f" {seconds(figure['innerSecondsMedian'])} |" if "innerSecondsMedian" in figure else " |" if tells_inner else ""
    shown = f"{ratio:.2f}" if ratio is not None else ""
    peak = f"{figure['peakBytesMaximum'] / 1e6:.0f} MB" if "peakBytesMaximum" in figure else ""
    if "medianMilliseconds" in figure:
        last = f"p99 {seconds(figure['p99Milliseconds'] / 1000)}" if "p99Milliseconds" in figure else ""
        return f"| {name} | {seconds(figure['medianMilliseconds'] / 1000)} |{inner} {last} | | {peak} | {shown} |"
    spread = (
        f"{seconds(figure['wallSecondsMinimum'])} to {seconds(figure['wallSecondsMaximum'])}"
        if "wallSecondsMinimum" in figure
        else ""
    )
    cpu = seconds(figure["cpuSecondsMedian"]) if "cpuSecondsMedian" in figure else ""
    return f"| {name} | {seconds(figure['wallSecondsMedian'])} |{inner} {spread} | {cpu} | {peak} | {shown} |"


def turns(runs: dict[str, int]) -> str:
    """How often everything ran."""
    most = max(runs.values())
    if most == 1:
        return "One run of each."
    if set(runs.values()) == {most}:
        return f"{most} runs of each, in turn."
    return f"{most} runs of {', '.join(name for name, count in runs.items() if count == most)}, one of each other."


def section(row: Row) -> str:
    """One row as a section."""
    lines = [f"## {row.title[0].upper()}{row.title[1:]}", ""]
    if row.figures:
        lines += [turns({name: int(figure.get("runs", 1)) for name, figure in row.figures.items()}), ""]
    tells_inner = any("innerSecondsMedian" in figure for figure in row.figures.values())
    columns = ["", "median wall", "least to greatest", "CPU", "peak memory", "ours / theirs"]
    if tells_inner:
        columns.insert(2, "without start and reading")
    lines += ["| " + " | ".join(columns) + " |", "|---" * len(columns) + "|"]
    order = sorted(row.figures, key=lambda name: name != "louyu")
    lines += [figure_line(name, row.figures[name], row.ratios.get(name), tells_inner) for name in order]
    if row.targets:
        lines += ["", "| target | measured | limit | |", "|---|---|---|---|"]
        lines += [
            f"| {t.text} | {t.value:.3g} {t.unit} | {t.limit:.3g} {t.unit} | {'met' if t.met else '**not met**'} |"
            for t in row.targets
        ]
    lines += ["", "Answers compared:", ""]
    lines += [f"- {answer}{' (**differs**)' if answer in row.wrong else ''}" for answer in row.answers]
    lines += ["", "Commands:", "", "```sh"]
    lines += [f"# {name}\n{command}" for name, command in row.commands.items()]
    return "\n".join(lines + ["```", ""])


def markdown(head: dict[str, str], title: str, rows: list[Row], remarks: list[str]) -> str:
    """The whole report; remarks stand above its rows."""
    targets = [target for row in rows for target in row.targets]
    wrong = [answer for row in rows for answer in row.wrong]
    lines = [
        "# Benchmarks",
        "",
        "Written by `tools/bench`; the numbers are of one run on one machine. Every program of a row runs in",
        "turn with the others on the same data, and the row ends with what shows that they did the same work.",
        "The ratio is the median, over the pairs of runs, of our wall time divided by theirs: below 1 we are faster.",
        "Files are read from the page cache. Peak memory is what the kernel counts for the process.",
        "",
        f"Data: {title}.",
        f"Targets: {sum(t.met for t in targets)} of {len(targets)} met. Answers that differ: {len(wrong)}.",
        "",
        "| | |",
        "|---|---|",
        *[f"| {name} | {value} |" for name, value in head.items()],
        "",
        *[f"- {remark}" for remark in remarks],
        *([""] if remarks else []),
    ]
    return "\n".join(lines) + "\n" + "\n".join(section(row) for row in rows)


def write(
    head: dict[str, str], title: str, rows: list[Row], page: pathlib.Path, machine: pathlib.Path, remarks: list[str]
) -> None:
    """Writes both files."""
    # Commands are shown as anybody can type them from the project's root.
    text = markdown(head, title, rows, remarks)
    if shared := shared_folder():
        text = text.replace(str(shared.parent), "../shared")
    page.write_text(text.replace(str(ROOT.parent), ".."), encoding="utf-8")
    record = {"machine": head, "data": title, "remarks": remarks, "rows": [dataclasses.asdict(row) for row in rows]}
    machine.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
