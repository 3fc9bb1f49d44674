"""Rates of other currencies: set in Slack, listed there, taken back there, and what a file's deals come to by them."""

import pytest

from bot.imports.report import notes
from handlers.imports.files.run import bring_in
from tests.known import WORKSPACE
from tests.setup_story import sets_up

FILE = """id,name,owner,stage,value,currency,closed
D1,Acme,Ana Kovač,won,1000,EUR,2026-03-02
D2,Bolt,Ana Kovač,open,2000,EUR,
D3,Cray,Ana Kovač,open,3000,USD,
"""


async def imported(team, tmp_path):
    path = tmp_path / "deals.csv"
    path.write_text(FILE)
    return await bring_in(team.bot.database, WORKSPACE, path, team.clock.now)


def causes(tally):
    return [(cause.rows, cause.reason) for cause in tally.causes.largest_first]


async def test_a_manager_sets_a_rate_and_the_next_import_takes_the_deals(team, tmp_path):
    before = await imported(team, tmp_path)
    [(rows, why)] = causes(before)
    assert (rows, before.files[0].added) == (2, 1)
    assert "`/team rate EUR …`" in why

    mia = team.person("mia")
    said = (await mia.says("/team rate EUR 1.08"))[0]
    assert "1 EUR is 1.08 USD, from the start. A deal of €1,000 comes to $1,080." in said
    tally = await imported(team, tmp_path)
    assert (tally.files[0].added, tally.refused) == (2, 0)
    assert "2 deals in EUR taken by your team's rate: 2 at 1.08." in notes(tally)
    again = await imported(team, tmp_path)
    assert (again.files[0].changed, again.files[0].unchanged) == (0, 3)

    said = (await mia.says("/team rate EUR 1.20"))[0]
    assert "1 EUR is 1.2 USD, from Mon 14 Sep; until then it is 1.08." in said
    tally = await imported(team, tmp_path)
    assert (tally.files[0].changed, tally.files[0].unchanged) == (1, 2)
    assert "2 deals in EUR taken by your team's rate: 1 at 1.08 and 1 at 1.2." in notes(tally)
    ana = team.person("ana")
    assert "$1,080" in (await ana.says("/deal Acme"))[-1] + ana.sees()[-1]
    assert "$2,400" in (await ana.says("/deal Bolt"))[-1]


async def test_rates_are_listed_removed_and_brought_back(team):
    mia = team.person("mia")
    assert "None yet." in (await mia.says("/team rates"))[0]
    await mia.says("/team rate EUR 1.08")
    await mia.says("/team rate EUR 1.10 from 1 Oct 2026")
    await mia.says("/team rate 100 JPY = 0.67 USD")
    shown = (await mia.says("/team rates"))[0]
    assert "1 EUR = 1.1 USD, from Thu 1 Oct [Remove]" in shown
    assert "1 EUR = 1.08 USD, from the start · holds today [Remove]" in shown
    assert "1 JPY = 0.0067 USD, from the start · holds today" in shown
    await mia.clicks("Remove", near="1 EUR = 1.1")
    assert "1.1 USD" not in mia.sees()[-1]
    await mia.says("/rainmaker undo")
    assert "1 EUR = 1.1 USD, from Thu 1 Oct" in (await mia.says("/team rates"))[0]


async def test_a_rate_is_taken_back_by_its_button(team):
    mia = team.person("mia")
    await mia.says("/team rate EUR 1.8")
    await mia.clicks("Undo")
    assert "None yet." in (await mia.says("/team rates"))[0]
    await mia.says("/team rate EUR 1.08")
    await mia.says("/team rate EUR 1.8 from the start")
    await mia.clicks("Undo")
    assert "1 EUR = 1.08 USD, from the start" in (await mia.says("/team rates"))[0]


async def test_a_rate_that_stands_already_is_not_set_again(team):
    mia = team.person("mia")
    await mia.says("/team rate EUR 1.08")
    assert "already" in (await mia.says("/team rate EUR 1.080"))[0]
    assert (await mia.says("/team rates"))[0].count("1 EUR") == 1


async def test_what_is_not_sure_is_asked_and_one_tap_answers(team):
    mia = team.person("mia")
    asked = (await mia.says("/team rate EUR 1,085"))[0]
    assert "[1.085]" in asked
    assert "[1085]" in asked
    await mia.clicks("1.085")
    assert "1 EUR is 1.085 USD" in mia.sees()[-1]


async def test_a_rep_reads_the_rates_and_sets_none(team):
    await team.person("mia").says("/team rate EUR 1.08")
    ana = team.person("ana")
    shown = (await ana.says("/team rates"))[0]
    assert "1 EUR = 1.08 USD" in shown
    assert "[Remove]" not in shown
    assert "managers" in (await ana.says("/team rate EUR 2"))[0]
    assert "1.08 USD" in (await ana.says("/team rates"))[0]


async def test_whoever_manages_several_teams_says_or_is_asked_which(team):
    team.server.workspace.add_person("U5", "eva", "Eva West", tz="Europe/Ljubljana")
    mia = team.person("mia")
    await sets_up(mia, "West", ["eva"])
    await mia.closes()
    assert "Which team?" in (await mia.says("/team rate GBP 1.15 from today"))[0]
    await mia.clicks("West")  # which counts in dollars, as her first team does
    assert "1 GBP is 1.15 USD, from Mon 14 Sep; days before have no rate." in mia.sees()[-1]
    await mia.says("/team rate GBP 1.27 for Field")
    assert "1 GBP = 1.27 USD" in (await mia.says("/team rates Field"))[0]
    assert "1 GBP = 1.15 USD" in (await mia.says("/team rates West"))[0]


@pytest.mark.parametrize(
    "typed",
    [
        "what's the rate of EUR 1.08",
        "set the exchange rate for EUR to 1.08",
        "1 EUR = 1.08",
        "1 euro is 1.08 USD",
    ],
)
async def test_a_rate_is_set_in_plain_words(team, typed):
    mia = team.person("mia")
    await mia.says(typed.removeprefix("what's "))
    assert "1 EUR is 1.08 USD" in mia.sees()[-1]
    assert "1 EUR = 1.08 USD" in (await mia.says("exchange rates"))[-1]
