"""Cadence in the database: a team's numbers, the gaps of its wins by stage and product, and who heard nothing."""

from datetime import date, timedelta

from sales.followups.activity import Activity, ActivityKind
from sales.followups.followup import FollowUp
from sales.followups.touch_limit import TouchAnswer, TouchLimit
from sales.pipeline.cadence import LEAST_WINS, CadenceSource
from sales.pipeline.opportunity import Opportunity, closed_won, in_stage
from sales.pipeline.stage import USUAL_STAGES
from storage.followups.activity import add_activity
from storage.followups.followup import add_followup
from storage.followups.touch_limit import add_question
from storage.pipeline.cadence import cadence_book, cadences_set, set_cadences, silent_deals
from storage.pipeline.opportunity import Typed, add_opportunity, change_opportunity
from storage.undo import remember_undo, undo_last
from tests.known import T0, WORKSPACE
from tests.storage.people.test_team import people, team_of

TODAY = T0.date()
TALKING, PROPOSAL, _ = USUAL_STAGES


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


async def field(scope):
    await people(scope, "U1", "U2")
    return (await team_of(scope, "Field", ["U1"], [])).id


async def touched(scope, deal, *dates):
    for day in dates:
        done = Activity(owner_id=str(deal.owner_id), kind=ActivityKind.CALL, on=day)
        await add_activity(scope, done, T0, opportunity_id=deal.id)


async def an_open_deal(scope, name, silent_for, owner="U1"):
    made = Opportunity(name=name, owner_id=owner, opened_on=ago(60), stage_label="Talking")
    deal = await add_opportunity(scope, made, T0)
    await touched(scope, deal, ago(silent_for))
    return deal


async def a_win(scope, number, owner="U1"):
    """A deal talked to each 4 days at Talking, and each 2 from day 12 on, when it became a proposal."""
    first, closed = ago(100 + number), ago(76 + number)
    made = Opportunity(name=f"Win {number}", owner_id=owner, opened_on=first, stage_label="Talking")
    deal = await add_opportunity(scope, made, T0)
    days = [first + timedelta(days=one) for one in (0, 4, 8, 12, 14, 16, 18)]
    await touched(scope, deal, *days, days[0])
    moved = Typed("U1", T0, days[3])
    await change_opportunity(scope, deal, in_stage(deal, "Proposal"), moved)
    await change_opportunity(scope, deal, closed_won(deal, closed), Typed("U1", T0, closed))


async def test_a_teams_numbers_are_set_changed_taken_out_and_undone(database):
    async with database.write(WORKSPACE) as scope:
        team = await field(scope)
        await set_cadences(scope, team, {"talking": 5, "proposal": 9})
        touched = await set_cadences(scope, team, {"talking": None, "proposal": 8, "negotiation": None})
        assert await cadences_set(scope, team) == {"proposal": 8}
        await remember_undo(scope, "U1", T0, "cadence of Field", touched)
        await undo_last(scope, "U1", T0)
    async with database.read(WORKSPACE) as scope:
        assert await cadences_set(scope, team) == {"talking": 5, "proposal": 9}
        assert (await cadence_book(scope, team, TODAY)).of(TALKING)[:2] == (5, CadenceSource.SET)


async def test_the_gaps_of_wins_are_of_the_stage_in_which_they_began(database):
    async with database.write(WORKSPACE) as scope:
        team = await field(scope)
        for number in range(LEAST_WINS):
            await a_win(scope, number)
        await a_win(scope, 50, owner="U2")  # of no team of ours
        await an_open_deal(scope, "Open", 3)
    async with database.read(WORKSPACE) as scope:
        book = await cadence_book(scope, team, TODAY)
        assert book.wins == LEAST_WINS
        assert book.of(TALKING)[:3] == (4, CadenceSource.WINS, LEAST_WINS)
        assert book.of(PROPOSAL)[:3] == (2, CadenceSource.WINS, LEAST_WINS)
        earlier = await cadence_book(scope, team, ago(110))
        assert earlier.of(TALKING).source is CadenceSource.USUAL  # nothing was won by then


async def test_who_heard_nothing_is_listed_and_who_is_promised_or_paused_is_not(database):
    async with database.write(WORKSPACE) as scope:
        team = await field(scope)
        for name, silent_for in (
            ("Fresh", 10),
            ("Late", 11),
            ("Later", 30),
            ("Promised", 30),
            ("Paused", 30),
        ):
            deal = await an_open_deal(scope, name, silent_for)
            if name == "Promised":
                said = FollowUp(owner_id="U1", who=name, what="call them", due_on=TODAY)
                await add_followup(scope, said, T0, deal.id)
        await an_open_deal(scope, "Another's", 30, owner="U2")
        pause = TouchLimit(
            owner_id="U1",
            who="paused",
            asked_on=ago(20),
            touches=3,
            answer=TouchAnswer.PAUSE,
            until=TODAY + timedelta(days=1),
        )
        await add_question(scope, pause)
    async with database.read(WORKSPACE) as scope:
        assert [(one.deal.name, one.days) for one in await silent_deals(scope, "U1", team, TODAY)] == [
            ("Later", 30),
            ("Late", 11),
        ]
        after = await silent_deals(scope, "U1", team, TODAY + timedelta(days=1))
        assert "Paused" in [one.deal.name for one in after]
