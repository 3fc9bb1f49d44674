"""Answers to a follow-up: done, snoozed, tomorrow, dropped, changed, reopened; and the same message shown again."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from handlers.context import Ask, Handler
from handlers.followups.followup.entry import filled_in, listing, required
from handlers.followups.followup.reminder import remind
from handlers.place import Place
from handlers.reply import Reply
from handlers.surfaces import evening as endofday
from messages.blocks import marked
from messages.followups import followup as told
from messages.surfaces import evening
from sales.followups import followup as rules
from sales.followups.followup import FollowUpState
from sales.language.dates.instants import local_date, local_instant
from sales.language.typed_text import MAX_WORDS
from sales.refusal import Refusal
from storage.followups import followup as followups
from storage.followups.followup import FollowUpRow
from storage.people.calendar import next_working_day

EDITABLE = {"who", "what", "worth", "owes", "due_on", "due_at"}

Change = Callable[[Ask, FollowUpRow, date], dict[str, Any]]


@dataclass(frozen=True)
class Shown:
    """A follow-up as somebody acted on it: which, on which surface, and where that message stands."""

    item_id: int
    moves: int
    surface: str
    ids: list[int]
    place: Place | None

    @classmethod
    def acted_on(cls, ask: Ask) -> "Shown":
        """Return what a button or a menu was about."""
        carried = told.read_value(ask.request.value)
        ids = marked((ask.request.body.get("message") or {}).get("blocks", []))
        return cls(*carried, ids, Place.of(ask.request.body))

    @classmethod
    def read(cls, private: str) -> "Shown":
        """Return what a modal kept of it while it was open."""
        kept = json.loads(private)
        place = Place(*kept["place"]) if kept["place"] else None
        return cls(kept["item_id"], kept["moves"], kept["surface"], kept["ids"], place)

    def written(self) -> str:
        """Return it in a form that a modal can keep."""
        return json.dumps(self.__dict__)

    async def again(self, ask: Ask) -> Reply:
        """Return the same surface as things stand now."""
        if self.surface == "home":
            return Reply(home=True)
        if self.surface == "list":
            return Reply(edit=await listing(ask), edit_at=self.place, home=True)
        if self.surface.startswith(evening.SURFACE):
            day = date.fromisoformat(self.surface.removeprefix(evening.SURFACE))
            message = await endofday.message(ask.scope, ask.member, ask.team, day, ask.now, self.ids)
            return Reply(edit=message, edit_at=self.place, home=True)
        row = await own(ask, self.item_id)
        return Reply(edit=told.card(row, ask.today, ask.zone), edit_at=self.place, home=True)


async def own(ask: Ask, item_id: int) -> FollowUpRow:
    """Return the asking person's commitment.

    Raises:
        Refusal: if there is none by that id, or it is somebody else's.
    """
    row = await followups.followup(ask.scope, item_id)
    if row is None or row.owner_id != ask.member.user_id:
        raise Refusal("That follow-up is not yours to change. See yours with `/followup`.")
    return row


async def keep(ask: Ask, row: FollowUpRow, values: dict[str, Any]) -> None:
    """Store a changed commitment, and the reminder of its new time."""
    row.sqlmodel_update(values)
    await followups.keep(ask.scope, row)
    await remind(ask.scope, row, ask.zone, ask.now)


def answer(change: Change, while_it_is: FollowUpState = FollowUpState.OPEN) -> Handler:
    """Return the handler of a button that changes one commitment.

    A second click, or one on a message that is out of date, changes nothing and shows things as they are.
    """

    async def handler(ask: Ask) -> Reply:
        shown = Shown.acted_on(ask)
        row = await own(ask, shown.item_id)
        settled = row.state is not FollowUpState.OPEN
        if settled == (while_it_is is not FollowUpState.OPEN) and row.moves == shown.moves:
            await keep(
                ask, row, change(ask, row, await next_working_day(ask.scope, ask.team, ask.member, ask.today))
            )
        return await shown.again(ask)

    return handler


def snoozed(ask: Ask, row: FollowUpRow, tomorrow: date) -> dict[str, Any]:
    at = ask.now + rules.SNOOZE
    return rules.moved(row, local_date(at, ask.zone), at)


def put_off(ask: Ask, row: FollowUpRow, tomorrow: date) -> dict[str, Any]:
    """Move to the next working day, at the same time of day if it had one."""
    at = row.due_at.astimezone(ask.wall) if row.due_at else None
    return rules.moved(row, tomorrow, local_instant(ask.zone, at.time(), tomorrow) if at else None)


async def ask_why(ask: Ask) -> Reply:
    """Open the form that asks why a commitment is dropped."""
    shown = Shown.acted_on(ask)
    row = await own(ask, shown.item_id)
    if row.state is not FollowUpState.OPEN:
        return await shown.again(ask)
    return Reply(view=told.drop_form(row, ask.today, ask.zone, shown.written()))


async def drop(ask: Ask) -> Reply:
    """The reason was given."""
    shown = Shown.read(ask.request.private)
    row = await own(ask, shown.item_id)
    reason = required(ask.request.values, told.REASON, MAX_WORDS)
    if row.state is FollowUpState.OPEN:
        await keep(ask, row, rules.dropped(ask.now, reason))
    return await shown.again(ask)


async def change_form(ask: Ask) -> Reply:
    """Open the form with what the commitment says now."""
    shown = Shown.acted_on(ask)
    row = await own(ask, shown.item_id)
    return Reply(view=told.form(zone=ask.zone, today=ask.today, item=row, private=shown.written()))


async def change(ask: Ask) -> Reply:
    """The changed form was submitted; it is open again if it was settled."""
    shown = Shown.read(ask.request.private)
    row = await own(ask, shown.item_id)
    filled = filled_in(ask)
    moved = (filled.due_on, filled.due_at) != (row.due_on, row.due_at)
    values = filled.model_dump(include=EDITABLE) | {"moves": row.moves + moved}
    await keep(ask, row, values)
    return replace(await shown.again(ask), say=None)


async def menu(ask: Ask) -> Reply:
    """An answer chosen from the three dots: the action stands before the bar."""
    chosen, _, _ = ask.request.value.partition("|")
    return await ANSWERS[chosen](ask)


ANSWERS: dict[str, Handler] = {
    told.DONE: answer(lambda ask, row, tomorrow: rules.done(ask.now)),
    told.SNOOZE: answer(snoozed),
    told.TOMORROW: answer(put_off),
    told.REOPEN: answer(lambda ask, row, tomorrow: rules.reopened(), FollowUpState.DONE),
    told.DROP: ask_why,
    told.CHANGE: change_form,
    told.MENU: menu,
}
