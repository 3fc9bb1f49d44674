"""Target accounts: put on a list and pursued over months, on one board; on Fridays, whom the week left alone (#65)."""

from datetime import date

from handlers.context import Context
from handlers.feature import Command, Feature, Look, Phrase, Record, Section, Shown, Surface, routes
from handlers.goals.goal.owner import MENTION, rep_meant
from handlers.nudges.reassignment import WorkReassigned
from handlers.remembered import remember
from handlers.reply import Reply
from messages.blocks import Message
from messages.prospects import target as views
from sales.language.dates.weekday import FRIDAY, WEDNESDAY
from sales.language.names.descent import comparable
from sales.people.permission import Act
from sales.prospects.account_fact import FRESH
from sales.prospects.target import EXAMPLE, MOST_TARGETS, PursuitBoard, TargetAccount, read_targets
from sales.refusal import Refusal
from storage.pipeline.known_name import known_to_others_only
from storage.prospects import target as queries
from storage.prospects.account_fact import latest_facts
from storage.prospects.ideal_client import fits_of, ideal_client_of
from storage.prospects.target import TargetRow, find_target, pursuit_board
from storage.row_image import Touched, image
from storage.scope import Scope

OTHERS = "The target accounts of others are for their managers and for admins."
OWNER = ("owner_id",)


async def show(context: Context) -> Reply:
    """`/lead targets`: one's own board; to whoever leads a rep, theirs, by name.

    Raises:
        PermissionRefusal: if it is not theirs to read.
        Refusal: for words that name nobody.
    """
    text = context.text.strip()
    owner = await rep_meant(context, text, OTHERS)
    if text and owner is None:
        raise Refusal("I read `/lead targets` and `/lead targets @ana`.", example=EXAMPLE)
    if owner is None:
        return Reply(say=await own_board(context))
    found = await pursuit_board(context.scope, owner.member.user_id, owner.today)
    name = owner.member.name if owner.shown is not None else ""
    known = await known_of(context.scope, found, owner.member.team_id, owner.today)
    return Reply(say=views.board(found, owner.today, name, known))


async def known_of(
    scope: Scope, found: PursuitBoard, team_id: int | None, today: date
) -> views.KnownOfTargets:
    """Return how targets fit whom their owner's team wants, and what was noted of each last.

    Of an account that only other teams do business with nothing is told.
    """
    every = [one.target.name for one in found.pursued]
    if not every:
        return views.NOTHING_KNOWN
    theirs = await known_to_others_only(scope, [comparable(name) for name in every], team_id)
    names = [name for name in every if comparable(name) not in theirs]
    wanted = await ideal_client_of(scope, team_id)
    fits = await fits_of(scope, wanted, names) if wanted is not None else {}
    return views.KnownOfTargets(fits, await latest_facts(scope, names, today - FRESH))


async def board_button(context: Context) -> Reply:
    """Targets below one's leads: the board in their place."""
    return Reply(edit=await own_board(context))


async def own_board(context: Context) -> Message:
    """Return the asking person's own board."""
    found = await pursuit_board(context.scope, context.member.user_id, context.today)
    known = await known_of(context.scope, found, context.member.team_id, context.today)
    return views.board(found, context.today, known=known)


async def add(context: Context) -> Reply:
    """`/lead target Acme`: put an account on one's list; without a name, or with a rep's, the board."""
    text = context.text.strip()
    if not text or MENTION.fullmatch(text):
        return await show(context)
    return await added(context, text)


async def open_form(context: Context) -> Reply:
    return Reply(view=views.form())


async def save(context: Context) -> Reply:
    """The form was submitted."""
    return await added(context, context.request.values.get(views.NAME) or "")


async def added(context: Context, typed: str) -> Reply:
    """Put accounts on the asking person's list, each once and as the team spells it.

    Raises:
        Refusal: without a name, where it is not said whether it is one or several, or where the list is too long.
    """
    me, names = context.member.user_id, read_targets(typed)
    there = await queries.targets_of(context.scope, me)
    same = [await queries.target_called(context.scope, me, name) for name in names]
    new = [name for name, row in zip(names, same, strict=True) if row is None]
    if not new:
        return Reply(say=views.known(next(row for row in same if row is not None), context.today))
    if len(there) + len(new) > MOST_TARGETS:
        raise Refusal(
            f"{MOST_TARGETS} target accounts are as many as can be pursued. Take one off the list first.",
            field=views.NAME,
            example="/lead targets",
        )
    rows = []
    for name in new:
        target = TargetAccount(owner_id=me, name=await as_known(context, name), added_on=context.today)
        rows.append(await queries.add_target(context.scope, target))
    count, what = len(there) + len(rows), f"{rows[0].name} as a target account"
    if len(rows) > 1:
        what = f"{len(rows)} target accounts"
    undo = await remember(context, what, *map(Touched, rows))
    if len(rows) > 1:
        return Reply(say=views.added_several([row.name for row in rows], count, undo.id), home=True)
    board = await pursuit_board(context.scope, me, context.today)
    is_new = all(one.last is None for one in board.pursued if one.target.id == rows[0].id)
    return Reply(say=views.added(rows[0], count, undo.id, is_new=is_new), home=True)


async def as_known(context: Context, name: str) -> str:
    """Return a name as the person's own deals and leads spell it; as it was typed where none does."""
    known = await context.declared.names(context, name)
    return next((one for one in known if comparable(one) == comparable(name)), name)


async def remove(context: Context) -> Reply:
    """An account was chosen on the board: it is off the list; choosing it twice has one effect."""
    row = await find_target(context.scope, int(context.request.value))
    if row is None or row.owner_id != context.member.user_id:
        raise Refusal("It is off your list already.", example="/lead targets")
    gone = Touched(row, image(row), gone=True)
    await queries.remove_target(context.scope, row)
    undo = await remember(context, f"{row.name} off the target list", gone)
    return Reply(say=views.removed(row, undo.id), home=True)


async def on_home(look: Look) -> Shown | None:
    """Whom of somebody's targets nobody reached out to this week, once half of it is over."""
    return await of_the_week(look, look.today) if look.today.weekday() >= WEDNESDAY else None


async def on_fridays(look: Look) -> Shown | None:
    """The same, once a week, with the evening prompt that comes anyway."""
    day = look.day or look.today
    return await of_the_week(look, day) if day.weekday() == FRIDAY else None


async def of_the_week(look: Look, day: date) -> Shown | None:
    """Return whom of the targets of a week nobody reached out to; nothing where there is none."""
    found = await pursuit_board(look.scope, look.member.user_id, day)
    return Shown([views.left_alone(found)]) if found.left_alone else None


async def below_leads(look: Look) -> Shown | None:
    """The board below one's own leads; nothing where somebody pursues no account."""
    if look.about is not None:
        return None
    found = await pursuit_board(look.scope, look.member.user_id, look.today)
    return Shown(views.below_leads(found)) if found.pursued else None


async def hear_reassigned(context: Context, news: WorkReassigned) -> None:
    """Let whoever takes over pursue what they do not pursue already."""
    for row in await queries.targets_of(context.scope, news.old.user_id):
        if await queries.target_called(context.scope, news.new.user_id, row.name) is None:
            before = image(row, OWNER)
            await queries.give_target(context.scope, row, news.new.user_id)
            news.touched.append(Touched(row, before, columns=OWNER))


FEATURE = Feature(
    name="target",
    commands=(
        Command(
            "lead target",
            "[Acme]",
            "put an account on the list of those you pursue",
            EXAMPLE,
            add,
            Act.SEE_WORK_OF,
            order=46,
            mentions=True,
        ),
        Command(
            "lead targets",
            "[@rep]",
            "the board of target accounts: touched, a conversation, a deal",
            "/lead targets",
            show,
            Act.SEE_WORK_OF,
            order=47,
            mentions=True,
        ),
    ),
    phrases=(
        Phrase(r"(?:show (?:me )?)?(?:my |our )?target accounts", "lead", "targets"),
        Phrase(r"(?:add )?target account:? (.+)", "lead", r"target \1"),
    ),
    actions=routes(Act.OWN_WORK, {views.ADD: open_form, views.BOARD: board_button, views.REMOVE: remove}),
    views=routes(Act.OWN_WORK, {views.SAVE: save}),
    sections=(
        Section(Surface.HOME, 56, on_home, Act.OWN_WORK),
        Section(Surface.LEADS, 80, below_leads, Act.OWN_WORK),
        Section(Surface.EVENING, 62, on_fridays, Act.OWN_WORK),
    ),
    hears={WorkReassigned: hear_reassigned},
    records=(Record(TargetRow, undone=True, exported=True, read=Act.SEE_WORK_OF, erased="owner_id"),),
)
