"""The four lights: `/why lights`, of a rep and of a team, and beside a goal that is behind (mechanisms 67, 80)."""

from collections import defaultdict
from datetime import date

from handlers.coaching.asked import person_meant, said_of, with_words
from handlers.coaching.mentor.outcome import beside_lights
from handlers.context import Context
from handlers.feature import Feature, Look, Phrase, Section, Shown, Surface
from handlers.people.team import team_to_read
from handlers.reply import Reply
from messages.blocks import Block, message_of
from messages.coaching import diagnosis as views
from sales.coaching.diagnosis import diagnosed
from sales.coaching.diagnosis.evening import is_lights_evening
from sales.coaching.diagnosis.light import Light, LightName, first_red
from sales.goals.progress import GoalProgress
from sales.goals.status import StatusWord
from sales.language.dates.instants import local_date
from sales.people.permission import Act
from storage.coaching.diagnosis import team_records, work_record
from storage.goals.forecast.chance import with_chances
from storage.goals.progress import member_progress
from storage.people.calendar import calendar_of
from storage.people.team import TeamRow, teams_managed_by
from storage.scope import Scope

CALLED = ("the four lights", "four lights", "my lights", "the lights", "lights")
TEAM = ("my team", "the team", "team")


async def explain(context: Context) -> Reply | None:
    """Answer with somebody's lights, or a team's; None for other words."""
    said = said_of(context.text, CALLED)
    if said is None:
        return None
    of_team = "" if not said and await only_leads(context) else said_of(said, TEAM)
    if of_team is not None:
        team = await team_to_read(with_words(context, of_team), "The card of lights")
        blocks = await of_a_team(context.scope, team, local_date(context.now, team.zone))
        return Reply(say=message_of(blocks))
    owner = await person_meant(context, said)
    if owner is None:
        return None
    record = await work_record(context.scope, owner.member, owner.team, owner.today)
    if owner.shown:
        return Reply(say=views.lights(diagnosed(record), record.name))
    beside = await beside_lights(context.scope, owner.member, context.now)
    return Reply(say=message_of([*views.light_blocks(diagnosed(record)), *beside]))


async def only_leads(context: Context) -> bool:
    """Say whether somebody leads a team and sells nothing: what they ask of is the team's."""
    me = context.member
    return not me.is_rep and bool(await teams_managed_by(context.scope, me.user_id))


async def of_a_team(scope: Scope, team: TeamRow, today: date) -> list[Block]:
    """Return a team's lights together, and for whom of its reps each is the first red one."""
    whole, each = await team_records(scope, team, today)
    reps: dict[LightName, list[str]] = defaultdict(list)
    for one in each.values():
        red = first_red(diagnosed(one))
        if red is not None:
            reps[red.name].append(one.name)
    return views.light_blocks(diagnosed(whole), whole.name, reps)


async def beside_what_is_behind(look: Look) -> tuple[Light, GoalProgress] | None:
    """Return the first red light of somebody a goal of whom is behind, and that goal; None where there is none."""
    if look.team is None or not look.member.is_rep:
        return None
    running = [
        one
        for one in await member_progress(look.scope, look.member, look.team, look.today)
        if not one.is_upcoming and not one.asks_start
    ]
    goals = await with_chances(look.scope, running, look.team, look.today)
    behind = next((one for one in goals if one.status.word is StatusWord.BEHIND), None)
    if behind is None:
        return None
    red = first_red(diagnosed(await work_record(look.scope, look.member, look.team, look.today)))
    return None if red is None else (red, behind)


async def on_home(look: Look) -> Shown | None:
    """The light to act on, while a goal is behind."""
    found = await beside_what_is_behind(look)
    return None if found is None else Shown(views.behind(*found))


async def in_evening(look: Look) -> Shown | None:
    """The same, every other week; reason enough for a prompt."""
    if look.team is None or look.day is None:
        return None
    if not is_lights_evening(look.day, await calendar_of(look.scope, look.team, look.member)):
        return None
    found = await beside_what_is_behind(look)
    if found is None:
        return None
    light, goal = found
    return Shown(views.behind(light, goal), why=views.why(goal.label))


FEATURE = Feature(
    name="diagnosis",
    phrases=(
        Phrase(r"(?:show (?:me )?)?(?:my |the )?(?:four )?lights", "why", "lights"),
        Phrase(r"(?:show (?:me )?)?(?:my |the |our )?team(?:['’]?s)? lights", "why", "lights team"),
        Phrase(r"what (?:am i doing wrong|should i change|is holding me back)", "why", "lights"),
    ),
    explain=explain,
    explains="lights",
    sections=(
        Section(Surface.HOME, 55, on_home, Act.OWN_WORK),
        Section(Surface.EVENING, 35, in_evening, Act.OWN_WORK, leads=True),
    ),
)
