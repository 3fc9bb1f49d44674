"""`/pipeline halve` past the game: swapped, planned, parked, taken back, and whose it is."""

import re

import pytest
from sqlmodel import select

from sales.pipeline.opportunity import Stage, Waking
from storage.followups.followup import FollowUpRow
from storage.nudges.mute import set_mutes
from storage.pipeline.deal_contact import DealContactRow
from storage.pipeline.obstacle import ObstacleRow
from storage.pipeline.opportunity import OpportunityRow
from tests.known import WORKSPACE
from tests.stories.face.seen import label, presses
from tests.stories.pipeline import books
from tests.stories.pipeline.test_halving import DEAD, YOUNG, halves
from tests.stories.pipeline.walked import asks, fills_in, opens, text_of, texts

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
async def ana(team):
    await books.a_record(team)
    await books.many_stand(team, YOUNG, age=20)
    await books.many_stand(team, DEAD, age=141, value=30_000_00)
    return team.person("ana")


async def rows(town, table):
    async with town.bot.database.read(WORKSPACE) as scope:
        return list(await scope.session.exec(select(table)))


async def test_what_the_model_would_rather_keep_can_be_swapped_in(ana):
    """Disagreement by disagreement (#21): swapping all leaves nothing to differ about."""
    message = await halves(ana, DEAD)
    assert "You and the model differ: 1 of 3" in text_of(ana, message)
    for _ in DEAD:
        await presses(ana, r"^Swap", where=ana._place(None).id)
    said = text_of(ana, message)
    assert "The model would keep the same." in said
    assert re.search(rf"{YOUNG[0]}[\s\S]*\[Win plan", said)
    assert not label(message.blocks, r"^Swap")


async def test_who_keeps_fewer_is_told_what_the_model_would_also_keep(ana):
    message = await halves(ana, YOUNG[:1])
    assert "The model would also keep" in text_of(ana, message)
    await presses(ana, r"^Keep it too", where=ana._place(None).id)
    assert re.search(r"You kept 2 of 6", text_of(ana, message))


async def test_a_win_plan_belongs_to_its_deal_and_can_be_taken_back(ana, team):
    """Next step, obstacle and decider (#75) are the deal's own, and what is there is not asked for again."""
    message = await halves(ana, YOUNG)
    answers = {
        r"^Next step$": "Send the ROI sheet",
        r"by when\?$": "2026-09-18",
        r"^Obstacle": "Legal wants changes",
        r"^Decision maker": "Dana Roe",
    }
    await presses(ana, r"Win plan", where=ana._place(None).id, near=YOUNG[0])
    await fills_in(ana, {r"^Obstacle": "Legal wants changes", r"^Next step$": "Send the ROI sheet"})
    assert "A next step needs its day." in ana.modal()
    await fills_in(ana, answers)
    assert ana.modal() is None
    assert f"{YOUNG[0]}: next step, obstacle and decision maker noted." in text_of(ana, message)
    (step,) = await rows(team, FollowUpRow)
    (obstacle,) = await rows(team, ObstacleRow)
    (contact,) = await rows(team, DealContactRow)
    deal = next(one for one in await rows(team, OpportunityRow) if one.name == YOUNG[0])
    assert (step.opportunity_id, step.what, str(step.due_on)) == (deal.id, "Send the ROI sheet", "2026-09-18")
    assert (obstacle.opportunity_id, obstacle.what, obstacle.owner_id) == (
        deal.id,
        "Legal wants changes",
        "U1",
    )
    assert (contact.opportunity_id, contact.name, contact.decides) == (deal.id, "Dana Roe", True)
    assert f"{YOUNG[0]} · $4,000 · has its plan" in text_of(ana, message)
    await presses(ana, r"^Undo", where=ana._place(None).id)
    assert (
        await rows(team, FollowUpRow)
        == await rows(team, ObstacleRow)
        == await rows(team, DealContactRow)
        == []
    )


async def test_parking_is_meant_and_taken_back_with_one_press(ana, team):
    """What was given away leaves the forecast until something happens there (#22), all of it or none."""
    message = await halves(ana, YOUNG)
    await presses(ana, r"^Park what", where=ana._place(None).id)
    assert "Parked 3 deals" in text_of(ana, message)
    found = {one.name: one for one in await rows(team, OpportunityRow) if one.name in (*YOUNG, *DEAD)}
    assert {name: found[name].stage for name in DEAD} == dict.fromkeys(DEAD, Stage.PARKED)
    assert {found[name].wakes for name in DEAD} == {Waking.ACTIVITY}
    assert {found[name].stage for name in YOUNG} == {Stage.OPEN}
    await presses(ana, r"^Undo", where=ana._place(None).id)
    assert re.search(r"6 open deals", await asks(ana, "/deal", "sales"))


async def test_a_halving_is_its_owners_alone(ana, team):
    """Who reads `/pipeline halve` is asked about their own deals; nobody answers for another."""
    await opens(ana, "/pipeline halve")
    said = await asks(team.person("ben"), "/pipeline halve")
    assert "Halving takes two" in said


async def test_deals_in_another_currency_are_left_out_and_said_to_be(team):
    await books.a_record(team)
    await books.many_stand(team, YOUNG, age=20)
    await books.stands(team, DEAD[0], age=20, currency="EUR")
    ana = team.person("ana")
    message = await opens(ana, "/pipeline halve")
    assert "1 deal in another currency is left out." in text_of(ana, message)
    assert "3 deals to go" in text_of(ana, message)


async def test_without_a_record_there_is_no_model_to_differ_with(team):
    await books.many_stand(team, YOUNG, age=20)
    ana = team.person("ana")
    message = await halves(ana, YOUNG[:1])
    said = text_of(ana, message)
    assert "Too few deals have closed yet" in said
    assert "%" not in said


async def test_started_over_the_last_choice_is_the_one_that_is_judged(ana, team):
    """Begun anew (#21), one message says at the end who was right, of the half that was kept last; and why it came."""
    await halves(ana, DEAD)
    await presses(ana, r"^Start over", where=ana._place(None).id)
    await halves(ana, YOUNG)
    await ana.says(f"/deal won {YOUNG[0]}", channel="sales")
    for day, hour in ((1, "09:30"), (2, "09:30"), (2, "16:40"), (5, "09:30")):
        await team.jump(f"2026-10-{day:02} {hour}", books.HERE)
    said = [one for one in texts(ana) if "Who was right?" in one]
    assert len(said) == 1
    assert "Your half: $4,000, 1 of 3 won" in said[0]
    assert "The dearest half: $0, 0 of 3 won" in said[0]
    assert "You halved your pipeline on Mon 14 Sep" in await asks(ana, "/why", "sales")


async def test_where_nothing_was_won_nobody_was_right_in_one_line(ana, team):
    await halves(ana, DEAD)
    for day in (1, 2):
        await team.jump(f"2026-10-{day:02} 09:30", books.HERE)
    (said,) = [one for one in texts(ana) if "Who was right?" in one]
    assert "Nobody: of the 6 open deals you halved on Mon 14 Sep, none was won by Wed 30 Sep." in said
    assert "half:" not in said


async def test_switched_off_nobody_is_told_who_was_right(ana, team):
    async with team.bot.database.write(WORKSPACE) as scope:
        await set_mutes(scope, "U1", ["halving_revisited"], [])
    await halves(ana, YOUNG)
    for hour in ("09:30", "13:30", "16:40"):
        await team.jump(f"2026-10-02 {hour}", books.HERE)
    assert not [one for one in texts(ana) if "Who was right?" in one]
