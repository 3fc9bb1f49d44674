"""Near names: the accounts and deals of a workspace that are one letter off from a name, by indexes of their halves."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import literal_column, or_, union_all
from sqlmodel import bindparam, col, exists, select

from sales.language.names.descent import comparable
from sales.language.names.near import may_begin, may_end, nearest
from storage.engines.statement import Statement, among
from storage.people.member import MemberRow
from storage.pipeline.comparable_name import FIRST_HALF, SECOND_HALF
from storage.pipeline.known_name import DEAL, SPELLED, TEAM, TODAY, WORKSPACE, known_to_others_only
from storage.scope import Scope

MOST = 1_000  # names looked at that share a half: "… Holdings Ltd"; more would cost more than the question is worth


def sharing_a_half(engine: str) -> Any:
    """Return the question which names, known on a day, share a half with one of those that are asked about."""
    looks: list[Any] = []
    for name, folded in SPELLED:
        for half, keys in ((FIRST_HALF, "begin"), (SECOND_HALF, "end")):
            place: Any = literal_column(half.format(f"{folded.table.name}.{folded.name}"), folded.type)
            look = select(folded, name).where(
                folded.table.c.workspace_id == WORKSPACE, among(engine, place, keys)
            )
            if name.table is DEAL.name.table:
                known = or_(DEAL.opened_on.is_(None), DEAL.opened_on <= TODAY)
                look = look.where(known, or_(DEAL.owner_id == bindparam("user_id"), is_teammates()))
            looks.append(select(look.limit(MOST).subquery()))
    return union_all(*looks)


def is_teammates() -> Any:
    """Return the condition that a deal is a rep's of the team."""
    return exists().where(
        col(MemberRow.workspace_id) == WORKSPACE,
        col(MemberRow.user_id) == DEAL.owner_id,
        col(MemberRow.team_id) == TEAM,
        col(MemberRow.is_rep),
        col(MemberRow.active),
    )


ALIKE = Statement(sharing_a_half)


async def names_alike(
    scope: Scope, typed: Sequence[str], user_id: str, today: date, team_id: int | None
) -> dict[str, str]:
    """Return names of accounts and of a team's deals, by how `comparable` spells each, known on a day.

    They are those one letter off from the first of the typed names for which there are any; where more than `MOST`
    names have a half in common, some may be left out. What it costs does not grow with the number of names. The deals
    are those that the person who is told may see, and accounts that only another team does business with are left out:
    nobody learns of others' customers by a slip.
    """
    folded = [comparable(name) for name in typed]
    if not folded:
        return {}
    begin = sorted({half for one in folded for half in may_begin(one)})
    end = sorted({half for one in folded for half in may_end(one)})
    asked = {"begin": begin, "end": end, "user_id": user_id, "team_id": team_id or 0, "today": today}
    found: dict[str, str] = dict(await scope.ask(ALIKE, **asked))
    while near := nearest(typed, found)[1]:
        alike = {comparable(name): name for name in near}
        hidden = await known_to_others_only(scope, list(alike), team_id)
        if not hidden:
            return alike
        found = {name: spelled for name, spelled in found.items() if name not in hidden}
    return {}
