"""The scoreboard in words: Brier scores beside the usual guesses, and what came true by what was said."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from messages.blocks import Block, Message, context, joined, message_of, section
from messages.formatting import Mrkdwn, words
from messages.goals.goal.amounts import aim
from messages.tables import CellRows, table
from sales.goals.forecast.calibration import Calibration
from sales.goals.forecast.score import Bin, Interval
from sales.goals.goal import Goal
from sales.goals.scoreboard.board import LEAST_REPS, Rival, Scoreboard
from sales.language.figures import decimals, number, percent

WEEK = timedelta(days=7)
BINS = ("I said", "It came true", "Forecasts")
OWN = ("Goal", "I said", "It came")


class ScoreboardLine(NamedTuple):
    """A goal, what was said of it on the way, and whether it was reached; None while that is open."""

    goal: Goal
    label: str
    said: Sequence[tuple[date, float]]
    came: bool | None


def board(found: Scoreboard, team: str, calibration: Calibration | None) -> Message:
    """Show a team's scoreboard, or why there is none yet."""
    title = words("goals/scoreboard", "title", team=team)
    if found.ours is None:
        said = words("goals/scoreboard", "not_yet", found=found)
        return message_of([section(title), section(said)])
    counts = words("goals/scoreboard", "counts", found=found, rate=found.ours.hit_rate)
    brier = joined(
        [
            words("goals/scoreboard", "brier", figure=figure(found.ours.brier, shown=found.has_intervals)),
            *(rival(one, shown=found.has_intervals) for one in found.rivals),
        ]
    )
    bins = CellRows(BINS, [of_bin(one) for one in found.ours.bins])
    blocks: list[Block] = [
        section(title),
        section(counts),
        section(words("goals/scoreboard", "bins")),
        table(bins, ["left", "right", "right"]),
        section(brier),
    ]
    blocks.append(
        context(
            words("goals/scoreboard", "read", reps=found.reps, least=LEAST_REPS, shown=found.has_intervals),
            words("goals/scoreboard", "put_right", calibration=calibration),
        )
    )
    return message_of(blocks)


def rival(one: Rival, *, shown: bool) -> Mrkdwn:
    """Return how another way to guess did beside ours, said in the same words where it did better."""
    return words("goals/scoreboard", "rival", one=one, apart=figure(one.apart, shown=shown, sign=True))


def figure(found: Interval, *, shown: bool, sign: bool = False) -> str:
    """Return a figure with its interval; the interval only where there is one."""
    value, low, high = (decimals(each, 3, sign=sign) for each in found)
    return f"{value} [{low} to {high}]" if shown else value


def of_bin(one: Bin) -> list[str]:
    """Return how often forecasts of about one chance came true, a cell each."""
    said = words("goals/scoreboard", "bin", one=one, high=one.low + 0.1)
    return [said, percent(one.came), number(one.size)]


def waypoints(days: Sequence[tuple[date, float]], start: date, end: date) -> list[tuple[date, float]]:
    """Return what was said first, about half way and about a week before the end, of what was said by day."""
    middle = start + (end - start) / 2
    chosen = [days[0]]
    for wanted in (middle, end - WEEK):
        near = min(days, key=lambda one: abs(one[0] - wanted))
        if abs(near[0] - wanted) < WEEK and near[0] > chosen[-1][0]:
            chosen.append(near)
    return chosen


def own(lines: Sequence[ScoreboardLine]) -> Message:
    """Show a rep what was said of their goals, and what came of them."""
    if not lines:
        return message_of(words("goals/scoreboard", "own_none"))
    rows = [
        [
            aim(one.goal, one.label),
            words("goals/scoreboard", "own_said", said=one.said),
            words("goals/scoreboard", "own_came", came=one.came),
        ]
        for one in lines
    ]
    return message_of(
        [
            section(words("goals/scoreboard", "own_title")),
            table(CellRows(OWN, rows)),
            context(words("goals/scoreboard", "own_foot")),
        ]
    )
