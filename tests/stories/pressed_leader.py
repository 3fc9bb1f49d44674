"""Buttons of a leader's week to be pressed twice: of a 1:1 and its agenda, of objectives, incentives and mentors."""

from handlers.coaching.mentor.people import noted
from sales.coaching.diagnosis.light import LightMeasure
from sales.coaching.mentor.mentorship import MentorNote, Mentorship
from sales.nudges.worth import Verdict
from storage.coaching.mentor import add_mentorship
from storage.nudges.ledger.intake import enqueue
from storage.nudges.worth import judge
from storage.people.member import save_member
from storage.people.team import find_team_named
from tests.known import WORKSPACE
from tests.stories.led.led import asks_for_a_discount, fills, lives, presses
from tests.stories.pipeline.books import TODAY
from tests.stories.pressed import HERE, LOGGED, UNDO, Button, clicks, jumps, says, then
from tests.story_workspace import StoryWorkspace

READ_AND_CHANGED = {"access_log": 2}  # whoever presses reads the page of another, and changes it
TALK = says("/team 1on1 @ana: ask about Lockside", who="mia")
SIX_ITEMS = says(*(f"/team 1on1 @ana: topic {number}" for number in range(6)), who="mia")

TALKS = (
    *(Button(f"agenda.{name}", TALK, LOGGED, who="mia") for name in ("add", "note", "action")),
    Button("agenda.talked", TALK, {"talk_note": 1, **UNDO, **READ_AND_CHANGED}, who="mia"),
    Button(
        "agenda.tick", TALK, {**UNDO, **READ_AND_CHANGED}, who="mia", option="Mia Horvat: ask about Lockside"
    ),
    Button("agenda.all", SIX_ITEMS, LOGGED, who="mia"),
)


async def asks_why(town: StoryWorkspace) -> None:
    """Ana is asked about her day, and asks why."""
    ana = town.person("ana")
    await ana.says("/followup Acme today send the ROI sheet")
    await town.jump("16:40", HERE)
    await ana.uses_shortcut("Why this message?", "Acme")


async def eight_useless_evenings(town: StoryWorkspace) -> None:
    """Three reps called eight evenings not useful each, and Mia reads the rates."""
    async with town.bot.database.write(WORKSPACE) as scope:
        team = await find_team_named(scope, "Field")
        for at in range(24):
            said = Verdict(
                user_id=f"U{at % 3}",
                team_id=team.id,
                kind="end_of_day",
                delivery_id=str(at),
                on=TODAY,
                useful=False,
            )
            await judge(scope, said)
    await says("/team nudges", who="mia")(town)


async def switched_off(town: StoryWorkspace) -> None:
    await eight_useless_evenings(town)
    await town.person("mia").clicks("Switch off for the team", where="sales")


WORTH = (
    *(Button(f"worth.{name}", asks_why, {"nudge_verdict": 1}) for name in ("useful", "useless")),
    Button("worth.off", eight_useless_evenings, {"team_switch": 1, "mute": 2}, who="mia"),
    Button("worth.on", switched_off, {"team_switch": -1, "mute": -2}, who="mia"),
)


async def a_price_waits(town: StoryWorkspace) -> None:
    await asks_for_a_discount(town, town.person("ana"))
    await says("/team monday", who="mia")(town)


async def says_what_changes(town: StoryWorkspace) -> None:
    """A quarter ended, and Mia says in the look back on its last month what she changes."""
    await lives(town, "2026-09-30", "2026-10-05")
    mia = town.person("mia")
    await presses(mia, "^What will you change", where=mia._place(None).id)
    await fills(mia, {"change": "I read every lead list on Tuesdays"})


MONDAYS = (
    Button("monday.decide", a_price_waits, who="mia"),
    Button("retrospective.change", says("/team retrospective", who="mia"), who="mia"),
    Button("retrospective.take_back", says_what_changes, {"leader_change": -1}, who="mia"),
)

OBJECTIVES = (Button("objectives.edit", says("/team objectives", who="mia"), who="mia"),)
INCENTIVES = (
    Button("incentive.open", says("/goal 120k this quarter because of last year", "/goal incentive")),
)


async def is_proposed(town: StoryWorkspace) -> None:
    """Ben is proposed to Ana, for opening new deals."""
    async with town.bot.database.write(WORKSPACE) as scope:
        team = await find_team_named(scope, "Field")
        said = Mentorship(
            rep_id="U1", mentor_id="U2", team_id=team.id, measure=LightMeasure.OPENED, proposed_on=TODAY
        )
        row = await add_mentorship(scope, said)
        now = town.clock.now()
        await enqueue(scope, noted(scope, row, MentorNote.PROPOSAL, "Ana", now), now)
    await town.jump("2026-09-14 11:10", HERE)


async def lives_far_away(town: StoryWorkspace) -> None:
    """Ben's working day is Ana's night."""
    async with town.bot.database.write(WORKSPACE) as scope:
        await save_member(scope, "U2", zone="Pacific/Honolulu")


IS_ASKED = then(is_proposed, clicks("mentor.yes"), jumps("2026-09-14 16:30"))
MENTORS = (
    Button("mentor.yes", is_proposed, {"delivery": 1}),
    Button("mentor.no", is_proposed),
    Button("mentor.slot", IS_ASKED, {"delivery": 2}, who="ben"),
    Button(
        "mentor.off",
        then(IS_ASKED, clicks("mentor.slot", who="ben")),
        {"delivery": 1},
        who="ben",
    ),
    Button("mentor.not_now", IS_ASKED, {"delivery": 1}, who="ben"),
    Button(
        "mentor.between",
        then(lives_far_away, is_proposed, clicks("mentor.yes"), jumps("2026-09-14 22:00")),
        {"delivery": 2},
        who="ben",
    ),
    Button(
        "mentor.outcome",
        then(
            IS_ASKED, clicks("mentor.slot", who="ben"), jumps("2026-09-15 09:00"), jumps("2026-09-17 10:00")
        ),
    ),
)
