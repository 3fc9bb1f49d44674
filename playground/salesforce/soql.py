"""The part of SOQL that the double understands, read from text: fields, children, conditions, groups, order, limit."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from playground.salesforce.refusal import malformed

TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:\\.|[^'\\])*')|(?P<stamp>\d{4}-\d\d-\d\dT[0-9:.]+(?:Z|[+-]\d\d:?\d\d))|(?P<day>\d{4}-\d\d-\d\d)"
    r"|(?P<number>-?\d+(?:\.\d+)?)|(?P<name>[A-Za-z_][A-Za-z0-9_.]*)|(?P<mark><=|>=|!=|[=<>(),]))"
)
Value = str | datetime | date | Decimal | bool | None
Row = Mapping[str, Any]
Condition = Callable[[Row], bool]


@dataclass
class Soql:
    """What a query asks for."""

    of: str
    fields: list[str] = field(default_factory=list)
    children: list["Soql"] = field(default_factory=list)
    condition: Condition = lambda _: True
    conditioned: set[str] = field(default_factory=set)  # fields that conditions name
    groups: list[str] = field(default_factory=list)  # fields by which rows are one
    order: list[tuple[str, bool]] = field(default_factory=list)  # a field, and whether it falls
    limit: int | None = None

    @property
    def named(self) -> list[str]:
        return [*self.fields, *sorted(self.conditioned), *(name for name, _ in self.order)]


def read_soql(text: str) -> Soql:
    """Return what a query asks for.

    Raises:
        SalesforceRefusal: if it is none.
    """
    reader = SoqlReader(text)
    found = reader.query()
    if reader.tokens:
        raise malformed(f"unexpected token: '{reader.tokens[0][1]}'")
    return found


class SoqlReader:
    """Reads a query from its tokens."""

    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        at = 0
        text = text.strip()
        while at < len(text):
            found = TOKEN.match(text, at)
            if found is None:
                raise malformed(f"unexpected token: '{text[at : at + 10]}'")
            assert found.lastgroup is not None
            self.tokens.append((found.lastgroup, found[found.lastgroup]))
            at = found.end()

    def next(self) -> tuple[str, str]:
        if not self.tokens:
            raise malformed("unexpected token: '<EOF>'")
        return self.tokens.pop(0)

    def takes(self, *words: str) -> bool:
        """Take these words if they come next."""
        if [one.upper() for _, one in self.tokens[: len(words)]] != list(words):
            return False
        del self.tokens[: len(words)]
        return True

    def wants(self, word: str) -> None:
        if not self.takes(word):
            raise malformed(f"expecting '{word}', found '{self.tokens[0][1] if self.tokens else '<EOF>'}'")

    def name(self) -> str:
        kind, text = self.next()
        if kind != "name":
            raise malformed(f"unexpected token: '{text}'")
        return text

    def query(self) -> Soql:
        self.wants("SELECT")
        fields, children = [], []
        while True:
            if self.takes("("):
                children.append(self.query())
                self.wants(")")
            else:
                fields.append(self.name())
            if not self.takes(","):
                break
        self.wants("FROM")
        found = Soql(self.name(), fields, children)
        if self.takes("WHERE"):
            found.condition = self.any_of(found.conditioned)
        if self.takes("GROUP", "BY"):
            found.groups.append(self.name())
            while self.takes(","):
                found.groups.append(self.name())
            if set(found.fields) - set(found.groups):
                raise malformed("Field must be grouped or aggregated")
        if self.takes("ORDER", "BY"):
            while True:
                name = self.name()
                falls = self.takes("DESC")
                found.order.append((name, falls and not self.takes("ASC")))
                if not self.takes(","):
                    break
        if self.takes("LIMIT"):
            found.limit = int(self.next()[1])
        return found

    def any_of(self, named: set[str]) -> Condition:
        parts = [self.all_of(named)]
        while self.takes("OR"):
            parts.append(self.all_of(named))
        return parts[0] if len(parts) == 1 else lambda row: any(one(row) for one in parts)

    def all_of(self, named: set[str]) -> Condition:
        parts = [self.one(named)]
        while self.takes("AND"):
            parts.append(self.one(named))
        return parts[0] if len(parts) == 1 else lambda row: all(one(row) for one in parts)

    def one(self, named: set[str]) -> Condition:
        if self.takes("("):
            found = self.any_of(named)
            self.wants(")")
            return found
        name = self.name()
        named.add(name)
        if self.takes("IN"):
            self.wants("(")
            among = {comparable(name, self.value())}
            while self.takes(","):
                among.add(comparable(name, self.value()))
            self.wants(")")
            return lambda row: row.get(name) in among
        compare = COMPARISONS.get(self.next()[1])
        if compare is None:
            raise malformed("unexpected token in a condition")
        wanted = comparable(name, self.value())
        return lambda row: compare(row.get(name), wanted)

    def value(self) -> Value:
        kind, text = self.next()
        if kind == "text":
            return re.sub(r"\\(.)", r"\1", text[1:-1])
        if kind == "stamp":
            return datetime.fromisoformat(text.replace("Z", "+00:00"))
        if kind == "day":
            return date.fromisoformat(text)
        if kind == "number":
            return Decimal(text)
        if text.upper() in ("TRUE", "FALSE", "NULL"):
            return {"TRUE": True, "FALSE": False}.get(text.upper())
        raise malformed(f"unexpected token: '{text}'")


def comparable(name: str, value: Value) -> Value:
    """Return a value as records hold it: ids of 15 characters are those of 18."""
    if name.endswith("Id") and isinstance(value, str) and len(value) == 15:
        return id18(value)
    return value


COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda one, other: one == other,
    "!=": lambda one, other: one != other,
    "<": lambda one, other: one is not None and one < other,
    "<=": lambda one, other: one is not None and one <= other,
    ">": lambda one, other: one is not None and one > other,
    ">=": lambda one, other: one is not None and one >= other,
}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


def id18(short: str) -> str:
    """Return an id of 15 characters with the three that say which of its letters are capitals."""
    ends = ""
    for part in (short[:5], short[5:10], short[10:15]):
        ends += LETTERS[sum(1 << at for at, one in enumerate(part) if one.isascii() and one.isupper())]
    return short + ends
