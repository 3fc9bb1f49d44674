"""The pieces limits are built from. A rule reports what Slack would refuse in a value, and where."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass
class Report:
    """Faults in Slack's own form: `[ERROR] what [json-pointer:/where]`."""

    faults: list[str] = field(default_factory=list)

    def add(self, path: str, what: str) -> None:
        self.faults.append(f"[ERROR] {what} [json-pointer:{path}]")


Rule = Callable[[Any, str, Report], None]


def string(most: int, least: int = 1) -> Rule:
    """A string of `least` to `most` characters."""

    def check(value: Any, path: str, report: Report) -> None:
        if not isinstance(value, str):
            report.add(path, "must be a string")
        elif len(value) > most:
            report.add(path, f"must be less than {most + 1} characters")
        elif len(value) < least:
            report.add(path, f"must be more than {least - 1} characters")

    return check


def matching(pattern: str, what: str) -> Rule:
    compiled = re.compile(pattern)

    def check(value: Any, path: str, report: Report) -> None:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            report.add(path, f"must be {what}")

    return check


def integer(least: int | None = None, most: int | None = None) -> Rule:
    def check(value: Any, path: str, report: Report) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            report.add(path, "must be an integer")
        elif least is not None and value < least:
            report.add(path, f"must be at least {least}")
        elif most is not None and value > most:
            report.add(path, f"must be no more than {most}")

    return check


def number(value: Any, path: str, report: Report) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        report.add(path, "must be a number")


def positive(value: Any, path: str, report: Report) -> None:
    number(value, path, report)
    if isinstance(value, int | float) and value <= 0:
        report.add(path, "must be greater than 0")


def boolean(value: Any, path: str, report: Report) -> None:
    if not isinstance(value, bool):
        report.add(path, "must be a boolean")


def anything(value: Any, path: str, report: Report) -> None:
    """No limit known."""


def one_of(*allowed: str) -> Rule:
    def check(value: Any, path: str, report: Report) -> None:
        if value not in allowed:
            report.add(path, f"must be a valid enum value: {', '.join(allowed)}")

    return check


def items(rule: Rule, least: int, most: int) -> Rule:
    """A list of `least` to `most` items, each under `rule`."""

    def check(value: Any, path: str, report: Report) -> None:
        if not isinstance(value, list):
            report.add(path, "must be an array")
            return
        if len(value) > most:
            report.add(path, f"no more than {most} items allowed")
        if len(value) < least:
            report.add(path, f"no fewer than {least} items allowed")
        for at, item in enumerate(value):
            rule(item, f"{path}/{at}", report)

    return check


def shape(required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None, *more: Rule) -> Rule:
    """An object with these fields and no others; `more` are checked once the fields are right."""
    known = {**required, **(optional or {})}

    def check(value: Any, path: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.add(path, "must be an object")
            return
        before = len(report.faults)
        for name in required:
            if name not in value:
                report.add(path, f"missing required field: {name}")
        for name, inside in value.items():
            if name in known:
                known[name](inside, f"{path}/{name}", report)
            elif name != "type":
                report.add(path, f"invalid additional property: {name}")
        if len(report.faults) == before:
            for rule in more:
                rule(value, path, report)

    return check


def typed(table: Mapping[str, Rule], allowed: frozenset[str] | None = None) -> Rule:
    """An object whose `type` picks its rule from `table`; `allowed` narrows which types may stand here."""

    def check(value: Any, path: str, report: Report) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        rule = table.get(kind) if isinstance(kind, str) else None
        if rule is None or (allowed is not None and kind not in allowed):
            report.add(f"{path}/type", f"unsupported type: {kind}")
        else:
            rule(value, path, report)

    return check


def exactly_one(*names: str) -> Rule:
    def check(value: Any, path: str, report: Report) -> None:
        given = [name for name in names if name in value]
        if len(given) != 1:
            report.add(path, f"exactly one of {', '.join(names)} must be given")

    return check


def at_least_one(*names: str) -> Rule:
    def check(value: Any, path: str, report: Report) -> None:
        if not any(value.get(name) for name in names):
            report.add(path, f"missing required field: one of {', '.join(names)}")

    return check


def needs(name: str, other: str) -> Rule:
    """`name` may be given only beside `other`."""

    def check(value: Any, path: str, report: Report) -> None:
        if value.get(name) and not value.get(other):
            report.add(path, f"{name} requires {other}")

    return check


def ordered(low: str, high: str) -> Rule:
    """The number in `low` is not above the one in `high`; they may come as strings."""

    def check(value: Any, path: str, report: Report) -> None:
        try:
            wrong = low in value and high in value and float(value[low]) > float(value[high])
        except ValueError:
            return  # the fields' own rules say what is wrong
        if wrong:
            report.add(path, f"{low} must not be greater than {high}")

    return check
