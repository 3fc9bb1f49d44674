"""Scores and sources as they are lived with: what a manager reads, what a rep reads of one deal, and month by month."""

from datetime import date, timedelta

import pytest

from sales.language.names.match import name_key
from sales.pipeline.opportunity import Stage
from sales.prospects.lead import Lead
from sales.prospects.score.scoring import ScoreBasis
from storage.pipeline.account import AccountRow
from storage.pipeline.opportunity import OpportunityRow
from storage.prospects.lead import add_lead
from storage.prospects.score.month import scoring_of_month
from tests.known import T0, WORKSPACE
from tests.sales_story import deal

pytestmark = pytest.mark.engines("sqlite")
TODAY, DAY = date(2026, 9, 14), timedelta(days=1)
TURN = (("Referral", "Logistics", 60, 12), ("Cold list", "Retail", 10, 70))


async def decided(town, groups=TURN, owner="U1", first=3, step=4):
    """Decided deals of some sources and sectors, each with an account of its own, one every few days."""
    async with town.bot.database.write(WORKSPACE) as scope:
        for source, sector, won, lost in groups:
            for number in range(won + lost):
                name, on = f"{source} {sector} {first}-{number}", TODAY - (first + number * step) * DAY
                stage = Stage.WON if number * 29 % (won + lost) < won else Stage.LOST
                made = {**deal(owner, on - 30 * DAY, on, stage, 4_000_00, name), "account": name}
                scope.session.add(OpportunityRow.model_validate({**made, "source": source}))
                scope.session.add(
                    AccountRow(workspace_id=WORKSPACE, name=name, name_key=name_key(name), sector=sector)
                )


async def stands_open(town, name, source, sector="", owner="U1"):
    async with town.bot.database.write(WORKSPACE) as scope:
        made = {**deal(owner, TODAY - 5 * DAY, None, Stage.OPEN, 4_000_00, name), "account": name}
        scope.session.add(OpportunityRow.model_validate({**made, "source": source}))
        if sector:
            scope.session.add(
                AccountRow(workspace_id=WORKSPACE, name=name, name_key=name_key(name), sector=sector)
            )


async def test_a_manager_reads_how_good_scores_are(team):
    await decided(team)
    (said,) = await team.person("mia").says("/team scoring")
    assert "Scoring: Field" in said
    assert "Learned from 152 outcomes of deals, 70 won." in said
    assert "They look at 2 facts: sector and source." in said
    assert "source Referral (60 of 72 won), up" in said
    assert "Ana" not in said


async def test_too_few_outcomes_say_how_many_there_are(team):
    await decided(team, [("Referral", "Logistics", 20, 14)])
    (said,) = await team.person("mia").says("/team scoring")
    assert "Not enough yet: 34 outcomes of deals, and it takes 100 to learn from." in said
    assert "Brier" not in said.partition("Brier: 0 is perfect")[0]


async def test_a_deal_says_its_score_and_why(team):
    await decided(team)
    await stands_open(team, "Birch Shops", "Cold list", "Retail")
    ana = team.person("ana")
    (card,) = await ana.says("/deal Birch Shops")
    assert "because of" in card
    assert "source Cold list (10 of 80 won)" in card
    (said,) = await ana.says("/why score Birch Shops")
    assert "Birch Shops: " in said
    assert "of deals like this are won" in said
    assert "Speaks against it: " in said
    assert "sector Retail (10 of 80 won)" in said
    assert "Of all, 46% were won." in said
    (again,) = await ana.says("why does Birch Shops have that score?")
    assert "Speaks against it: sector Retail" in again


async def test_with_too_little_the_source_stands_in_its_place(team):
    await decided(team, [("Referral", "Logistics", 20, 14), ("Cold list", "Retail", 3, 30)])
    await stands_open(team, "Birch Shops", "Cold list", "Retail")
    ana = team.person("ana")
    (card,) = await ana.says("/deal Birch Shops")
    assert "Score " not in card
    (said,) = await ana.says("/why score Birch Shops")
    assert "Birch Shops: no score yet." in said
    assert "Source Cold list: 3 of 33 won" in said
    assert "67 outcomes" in said


async def test_of_anothers_deal_nothing_is_said(team):
    await decided(team)
    await stands_open(team, "Birch Shops", "Cold list", "Retail")
    (said,) = await team.person("ben").says("/why score Birch Shops")
    assert "No lead or deal of yours is called “Birch Shops”." in said
    (of_mia,) = await team.person("mia").says("/why score Birch Shops")
    assert "Speaks against it: " in of_mia


async def test_a_score_of_nobody_asks_whose(team):
    (said,) = await team.person("ana").says("/why score")
    assert "Whose score?" in said


async def test_only_managers_read_a_teams_scoring(team):
    (said,) = await team.person("ana").says("/team scoring")
    assert "for managers and admins" in said


async def test_a_month_later_it_says_what_changed(team):
    await decided(team)
    mia = team.person("mia")
    (said,) = await mia.says("/team scoring")
    assert "Since " not in said
    await decided(team, [("Referral", "Logistics", 2, 38)], first=1, step=0)
    await team.jump("2026-10-02 11:00", "Europe/Ljubljana")
    (said,) = await mia.says("/team scoring")
    assert "Since September: 40 more outcomes" in said
    assert "source Referral counts for less: 62 of 112 won, before 60 of 72" in said


async def test_sources_of_a_team_and_ones_own(team):
    await decided(team)
    await decided(team, [("Referral", "Logistics", 4, 6)], owner="U2", first=2)
    (of_team,) = await team.person("mia").says("/team sources")
    assert "Field: decided deals by source" in of_team
    assert "They differ by more than luck makes them" in of_team
    assert of_team.index("Referral") < of_team.index("Cold list")
    assert "64 of 82 won" in of_team
    (mine,) = await team.person("ben").says("/lead sources")
    assert "came from one source" in mine
    assert "4 of 10 won" in mine
    (same,) = await team.person("ben").says("/why sources")
    assert same == mine
    (led,) = await team.person("mia").says("/lead sources")
    assert led == of_team


async def test_a_manager_reads_in_their_look_back_what_a_month_changed(team):
    await decided(team)
    mia = team.person("mia")
    await mia.says("/team scoring")
    await decided(team, [("Referral", "Logistics", 2, 38)], first=1, step=0)
    await team.jump("2026-10-02 08:00", "Europe/Ljubljana")  # the night before has learned of them
    await team.jump("2026-10-02 10:20", "Europe/Ljubljana")
    said = "\n".join(mia.sees(team.dm("mia")))
    assert "Scoring of Field" in said
    assert "Since September: 40 more outcomes" in said
    assert "Sources of Field" in said


async def test_a_night_keeps_what_outcomes_teach(team):
    await decided(team)
    await team.jump("2026-09-15 08:00", "Europe/Ljubljana")
    async with team.bot.database.read(WORKSPACE) as scope:
        row = await scoring_of_month(scope, 1, date(2026, 9, 1), ScoreBasis.DEALS)
    assert row is not None
    assert (row.cases, row.scoring is not None) == (152, True)


async def test_of_leads_as_warm_as_each_other_the_likelier_is_called_first(team):
    await decided(team, [("Webinar", "Logistics", 60, 12), ("Podcast", "Retail", 10, 70)])
    async with team.bot.database.write(WORKSPACE) as scope:
        for name, source in (("Dana Roe", "Podcast"), ("Eli Fox", "Webinar")):
            new = Lead(name=name, account=f"{name} Works", source=source, owner_id="U1", came_at=T0 - DAY)
            await add_lead(scope, new)
    (said,) = await team.person("ana").says("/lead next", "sales")
    assert 0 < said.index("Eli Fox") < said.index("Dana Roe")
