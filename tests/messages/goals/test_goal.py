"""Goals as a person reads them."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from messages.blocks import Message
from messages.goals import goal as views
from messages.goals.goal import GoalRecord, ToldOwner
from playground import limits
from playground.transcript import MrkdwnReader, read, read_blocks
from playground.transcript.blocks import Sight
from playground.views import state_values
from playground.workspace import Workspace
from sales.followups.activity import ActivityKind
from sales.goals.goal import Goal, GoalChange, GoalState, Metric, offered_periods
from sales.goals.pace import Season, pace
from sales.goals.progress import GoalProgress
from sales.language.dates.period import PeriodKind, span
from sales.people.calendar import WorkCalendar

US = WorkCalendar(country="US")
NASTY = "<!channel> <@U1> & <https://evil.example|click> *bold* :tada: שלום"


def reader() -> MrkdwnReader:
    workspace = Workspace("Northwind")
    ana = workspace.add_person("U1", "ana", "Ana Kovač")
    workspace.add_person("U3", "mia", "Mia Horvat")
    return MrkdwnReader(workspace, ana, datetime(2017, 11, 24, tzinfo=UTC))


def text(message: Message) -> str:
    assert limits.message_faults(message.blocks) == []
    return "\n".join(read_blocks(message.blocks, Sight(reader(), state_values(message.blocks, {}))))


def modal_text(view: dict[str, Any]) -> str:
    assert limits.view_faults(view) == []
    return "\n".join(read_blocks(view["blocks"], Sight(reader(), state_values(view["blocks"], {}))))


def goal(**other: Any) -> Goal:
    values = {
        "owner_id": "U1",
        "metric": Metric.REVENUE,
        "target": 120_000_00,
        "period_kind": PeriodKind.QUARTER,
        "starts_on": date(2017, 10, 1),
        "ends_on": date(2017, 12, 31),
    }
    return Goal.model_validate({**values, **other})


def standing(
    attained: int, today: date, goal_id: int = 7, season: Season | None = None, **other: Any
) -> GoalProgress:
    aimed = goal(**other)
    period = span(aimed.starts_on, aimed.ends_on)
    return GoalProgress(aimed, pace(attained, aimed.target, period, today, US, season), goal_id=goal_id)


def calls(attained: int, today: date, **other: Any) -> GoalProgress:
    return standing(
        attained, today, metric=Metric.ACTIVITIES, activity_kind=ActivityKind.CALL, **{"target": 40, **other}
    )


def test_a_goal_that_is_behind_says_the_numbers_and_the_smallest_next_step() -> None:
    # Golden: 61 US working days from 1 Oct to 31 Dec 2017 (forecasts.md §1), 37 over by Friday 24 November.
    shown = text(views.goals([standing(50_400_00, date(2017, 11, 24))]))
    assert shown.splitlines() == [
        "Your goals",
        "$120,000 revenue · Q4 2017",
        "▓▓▓▓░░░░░░ $50,400 of $120,000 (42%)",
        "Behind: 42% of the target with 61% of the working days gone.",
        "$69,600 to go in 24 working days: $2,900 a working day.",
        "A small next step: choose the open deal closest to a yes and agree what happens next with them.",
        "[Edit] [Close]",
        "This goal names no objective yet. Edit is the place to say what a goal serves.",
        "[Set another] [History]",
    ]


def test_a_season_says_what_past_periods_had_by_now() -> None:
    slow_start = Season(((0.0, 0.2, 1.0),))
    shown = text(views.goals([standing(30_000_00, date(2017, 11, 24), season=slow_start)]))
    assert "Behind: 25% of the target where past periods had 37%, 61% of the working days gone." in shown


@pytest.mark.parametrize(
    ("attained", "today", "said"),
    [
        (90_000_00, date(2017, 11, 24), "Ahead: 75% of the target with 61% of the working days gone."),
        (74_000_00, date(2017, 11, 24), "On pace: 62% of the target with 61% of the working days gone."),
        (126_000_00, date(2017, 11, 24), "Reached: 105% of the target."),
        (0, date(2017, 9, 20), "Starts Sun 1 Oct 2017: $1,968 a working day over 61 working days."),
        (0, date(2017, 10, 1), "No working day is gone yet."),
        (60_000_00, date(2018, 1, 3), "Ended on Sun 31 Dec 2017 at 50% of the target."),
        (60_000_00, date(2017, 12, 30), "$60,000 to go, and no working day is left after today."),
    ],
)
def test_each_pace_has_its_calm_word(attained: int, today: date, said: str) -> None:
    shown = text(views.goals([standing(attained, today)]))
    assert said in shown
    assert ("small next step" in shown) is ("Behind" in shown)


def test_nothing_is_asked_a_day_once_the_goal_is_reached_or_over() -> None:
    for at in (standing(126_000_00, date(2017, 11, 24)), standing(60_000_00, date(2018, 1, 3))):
        assert "to go" not in text(views.goals([at]))


def test_counts_are_spelled_in_their_own_unit() -> None:
    day = date(2017, 11, 24)
    assert "20 calls to go in 24 working days: 1 call a working day." in views.goal_line(calls(20, day))
    assert "39 calls to go in 24 working days: 2 calls a working day." in views.goal_line(calls(1, day))
    two = standing(1, day, metric=Metric.DEALS_WON, target=3)
    assert "3 deals won in Q4 2017: ▓▓▓░░░░░░░ 1 deal." in views.goal_line(two)
    assert "2 deals to go in 24 working days: one deal every 12 working days." in views.goal_line(two)
    assert views.title(goal(metric=Metric.OPPORTUNITIES_CREATED, target=1)) == "1 opportunity created"
    assert views.title(goal(target=900, currency="JPY")) == "¥900 revenue"


def test_a_day_needs_whole_money_rounded_up() -> None:
    assert "$1.00" not in views.goal_line(standing(0, date(2017, 11, 24), target=100_01))
    assert "$100.01 to go in 24 working days: $5 a working day" in views.goal_line(
        standing(0, date(2017, 11, 24), target=100_01)
    )


def test_one_line_says_it_all_and_stays_one_line() -> None:
    line = views.goal_line(standing(50_400_00, date(2017, 11, 24)))
    assert line == (
        "$120,000 revenue in Q4 2017: ▓▓▓▓░░░░░░ $50,400. "
        "Behind: 42% of the target with 61% of the working days gone. "
        "$69,600 to go in 24 working days: $2,900 a working day."
    )
    assert "\n" not in views.goal_line(standing(126_000_00, date(2017, 11, 24)))
    spoken = calls(0, date(2017, 10, 2), period_kind=PeriodKind.CUSTOM, ends_on=date(2017, 10, 15))
    assert views.goal_line(spoken).startswith("40 calls, 1 Oct – 15 Oct 2017: ")


def test_typed_words_are_shown_as_text() -> None:
    at = standing(0, date(2017, 11, 24), objective=NASTY, reason=NASTY)
    for message in (views.goals([at]), views.saved(at), views.told(at.goal, [line(at.goal)])):
        assert f"Serves: {NASTY}" in text(message)
        assert f"Why: {NASTY}" in text(message)
    told = ToldOwner(date(2017, 11, 1), change(at.goal, reason=NASTY.replace("*bold* ", "")), "Q4 2017")
    shown = text(views.history([GoalRecord(at, [line(at.goal), told])]))
    assert NASTY.replace("*bold* ", "") in shown


def test_a_very_long_list_stays_within_one_message() -> None:
    many = [standing(0, date(2017, 11, 24), goal_id=place, objective="x" * 200) for place in range(40)]
    shown = text(views.goals(many))
    count = shown.count("[Edit] [Close]")
    assert 5 <= count <= 12
    assert f"{40 - count} more goals: see /goal history." in shown
    views.choose(many, "close")
    views.history([GoalRecord(one, [line(one.goal)] * 40) for one in many[:10]])


def test_nobody_without_goals_is_left_without_a_way_on() -> None:
    assert "/goal 120k this quarter" in text(views.goals([]))
    assert "@Ana Kovač has no goal for now." in text(views.goals([], "U1"))
    assert "[Set a goal]" in text(views.goals([]))


def test_the_form_asks_the_five_questions() -> None:
    today = date(2017, 11, 24)
    periods = offered_periods(today)
    view = views.set_form(periods, periods[0], ["Q3 2017 brought $95,000."])
    shown = modal_text(view)
    for asked in ("What to measure: (Revenue)", "Target", "By when: (Q4 2017, until Sun 31 Dec 2017)"):
        assert asked in shown
    assert "Q3 2017 brought $95,000." in shown
    assert "Which objective does it serve? (optional)" in shown
    assert "Whose goal" not in shown
    assert "Whose goal: (@Mia Horvat)" in modal_text(views.set_form(periods, periods[0], "", "U3"))
    labels = [one["text"]["text"] for one in view["blocks"][0]["element"]["options"]]
    assert labels == [
        "Revenue",
        "Deals won",
        "Opportunities created",
        *(f"{word} (activities)" for word in ("Calls", "Emails", "Meetings", "Demos", "Proposals")),
        *(f"{word} (activities)" for word in ("Referral asks", "Messages", "Visits")),
    ]


def test_the_change_form_holds_what_the_goal_says_whatever_its_period() -> None:
    offered = offered_periods(date(2017, 11, 24))
    far = goal(starts_on=date(2018, 7, 1), ends_on=date(2018, 9, 30), objective="Grow", reason="pride")
    shown = modal_text(views.change_form(far, "Q3 2018", offered, "7"))
    assert "By when: (Q3 2018, until Sun 30 Sep 2018)" in shown
    for kept in ("‘$120,000’", "‘Grow’", "‘pride’"):
        assert kept in shown
    odd = goal(period_kind=PeriodKind.CUSTOM, ends_on=date(2017, 12, 15), currency="EUR")
    view = views.change_form(odd, "1 Oct – 15 Dec 2017", offered, "7")
    shown = modal_text(view)
    assert "By when: (Other dates)" in shown
    assert "(2017-10-01)" in shown
    assert "(2017-12-15)" in shown
    assert view["private_metadata"] == "7"
    wanted = goal(target=130_000_00, objective="New")
    note = views.duplicate_note(far, "Q3 2018", None)
    shown = modal_text(views.change_form(far, "Q3 2018", offered, "7", note, wanted))
    assert "You already have this goal: $120,000 revenue in Q3 2018. Saving here changes it" in shown
    for kept in ("‘$130,000’", "‘New’", "‘pride’"):
        assert kept in shown


def test_the_history_says_who_said_what_and_when() -> None:
    now = goal(target=80_000_00, state=GoalState.CLOSED)
    told = [
        ToldOwner(date(2017, 10, 2), change(now, target=120_000_00), "Q4 2017"),
        ToldOwner(date(2017, 11, 1), change(now, "U3", reason="two deals moved"), "Q4 2017"),
        ToldOwner(date(2017, 11, 2), change(now), "Q4 2017"),
        ToldOwner(date(2017, 11, 9), change(now, state=GoalState.CLOSED, reason="taken back"), "Q4 2017"),
    ]
    at = GoalProgress(now, standing(20_000_00, date(2017, 11, 24), target=80_000_00).pace, goal_id=7)
    assert text(views.history([GoalRecord(at, told)])).splitlines() == [
        "Your goals and what they said",
        "$80,000 revenue in Q4 2017 · closed",
        "▓▓░░░░░░░░ $20,000 (25%)",
        "• Mon 2 Oct 2017: @Ana Kovač set $120,000 revenue in Q4 2017",
        "• Wed 1 Nov 2017: @Mia Horvat changed it to $80,000 revenue in Q4 2017 (two deals moved)",
        "• Thu 2 Nov 2017: @Ana Kovač changed what it serves or why",
        "• Thu 9 Nov 2017: @Ana Kovač closed it (taken back)",
    ]


def test_a_rep_is_told_what_somebody_else_did() -> None:
    now = goal()
    first = ToldOwner(date(2017, 10, 2), change(now, "U3", target=100_000_00), "Q4 2017")
    moved = ToldOwner(date(2017, 10, 3), change(now, "U3", reason="new territory"), "Q4 2017")
    ended = ToldOwner(date(2017, 10, 4), change(now, "U3", state=GoalState.CLOSED), "Q4 2017")
    said = [text(views.told(now, [first, moved, ended][:until])) for until in (1, 2, 3)]
    assert said == [
        "@Mia Horvat set your goal: $100,000 revenue in Q4 2017.",
        "@Mia Horvat changed your goal: $120,000 revenue in Q4 2017; it was $100,000 revenue in Q4 2017. "
        "Their reason: new territory",
        "@Mia Horvat closed your goal: $120,000 revenue in Q4 2017.",
    ]


def test_fallback_texts_are_whole_sentences_without_blocks() -> None:
    at = standing(50_400_00, date(2017, 11, 24))
    assert read(views.goals([at]).text, reader()).startswith("$120,000 revenue in Q4 2017: ")
    assert read(views.saved(at).text, reader()) == (
        "Goal saved: $120,000 revenue in Q4 2017. You are at $50,400; 24 working days to go."
    )


def change(now: Goal, by: str = "U1", **other: Any) -> GoalChange:
    values = {
        "goal_id": 7,
        "changed_at": datetime(2017, 10, 2, 9, tzinfo=UTC),
        "changed_by": by,
        "target": now.target,
        "starts_on": now.starts_on,
        "ends_on": now.ends_on,
        "state": GoalState.OPEN,
    }
    return GoalChange.model_validate({**values, **other})


def line(now: Goal) -> ToldOwner:
    return ToldOwner(date(2017, 10, 2), change(now), "Q4 2017")
