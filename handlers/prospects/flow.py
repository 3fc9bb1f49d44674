"""Flow against need: how many leads qualified this week, and how many a week a goal needs (mechanism 35)."""

from collections.abc import Sequence
from datetime import date, datetime

from handlers.ahead import answered_ahead
from handlers.context import Context
from handlers.feature import (
    Command,
    Feature,
    Line,
    Look,
    Phrase,
    Section,
    Shown,
    Surface,
    TeamLook,
    TeamSection,
    Tells,
    Told,
)
from handlers.goals.goal.owner import owner_of, user_meant
from handlers.people.team import team_to_read
from handlers.prospects.lead.lookup import OTHERS
from handlers.reply import Reply
from messages.blocks import section
from messages.prospects import flow as views
from sales.language.dates.instants import local_date, local_instant
from sales.people.permission import Act
from sales.prospects.flow import Flow, flow
from storage.goals.goal import GoalRow
from storage.people.member import MemberRow
from storage.people.team import TeamRow, teams_managed_by
from storage.prospects import flow as queries
from storage.scope import Scope


async def shown(context: Context) -> Reply:
    """`/lead flow`: one's own; to whoever leads a team and sells nothing that team's; with a name a rep's.

    Raises:
        PermissionRefusal: if it is not theirs to read.
    """
    text = context.text.strip()
    user_id = await user_meant(context, text)
    if user_id is None and (text or not context.member.is_rep):
        team = await team_to_read(context, "The flow")
        return Reply(say=views.answer(await of_team(context.scope, team, context.now), who=team.name))
    whose = user_id or context.member.user_id
    owner = await owner_of(context, whose, others=OTHERS, then=" first", may_have_left=True)
    found = await of_rep(context.scope, owner.member, owner.team, owner.today, context.now)
    return Reply(say=views.answer(found, who=owner.member.name if owner.shown else ""))


async def of_rep(scope: Scope, member: MemberRow, team: TeamRow, today: date, now: datetime) -> Flow:
    """Return how a rep's flow of leads stands beside the need."""
    everybody = {member.user_id, *(await queries.reps_with_leads(scope, team))}
    record = await queries.flow_record(scope, [member.user_id], everybody, member.zone, today, now)
    return flow(await queries.outlooks_of_rep(scope, member, team, today), record, today)


async def of_team(scope: Scope, team: TeamRow, now: datetime, goals: Sequence[GoalRow] | None = None) -> Flow:
    """Return how a team's flow of leads stands beside what its reps need together; `goals` are read if not given."""
    today = local_date(now, team.zone)
    reps = await queries.reps_with_leads(scope, team)
    record = await queries.flow_record(scope, reps, reps, team.zone, today, now)
    rows = await queries.goals_of_team(scope, team, today) if goals is None else goals
    return flow(await queries.outlooks_of_team(scope, rows, team, today), record, today)


async def on_team(look: Look) -> Shown | None:
    """One line on a team's card, to whoever leads it."""
    managed = await teams_managed_by(look.scope, look.member.user_id) if look.member.is_manager else []
    if look.team is None or not (look.member.administers or look.team.id in {one.id for one in managed}):
        return None
    return worth_a_line(await of_team(look.scope, look.team, look.now))


async def below_leads(look: Look) -> Shown | None:
    """One line below a team's leads."""
    return worth_a_line(await of_team(look.scope, look.about, look.now)) if look.about is not None else None


def worth_a_line(found: Flow) -> Shown | None:
    """Return the line of a team that has leads, or needs some."""
    record = found.record
    has_leads = bool(record.this_week or record.came or any(record.before))
    if not has_leads and (found.needed is None or not record.team_opened.decided):
        return None
    return Shown([section(views.line(found))])


async def in_digest(look: TeamLook) -> Told | None:
    """The week that is over beside the need, in a week's digest; nobody's name beside it."""
    if look.daily or not look.reps:
        return None
    now = local_instant(look.team.zone, look.team.digest_at, look.today)
    goals = await queries.goals_of_team(look.scope, look.team, look.today)
    found = await of_team(look.scope, look.team, now, goals)
    last = found.record.before[-1] if found.record.before else 0
    if found.needed is None or not any((last, found.record.this_week, found.record.came)):
        return None
    tells = Tells.TEAM if len({row.owner_id for row in goals}) > 1 else Tells.ALONE
    return Told(paragraphs=[[Line(views.last_week(found.needed, last), tells)]])


FEATURE = Feature(
    name="flow",
    commands=(
        Command(
            "lead flow",
            "[@rep or team]",
            "how many leads have to qualify a week for your goal, and how many did",
            "/lead flow",
            answered_ahead(shown),
            Act.SEE_WORK_OF,
            order=46,
            mentions=True,
        ),
    ),
    phrases=(
        Phrase(r"how many (?:qualified )?leads do (?:I|we) need(?: a week)?", "lead", "flow"),
        Phrase(r"do (?:I|we) have enough leads", "lead", "flow"),
    ),
    sections=(
        Section(Surface.TEAM, 21, on_team, Act.SEE_TEAM_NUMBERS),
        Section(Surface.LEADS, 30, below_leads, Act.SEE_TEAM_NUMBERS),
        TeamSection(Surface.DIGEST, 44, in_digest, Act.SEE_TEAM),
    ),
)
