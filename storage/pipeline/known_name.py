"""Known names: which accounts and deals a text names, by a few looks into indexes, however many there are."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ARRAY, JSON, Integer, Text
from sqlmodel import bindparam, col, exists, func, or_, select

from sales.language.names.descent import Descent
from storage.engines.statement import Statement
from storage.people.member import MemberRow
from storage.people.team import TeamRow
from storage.pipeline.account import AccountRow
from storage.pipeline.opportunity import OpportunityRow
from storage.scope import Scope

DEAL: Any = OpportunityRow.__table__.c  # type: ignore[attr-defined]  # plain columns: no row passes the ORM
ACCOUNT: Any = AccountRow.__table__.c  # type: ignore[attr-defined]
OF_DEALS = ((DEAL.name, DEAL.name_folded), (DEAL.account, DEAL.account_folded))
SPELLED = (*OF_DEALS, (ACCOUNT.name, ACCOUNT.name_folded))
WORKSPACE: Any = bindparam("workspace_id")
TODAY: Any = bindparam("today", type_=DEAL.opened_on.type)
TEAM: Any = bindparam("team_id", type_=Integer)
# The texts to be answered, as a table of one column: one statement whatever their number, compiled once.
TEXTS: dict[str, Any] = {
    "sqlite": func.json_each(bindparam("texts", type_=JSON)).table_valued("value"),
    "postgresql": func.unnest(bindparam("texts", type_=ARRAY(Text))).table_valued("value").render_derived(),
}


def greatest(texts: Any) -> Any:
    """Return the question for the greatest names that are not greater than each text: of deals, accounts, the list."""
    looks = [
        select(func.max(folded))
        .where(folded.table.c.workspace_id == WORKSPACE, folded <= texts.c.value)
        .scalar_subquery()
        for _, folded in SPELLED
    ]
    return select(texts.c.value, *looks)


def only_others(engine: str) -> Any:
    """Return the question which names, as they are compared, deals go by that are all of other teams than one.

    Who is in no team is in no other.
    """
    text = TEXTS[engine].c.value
    other = exists().where(
        col(MemberRow.workspace_id) == WORKSPACE,
        col(MemberRow.user_id) == DEAL.owner_id,
        col(MemberRow.team_id) != TEAM,
    )
    named = [exists().where(DEAL.workspace_id == WORKSPACE, folded == text) for _, folded in OF_DEALS]
    theirs, ours = [one.where(other) for one in named], [one.where(~other) for one in named]
    return select(text).where(or_(*theirs), ~or_(*ours))


def spelled(texts: Any) -> Any:
    """Return the question how each name is spelled that is known on a day, if it is, and whether there are other teams.

    The account list carries no dates, so all of it counts as known; so do deals without an opening date.
    """
    looks: list[Any] = []
    for name, folded in SPELLED:
        one = select(name).where(name.table.c.workspace_id == WORKSPACE, folded == texts.c.value).limit(1)
        if name.table is not DEAL.name.table:
            looks.append(one.scalar_subquery())
            continue
        undated = one.where(DEAL.opened_on.is_(None))
        dated = one.where(DEAL.opened_on <= TODAY).order_by(DEAL.opened_on)
        looks.append(func.coalesce(undated.scalar_subquery(), dated.scalar_subquery()))
    others = exists().where(col(TeamRow.workspace_id) == WORKSPACE, col(TeamRow.id) != TEAM)
    return select(texts.c.value, others, *looks)


GREATEST = Statement(lambda engine: greatest(TEXTS[engine]))
SPELLINGS = Statement(lambda engine: spelled(TEXTS[engine]))
ONLY_OTHERS = Statement(only_others)


async def known_names(scope: Scope, text: str, today: date, team_id: int | None) -> list[str]:
    """Return the names of accounts and deals of the workspace, known on a day, that a text names at any of its words.

    A name that only other teams do business under is none: how one is read tells nobody of others' customers. Each is
    spelled as stored, in alphabetical order. A name that stands where the text has its beginning only, or its end in
    the middle of a word, is none. What costs is the number of words, hardly the number of names.
    """
    descent = Descent(text)
    while asked := descent.asked:
        rows = await scope.ask(GREATEST, texts=asked)
        descent.learn({value: max(filter(None, found), default=None) for value, *found in rows})
    if not descent.found:
        return []
    rows = await scope.ask(SPELLINGS, texts=sorted(descent.found), today=today, team_id=team_id or 0)
    hidden: set[str] = set()
    if any(others for _, others, *_ in rows):
        hidden = await known_to_others_only(scope, sorted(descent.found), team_id)
    found = {name for folded, _, *all_ in rows if folded not in hidden for name in all_ if name}
    return sorted(found, key=lambda name: (name.casefold(), name))


async def known_to_others_only(scope: Scope, folded: Sequence[str], team_id: int | None) -> set[str]:
    """Return which names, as they are compared, only other teams than this one do business under."""
    return {name for (name,) in await scope.ask(ONLY_OTHERS, texts=list(folded), team_id=team_id or 0)}
