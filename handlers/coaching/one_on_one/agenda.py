"""The agenda of a 1:1: items both add and tick off, notes for the two alone, and actions, which are follow-ups (6)."""

from handlers.coaching.one_on_one.page import page
from handlers.coaching.one_on_one.pair import KnownPair, pair_kept
from handlers.context import Context
from handlers.followups.followup.entry import commit, promised_day, required
from handlers.place import Place
from handlers.remembered import remember
from handlers.reply import Reply, placed
from messages.blocks import Message
from messages.coaching import agenda as views
from messages.coaching.agenda import AgendaForm, AgendaShown
from messages.formatting import Mrkdwn
from sales.coaching.agenda import MOST_ITEMS, Pair, read_item, read_note, same_item
from sales.followups.followup import FollowUp
from sales.language.typed_text import MAX_WORDS
from sales.refusal import Refusal
from storage.coaching import agenda as queries
from storage.coaching.agenda import AgendaItemRow
from storage.row_image import Touched


async def add(
    context: Context, known: KnownPair, typed: str, field: str | None = None, at: Place | None = None
) -> Message:
    """Add something to talk about, and return the page; what is on it already is not added again.

    Raises:
        Refusal: for nothing, for what is no line any more, and for an agenda that nobody clears.
    """
    text = read_item(typed, field)
    there = await queries.open_items(context.scope, known.pair)
    if same_item(text, there):
        return await page(context, known, views.said("known", text=text), at=at)
    if len(there) >= MOST_ITEMS:
        raise Refusal(views.said("full", most=MOST_ITEMS), field=field)
    row = await queries.add_item(context.scope, known.pair, context.member.user_id, text, context.now)
    undo = await remember(context, "an item of a 1:1", Touched(row))
    return await page(context, known, views.said("added", text=text), undo.id, at)


async def open_item(context: Context) -> Reply:
    """Add…: the form of an item."""
    form = opened(context)
    await pair_kept(context, form.pair)
    return Reply(view=views.item_form(form))


async def open_note(context: Context) -> Reply:
    """Note…: the form of a note."""
    form = opened(context)
    await pair_kept(context, form.pair)
    return Reply(view=views.note_form(form))


async def open_action(context: Context) -> Reply:
    """Action…: the form of what is agreed on."""
    form = opened(context)
    known = await pair_kept(context, form.pair)
    return Reply(view=views.action_form(form, known.names, context.today))


def opened(context: Context) -> AgendaForm:
    """Return what the pressed button keeps, and where its page stands."""
    return AgendaForm.of(AgendaForm.read(context.request.value).pair, Place.of(context.request.body) or ())


async def save_item(context: Context) -> Reply:
    """The form of an item was submitted."""
    form, known = await submitted(context)
    typed = context.request.values.get(views.ITEM_FIELD) or ""
    at = Place.kept(form.place)
    return placed(await add(context, known, typed, views.ITEM_FIELD, at), at)


async def save_note(context: Context) -> Reply:
    """The form of a note was submitted: it says that there was a talk, too."""
    form, known = await submitted(context)
    text = read_note(context.request.values.get(views.NOTE_FIELD) or "", views.NOTE_FIELD)
    row = await queries.add_note(context.scope, known.pair, context.member.user_id, text, context.today)
    undo = await remember(context, "a note of a 1:1", Touched(row))
    at = Place.kept(form.place)
    return placed(await page(context, known, views.said("noted"), undo.id, at), at)


async def save_action(context: Context) -> Reply:
    """The form of an action was submitted: it is a follow-up of whoever does it.

    Raises:
        Refusal: under the field at fault.
    """
    form, known = await submitted(context)
    values = context.request.values
    owner_id = str(values.get(views.WHO) or "")
    people = {one.user_id: one for one in (known.rep, known.manager)}
    if owner_id not in people:
        raise Refusal("Choose one of you two.", field=views.WHO)
    what = required(values, views.WHAT, MAX_WORDS)
    day = promised_day(values.get(views.WHEN), context.today, views.WHEN)
    if day is None:
        raise Refusal("By when?", field=views.WHEN)
    talk = views.talk_with(people[known.pair.other(owner_id)].name)  # no customer: nothing is sold to them
    row = await commit(context, FollowUp(owner_id=owner_id, who=talk, what=what, due_on=day))
    link = await queries.add_action(context.scope, known.pair, row.id, context.today)
    undo = await remember(context, "what you two agreed on", Touched(row), Touched(link))
    note = views.said("agreed", what=what, name=people[owner_id].name, day=day)
    at = Place.kept(form.place)
    return placed(await page(context, known, note, undo.id, at), at)


async def submitted(context: Context) -> tuple[AgendaForm, KnownPair]:
    return AgendaForm.read(context.request.private), await pair_kept(context, pair_pressed(context))


async def anew(context: Context, known: KnownPair, note: Mrkdwn, undo_id: int | None = None) -> Reply:
    """Return the page where it was pressed, with what was just done."""
    return Reply(edit=await page(context, known, note, undo_id, Place.of(context.request.body)))


async def worked_out(context: Context) -> None:
    """Work out ahead what the page of a pressed button or a submitted form is going to say."""
    await page(context, await pair_kept(context, pair_pressed(context)))


def pair_pressed(context: Context) -> Pair:
    """Return the pair that a form keeps, or a button, or the block that boxes stand in."""
    if context.request.private:
        return AgendaForm.read(context.request.private).pair
    block_id = str(context.request.body["actions"][0].get("block_id", ""))
    if block_id.startswith(f"{views.TICK}:"):
        _, rep_id, manager_id, _ = block_id.split(":")
        return Pair(rep_id=rep_id, manager_id=manager_id)
    return AgendaForm.read(context.request.value).pair


async def talked(context: Context) -> Reply:
    """We talked: noted once a day, without words."""
    known = await pair_kept(context, pair_pressed(context))
    latest = await queries.notes_of(context.scope, known.pair, most=1)
    if latest and latest[0].on == context.today:
        return await anew(context, known, views.said("talked_already"))
    row = await queries.add_note(context.scope, known.pair, context.member.user_id, "", context.today)
    undo = await remember(context, "that you two talked", Touched(row))
    return await anew(context, known, views.said("talked"), undo.id)


async def tick(context: Context) -> Reply:
    """Boxes were ticked: those items were talked about, and leave the page of both."""
    known = await pair_kept(context, pair_pressed(context))
    ids = [int(one) for one in context.request.value.split(",") if one]
    rows = [one for one in await queries.items_among(context.scope, ids) if is_of(one, known.pair)]
    still_open = [one for one in rows if one.settled_at is None]
    if not still_open:
        return await anew(context, known, views.said("settled_already"))
    touched = await queries.settle(context.scope, still_open, context.now)
    undo = await remember(context, "what was talked about", *touched)
    return await anew(context, known, views.said("settled", count=len(still_open)), undo.id)


def is_of(item: AgendaItemRow, pair: Pair) -> bool:
    return (item.rep_id, item.manager_id) == (pair.rep_id, pair.manager_id)


async def show_all(context: Context) -> Reply:
    """All 30: every open item, in full."""
    known = await pair_kept(context, AgendaForm.read(context.request.value).pair)
    agenda = await queries.agenda_of(context.scope, known.pair, context.today)
    shown = AgendaShown(known.pair, agenda, known.names, context.today, context.zone)
    return Reply(view=views.everything(shown))
