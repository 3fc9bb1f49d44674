"""The digest, as a channel reads it: on its morning, for its audience, and whole after days of silence."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from sales.followups.activity import Activity, ActivityKind
from sales.followups.followup import FollowUp, FollowUpState
from sales.followups.next_step import NextStep
from sales.goals.goal import Goal, Metric
from sales.goals.starting_balance import WON
from sales.language.dates.period import PeriodKind, quarter
from sales.nudges.ledger import DeliveryState
from sales.people.team import Audience, Team
from sales.pipeline.opportunity import Opportunity, Stage
from sales.value import changed
from storage.followups.activity import add_activity
from storage.followups.followup import add_followup
from storage.goals.goal import add_goal
from storage.nudges.ledger.lookup import delivery_by_key
from storage.people.team import change_team, find_team_named
from storage.pipeline.opportunity import add_opportunity
from tests.known import T0, WORKSPACE
from tests.sales_story import nothing_before

Q3 = quarter(3, 2026)
WEEK = [date(2026, 9, day) for day in range(14, 21)]  # T0 is its Monday; told on Monday 21 September


async def won(town, owner, name, value, on):
    deal = Opportunity(
        name=name,
        owner_id=owner,
        stage=Stage.WON,
        value_minor=value,
        opened_on=date(2026, 7, 1),
        closed_on=on,
    )
    async with town.bot.database.write(WORKSPACE) as scope:
        await add_opportunity(scope, deal, town.clock.now())


async def promised(town, owner, on, state=FollowUpState.DONE, count=1):
    async with town.bot.database.write(WORKSPACE) as scope:
        for _ in range(count):
            made = FollowUp(owner_id=owner, who="Acme", what="call them", due_on=on, state=state)
            await add_followup(scope, made, town.clock.now())


async def set_goal(town, owner, target, metric=Metric.REVENUE):
    wanted = Goal(
        owner_id=owner,
        metric=metric,
        target=target,
        period_kind=PeriodKind.QUARTER,
        starts_on=Q3.start,
        ends_on=Q3.end,
    )
    async with town.bot.database.write(WORKSPACE) as scope:
        await add_goal(scope, wanted, owner, town.clock.now())
    if wanted.metric in WON and wanted.starts_on < T0.date():
        await nothing_before(town, wanted)


async def decided(town, **settings):
    """Let the team decide something, and its schedules follow."""
    async with town.bot.database.write(WORKSPACE) as scope:
        row = await find_team_named(scope, "Field")
        await change_team(scope, row, changed(Team, row, **settings))
        await town.set_rhythm(scope, row)


async def ledger(town, kind, day):
    async with town.bot.database.read(WORKSPACE) as scope:
        row = await find_team_named(scope, "Field")
        return await delivery_by_key(scope, f"{kind}:{WORKSPACE}:{row.id}:{day}")


def posted(town):
    """What stands in #sales."""
    return town.person("ana").sees("sales")


@pytest.fixture
async def busy(team):
    """A week with something in it: two wins, goals of both reps, commitments kept and not."""
    await set_goal(team, "U1", 60_000_00)
    await set_goal(team, "U2", 40_000_00)
    await won(team, "U1", "Acme renewal", 12_000_00, WEEK[1])
    await won(team, "U2", "Initech pilot", 8_000_00, WEEK[3])
    await promised(team, "U1", WEEK[2], count=5)
    await promised(team, "U2", WEEK[2], count=2)
    await promised(team, "U2", WEEK[2], FollowUpState.OPEN)
    return team


async def test_the_digest_comes_on_monday_at_nine_in_the_teams_zone(busy):
    await busy.jump("2026-09-21 08:59", "Europe/Ljubljana")
    assert posted(busy) == []
    await busy.jump("2026-09-21 09:00", "Europe/Ljubljana")
    (said,) = posted(busy)
    assert said.splitlines()[:2] == [
        "Rainmaker: Field · week of 14 Sep",
        "2 deals won, $20k. Q3 stands at $20k of $100k: 3 days behind, 7 working days left.",
    ]
    message = busy.server.workspace.channels["C1"].messages[-1]
    assert said.splitlines()[1] == message.text  # what a notification shows is the first line
    assert re.search(r"Initech pilot +\| Ben Ito +\| \$8,000\nAcme renewal +\| Ana Kovač +\| \$12,000", said)
    assert "7 promises kept." in said
    assert "Well done  Ana Kovač kept all 5 promises." in said
    assert "Deals as of Mon 14 Sep, 11:00." in said
    row = await ledger(busy, "digest_weekly", "2026-09-21")
    assert row.sent_at == datetime(2026, 9, 21, 7, 0, tzinfo=UTC)
    assert row.expires_at == datetime(2026, 9, 28, 7, 0, tzinfo=UTC)


async def test_the_hour_stays_on_the_wall_when_the_clocks_change(busy):
    await busy.jump("2026-10-19 10:00", "Europe/Ljubljana")
    await won(busy, "U1", "Globex", 5_000_00, date(2026, 10, 23))
    await busy.jump("2026-10-26 08:59", "Europe/Ljubljana")  # summer time ended the day before
    before = len(posted(busy))
    await busy.jump("2026-10-26 09:00", "Europe/Ljubljana")
    assert len(posted(busy)) == before + 1
    row = await ledger(busy, "digest_weekly", "2026-10-26")
    assert row.sent_at == datetime(2026, 10, 26, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("audience", "named", "everybody"),
    [(Audience.TOTALS, False, False), (Audience.WINS, True, False), (Audience.EVERYTHING, True, True)],
)
async def test_a_channel_reads_no_more_than_its_audience_may(busy, audience, named, everybody):
    await decided(busy, audience=audience)
    await busy.jump("2026-09-21 09:00", "Europe/Ljubljana")
    (said,) = posted(busy)
    assert "2 deals won, $20k." in said
    assert "7 promises kept." in said
    for word in ("Ana", "Ben", "Acme", "Initech"):
        assert (word in said) is named
    assert ("Field, by name" in said) is everybody
    if everybody:
        rows = said[said.index("Field, by name") :]
        assert rows.index("Ana Kovač") < rows.index("Ben Ito")
        assert "$12k of $60k" in rows
    assert said.lower().count("behind") <= 1  # the team's pace; nobody is called so


async def test_days_of_silence_are_covered_by_one_digest_that_says_so(busy):
    await won(busy, "U1", "Globex", 5_000_00, date(2026, 9, 22))
    await won(busy, "U2", "Hooli", 6_000_00, date(2026, 9, 30))
    await busy.jump("2026-10-06 15:20", "Europe/Ljubljana")
    (said,) = posted(busy)
    assert "Field · Mon 14 Sep to Sun 4 Oct" in said
    assert "The digests of Mon 21 Sep and Mon 28 Sep did not go out; this one covers their days too." in said
    assert "4 deals won, $31k." in said
    assert (await ledger(busy, "digest_weekly", "2026-09-28")).state is DeliveryState.SUPERSEDED
    await busy.jump("2026-10-12 12:00", "Europe/Ljubljana")  # a holiday of the team
    assert len(posted(busy)) == 1
    await busy.jump("2026-10-13 09:00", "Europe/Ljubljana")
    (over,) = posted(busy)[1:]  # nothing happened since; the quarter was settled on the day after the silence
    assert "Q3 came to $31k of $100k, 31% of the target." in over
    await busy.jump("2026-10-19 09:00", "Europe/Ljubljana")
    assert posted(busy)[2:] == []


async def test_a_digest_on_a_holiday_waits_for_the_next_working_day(busy):
    await won(busy, "U1", "Globex", 5_000_00, date(2026, 10, 7))
    await busy.jump("2026-10-06 09:00", "Europe/Ljubljana")
    before = len(posted(busy))
    await busy.jump("2026-10-12 12:00", "Europe/Ljubljana")  # Columbus Day
    assert len(posted(busy)) == before
    await busy.jump("2026-10-13 09:00", "Europe/Ljubljana")
    assert "Field · week of 5 Oct" in posted(busy)[-1]


async def test_nothing_worth_saying_is_not_said(team):
    await team.jump("2026-09-21 09:00", "Europe/Ljubljana")
    assert posted(team) == []
    row = await ledger(team, "digest_weekly", "2026-09-21")
    assert (row.state, row.last_error) == (DeliveryState.SKIPPED, "nothing worth saying")
    await won(team, "U1", "Globex", 5_000_00, date(2026, 9, 22))
    await team.jump("2026-09-28 09:00", "Europe/Ljubljana")
    (said,) = posted(team)
    assert "did not go out" not in said
    assert "Goals come next: /goal 120k this quarter sets one's own in a line." in said


async def test_one_reps_goal_is_not_told_and_not_denied(team):
    await set_goal(team, "U1", 120_000_00)
    await won(team, "U1", "Globex", 5_000_00, date(2026, 9, 16))
    await team.jump("2026-09-21 09:00", "Europe/Ljubljana")
    (said,) = posted(team)
    assert "1 of 2 reps has a goal for Q3; the team's sum comes with the others." in said
    assert "120,000" not in said


async def test_the_daily_digest_is_short_and_only_for_news(busy):
    await decided(busy, daily_digest=True)
    await busy.jump("2026-09-15 09:00", "Europe/Ljubljana")
    assert posted(busy) == []  # nothing was won or due on Monday
    await busy.jump("2026-09-16 09:00", "Europe/Ljubljana")
    (said,) = posted(busy)
    assert "Field · Tue 15 Sep" in said
    assert "Acme renewal | Ana Kovač" in said
    assert "Well done" not in said
    assert "Runway" not in said


async def test_a_digest_whose_channel_is_archived_is_dead_and_covered_later(busy):
    busy.server.workspace.channels["C1"].archived = True
    await busy.jump("2026-09-21 09:00", "Europe/Ljubljana")
    row = await ledger(busy, "digest_weekly", "2026-09-21")
    assert (row.state, row.last_error) == (DeliveryState.DEAD, "is_archived")
    busy.expected += busy.server.problems
    busy.server.workspace.channels["C1"].archived = False
    await busy.jump("2026-09-28 09:00", "Europe/Ljubljana")
    (said,) = posted(busy)
    assert "The digest of Mon 21 Sep did not go out; this one covers its days too." in said
    assert "Acme renewal" in said


async def test_the_runway_line_gives_the_date_and_what_is_needed(busy):
    for _ in range(40):
        await closed_long_ago(busy, Stage.WON, 96)
    await closed_long_ago(busy, Stage.LOST, 0)
    for owner in ("U1", "U2"):
        await set_q4_goal(busy, owner)
    await busy.jump("2026-09-21 09:00", "Europe/Ljubljana")
    (said,) = posted(busy)
    assert "Runway: 4 working days left to open deals that can still close in Q4." in said
    assert (
        "More deals are missing than can be opened in time." in said
    )  # 22 deals, of two reps who opened one each


async def closed_long_ago(town, stage, days):
    """A deal of somebody in no team, closed so many days after opening: it tells of the cycle alone."""
    deal = Opportunity(
        name="Old",
        owner_id="U9",
        stage=stage,
        value_minor=1000_00,
        opened_on=date(2025, 6, 2),
        closed_on=date(2025, 6, 2) + timedelta(days),
    )
    async with town.bot.database.write(WORKSPACE) as scope:
        await add_opportunity(scope, deal, town.clock.now())


async def set_q4_goal(town, owner):
    period = quarter(4, 2026)
    wanted = Goal(
        owner_id=owner,
        metric=Metric.REVENUE,
        target=15_000_00,
        period_kind=PeriodKind.QUARTER,
        starts_on=period.start,
        ends_on=period.end,
    )
    async with town.bot.database.write(WORKSPACE) as scope:
        await add_goal(scope, wanted, owner, town.clock.now())


async def test_next_steps_are_recognised_where_nobody_stands_out_for_commitments(team):
    async with team.bot.database.write(WORKSPACE) as scope:
        for owner, step in (
            [("U1", NextStep.AGREED)] * 5 + [("U2", NextStep.AGREED)] * 4 + [("U2", NextStep.NONE)]
        ):
            held = Activity(owner_id=owner, kind=ActivityKind.MEETING, on=WEEK[1], account="Acme")
            await add_activity(scope, held, team.clock.now(), step)
    await won(team, "U2", "Initech pilot", 8_000_00, WEEK[3])
    await team.jump("2026-09-21 09:00", "Europe/Ljubljana")
    (said,) = posted(team)
    assert "Ana Kovač left each of 5 conversations with an agreed next step." in said


async def test_the_preview_shows_the_same_to_the_asking_person_alone(busy):
    await busy.jump("2026-09-21 08:00", "Europe/Ljubljana")
    (said,) = await busy.person("ben").says("/team digest", channel="sales")
    assert "only visible to you" in said
    said, _, note = said.rpartition("\n")
    assert note == "Only you see this. It is what #sales would be told now."
    assert "Acme renewal  | Ana Kovač | $12,000" in said
    await busy.jump("2026-09-21 09:00", "Europe/Ljubljana")
    assert posted(busy)[-1].split("Field · ")[1] == said.split("Field · ")[1]
    (said,) = await busy.person("raj").says("/team digest Field")
    assert "You are in no team yet." in said


async def test_without_news_the_preview_says_why_nothing_would_be_posted(team):
    (said,) = await team.person("mia").says("/team digest")
    assert "A digest without news is not posted." in said


async def test_details_show_the_arithmetic_to_whoever_presses_as_far_as_it_is_theirs(busy):
    await busy.jump("2026-09-21 09:00", "Europe/Ljubljana")
    ben, mia = busy.person("ben"), busy.person("mia")
    before = len(posted(busy))
    await ben.clicks("Details", where="sales")
    assert "$80,000 to go in 7 working days" in ben.modal()
    assert "Promises kept  Ana Kovač 5, Ben Ito 2" in ben.modal()
    assert "Only you see this." in ben.modal()
    await ben.closes()
    await decided(busy, audience=Audience.TOTALS)
    await ben.clicks("Details", where="sales")
    assert "Ana" not in ben.modal()
    await ben.closes()
    await mia.clicks("Details", where="sales")
    assert "Ana Kovač 5, Ben Ito 2" in mia.modal()
    assert len(posted(busy)) == before
    raj = busy.person("raj")
    await raj.clicks("Details", where="sales")
    assert "The digest of Field is for its own people" in raj.sees("sales")[-1]


async def test_two_digests_agree_across_somebody_who_leaves(busy):
    await busy.jump("2026-09-21 09:00", "Europe/Ljubljana")
    await won(busy, "U1", "Globex", 5_000_00, date(2026, 9, 22))
    await busy.server.change_person("U2", deleted=True)
    await busy.jump("2026-09-28 09:00", "Europe/Ljubljana")
    (first, second) = posted(busy)
    assert "$20k of $100k" in first
    assert "$25k of $100k" in second


async def test_old_deals_are_said_to_be_old(busy):
    await promised(busy, "U1", date(2026, 9, 23), count=5)
    await busy.jump("2026-09-28 09:00", "Europe/Ljubljana")
    assert posted(busy)[-1].endswith("Deals last updated Mon 14 Sep.")
