"""Drafts of cards: what a team heard three times in a month asks its manager for a good answer, once (73)."""

from datetime import date, datetime, timedelta

from handlers.coaching.drill.card import require_room, written
from handlers.context import Context
from handlers.feature import Feature, Job, Kind, Record, Rendered, Subject, routes
from handlers.people.team import changeable_team, team_by_id
from handlers.place import Place
from handlers.remembered import remember
from handlers.reply import Reply, placed
from messages.coaching import card_draft as views
from messages.coaching.card_draft import DraftForm
from sales.coaching.drill.draft import CARD_DRAFT, DraftState, draft_spec
from sales.coaching.pack import coming_morning
from sales.language.dates.instants import local_instant
from sales.nudges.kind import NudgeKind, Topic
from sales.nudges.ledger import Nudge
from sales.nudges.policy import Skip
from sales.nudges.schedule import CatchUp, Occurrence
from sales.people.hours import morning_at
from sales.people.permission import Act
from storage.coaching.drill import draft as queries
from storage.coaching.drill.card import add_card, team_cards
from storage.coaching.drill.draft import CardDraftRow
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.mute import mutes
from storage.nudges.policy import hours_of
from storage.nudges.schedule.rows import ScheduleRow
from storage.people.member import MemberRow, find_members
from storage.people.team import TeamRow, find_team, managers_of
from storage.scope import Scope

WORTH_ASKING = timedelta(days=3)


async def decide(scope: Scope, schedule: ScheduleRow, occurrence: Occurrence, now: datetime) -> list[Nudge]:
    """Ask one who manages a team, on a working morning, about what it heard again and again; one thing a day."""
    team = await find_team(scope, int(schedule.subject_id))
    chosen = await whom_to_ask(scope, team, now) if team is not None else None
    if team is None or chosen is None:
        return []
    manager, day = chosen
    heard = await queries.draft_due(scope, team.id, day)
    if heard is None:
        return []
    row = await queries.add_draft(scope, team.id, heard, day)
    at = max(now, local_instant(manager.zone, morning_at(team.quiet_from, team.quiet_until), day))
    return [
        Nudge(
            key=f"{CARD_DRAFT}:{scope.workspace_id}:{row.id}",
            kind=CARD_DRAFT,
            intent={"draft": row.id},
            why=views.why(),
            not_before=at,
            user_id=manager.user_id,
            expires_at=at + WORTH_ASKING,
        )
    ]


async def whom_to_ask(scope: Scope, team: TeamRow, now: datetime) -> tuple[MemberRow, date] | None:
    """Return one who manages a team, works on their coming morning and wants to be asked, and the day of it."""
    for manager in await find_members(scope, await managers_of(scope, team.id)):
        day = coming_morning(now, manager.zone)
        hours = await hours_of(scope, await find_team(scope, manager.team_id) or team, manager)
        if not manager.active or not hours.calendar.is_working(day):
            continue
        if CARD_DRAFT not in await mutes(scope, manager.user_id):
            return manager, day
    return None


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The draft, while nobody answered it and its reader manages the team."""
    row = await queries.find_draft(scope, int(delivery.intent["draft"]))
    team = await find_team(scope, row.team_id if row is not None else None)
    if row is None or team is None or row.state is not DraftState.OPEN:
        return Skip("it was answered already")
    if delivery.user_id not in await managers_of(scope, team.id):
        return Skip("they do not manage the team any more")
    return views.draft(row, row.id, team.name)


async def open_draft(context: Context, number: str) -> tuple[CardDraftRow | None, TeamRow | None]:
    """Return a draft and its team, if it still waits for an answer.

    Raises:
        PermissionRefusal: for whoever may not change the team.
    """
    row = await queries.find_draft(context.scope, int(number)) if number.isdigit() else None
    if row is None:
        return None, None
    return row, await changeable_team(context, await team_by_id(context, row.team_id))


async def write(context: Context) -> Reply:
    """Write the answer…: the form, with how a customer says it."""
    row, team = await open_draft(context, context.request.value)
    if row is None or team is None or row.state is not DraftState.OPEN:
        return Reply(edit=views.stands(row))
    kept = DraftForm(row.id, Place.of(context.request.body) or ())
    return Reply(view=views.form(kept.written(), row, team.name, context.today))


async def save(context: Context) -> Reply:
    """The form was submitted: it is a card of the team's.

    Raises:
        Refusal: under the field at fault.
    """
    kept = DraftForm.read(context.request.private)
    row, team = await open_draft(context, str(kept.draft_id))
    if row is None or team is None or row.state is not DraftState.OPEN:
        return placed(views.stands(row), Place.kept(kept.place))
    card = written(context, team)
    require_room(await team_cards(context.scope, team.id), card)
    added = await add_card(context.scope, team.id, card, context.today)
    settled = await queries.settle_draft(context.scope, row, DraftState.WRITTEN)
    undo = await remember(context, "a card of what was heard again and again", added, settled)
    return placed(views.written(card, team.name, undo.id), Place.kept(kept.place))


async def decline(context: Context) -> Reply:
    """No, not this one: nothing of it is asked again that month."""
    row, team = await open_draft(context, context.request.value)
    if row is None or team is None or row.state is not DraftState.OPEN:
        return Reply(edit=views.stands(row))
    touched = await queries.settle_draft(context.scope, row, DraftState.DECLINED)
    undo = await remember(context, "no card of what was heard again and again", touched)
    return Reply(edit=views.declined(row, undo.id))


FEATURE = Feature(
    name="card_draft",
    actions=routes(Act.SEE_TEAM, {views.WRITE: write, views.DECLINE: decline}),
    views=routes(Act.SEE_TEAM, {views.SAVE: save}),
    jobs=(Job(CARD_DRAFT, CatchUp.LEVEL, decide, of=Subject.TEAM, spec=draft_spec, accounts=False),),
    kinds=(
        Kind(
            NudgeKind(
                CARD_DRAFT,
                "Cards from what is heard",
                "what your team lost on three times in a month, to be practised or not",
                for_leads=True,
                bundles=False,
                topic=Topic.TEAM,
                order=133,
            ),
            render,
        ),
    ),
    records=(
        Record(
            CardDraftRow,
            undone=True,
            exempt="that a team heard an objection again and again; of nobody in particular",
        ),
    ),
)
