"""The record behind the skills on both engines: four weeks of each rep, and whose own cards are whose."""

from datetime import date, timedelta

from sales.coaching.drill.card import Deck, DrillCard
from sales.coaching.drill.memory import Recall
from sales.followups.activity import Activity, ActivityKind
from sales.people.member import Member
from sales.people.team import Team
from storage.coaching.drill.card import add_card, cards_for
from storage.coaching.drill.memory import RecalledCard, keep_answer
from storage.coaching.skill import own_skills, team_skills, touches_by
from storage.followups.activity import add_activity
from storage.people.member import find_member, meet_member
from storage.people.team import add_team, find_team, set_people
from tests.known import T0, WORKSPACE

TODAY = date(2026, 9, 14)
CALL, SERVICE = ActivityKind.CALL, ActivityKind.SERVICE
OWN = "You call the crane owner of Ptuj"


async def field(scope):
    """Ana and Ben, who sell."""
    for user_id, name in (("U2", "Ben"), ("U1", "ana")):
        await meet_member(scope, Member(user_id=user_id, name=name))
    team = await add_team(scope, Team(name="Field"))
    await set_people(scope, team.id, ["U1", "U2"], [])
    return team


async def did(scope, owner, back, kind=CALL, count=10, outcome="spoke"):
    on = TODAY - timedelta(days=back)
    await add_activity(scope, Activity(owner_id=owner, kind=kind, count=count, on=on, outcome=outcome), T0)


async def test_four_weeks_of_ones_own_touches_count(database):
    async with database.write(WORKSPACE) as scope:
        await field(scope)
        for back in (-1, 0, 28, 29):
            await did(scope, "U1", back)
        await did(scope, "U1", 3, SERVICE)
        await did(scope, "U2", 3, count=7, outcome="no answer")
    async with database.read(WORKSPACE) as scope:
        found = await touches_by(scope, ["U1", "U2"], TODAY)
    assert [(one.kind, one.times, one.words) for one in found["U1"]] == [(CALL, 20, "spoke")]
    assert [(one.kind, one.times, one.outcome) for one in found["U2"]] == [(CALL, 7, "no answer")]


async def test_a_team_stands_by_name_and_a_card_of_ones_own_counts_for_its_owner_alone(database):
    async with database.write(WORKSPACE) as scope:
        team = await field(scope)
        said = DrillCard(deck=Deck.OWN, question=OWN, answer="Ask.", for_id="U1")
        await add_card(scope, team.id, said, TODAY)
        (mine,) = [one for one in await cards_for(scope, team.id, "U1") if one.for_id]
        said = RecalledCard(mine.key, mine.fingerprint, Recall.GOOD, TODAY, T0)
        await keep_answer(scope, "U1", None, said)
    async with database.read(WORKSPACE) as scope:
        team = await find_team(scope, team.id)
        both = await team_skills(scope, team, T0)
        assert [one.member.name for one in both] == ["ana", "Ben"]
        ana, ben = (one.matrix.uses[0] for one in both)
        assert (ana.cards, ana.learned) == (ben.cards + 1, 1)
        assert ben.learned == 0
        member = await find_member(scope, "U1")
        alone = await own_skills(scope, member, team, TODAY)
        assert alone.matrix.uses[0] == ana._replace(retention=alone.matrix.uses[0].retention)
