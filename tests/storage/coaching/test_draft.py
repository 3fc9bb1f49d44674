"""What a rep's losses ask for, and drafts of cards, as they are read from both engines (73)."""

from datetime import timedelta

from sales.coaching.drill.card import Deck
from sales.coaching.drill.draft import DraftState
from sales.people.member import Member
from sales.people.team import Team
from sales.pipeline.debrief import debrief_of_close
from sales.pipeline.opportunity import Opportunity, Stage
from storage.coaching.drill.draft import add_draft, draft_due, drafts_since, find_draft, settle_draft
from storage.coaching.drill.focus import focus_for
from storage.people.member import find_member, meet_member
from storage.people.team import add_team, set_people
from storage.pipeline.debrief import save_debrief
from storage.pipeline.opportunity import add_opportunity
from storage.scope import Scope
from tests.known import T0, WORKSPACE

TODAY = T0.date()


async def lost(scope: Scope, owner: str, days: int, reason: str = "the price was too high") -> None:
    on = TODAY - timedelta(days=days)
    deal = Opportunity(
        name=f"Depot {owner} {days}",
        owner_id=owner,
        owner_name=owner,
        stage=Stage.LOST,
        value_minor=0,
        currency="USD",
        opened_on=on - timedelta(days=30),
        closed_on=on,
    )
    row = await add_opportunity(scope, deal, T0)
    await save_debrief(scope, debrief_of_close(row.id, Stage.LOST, on, reason), T0)


async def field(scope: Scope) -> int:
    for name in ("U1", "U2"):
        await meet_member(scope, Member(user_id=name, name=name, zone="UTC"))
    team = await add_team(scope, Team(name="Field"))
    await set_people(scope, team.id, ["U1", "U2"], [])
    return team.id


async def test_a_team_hears_it_together_and_a_rep_reads_their_own(database):
    async with database.write(WORKSPACE) as scope:
        team_id = await field(scope)
        await lost(scope, "U1", 1)
        await lost(scope, "U1", 89)
        await lost(scope, "U2", 30)
    async with database.read(WORKSPACE) as scope:
        assert await draft_due(scope, team_id, TODAY) is None  # one of the three is too long ago
        ana, ben = await find_member(scope, "U1"), await find_member(scope, "U2")
        [found] = await focus_for(scope, ana, None, TODAY)
        assert (found.deck, found.why) == (Deck.OBJECTIONS, "You lost 2 deals on price lately.")
        assert await focus_for(scope, ben, None, TODAY) == []
        assert await focus_for(scope, ana, None, TODAY + timedelta(days=2)) == []


async def test_a_draft_rests_once_it_was_asked(database):
    async with database.write(WORKSPACE) as scope:
        team_id = await field(scope)
        for days in (0, 1, 30):
            await lost(scope, "U1", days)
        heard = await draft_due(scope, team_id, TODAY)
        assert heard is not None
        assert heard.losses == 3
        row = await add_draft(scope, team_id, heard, TODAY)
        assert await draft_due(scope, team_id, TODAY) is None
        touched = await settle_draft(scope, row, DraftState.DECLINED)
        assert touched.before["state"] == DraftState.OPEN
    async with database.read(WORKSPACE) as scope:
        assert [one.state for one in await drafts_since(scope, team_id, TODAY)] == [DraftState.DECLINED]
        assert await drafts_since(scope, team_id, TODAY + timedelta(days=1)) == []
        assert await find_draft(scope, row.id + 1) is None
