"""After a silence: each kind is made up for in its own way, nothing twice, and everything is accounted for."""

from datetime import UTC, date, datetime, timedelta

from sqlmodel import col, select, update

from sales.goals.goal import Goal, Metric
from sales.language.dates.period import PeriodKind, quarter
from sales.nudges.end_of_day import END_OF_DAY
from sales.nudges.ledger import LATE, DeliveryState
from sales.pipeline.opportunity import Opportunity, Stage
from storage.goals.goal import add_goal
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.schedule.due import find_schedule
from storage.nudges.schedule.rows import ScheduleRow
from storage.people.member import MemberRow, find_member
from storage.pipeline.opportunity import add_opportunity
from tests.known import T0, WORKSPACE

HOME = "Europe/Ljubljana"
LOST = "Europe/Atlantis"


async def rows(town, kind, **like):
    """What the ledger holds of a kind, by its occurrence keys."""
    async with town.bot.database.read(WORKSPACE) as scope:
        asked = select(DeliveryRow).where(DeliveryRow.kind == kind).order_by(col(DeliveryRow.occurrence_key))
        found = list(await scope.session.exec(asked))
    return [row for row in found if all(getattr(row, name) == value for name, value in like.items())]


async def won(town, name, on, days=96):
    deal = Opportunity(
        name=name, owner_id="U1", stage=Stage.WON, value_minor=1_000_00, opened_on=on - timedelta(days), closed_on=on
    )  # fmt: skip
    async with town.bot.database.write(WORKSPACE) as scope:
        await add_opportunity(scope, deal, town.clock.now())


def prompts(town):
    return [
        text
        for text in town.person("ana").sees()
        if "promise is still open" in text or "promise was still open" in text
    ]


async def test_of_several_evenings_only_the_last_is_asked_about_and_the_others_are_on_record(team):
    await team.person("ana").says("/followup Acme today send the ROI sheet")
    await team.jump("2026-09-17 17:05", HOME)  # from Monday morning to Thursday evening
    assert len(prompts(team)) == 1
    mine = await rows(team, END_OF_DAY, user_id="U1")
    assert [(row.intent["day"], row.state, row.last_error) for row in mine] == [
        ("2026-09-14", DeliveryState.SKIPPED, "late"),
        ("2026-09-15", DeliveryState.SKIPPED, "late"),
        ("2026-09-16", DeliveryState.SKIPPED, "late"),
        ("2026-09-17", DeliveryState.SENT, None),
    ]
    assert mine[-1].priority == LATE
    [said] = await team.person("ana").says("/why not")
    assert "before it could be sent" in said
    await team.jump("2026-09-17 17:50", HOME)
    assert len(prompts(team)) == 1


async def test_a_friday_slept_through_comes_once_on_monday_and_says_friday(team):
    await team.person("ana").says("/followup Acme fri send the ROI sheet")
    await team.jump("2026-09-21 08:01", HOME)  # nobody was there since Monday the week before
    [said] = prompts(team) or [text for text in team.person("ana").sees() if "was still open" in text]
    assert "For Fri 18 Sep: 1 promise was still open" in said
    mine = await rows(team, END_OF_DAY, user_id="U1")
    assert [row.state for row in mine] == [DeliveryState.SKIPPED] * 4 + [DeliveryState.SENT]
    await team.jump("2026-09-21 09:30", HOME)
    assert len([text for text in team.person("ana").sees() if "For Fri 18 Sep" in text]) == 1


async def test_a_friday_is_too_late_on_monday_at_nine(team):
    await team.person("ana").says("/followup Acme fri send the ROI sheet")
    await team.jump("2026-09-21 09:01", HOME)
    mine = await rows(team, END_OF_DAY, user_id="U1", state=DeliveryState.SKIPPED)
    assert [row.intent["day"] for row in mine][-1] == "2026-09-18"
    assert {row.last_error for row in mine} == {"late"}


async def test_one_digest_covers_the_silence_and_the_others_say_which(team):
    for week in range(3):
        await won(team, f"Deal {week}", date(2026, 9, 15) + timedelta(weeks=week))
    await team.jump("2026-10-06 15:20", HOME)
    (said,) = team.person("mia").sees("sales")
    assert "this one covers their days too" in said
    first, second, last = await rows(team, "digest_weekly")
    assert first.state is second.state is DeliveryState.SUPERSEDED
    assert first.superseded_by == second.superseded_by == last.occurrence_key
    assert last.state is DeliveryState.SENT


async def test_the_runway_is_judged_once_as_it_is_now(team):
    for _ in range(40):
        await won(team, "Old", date(2025, 9, 8))
    period = quarter(4, 2026)
    wanted = Goal(
        owner_id="U1", metric=Metric.REVENUE, target=20_000_00, period_kind=PeriodKind.QUARTER,
        starts_on=period.start, ends_on=period.end,
    )  # fmt: skip
    async with team.bot.database.write(WORKSPACE) as scope:
        await add_goal(scope, wanted, "U1", team.clock.now())
    await team.jump("2026-09-23 11:00", HOME)  # the 14-day warning and seven mornings went by
    (row,) = await rows(team, "runway_alert")
    assert row.state is DeliveryState.SENT
    assert len([text for text in team.person("ana").sees() if "still close in" in text]) == 1
    await team.jump("2026-09-23 12:00", HOME)
    assert len(await rows(team, "runway_alert")) == 1


async def test_every_reminder_comes_and_says_how_late_it_is(team):
    ana = team.person("ana")
    await ana.says("/followup Acme today 3pm send the ROI sheet")
    await ana.says("/followup Initech tomorrow 10am call Bill")
    await team.jump("2026-09-17 12:00", HOME)
    said = "\n".join(ana.sees())
    sent = await rows(team, "reminder")
    assert len(sent) == 2
    assert all(row.state in (DeliveryState.SENT, DeliveryState.SUPERSEDED) for row in sent)
    assert said.count("send the ROI sheet") >= 2  # the echo and the reminder
    assert "2 days late" in said or "days" in said
    assert all(row.priority < LATE for row in sent)


async def test_a_zone_that_vanished_stops_nobody_and_repeats_nothing(team):
    """Ana's zone is gone from the zone database: her team's is used, in the same evening and on the same dates."""
    await team.person("ana").says("/followup Acme today send the ROI sheet")
    team.server.workspace.people["U1"].tz = LOST
    async with team.bot.database.write(WORKSPACE) as scope:
        await scope.session.exec(update(MemberRow).where(col(MemberRow.user_id) == "U1").values(zone=LOST))
        mine = col(ScheduleRow.subject_id) == "U1"
        await scope.session.exec(update(ScheduleRow).where(mine).values(zone=LOST))
    await team.jump("16:36", HOME)
    assert len(prompts(team)) == 1
    async with team.bot.database.read(WORKSPACE) as scope:
        row = await find_schedule(scope, END_OF_DAY, "U1")
    assert (row.zone, row.next_local_date, row.done_through) == (LOST, date(2026, 9, 15), T0.date())
    assert row.next_due_at - datetime(2026, 9, 15, 14, 30, tzinfo=UTC) < timedelta(minutes=6)
    [said] = await team.person("ana").says("/followup")
    assert "Acme" in said


async def test_a_slack_profile_with_an_unknown_zone_keeps_its_name_and_follows_the_team(team):
    await team.server.change_person("U1", tz=LOST)
    async with team.bot.database.read(WORKSPACE) as scope:
        member, row = await find_member(scope, "U1"), await find_schedule(scope, END_OF_DAY, "U1")
    assert member.zone == row.zone == LOST
    assert abs(row.next_due_at - datetime(2026, 9, 14, 14, 30, tzinfo=UTC)) <= timedelta(minutes=5)
    await team.person("ana").says("/followup Acme today send the ROI sheet")
    await team.jump("16:36", HOME)
    assert len(prompts(team)) == 1
    await team.server.change_person("U1", tz="America/New_York")
    async with team.bot.database.read(WORKSPACE) as scope:
        row = await find_schedule(scope, END_OF_DAY, "U1")
    assert (row.zone, row.next_local_date) == ("America/New_York", date(2026, 9, 15))
