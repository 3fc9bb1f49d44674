"""The digest in words: what it says of a team, that typed names ring nobody, and that the longest fits Slack."""

from datetime import date, timedelta

import pytest

from messages.coaching import recognition
from messages.followups import kept
from messages.goals import runway, team_progress
from messages.pipeline import win
from messages.room import MOST, weight
from messages.surfaces import digest as views
from messages.surfaces.digest import Digest, DigestOf, DigestPart
from playground import limits
from sales.coaching.recognition import Behaviour, Deed
from sales.goals.goal import Metric, target_in
from sales.goals.pace import pace
from sales.goals.progress import TargetProgress
from sales.goals.runway.outlook import Aim, outlook
from sales.goals.team_progress import RepProgress, TeamProgress
from sales.language.dates.period import DaySpan, quarter
from sales.people.audience import Line, Tells
from sales.people.calendar import WorkCalendar
from sales.people.team import Team
from sales.pipeline.cycle import DealAhead, DealSpan, cycle_as_of
from sales.pipeline.opportunity import Win, by_currency

TODAY = date(2026, 9, 21)
Q3, Q4 = quarter(3, 2026), quarter(4, 2026)
WEEK = DaySpan(date(2026, 9, 14), date(2026, 9, 20))
LONG_AGO = date(2025, 1, 6)


def standing(period=Q3, actual=10_000_00, target=50_000_00):
    goal = target_in(period, Metric.REVENUE, target)
    return TargetProgress(goal, pace(actual, target, period, TODAY, WorkCalendar()))


def ahead(period=Q4, target=50_000_00):
    cycle = cycle_as_of([DealSpan(LONG_AGO, LONG_AGO + timedelta(96), True)] * 40, TODAY, delayed_entry=False)
    deals = [DealAhead("U1", date(2026, 9, 1), 8_000_00, "USD")]
    aim = Aim(target_in(period, Metric.REVENUE, target), 0, period)
    return outlook(aim, deals, cycle, TODAY, 0.8, WorkCalendar(), mean_won=2_000_00, cycle_days=90)


def texts(message):
    """Every text of a message's blocks, a line each, cells of tables included."""
    found = []
    for block in message.blocks:
        cells = [cell for row in block.get("rows", ()) for cell in row]
        found += [
            part["text"]
            for part in [block.get("text"), *block.get("elements", ()), *cells]
            if part and isinstance(part.get("text"), str)
        ]
    return "\n".join(found)


def team(text):
    return Line(text, Tells.TEAM)


def full(**changes):
    wins = [Win(date(2026, 9, 17), "Ben", "Initech", 8_000_50, "USD")]
    values = {
        "team": "Field",
        "team_id": 7,
        "today": TODAY,
        "span": WEEK,
        "verdict": [
            team(win.verdict(1, by_currency(wins))),
            team(team_progress.verdict(TeamProgress(standing(), 3, None, 3))),
        ],
        "parts": [
            DigestPart(win.wins_table(wins), []),
            DigestPart(None, [[team(kept.kept(7))]]),
            DigestPart(
                None,
                [[team(recognition.line("Ana", Deed(user_id="U1", behaviour=Behaviour.KEPT_ALL, times=5)))]],
            ),
            DigestPart(None, [[team(runway.team_line(ahead()))]]),
        ],
        "foot": ["Deals as of Mon 21 Sep, 08:40."],
    }
    return Digest(**{**values, **changes})


def test_a_week_in_a_message():
    message = views.digest(full())
    assert texts(message).splitlines() == [
        "Field · week of 14 Sep",
        "*1 deal won, $8k.* Q3 stands at $10k of $50k: 46 days behind, 7 working days left.",
        "Won",
        "By",
        "Value",
        "Initech",
        "Ben",
        "$8,000.50",
        "7 promises kept.",
        "*Well done*  Ana kept all 5 promises.",
        "Runway: 4 working days left to open deals that can still close in Q4. Still needed: 21 deals.",
        "Deals as of Mon 21 Sep, 08:40.",
    ]
    assert message.text == "1 deal won, $8k. Q3 stands at $10k of $50k: 46 days behind, 7 working days left."


def test_days_are_called_as_people_call_them():
    (one, several) = DaySpan(TODAY, TODAY), DaySpan(date(2026, 9, 18), date(2026, 9, 20))
    titles = [texts(views.digest(full(span=span))).splitlines()[0] for span in (one, several)]
    assert titles == ["Field · Mon 21 Sep", "Field · Fri 18 Sep to Sun 20 Sep"]


def test_amounts_in_two_currencies_are_never_added_up():
    assert win.verdict(2, {"USD": 8_000_00, "EUR": 70_00}) == "*2 deals won, €70 and $8k.*"


def test_everybody_is_listed_without_a_word_on_who_is_behind():
    reps = [RepProgress("Ana", standing()), RepProgress("Ben", standing())]
    table = team_progress.reps_table(reps, Team(name="Field"))
    rows = [[cell["text"] for cell in row] for row in table["rows"]]
    assert rows[1] == ["Ana", "Q3 revenue", "$10k of $50k", "–"]
    assert "ehind" not in str(rows)
    assert (team_progress.more_reps(25), team_progress.more_reps(200)) == ("", "and 175 more goals")


def test_missed_digests_are_named():
    one = texts(views.digest(full(span=DaySpan(date(2026, 9, 7), WEEK.last, (date(2026, 9, 14),)))))
    assert "The digest of Mon 14 Sep did not go out; this one covers its days too." in one
    days = (date(2026, 8, 31), date(2026, 9, 7), date(2026, 9, 14))
    three = texts(views.digest(full(span=DaySpan(date(2026, 8, 24), WEEK.last, days))))
    assert "The digests of Mon 31 Aug, Mon 7 Sep and Mon 14 Sep did not go out" in three


def test_without_goals_it_says_what_comes_next_and_denies_none():
    assert team_progress.no_goal(1) == (
        "1 deal is open. Goals come next: `/goal 120k this quarter` sets one's own in a line."
    )
    one = TeamProgress(standing(), 1, None, 6)
    assert team_progress.partly(one) == "1 of 6 reps has a goal for Q3; the team's sum comes with the others."


def test_typed_names_ring_nobody():
    wins = [Win(TODAY, "<!here>", "<!channel> & <@U2>", 1_00, "USD")]
    praised = team(recognition.line("<@U1>", Deed(user_id="U1", behaviour=Behaviour.KEPT_ALL, times=5)))
    parts = [DigestPart(win.wins_table(wins), [[praised]])]
    message = views.digest(full(team="R & <!here>", parts=parts))
    cells = next(block for block in message.blocks if block["type"] == "table")["rows"][1]
    assert [(cell["type"], cell["text"]) for cell in cells[:2]] == [
        ("raw_text", "<!channel> & <@U2>"),
        ("raw_text", "<!here>"),
    ]
    marked = [block["text"]["text"] for block in message.blocks if block["type"] == "section"]
    assert not any("<@" in text or "<!" in text for text in [*marked, message.text])
    heading = next(block["text"] for block in message.blocks if block["type"] == "header")
    assert (heading["type"], heading["text"]) == ("plain_text", "R & <!here> · week of 14 Sep")


@pytest.mark.parametrize("letter", ["x", "&", "ж"])
def test_the_longest_digest_fits_slack_and_is_read_in_a_minute(letter):
    name = letter * 200
    wins = [Win(TODAY, name, name, 10**15, "USD")] * 60
    reps = [RepProgress(name, standing())] * 200
    parts = [
        DigestPart(win.wins_table(wins), [[team(win.more_wins(60))]]),
        DigestPart(
            team_progress.reps_table(reps, Team(name="x" * 80)), [[team(team_progress.more_reps(200))]]
        ),
        *[DigestPart(None, [[team(name * 10)]])] * 30,
    ]
    missed = DaySpan(date(2026, 9, 7), WEEK.last, (date(2026, 9, 14),))
    message = views.preview(full(parts=parts, span=missed), Team(name="Field"))
    assert limits.message_faults(message.blocks) == []
    assert weight(message.blocks) <= MOST
    assert len(message.blocks) <= 12
    assert "and 50 more wins" in texts(message)


def test_the_preview_names_the_channel_it_would_go_to():
    chosen = texts(views.preview(full(), Team(name="Field", digest_channel="C1")))
    assert "It is what <#C1> would be told now." in chosen
    assert "no channel is chosen yet" in texts(views.preview(full(), Team(name="Field")))


def test_a_button_says_which_digest_it_stands_under():
    of = DigestOf(7, WEEK, TODAY, True)
    assert DigestOf.read(of.written()) == of
    assert [DigestOf.read(odd) for odd in ("", "7", "x|2026-09-14|2026-09-20|2026-09-21|", "7|a|b|c|")] == [
        None
    ] * 4
