"""The reality check: whoever leads a team that lives by mail counts their own inbox once; kept as its evidence (45)."""

from datetime import datetime, timedelta

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
from handlers.people.team import about_team, changeable_team, team_by_id, the_team
from handlers.place import Place
from handlers.remembered import remember
from handlers.reply import Reply, placed
from messages.blocks import Message
from messages.craft import evidence as views
from messages.craft.evidence import EvidenceShown, InboxForm
from sales.craft.evidence import REALITY_CHECK, InboxCheck, read_counts, read_line, reality_check_spec
from sales.language.dates.instants import local_date
from sales.nudges.kind import NudgeKind, Topic
from sales.nudges.ledger import Nudge
from sales.nudges.policy import Skip
from sales.nudges.schedule import CatchUp, Occurrence
from sales.people.permission import Act
from storage.craft import evidence as queries
from storage.craft.evidence import InboxCheckRow
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.schedule.rows import ScheduleRow
from storage.people.calendar import calendar_of
from storage.people.member import MemberRow, find_member, find_members
from storage.people.team import TeamRow, find_team, managers_of
from storage.scope import Scope

WORTH_ASKING = timedelta(days=5)  # whoever is away for a week is not asked of a month that is over
SOMEBODY = "Somebody who left"


async def show(context: Context) -> Reply:
    """`/team evidence`: the two numbers, and how much of what the team does is mail."""
    return Reply(say=await page(context, await the_team(context)))


async def page(context: Context, team: TeamRow, note: str = "", undo_id: int | None = None) -> Message:
    """Return the evidence of a team as it stands.

    Raises:
        PermissionRefusal: if it is not the asking person's to read.
    """
    about = await about_team(context.scope, team)
    context.require(Act.SEE_TEAM, about, f"The evidence of {team.name} is for its people.")
    check = await queries.inbox_check_of(context.scope, team.id)
    found = await queries.mail_share_of(context.scope, team.id, context.today)
    shown = EvidenceShown(team.name, team.id, check, await counted_by(context.scope, check), found)
    manages = context.may(Act.CHANGE_TEAM, about)
    return views.page(shown, context.today, note, undo_id, manages=manages)


async def counted_by(scope: Scope, check: InboxCheck) -> str:
    """Return the name of who counted; they may have left."""
    member = await find_member(scope, check.by) if check.by else None
    return member.name if member is not None else SOMEBODY


async def open_form(context: Context) -> Reply:
    """Count…: the form of the two numbers."""
    team = await changeable_team(context, await team_by_id(context, context.request.value))
    return Reply(
        view=views.form(private_of(context, team), await queries.inbox_check_of(context.scope, team.id))
    )


async def open_line(context: Context) -> Reply:
    """Change the line…: the form of it."""
    team = await changeable_team(context, await team_by_id(context, context.request.value))
    held = await queries.inbox_check_of(context.scope, team.id)
    return Reply(view=views.line_form(private_of(context, team), held))


def private_of(context: Context, team: TeamRow) -> str:
    return InboxForm(team.id, Place.of(context.request.body) or ()).written()


async def save(context: Context) -> Reply:
    """The two numbers were submitted: where the form was opened they stand from now on.

    Raises:
        Refusal: under the field at fault.
    """
    opened = InboxForm.read(context.request.private)
    team = await changeable_team(context, await team_by_id(context, opened.team_id))
    chosen = context.request.values
    received, answered = read_counts(
        chosen.get(views.RECEIVED) or "", chosen.get(views.ANSWERED) or "", (views.RECEIVED, views.ANSWERED)
    )
    touched = await queries.state_inbox_check(
        context.scope,
        team.id,
        received=received,
        answered=answered,
        by=context.member.user_id,
        on=context.today,
    )
    undo = await remember(context, f"the evidence of {team.name}", touched)
    return told(await page(context, team, views.note("saved"), undo.id), opened)


async def save_line(context: Context) -> Reply:
    """The line was submitted.

    Raises:
        Refusal: if it is no share.
    """
    opened = InboxForm.read(context.request.private)
    team = await changeable_team(context, await team_by_id(context, opened.team_id))
    line = read_line(context.request.values.get(views.SHARE) or "", views.SHARE)
    if line == (await queries.inbox_check_of(context.scope, team.id)).line:
        return told(await page(context, team, views.note("same")), opened)
    touched = await queries.state_inbox_check(context.scope, team.id, line=line)
    undo = await remember(context, f"the e-mail line of {team.name}", touched)
    return told(await page(context, team, views.note("line_saved", line=line), undo.id), opened)


def told(message: Message, opened: InboxForm) -> Reply:
    return placed(message, Place.kept(opened.place))


# asked once


async def decide(scope: Scope, schedule: ScheduleRow, occurrence: Occurrence, now: datetime) -> list[Nudge]:
    """Ask one of those who lead a team, once for good, on a working day of theirs, where most of its work is mail."""
    team = await find_team(scope, int(schedule.subject_id))
    check = await queries.inbox_check_of(scope, team.id) if team is not None else None
    if team is None or check is None or not check.may_be_asked:
        return []
    today = local_date(now, team.zone)
    if not (await queries.mail_share_of(scope, team.id, today)).is_over(check.line):
        return []
    asked = await who_leads(scope, team, now)
    if asked is None:
        return []
    await queries.state_inbox_check(scope, team.id, asked_on=today)
    nudge = Nudge(
        key=f"{REALITY_CHECK}:{scope.workspace_id}:{team.id}",
        kind=REALITY_CHECK,
        intent={"of_team": team.id},
        why=views.why(check.line),
        not_before=now,
        user_id=asked.user_id,
        expires_at=now + WORTH_ASKING,
    )
    return [nudge]


async def who_leads(scope: Scope, team: TeamRow, now: datetime) -> MemberRow | None:
    """Return the first of those who lead a team and are at work today; None where nobody is."""
    for member in await find_members(scope, await managers_of(scope, team.id)):
        calendar = await calendar_of(scope, team, member)
        if member.active and calendar.is_working(local_date(now, member.zone)):
            return member
    return None


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The question, with the share as it is now; not where the numbers came in the meantime."""
    team = await find_team(scope, int(delivery.intent["of_team"]))
    if team is None:
        return Skip("the team is gone")
    if delivery.user_id not in await managers_of(scope, team.id):
        return Skip("they lead the team no more")
    if (await queries.inbox_check_of(scope, team.id)).is_counted:
        return Skip("the numbers are there already")
    found = await queries.mail_share_of(scope, team.id, local_date(now, team.zone))
    return views.question(team.name, team.id, found)


# shown elsewhere


async def on_team(look: Look) -> Shown | None:
    """The two numbers on a team's card; nothing before they are told, and nothing where no mail came."""
    said = await evidence_of(look)
    return Shown([views.of_team(*said)]) if said is not None else None


async def beside_channels(look: Look) -> Shown | None:
    """The same beside who got only e-mails."""
    said = await evidence_of(look)
    return Shown([views.beside(*said)]) if said is not None else None


async def evidence_of(look: Look) -> tuple[InboxCheck, str] | None:
    if look.team is None:
        return None
    check = await queries.inbox_check_of(look.scope, look.team.id)
    return (check, await counted_by(look.scope, check)) if check.received and check.is_counted else None


FEATURE = Feature(
    name="evidence",
    commands=(
        Command(
            "team evidence",
            "[name]",
            "how many sales e-mails whoever leads your team receives and answers: the team's own evidence",
            "/team evidence",
            show,
            Act.SEE_TEAM,
            order=69,
        ),
    ),
    phrases=(Phrase(r"(?:show )?(?:our |the )?(?:own )?evidence", "team", "evidence"),),
    actions=routes(Act.CHANGE_TEAM, {views.COUNT: open_form, views.LINE: open_line}),
    views=routes(Act.CHANGE_TEAM, {views.SAVE: save, views.SAVE_LINE: save_line}),
    jobs=(
        Job(REALITY_CHECK, CatchUp.LEVEL, decide, of=Subject.TEAM, spec=reality_check_spec, accounts=False),
    ),
    kinds=(
        Kind(
            NudgeKind(
                REALITY_CHECK,
                "Reality check",
                "once, where a team lives by e-mail: two numbers from your own inbox",
                for_leads=True,
                bundles=False,
                topic=Topic.TEAM,
                order=149,
            ),
            render,
        ),
    ),
    sections=(
        Section(Surface.TEAM, 62, on_team, Act.SEE_TEAM),
        Section(Surface.CHANNELS, 10, beside_channels, Act.OWN_WORK),
    ),
    records=(
        Record(
            InboxCheckRow,
            undone=True,
            exported=True,
            read=Act.SEE_TEAM,
            exempt="what a team decided and counted; nobody's alone",
        ),
    ),
)
