"""A goal in one line: what, how far, where it stands, and its chance. Every surface says it in these words."""

from messages.blocks import joined
from messages.formatting import Mrkdwn, words
from messages.goals import forecast
from messages.goals.goal.amounts import near_label, so_far, what
from sales.goals.progress import TargetProgress
from sales.language.dates.period import week_of
from sales.language.figures import month_day

GAP = "  "  # between what it is and how it stands
DOT = " · "


def goal_line(standing: TargetProgress) -> Mrkdwn:
    """Return a goal in one line: "*Q3 revenue*  $84.8k of $122k · 9 days behind · chance 6%"."""
    return joined([titled(standing), stands(standing)], GAP)


def home_line(standing: TargetProgress) -> Mrkdwn:
    """Return the same on two short lines, for a place with a button beside it."""
    first, *rest = parts(standing)
    return joined([joined([titled(standing), first], GAP), *([joined(rest, DOT)] if rest else [])])


def titled(standing: TargetProgress) -> Mrkdwn:
    """Return what a goal is about: "*Q3 revenue*", "*This week’s calls*"."""
    period, today = standing.pace.period, standing.pace.today
    label: Mrkdwn | str = near_label(standing)
    if (period.start, period.end) == (today, today):
        label = words("goals/goal/goal", "day")
    elif period[1:3] == week_of(today)[1:3]:
        label = words("goals/goal/goal", "week")
    return words("goals/goal/goal", "title", label=label, what=what(standing.goal))


def stands(standing: TargetProgress) -> Mrkdwn:
    """Return how a goal stands: "$84.8k of $122k · 9 days behind · chance 6%"."""
    return joined(parts(standing), DOT)


def parts(standing: TargetProgress) -> list[Mrkdwn]:
    """Return how far a goal is, its status in words, and its chance, where there are any."""
    done, target = so_far(standing)
    pace, figure = standing.pace, forecast.figure(standing)
    starts = month_day(pace.period.start, pace.today)
    found = [
        words("goals/goal/goal", "so_far", s=standing, done=done, target=target, starts=starts),
        status_words(standing),
    ]
    if figure and not pace.is_over:
        found.append(words("goals/goal/goal", "chance", figure=figure))
    return [one for one in found if one]


def status_words(standing: TargetProgress) -> Mrkdwn:
    """Return where a goal stands: "9 days behind", "on pace", "reached"; empty where there is nothing to say yet."""
    return words("goals/goal/goal", "status", s=standing)
