"""A plan in use: Monday's check-in, what those did who reached their goal, and plans as they come."""

import pytest

from storage.people.team import find_team_named, set_people
from tests.known import WORKSPACE
from tests.stories.craft.lived import NONSENSE, lives
from tests.stories.face.seen import label
from tests.stories.leads.books import HERE
from tests.stories.pipeline.books import was_won
from tests.stories.pipeline.walked import text_of
from tests.stories.prepared.prepared import (
    EVENT,
    GOAL,
    REFERRAL,
    WIN_BACK,
    has,
    line_with,
    mark,
    newest,
    plan,
    planned,
    presses,
    sets_goal,
    since,
    told,
    tried,
    types,
)

pytestmark = pytest.mark.engines("sqlite")

MONDAY = "2026-09-21 09:30"
STEP = r"ask two of them|list ten clients"
REACHED = r"reached (their|the|a) (goal|target)|who (made|reached|hit)"
UNKNOWN = r"(cannot|can['’]t|can not) (be )?(tell|told)|too (few|early)|not (yet )?(known|told)|no record"


async def monday(town, person):
    """What comes between the evening before and Monday's noon that speaks of the plan's steps; messages."""
    await lives(town, "2026-09-15", "2026-09-18")
    before = mark(person)
    await town.jump(MONDAY, HERE)
    await town.jump("2026-09-21 12:10", HERE)
    return [one for one in told(person)[before[person.person.id] :] if has(STEP, text_of(person, one))]


async def test_monday_asks_of_each_step_that_is_not_done(team, ana):
    """Monday's check-in (#13): one message, both steps of last week in it, something to tap beside them."""
    await sets_goal(ana)
    await planned(ana, REFERRAL, EVENT)
    came = await monday(team, ana)
    assert len(came) == 1, [text_of(ana, one) for one in came]
    said = text_of(ana, came[0])
    assert has(r"list ten clients", said), said
    assert has(r"ask two of them", said), said
    assert "checkboxes" in str(came[0].blocks) or label(came[0].blocks, r"\bdone\b"), said


async def test_one_tap_on_monday_is_enough(team, ana):
    """One tap (#13): done there is done among the follow-ups and in the plan, with nothing more to fill in."""
    await sets_goal(ana)
    await planned(ana, REFERRAL, EVENT)
    came = await monday(team, ana)
    assert came, since(ana, mark(ana))
    where = ana._place(None).id
    if "checkboxes" in str(came[0].blocks):
        await ana.ticks("list ten clients", where=where)
    else:
        await presses(ana, r"\bdone\b", where=where, near="list ten clients")
    assert ana.modal() is None
    assert not has(r"list ten clients", await tried(ana, "/followup list")), newest(ana)
    assert has(r"ask two of them", await tried(ana, "/followup list"))


async def test_a_monday_with_everything_done_asks_nothing(team, ana):
    """Nothing open (#13): no question about steps that were kept."""
    await sets_goal(ana)
    await planned(ana, REFERRAL)
    for step in ("list ten clients", "ask two of them"):
        await types(ana, f"/followup done {step}")
    assert await monday(team, ana) == []


async def test_no_check_in_without_a_plan(team, ana):
    """No plan (#13): Monday brings no empty check-in of it."""
    await sets_goal(ana)
    await lives(team, "2026-09-15", "2026-09-18")
    before = mark(ana)
    await team.jump(MONDAY, HERE)
    assert not [one for one in since(ana, before) if has(r"check.?in|your plan|steps? of", one)]


# what others did here


async def sellers(town, count) -> list:
    """So many more reps in the team, whom the bot knows."""
    names = [f"rep{number}" for number in range(count)]
    for number, name in enumerate(names):
        town.server.workspace.add_person(f"U7{number}", name, f"Rep{number} Roe", tz=HERE)
        await town.known(name)
        await town.person(name).joins("sales")
    async with town.bot.database.write(WORKSPACE) as scope:
        field = await find_team_named(scope, "Field")
        await set_people(scope, field.id, ["U1", "U2", *(f"U7{one}" for one in range(count))], ["U3"])
    return [town.person(name) for name in names]


async def a_month(town, people, lines_of, reached) -> None:
    """Each sets the month's goal and a plan of these lines; those of `reached` win what they wanted; October begins."""
    for number, person in enumerate(people):
        await sets_goal(person, "/goal 10k this month")
        await planned(person, *lines_of(number))
        if reached(number):
            await was_won(
                town, f"Deal of {number}", town.clock.now().date(), value=12_000_00, owner=person.person.id
            )
    await town.jump("2026-10-05 10:00", HERE)


@pytest.mark.large
async def test_what_those_did_who_reached_their_goal(team, ana):
    """Own data (#14): six reached, each with three strategies, and six missed with one: told, with counts."""
    people = await sellers(team, 12)
    await a_month(
        team, people, lambda one: (REFERRAL, EVENT, WIN_BACK)[: 3 if one < 6 else 1], lambda one: one < 6
    )
    await sets_goal(people[0], "/goal 10k this month")
    await planned(people[0], REFERRAL)
    said = await plan(people[0])
    line = line_with(said, r"reached|made it|hit")
    assert has(r"\b(3|three)\b", line), said
    assert has(r"\b(6|six|12|twelve)\b", line), said
    assert not has(r"Rep[1-9] Roe", said), said


async def test_two_reps_tell_nothing(team, ana, ben):
    """Told only where it can be told apart (#14): one reached it with two, one missed with one; no rule."""
    await a_month(team, [ana, ben], lambda one: (REFERRAL, EVENT)[: 2 - one], lambda one: one == 0)
    await sets_goal(ana, "/goal 10k this month")
    await planned(ana, REFERRAL)
    said = await plan(ana)
    line = line_with(said, REACHED)
    assert not line or has(UNKNOWN, said), said
    assert not has(r"top quartile|most reps|studies|research shows", said), said


# as badly made as they come


async def test_no_goal_no_plan(ana):
    """No goal runs (bad input): said so, with the line that sets one, and nothing is kept on the quiet."""
    for line in ("/plan", REFERRAL):
        said = await types(ana, line)
        assert has(r"no goal|goal first|not have a goal|without a goal", said), said
        assert has(r"/goal|\[[^\]]*goal", said), said
    assert not has(r"list ten clients", await tried(ana, "/followup list"))


async def test_a_short_period_without_a_goal(team, ana):
    """Only next quarter's goal is set (bad input): the plan is that goal's, or none runs until October."""
    await types(ana, "/goal 120k next quarter")
    said = await types(ana, "/plan")
    assert has(r"Q4|October|1 Oct|next quarter", said), said
    assert not NONSENSE.search(said), said


async def test_a_step_on_a_day_that_is_gone(ana):
    """“By 1 september” on the 14th (bad input): asked about or refused; never a promise overdue at birth."""
    await sets_goal(ana)
    said = await types(ana, "/plan add referral: if thanked then ask; steps: list ten clients by 1 september")
    assert has(r"past|gone|over|ago|which day|1 Sep\w* 2027|already", said), said
    listed = await tried(ana, "/followup list")
    assert not has(r"list ten clients.{0,30}\b1 Sep\b", listed), listed
    assert not has(r"overdue", listed), listed


async def test_a_step_on_no_day_at_all(ana):
    """“By blursday” (bad input): the day is asked for, what was typed is said again, and no day is guessed."""
    await sets_goal(ana)
    said = await types(ana, "/plan add referral: if thanked then ask; steps: list ten clients by blursday")
    assert has(r"blursday|which day|\bday\b", said), said
    assert has(r"list ten clients", said), said
    assert not has(r"list ten clients", await tried(ana, "/followup list"))


async def test_a_plan_whose_dates_are_over(team, ana):
    """All steps lie behind, none done, the goal runs (bad input): the plan says so and offers new days."""
    await sets_goal(ana)
    await planned(ana, REFERRAL, WIN_BACK)
    await team.jump("2026-09-25 10:00", HERE)
    said = await plan(ana)
    assert has(r"\b(over|past|behind you|overdue|late|gone)\b", said), said
    assert has(r"\[[^\]]*(day|date|move|new|another)", said), said
    assert has(r"no plan|over|past|overdue|new (days|dates)", await types(ana, "/goal")), newest(ana)


async def test_a_plan_of_a_quarter_that_is_over(team, ana):
    """October (bad input): the old plan is no plan of any goal that runs, and Monday asks nothing of it."""
    await sets_goal(ana, GOAL)
    await planned(ana, REFERRAL, EVENT)
    await team.jump("2026-10-02 10:00", HERE)
    said = await plan(ana)
    assert has(r"no goal|\bover\b|ended|Q3|goal first", said), said
    before = mark(ana)
    await team.jump("2026-10-05 09:30", HERE)
    assert not [one for one in since(ana, before) if has(r"check.?in|your plan|steps? of", one)]


async def test_words_of_a_plan_are_words(ana):
    """<!channel>, a mention, a link and stars (bad input): shown as typed, and nobody is called by them."""
    await sets_goal(ana)
    typed = "/plan add event: if <!channel> *shouts* then call <@U3>; steps: write to <http://x.example|Elm> by fri"
    await types(ana, typed)
    said = f"{await plan(ana)}\n{await tried(ana, '/followup list')}"
    assert has(r"shouts", said), said
    assert "Mia Horvat" not in said
    assert "@channel" not in said.replace("<!channel>", "")
