"""SOQL: how a question is written. Whatever stands in it that somebody typed is quoted."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from sales.imports.sync.record import CrmPlace


def quoted(text: str) -> str:
    """Return a text as SOQL has it, in which nothing of it means anything."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r")
    return f"'{escaped}'"


def moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def select(kind: str, fields: Sequence[str], where: str = "", order: str = "", group: str = "") -> str:
    """Return a query."""
    found = f"SELECT {','.join(fields)} FROM {kind}"
    found += f" WHERE {where}" if where else ""
    found += f" GROUP BY {group}" if group else ""
    return found + (f" ORDER BY {order}" if order else "")


def within(since: CrmPlace, until: datetime) -> str:
    """Return the condition of a window: from a place, behind its record where it has one, up to an instant."""
    found = f"SystemModstamp >= {moment(since.at)} AND SystemModstamp < {moment(until)}"
    if since.after_id:
        behind = f"SystemModstamp > {moment(since.at)} OR Id > {quoted(since.after_id)}"
        found += f" AND ({behind})"
    return found


def among(values: Collection[str], name: str = "Id") -> str:
    """Return the condition that a field is one of some values."""
    return f"{name} IN ({','.join(quoted(one) for one in values)})"
