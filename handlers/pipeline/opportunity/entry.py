"""Making and changing deals: added in a line, given another value or close date, edited in a form."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from handlers.coming_day import coming_day
from handlers.context import Context
from handlers.deduplication import first_click
from handlers.pipeline.opportunity import form
from handlers.pipeline.opportunity.card import listing
from handlers.pipeline.opportunity.close import in_place, wished
from handlers.pipeline.opportunity.edited_twice import edit_form_of, held_back
from handlers.pipeline.opportunity.lookup import (
    already_closed,
    answer,
    currency_of,
    is_closed,
    may_mean,
    own,
    require_currency,
    the_one,
)
from handlers.pipeline.opportunity.news import OPENED, WON, tell, told_on_card, typed
from handlers.pipeline.opportunity.price import price_form
from handlers.pipeline.opportunity.shown import deal_card, when_added
from handlers.place import Place
from handlers.reply import Reply
from messages.pipeline import opportunity as views
from messages.pipeline.deal_step import way
from messages.pipeline.gate import suspect_blocks
from messages.pipeline.opportunity import Wish
from sales.language.amounts import parse_amount
from sales.language.figures import long_day, money
from sales.language.names.match import begins_name, fold, is_name
from sales.language.typed_text import MAX_NAME, clean
from sales.pipeline.gate import AtGate, passed
from sales.pipeline.opportunity import Entry, Opportunity, Stage, stage_on
from sales.pipeline.opportunity_phrase import DealDraft
from sales.pipeline.slip import leap_of
from sales.refusal import Refusal
from sales.value import changed
from storage.pipeline import opportunity as queries
from storage.pipeline.gate import at_gate
from storage.pipeline.opportunity import OpportunityRow
from storage.row_image import Touched

SIMILAR_SHOWN = 3


async def create(context: Context, draft: DealDraft) -> Reply:
    """Add a deal, unless one of that name is live already or one nearly so; then ask what is meant."""
    wish = wished(draft)
    currency = currency_of(context, wish)
    live = await queries.live_deals(context.scope, context.member.user_id, context.today)
    same = [row for row in live if is_name(fold(wish.name), row.name)]
    twin = next((row for row in same if row.value_minor == wish.value_minor and says(row, wish)), None)
    if twin is not None:
        return Reply(say=await deal_card(context, twin, "This deal is there already; nothing was added."))
    if same:
        return Reply(say=views.already_there(same, context.today, wish, currency))
    if not draft.is_quoted and draft.account is None:
        await may_mean(context, draft, live)
    return await add(context, wish, [row.name for row in live if begins_name(fold(wish.name), row.name)])


def says(row: OpportunityRow, wish: Wish) -> bool:
    return wish.expected_on is None or wish.expected_on == row.expected_on


async def add_button(context: Context) -> Reply:
    """Add a further deal of the same name; a second click adds no third."""
    wish = Wish.read(context.request.value)
    if await first_click(context):
        return await add(context, wish, [])
    live = await queries.live_deals(context.scope, context.member.user_id, context.today)
    same = [row for row in live if is_name(fold(wish.name), row.name)]
    if not same:  # added, and taken back meanwhile
        return answer(context, await listing(context))
    newest = max(same, key=lambda row: row.id)
    note = "This deal was added; a second click added nothing."
    return answer(context, await deal_card(context, newest, note))


async def add(context: Context, wish: Wish, similar: list[str]) -> Reply:
    """Add a deal: a suspect, unless it shows all that its gate asks for (mechanism 27)."""
    if not wish.name:  # of emoji alone nothing is left
        raise Refusal("The deal needs a name.", example="Acme 24k")
    deal = Opportunity(
        name=wish.name,
        account=wish.account,
        owner_id=context.member.user_id,
        owner_name=context.member.name,
        value_minor=wish.value_minor or 0,
        stage=Stage.SUSPECT,
        currency=currency_of(context, wish),
        expected_on=wish.expected_on,
    )
    return await added(context, deal, similar)


Beside = Callable[[OpportunityRow], Awaitable[list[Touched]]]


async def nothing_beside(row: OpportunityRow) -> list[Touched]:
    return []


async def added(
    context: Context, deal: Opportunity, similar: Sequence[str] = (), beside: Beside = nothing_beside
) -> Reply:
    """Store a suspect, and let it count where it shows all that its gate asks for; `beside` stores what is its own."""
    row, touched, gate = await stored(context, deal, beside)
    ours = context.their_team.currency
    lacks = [] if gate.is_met else suspect_blocks(row, gate, way(row))
    message = await tell(
        context,
        "added",
        f"{row.name} added",
        touched,
        OPENED if gate.is_met else (),
        parts=[*lacks, *await when_added(context, row)],
        similar=similar[:SIMILAR_SHOWN],
        ours=ours if row.currency != ours else "",
    )
    return answer(context, message)


async def stored(
    context: Context, deal: Opportunity, beside: Beside = nothing_beside
) -> tuple[OpportunityRow, list[Touched], AtGate]:
    """Store a suspect; return it, what taking it back needs, the deal first, and how it stands at its gate."""
    row = await queries.add_opportunity(context.scope, deal, context.now)
    touched = [Touched(row), *await beside(row)]
    gate = await at_gate(context.scope, row, context.today)
    if gate.is_met:
        counting = passed(row, context.today, Entry.PASSED)
        touched += (await queries.change_opportunity(context.scope, row, counting, typed(context)))[1:]
    return row, touched, gate


async def revalue(context: Context) -> Reply:
    """Give a deal the value that was typed for a name it has."""
    wish = Wish.read(context.request.value)
    return await revalued(context, await own(context, wish.deal_id), wish)


async def amend(context: Context, draft: DealDraft) -> Reply:
    """Change what a sentence says of a deal; without anything said the form opens, with what the deal says."""
    wish = wished(draft)
    says_nothing = wish.value_minor is None and wish.expected_on is None
    found = await the_one(context, draft.name, views.EDIT if says_nothing else views.REVALUE, wish)
    if isinstance(found, Reply):
        return found
    if says_nothing:
        return Reply(view=await edit_form_of(context, found, None))
    if not draft.as_typed and (question := leap_of(draft._replace(name=found.name), found)):
        raise question
    return await revalued(context, found, wish)


async def revalued(context: Context, row: OpportunityRow, wish: Wish) -> Reply:
    """Give an open deal the value and the expected close that were wished for, if they were."""
    if is_closed(context, row):
        return await already_closed(context, row)
    if wish.value_minor is not None:
        require_currency(context, row, wish)
    said = changed(
        Opportunity,
        row,
        value_minor=row.value_minor if wish.value_minor is None else wish.value_minor,
        expected_on=row.expected_on if wish.expected_on is None else wish.expected_on,
    )
    return await change(context, row, said)


async def move(context: Context, draft: DealDraft) -> Reply:
    """Move a deal's expected close."""
    wish = wished(draft)
    found = await the_one(context, draft.name, views.REVALUE, wish)
    return found if isinstance(found, Reply) else await revalued(context, found, wish)


async def edit(context: Context) -> Reply:
    """Open the form with what the deal says."""
    row = await own(context, Wish.read(context.request.value).deal_id)
    return Reply(view=await edit_form_of(context, row, Place.of(context.request.body)))


async def save(context: Context) -> Reply:
    """The form was submitted."""
    kept = json.loads(context.request.private)
    place = Place.kept(kept["place"])
    if kept["deal_id"] is None:
        return in_place(await add(context, form.wished_in(context), []), place)
    row = await own(context, kept["deal_id"])
    said = filled_in(context.request.values, row, context.today)
    if (meanwhile := await held_back(context, row, kept["seen"], place)) is not None:
        return meanwhile
    return in_place(await change(context, row, said, place), place)


async def change(
    context: Context, row: OpportunityRow, said: Opportunity, place: Place | None = None
) -> Reply:
    """Let a deal say something else; a lower price is asked about first, and the rest is kept meanwhile.

    `place` is where the deal stands, if a form was opened from there.
    """
    form = await price_form(context, row, said.value_minor, place or Place.of(context.request.body))
    if form is None:
        return await restated(context, row, said)
    rest = changed(Opportunity, said, value_minor=row.value_minor)
    if not differences(row, rest, context.today):
        return Reply(view=form)
    return replace(await restated(context, row, rest), view=form)


async def restated(context: Context, row: OpportunityRow, said: Opportunity) -> Reply:
    """Let a deal say something else, telling what changed and which goals a won deal's new value moved."""
    changes = differences(row, said, context.today)
    if not changes:
        note = "That is what the deal says already; nothing was changed."
        return answer(context, await deal_card(context, row, note))
    revalued = said.value_minor != row.value_minor
    touched = await queries.change_opportunity(context.scope, row, said, typed(context))
    moved = WON if revalued and stage_on(row, context.today) is Stage.WON else ()
    note = views.changed_note(changes)
    return answer(
        context, await told_on_card(context, note, f"{row.name} changed", touched, moved, row.closed_on)
    )


def differences(row: OpportunityRow, deal: Opportunity, today: date) -> list[str]:
    """Return what would change, in words: "value $24,000, was $20,000"."""
    said = []
    for name, label, say in (
        ("name", "name", str),
        ("account", "account", str),
        ("stage_label", "stage", str),
        ("value_minor", "value", lambda minor: money(minor, row.currency)),
        ("list_price_minor", "list price", lambda minor: money(minor, row.currency)),
        ("expected_on", "expected close", lambda day: long_day(day, today)),
        ("source", "source", str),
        ("product", "product", str),
        ("is_tender", "tender", lambda is_one: "yes" if is_one else "no"),
    ):
        was, now = getattr(row, name), getattr(deal, name)
        if now != was:
            said.append(f"{label} {say(now) if now else 'removed'}" + (f", was {say(was)}" if was else ""))
    return said


def filled_in(chosen: Mapping[str, str | None], row: OpportunityRow, today: date) -> Opportunity:
    """Return the deal as the form says it.

    Raises:
        Refusal: naming the field at fault.
    """
    name = clean(chosen.get(views.NAME) or "", MAX_NAME, views.NAME)
    if not name:
        raise Refusal("A deal needs a name.", field=views.NAME)
    typed = (chosen.get(views.VALUE) or "").strip()
    value = parse_amount(typed, row.currency, views.VALUE) if typed.strip(" 0.,") else 0
    expected = coming_day(chosen.get(views.EXPECTED), today, views.EXPECTED, held=row.expected_on)
    listed = (chosen.get(views.LIST_PRICE) or "").strip()
    words = {
        field: clean(chosen.get(field) or "", MAX_NAME, field) or None
        for field in (views.ACCOUNT, views.SOURCE, views.PRODUCT)
    }
    return changed(
        Opportunity,
        row,
        name=name,
        value_minor=value,
        expected_on=expected,
        list_price_minor=parse_amount(listed, row.currency, views.LIST_PRICE) if listed else None,
        is_tender=bool(chosen.get(views.TENDER)),
        **words,
    )
