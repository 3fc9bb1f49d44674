"""A brief from nothing to ready, and back: told in one tap each, taken back, prepared with a manager (#15–#17)."""

import pytest

from tests.stories.craft.lived import form_inputs, has
from tests.stories.face.seen import label, presses
from tests.stories.leads import books
from tests.stories.leads.prospected import fills, labels_of, newest
from tests.stories.pipeline.walked import asks, told

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
async def alder(team):
    await books.accounts(team, books.Firm("Alder Yard", "Logistics", 120))
    await books.stand_open(team, ("Alder Yard",))


def offers(person, pattern, place="sales"):
    return label(told(person, place)[-1].blocks or [], pattern) is not None


async def tells(person, button, answers):
    await presses(person, button, where="sales")
    await fills(person, answers)


@pytest.mark.usefixtures("alder")
async def test_four_taps_from_nothing_to_ready(team):
    """Each amber line has its button behind Details, and alone where it is the last; the brief stays in its place."""
    ana = team.person("ana")
    await asks(ana, "/prep Alder Yard", "sales")
    await presses(ana, r"^details", where="sales")
    count = len(told(ana, "sales"))
    await tells(ana, r"^who is it", {r"^who": "Dana Poe", r"role": "CFO", r"decides": r"^yes"})
    await tells(ana, r"^why now", {r"changed": "They open a second depot"})
    await tells(ana, r"^value", {r"worth": "Forty hours a month"})
    await presses(ana, r"^less", where="sales")
    await tells(ana, r"^obstacle", {r"stop": "Legal wants our papers"})
    assert len(told(ana, "sales")) == count
    said = newest(ana)
    assert has(r"4 of 4 ready", said), said
    assert not any(offers(ana, one) for one in (r"^who is it", r"^why now", r"^value", r"^obstacle")), said
    await presses(ana, r"^details", where="sales")
    assert offers(ana, r"^value"), newest(ana)
    await presses(ana, r"^less", where="sales")
    assert not offers(ana, r"^value"), newest(ana)


@pytest.mark.usefixtures("alder")
async def test_what_was_told_is_taken_back_where_it_stands(team):
    ana = team.person("ana")
    await asks(ana, "/prep Alder Yard", "sales")
    await presses(ana, r"^details", where="sales")
    await tells(ana, r"^value", {r"worth": "Forty hours a month"})
    await presses(ana, r"^undo", where="sales")
    said = newest(ana)
    assert has(r"undone: value case", said), said
    assert not has(r"Forty hours", said), said
    assert has(r"0 of 4 ready", said), said


@pytest.mark.usefixtures("alder")
async def test_an_answer_can_be_changed_and_taken_back(team):
    """Behind Details the form has what was answered in it; emptied, the question is open again."""
    ana = team.person("ana")
    await asks(ana, "/prep Alder Yard", "sales")
    await presses(ana, r"^answers", where="sales")
    question = labels_of(ana)[0]
    await fills(ana, {question[:30]: "Two people sort returns"})
    assert question not in newest(ana)
    await presses(ana, r"^details", where="sales")
    assert has(r"found out\W*\n?.*Two people", newest(ana)), newest(ana)
    await presses(ana, r"^answers", where="sales")
    assert labels_of(ana)[-1] == question
    assert form_inputs(ana)[-1]["element"]["initial_value"] == "Two people sort returns"
    await ana.fills(question, "")
    await ana.submits()
    said = newest(ana)
    assert has(r"1 answer taken back", said), said
    assert question in said, said


@pytest.mark.usefixtures("alder")
async def test_no_answer_at_all_is_asked_for_one(team):
    ana = team.person("ana")
    await asks(ana, "/prep Alder Yard", "sales")
    await presses(ana, r"^answers", where="sales")
    await ana.submits()
    assert has(r"write down what they said", str(ana.modal_errors())), ana.modal_errors()


@pytest.mark.usefixtures("alder")
async def test_a_manager_prepares_with_their_rep(team):
    """The deal of a rep, with whose it is; the words of the rep's own log stay theirs."""
    ana, mia = team.person("ana"), team.person("mia")
    await asks(ana, "/log call Alder Yard – spoke, the old scanner breaks each week, no next step", "sales")
    for line in ("/prep Alder Yard", "/prep @ana Alder Yard"):
        await asks(mia, line, "sales")
        said = newest(mia)
        assert has(r"Alder Yard: \d of 4 ready · Ana Kova.’s deal", said), said
        assert "old scanner" not in said
        assert not offers(mia, r"promise to ask"), said
    await presses(mia, r"^details", where="sales")
    await tells(mia, r"^obstacle", {r"stop": "Their board meets in November only"})
    await asks(ana, "/prep Alder Yard", "sales")
    assert has(r"board meets in November", newest(ana)), newest(ana)


@pytest.mark.usefixtures("alder")
async def test_somebody_elses_rep_is_none_of_bens_business(team):
    ben = team.person("ben")
    await asks(ben, "/prep @ana Alder Yard", "sales")
    assert has(r"for their manager", newest(ben)), newest(ben)


@pytest.mark.usefixtures("alder")
async def test_a_question_becomes_a_follow_up(team):
    ana = team.person("ana")
    await asks(ana, "/prep Alder Yard", "sales")
    question = next(one for one in newest(ana).splitlines() if one.startswith("1. What happens"))[3:]
    await ana.chooses("Promise to ask…", question, where="sales")
    assert form_inputs(ana)[1]["element"]["initial_value"] == f"Ask: {question}"
    await ana.submits()
    await asks(ana, "/followup list Alder Yard", "sales")
    assert has(r"Ask: What happens today", newest(ana)), newest(ana)


async def test_an_account_is_told_one_thing_without_a_deal(team):
    """Without a deal a reason can be noted from the brief; what hangs on a deal says how to make one."""
    await books.accounts(team, books.Firm("Cedar Works", "Logistics", 400))
    ana = team.person("ana")
    await asks(ana, "/prep Cedar Works", "sales")
    assert not any(offers(ana, one) for one in (r"^value", r"^obstacle", r"^answers", r"promise to ask"))
    await presses(ana, r"^details", where="sales")
    await tells(ana, r"^why now", {r"changed": "They open a plant in Graz"})
    said = newest(ana)
    assert has(r"🟢 Why now: They open a plant in Graz", said), said
    assert has(r"1 of 4 ready", said), said


async def test_prep_alone_with_nothing_to_prepare(team):
    ana = team.person("ana")
    await asks(ana, "/prep", "sales")
    assert has(r"no meeting is promised", newest(ana)), newest(ana)


@pytest.mark.usefixtures("alder")
async def test_prep_alone_offers_ones_deals_where_no_meeting_is_promised(team):
    ana = team.person("ana")
    await asks(ana, "/prep", "sales")
    await presses(ana, r"Alder Yard", where="sales")
    assert has(r"why now", newest(ana)), newest(ana)


async def test_a_meeting_with_nobody_we_know_is_prepared_too(team):
    """A promise to a stranger: the brief of a first talk, nothing refused."""
    ana = team.person("ana")
    await asks(ana, "/followup Nowhere Shipping thu meeting at their depot", "sales")
    await presses(ana, r"^prepare", where="sales")
    said = newest(ana)
    assert has(r"Nowhere Shipping: 0 of 4 ready", said), said
    assert has(r"no deal with them yet", said), said


async def test_who_bought_before_is_no_first_talk(team):
    """A customer without an open deal: how the last one ended, and who was spoken to then."""
    await books.ended(team, "Dogwood Foods", books.TODAY - books.days(20), contact="Dana Poe")
    ana = team.person("ana")
    await asks(ana, "/prep Dogwood Foods", "sales")
    said = newest(ana)
    assert has(r"no deal with them is open; the last was won", said), said
    assert has(r"🟠 Who: Dana Poe \(Depot manager\)", said), said


@pytest.mark.usefixtures("alder")
async def test_more_meetings_than_fit_are_counted(team):
    """Five meetings tomorrow: three lines, and how many more; the way to each is a name."""
    ana = team.person("ana")
    for number in range(1, 6):
        await asks(ana, f"/followup Firm {number} tue meeting at their depot", "sales")
    await team.jump("2026-09-14 16:45", books.HERE)
    said = newest(ana, ana._place(None).id)
    assert said.count("[Prepare]") == 3, said
    assert has(r"and 2 more; /prep", said), said
