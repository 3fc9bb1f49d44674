"""The form for a new deal: what was typed and could not be read stands in it, to be put right and not typed again."""

import json

from handlers.coming_day import coming_day
from handlers.context import Context
from handlers.place import Place
from handlers.reading import fillable
from handlers.reply import Reply
from messages.pipeline import opportunity as views
from messages.pipeline.opportunity import Wish
from sales.language.amounts import parse_amount
from sales.language.typed_text import MAX_NAME, clean
from sales.pipeline.opportunity_phrase.filling import as_far_as_read, may_be_new
from sales.refusal import Refusal

FIELDS = ("value", "closes", "name")  # what is at fault can be put right in the form


def offered(refusal: Refusal, text: str) -> Refusal:
    """Return a question about a value, day or name with the form as one more answer; a refusal keeps its example."""
    is_of_form = refusal.field in FIELDS and " " in text.strip() and may_be_new(text)
    return fillable(refusal, text) if is_of_form and refusal.readings else refusal


async def fill_in(context: Context, text: str) -> Reply:
    """Open the form with what was typed, each part where it belongs as far as that can be read."""
    team = context.their_team
    read = as_far_as_read(text, context.now, context.zone, team.fiscal_year_start)
    private = json.dumps({"deal_id": None, "place": Place.of(context.request.body)})
    return Reply(view=views.new_form(read.name, read.value, read.closes, team.currency, private))


def wished_in(context: Context) -> Wish:
    """Return the new deal as the form says it.

    Raises:
        Refusal: naming the field at fault.
    """
    chosen = context.request.values
    name = clean(chosen.get(views.NAME) or "", MAX_NAME, views.NAME)
    if not name:
        raise Refusal("A deal needs a name.", field=views.NAME)
    typed = (chosen.get(views.VALUE) or "").strip()
    currency = context.their_team.currency
    return Wish(
        name=name,
        account=clean(chosen.get(views.ACCOUNT) or "", MAX_NAME, views.ACCOUNT) or None,
        value_minor=parse_amount(typed, currency, views.VALUE) if typed.strip(" 0.,") else None,
        expected_on=coming_day(chosen.get(views.EXPECTED), context.today, views.EXPECTED),
    )
