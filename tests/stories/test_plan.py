"""Plans beside everything else: handed over, repeated, undone, checked in once a week, and for nobody else's eyes."""

import pytest

from tests.stories.craft.lived import has, lives, mark, since
from tests.stories.face.seen import label, presses
from tests.stories.face.test_mornings_and_periods import wants_mornings
from tests.stories.leads.books import HERE
from tests.stories.pipeline.walked import asks, fills_in, text_of, told
from tests.story_workspace import StoryWorkspace

pytestmark = pytest.mark.engines("sqlite")

GOAL = "/goal 40k this quarter because of last year"
REFERRAL = (
    "/plan add referral: if a client thanks us then ask for one name; "
    "steps: list ten clients by wed, ask two of them by fri"
)
EVENT = "/plan add event: if a fair comes then book talks; steps: write to five exhibitors by 23 sep"


async def says(person, *lines):
    """Type lines one after the other; what was said of the last."""
    said = ""
    for line in lines:
        said = await asks(person, line, "sales")
        if person.modal():
            await person.closes(everything=True)
    return said


async def listed(person):
    return await says(person, "/followup list")


async def hands_over(mia):
    await mia.says("/team", channel="sales")
    await mia.clicks("Hand over…", where="sales")
    await mia.chooses("Who leaves", "Ben Ito")
    await mia.chooses("Who takes over", "Ana Kovač")
    await mia.submits()


async def test_a_plan_goes_with_its_goal_to_whoever_takes_over(team: StoryWorkspace):
    mia, ana, ben = (team.person(name) for name in ("mia", "ana", "ben"))
    await says(ben, "/deal Cobalt 5k", "/deal won Cobalt 5k", GOAL, REFERRAL, EVENT)
    await says(ben, "/followup done write to five")
    await hands_over(mia)
    await mia.closes(everything=True)
    taken = await says(ana, "/plan")
    assert has(r"Referral: if a client thanks us", taken), taken
    assert has(r"list ten clients · Wed 16 Sep", taken), taken
    left = await says(ben, "/plan")
    assert has(r"Event: if a fair comes", left), left  # what he did is his own record
    assert not has(r"Referral", left), left


async def test_a_hand_over_of_a_plan_is_undone_as_one(team: StoryWorkspace):
    mia, ben = team.person("mia"), team.person("ben")
    await says(ben, GOAL, REFERRAL)
    before = await says(ben, "/plan")
    await hands_over(mia)
    await mia.clicks("Undo")
    await mia.closes(everything=True)
    assert await says(ben, "/plan") == before


async def test_the_next_of_a_step_that_repeats_is_a_step_too(team: StoryWorkspace):
    ana = team.person("ana")
    await says(ana, GOAL, "/plan add partner: if they sell then join; steps: call ten partners every friday")
    await says(ana, "/followup done call ten partners")
    said = await says(ana, "/plan")
    assert has(r"1 of 2 done", said), said
    assert has(r"call ten partners · Fri 25 Sep", said), said
    await says(ana, "/rainmaker undo")
    said = await says(ana, "/plan")
    assert has(r"0 of 1 done", said), said
    assert has(r"call ten partners · Fri 18 Sep", said), said


async def test_a_strategy_that_was_given_up_is_put_back_with_its_steps(team: StoryWorkspace):
    ana = team.person("ana")
    await says(ana, GOAL, REFERRAL)
    before = await says(ana, "/plan")
    await presses(ana, r"^Remove", where="sales")
    assert not has("list ten clients", await listed(ana))
    await says(ana, "/rainmaker undo")
    assert await says(ana, "/plan") == before
    assert has("list ten clients", await listed(ana))


async def test_another_motion_renames_the_open_steps(team: StoryWorkspace):
    ana = team.person("ana")
    await says(ana, GOAL, REFERRAL, "/plan")
    await presses(ana, r"^Change", where="sales")
    await fills_in(ana, {"motion": "Partner"})
    assert has(r"Partner plan.{0,10}list ten clients", await listed(ana))
    assert has(r"Partner: if a client thanks us", await says(ana, "/plan"))


async def test_a_step_in_a_form_without_a_day_is_said_under_its_field(team: StoryWorkspace):
    ana = team.person("ana")
    await says(ana, GOAL)
    await asks(ana, "/plan add", "sales")
    await fills_in(
        ana, {"motion": "Event", r"^if": "a fair comes", r"^then": "book talks", "steps": "book a stand"}
    )
    assert has(r"By which day: “book a stand”", " ".join(ana.modal_errors().values())), ana.modal_errors()
    assert ana.modal()


async def test_a_day_is_chosen_in_a_tap_and_the_strategy_is_kept(team: StoryWorkspace):
    ana = team.person("ana")
    await says(ana, GOAL, "/plan add event: if a fair comes then book talks; steps: book a stand by blursday")
    await presses(ana, r"^Fri 18 Sep", where="sales")
    assert has(r"book a stand · Fri 18 Sep", text_of(ana, told(ana, "sales")[-1]))
    assert has(r"book a stand", await listed(ana))


async def test_ticked_on_the_page_it_is_done_and_taken_back_there(team: StoryWorkspace):
    ana = team.person("ana")
    await says(ana, GOAL, REFERRAL, "/plan")
    await ana.ticks("list ten clients", where="sales")
    said = text_of(ana, told(ana, "sales")[-1])
    assert has(r"1 step done.*✓ list ten clients", said), said
    assert not has("list ten clients", await listed(ana))


async def test_new_days_are_kept_in_two_taps(team: StoryWorkspace):
    ana = team.person("ana")
    await says(ana, GOAL, REFERRAL, EVENT)
    await team.jump("2026-09-25 10:00", HERE)
    await says(ana, "/plan")
    await presses(ana, r"^New days", where="sales")
    await ana.submits()
    said = text_of(ana, told(ana, "sales")[-1])
    assert has(r"3 steps have a new day", said), said
    assert not has(r"\blate\b|\bover\b|after the goal ends", said), said


# who reads it


async def test_a_plan_for_calls_of_ones_own_is_nobody_elses(team: StoryWorkspace):
    """What a rep sets for themselves their manager does not see, and the plan for it neither."""
    ana, mia = team.person("ana"), team.person("mia")
    await says(ana, "/goal 50 calls this month", REFERRAL)
    assert has(r"ask for one name", await says(ana, "/plan"))
    assert not has(r"ask for one name|list ten", await says(mia, "/plan @ana"))


async def test_a_manager_presses_nothing_in_a_reps_plan(team: StoryWorkspace):
    ana, mia = team.person("ana"), team.person("mia")
    await says(ana, GOAL, REFERRAL)
    await says(mia, "/plan @ana")
    blocks = told(mia, "sales")[-1].blocks
    assert label(blocks, r"Add|Remove|Move|New days") is None
    assert "checkboxes" not in str(blocks)


# the week's check-in


async def monday(town, person, day="2026-09-21"):
    before = mark(person)
    await town.jump(f"{day} 09:30", HERE)
    return since(person, before)


async def test_whoever_has_a_morning_note_reads_it_there_and_nowhere_else(team: StoryWorkspace):
    ana = team.person("ana")
    await wants_mornings(ana)
    await says(ana, GOAL, REFERRAL, EVENT)
    await lives(team, "2026-09-15", "2026-09-18")
    came = [one for one in await monday(team, ana) if has(r"list ten clients|your plan", one)]
    assert len(came) == 1, came
    assert has(r"Your plan, this week: 2 late steps stand above, 1 more is due by Fri 25 Sep", came[0]), came
    assert came[0].count("list ten clients") == 1, came[0]
    assert has(r"write to five exhibitors", came[0]), came[0]


async def test_after_a_holiday_it_comes_on_tuesday(team: StoryWorkspace):
    """The first working day of the week is Tuesday then."""
    ana, mia = team.person("ana"), team.person("mia")
    await mia.says("/team holidays 2026")
    await mia.clicks("Add a day")
    await mia.chooses("Day", "2026-09-21")
    await mia.fills("Name", "Company day")
    await mia.submits()
    await mia.closes(everything=True)
    await says(ana, GOAL, REFERRAL)
    await lives(team, "2026-09-15", "2026-09-18")
    assert not [one for one in await monday(team, ana) if has(r"your plan", one)]
    tuesday = await monday(team, ana, "2026-09-22")
    assert len([one for one in tuesday if has(r"your plan, this week", one)]) == 1, tuesday
    wednesday = await monday(team, ana, "2026-09-23")
    assert not [one for one in wednesday if has(r"your plan, this week", one)]


async def test_several_are_moved_from_the_check_in_and_it_says_so(team: StoryWorkspace):
    ana = team.person("ana")
    await says(ana, GOAL, REFERRAL)
    await lives(team, "2026-09-15", "2026-09-18")
    await monday(team, ana)
    where = ana._place(None).id
    await presses(ana, r"^Move or drop", where=where)
    await fills_in(ana, {"which": "list ten clients", "what happens": r"^Not this week"})
    said = text_of(ana, told(ana)[-1])
    assert has(r"ask two of them", said), said
    assert not has(r"list ten clients\n", said), said
    assert has(r"list ten clients.{0,40}Mon 28 Sep", await listed(ana))


async def test_ticked_elsewhere_the_check_in_follows(team: StoryWorkspace):
    """No two surfaces disagree: what is done in a line stands no more in the message of the morning."""
    ana = team.person("ana")
    await says(ana, GOAL, REFERRAL)
    await lives(team, "2026-09-15", "2026-09-18")
    await monday(team, ana)
    place = told(ana)[-1]
    assert has(r"list ten clients", text_of(ana, place))
    await says(ana, "/followup done list ten clients")
    await team.server.settled()
    assert not has(r"list ten clients\nsince", text_of(ana, place)), text_of(ana, place)


async def test_it_is_switched_off_like_every_other_kind(team: StoryWorkspace):
    ana = team.person("ana")
    await says(ana, GOAL, REFERRAL)
    await lives(team, "2026-09-15", "2026-09-18")
    await monday(team, ana)
    await presses(ana, r"Switch off", where=ana._place(None).id)
    await lives(team, "2026-09-22", "2026-09-25")
    assert not [one for one in await monday(team, ana, "2026-09-28") if has(r"your plan, this week", one)]
