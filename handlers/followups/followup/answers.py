"""Answers to a follow-up: done, snoozed, tomorrow, dropped, changed, reopened; and the same message shown again."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from handlers.context import Context, Handler
from handlers.followups.belonging import chosen
from handlers.followups.followup.acts import keep, moved_words
from handlers.followups.followup.belonging import put, renamed
from handlers.followups.followup.confirmation import confirmed, is_hint_due
from handlers.followups.followup.entry import filled_in, listing, required
from handlers.followups.followup.slipped import last_action
from handlers.place import Place
from handlers.reply import Reply
from messages.blocks import marked
from messages.followups import followup as views
from messages.followups import followup_form as forms
from messages.followups.belonging import read_choice
from messages.followups.followup_list import LIST_LENGTH
from sales.followups.followup import (
    SNOOZE,
    FollowUp,
    FollowUpState,
    done,
    dropped,
    edited,
    in_list_order,
    moved,
    once,
    reopened,
)
from sales.followups.followup_phrase import only_checks_in
from sales.language.dates.instants import local_date, local_instant
from sales.language.typed_text import MAX_WORDS
from sales.refusal import Refusal
from storage.followups import followup as queries
from storage.followups.followup import FollowUpRow
from storage.people.calendar import next_working_day
from storage.undo import UndoRow, undoable

Change = Callable[[Context, FollowUpRow, date], FollowUp]
Did = Callable[[Context, FollowUp], str]  # what became of it, in the words that undo names it by


@dataclass(frozen=True)
class ActedFollowUp:
    """A follow-up as somebody acted on it: which, on which surface, and where that message stands."""

    item_id: int
    moves: int
    surface: str
    ids: list[int]
    place: Place | None

    @classmethod
    def acted_on(cls, context: Context) -> "ActedFollowUp":
        """Return what a button or a menu was about."""
        item_id, moves, surface = views.read_value(context.request.value)
        return replace(cls.on(context, surface), item_id=item_id, moves=moves)

    @classmethod
    def on(cls, context: Context, surface: str) -> "ActedFollowUp":
        """Return the surface that several were acted on."""
        ids = marked((context.request.body.get("message") or {}).get("blocks", []))
        return cls(0, 0, surface, ids, Place.of(context.request.body))

    @classmethod
    def read(cls, private: str) -> "ActedFollowUp":
        """Return what a modal kept of it while it was open."""
        kept = json.loads(private)
        place = Place.kept(kept["place"])
        return cls(kept["item_id"], kept["moves"], kept["surface"], kept["ids"], place)

    def written(self) -> str:
        """Return it in a form that a modal can keep."""
        return json.dumps(self.__dict__)

    async def again(self, context: Context, undo: UndoRow | None = None) -> Reply:
        """Return the same surface as things stand now; `undo` is what was just done on it."""
        if self.surface == views.HOME:
            return Reply(home=True)
        at = views.listed_at(self.surface)
        if at is not None:
            done = last_action(undo) if undo is not None else None
            return Reply(edit=await listing(context, at, done), edit_at=self.place, home=True)
        if self.surface != views.CARD:
            return Reply(again=self.ids, edit_at=self.place, home=True)
        row = await own(context, self.item_id)
        return Reply(edit=await confirmed(context, row, undo), edit_at=self.place, home=True)

    async def open_ones(self, context: Context) -> list[FollowUpRow]:
        """Return what is open of what the surface is about, in its order: a page of the list, or what is due."""
        every = await queries.open_of(context.scope, context.member.user_id)
        page = views.listed_at(self.surface)
        if page is not None:
            return in_list_order(every)[page : page + LIST_LENGTH]
        return [row for row in every if row.due_on <= context.today]


async def own(context: Context, item_id: int) -> FollowUpRow:
    """Return the asking person's commitment.

    Raises:
        Refusal: if there is none by that id, or it is somebody else's.
    """
    row = await queries.find_followup(context.scope, item_id)
    if row is None or row.owner_id != context.member.user_id:
        raise Refusal("That follow-up is not there, or not yours to change. See yours with `/followup`.")
    return row


def answer(change: Change, did: Did, while_it_is: FollowUpState = FollowUpState.OPEN) -> Handler:
    """Return the handler of a button that changes one commitment.

    A second click, or one on a message that is out of date, changes nothing and shows things as they are.
    """

    async def handler(context: Context) -> Reply:
        shown = ActedFollowUp.acted_on(context)
        row = await own(context, shown.item_id)
        settled, undo = row.state is not FollowUpState.OPEN, None
        if settled == (while_it_is is not FollowUpState.OPEN) and row.moves == shown.moves:
            tomorrow = await next_working_day(context.scope, context.team, context.member, context.today)
            said = change(context, row, tomorrow)
            undo = await keep(context, row, said, did(context, said))
        return await shown.again(context, undo)

    return handler


def snoozed(context: Context, row: FollowUpRow, tomorrow: date) -> FollowUp:
    at = context.now + SNOOZE
    return moved(row, local_date(at, context.zone), at)


def put_off(context: Context, row: FollowUpRow, tomorrow: date) -> FollowUp:
    """Move to the next working day, at the same time of day if it had one."""
    at = row.due_at.astimezone(context.wall) if row.due_at else None
    return moved(row, tomorrow, local_instant(context.zone, at.time(), tomorrow) if at else None)


async def ask_why(context: Context) -> Reply:
    """Open the form that asks why a commitment is dropped."""
    shown = ActedFollowUp.acted_on(context)
    row = await own(context, shown.item_id)
    if row.state is FollowUpState.DONE or row.drop_reason:
        return await shown.again(context)
    return Reply(view=forms.drop_form(row, context.today, context.zone, shown.written()))


async def drop(context: Context) -> Reply:
    """The reason was given."""
    shown = ActedFollowUp.read(context.request.private)
    row = await own(context, shown.item_id)
    reason = required(context.request.values, forms.REASON, MAX_WORDS)
    for_good = context.request.values.get(forms.HOW_FAR) == forms.FOR_GOOD
    undo = None
    if row.state is FollowUpState.OPEN:
        undo = await keep(
            context, row, dropped(row, context.now, reason), "dropped", comes_again=not for_good
        )
    elif row.state is FollowUpState.DROPPED and not row.drop_reason:
        undo = await keep(context, row, dropped(row, row.settled_at or context.now, reason), "dropped")
    return await shown.again(context, undo)


async def change_form(context: Context) -> Reply:
    """Open the form with what the commitment says now."""
    shown = ActedFollowUp.acted_on(context)
    row = await own(context, shown.item_id)
    return Reply(view=forms.form(zone=context.zone, today=context.today, item=row, private=shown.written()))


async def change(context: Context) -> Reply:
    """The changed form was submitted; it is open again if it was settled."""
    shown = ActedFollowUp.read(context.request.private)
    row = await own(context, shown.item_id)
    was = row.who
    undo = await keep(context, row, edited(row, filled_in(context)), "changed")
    if row.who != was:
        await renamed(context, row)
    return replace(await shown.again(context, undo), say=None)


async def belongs(context: Context) -> Reply:
    """A deal was chosen, or none; undoing the promise takes that back too."""
    deal_id, item_id = read_choice(context.request.value)
    row = await own(context, int(item_id))
    deal = await chosen(context, row.who, deal_id)
    await put(context, row, deal.id if deal is not None else None)
    undo = await undoable(context.scope, context.member.user_id, row, context.now)
    says_nothing = only_checks_in(row.what)
    hints = undo is not None and await is_hint_due(context, row, says_nothing=says_nothing)
    deals = [deal] if deal is not None else []
    shown = await confirmed(context, row, undo, hints=hints, says_nothing=says_nothing, deals=deals)
    return Reply(edit=shown, home=True)


async def menu(context: Context) -> Reply:
    """An answer chosen from the three dots: the action stands before the bar."""
    chosen, _, _ = context.request.value.partition("|")
    return await ANSWERS[chosen](context)


ANSWERS: dict[str, Handler] = {
    views.DONE: answer(lambda context, row, tomorrow: done(row, context.now), lambda *_: "done"),
    views.SNOOZE: answer(snoozed, moved_words),
    views.TOMORROW: answer(put_off, moved_words),
    views.REOPEN: answer(
        lambda context, row, tomorrow: reopened(row), lambda *_: "reopened", FollowUpState.DONE
    ),
    views.STOP: answer(lambda context, row, tomorrow: once(row), lambda *_: "no longer repeating"),
    views.DROP: ask_why,
    views.WHY: ask_why,
    views.CHANGE: change_form,
    views.MENU: menu,
}
