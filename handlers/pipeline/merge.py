"""Two entries of one deal are made one, by a line or from the card of the one that stays."""

import re
from collections.abc import Sequence

from handlers.context import Context
from handlers.feature import Command, Feature, Phrase, routes
from handlers.pipeline.opportunity.lookup import find, own
from handlers.pipeline.opportunity.news import typed
from handlers.pipeline.opportunity.on_card import changed_on_card, form_of
from handlers.pipeline.opportunity.price import merge_terms
from handlers.reply import Reply
from messages.pipeline import merge as views
from messages.pipeline.opportunity import FormOfDeal
from sales.language.figures import money
from sales.language.names.match import Match
from sales.language.typed_text import clean, shorten
from sales.people.permission import Act
from sales.pipeline.named_deal import alike
from sales.pipeline.opportunity import Opportunity
from sales.refusal import MOST_READINGS, Reading, Refusal
from sales.value import changed
from storage.pipeline.merge import merge_deals
from storage.pipeline.named_deal import deals_going_by
from storage.pipeline.opportunity import OpportunityRow, live_deals

TWO = re.compile(r"(?P<gone>.+?)\s+(?:into|with)\s+(?P<kept>.+)", re.IGNORECASE | re.DOTALL)
IN_CURRENCY = re.compile(r"(?<=[\"”])\s+in\s+(?P<currency>[A-Z]{3})$")  # behind a name in quotes
QUOTES = "\"“”'"
EXAMPLE = "/deal merge Acme Ltd into Acme"


async def command(context: Context) -> Reply:
    """`/deal merge Acme into Globex`: Globex stays; of two currencies it is said or asked which."""
    text = clean(context.text)
    currency = IN_CURRENCY.search(text)
    said = TWO.fullmatch(text[: currency.start()] if currency is not None else text)
    if said is None:
        raise Refusal("Which deal goes into which?", example=EXAMPLE)
    names = [said[name].strip().strip(QUOTES) for name in ("gone", "kept")]
    gone = await the_deal(context, names, 0)
    kept = await the_deal(context, [gone.name, names[1]], 1)
    is_said = currency is not None and currency["currency"] == kept.currency
    if kept.currency != gone.currency and kept.value_minor and gone.value_minor and not is_said:
        raise which_amount(kept, gone)
    return await merge(context, kept, gone)


def which_amount(kept: OpportunityRow, gone: OpportunityRow) -> Refusal:
    """Return the question which of two amounts in two currencies a deal keeps; they are not compared."""
    readings = [
        Reading(
            f"{shorten(one.name, 40)} stays, {money(one.value_minor, one.currency)}",
            f"/deal merge “{other.name}” into “{one.name}” in {one.currency}",
        )
        for one, other in ((kept, gone), (gone, kept))
    ]
    return Refusal(
        f"{kept.name} is in {kept.currency} and {gone.name} in {gone.currency}. Which amount stays?",
        readings=readings,
    )


async def the_deal(context: Context, names: Sequence[str], which: int) -> OpportunityRow:
    """Return the deal that one of two names means.

    Raises:
        Refusal: with those it may be to press, where it is not sure.
    """
    match: Match[OpportunityRow] = await find(context, names[which])
    if match.sure is not None:
        return match.sure
    readings = []
    for row in match.maybe[:MOST_READINGS]:
        both = [row.name if at == which else name for at, name in enumerate(names)]
        readings.append(Reading(shorten(row.name, 60), f"/deal merge “{both[0]}” into “{both[1]}”"))
    asked = (
        f"Which deal is “{shorten(names[which])}”?"
        if readings
        else f"You have no deal called “{shorten(names[which])}”."
    )
    raise Refusal(asked, readings=readings, example=None if readings else EXAMPLE)


async def merge(
    context: Context, kept: OpportunityRow, gone: OpportunityRow, place: Sequence[str] = ()
) -> Reply:
    """Make two deals one and show the card of the one that stays.

    Raises:
        Refusal: where they cannot be one.
    """
    if kept.id == gone.id:
        raise Refusal(f"That is one deal already: {kept.name}.", field=views.OTHER)
    was, other = (changed(Opportunity, one) for one in (kept, gone))
    terms = await merge_terms(context, kept)
    touched = await merge_deals(context.scope, kept, gone, typed(context), terms)
    note = views.done(kept, was, other, both_imported=bool(was.external_id and other.external_id))
    return await changed_on_card(
        context, kept, note, f"{other.name} and {kept.name} made one", touched, place
    )


async def open_form(context: Context) -> Reply:
    """Ask with which of its owner's open deals this one is the same."""
    row = await own(context, int(context.request.value))
    others = [
        one for one in await live_deals(context.scope, row.owner_id or "", context.today) if one.id != row.id
    ]
    if not others:
        raise Refusal(f"There is no other open deal to make one with {row.name}.")
    name = row.account or row.name
    going_by = await deals_going_by(context.scope, row.owner_id or "", name)
    same = {one.id for one in alike(name, going_by)}
    first = sorted(others, key=lambda one: (one.id not in same, one.name.casefold()))
    terms = await merge_terms(context, row)
    return Reply(view=views.form(row, first, terms, context.today, form_of(context, row)))


async def save(context: Context) -> Reply:
    """The form was submitted."""
    form = FormOfDeal.read(context.request.private)
    if not context.request.values.get(views.OTHER):
        raise Refusal("Choose the other deal.", field=views.OTHER)
    kept = await own(context, form.deal_id)
    gone = await own(context, int(context.request.values[views.OTHER]))
    return await merge(context, kept, gone, form.place)


FEATURE = Feature(
    name="merge",
    commands=(
        Command(
            "deal merge",
            "Acme Ltd into Acme",
            "make two entries of one deal one",
            EXAMPLE,
            command,
            Act.OWN_WORK,
            order=44,
        ),
    ),
    phrases=(Phrase(r"merge (?:the )?(?:deals? )?(.+ (?:into|with) .+)", "deal", r"merge \1"),),
    views=routes(Act.SEE_WORK_OF, {views.SAVE: save}),
)
