"""The playbook where the examples leave gaps: two who write at once, other stages, other words, digests (#47)."""

import re
from datetime import timedelta

import pytest

from sales.people.member import Member
from sales.pipeline.opportunity import Stage
from sales.pipeline.stage import USUAL_STAGES
from storage.craft import playbook as queries
from storage.people.member import meet_member
from storage.people.team import every_team, set_people
from storage.pipeline.opportunity import OpportunityRow
from storage.pipeline.stage import set_stages
from tests.known import WORKSPACE
from tests.sales_story import deal
from tests.stories.face.seen import presses, still_open
from tests.stories.leads import books
from tests.stories.pipeline.walked import answers, asks, edits, fills_in, told
from tests.stories.prepared.prepared import fills, labels_of, newest

pytestmark = pytest.mark.engines("sqlite")

STEPS = "/team playbook Proposal: walk the yard; agree the price"


@pytest.fixture
def ana(team):
    return team.person("ana")


@pytest.fixture
def mia(team):
    return team.person("mia")


@pytest.fixture
async def in_proposal(team, mia):
    """Two deals of Ana's in Proposal, which has two steps."""
    await books.stand_open(team, ("Alder", "Birch"), stage_label="Proposal")
    await asks(mia, STEPS, "sales")


async def boxes(person, name="Alder") -> list[str]:
    await asks(person, f"/deal {name}", "sales")
    return still_open(told(person, "sales")[-1].blocks or [])


async def ticks(person, step, name="Alder") -> None:
    await asks(person, f"/deal {name}", "sales")
    await answers(person, step)


async def form(person) -> None:
    await asks(person, "/team playbook", "sales")
    await presses(person, r"^(Change|Write)", where="sales")


# written


async def test_a_line_sets_the_steps_of_a_stage_and_says_so(team, mia, ana):
    assert "2 steps in 1 stage" in await asks(mia, STEPS, "sales")
    assert "walk the yard" in await asks(ana, "/team playbook proposal", "sales")
    assert "says that already" in await asks(mia, STEPS, "sales")
    assert "no steps any more" in await asks(mia, "/team playbook Proposal: none", "sales")


async def test_a_reps_line_changes_nothing_and_names_who_may(mia, ana):
    assert "can be changed by its managers" in await asks(ana, STEPS, "sales")
    assert "No playbook of Field" in await asks(ana, "/team playbook", "sales")


async def test_plain_words_and_why_show_the_page(in_proposal, mia, ana):
    for line in ("show me our playbook", "/why playbook"):
        assert "Playbook of Field" in await asks(ana, line), line


async def test_the_form_says_how_many_deals_stand_in_a_stage(in_proposal, mia):
    await form(mia)
    assert re.search(r"2 deals stand here", mia.modal())


async def test_the_second_of_two_who_write_at_once_sees_both_and_overwrites_nothing(in_proposal, team, mia):
    await form(mia)
    async with team.bot.database.write(WORKSPACE) as scope:
        (field,) = await every_team(scope)
        theirs = await queries.every_step(scope, field.id)
        theirs[1].text = "agree the range"
        scope.session.add(theirs[1])
    await fills_in(mia, {r"Proposal": "walk the yard\nmeet their buyer"})
    shown = mia.modal()
    assert "Somebody changed the playbook" in shown
    assert "Proposal says now: walk the yard; agree the range" in shown
    assert "meet their buyer" in shown
    await mia.submits()
    assert await boxes(team.person("ana")) == ["walk the yard", "meet their buyer"]


async def test_a_stage_that_is_gone_meanwhile_gives_back_what_was_typed_for_it(team, mia):
    await form(mia)
    async with team.bot.database.write(WORKSPACE) as scope:
        (field,) = await every_team(scope)
        await set_stages(scope, field.id, USUAL_STAGES[:2])
    await fills_in(mia, {r"Negotiation": "meet their buyer"})
    assert "Negotiation is no stage any more. You typed for it: meet their buyer" in mia.modal()
    assert labels_of(mia) == ["Talking", "Proposal"]


# ticks


async def test_what_was_ticked_says_who_and_when_and_is_taken_back_in_the_form(in_proposal, mia, ana):
    await ticks(ana, "walk the yard")
    assert "Done: walk the yard (you, Mon 14 Sep)" in await asks(ana, "/deal Alder", "sales")
    assert "Done: walk the yard (Ana Kovač, Mon 14 Sep)" in await asks(mia, "/deal Alder", "sales")
    await asks(ana, "/deal Alder", "sales")
    await presses(ana, r"^All steps", where="sales")
    await ana.chooses("Proposal", ["agree the price"])
    await ana.submits()
    assert "Ticked: agree the price.\nOpen again: walk the yard." in newest(ana)
    assert await boxes(ana) == ["walk the yard"]


async def test_a_deal_that_goes_on_is_told_what_it_left_open(in_proposal, ana):
    await ticks(ana, "walk the yard")
    await asks(ana, "/deal Alder", "sales")
    await edits(ana, r"stage", "Negotiation")
    assert "stage Negotiation, was Proposal" in newest(ana)
    assert "Left open: agree the price (Proposal)." in newest(ana)
    await edits(ana, r"stage", "Talking")
    assert "Left open" not in newest(ana)


async def test_more_steps_than_five_stand_behind_a_tap(team, mia, ana):
    await books.stand_open(team, ("Alder",), stage_label="Proposal")
    await asks(
        mia, f"/team playbook Proposal: {'; '.join(f'step number {one}' for one in range(8))}", "sales"
    )
    assert len(await boxes(ana)) == 5
    assert "8 of 8 steps" in newest(ana)
    await presses(ana, r"^All steps", where="sales")
    assert "step number 7" in ana.modal()


async def test_signs_of_links_and_mentions_in_a_step_stay_text(team, mia, ana):
    await books.stand_open(team, ("Alder",), stage_label="Proposal")
    await asks(mia, "/team playbook Proposal: ask <!channel> & *them*; see <https://x.example|us>", "sales")
    for person in (mia, ana):
        await asks(person, "/team playbook", "sales")
        raw = str(told(person, "sales")[-1].blocks)
        assert "<!channel>" not in raw
        assert "<https" not in raw
    await asks(ana, "/deal Alder", "sales")
    assert "<!channel>" not in str(told(ana, "sales")[-1].blocks)
    await ticks(ana, "ask")
    assert "<!channel>" not in str(told(ana, "sales")[-1].blocks)


async def test_a_tenders_challenge_is_written_from_the_step_that_lacks_it(in_proposal, ana):
    await asks(ana, "/deal Alder", "sales")
    await presses(ana, r"tender", where="sales")
    await ana.closes(everything=True)
    assert "Still to do, as it is a tender" in await asks(ana, "/deal Alder", "sales")
    await presses(ana, r"^Say what", where="sales")
    await fills(ana, {r"shape": r"^Yes", r"decides": r"^Yes", r"challenge": "Their routes are two years old"})
    assert "as it is a tender" not in await asks(ana, "/deal Alder", "sales")


async def test_a_managers_line_shows_the_only_deal_of_that_name_and_asks_which_of_two(in_proposal, team, mia):
    assert (await boxes(mia))[0] == "walk the yard"
    await books.stand_open(team, ("Alder",), owner="U2")
    said = await asks(mia, "/deal Alder", "sales")
    assert said.count("[This one]") == 2
    assert "[This one]" in await asks(mia, "/deal won Birch", "sales")


# another list


async def test_the_same_step_in_other_words_keeps_its_ticks(in_proposal, mia, ana):
    await ticks(ana, "walk the yard")
    said = await asks(mia, "/team playbook Proposal: visit their yard together; agree the price", "sales")
    assert "“walk the yard” went, and “visit their yard together” came." in said
    assert "2 deals stand in Proposal. It is ticked on 1 open deal" in said
    assert await boxes(ana) == ["visit their yard together", "agree the price"]
    await presses(mia, r"^Same step", where="sales")
    assert await boxes(ana) == ["agree the price"]
    await asks(mia, "/rainmaker undo", "sales")
    assert await boxes(ana) == ["visit their yard together", "agree the price"]


async def test_steps_go_with_a_stage_that_has_another_name(in_proposal, mia, ana):
    await ticks(ana, "walk the yard")
    await asks(mia, "/team stages", "sales")
    await presses(mia, r"^Change", where="sales")
    await fills(mia, {r"Stages": "Talking: next step\nOffer: price\nNegotiation: everything"})
    assert await boxes(ana) == ["agree the price"]
    assert "Still to do in Offer" in newest(ana)
    await asks(mia, "/rainmaker undo", "sales")
    assert "Still to do in Proposal" in await asks(ana, "/deal Alder", "sales")


async def test_steps_of_a_stage_that_is_gone_go_with_it_and_come_back_with_undo(in_proposal, mia, ana):
    await asks(mia, "/team stages", "sales")
    await presses(mia, r"^Change", where="sales")
    await fills_in(mia, {r"Stages": "Talking: next step\nNegotiation: everything"})
    await fills(mia, {r"From Proposal": "Talking"})
    assert "No playbook of Field" in await asks(ana, "/team playbook", "sales")
    await asks(mia, "/rainmaker undo", "sales")
    assert await boxes(ana) == ["walk the yard", "agree the price"]


# beside


async def test_a_weeks_digest_counts_for_three_people_and_names_nobody(team, mia):
    async with team.bot.database.write(WORKSPACE) as scope:
        (field,) = await every_team(scope)
        await meet_member(scope, Member(user_id="U7", name="Eva Lind"))
        await set_people(scope, field.id, ["U1", "U2", "U7"], ["U3"])
    await asks(mia, STEPS, "sales")
    async with team.bot.database.write(WORKSPACE) as scope:
        for number, owner in enumerate(("U1", "U2", "U7")):
            on = books.TODAY + timedelta(days=2)
            made = deal(owner, on - timedelta(days=30), on, Stage.WON, 4_000_00, f"Firm {number}")
            row = OpportunityRow.model_validate({**made, "stage_label": "Proposal"})
            scope.session.add(row)
            await scope.session.flush()
            steps = await queries.every_step(scope, field.id)
            if number:
                await queries.tick_steps(scope, row.id, [steps[0].id], [], on, owner)
    await team.jump("2026-09-21 09:30", "Europe/Ljubljana")
    said = "\n".join(newest(mia, "sales").splitlines())
    (line,) = [one for one in said.splitlines() if "Playbook" in one]
    assert line == "Playbook: 2 of 6 steps were ticked on the 3 deals decided"


async def test_a_teams_card_says_how_many_steps_there_are(in_proposal, ana):
    assert "Playbook: 2 steps in 1 stage, /team playbook" in await asks(ana, "/team")
