"""Two sides of a deal: what its CRM said before, what it says now, and what stands here; field by field.

What they changed is taken, and what somebody changed here alone stays. Where both changed the same, theirs is taken and
ours is kept beside it, shown until a person decides. A deal that is won or lost there is so here (docs/crm.md, "Both
sides"). Values are as a deal's columns have them.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sales.pipeline.opportunity import CLOSED

# What goes together, so that no deal is won without a day, and no amount stands without what it was made of.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "name": ("name",),
    "account": ("account",),
    "owner": ("owner_name", "owner_id"),
    "stage": ("stage", "stage_label", "closed_on", "opened_on"),
    "value": ("value_minor", "converted_minor", "currency"),
    "close": ("expected_on",),
}
COMPARED: Mapping[str, tuple[str, ...]] = {
    **GROUPS,
    "owner": ("owner_id", "owner_name"),
    "stage": ("stage", "stage_label"),
    "value": ("value_minor", "currency"),
}  # by which it is told whether a group says the same

ENDS = frozenset({"stage", "value", "close"})  # what is theirs once a deal is won or lost there

Said = Mapping[str, Any]


class Merged(NamedTuple):
    """What is set here, and what stood here of each group that both sides changed, until somebody decides."""

    news: dict[str, Any]
    contested: dict[str, dict[str, Any]]


def merge(
    before: Said | None, theirs: Said, ours: Said, contested: Mapping[str, Said] | None = None
) -> Merged:
    """Return what becomes of a deal. `before` is what the CRM said last, None where it says it for the first time.

    `theirs` has no columns of a group that this connection may not read, which then stays. A group stays `contested`
    until the CRM says what stood here, or the deal ends.
    """
    news: dict[str, Any] = {}
    still = {group: dict(kept) for group, kept in (contested or {}).items()}
    ends = theirs.get("stage") in CLOSED and not same("stage", theirs, ours)
    for group, columns in GROUPS.items():
        if any(column not in theirs for column in COMPARED[group]):
            continue
        if group in still and (same(group, theirs, still[group]) or not same(group, before or {}, ours)):
            del still[group]  # they say what stood here, or somebody said something else here since
        if same(group, theirs, ours):
            news |= day_moved(before or {}, theirs, ours) if group == "stage" else {}
            continue
        base = before if before is not None and all(one in before for one in COMPARED[group]) else None
        moved = base is None or not same(group, base, theirs)
        touched = base is not None and not same(group, base, ours)
        if not (moved or (ends and group in ENDS)):
            continue
        news.update({column: theirs[column] for column in columns if column in theirs})
        if touched and not ends:
            still[group] = {column: ours.get(column) for column in columns}
    return Merged(news, {} if ends else still)


def day_moved(before: Said, theirs: Said, ours: Said) -> dict[str, Any]:
    """Return what is set on a deal that is closed on both sides once they say that it was on another day."""
    day, was = theirs.get("closed_on"), plain(before.get("closed_on"))
    if day is None or not was or plain(day) in (was, plain(ours.get("closed_on"))):
        return {}
    opened = ours.get("opened_on")
    return {"closed_on": day} | ({"opened_on": theirs.get("opened_on")} if opened and opened > day else {})


def same(group: str, one: Said, other: Said) -> bool:
    """Say whether a group says the same on two sides; what one of them does not say differs from nothing."""
    return all(plain(one.get(column)) == plain(other.get(column)) for column in COMPARED[group])


def plain(value: Any) -> str:
    """Return a value as text, so that what was kept as JSON compares with what was not; "" for nothing."""
    return "" if value is None else str(getattr(value, "value", value))
