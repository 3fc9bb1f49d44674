"""Near names: the accounts and deals of a workspace that are one letter off from a name, by indexes of their halves."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import literal_column, or_, union_all
from sqlmodel import select

from sales.language.names.descent import comparable
from sales.language.names.near import may_begin, may_end
from storage.engines.statement import Statement, among
from storage.pipeline.comparable_name import FIRST_HALF, SECOND_HALF
from storage.pipeline.known_name import DEAL, SPELLED, TODAY, WORKSPACE
from storage.scope import Scope

MOST = 1_000  # names looked at that share a half: "… Holdings Ltd"; more would cost more than the question is worth


def alike(engine: str) -> Any:
    """Return the question which names, known on a day, share a half with one of those that are asked about."""
    looks: list[Any] = []
    for name, folded in SPELLED:
        for half, keys in ((FIRST_HALF, "begin"), (SECOND_HALF, "end")):
            place: Any = literal_column(half.format(f"{folded.table.name}.{folded.name}"), folded.type)
            look = select(folded, name).where(
                folded.table.c.workspace_id == WORKSPACE, among(engine, place, keys)
            )
            if name.table is DEAL.name.table:
                look = look.where(or_(DEAL.opened_on.is_(None), DEAL.opened_on <= TODAY))
            looks.append(select(look.limit(MOST).subquery()))
    return union_all(*looks)


ALIKE = Statement(alike)


async def names_alike(scope: Scope, typed: Sequence[str], today: date) -> dict[str, str]:
    """Return names of accounts and deals, known on a day, among which are all that are one letter off from a typed one.

    Each is found under how `comparable` spells it.

    Of names of which more than `MOST` have a half in common, some may be left out. What it costs does not grow with the
    number of names.
    """
    folded = [comparable(name) for name in typed]
    if not folded:
        return {}
    begin = sorted({half for one in folded for half in may_begin(one)})
    end = sorted({half for one in folded for half in may_end(one)})
    return dict(await scope.ask(ALIKE, begin=begin, end=end, today=today))
