"""The digest in words: what it says of a team, that typed names ring nobody, and that the longest fits Slack."""

from datetime import date, timedelta

import pytest

from messages.coaching import recognition
from messages.followups import kept
from messages.goals import team_progress
from messages.pipeline import win
from messages.room import MOST, weight
from messages.surfaces import digest as views
from messages.surfaces.digest import Digest
from playground import limits
from sales.coaching.recognition import Behaviour, Recognition
from sales.followups.kept import KeptCommitments
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
    """Every text of a message's blocks, a line each."""
    found = []
    for block in message.blocks:
        found += [
            part["text"]
            for part in [block.get("text"), *block.get("elements", ())]
            if part and "text" in part
        ]
    return "\n".join(found)


def progress(*found):
    return [[team(team_progress.standing(one))] for one in found]


def team(text):
    return Line(text, Tells.TEAM)


def won(wins, count=None, total=None):
    count, total = len(wins) if count is None else count, by_currency(wins) if total is None else total
    return [[team(win.won(count, total)), *map(team, win.lines(wins))]]


def full(**changes):
    wins = [Win(date(2026, 9, 17), "Ben", "Initech", 8_000_50, "USD")]
    ana_and_ben = [KeptCommitments("Ana", 5, 5), KeptCommitments("Ben", 2, 3)]
    values = {
        "team": "Field",
        "today": TODAY,
        "span": WEEK,
        "paragraphs": [
            *progress(TeamProgress(standing(), 3, None), TeamProgress(standing(Q4, 0), 1, ahead())),
            *won(wins),
            [team(kept.kept(7, 8)), team(kept.by(ana_and_ben))],
            [team(recognition.line(Recognition("Ana", Behaviour.KEPT_ALL, 5)))],
        ],
        "texts": [win.text(1, by_currency(wins)), kept.text(7, 8)],
    }
    return Digest(**{**values, **changes})


def said_of(*paragraphs):
    return texts(views.digest(full(paragraphs=paragraphs)))


def test_a_week_in_a_message():
    message = views.digest(full())
    said = texts(message).splitlines()
    assert said[0] == "Field: Mon 14 Sep to Sun 20 Sep 2026"
    assert said[1].startswith("*Q3 revenue*  $10k of $50k · ")
    assert said[2] == "_3 goals together_"
    assert "Likely gap: *$42,000*, after $8,000 that 1 open deal should bring." in said
    assert any(line.startswith("Runway: 4 working days left to open deals") for line in said)
    assert "*Won: 1 deal, $8,000.50*" in said
    assert "• Ben won Initech, $8,000.50" in said
    assert "*Commitments kept: 7 of 8*" in said
    assert "Ana 5, Ben 2" in said
    assert "*Worth copying:* Ana kept every one of 5 commitments." in said
    assert said[-1] == "As of Mon 21 Sep 2026."
    assert message.text == (
        "Field: Mon 14 Sep to Sun 20 Sep 2026. Won: 1 deal, $8,000.50. Commitments kept: 7 of 8."
    )


def test_amounts_in_two_currencies_are_never_added_up():
    assert "*Won: 2 deals, €70 and $8,000.50*" in said_of(*won([], 2, {"USD": 8_000_50, "EUR": 70_00}))


def test_everybody_is_listed_without_a_word_on_who_is_behind():
    reps = team_progress.reps([RepProgress("Ana", standing()), RepProgress("Ben", standing())])
    said = said_of(*([team(line) for line in lines] for lines in reps))
    assert "*Everybody, by name*" in said
    assert "Ana: 20% of $50,000 revenue in Q3 2026" in said
    assert "ehind" not in said


def test_missed_digests_are_named():
    one = texts(views.digest(full(span=DaySpan(date(2026, 9, 7), WEEK.last, (date(2026, 9, 14),)))))
    assert "The digest of Mon 14 Sep did not go out; this one covers its days too." in one
    days = (date(2026, 8, 31), date(2026, 9, 7), date(2026, 9, 14))
    three = texts(views.digest(full(span=DaySpan(date(2026, 8, 24), WEEK.last, days))))
    assert "The digests of Mon 31 Aug, Mon 7 Sep and Mon 14 Sep did not go out" in three


def test_without_goals_it_says_how_to_set_one():
    said = said_of([team(team_progress.no_goal(1, goals=False))])
    assert (
        "No goal is set for now; 1 deal is open. Each rep sets one in a line: `/goal 120k this quarter`."
        in said
    )


def test_a_day_without_wins_says_so_plainly():
    assert "*Won: none in these days*" in said_of(*won([]))


def test_typed_names_ring_nobody():
    wins = [Win(TODAY, "<!here>", "<!channel> & <@U2>", 1_00, "USD")]
    named = team(kept.by([KeptCommitments("<@U1>", 1, 1)]))
    message = views.digest(full(team="R & <!here>", paragraphs=[*won(wins), [named]]))
    assert "&lt;!channel&gt; &amp; &lt;@U2&gt;" in texts(message)
    marked = [block["text"]["text"] for block in message.blocks if block["type"] == "section"]
    assert not any("<" in text for text in [*marked, message.text])
    heading = next(block["text"] for block in message.blocks if block["type"] == "header")
    assert (heading["type"], heading["text"]) == ("plain_text", "R & <!here>: Mon 14 Sep to Sun 20 Sep 2026")


@pytest.mark.parametrize("letter", ["x", "&"])
def test_the_longest_digest_fits_slack(letter):
    name = letter * 200
    wins = [Win(TODAY, name, name, 10**15, "USD")] * 60
    reps = team_progress.reps([RepProgress(name, standing())] * 200)
    paragraphs = [
        *([team(line) for line in lines] for lines in reps),
        *won(wins),
        [team(kept.kept(500, 500)), team(kept.by([KeptCommitments(name, 5, 5)] * 100))],
        *progress(*[TeamProgress(standing(Q4, 0), 9, ahead())] * 60),
    ]
    missed = DaySpan(date(2026, 9, 7), WEEK.last, (date(2026, 9, 14),))
    message = views.preview(full(paragraphs=paragraphs, span=missed), Team(name="Field"))
    assert limits.message_faults(message.blocks) == []
    assert weight(message.blocks) <= MOST
    assert "more than fit here" in texts(message)


def test_the_preview_names_the_channel_it_would_go_to():
    chosen = texts(views.preview(full(), Team(name="Field", digest_channel="C1")))
    assert "It is what <#C1> would be told now." in chosen
    assert "no channel is chosen yet" in texts(views.preview(full(), Team(name="Field")))
