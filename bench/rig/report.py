"""Reporting: figures, each beside what it is measured against and the bar it is held to.

A script adds its figures to one `Report`; the lines on the screen and the JSON file are made from the same values.
"""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any

HEAD = f"{'':<64}{'value':>16}{'reference':>12}{'ratio':>9}{'bar':>15}  met"


@dataclass(frozen=True)
class Bar:
    """The most, or the least, that a figure or its ratio to the reference may be."""

    limit: float
    at_least: bool = False
    of_ratio: bool = False

    def met(self, value: float) -> bool:
        return value >= self.limit if self.at_least else value <= self.limit

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        return f"{'ratio ' if self.of_ratio else ''}{sign} {number(self.limit)}"


def at_most(limit: float) -> Bar:
    return Bar(limit)


def at_least(limit: float) -> Bar:
    return Bar(limit, at_least=True)


def ratio_at_most(limit: float) -> Bar:
    return Bar(limit, of_ratio=True)


def ratio_at_least(limit: float) -> Bar:
    return Bar(limit, at_least=True, of_ratio=True)


@dataclass(frozen=True)
class Figure:
    """One figure; `reference` is the same of a floor, a peer, a smaller size or an earlier commit, in the same unit."""

    value: float
    unit: str
    reference: float | None = None
    bar: Bar | None = None

    @property
    def ratio(self) -> float | None:
        return self.value / self.reference if self.reference else None

    @property
    def met(self) -> bool | None:
        """Whether the bar is met; None without one."""
        if self.bar is None:
            return None
        held = self.ratio if self.bar.of_ratio else self.value
        return held is not None and self.bar.met(held)

    def as_json(self) -> dict[str, Any]:
        return {
            "value": rounded(self.value), "unit": self.unit, "reference": rounded(self.reference),
            "ratio": rounded(self.ratio), "bar": None if self.bar is None else str(self.bar), "met": self.met,
        }  # fmt: skip


class Report:
    """What a script found, in the order in which it was measured."""

    def __init__(self) -> None:
        self.figures: dict[str, dict[str, Any]] = {}

    def add(
        self, name: str, value: float, unit: str, reference: float | None = None, bar: Bar | None = None
    ) -> None:
        """Print a figure and keep it."""
        if name in self.figures:
            raise ValueError(f"{name} is measured twice")
        if not self.figures:
            print(HEAD)
        self.figures[name] = Figure(value, unit, reference, bar).as_json()
        print(row(name, self.figures[name]), flush=True)

    def write(self, file: Path | None) -> None:
        """Write the figures to a file, if there is to be one."""
        if file is not None:
            file.write_text(json.dumps(self.figures, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def row(name: str, figure: dict[str, Any]) -> str:
    """Return a figure as a line of a table, from what the JSON file says of it."""
    value = f"{number(figure['value'])} {figure['unit']}"
    ratio = "" if figure["ratio"] is None else number(figure["ratio"])
    met = {None: "", True: "yes", False: "no"}[figure["met"]]
    reference = "" if figure["reference"] is None else number(figure["reference"])
    return f"{name:<64}{value:>16}{reference:>12}{ratio:>9}{figure['bar'] or '':>15}  {met}".rstrip()


def number(value: float) -> str:
    """Return a number as it is read: three digits that count, none of them lost before the point."""
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    if abs(value) >= 10:
        return f"{value:.1f}"
    return f"{value:.2f}" if abs(value) >= 0.1 else f"{value:.2g}"


def rounded(value: float | None) -> float | None:
    """Return four digits that count: the rest is noise."""
    return None if value is None else float(f"{value:.4g}") if abs(value) < 10_000 else round(value)


def arguments(about: str | None) -> ArgumentParser:
    """Return what every script takes; a script may add to it."""
    parser = ArgumentParser(description=(about or "").partition("\n")[0])
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file too")
    parser.add_argument(
        "--quick", action="store_true", help="a much shortened run: whether it works, not how fast"
    )
    return parser


def p(values: Sequence[float], percent: int) -> float:
    """Return a percentile of at least one value."""
    return values[0] if len(values) == 1 else quantiles(values, n=100, method="inclusive")[percent - 1]
