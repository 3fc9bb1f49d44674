"""The card of a deal: what reps think of when they think of one, changed where it stands."""

import re

import pytest

from tests.stories.pipeline import books
from tests.stories.pipeline.walked import asks, card, does, edits, last_open, text_of, told

pytestmark = pytest.mark.engines("sqlite")

EDITS = {
    "stage": (r"stage", last_open, None),
    "close": (r"close", "2026-10-23", r"23 Oct"),
    "next step": (r"next step", "send the savings sheet", r"savings sheet"),
    "amount": (r"amount|value", "9,500", r"\$9,500|\$9\.5k"),
    "contact": (r"contact|who", "Dana Roe", r"Dana Roe"),
}


@pytest.fixture
async def ana(team):
    await books.stands(team, "Lockside", expected_on=books.TODAY + books.days(30), source="Referral")
    return team.person("ana")


@pytest.mark.parametrize("what", EDITS)
async def test_a_fact_is_changed_on_the_card_itself(ana, what):
    """Edit in place (#23, #55, #59): the card that was asked for shows the new fact; no second message follows."""
    pattern, value, shown = EDITS[what]
    before = await card(ana, "Lockside")
    at, count = told(ana, "sales")[-1].ts, len(told(ana, "sales"))
    await edits(ana, pattern, value)
    assert (told(ana, "sales")[-1].ts, len(told(ana, "sales"))) == (at, count)
    now = text_of(ana, told(ana, "sales")[-1])
    assert re.search(shown, now) if shown else now != before, now
    assert "Lockside" in now
    assert "[Won" in now, "What stands there now is no card that can be used again."


async def test_the_card_says_where_the_deal_came_from(ana):
    """A card holds what reps think of: amount, close, source (#27, #36)."""
    said = await card(ana, "Lockside")
    assert re.search(r"\$4,000|\$4k", said)
    assert re.search(r"14 Oct", said)
    assert "Referral" in said


async def test_the_card_says_amount_and_list_price(team):
    """A price below the list is seen, not remembered (#51)."""
    await books.is_listed_at(team, "GTX", 5_000_00)
    await books.stands(team, "Lockside", product="GTX")
    said = await card(team.person("ana"), "Lockside")
    assert re.search(r"\$4,000|\$4k", said)
    assert re.search(r"list\D{0,20}(\$5,000|\$5k)|(\$5,000|\$5k)\D{0,20}list", said, re.IGNORECASE), said


async def test_who_decides_is_a_role_of_a_contact(ana):
    """A contact has a role, and the card says who decides (#55)."""
    await asks(ana, "/deal Lockside", "sales")
    await does(
        ana,
        r"contact|who decides|decision|^Edit",
        {r"\brole\b|^is |decides\?": r"decision|decides|yes", r"name|contact|who|decision": "Dana Roe"},
        place="sales",
    )
    assert re.search(r"Dana Roe.*deci|deci.*Dana Roe", await card(ana, "Lockside"), re.IGNORECASE)


async def test_an_obstacle_has_an_owner_and_a_day(ana):
    """What could stop it stands on the card, with who removes it by when (#24)."""
    await asks(ana, "/deal Lockside", "sales")
    given = {
        r"stop|obstacle|what": "Legal wants our insurance papers",
        r"day|due|when": "2026-09-25",
        r"own|who": "ana",
    }
    await does(ana, r"obstacle|stop", given, place="sales")
    said = await card(ana, "Lockside")
    line = next((one for one in said.splitlines() if "insurance papers" in one), "")
    assert "25 Sep" in line, said
    assert re.search(r"Ana|you", line), line


async def test_the_next_step_is_the_follow_up_that_is_open(ana):
    """A promise to the only open deal's account is its next step, with its day (#59)."""
    await asks(ana, "/followup Lockside friday send the savings sheet", "sales")
    said = await card(ana, "Lockside")
    assert re.search(r"savings sheet.*18 Sep|18 Sep.*savings sheet", said), said


@pytest.mark.parametrize("line", ["/followup Lockside friday send the quote", "/log 1 call Lockside"])
async def test_what_is_done_for_an_account_belongs_to_its_only_open_deal_and_says_so(team, line):
    """By the account's only open deal, said so (#59): the deal is named, not the account alone."""
    await books.stands(team, "Lockside – Yard Planner", account="Lockside")
    assert "Yard Planner" in await asks(team.person("ana"), line, "sales")


@pytest.mark.parametrize("line", ["/followup Lockside friday send the quote", "/log 1 call Lockside"])
async def test_of_two_open_deals_one_is_chosen_in_a_tap(team, line):
    """Two open deals of an account (#59): nothing is guessed, both are offered."""
    for name in ("Lockside – Yard Planner", "Lockside – Gate Reader"):
        await books.stands(team, name, account="Lockside")
    said = await asks(team.person("ana"), line, "sales")
    assert "Yard Planner" in said
    assert "Gate Reader" in said
    assert re.search(r"which|belong|for\?", said, re.IGNORECASE), said


async def test_every_typed_change_is_dated_in_the_history(ana, team):
    """Dated history (#23): what it was, what it became, and the day it was changed."""
    await asks(ana, "/deal edit Lockside 6k", "sales")
    await team.jump("2026-09-16 10:00", books.HERE)
    await asks(ana, "/deal move Lockside to 30 Oct", "sales")
    await team.jump("2026-09-18 10:00", books.HERE)
    await asks(ana, "/deal Lockside", "sales")
    await does(ana, r"history|changes|details", place="sales")
    said = "\n".join([ana.modal() or "", text_of(ana, told(ana, "sales")[-1])])
    for pattern in (r"14 Sep.*(\$4,000|\$4k).*(\$6,000|\$6k)|14 Sep.*(\$6,000|\$6k)", r"16 Sep.*30 Oct"):
        assert re.search(pattern, said), said


async def test_what_an_import_found_changed_is_dated_by_its_two_days(ana, team, tmp_path):
    """Between two imports (#23): moved some day after the first, no later than the second; both days are said."""
    row = ("D1", "Kelp Yard", "open", 5000, "2026-08-03", None)
    await books.imported(team, tmp_path, (*row, "2026-10-15"))
    await team.jump("2026-09-21 10:00", books.HERE)
    await books.imported(team, tmp_path, (*row, "2026-11-20"))
    await asks(ana, "/deal Kelp Yard", "sales")
    await does(ana, r"history|changes|details", place="sales")
    said = "\n".join([ana.modal() or "", text_of(ana, told(ana, "sales")[-1])])
    line = next((one for one in said.splitlines() if "20 Nov" in one and "15 Oct" in one), "")
    assert re.search(r"14 (Sep )?.*21 Sep|21 Sep.*14 Sep", line), said


async def test_two_deals_that_fit_a_typed_name_are_a_question(team):
    """`/deal Acme` asks when two fit, and acts on none; holds today and must stay so."""
    await books.stands(team, "Acme renewal")
    await books.stands(team, "Acme rollout", value=9_000_00)
    said = await card(team.person("ana"), "acme")
    assert "Acme renewal" in said
    assert "Acme rollout" in said
    assert "[Won]" not in said
