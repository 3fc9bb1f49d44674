"""Known names: which accounts and deals a text names, by a few looks into indexes, however many there are."""

from datetime import date
from typing import Any

from sqlalchemy import ARRAY, JSON, Text
from sqlmodel import bindparam, func, select

from sales.language.names.descent import Descent
from storage.engines.statement import Statement
from storage.pipeline.account import AccountRow
from storage.pipeline.opportunity import OpportunityRow
from storage.scope import Scope

DEAL: Any = OpportunityRow.__table__.c  # type: ignore[attr-defined]  # plain columns: no row passes the ORM
ACCOUNT: Any = AccountRow.__table__.c  # type: ignore[attr-defined]
SPELLED = (
    (DEAL.name, DEAL.name_folded),
    (DEAL.account, DEAL.account_folded),
    (ACCOUNT.name, ACCOUNT.name_folded),
)
WORKSPACE: Any = bindparam("workspace_id")
TODAY: Any = bindparam("today", type_=DEAL.opened_on.type)
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


def spelled(texts: Any) -> Any:
    """Return the question how each name is spelled that is known on a day, if it is.

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
    return select(texts.c.value, *looks)


GREATEST = Statement(lambda engine: greatest(TEXTS[engine]))
SPELLINGS = Statement(lambda engine: spelled(TEXTS[engine]))


async def known_names(scope: Scope, text: str, today: date) -> list[str]:
    """Return the names of accounts and deals of the workspace, known on a day, that a text names at any of its words.

    Each is spelled as stored, in alphabetical order. A name that stands where the text has its beginning only, or its
    end in the middle of a word, is none. What costs is the number of words, hardly the number of names.
    """
    descent = Descent(text)
    while asked := descent.asked:
        rows = await scope.ask(GREATEST, texts=asked)
        descent.learn({value: max(filter(None, found), default=None) for value, *found in rows})
    if not descent.found:
        return []
    rows = await scope.ask(SPELLINGS, texts=sorted(descent.found), today=today)
    found = {name for _, *spellings in rows for name in spellings if name}
    return sorted(found, key=lambda name: (name.casefold(), name))
