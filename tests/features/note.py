"""Notes: a noun that exists in these tests alone, declared as the page "Add a feature" describes.

Value, table, rule, view and handler stand in one file here and would stand in four rooms. The tables have a registry
of their own, so that the schema of the process is what the migrations make of it.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import registry
from sqlmodel import Field, Index, SQLModel, col, func, select

from handlers.context import Context
from handlers.feature import (
    Command,
    Feature,
    Job,
    Kind,
    Look,
    Phrase,
    Record,
    Rendered,
    Section,
    Shown,
    Subject,
    Surface,
    routes,
)
from handlers.reply import Reply
from messages.blocks import Block, Message, actions, field_input, message_of, modal_of, section
from messages.elements import button, text_input
from messages.undo import undo_button
from sales.language.typed_text import clean
from sales.nudges.kind import NudgeKind
from sales.nudges.ledger import Nudge
from sales.nudges.policy import Skip
from sales.nudges.schedule import CatchUp, Occurrence, ScheduleSpec
from sales.people.member import Member
from sales.people.permission import Act, may
from sales.people.team import Team
from sales.refusal import Refusal
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.schedule.rows import ScheduleRow
from storage.people.team import reps_of
from storage.row_image import Touched
from storage.scope import Scope
from storage.undo import remember_undo

# sales/followups/note.py

LONGEST = 200  # characters; what is longer belongs in the CRM
WEEK = timedelta(days=7)
NOTE_WEEK = "note_week"
FRIDAY = 0b0010000
TOO_LATE = timedelta(hours=8)  # after that the weekend has begun
TEXT = "text"  # the field of the form


class Note(SQLModel):
    """One thing worth remembering, written down on a day."""

    owner_id: str
    on: date
    text: str = Field(min_length=1, max_length=LONGEST)


def read_note(typed: str) -> str:
    """Return what a note says.

    Raises:
        Refusal: if it says nothing, or too much.
    """
    text = clean(typed)
    if not text or len(text) > LONGEST:
        raise Refusal(
            f"A note is up to {LONGEST} characters.", field=TEXT, example="/note Acme hates mornings"
        )
    return text


# storage/followups/note.py


class OwnTables(SQLModel, registry=registry()):
    """Keeps the tables below out of the metadata that the migrations are compared with."""


class NoteRow(Note, OwnTables, table=True):
    __tablename__ = "note"
    __table_args__ = (
        Index("ix_note_owner", "workspace_id", "owner_id", "on"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str  # would be a foreign key, were it the same metadata


async def make_table(database_url: str) -> None:
    """Do what the migration of this feature would do."""
    engine = create_async_engine(database_url)
    async with engine.begin() as connection:
        await connection.run_sync(OwnTables.metadata.create_all)
    await engine.dispose()


async def add_note(scope: Scope, owner_id: str, on: date, text: str) -> NoteRow:
    """Store a note."""
    row = NoteRow.model_validate(
        {"workspace_id": scope.workspace_id, "owner_id": owner_id, "on": on, "text": text}
    )
    scope.session.add(row)
    await scope.session.flush()
    return row


async def notes_of(scope: Scope, owner_id: str, most: int, since: date = date.min) -> list[NoteRow]:
    """Return somebody's notes, the newest first."""
    mine = (
        NoteRow.workspace_id == scope.workspace_id,
        NoteRow.owner_id == owner_id,
        col(NoteRow.on) >= since,
    )
    newest = select(NoteRow).where(*mine).order_by(col(NoteRow.id).desc()).limit(most)
    return list(await scope.session.exec(newest))


async def count_of(scope: Scope, owner_ids: Sequence[str]) -> int:
    """Return how many notes these people have written."""
    theirs = (NoteRow.workspace_id == scope.workspace_id, col(NoteRow.owner_id).in_(owner_ids))
    return int((await scope.session.exec(select(func.count()).select_from(NoteRow).where(*theirs))).one())


# messages/followups/note.py

ADD = "note.add"
SAVE = "note.save"
WHY = "You wrote something down this week. I show it once, on Fridays."


def kept(note: Note, undo_id: int) -> Message:
    """Echo a note, with the way back."""
    text = f"Noted: {note.text}"
    return message_of([section(text), actions(undo_button(undo_id))])


def lines(notes: Sequence[Note]) -> list[Block]:
    return [section(f"{note.on:%d %b}: {note.text}") for note in notes]


def home_blocks(notes: Sequence[Note]) -> list[Block]:
    """The newest notes, and the way to one more."""
    return [section("My notes", button("New note", ADD)), *lines(notes)]


def reminder(notes: Sequence[Note]) -> Message:
    """What was written down in the last week."""
    heading = "What you wrote down this week"
    return message_of([section(heading), *lines(notes)])


def form() -> dict[str, Any]:
    """Ask for a note."""
    typed = field_input("What is worth remembering?", text_input("note.text"), TEXT)
    return modal_of("New note", [typed], callback_id=SAVE, submit="Keep")


def team_count(count: int) -> Message:
    """Say how much a manager's reps have written down."""
    return message_of(f"Your reps' notes: {count}")


# handlers/followups/note.py


async def keep(context: Context, typed: str) -> Reply:
    row = await add_note(context.scope, context.member.user_id, context.today, read_note(typed))
    undo = await remember_undo(context.scope, context.member.user_id, context.now, "a note", [Touched(row)])
    return Reply(say=kept(row, undo.id), home=True)


async def command(context: Context) -> Reply:
    """`/note Acme hates mornings`"""
    return await keep(context, context.text)


async def team_command(context: Context) -> Reply:
    """`/note team`"""
    reps = await reps_of(context.scope, context.their_team)
    return Reply(say=team_count(await count_of(context.scope, reps)))


async def add_button(context: Context) -> Reply:
    """The button on App Home."""
    return Reply(view=form())


async def save_form(context: Context) -> Reply:
    """The form behind it."""
    return await keep(context, str(context.request.values.get(TEXT) or ""))


async def decide(scope: Scope, schedule: ScheduleRow, occurrence: Occurrence, now: datetime) -> list[Nudge]:
    """Ask for one message on Friday if there is any note."""
    user_id, day = schedule.subject_id, occurrence.local_date
    if not await notes_of(scope, user_id, 1, day - WEEK):
        return []
    nudge = Nudge(
        key=f"{NOTE_WEEK}:{scope.workspace_id}:{user_id}:{day}",
        kind=NOTE_WEEK,
        intent={"day": day.isoformat()},
        why=WHY,
        not_before=occurrence.due_at,
        user_id=user_id,
        expires_at=occurrence.due_at + TOO_LATE,
    )
    return [nudge]


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The notes as they stand when it is sent."""
    day = date.fromisoformat(str(delivery.intent["day"]))
    found = await notes_of(scope, str(delivery.user_id), 10, day - WEEK)
    return reminder(found) if found else Skip("There was no note left.")


def friday(team: Team, member: Member) -> ScheduleSpec:
    """Return when one member is reminded: Fridays at nine, on their own clock."""
    return ScheduleSpec(
        NOTE_WEEK, member.user_id, member.zone, time(9, 0), FRIDAY, spread_seconds=300, enabled=member.is_rep
    )


async def on_home(look: Look) -> Shown | None:
    """The newest notes; nothing where there are none."""
    found = await notes_of(look.scope, look.member.user_id, 3)
    return Shown(home_blocks(found)) if found else None


def act_for_managers() -> Act:
    """Return an act that managers have by being managers, and reps have not, whosever team it is about."""
    rep, manager = Member(user_id="R", name="R", is_rep=True), Member(user_id="M", name="M", is_manager=True)
    own = Act.SET_UP_TEAM  # refused in words of its own
    return next(act for act in Act if act is not own and may(act, manager) and not may(act, rep))


FEATURE = Feature(
    name="note",
    commands=(
        Command(
            "note",
            "[words]",
            "something worth remembering",
            "/note Acme hates mornings",
            command,
            Act.OWN_WORK,
            order=35,
        ),
        Command(
            "note team",
            "",
            "how much your reps wrote down",
            "/note team",
            team_command,
            act_for_managers(),
            order=36,
        ),
    ),
    phrases=(Phrase(r"(?:take a )?note:?(?: that)? (.*)", "note", r"\1"),),
    actions=routes(Act.OWN_WORK, {ADD: add_button}),
    views=routes(Act.OWN_WORK, {SAVE: save_form}),
    jobs=(Job(NOTE_WEEK, CatchUp.DELIVER_LATEST, decide, of=Subject.MEMBER, spec=friday),),
    kinds=(
        Kind(
            NudgeKind(
                NOTE_WEEK, "Notes of the week", "what you wrote down, on Fridays", recurs=True, for_reps=True
            ),
            render,
        ),
    ),
    sections=(Section(Surface.HOME, 60, on_home, Act.OWN_WORK),),
    records=(Record(NoteRow, undone=True, exported=True, erased="owner_id"),),
)
