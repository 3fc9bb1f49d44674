"""Goals as a person reads them."""

from collections.abc import Sequence
from dataclasses import replace
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
from sales.goals.burn_up import burn_up
from sales.goals.forecast.drivers import Driver, Moved
from sales.goals.forecast.forecast import Forecast
from sales.goals.forecast.what_if import Move, Step
from sales.goals.goal import Goal, GoalChange, GoalState, Metric, offered_periods
from sales.goals.goal_chance import GoalChance
from sales.goals.pace import pace
from sales.goals.progress import GoalProgress
from sales.goals.season import Season
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


def test_a_goal_is_one_line_and_its_arithmetic_stands_behind_details() -> None:
    # Golden: 61 US working days from 1 Oct to 31 Dec 2017 (forecasts.md §1), 37 over by Friday 24 November.
    at = standing(50_400_00, date(2017, 11, 24))
    assert text(views.goals([at])).splitlines() == [
        "Q4 revenue  $50.4k of $120k · 11 days behind (⋯ Details, Edit…, Close…)",
        "[Set another] [History]",
    ]
    assert modal_text(views.details(at)).splitlines() == [
        "Q4 revenue  $50.4k of $120k · 11 days behind",
        "42% of the target, 61% of the working days gone.",
        "$69,600 to go in 24 working days: $2,900 a working day.",
        "At this pace $83,092 by Sun 31 Dec.",
        "It names no objective yet; Edit… is the place to say what it serves.",
        "/why Q4 shows where each figure comes from, /goal chart Q4 draws it.",
    ]


def test_a_season_says_what_past_periods_had_by_now() -> None:
    slow_start = Season(((0.0, 0.2, 1.0),))
    shown = modal_text(views.details(standing(30_000_00, date(2017, 11, 24), season=slow_start)))
    assert "5 days behind" in shown
    assert "25% of the target where past periods had 37%, 61% of the working days gone." in shown


@pytest.mark.parametrize(
    ("attained", "today", "said"),
    [
        (90_000_00, date(2017, 11, 24), "$90k of $120k · 9 days ahead"),
        (73_000_00, date(2017, 11, 24), "$73k of $120k · on pace"),
        (126_000_00, date(2017, 11, 24), "$126k of $120k · reached"),
        (119_980_00, date(2017, 11, 24), "$119,980 of $120,000 · 24 days ahead"),
        (0, date(2017, 9, 20), "$120k, from 1 Oct"),
        (0, date(2017, 10, 1), "$0 of $120k · no working day yet"),
        (0, date(2017, 10, 4), "$0 of $120k · just begun"),
        (60_000_00, date(2018, 1, 3), "$60k of $120k · ended Sun 31 Dec"),
    ],
)
def test_each_state_has_its_calm_words(attained: int, today: date, said: str) -> None:
    label = "Q4 2017" if today.year == 2018 else "Q4"
    assert read(views.goal_line(standing(attained, today)), reader()) == f"{label} revenue  {said}"


@pytest.mark.parametrize(
    ("attained", "chance", "said"),
    [
        (50_400_00, 0.06, "11 days behind · chance 6%"),
        (50_400_00, 0.8, "11 days behind the plan · chance 80%"),
        (90_000_00, 0.004, "$90k of $120k · chance under 1%"),
        (90_000_00, 0.996, "9 days ahead · chance over 99%"),
        (73_000_00, 0.01, "$73k of $120k · chance 1%"),
        (73_000_00, 0.6, "on pace · chance 60%"),
    ],
)
def test_where_plan_and_chance_disagree_both_are_said_and_no_word_denies_one(
    attained: int, chance: float, said: str
) -> None:
    at = with_chance(standing(attained, date(2017, 11, 24)), chance)
    assert views.goal_line(at).endswith(said)


def with_chance(at: GoalProgress, chance: float, **other: Any) -> GoalProgress:
    pace_ = at.pace
    found = Forecast(pace_.target, pace_.actual, pace_.period, pace_.today, chance=chance)
    return replace(at, chance=GoalChance(found, **other))


def test_one_action_is_worth_doing_and_none_that_moves_less_than_three_points() -> None:
    at, day = standing(50_400_00, date(2017, 11, 24)), date(2017, 11, 30)
    two = Move(Step.OPEN, 0.28, 0.04, (), 2, day)
    goals = [
        with_chance(at, 0.24, best=two),
        standing(0, date(2017, 11, 24), metric=Metric.DEALS_WON, target=3),
    ]
    assert "Worth doing next  Open 2 deals this week: Q4 revenue goes from 24% to 28%." in text(
        views.goals(goals)
    )
    (home,) = [line for line in home_text(goals[:1]).splitlines() if line.startswith("Open")]
    assert home == "Open 2 deals this week: Q4 goes from 24% to 28%. [Why]"
    less = with_chance(at, 0.24, best=replace(two, chance=0.26, gain=0.02))
    assert "Worth doing" not in text(views.goals([less]))
    called = replace(two, step=Step.CALL, quiet_days=12)
    names = ("Lockside", "Granary Road")
    assert "Call Lockside and Granary Road: no word for 12 days. Q4 goes from 24% to 28%." in text(
        views.goals([with_chance(at, 0.24, best=called, names=names)])
    )
    beyond = with_chance(at, 0.02, is_beyond=True)
    assert "Q4: more than can be opened in time. Work what is open, and talk about the target." in text(
        views.goals([beyond])
    )


def home_text(found: Sequence[GoalProgress]) -> str:
    blocks = views.home_blocks(found)
    assert limits.view_faults({"type": "home", "blocks": blocks}) == []
    return "\n".join(read_blocks(blocks, Sight(reader(), state_values(blocks, {}))))


def test_home_shows_five_goals_and_a_press_shows_the_others() -> None:
    many = [standing(0, date(2017, 11, 24), goal_id=place) for place in range(7)]
    for shown in (home_text(many), text(views.goals(many))):
        assert shown.count("Q4 revenue") == 5
        assert "[and 2 more]" in shown
    assert modal_text(views.every_goal(many)).count("Q4 revenue") == 7
    assert "more" not in home_text(many[:5])


def test_what_moved_a_chance_adds_up_and_the_rest_is_named() -> None:
    at = standing(50_400_00, date(2017, 11, 24))
    parts = (
        Moved(Driver.TIME, 0.7, 0.53), Moved(Driver.WINS, 0.53, 0.82),
        Moved(Driver.LOSSES, 0.82, 0.8), Moved(Driver.RECORD, 0.8, 0.79),
    )  # fmt: skip
    found = with_chance(at, 0.79, since=date(2017, 11, 17), before=0.7, moved=parts)
    assert (
        "On Fri 17 Nov the chance was 70%: deals won +29, days passed −17, the rest −3 points."
        in modal_text(views.details(found))
    )
    same = with_chance(at, 0.79, since=date(2017, 11, 17), before=0.79)
    assert "On Fri 17 Nov the chance was 79% too." in modal_text(views.details(same))


def test_a_chart_has_a_point_for_each_of_at_most_twenty_days_and_the_same_in_words() -> None:
    at = standing(50_400_00, date(2017, 11, 24))
    points = burn_up({date(2017, 10, 9): 50_400_00}, at.goal.target, at.pace.period, at.pace.today, US)
    message = views.chart(at, points)
    assert limits.message_faults(message.blocks) == []
    _, drawn, _ = message.blocks
    assert len(drawn["chart"]["axis_config"]["categories"]) == 20
    assert drawn["chart"]["series"][0]["data"][-1] == {"label": "24 Nov", "value": 50_400}
    assert drawn["chart"]["series"][1]["data"][-1]["value"] == round(120_000 * 37 / 61)
    assert "24 Nov: $50,400 (plan $72,787)" in text(message)
    ahead = views.chart(standing(0, date(2017, 9, 20)), ())
    assert text(ahead) == "Q4 2017 starts Sun 1 Oct 2017, so there is nothing to draw yet."


def test_counts_are_spelled_in_their_own_unit() -> None:
    day = date(2017, 11, 24)
    assert views.goal_line(calls(20, day)) == "*Q4 calls*  20 of 40 · 6 days behind"
    assert "39 calls to go in 24 working days: 2 calls a working day." in modal_text(
        views.details(calls(1, day))
    )
    two = standing(1, day, metric=Metric.DEALS_WON, target=3)
    assert views.goal_line(two).startswith("*Q4 deals won*  1 of 3 · ")
    assert "2 deals to go in 24 working days: one deal every 12 working days." in modal_text(
        views.details(two)
    )
    assert views.title(goal(metric=Metric.OPPORTUNITIES_CREATED, target=1)) == "1 opportunity created"
    assert views.title(goal(target=900, currency="JPY")) == "¥900 revenue"


def test_a_day_needs_whole_money_rounded_up() -> None:
    shown = modal_text(views.details(standing(0, date(2017, 11, 24), target=100_01)))
    assert "$100.01 to go in 24 working days: $5 a working day" in shown


def test_typed_words_are_shown_as_text() -> None:
    at = standing(0, date(2017, 11, 24), objective=NASTY, reason=NASTY)
    for shown in (
        modal_text(views.details(at)),
        text(views.saved(at)),
        text(views.told(at.goal, [line(at.goal)])),
    ):
        assert f"Serves: {NASTY}" in shown
        assert f"Why: {NASTY}" in shown
    told = ToldOwner(date(2017, 11, 1), change(at.goal, reason=NASTY.replace("*bold* ", "")), "Q4 2017")
    shown = text(views.history([GoalRecord(at, [line(at.goal), told])]))
    assert NASTY.replace("*bold* ", "") in shown


def test_a_very_long_list_stays_within_one_message() -> None:
    many = [standing(0, date(2017, 11, 24), goal_id=place, objective="x" * 200) for place in range(40)]
    text(views.goals(many))
    text(views.choose(many, "close"))
    modal_text(views.every_goal(many))
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
        *(f"{word} (activities)" for word in ("Referral asks", "Messages", "Visits", "Service tasks")),
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
        "$20,000, 25% of the target",
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


def test_a_notification_is_the_first_line_without_marks() -> None:
    at = standing(50_400_00, date(2017, 11, 24))
    assert views.goals([at]).text == "Q4 revenue  $50.4k of $120k · 11 days behind"
    assert views.saved(at).text == "Goal saved: $120,000 revenue in Q4 2017."


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
