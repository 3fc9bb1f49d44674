"""Making and changing deals: added in a line, given another value or close date, edited in a form."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from handlers.context import Ask
from handlers.deduplication import first_click
from handlers.pipeline.opportunity.close import in_place, wished
from handlers.pipeline.opportunity.lookup import already_closed, answer, is_closed, own, the_one
from handlers.pipeline.opportunity.news import OPENED, WON, tell
from handlers.place import Place
from handlers.reply import Reply
from messages.formatting import money, short_day
from messages.pipeline import opportunity as told
from messages.pipeline.opportunity import Wish
from sales.language.money import parse_money
from sales.language.names.match import begins_name, fold, is_name
from sales.language.typed_text import MAX_NAME, clean
from sales.pipeline.opportunity import Opportunity, Stage, stage_on
from sales.pipeline.opportunity_phrase import DealDraft
from sales.refusal import Refusal
from storage.pipeline import opportunity as deals
from storage.pipeline.opportunity import OpportunityRow
from storage.undo import Touched, image

SIMILAR_SHOWN = 3


async def create(ask: Ask, draft: DealDraft) -> Reply:
    """Add a deal, unless one of that name is live already; then ask what is meant."""
    wish, currency = wished(draft), ask.their_team.currency
    live = await deals.live_deals(ask.scope, ask.member.user_id, ask.today)
    same = [row for row in live if is_name(fold(wish.name), row.name)]
    twin = next((row for row in same if row.value_minor == wish.value_minor and says(row, wish)), None)
    if twin is not None:
        return Reply(say=told.card(twin, ask.today, "This deal is there already; nothing was added."))
    if same:
        return Reply(say=told.already_there(same, ask.today, wish, currency))
    return await add(ask, wish, [row.name for row in live if begins_name(fold(wish.name), row.name)])


def says(row: OpportunityRow, wish: Wish) -> bool:
    return wish.expected_on is None or wish.expected_on == row.expected_on


async def add_button(ask: Ask) -> Reply:
    """Add a further deal of the same name; a second click adds no third."""
    wish = Wish.read(ask.request.value)
    if await first_click(ask):
        return await add(ask, wish, [])
    live = await deals.live_deals(ask.scope, ask.member.user_id, ask.today)
    same = [row for row in live if is_name(fold(wish.name), row.name)]
    if not same:  # added, and taken back meanwhile
        return answer(ask, told.listing(live, ask.today))
    newest = max(same, key=lambda row: row.id or 0)
    return answer(ask, told.card(newest, ask.today, "This deal was added; a second click added nothing."))


async def add(ask: Ask, wish: Wish, similar: list[str]) -> Reply:
    """Add a deal that is open from today."""
    deal = Opportunity(
        name=wish.name,
        account=wish.account,
        owner_id=ask.member.user_id,
        owner_name=ask.member.name,
        value_minor=wish.value_minor or 0,
        currency=ask.their_team.currency,
        opened_on=ask.today,
        expected_on=wish.expected_on,
    )
    row = await deals.add_opportunity(ask.scope, deal, ask.now)
    summary = f"{row.name} added"
    return answer(
        ask, await tell(ask, "added", summary, [Touched(row)], OPENED, similar=similar[:SIMILAR_SHOWN])
    )


async def revalue(ask: Ask) -> Reply:
    """Give a deal the value that was typed for a name it has."""
    wish = Wish.read(ask.request.value)
    row = await own(ask, wish.deal_id)
    if is_closed(ask, row):
        return await already_closed(ask, row)
    if row.currency != ask.their_team.currency:
        raise Refusal(f"{row.name} is in {row.currency}. Change its value with Edit.")
    values: dict[str, Any] = {"value_minor": wish.value_minor}
    if wish.expected_on is not None:
        values["expected_on"] = wish.expected_on
    return await change(ask, row, values)


async def move(ask: Ask, draft: DealDraft) -> Reply:
    """Move a deal's expected close."""
    found = await the_one(ask, draft.name, told.SHOW, wished(draft))
    if isinstance(found, Reply):
        return found
    if is_closed(ask, found):
        return await already_closed(ask, found)
    return await change(ask, found, {"expected_on": draft.closes})


async def edit(ask: Ask) -> Reply:
    """Open the form with what the deal says."""
    row = await own(ask, Wish.read(ask.request.value).deal_id)
    private = {"deal_id": row.id, "place": Place.of(ask.request.body)}
    return Reply(view=told.edit_form(row, json.dumps(private)))


async def save(ask: Ask) -> Reply:
    """The form was submitted."""
    kept = json.loads(ask.request.private)
    row = await own(ask, kept["deal_id"])
    place = Place(*kept["place"]) if kept["place"] else None
    return in_place(await change(ask, row, filled_in(ask.request.values, row, ask.today)), place)


async def change(ask: Ask, row: OpportunityRow, values: dict[str, Any]) -> Reply:
    """Set values of a deal, saying what changed and which goals a won deal's new value moved."""
    changes = changed(row, values)
    if not changes:
        return answer(
            ask, told.card(row, ask.today, "That is what the deal says already; nothing was changed.")
        )
    before, revalued = image(row), values.get("value_minor", row.value_minor) != row.value_minor
    await deals.change(ask.scope, row, ask.now, **values)
    moved = WON if revalued and stage_on(row, ask.today) is Stage.WON else ()
    message = await tell(
        ask, "changed", f"{row.name} changed", [Touched(row, before)], moved, row.closed_on, changes=changes
    )
    return answer(ask, message)


def changed(row: OpportunityRow, values: Mapping[str, Any]) -> list[str]:
    """Return what would change, in words: "value $24,000, was $20,000"."""
    said = []
    for name, label, say in (
        ("name", "name", str),
        ("account", "account", str),
        ("value_minor", "value", lambda minor: money(minor, row.currency)),
        ("expected_on", "expected close", short_day),
    ):
        was, now = getattr(row, name), values.get(name, getattr(row, name))
        if now != was:
            said.append(f"{label} {say(now) if now else 'removed'}" + (f", was {say(was)}" if was else ""))
    return said


def filled_in(chosen: Mapping[str, Any], row: OpportunityRow, today: date) -> dict[str, Any]:
    """Return what the form says.

    Raises:
        Refusal: naming the field at fault.
    """
    name = clean(chosen.get(told.NAME) or "", MAX_NAME, told.NAME)
    if not name:
        raise Refusal("A deal needs a name.", field=told.NAME)
    typed = (chosen.get(told.VALUE) or "").strip()
    value = parse_money(typed, row.currency, told.VALUE) if typed.strip(" 0.,") else 0
    by = chosen.get(told.EXPECTED)
    expected = date.fromisoformat(by) if by else None
    if expected is not None and expected < today and expected != row.expected_on:
        raise Refusal("That day is over. Choose today or a later day.", field=told.EXPECTED)
    account = clean(chosen.get(told.ACCOUNT) or "", MAX_NAME, told.ACCOUNT) or None
    return {"name": name, "account": account, "value_minor": value, "expected_on": expected}
