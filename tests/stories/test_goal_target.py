"""A target and its evidence: where to begin, chance of what is typed, and a reason outside the band."""

import re
from datetime import date

from sales.pipeline.opportunity import Stage
from storage.goals.goal import goals_of
from storage.people.member import mark_welcomed
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
    assert "because two big renewals" not in refused  # nobody's reason is made up for them
    await ana.clicks("Say why…")
    form = ana.modal() or ""
    assert "‘$500,000’" in form
    assert "By when: (Q3 2026, until Wed 30 Sep 2026)" in form
    await ana.closes()
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
    assert "[Aim for $18,200] [Say why…]" in refused
    await field.person("mia").clicks("Aim for $18,200")
    assert "Goal saved for @Ana Kovač: $18,200 revenue in Q3 2026." in field.person("mia").sees()[-1]


async def test_whoever_has_nothing_on_record_is_asked_what_is_won_before_a_target_is_called_anything(field):
    nina = field.person("mia")
    (saved,) = await nina.says("/goal 300k this quarter")
    assert "Goal saved: $300,000 revenue in Q3 2026.\nWhat have you already won in Q3?" in saved
    assert "unrealistic" not in saved
    assert "By your record" not in saved
    (refused,) = await nina.says("/goal 300k next quarter")
    assert "By what the team's reps bring $300,000 revenue in Q4 2026 is unrealistic" in refused


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
    await ana.says("/goal 15k this quarter because of last year")
    await ana.says("/goal 500k this quarter")
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
    assert "Why: a renewal came up" in ana.modal()
    assert "last year" not in ana.modal()


async def test_a_reason_goes_with_the_target_it_was_given_for(field):
    ana, mia = field.person("ana"), field.person("mia")
    await ana.says("/goal 500k this quarter because of two tenders")
    (said,) = await mia.says("/goal @ana 600k this quarter because the third tender is out")
    assert "it was $500,000" in said
    await field.jump("09:30", "Europe/Ljubljana")
    assert any("Why: the third tender is out" in one for one in ana.sees())
    await mia.says("/goal @ana 18k this quarter")
    await mia.clicks("Change to $18,000")
    await field.jump("10:30", "Europe/Ljubljana")
    (told,) = [one for one in ana.sees() if "your goal: $18,000" in one]
    assert "tender" not in told


async def test_a_new_rep_is_asked_what_a_new_rep_can_reach(team):
    await sold(team, record(owners=("U2", "U9")))
    await sold(team, [deal("U1", date(2026, 8, 31))])
    ana = team.person("ana")
    await ana.says("/goal set")
    assert "On record since Mon 31 Aug 2026, " in ana.modal()
    assert "of a full target is asked while ramping up: about $" in ana.modal()


async def test_the_day_somebody_came_is_the_same_on_every_day(team):
    await sold(team, record(owners=("U2", "U9")))
    ana = team.person("ana")
    await ana.says("/goal set")
    assert "With nothing on record yet, " in ana.modal()
    await ana.closes()
    async with team.bot.database.write(WORKSPACE) as scope:
        await mark_welcomed(scope, "U1", T0)
    said = set()
    for day in ("2026-09-21", "2026-09-24"):
        await team.jump(f"{day} 10:00", "Europe/Ljubljana")
        await ana.says("/goal set")
        await ana.chooses("By when", "Q4 2026, until Thu 31 Dec 2026")
        said.add(re.search(r"On record since Mon 14 Sep 2026, .* about (\$\S+)", ana.modal())[1])
        await ana.closes()
    assert len(said) == 1


async def test_a_reached_target_of_one_win_is_set_beside_no_other(team):
    await sold(team, [deal("U1", date(2026, 5, 4), date(2026, 9, 7), Stage.WON, 300_000_00)])
    ana = team.person("ana")
    (said,) = await ana.says("/goal 150k this quarter")
    assert "$150,000 revenue in Q3 2026 is reached already, with $300,000." in said
    assert "as likely hit as not" not in said
    assert "Aim for" not in said


async def test_a_week_of_calls_is_called_this_week(team):
    ana = team.person("ana")
    (saved,) = await ana.says("/goal 50 calls this week")
    assert "Goal saved: 50 calls, 14 Sep – 20 Sep 2026." in saved
    (said,) = await ana.says("/goal")
    assert "This week’s calls  0 of 50" in said


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
