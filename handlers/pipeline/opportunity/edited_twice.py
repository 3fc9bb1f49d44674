"""Two people edit one deal at once: the second to save is shown what the first changed, and nothing is lost unseen."""

import json
from typing import Any

from handlers.context import Context
from handlers.place import Place
from handlers.reply import Reply
from messages.pipeline import deal_history as history
from messages.pipeline import opportunity as views
from sales.pipeline.deal_history import DealField, before
from storage.pipeline.deal_history import DealChangeRow, changes_of
from storage.pipeline.opportunity import OpportunityRow
from storage.pipeline.people_named import names_for

IN_THE_FORM = frozenset(
    {
        DealField.NAME,
        DealField.ACCOUNT,
        DealField.VALUE,
        DealField.EXPECTED,
        DealField.LIST_PRICE,
        DealField.SOURCE,
        DealField.PRODUCT,
        DealField.TENDER,
        DealField.STAGE,  # a deal that was closed meanwhile is another thing to edit
    }
)


async def edit_form_of(context: Context, row: OpportunityRow, place: Place | None) -> dict[str, Any]:
    """Return the form with what a deal says, which knows up to which change that is."""
    changes = await changes_of(context.scope, row.id)
    return views.edit_form(views.fields_of(row), row.currency, kept(row, place, changes))


async def held_back(context: Context, row: OpportunityRow, seen: int, place: Place | None) -> Reply | None:
    """Return the form again if the deal was changed since it was opened, else None.

    What the person typed themselves stands in it still, beside what others changed; above it says what that was.
    Saved once more it is kept.
    """
    changes = await changes_of(context.scope, row.id)
    since = [one for one in changes if one.id > seen]
    meanwhile = [one for one in since if one.what in IN_THE_FORM]
    if not meanwhile:
        return None
    typed = views.typed_in(context.request.values)
    opened_with, now = views.fields_of(before(row, since)), views.fields_of(row)
    both = zip(typed, opened_with, now, strict=True)
    fields = views.DealFields._make(mine if mine != was else theirs for mine, was, theirs in both)
    people = await names_for(context.scope, context.member.user_id, [one.by for one in meanwhile])
    told = [history.line(row, one, people.get(one.by, ""), context.today) for one in meanwhile]
    return Reply(view=views.edit_form(fields, row.currency, kept(row, place, changes), told))


def kept(row: OpportunityRow, place: Place | None, changes: list[DealChangeRow]) -> str:
    seen = max((one.id for one in changes), default=0)
    return json.dumps({"deal_id": row.id, "place": place, "seen": seen})
