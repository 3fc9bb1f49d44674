"""Whom to call tomorrow: the warmest first with the reason, phone before mail; on request, and in the morning note."""

import re

import pytest

from tests.stories.craft.lived import form_inputs, has, mark, since, tried
from tests.stories.face.seen import switches_on
from tests.stories.leads import books
from tests.stories.leads.books import HERE
from tests.stories.leads.prospected import brings, choice, comes, does, fills, newest, reads, row
from tests.stories.pipeline.walked import asks

pytestmark = pytest.mark.engines("sqlite")

DAYS_LATER = "2026-12-01"  # a Tuesday
CONTENT = "email,content,at\ndana@alder.example,Guide to yard lighting,2026-09-14 08:40\n"


async def warm(person) -> str:
    return await tried(person, "/lead next")


async def three_leads(mia) -> None:
    """A name from a bought list, a referral, and somebody who just read our guide."""
    await brings(
        mia,
        row(1, "Ola Berg", "Birch Mill", email="ola@birch.example", source="Cold list", created="2026-09-07"),
        row(2, "Sam Poe", "Cedar Works", email="sam@cedar.example", source="Referral", created="2026-09-07"),
        row(
            3, "Dana Roe", "Alder Yard", email="dana@alder.example", phone="+386 1 555 010",
            source="Cold list", created="2026-09-07",
        ),
    )  # fmt: skip
    await brings(mia, *CONTENT.splitlines()[1:], header=CONTENT.splitlines()[0], name="content.csv")


async def test_the_warmest_stand_first_each_with_its_reason(mia, ana):
    """Warm calling (#39): who read today and who was referred stand before the cold name, each with why in its line."""
    await three_leads(mia)
    said = await warm(ana)
    places = {name: said.find(name) for name in ("Dana Roe", "Sam Poe", "Ola Berg")}
    assert min(places["Dana Roe"], places["Sam Poe"]) >= 0, said
    assert places["Ola Berg"] < 0 or places["Ola Berg"] > max(places["Dana Roe"], places["Sam Poe"]), said
    assert has(r"Dana Roe[^\[]{0,200}(guide|read|touched)", said), said
    assert has(r"Sam Poe[^\[]{0,200}referr", said), said


async def test_the_phone_comes_first(mia, ana):
    """Phone is the channel, warmth is the list (#39): the number to call stands before any address."""
    await three_leads(mia)
    said = await warm(ana)
    phone, mail = said.find("555 010"), said.find("dana@alder")
    assert phone >= 0, said
    assert mail < 0 or phone < mail, said


async def test_who_asked_before_comes_back_on_their_day(team, mia, ana):
    """Asked before (#40): rejected as “not now” until December; on that day first of all, with when they asked."""
    await comes(mia, "ana")
    words = "not now, until 1 December"
    await does(ana, "reject", "Dana Roe", words, {r"why|reason": choice(r"not now", words)})
    assert "Dana Roe" not in await warm(ana)
    await team.jump(f"{DAYS_LATER} 09:00", HERE)
    said = await warm(ana)
    assert has(r"Dana Roe[^\[]{0,200}(asked|Sep|not now)", said), said


async def test_a_not_now_whose_day_has_come(team, ana):
    """Lost with “not now” (#40): on the list on its day with the reason, and not before."""
    await books.stand_open(team, ("Alder Yard",))
    await asks(ana, "/deal lost Alder Yard not now, again on 1 December", "sales")
    if ana.modal():
        days = [
            one["label"]["text"] for one in form_inputs(ana) if has(r"\bday\b|again", one["label"]["text"])
        ]
        await fills(ana, {re.escape(one): DAYS_LATER for one in days})
    await team.jump("2026-11-27 09:00", HERE)
    assert "Alder Yard" not in await warm(ana)
    await team.jump(f"{DAYS_LATER} 09:00", HERE)
    assert has(r"Alder Yard[^\[]{0,200}not now", await warm(ana)), newest(ana)


async def test_a_deal_lost_for_good_does_not_come_back(team, ana):
    """Lost on price (#40): no “not now”, so it is on no list of theirs in December."""
    await books.stand_open(team, ("Alder Yard", "Birch Mill"))
    await asks(ana, "/deal lost Alder Yard price", "sales")
    await asks(ana, "/deal park Birch Mill until 1 december", "sales")
    await team.jump(f"{DAYS_LATER} 09:00", HERE)
    said = await warm(ana)
    assert "Alder Yard" not in said
    assert "Birch Mill" in said


async def test_a_parked_deal_that_woke_is_warm(team, ana):
    """Parked until a day that has come (#40): on the list, as woken; asleep it is not."""
    await books.stand_open(team, ("Birch Mill",))
    await asks(ana, "/deal park Birch Mill until 1 october", "sales")
    assert "Birch Mill" not in await warm(ana)
    await team.jump("2026-10-01 09:00", HERE)
    assert has(r"Birch Mill[^\[]{0,200}(park|woke|awake|October|today)", await warm(ana)), newest(ana)


async def test_who_was_called_today_is_off_todays_list(mia, ana):
    """Called (#39): the list goes on with the next."""
    await three_leads(mia)
    await asks(ana, "/log call Dana Roe – spoke, next step demo on Friday", "sales")
    said = await warm(ana)
    assert "Dana Roe" not in said
    assert "Sam Poe" in said


async def test_who_was_rejected_or_bought_is_on_no_list(team, mia, ana):
    """Rejected for good, or a customer already (#39): neither is called as a prospect."""
    await three_leads(mia)
    await books.ended(team, "Cedar Works", books.TODAY - books.days(20))
    await does(ana, "reject", "Dana Roe", "no budget", {r"why|reason": "no budget"})
    said = await warm(ana)
    assert "Ola Berg" in said
    assert "Dana Roe" not in said
    assert "Sam Poe" not in said or has(r"Sam Poe[^\[]{0,200}customer", said), said


async def test_an_empty_list_says_so(ana):
    """Nobody warm (#39): said in a line, with what makes one; nobody is made up."""
    said = await reads(ana, r"nobody|no (one|lead|warm)|nothing|empty", "/lead next")
    assert len(said) < 600, said


# in the morning


async def wants_mornings(person, *also: str) -> None:
    await person.says("/rainmaker settings", channel="sales")
    for pattern in (r"^\W*(the )?morning", *also):
        await switches_on(person, pattern)
    await person.submits()
    assert not person.modal_errors(), person.modal_errors()
    if person.modal():
        await person.closes(everything=True)


async def morning(town, person) -> list[str]:
    """What comes on Tuesday morning, welcomes being over."""
    await town.jump("2026-09-14 13:00", HERE)
    await town.jump("2026-09-14 16:45", HERE)
    await town.jump("2026-09-15 07:55", HERE)
    before = mark(person)
    await town.jump("2026-09-15 09:30", HERE)
    return since(person, before)


async def test_the_morning_note_carries_it_on_request(team, mia, ana):
    """On request (#39): with the warm list switched on, the one note of the morning names whom to call and why."""
    await three_leads(mia)
    await asks(ana, "/followup Acme tue send the ROI sheet", "sales")
    await wants_mornings(ana, r"warm|call list|whom to call")
    came = [one for one in await morning(team, ana) if has(r"Acme", one)]
    assert len(came) == 1, came
    assert has(r"Dana Roe[^\[]{0,200}(guide|read|touched)", came[0]), came


async def test_without_a_request_the_morning_note_has_no_list(team, mia, ana):
    """The morning note alone (#39): promises as before, and no list of calls."""
    await three_leads(mia)
    await asks(ana, "/followup Acme tue send the ROI sheet", "sales")
    await wants_mornings(ana)
    came = [one for one in await morning(team, ana) if has(r"Acme", one)]
    assert len(came) == 1, came
    assert not has(r"guide|who read", came[0]), came
    assert "Dana Roe" in await warm(ana)
