"""A team's progress: added up, and told in its digest; what its manager sees of it is `coaching/one_on_one`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.feature import (
    Feature,
    Line,
    Surface,
    TeamLook,
    TeamSection,
    TellingBlock,
    Tells,
    Told,
)
from messages.goals import outcome as outcomes
from messages.goals import runway
from messages.goals import team_progress as views
from sales.goals.progress import GoalProgress
from sales.goals.team_progress import EndedGoals, RepProgress, TeamProgress, by_name, of_a_day
from sales.people.permission import Act
from storage.goals.forecast.chance import with_chances
from storage.goals.goal import GoalRow, for_others, open_goals_of
from storage.goals.progress import goal_progress
from storage.goals.team_progress import ended, together
from storage.people.member import MemberRow
from storage.people.team import TeamRow
from storage.pipeline.opportunity import count_open_deals
from storage.scope import Scope

MOST_BESIDE = 2  # lines on what else a team aims for; the others are behind Details


@dataclass(frozen=True)
class TeamStandings:
    """How a team's reps stand towards their open goals, as far as those are not their own business alone.

    A chance is worked out only for what is shown of them.
    """

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
        rows = await for_others(scope, await open_goals_of(scope, reps, today))
        return cls(scope, team, reps, today, rows, await goal_progress(scope, rows, team, today))

    async def together(self) -> list[TeamProgress]:
        """Return how the team stands, the reps' goals added up, with the team's own P(hit)."""
        selling = sum(rep.active for rep in self.reps.values())
        return await together(self.scope, self.rows, self.found, selling, self.team, self.today)

    async def each(self) -> list[RepProgress]:
        """Return each of the reps by name; with P(hit) those that there is room for."""
        running = [one for one in self.found if not one.is_upcoming and self.owner(one).active]
        running.sort(key=lambda one: self.owner(one).name.casefold())
        shown = await with_chances(self.scope, running[: views.MOST_REPS], self.team, self.today)
        rest = running[views.MOST_REPS :]
        return by_name(RepProgress(self.owner(one).name, one) for one in [*shown, *rest])

    def owner(self, standing: GoalProgress) -> MemberRow:
        return self.reps[standing.goal.owner_id]


async def as_it_stands(look: TeamLook) -> list[TeamProgress]:
    return await (await look.once(standings)).together()


async def standings(look: TeamLook) -> TeamStandings:
    return await TeamStandings.of(look.scope, look.team, look.reps, look.today)


async def in_digest(look: TeamLook) -> Told:
    """How the team stands, and what the goals came to that ended; without any to read, what comes first.

    The short digest of a day leaves what comes later, and what ended, to the week's.
    """
    found = await look.once(as_it_stands)
    over = [] if look.daily else await ended(look.scope, look.team, look.span)
    said = of_a_day(found) if look.daily else found
    first, beside = verdict_of(look, said)
    came = [[Line(outcomes.came_to(one, look.today), tells(one.goals))] for one in over]
    if first is None:
        open_deals = await count_open_deals(look.scope, look.reps, look.today)
        nothing = [] if over else [[Line(views.no_goal(open_deals), Tells.TEAM)]]
        says_something = bool(over or open_deals)
        return Told(paragraphs=[*came, *nothing], details=luck(over), says_something=says_something)
    return Told(
        verdict=[first],
        paragraphs=[*came, *([line] for line in beside)],
        details=[*arithmetic(found), *luck(over)],
        says_something=True,
    )


def verdict_of(look: TeamLook, found: Sequence[TeamProgress]) -> tuple[Line | None, list[Line]]:
    """Return the sentence on what a team aims for first, and lines on what else runs; as far as both may be read.

    Where only one of several reps has a goal, its sum would be that rep's: then it says how many have one.
    """
    if not found:
        return None, []
    running = [one for one in found if not one.standing.is_upcoming] or list(found[:1])
    readable = [one for one in running if look.may_read(tells(one.goals))]
    if not readable:
        return Line(views.partly(running[0]), Tells.TEAM), []
    others = [Line(views.team_line(one), tells(one.goals)) for one in readable[1 : 1 + MOST_BESIDE]]
    return Line(views.verdict(readable[0]), tells(readable[0].goals)), others


def arithmetic(found: Sequence[TeamProgress]) -> list[Line]:
    """Return how a team comes to stand so, for whoever asks."""
    return [Line(line, tells(one.goals)) for one in found for line in views.explained(one)]


def luck(over: Sequence[EndedGoals]) -> list[Line]:
    """Return how what ended lies beside the record before, for whoever asks; not of what may have come to more."""
    return [Line(outcomes.team_luck(one), tells(one.goals)) for one in over if not one.unknown_starts]


async def runway_in_digest(look: TeamLook) -> Told | None:
    """The runway that is open and ends first; a past one helps nobody, and a day's digest leaves it out."""
    if look.daily:
        return None
    for one in await look.once(as_it_stands):
        line = runway.team_line(one.outlook) if one.outlook is not None else ""
        if line and look.may_read(tells(one.goals)):
            return Told(paragraphs=[[Line(line, tells(one.goals))]])
    return None


async def reps_in_digest(look: TeamLook) -> Told | None:
    """Each rep's goal, by name; a week's digest has it where its channel may read it, a day's has not."""
    if look.daily or not look.may_read(Tells.STANDING):
        return None
    each = await (await look.once(standings)).each()
    if not each:
        return None
    left = views.more_reps(len(each))
    return Told(
        table=TellingBlock(views.reps_table(each, look.team), Tells.STANDING),
        paragraphs=[[Line(left, Tells.STANDING)]] if left else [],
    )


def tells(goals: int) -> Tells:
    """Return what figures of so many goals tell: those of one are its owner's own."""
    return Tells.TEAM if goals > 1 else Tells.ALONE


FEATURE = Feature(
    name="team goals",
    sections=(
        TeamSection(Surface.DIGEST, 20, in_digest, Act.SEE_TEAM),
        TeamSection(Surface.DIGEST, 50, reps_in_digest, Act.SEE_TEAM),
        TeamSection(Surface.DIGEST, 60, runway_in_digest, Act.SEE_TEAM),
    ),
)
