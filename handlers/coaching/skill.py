"""Skills: by what one prospects, what is answered and what is practised for it; once a week a line of it (71).

The rep reads it, and who manages them; no colleague, no admin, no channel.
"""

from collections.abc import Mapping, Sequence
from datetime import date, time

from handlers.context import Context
from handlers.feature import Command, Feature, Look, Phrase, Section, Shown, Surface
from handlers.goals.goal.owner import owner_of, rep_meant
from handlers.reply import Reply
from messages.blocks import Block
from messages.coaching import skill as views
from messages.coaching.drill import PRIVATE
from messages.coaching.skill import SkillsOf
from sales.coaching.drill.card import StoredCard
from sales.coaching.drill.focus import Focus
from sales.coaching.drill.note import DRILL
from sales.coaching.skill import focus_on
from sales.language.dates.instants import local_instant
from sales.language.dates.weekday import monday_of
from sales.nudges.kind import MORNING
from sales.people.permission import About, Act
from sales.people.team import TEAMS_SHOWN
from sales.refusal import Refusal
from storage.coaching.drill.memory import DrillMemoryRow
from storage.coaching.skill import RepSkills, own_skills, skills_with, team_skills
from storage.nudges.ledger.lookup import was_sent_between
from storage.nudges.mute import mutes
from storage.people.member import MemberRow
from storage.people.team import TeamRow, managers_of, teams_managed_by
from storage.scope import Scope

EXAMPLE = "/drill skills"
OF_TEAM = "/team skills"
IN_THE_MORNING = (MORNING, DRILL)  # in the first of a week's the line stands


async def command(context: Context) -> Reply:
    """`/drill skills`: one's own; `/drill skills @ana` for who manages her.

    Raises:
        Refusal: for other words, and for somebody whose manager the asking person is not.
    """
    text = context.text.strip()
    if text:
        owner = await rep_meant(context, text, PRIVATE)
    else:
        owner = await owner_of(context, context.member.user_id)
    if owner is None:
        raise Refusal(views.said("unknown", text=text), example=EXAMPLE)
    about = About(await managers_of(context.scope, owner.team.id), owner_id=owner.member.user_id)
    context.require(Act.TALK, about, otherwise=PRIVATE)
    found = await own_skills(context.scope, owner.member, owner.team, owner.today)
    return Reply(say=views.page(found.matrix, owner.member.name if owner.shown else ""))


async def of_team(context: Context) -> Reply:
    """`/team skills`: each rep of the teams somebody manages, by name; to them alone.

    Raises:
        Refusal: for whoever manages none, an admin too.
    """
    managed = await teams_managed_by(context.scope, context.member.user_id)
    if not managed:
        raise Refusal(PRIVATE, example=EXAMPLE if context.team is not None else None)
    blocks: list[Block] = []
    for team in managed[:TEAMS_SHOWN]:
        found = await team_skills(context.scope, team, context.now)
        blocks += views.of_team(team.name, [named(one) for one in found])
    return Reply(say=views.team_page(blocks))


def named(one: RepSkills) -> SkillsOf:
    return SkillsOf(one.member.name, one.matrix, one.decks)


async def in_morning(look: Look) -> Shown | None:
    """The line of the week, in the first morning note of it, for who asked for practice."""
    if look.team is None or DRILL in await mutes(look.scope, look.member.user_id):
        return None
    blocks = await line_of_week(look.scope, look.member, look.team, look.today)
    return Shown(blocks, why=views.why()) if blocks else None


async def line_of_week(scope: Scope, member: MemberRow, team: TeamRow, today: date) -> list[Block]:
    """Return what to practise next in one line; nothing where none is due, or a note came earlier in the week."""
    monday, midnight = (local_instant(member.zone, time.min, day) for day in (monday_of(today), today))
    if await was_sent_between(scope, member.user_id, IN_THE_MORNING, monday, midnight):
        return []
    due = (await own_skills(scope, member, team, today)).matrix.due
    return views.in_note(due) if due is not None else []


async def focus_of_skills(
    scope: Scope,
    member: MemberRow,
    cards: Sequence[StoredCard],
    memories: Mapping[str, DrillMemoryRow],
    today: date,
) -> list[Focus]:
    """Return what lets the cards that are due for somebody's skills come before other new ones."""
    due = (await skills_with(scope, member, cards, memories, today)).due
    return [focus_on(due, views.why_chosen(due))] if due is not None else []


FEATURE = Feature(
    name="skill",
    commands=(
        Command(
            "drill skills",
            "[@rep]",
            "by what you prospect, what is answered, and which cards are due for it",
            EXAMPLE,
            command,
            Act.OWN_WORK,
            order=30,
            mentions=True,
        ),
        Command(
            "team skills",
            "",
            "each of your reps: what they prospect by, what is due, what they remember",
            OF_TEAM,
            of_team,
            Act.SEE_TEAM,
            order=66,
        ),
    ),
    phrases=(
        Phrase(r"(?:show (?:me )?)?my (?:skills|skill matrix)", "drill", "skills"),
        Phrase(r"(?:show (?:me )?)?(?:my |the |our )?team['’]?s? skills", "team", "skills"),
    ),
    sections=(Section(Surface.MORNING, 61, in_morning, Act.OWN_WORK),),
)
