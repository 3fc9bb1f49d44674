"""Tenders are gone into with open eyes, value comes before a discount, and a month's end gives nothing away unasked."""

import re

import pytest

from tests.stories.face.seen import label, presses
from tests.stories.pipeline import books
from tests.stories.pipeline.walked import asks, card, does, fills_in, text_of, texts, told

pytestmark = pytest.mark.engines("sqlite")

WORTH = "It saves each depot two hours a day"
GRANT = r"^(yes|grant|approve|allow)"
LAST_DAYS = "2026-09-28 10:00"
IN_WORDS = re.compile(r"worth to them|in their words|value to (them|the customer)", re.IGNORECASE)


@pytest.fixture
async def ana(team):
    await books.is_listed_at(team, "GTX", 12_000_00)
    await books.stands(team, "Lockside", value=12_000_00, product="GTX")
    return team.person("ana")


async def flagged(person, name="Lockside") -> str:
    """Mark a deal as a tender; return what is asked or said then."""
    await card(person, name)
    before = len(told(person))
    await does(person, r"tender|RFP|^Edit", {r"tender|RFP": r"yes|tender|RFP"}, place="sales")
    return "\n".join(
        [person.modal() or "", text_of(person, told(person, "sales")[-1]), *texts(person)[before:]]
    )


async def wants_a_discount(person, worth=WORTH, line="/deal edit Lockside 9k") -> str:
    """Ask for a lower price, and say what the thing is worth to them where that is asked; return what was said."""
    said = await asks(person, line, "sales")
    if not person.modal() and label(told(person, "sales")[-1].blocks, r"worth|value|words"):
        await presses(person, r"worth|value|words", where="sales")
    said = "\n".join([said, person.modal() or ""])
    if person.modal():
        await fills_in(person, {r"worth|words": worth})
    return said


def requests_of(manager):
    return [one for one in told(manager) if "Lockside" in text_of(manager, one) and label(one.blocks, GRANT)]


async def test_a_tender_asks_whether_to_go_into_it(ana):
    """Go or no-go (#46): did we shape it, do we reach who decides, what would we challenge?"""
    said = await flagged(ana)
    for pattern in (r"shape", r"who decides|decision maker|access", r"challenge"):
        assert re.search(pattern, said, re.IGNORECASE), said


async def test_a_tender_that_is_none_of_ours_gets_a_no_go_with_its_reason(ana):
    """Three times no (#46): it says no-go and why, and leaves the choice to the rep."""
    await flagged(ana)
    if not ana.modal():
        await presses(ana, r"go|answer|decide", where="sales")
    answers = {r"shape": r"^no", r"decides|decision|access": r"^no", r"challenge": "Nothing"}
    await fills_in(ana, answers)
    said = "\n".join([ana.modal() or "", text_of(ana, told(ana, "sales")[-1]), *texts(ana)[-1:]])
    assert re.search(r"no[- ]go", said, re.IGNORECASE), said
    assert "lost" not in (await card(ana, "Lockside")).splitlines()[0].lower()


async def test_tenders_have_a_win_rate_of_their_own(ana, team):
    """Tenders beside the rest (#46): one of two won, among the team's win rates."""
    for number, name in enumerate(("Granary", "Quayside")):
        await books.stands(team, name)
        await flagged(ana, name)
        if ana.modal():
            await ana.closes(everything=True)
        await ana.says(f"/deal won {name}" if number else f"/deal lost {name} price", channel="sales")
    said = await asks(team.person("mia"), "/team winrates", "sales")
    assert re.search(r"tender[^\n]*\b1 of 2\b", said, re.IGNORECASE), said


async def test_value_comes_before_a_discount(ana):
    """Below the list in mid-month (#50): what is it worth to them, in their words? No manager is needed."""
    said = await wants_a_discount(ana)
    assert IN_WORDS.search(said), said
    assert WORTH in await card(ana, "Lockside")
    assert re.search(r"\$9,000|\$9k", await card(ana, "Lockside"))


async def test_a_discount_in_mid_month_asks_no_manager(ana, team):
    """Only the last days are guarded (#51); holds today and must stay so."""
    await wants_a_discount(ana)
    assert requests_of(team.person("mia")) == []


async def test_without_the_customers_words_nothing_is_asked_for(ana, team):
    """An empty answer is none (#50, #51): the form says so, no manager is written to, the price stands."""
    await team.jump(LAST_DAYS, books.HERE)
    await wants_a_discount(ana, worth="\u200b")
    assert ana.modal_errors()
    await ana.closes(everything=True)
    assert requests_of(team.person("mia")) == []
    assert re.search(r"\$12,000|\$12k", (await card(ana, "Lockside")).splitlines()[0])


async def test_in_the_last_days_a_manager_is_asked_with_the_customers_words(ana, team):
    """The month's end (#51, #52): the price stands until a manager's yes, who reads list, wish and the words."""
    await team.jump(LAST_DAYS, books.HERE)
    await wants_a_discount(ana)
    (request,) = requests_of(team.person("mia"))
    said = text_of(team.person("mia"), request)
    assert WORTH in said
    assert re.search(r"\$9,000|\$9k", said)
    assert re.search(r"\$12,000|\$12k", said)
    assert re.search(r"25\s?%", said), said
    assert re.search(r"\$12,000|\$12k", (await card(ana, "Lockside")).splitlines()[0])


async def test_a_yes_lowers_the_price_and_tells_the_rep(ana, team):
    """Granted (#51): in place for the manager, a word to the rep, the new price on the card."""
    mia = team.person("mia")
    await team.jump(LAST_DAYS, books.HERE)
    await wants_a_discount(ana)
    (request,) = requests_of(mia)
    count = len(told(ana))
    await presses(mia, GRANT, where=team.dm("mia"))
    assert label(request.blocks, GRANT) is None
    assert re.search(r"\$9,000|\$9k", (await card(ana, "Lockside")).splitlines()[0])
    assert "Lockside" in "\n".join(texts(ana)[count:])


async def test_a_no_leaves_the_price_and_says_why(ana, team):
    """Refused (#51): the price stands, and the rep reads the manager's reason."""
    mia = team.person("mia")
    await team.jump(LAST_DAYS, books.HERE)
    await wants_a_discount(ana)
    count = len(told(ana))
    assert requests_of(mia)
    await does(mia, r"^(no\b|refuse|decline|deny)", {r"why|reason|say": "They have the budget in October"})
    assert re.search(r"\$12,000|\$12k", (await card(ana, "Lockside")).splitlines()[0])
    assert "budget in October" in "\n".join([*texts(ana)[count:], *texts(ana, "sales")])


async def test_a_form_is_no_way_round_the_guard(ana, team):
    """The guard sits on the price, not on the command (#51): the card's form asks the same."""
    await team.jump(LAST_DAYS, books.HERE)
    await card(ana, "Lockside")
    await does(ana, r"^Edit|amount|value", {r"value|amount": "9k"}, place="sales")
    said = "\n".join([ana.modal() or "", *ana.modal_errors().values(), text_of(ana, told(ana, "sales")[-1])])
    assert IN_WORDS.search(said), said
    if ana.modal():
        await ana.closes(everything=True)
    assert re.search(r"\$12,000|\$12k", (await card(ana, "Lockside")).splitlines()[0])


async def test_a_month_with_nothing_to_report_says_so(ana, team):
    """The monthly report (#51, #52): share closed and margin given in the last five days, or “nothing to report”."""
    mia = team.person("mia")
    for day in range(1, 25, 3):
        await books.was_won(
            team, f"Sale {day}", books.TODAY - books.days(day), value=12_000_00, product="GTX"
        )
    count = len(told(mia))
    for day in (1, 2, 5, 6):
        for hour in ("09:30", "13:30", "16:40"):
            await team.jump(f"2026-10-{day:02} {hour}", books.HERE)
    said = "\n".join(texts(mia)[count:])
    assert re.search(r"last (five|5) days|month.end", said, re.IGNORECASE), said
    assert re.search(r"nothing to report|not enough", said, re.IGNORECASE), said
