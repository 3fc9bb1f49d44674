"""A deal changed where its card stands: what is beside it, what belongs to it, two who edit it, two that are one."""

import pytest
from sqlmodel import select

from sales.followups.followup import FollowUpState
from storage.followups.activity import ActivityRow
from storage.followups.followup import FollowUpRow
from storage.pipeline.deal_contact import DealContactRow
from storage.pipeline.opportunity import OpportunityRow
from tests.known import WORKSPACE
from tests.stories.pipeline import books

pytestmark = pytest.mark.engines("sqlite")
CARD = "[Won] [Lost…] [Edit…] [All deals]"


@pytest.fixture
async def ana(team):
    await books.stands(team, "Lockside", expected_on=books.TODAY + books.days(30))
    return team.person("ana")


async def every(town, table):
    async with town.bot.database.read(WORKSPACE) as scope:
        return list(await scope.session.exec(select(table).order_by(table.id)))


async def adds_contact(person, name, role="", *, decides=False):
    await person.clicks("Contact…")
    await person.fills("Who is it?", name)
    await person.fills("Role there", role)
    await person.chooses("Is it them who decides?", "Yes, it is their decision" if decides else "No")
    await person.submits()


async def test_what_stands_beside_a_deal_is_changed_and_taken_back_on_its_card(ana, team):
    """One message from first to last (#24, #55, #59): each change says what it was, and Undo shows the card again."""
    await ana.says("/deal Lockside")
    await adds_contact(ana, "Dana Roe", "depot manager", decides=True)
    assert "Saved: Dana Roe (depot manager) decides." in ana.sees()[-1]
    await adds_contact(ana, "Tim Low")
    assert "Dana Roe (depot manager) decides · Tim Low" in ana.sees()[-1]
    await ana.clicks("Contact…")
    await ana.chooses("Take off this deal", ["Tim Low"])
    await ana.submits()
    assert "Taken off: Tim Low." in ana.sees()[-1]
    await ana.clicks("Undo")
    assert "Dana Roe (depot manager) decides · Tim Low" in ana.sees()[-1]
    await adds_contact(ana, "dana roe", "head of depots")
    assert "dana roe (head of depots)" in ana.sees()[-1]
    assert len(await every(team, DealContactRow)) == 2

    await ana.clicks("Obstacle…")
    await ana.fills("What could stop it?", "Legal wants papers")
    await ana.chooses("By when is it out of the way?", "2026-09-25")
    await ana.submits()
    assert "In the way: Legal wants papers – you, by Fri 25 Sep [Out of the way]" in ana.sees()[-1]
    await ana.clicks("Out of the way")
    assert "Out of the way: Legal wants papers." in ana.sees()[-1]
    assert "In the way" not in ana.sees()[-1]
    await ana.clicks("Undo")
    assert "In the way: Legal wants papers" in ana.sees()[-1]
    assert len(ana.sees()) == 1
    assert ana.sees()[-1].endswith(CARD)


async def test_a_day_in_another_decade_keeps_the_form_and_what_was_typed(ana):
    """A slip in the year stands under its field; nothing that was typed is lost."""
    await ana.says("/deal Lockside")
    await ana.clicks("Next step…")
    await ana.fills("What is the next step?", "Demo for the depot team")
    await ana.chooses("By when?", "2062-09-18")
    await ana.submits()
    assert ana.modal_errors() == {"By when?": "That is more than three years away. Check the year."}
    await ana.chooses("By when?", "2026-09-18")
    await ana.submits()
    assert "Next: Demo for the depot team, Fri 18 Sep" in ana.sees()[-1]


async def test_the_next_step_is_agreed_moved_and_kept_on_the_card(ana, team):
    """A promise of the deal's (#59): agreed there, changed there, and gone from there once it is kept."""
    await ana.says("/deal Lockside")
    await ana.clicks("Next step…")
    await ana.fills("What is the next step?", "Demo for the depot team")
    await ana.chooses("By when?", "2026-09-18")
    await ana.submits()
    assert "Next: Demo for the depot team, Fri 18 Sep" in ana.sees()[-1]
    await ana.clicks("Next step…")
    await ana.chooses("By when?", "2026-09-21")
    await ana.submits()
    assert "Next: Demo for the depot team, Mon 21 Sep" in ana.sees()[-1]
    (promise,) = await every(team, FollowUpRow)
    assert promise.moves == 1
    await ana.says("/followup done Lockside")
    assert promise.id == (await every(team, FollowUpRow))[0].id
    (said,) = await ana.says("/deal Lockside")
    assert "Next:" not in said
    assert "last touch Mon 14 Sep" in said


async def test_a_next_step_has_a_day_to_come(ana):
    """Each fault stands under its field, and what was typed stays."""
    await ana.says("/deal Lockside")
    await ana.clicks("Next step…")
    await ana.fills("What is the next step?", "Demo")
    await ana.chooses("By when?", "2026-09-11")
    await ana.submits()
    assert set(ana.modal_errors()) == {"By when?"}


async def test_a_promise_stays_with_its_deal_when_it_is_moved_and_follows_its_customer(ana, team):
    """Moved, it is still for its deal; given another customer, it is for theirs (#59)."""
    await books.stands(team, "Granary", value=9_000_00)
    (said,) = await ana.says("/followup Lockside friday send the quote")
    assert "For the deal Lockside, $4k." in said
    assert "For the deal Lockside, $4k." in (await ana.says("/followup Lockside friday send the quote"))[0]
    await ana.says("/followup move Lockside to Thursday")
    lockside, granary = await every(team, OpportunityRow)
    assert [row.opportunity_id for row in await every(team, FollowUpRow)] == [lockside.id]
    await ana.says("/followup list")
    await ana.chooses("⋯", "Change…")
    await ana.fills("Who is it with?", "Granary")
    await ana.submits()
    assert [row.opportunity_id for row in await every(team, FollowUpRow)] == [granary.id]
    assert "Next: send the quote, Thu 17 Sep" in (await ana.says("/deal Granary"))[0]


async def test_of_several_deals_one_is_chosen_and_undo_takes_it_all_back(team):
    """Kept first, asked then (#59): the promise is there whatever is answered, and Undo knows it was chosen."""
    ana = team.person("ana")
    for name in ("Lockside – Yard Planner", "Lockside – Gate Reader"):
        await books.stands(team, name, account="Lockside")
    (said,) = await ana.says("/followup Lockside friday send the quote")
    assert "Which deal is it for?" in said
    assert [row.opportunity_id for row in await every(team, FollowUpRow)] == [None]
    await ana.clicks("Lockside – Gate Reader")
    assert "For the deal Lockside – Gate Reader, $4k." in ana.sees()[-1]
    assert "Which deal" not in ana.sees()[-1]
    assert "Next: send the quote, Fri 18 Sep" in (await ana.says("/deal Gate Reader"))[0]
    await ana.says("/rainmaker undo")
    assert await every(team, FollowUpRow) == []

    (said,) = await ana.says("/log 1 call Lockside, next step demo tuesday")
    await ana.clicks("Lockside – Yard Planner")
    assert "Logged 1 call with Lockside.\nFor the deal Lockside – Yard Planner, $4k." in ana.sees()[-1]
    planner = (await every(team, OpportunityRow))[0].id
    assert [row.opportunity_id for row in await every(team, ActivityRow)] == [planner]
    assert [row.opportunity_id for row in await every(team, FollowUpRow)] == [planner]
    await ana.clicks("Undo")
    assert [*await every(team, ActivityRow), *await every(team, FollowUpRow)] == []

    await ana.says("/log 1 call Lockside")
    await ana.clicks("Lockside – Gate Reader")
    await ana.clicks("Add next step")
    await ana.fills("What will happen?", "Demo")
    await ana.submits()
    assert "For the deal Lockside – Gate Reader, $4k." in ana.modal()
    await ana.closes()

    await ana.says("/log 1 call Lockside")
    await ana.clicks("None of these")
    assert "For the deal" not in ana.sees()[-1]
    assert "What happens next with Lockside, and when?" in ana.sees()[-1]


async def test_a_deal_of_ones_own_that_is_closed_meanwhile_takes_nothing_more(team):
    """A choice that is out of date is said, and nothing is lost."""
    ana = team.person("ana")
    for name in ("Lockside – Yard Planner", "Lockside – Gate Reader"):
        await books.stands(team, name, account="Lockside")
    await ana.says("/followup Lockside friday send the quote", channel="sales")
    await ana.says("/deal won Gate Reader")
    await ana.clicks("Lockside – Gate Reader", where="sales")
    assert "That deal is not open any more." in ana.sees("sales")[-1]
    (promise,) = await every(team, FollowUpRow)
    assert (promise.opportunity_id, promise.state) == (None, FollowUpState.OPEN)


async def test_whoever_saves_second_is_shown_what_changed_and_loses_nothing(ana):
    """What others changed stands in the form, what was typed too; saved again it is kept (#23)."""
    await ana.says("/deal Lockside")
    await ana.clicks("Edit…")
    await ana.says("/deal edit Lockside 6k closes 30 Oct", channel="sales")
    await ana.fills("Value", "7k")
    await ana.fills("Source", "Referral")
    await ana.submits()
    shown = ana.modal()
    assert "14 Sep: $6,000, was $4,000 (you)" in shown
    assert "14 Sep: closes Fri 30 Oct, was Wed 14 Oct (you)" in shown
    assert "7k" in shown
    assert "2026-10-30" in shown
    await ana.submits()
    assert ana.modal() is None
    assert "Saved: value $7,000, was $6,000; source Referral." in ana.sees()[-1]
    assert "closes Fri 30 Oct" in ana.sees()[-1]


async def test_a_deal_won_while_its_form_was_open_is_said_before_it_is_changed(ana):
    await ana.says("/deal Lockside")
    await ana.clicks("Edit…")
    await ana.says("/deal won Lockside", channel="sales")
    await ana.fills("Source", "Referral")
    await ana.submits()
    assert "14 Sep: won, was open (you)" in ana.modal()


async def test_two_entries_of_a_deal_are_one_and_two_again(ana, team):
    """Both histories, contacts and promises (#20); undo gives each back what was its own."""
    await books.stands(team, "Lockside Ltd", account="Lockside", value=0, age=60, source="Referral")
    await ana.says("/deal Lockside")
    await adds_contact(ana, "Dana Roe")
    await ana.says("/deal Lockside Ltd")
    await adds_contact(ana, "Dana Roe", "buyer", decides=True)
    await adds_contact(ana, "Tim Low")
    await ana.says("/deal edit Lockside Ltd 5k")
    await ana.says("/deal edit “Lockside” 6k")
    before = [await every(team, table) for table in (OpportunityRow, DealContactRow)]
    (said,) = await ana.says("/deal merge Lockside Ltd into “Lockside”")
    assert "Made one: Lockside Ltd is part of this deal now." in said
    assert "Lockside · $6,000 · open 60 days" in said
    assert "from Referral" in said
    assert "Dana Roe (buyer) decides · Tim Low" in said
    await ana.chooses("⋯", "History")
    assert "14 Sep: $5,000 (you)" in ana.modal()
    assert "14 Sep: $6,000, was $4,000 (you)" in ana.modal()
    assert "14 Sep: called Lockside, was Lockside Ltd (you)" in ana.modal()
    await ana.closes()
    await ana.clicks("Undo")
    after = [await every(team, table) for table in (OpportunityRow, DealContactRow)]
    assert [[row.model_dump() for row in rows] for rows in before] == [
        [row.model_dump() for row in rows] for rows in after
    ]


async def test_deals_are_merged_from_the_card_of_the_one_that_stays(ana, team):
    """Those that go by the same name stand first in the form; alone there is nothing to choose."""
    await ana.says("/deal Lockside")
    await ana.chooses("⋯", "Merge with another deal…")
    assert "There is no other open deal to make one with Lockside." in ana.sees()[-1]
    await books.stands(team, "Alder")
    await books.stands(team, "Lockside again", account="Lockside")
    await ana.says("/deal “Lockside”")
    await ana.chooses("⋯", "Merge with another deal…")
    await ana.chooses("Which deal is the same business?", "Lockside again · $4k")
    await ana.submits()
    assert "Made one: Lockside again is part of this deal now." in ana.sees()[-1]
    assert "You have 2 open deals" in (await ana.says("/deal"))[0]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/deal merge Lockside", "Which deal goes into which?"),
        ("/deal merge Lockside into Nowhere", "You have no deal called “Nowhere”."),
        ("/deal merge Granary into Lockside", "Which deal is “Granary”?"),
        ("/deal merge Lockside into Lockside", "That is one deal already: Lockside."),
        ("/deal merge Alder into Lockside", "Alder is lost. Open deals can be made one; reopen it first."),
        (
            "/deal merge Euro into Lockside",
            "Lockside is in USD and Euro in EUR. Which amount stays?",
        ),
    ],
)
async def test_what_cannot_be_one_says_why(ana, team, line, said):
    await books.stands(team, "Granary Road")
    await books.stands(team, "Granary Hill")
    await books.stands(team, "Euro", currency="EUR")
    await books.was_lost(team, "Alder", books.TODAY)
    assert said in (await ana.says(line))[0]
    assert "You have 4 open deals" in (await ana.says("/deal"))[0]


@pytest.mark.parametrize(
    ("pressed", "said"),
    [
        ("Lockside stays, $4,000", "Lockside · $4,000 · open 60 days"),
        ("Euro stays, €4,000", "Euro · €4,000 · open 60 days"),
    ],
)
async def test_of_two_currencies_somebody_says_which_stays(ana, team, pressed, said):
    """Neither is exchanged: one amount stays, the other is said to be left out."""
    await books.stands(team, "Euro", currency="EUR", age=60)
    await ana.says("/deal merge Euro into Lockside")
    await ana.clicks(pressed)
    shown = ana.sees()[-1]
    other, amount = ("Euro", "€4,000") if pressed.startswith("Lockside") else ("Lockside", "$4,000")
    assert f"Made one: {other} is part of this deal now." in shown
    assert f"Not kept of {other}: {amount}." in shown
    assert said in shown


async def test_the_form_says_what_two_deals_make(ana, team):
    """Value, stage, close and age of the one, below each of the others; a guess is no price."""
    await books.stands(team, "Alder", value=9_000_00, age=44, stage_label="Proposal")
    await ana.says("/deal edit Lockside closes 2026-10-09")
    await ana.says("/deal “Lockside”")
    await ana.chooses("⋯", "Merge with another deal…")
    form = ana.modal()
    assert "Lockside stays, $4,000." in form
    assert "Together: $4,000, Proposal, closes Fri 9 Oct, open 44 days" in str(
        ana._workspace.modal("U1").blocks
    )
    await ana.closes()
    await ana.says("/deal Suspecto 24k")
    (said,) = await ana.says("/deal merge Alder into Suspecto")
    assert "It stands at $9,000. Not kept of Suspecto: $24,000." in said
    assert "Suspecto · $9,000 · open 44 days · Proposal" in said


async def test_two_that_fit_a_name_to_merge_are_two_to_press(ana, team):
    for name in ("Granary Road", "Granary Hill"):
        await books.stands(team, name)
    await ana.says("/deal merge Granary into Lockside")
    await ana.clicks("Granary Hill")
    assert "Made one: Granary Hill is part of this deal now." in ana.sees()[-1]


async def test_stages_renamed_and_removed_take_their_deals_along_and_back(ana, team):
    """One action of the manager's (#23): each deal's history says so, and undo puts list and deals back."""
    mia = team.person("mia")
    await books.stands(team, "Granary", stage_label="Talking")
    await books.many_stand(team, ("Kelp", "Larch"), stage_label="Pilot")
    (said,) = await mia.says("/team stages")
    assert "• Proposal – needs next step, price, closing day\n• Negotiation – needs everything" in said
    await mia.clicks("Change stages…")
    assert "Talking: next step" in mia.modal()
    await mia.fills("Stages, one a line", "First talk\nProposal: budget")
    await mia.submits()
    assert "“budget” is nothing a stage can need." in mia.modal_errors()["Stages, one a line"]
    await mia.fills(
        "Stages, one a line", "First talk\nProposal: price, decision maker\nNegotiation: everything\nPilot"
    )
    await mia.submits()
    assert (
        "Stages of Field: First talk → Proposal → Negotiation → Pilot.\n1 deal that stood in Talking"
        in mia.sees()[-1]
    )
    assert "Granary · $4,000 · open 40 days · First talk" in (await ana.says("/deal"))[0]

    await mia.says("/team stages")
    await mia.clicks("Change stages…")
    await mia.fills("Stages, one a line", "First talk\nProposal")
    await mia.submits()
    assert "Pilot is no stage any more, and 2 deals stand there." in mia.modal()
    await mia.chooses("From Pilot (2 deals) to", "First talk")
    await mia.submits()
    assert "2 deals that stood in Pilot stand in First talk now." in mia.sees()[-1]
    await ana.says("/deal Kelp")
    await ana.chooses("⋯", "History")
    assert "14 Sep: in First talk, was Pilot (Mia" in ana.modal()
    await ana.closes()
    await mia.clicks("Undo")
    assert "Kelp · $4,000 · open 40 days · Pilot" in (await ana.says("/deal"))[0]
    assert "• Negotiation – needs everything\n• Pilot" in (await mia.says("/team stages"))[0]


async def test_what_a_rep_hands_over_stays_with_its_deal(ana, team):
    """Whoever takes over has the deal, and what happens next and stands in the way on its card (#59)."""
    mia, ben = team.person("mia"), team.person("ben")
    await ana.says("/followup Lockside friday send the quote")
    await ana.says("/deal Lockside")
    await ana.clicks("Obstacle…")
    await ana.fills("What could stop it?", "Legal wants papers")
    await ana.submits()
    await mia.says("/team handover")
    await mia.chooses("Who leaves", "Ana Kovač")
    await mia.chooses("Who takes over", "Ben Ito")
    await mia.submits()
    (said,) = await ben.says("/deal Lockside")
    assert "Next: send the quote, Fri 18 Sep" in said
    assert "In the way: Legal wants papers – you" in said
