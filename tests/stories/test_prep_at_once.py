"""Everything a brief lacks in one form: what it makes, keeps, leaves open and takes back (#15–#17)."""

import pytest

from tests.stories.craft.lived import form_inputs, has
from tests.stories.face.seen import label, presses
from tests.stories.leads import books
from tests.stories.leads.prospected import fills, labels_of, newest
from tests.stories.pipeline.walked import asks, told

pytestmark = pytest.mark.engines("sqlite")


async def opens(person, button, line="/prep Alder Yard"):
    await asks(person, line, "sales")
    await presses(person, button, where="sales")


async def test_a_deal_is_made_and_taken_back_whole(team):
    ana = team.person("ana")
    await opens(ana, r"^prepare")
    said = await fills(
        ana, {r"^who is": "Dana Poe (CFO), decides", r"how much": "24k", r"changed": "They moved"}
    )
    assert has(r"Added: Alder Yard, a suspect", said), said
    assert has(r"2 of 4 ready", said), said
    assert has(r"\$24k", said), said
    assert has(r"🟢 Who: Dana Poe \(CFO\), decides", said), said
    await presses(ana, r"^undo", where="sales")
    said = newest(ana)
    assert has(r"Alder Yard: 0 of 4 ready", said), said
    assert has(r"no deal with them yet", said), said
    assert not has(r"Alder Yard", await asks(ana, "/deal list", "sales"))


async def test_a_reason_alone_is_of_the_account_and_makes_no_deal(team):
    ana = team.person("ana")
    await opens(ana, r"^prepare")
    said = await fills(ana, {r"changed": "They open a plant in Graz"})
    assert has(r"1 of 4 ready", said), said
    assert has(r"no deal with them yet", said), said


async def test_what_tells_nothing_stays_open(team):
    """“dunno” is no obstacle; where nothing else was said, the form says so and nothing is made."""
    ana = team.person("ana")
    await opens(ana, r"^prepare")
    await ana.fills("What could stop it?", "dunno")
    await ana.submits()
    assert has(r"stays open", str(ana.modal_errors())), ana.modal_errors()
    said = await fills(ana, {r"worth": "Forty hours a month"})
    assert has(r"🟠 Obstacles", said), said
    assert "dunno" not in said
    await asks(ana, "/prep Alder Yard", "sales")


async def test_who_was_a_lead_stands_in_the_form(team):
    ana = team.person("ana")
    await asks(ana, "/lead add Dana Poe at Alder Yard from webinar", "sales")
    await opens(ana, r"^who, ")
    assert form_inputs(ana)[0]["element"]["initial_value"] == "Dana Poe"
    said = await fills(ana, {r"decision": "They decide", r"^who is": "Dana Poe, CFO"})
    assert has(r"🟢 Who: Dana Poe \(CFO\), decides", said), said


async def test_one_form_asks_only_for_what_is_amber(team):
    """Named already: what is missing of them is a tick, with the rest as it stands."""
    ana = team.person("ana")
    await opens(ana, r"^prepare")
    told_before = {
        r"^who is": "Dana Poe, CFO",
        r"changed": "They moved",
        r"worth": "40 hours",
        r"stop": "Legal",
    }
    await fills(ana, told_before)
    await presses(ana, r"^who decides", where="sales")
    assert labels_of(ana) == ["Who is it, what role?", "Whose decision?"]
    said = await fills(ana, {r"decision": "They decide"})
    assert has(r"4 of 4 ready", said), said
    assert label(told(ana, "sales")[-1].blocks or [], r"^who") is None, said


async def test_a_form_saved_as_it_stood_says_so(team):
    ana = team.person("ana")
    await opens(ana, r"^prepare")
    await fills(ana, {r"^who is": "Dana Poe, CFO"})
    await presses(ana, r"^who, why now", where="sales")
    await ana.submits()
    assert has(r"fill in one", str(ana.modal_errors())), ana.modal_errors()


async def test_an_amount_that_is_none_lands_under_its_field(team):
    ana = team.person("ana")
    await opens(ana, r"^prepare")
    await ana.fills("Who is it, what role?", "Dana Poe")
    await ana.fills("How much?", "a lot")
    await ana.submits()
    assert "How much?" in ana.modal_errors()


async def test_a_deal_made_meanwhile_is_the_one(team):
    """Between opening and saving the deal was typed elsewhere: there is still one."""
    ana = team.person("ana")
    await opens(ana, r"^prepare")
    await asks(ana, "/deal Alder Yard 30k", "sales")
    await fills(ana, {r"^who is": "Dana Poe, CFO"})
    await asks(ana, "/prep Alder Yard", "sales")
    said = newest(ana)
    assert has(r"\$30k", said), said
    assert has(r"Dana Poe", said), said


async def test_a_manager_tells_their_reps_brief_at_once(team):
    await books.accounts(team, books.Firm("Alder Yard", "Logistics", 120))
    await books.stand_open(team, ("Alder Yard",))
    ana, mia = team.person("ana"), team.person("mia")
    await opens(mia, r"^who, why now", "/prep @ana Alder Yard")
    said = await fills(mia, {r"stop": "Their board meets in November only"})
    assert has(r"Ana Kova.’s deal", said), said
    await asks(ana, "/prep Alder Yard", "sales")
    assert has(r"board meets in November", newest(ana)), newest(ana)
