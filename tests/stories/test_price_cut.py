"""Lower prices: the first of several managers decides, a win waits with its day, an answer comes once (#50, #51)."""

import pytest
from sqlmodel import select

from sales.pipeline.opportunity import Stage
from storage.people.team import every_team, set_managers
from storage.pipeline.opportunity import OpportunityRow
from tests.known import WORKSPACE
from tests.sales_story import opens_deal

HERE = "Europe/Ljubljana"
WORTH = "What is this worth to them, in their words?"
pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
async def ana(team):
    await team.jump("2026-09-29 16:00", HERE)  # Ben begins his day far to the west
    await opens_deal(team.person("ana"), "/deal Acme 24k", "sales")
    return team.person("ana")


async def asks(ana, line):
    await ana.says(line, channel="sales")
    await ana.fills(WORTH, "Two hours a day")
    await ana.submits()
    said = ana.modal()
    await ana.closes(everything=True)
    return said


async def acme(team):
    async with team.bot.database.read(WORKSPACE) as scope:
        row = await scope.session.get(OpportunityRow, 1)
        return row.stage, row.value_minor, row.closed_on and row.closed_on.isoformat(), row.worth


async def test_a_win_at_a_lower_price_waits_and_counts_from_its_day(ana, team):
    mia = team.person("mia")
    said = await asks(ana, "/deal won Acme 20k")
    assert "Asked Mia Horvat for $20,000, 17% below $24,000." in said
    assert "won as of Tue 29 Sep" in said
    assert await acme(team) == (Stage.OPEN, 24_000_00, None, "Two hours a day")
    await team.jump("2026-10-02 10:00", HERE)
    await mia.clicks("Grant")
    assert await acme(team) == (Stage.WON, 20_000_00, "2026-09-29", "Two hours a day")
    assert any("Mia Horvat said yes: Acme is at $20,000, won as of Tue 29 Sep." in one for one in ana.sees())


async def test_the_first_manager_decides_and_the_second_sees_it(ana, team):
    mia, ben = team.person("mia"), team.person("ben")
    async with team.bot.database.write(WORKSPACE) as scope:
        (sells,) = await every_team(scope)
        await set_managers(scope, sells.id, [mia.person.id, ben.person.id])
    await asks(ana, "/deal edit Acme 20k")
    await ben.clicks("No…")
    await mia.clicks("Grant")
    await team.server.settled()
    assert "Granted by Mia Horvat" in ben.sees()[-1]  # in place, without a press
    await ben.fills("Why not? They read it as you write it.", "Too much")
    await ben.submits()
    assert "Granted by Mia Horvat" in ben.sees()[-1]
    assert (await acme(team))[1] == 20_000_00
    assert sum("said yes" in one or "said no" in one for one in ana.sees()) == 1


def wishes(mia):
    """What a manager has in front of them of each wish, the oldest first."""
    return [one for one in mia.sees() if "asks for" in one]


async def test_another_wish_and_a_loss_leave_nothing_to_grant(ana, team):
    """What is not asked for any more says so without a press, and has no buttons (#51)."""
    mia = team.person("mia")
    await asks(ana, "/deal edit Acme 20k")
    before = wishes(mia)[0]
    assert "[Grant]" in before
    await asks(ana, "/deal edit Acme 21k")
    await team.server.settled()
    first, second = wishes(mia)
    assert "Withdrawn: it is not asked for any more." in first
    assert "[Grant]" not in first
    assert "[Grant]" in second
    await ana.says("/deal lost Acme price", channel="sales")
    await team.server.settled()
    assert not any("[Grant]" in one for one in wishes(mia))
    assert "waits for a manager" not in (await ana.says("/deal Acme", channel="sales"))[0]
    await ana.says("/rainmaker undo", channel="sales")
    await team.server.settled()
    assert "[Grant]" in wishes(mia)[1]


async def test_a_wish_that_is_taken_back_leaves_no_buttons_and_the_one_before_it_waits_again(ana, team):
    mia = team.person("mia")
    await asks(ana, "/deal edit Acme 20k")
    await asks(ana, "/deal edit Acme 21k")
    await ana.says("/rainmaker undo", channel="sales")
    await team.server.settled()
    (first,) = wishes(mia)
    assert "$20,000" in first
    assert "[Grant]" in first
    assert "This is not asked for any more: the deal or the wish was taken back." in mia.sees()[-1]


@pytest.mark.parametrize("answer", ["yes", "no"])
async def test_an_answer_that_is_taken_back_waits_again_everywhere(ana, team, answer):
    """The manager has their buttons again, the rep is told and no message says otherwise (#51)."""
    mia = team.person("mia")
    await asks(ana, "/deal edit Acme 20k")
    if answer == "yes":
        await mia.clicks("Grant")
    else:
        await mia.clicks("No…")
        await mia.fills("Why not? They read it as you write it.", "Too much")
        await mia.submits()
    await team.server.settled()
    assert any(f"Mia Horvat said {answer}" in one for one in ana.sees())
    await mia.says("/rainmaker undo", channel="sales")
    await team.server.settled()
    assert (await acme(team))[:2] == (Stage.OPEN, 24_000_00)
    assert "[Grant] [No…]" in wishes(mia)[-1]
    told = ana.sees()
    assert not any(f"Mia Horvat said {answer}" in one for one in told)
    assert any("This answer was taken back: Acme is at $24,000." in one for one in told)
    assert (
        "Mia Horvat took back their answer: Acme is at $24,000. $20,000 waits for a manager's yes again."
        in told[-1]
    )
    assert "$20,000 waits for a manager's yes" in (await ana.says("/deal Acme", channel="sales"))[0]
    await mia.clicks("Grant")
    assert (await acme(team))[:2] == (Stage.OPEN, 20_000_00)
    assert "Mia Horvat said yes: Acme is at $20,000." in ana.sees()[-1]


async def test_who_manages_the_team_or_is_asked_by_nobody_decides_alone(ana, team):
    mia = team.person("mia")
    await mia.says("/rainmaker settings", channel="sales")
    await mia.chooses("Your team", ["Reality check"])
    await mia.submits()
    await mia.closes(everything=True)
    await asks(ana, "/deal edit Acme 20k")
    assert (await acme(team))[1] == 20_000_00
    assert not any("asks for" in one for one in mia.sees())


async def test_a_form_keeps_the_rest_and_asks_about_the_price_alone(ana, team):
    await ana.says("/deal edit Acme", channel="sales")
    await ana.fills("Account", "Acme Corp")
    await ana.fills("Value", "20k")
    await ana.submits()
    await ana.closes(everything=True)
    (said,) = await ana.says("/deal Acme", channel="sales")
    assert "Account: Acme Corp" in said
    assert "$24,000" in said


async def value_of(team, name):
    async with team.bot.database.read(WORKSPACE) as scope:
        rows = await scope.session.exec(select(OpportunityRow).where(OpportunityRow.name == name))
        row = rows.one()
        return row.stage, row.value_minor


async def test_slices_add_up(ana, team):
    """Rounding is free, the second slice is not (#51); overnight it is the same."""
    (said,) = await ana.says("/deal edit Acme 23.7k", channel="sales")
    assert "value $23,700, was $24,000" in said
    assert "is 2% below $24,000" in await asks(ana, "/deal edit Acme 23.4k") or ana.modal() is None
    await team.jump("2026-09-30 10:00", HERE)
    said = await asks(ana, "/deal edit Acme 23.4k")
    assert "Asked Mia Horvat for $23,400, 3% below $24,000." in said
    assert (await acme(team))[1] == 23_700_00


async def test_a_slip_put_right_is_no_discount(ana, team):
    await ana.says("/deal edit Acme 42k", channel="sales")
    (said,) = await ana.says("/deal edit Acme 24k", channel="sales")
    assert "value $24,000, was $42,000" in said
    assert ana.modal() is None


async def test_a_merge_lowers_no_price_in_the_last_days(ana, team):
    """By a line, from the card, or from the audit: the higher price stays, and the lower one can be asked for (#51)."""
    await opens_deal(ana, "/deal Bypass two 8k", "sales")
    (said,) = await ana.says("/deal merge Acme into “Bypass two”", channel="sales")
    assert "It stands at $24,000. Not kept of Bypass two: $8,000." in said
    assert (
        "In the last days of a month a price is not lowered by merging. To ask for $8,000, type it in Edit…."
        in said
    )
    said = await asks(ana, "/deal edit “Bypass two” 8k as typed")
    assert "Asked Mia Horvat for $8,000, 67% below $24,000." in said
    assert await value_of(team, "Bypass two") == (Stage.OPEN, 24_000_00)


async def test_a_suspect_lowered_and_won_is_asked_about(ana, team):
    await ana.says("/deal Suspecto 20k", channel="sales")
    (said,) = await ana.says("/deal edit Suspecto 12k", channel="sales")
    assert "value $12,000, was $20,000" in said
    said = await asks(ana, "/deal won Suspecto")
    assert "Asked Mia Horvat for $12,000, 40% below $20,000." in said
    assert await value_of(team, "Suspecto") == (Stage.SUSPECT, 12_000_00)
    await team.person("mia").clicks("Grant")
    assert await value_of(team, "Suspecto") == (Stage.WON, 12_000_00)


async def test_a_loss_made_cheaper_and_opened_again_is_asked_about(ana, team):
    await ana.says("/deal lost Acme price", channel="sales")
    await ana.says("/deal Acme", channel="sales")
    await ana.clicks("Edit…")
    await ana.fills("Value", "12k")
    await ana.submits()
    await ana.says("/deal reopen Acme", channel="sales")
    assert "Asked Mia Horvat for $12,000, 50% below $24,000." in await asks(ana, "/deal won Acme")
