"""A team's progress: in its digest, and on the App Home of those who manage it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

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
from handlers.reply import Reply
from messages.blocks import Block, message_of
from messages.goals import team_progress as views
from messages.goals.outcome import ended as ended_line
from sales.goals.progress import GoalProgress
from sales.goals.team_progress import RepProgress, TeamProgress, by_name, of_a_day
from sales.language.dates.instants import local_date
from sales.people.permission import Act
from sales.refusal import Refusal
from storage.goals.forecast.chance import with_chances
from storage.goals.goal import GoalRow, open_goals_of
from storage.goals.progress import goal_progress
from storage.goals.team_progress import ended, together
from storage.people.member import MemberRow, reps_in
from storage.people.team import TeamRow, teams_managed_by
from storage.pipeline.opportunity import count_open_deals
from storage.scope import Scope

MOST_STANDINGS = 8  # periods and metrics a team has at once; more is no overview
TEAMS_ON_HOME = 3


@dataclass(frozen=True)
class TeamStandings:
    """How a team's reps stand towards their open goals. A chance is worked out only for what is shown of them."""

    scope: Scope
    team: TeamRow
    reps: Mapping[str, MemberRow]
    today: date
    rows: list[GoalRow]
    found: list[GoalProgress]

    @classmethod
    async def of(
        cls, scope: Scope, team: TeamRow, reps: Mapping[str, MemberRow], today: date
    ) -> "TeamStandings":
        rows = await open_goals_of(scope, reps, today)
        return cls(scope, team, reps, today, rows, await goal_progress(scope, rows, team, today))

    async def together(self) -> list[TeamProgress]:
        """Return how the team stands, the reps' goals added up, with the team's own P(hit)."""
        names = {user_id: rep.name for user_id, rep in self.reps.items()}
        return await together(self.scope, self.rows, self.found, names, self.team, self.today)

    async def each(self) -> list[RepProgress]:
        """Return each of the reps by name; with P(hit) those that there is room for."""
        running = [one for one in self.found if not one.is_upcoming]
        running.sort(key=lambda one: self.name(one).casefold())
        shown = await with_chances(self.scope, running[: views.MOST_REPS], self.team, self.today)
        return by_name(RepProgress(self.name(one), one) for one in [*shown, *running[views.MOST_REPS :]])

    def name(self, standing: GoalProgress) -> str:
        return self.reps[standing.goal.owner_id].name


async def as_it_stands(look: TeamLook) -> TeamStandings:
    return await TeamStandings.of(look.scope, look.team, look.reps, look.today)


async def in_digest(look: TeamLook) -> Told:
    """How the team stands, and what the goals came to that ended; without any to read, how to set one.

    The short digest of a day leaves what comes later, and what ended, to the week's.
    """
    found = await (await look.once(as_it_stands)).together()
    over = [] if look.daily else await ended(look.scope, look.team, look.span)
    said = of_a_day(found) if look.daily else found
    lines = readable(look, [Line(views.standing(one), tells(one.goals)) for one in said])
    lines += readable(look, [Line(ended_line(one), tells(one.goals)) for one in over])
    if lines:
        return Told([[line] for line in lines], says_something=True)
    open_deals = await count_open_deals(look.scope, look.reps, look.today)
    untold = views.no_goal(open_deals, goals=bool(found))
    return Told([[Line(untold, Tells.TEAM)]], says_something=bool(found or over or open_deals))


def readable(look: TeamLook, lines: Sequence[Line]) -> list[Line]:
    """Return the first of the lines that the team's channel may read."""
    return [line for line in lines if look.may_read(line.tells)][:MOST_STANDINGS]


def tells(goals: int) -> Tells:
    """Return what figures of so many goals tell: those of one are its owner's own."""
    return Tells.TEAM if goals > 1 else Tells.ALONE


async def reps_in_digest(look: TeamLook) -> Told | None:
    """Each rep's attainment, by name; a week's digest has it where its channel may read it, a day's has not."""
    if look.daily or not look.may_read(Tells.STANDING):
        return None
    each = await (await look.once(as_it_stands)).each()
    return Told([[Line(text, Tells.STANDING) for text in lines] for lines in views.reps(each)])


async def on_home(look: Look) -> Shown | None:
    """The teams somebody manages, as they stand."""
    if not look.member.is_manager:
        return None
    blocks: list[Block] = []
    for team in (await teams_managed_by(look.scope, look.member.user_id))[:TEAMS_ON_HOME]:
        reps = {rep.user_id: rep for rep in await reps_in(look.scope, team.id)}
        found = await TeamStandings.of(look.scope, team, reps, look.today)
        blocks += views.home_blocks(team.name, await found.together(), await found.each())
    return Shown(blocks)


@answered_ahead
async def command(context: Context) -> Reply:
    """`/team progress`: the teams somebody manages, as their App Home shows them, to them alone.

    Raises:
        PermissionRefusal: for whoever manages none; what their own team is told of itself they may read.
    """
    managed = await teams_managed_by(context.scope, context.member.user_id)
    if not managed:
        context.require(Act.SEE_TEAM_NUMBERS, otherwise=views.FOR_MANAGERS)
        raise Refusal("You manage no team. See what one's channel is told.", example="/team digest Field")
    blocks: list[Block] = []
    for team in managed[:TEAMS_ON_HOME]:
        reps = {rep.user_id: rep for rep in await reps_in(context.scope, team.id)}
        found = await TeamStandings.of(context.scope, team, reps, local_date(context.now, team.zone))
        blocks += views.home_blocks(team.name, await found.together(), await found.each())
    return Reply(say=message_of(views.summary([team.name for team in managed[:TEAMS_ON_HOME]]), blocks))


FEATURE = Feature(
    name="team progress",
    commands=(
        Command(
            "team progress",
            "",
            "how the team you manage stands towards its goals",
            "/team progress",
            command,
            Act.SEE_TEAM,
            order=65,
        ),
    ),
    phrases=(
        Phrase(
            r"how(?: is|['’]s| are|s) (?:my|the|our) (?:team|reps|people|guys)(?: (?:doing|going|tracking|looking))?"
            r"(?: (?:so far|today|this \w+))?",
            "team",
            "progress",
        ),
        Phrase(
            r"(?:show (?:me )?)?(?:my |the |our )?team(?:['’]?s)? (?:progress|numbers|goals|pace|status)",
            "team",
            "progress",
        ),
    ),
    sections=(
        Section(Surface.HOME, 60, on_home, Act.SEE_TEAM_NUMBERS),
        TeamSection(Surface.DIGEST, 10, in_digest, Act.SEE_TEAM),
        TeamSection(Surface.DIGEST, 50, reps_in_digest, Act.SEE_TEAM),
    ),
)
