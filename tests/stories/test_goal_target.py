"""A target and its evidence: where to begin, chance of what is typed, and a reason outside the band."""

import re
from datetime import date

from storage.goals.goal import goals_of
from tests.known import T0, WORKSPACE
from tests.sales_story import deal, record, sold

TODAY = T0.date()


async def targets(town, owner="U1"):
    async with town.bot.database.read(WORKSPACE) as scope:
        return [row.target for row in await goals_of(scope, owner, 50)]


async def test_a_line_is_answered_with_its_chance_and_where_to_begin(field):
    (said,) = await field.person("ana").says("/goal 45k next quarter")
    assert (
        "$45k, from 1 Oct · chance 35%\n"
        "Q2 2026 brought $56,477; a tenth more is about $62,200, chance 5% (unrealistic)." in said
    )


async def test_a_target_outside_the_band_takes_a_reason(field):
    ana = field.person("ana")
    (refused,) = await ana.says("/goal 500k this quarter")
    assert "By your record $500,000 revenue in Q3 2026 is unrealistic: chance under 1%." in refused
    assert (
        "Say in a few words why it is right, or aim for about $18,200, which is as likely hit as" in refused
    )
    assert "Try /goal 500k this quarter because two big renewals" in refused
    (easy,) = await ana.says("/goal 10k next quarter")
    assert "is too easy: chance " in easy
    (reached,) = await ana.says("/goal 12k this quarter")
    assert "$12,000 revenue in Q3 2026 is reached already, with $12,335." in reached
    assert await targets(field) == []
    (saved,) = await ana.says("/goal 500k this quarter because two big renewals")
    assert "Goal saved: $500,000 revenue in Q3 2026." in saved
    assert await targets(field) == [500_000_00]


async def test_the_target_that_is_offered_is_as_likely_hit_as_not(field):
    ana = field.person("ana")
    (saved,) = await ana.says("/goal 18.2k this quarter")
    assert "· chance 50%" in saved


async def test_a_manager_is_shown_the_whole_line_that_would_do(field):
    (refused,) = await field.person("mia").says("/goal set @ana 500k this quarter")
    assert "Try /goal @ana 500k this quarter because two big renewals" in refused


async def test_the_form_shows_the_chance_while_the_target_is_set(field):
    ana = field.person("ana")
    await ana.says("/goal set")
    assert (
        "Q2 2026 brought $56,477; a tenth more is about $62,200, chance under 1% (unrealistic)."
        in ana.modal()
    )
    await ana.chooses("By when", "Q4 2026, until Thu 31 Dec 2026")
    assert "about $62,200, chance 5% (unrealistic)." in ana.modal()
    await ana.fills("Target", "45k")
    assert "$45,000 revenue: chance 35% (stretch)." in ana.modal()
    await ana.chooses("What to measure", "Deals won")
    assert "“45k” is not a whole number." in ana.modal()
    assert "Q2 2026 brought 15 deals; a tenth more is about 17 deals" in ana.modal()
    await ana.fills("Target", "40")
    assert "40 deals won: chance under 1% (unrealistic). Saving it takes a reason, below." in ana.modal()
    await ana.submits()
    assert "By your record 40 deals won in Q4 2026 is unrealistic" in ana.modal_errors()["Why this target?"]
    await ana.fills("Why this target?", "the north is mine now")
    await ana.submits()
    assert "Goal saved: 40 deals won in Q4 2026." in ana.modal()


async def test_changing_a_target_takes_a_reason_as_well(field):
    ana = field.person("ana")
    await ana.says("/goal 15k this quarter")
    await ana.says("/goal 500k this quarter because of a renewal")
    await ana.clicks("Change to $500,000")
    assert "is unrealistic: chance under 1%." in ana.sees()[-1]
    assert "Try /goal edit" in ana.sees()[-1]
    await ana.says("/goal edit revenue")
    await ana.fills("Target", "500k")
    assert "$500,000 revenue: chance under 1% (unrealistic)." in ana.modal()
    await ana.submits()
    assert "is unrealistic" in ana.modal_errors()["Why this target?"]
    await ana.fills("What made you change it?", "a renewal came up")
    await ana.submits()
    assert "Goal changed: $500,000 revenue in Q3 2026" in ana.modal()


async def test_a_new_rep_is_asked_what_a_new_rep_can_reach(team):
    await sold(team, record(owners=("U2", "U9")))
    await sold(team, [deal("U1", date(2026, 8, 31))])
    ana = team.person("ana")
    await ana.says("/goal set")
    assert "On record since Mon 31 Aug 2026, " in ana.modal()
    assert "of a full target is asked while ramping up: about $" in ana.modal()


async def test_a_joiners_target_may_grow_and_its_months_add_up(team):
    mia = team.person("mia")
    await mia.says("/goal set @ben", channel="sales")
    await mia.fills("Target", "60k")
    await mia.chooses("By when", "Q4 2026, until Thu 31 Dec 2026")
    said = mia.modal()
    months = re.findall(r"(?:October|November|December) \$([\d,]+)", said)
    assert sum(int(one.replace(",", "")) for one in months) == 60_000
    assert "together $60,000." in said
    await mia.chooses("New here?", ["Ramp up: let the target grow"])
    await mia.submits()
    await mia.closes(everything=True)
    ben = team.person("ben")
    await team.jump("2026-10-30 10:00", "America/New_York")
    await ben.says("/goal", channel="sales")
    await ben.chooses("⋯", "Details", near="Q4 revenue")
    shown = ben.sees("sales")[-1]
    assert "where the ramp asks for" in shown
    assert "together $60,000." in shown
