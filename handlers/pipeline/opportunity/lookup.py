"""Which deal is meant, and whether it is the asking person's to change."""

from collections.abc import Sequence

from handlers.context import Context
from handlers.pipeline.opportunity.of_others import of_their_reps
from handlers.regarded import looks_into
from handlers.reply import Reply
from messages.blocks import Message
from messages.pipeline import opportunity as views
from messages.pipeline.opportunity import Wish
from sales.language.figures import listed
from sales.language.names.match import Match, begins_name, fold, is_slip
from sales.language.typed_text import shorten
from sales.people.permission import About, Act
from sales.pipeline.opportunity import CLOSED, goes_by, stage_on
from sales.pipeline.opportunity_phrase import DealAction, DealDraft
from sales.pipeline.opportunity_phrase.filling import glued
from sales.refusal import MOST_READINGS, Reading, Refusal
from storage.people.team import managers_over
from storage.pipeline import opportunity as queries
from storage.pipeline.opportunity import OpportunityRow
from storage.undo import undoable

# What a button of a choice does, in a line that can be typed.
MEANT = {
    views.WON: DealAction.WON,
    views.LOST: DealAction.LOST,
    views.REOPEN: DealAction.REOPEN,
    views.REVALUE: DealAction.EDIT,
    views.EDIT: DealAction.EDIT,
    views.PARK: DealAction.PARK,
}
DELETING = frozenset({"delete", "remove", "erase", "cancel", "drop"})
NOBODY = "nobody we know"  # whose a deal is that only an import named


async def own(context: Context, deal_id: int | None) -> OpportunityRow:
    """Return a deal of the asking person's, or of a rep of theirs.

    Raises:
        Refusal: if there is none by that id, or it is somebody else's.
    """
    row = await queries.find_opportunity(context.scope, deal_id) if deal_id is not None else None
    if row is None or not await may_change(context, row):
        raise Refusal("That deal is not there, or not yours to change. See yours with `/deal`.")
    if row.owner_id is not None and row.owner_id != context.member.user_id:
        looks_into(row.owner_id)
    return row


async def may_change(context: Context, row: OpportunityRow) -> bool:
    """Say whether a deal is the asking person's, or they are an admin or the owner's manager."""
    if row.owner_id == context.member.user_id:
        return True
    managers = await managers_over(context.scope, row.owner_id)
    return context.may(Act.SEE_WORK_OF, About(managers, owner_id=row.owner_id or NOBODY))


async def find(context: Context, name: str) -> Match[OpportunityRow]:
    """Find the person's deal of this name: live ones before closed ones, names before close spellings."""
    live = await queries.find_live(context.scope, context.member.user_id, name, context.today)
    if live.found:
        return live
    closed = await queries.find_closed(context.scope, context.member.user_id, name, context.today)
    return closed if closed.found or not live.maybe else live


async def the_one(context: Context, name: str, action: str, wish: Wish) -> OpportunityRow | Reply:
    """Return the deal that is meant, or the question which one it is.

    To win or lose what is closed already there is no choice to make: the latest is the one to tell of. A rep's deal is
    shown to whoever leads them; before anything is done to it, it is asked about.

    Raises:
        Refusal: if no deal is called anything like that.
    """
    match = await find(context, name)
    if match.sure is not None:
        return match.sure
    if match.found and action in (views.WON, views.LOST) and is_closed(context, match.maybe[0]):
        return match.maybe[0]
    if not match.maybe:
        theirs, owners = await of_their_reps(context, name)
        if len(theirs) == 1 and action == views.SHOW:
            return await own(context, theirs[0].id)
        if theirs:
            asked = views.choose(theirs, name, context.today, action, wish, is_guess=True, owners=owners)
            return Reply(say=asked)
        raise (
            await worth_behind(context, name, action, wish)
            or await more_than_a_name(context, name, action, wish)
            or not_there(context, name, wish, action)
        )
    question = views.choose(match.maybe, name, context.today, action, wish, is_guess=match.is_guess)
    return Reply(say=question)


def not_there(context: Context, name: str, wish: Wish, action: str) -> Refusal:
    """Return the refusal of a name that no deal of theirs has; with a value it can be a new deal, also one won."""
    said = f"You have no deal called “{shorten(name)}”."
    first, _, rest = name.partition(" ")
    if first.casefold() in DELETING and rest:
        return Refusal(
            "A deal is not deleted: one that never was is lost, one that is there twice is merged, and what you did "
            "just now is taken back with `/rainmaker undo`.",
            example=f"/deal lost {shorten(rest, 40)}",
        )
    new = (
        DealDraft(
            DealAction.CREATE,
            name,
            value_minor=wish.value_minor,
            closes=wish.expected_on,
            currency=currency_of(context, wish),
        )
        if wish.value_minor
        else glued(name, context.their_team.currency)
    )
    if new is None:
        return Refusal(said, example=f"/deal {shorten(name, 40)} 24k")
    readings = [Reading(f"Add {new.label()}", new.written())]
    if action == views.WON:
        won = new._replace(action=DealAction.WON, closes=None, on=wish.on, reason=wish.reason)
        readings.append(Reading(f"Add {new.label()}, as won", won.written()))
    return Refusal(f"{said} Is it a new one?", readings=readings)


async def worth_behind(context: Context, name: str, action: str, wish: Wish) -> Refusal | None:
    """Return the question whether a number behind a deal's name is what it is worth; None where there is no such."""
    new = glued(name, context.their_team.currency)
    if new is None or wish.value_minor or action not in (views.SHOW, views.WON, views.REVALUE, views.EDIT):
        return None
    row = (await find(context, new.name)).sure
    if row is None or row.currency != new.currency:
        return None
    means = DealAction.WON if action == views.WON else DealAction.EDIT
    worth = new._replace(action=means, name=row.name, closes=wish.expected_on, on=wish.on, reason=wish.reason)
    bare = worth._replace(value_minor=None, currency="")
    said_more = action != views.SHOW and (means is DealAction.WON or bare.closes is not None)
    apart = (
        Reading(bare.label(), bare.written())
        if said_more
        else Reading(f"Add {shorten(name, 40)}", f"new “{name}”")
    )
    number = name[len(new.name) :].strip()
    return Refusal(
        f"Is “{shorten(number)}” what {shorten(row.name, 40)} is worth?",
        readings=[Reading(worth.label(), worth.written()), apart],
    )


async def more_than_a_name(context: Context, name: str, action: str, wish: Wish) -> Refusal | None:
    """Return the question whether words behind a deal's name may be left out; None where it begins with no name."""
    if action not in MEANT or not wish.account or not fold(name).startswith(fold(wish.account)):
        return None
    match = await find(context, wish.account)
    if match.sure is None:
        return None
    draft = DealDraft(
        MEANT[action],
        match.sure.name,
        value_minor=wish.value_minor,
        closes=wish.expected_on,
        on=wish.on,
        reason=wish.reason,
        currency=currency_of(context, wish),
        until=wish.until,
        wakes=wish.wakes,
    )
    rest = name[len(wish.account) :].strip()
    return Refusal(
        f"What is “{shorten(rest)}”? I can leave it out.", readings=[Reading(draft.label(), draft.written())]
    )


async def may_mean(context: Context, draft: DealDraft, live: Sequence[OpportunityRow]) -> None:
    """Ask whether a name one letter from a deal's, or the beginning of one, is that deal.

    Raises:
        Refusal: with both readings, where it may be.
    """
    near = [row for row in live if any(is_slip(draft.name, name) for name in goes_by(row))]
    near = near or [row for row in live if begins_name(fold(draft.name), row.name)]
    if not near:
        return
    edits = [draft._replace(action=DealAction.EDIT, name=row.name) for row in near[: MOST_READINGS - 1]]
    readings = [Reading(f"Change {one.label()}", one.written()) for one in edits]
    raise Refusal(
        f"You have no deal called “{shorten(draft.name)}”. Did you mean {listed([one.name for one in edits], 'or')}?",
        readings=[*readings, Reading(f"Add {draft.label()}", draft.written())],
    )


def currency_of(context: Context, wish: Wish) -> str:
    """Return the currency of what somebody wants a deal to be worth."""
    return wish.currency or context.their_team.currency


def require_currency(context: Context, row: OpportunityRow, wish: Wish) -> None:
    """Refuse a value in another currency than the deal's.

    Raises:
        Refusal: naming both, and the mend.
    """
    typed = currency_of(context, wish)
    if row.currency != typed:
        raise Refusal(
            f"{row.name} is in {row.currency}, and that amount is in {typed}. Type the amount in {row.currency}.",
            field="value",
            example=f"edit {row.name} {row.currency} 24000",
        )


def is_closed(context: Context, row: OpportunityRow) -> bool:
    """Say whether a deal is won or lost, as known today."""
    return stage_on(row, context.today) in CLOSED


async def already_closed(context: Context, row: OpportunityRow, wish: Wish | None = None) -> Reply:
    """Say what became of a deal, with Undo while it is the person's own fresh doing, else with Reopen.

    A win that was wished for with a value may be further business with the same customer, so it can be added.
    """
    action = await undoable(context.scope, context.member.user_id, row, context.now)
    further = wish if wish is not None and wish.value_minor and wish.name and action is None else None
    message = views.already_closed(row, action.id if action is not None else None, context.today, further)
    return answer(context, message)


def answer(context: Context, message: Message) -> Reply:
    """Return a message in the place of the one acted on, or as the answer to what was typed."""
    return (
        Reply(edit=message, home=True) if context.request.kind == "actions" else Reply(say=message, home=True)
    )
