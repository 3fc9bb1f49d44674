"""The runway in words: the date and its share first, then the gap and what would close it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from messages.blocks import Block, Message, actions, context, divider, joined, message_of, modal_of, section
from messages.elements import button
from messages.formatting import Mrkdwn, words
from messages.goals.goal import amounts
from messages.goals.goal.line import GAP, stands
from sales.goals.runway.additions import WeekLeft
from sales.goals.runway.confidence import EVEN
from sales.goals.runway.estimate import Runway
from sales.goals.runway.outlook import Aim, Outlook
from sales.goals.runway.warning import RunwayAlert
from sales.language.dates.period import Period, PeriodKind, is_half, next_period
from sales.language.figures import minor_per_unit, money, number, plural
from sales.pipeline.cycle import MIN_CLOSED

MOST_SHOWN = 8  # five blocks each at most, in a message of fifty
EACH_WEEK = 4  # of a table by weeks left; the need doubles there from one week to the next
EVERY_FEW = 2  # earlier, where a week changes little
DAYS_A_WEEK = 7
DETAILS = "runway.details"


class Sure(NamedTuple):
    """How many deals opened today make each aim as likely as `share`; None where no number does."""

    share: float
    counts: tuple[int | None, ...]


def answer(
    found: Sequence[Outlook],
    team_name: str = "",
    *,
    sure: Sure | None = None,
    asked: str = "",
) -> Message:
    """Say the runway of each aim in a line, and in the next how it stands; `team_name` says that they are a team's.

    `sure` adds how many deals to be that sure. What was `asked` comes again with its arithmetic where somebody presses
    Details.
    """
    blocks: list[Block] = []
    for place, one in enumerate(found[:MOST_SHOWN]):
        lines = [aim_line(one, team_name)]
        if one.standing is not None:
            lines.append(stands(one.standing))
        if sure is not None and one.has_need:
            lines.append(sure_line(one, sure.share, sure.counts[place]))
        blocks.append(section(joined(lines)))
    blocks.append(actions(button("Details", DETAILS, asked)))
    return message_of(blocks)


def aim_line(found: Outlook, team_name: str = "") -> Mrkdwn:
    """Return the runway of an aim: days left and deals to open, or what to do instead."""
    said = words("goals/runway", "line", o=found, label=near(found))
    return joined([titled(found, team_name), Mrkdwn(said.replace("\n", " "))], GAP)


def titled(found: Outlook, team_name: str) -> Mrkdwn:
    """Return what an aim is called: "*Q3 revenue*"."""
    title = words("goals/goal/goal", "title", label=near(found), what=amounts.what(found.aim.goal))
    return words("goals/runway", "of_team", title=title, team_name=team_name) if team_name else title


def near(found: Outlook) -> str:
    """Return how people call an aim's period, the year only where it is another."""
    return amounts.near(found.aim.period.label, found.runway.today)


def deals_to_open(found: Outlook) -> str:
    """Return how many deals close the gap, in words; empty where none do, or nobody can open them."""
    return plural(found.to_open, "deal") if found.to_open is not None else ""


def details(
    found: Sequence[Outlook],
    fiscal_year_start: int = 1,
    team_name: str = "",
    *,
    sure: Sure | None = None,
    table: Sequence[WeekLeft] = (),
) -> dict[str, Any]:
    """Show the arithmetic of a runway; `table` is the need by weeks left of the only aim."""
    blocks: list[Block] = []
    for place, one in enumerate(found[:MOST_SHOWN], start=1):
        if blocks:
            blocks.append(divider())
        mark = place if len(found) > 1 and not team_name else 0
        blocks += aim_blocks(one, mark, fiscal_year_start, team_name)
        if sure is not None and one.has_need:
            blocks.append(section(sure_line(one, sure.share, sure.counts[place - 1])))
    if table and found[0].has_need:
        blocks.append(section(weeks_left(found[0], table)))
    elif len(found) > 1:
        blocks.append(context(words("goals/runway", "one_by_one", team_name=team_name)))
    last = found[0].runway
    unvalued = max(one.unvalued for one in found)
    blocks.append(context(words("goals/runway", "grounds", r=last, unvalued=unvalued)))
    if last.from_history:
        blocks.append(context(words("goals/runway", "computed", r=last)))
    return modal_of("Runway", blocks, close="Close")


def aim_blocks(found: Outlook, place: int, fiscal_year_start: int, team_name: str) -> list[Block]:
    """Show one aim: the date, then the gap, what would close it, and what holds after the date."""
    runway = found.runway
    heading = words("goals/runway", "heading", number=place, aim=aim(found.aim), team_name=team_name)
    then = words("goals/runway", "after", r=runway, following=following(runway.period, fiscal_year_start))
    if found.asks_start:
        unknown = words("goals/runway", "line", o=found, label=near(found))
        return [section(joined([date_line(runway), heading])), section(unknown)]
    lines = [words("goals/runway", "gap", o=found, **figures(found))]
    if runway.has_passed:
        lines.append(then)  # past the date, what to do comes before what opening would take
    if found.to_open:
        lines.append(words("goals/runway", "need", r=runway, **needed_words(found)))
    elif runway.needed is None and found.gap and runway.from_history:
        lines.append(words("goals/runway", "nothing_in_time", r=runway))
    elif found.is_beyond:
        lines.append(words("goals/runway", "beyond"))
    if not runway.has_passed:
        lines.append(then)
    return [section(joined([date_line(runway), heading])), section(joined(lines))]


def sure_line(found: Outlook, share: float, count: int | None) -> Mrkdwn:
    """Return how many new deals make an aim as likely as `share`, or that nobody can open so many."""
    possible = (
        count is not None and not (count and found.is_beyond and share >= EVEN) and found.can_open(count)
    )
    return words("goals/runway", "sure", r=found.runway, o=found, share=share, count=count, possible=possible)


def weeks_left(found: Outlook, table: Sequence[WeekLeft]) -> Mrkdwn:
    """Return what would have to be opened with so many weeks left: every week near the end, fewer before."""
    rows = [
        words(
            "goals/runway",
            "week_left",
            weeks=row.weeks,
            need=row.needed,
            possible=row.needed is not None and found.can_open(row.needed.deals, DAYS_A_WEEK * row.weeks),
        )
        for row in table
        if row.weeks <= EACH_WEEK or row.weeks % EVERY_FEW == 0 or row is table[0]
    ]
    return joined([words("goals/runway", "weeks_heading", missing=spelled(found.aim, found.gap)), *rows])


def no_goal(dates: Sequence[Runway], team_name: str | None) -> Message:
    """Show the dates of periods without a goal, and how to set one."""
    lines = [date_line(runway) for runway in dates]
    return message_of(
        [
            *(section(line) for line in lines),
            section(words("goals/runway", "without_goal", team_name=team_name)),
            context(words("goals/runway", "grounds", r=dates[0], unvalued=0)),
        ],
    )


def alert(
    found: Outlook, news: RunwayAlert, fiscal_year_start: int = 1, *, below: Mrkdwn | str = ""
) -> Message:
    """Warn once: what to do first, then the date and its share, then what is missing; `below` says for how long it
    has been below plan.
    """
    text = words(
        "goals/runway",
        "alert",
        o=found,
        label=near(found),
        said=news.said.value,
        following=following(found.runway.period, fiscal_year_start),
        deals=deals_to_open(found),
    )
    said = figures(found)
    missing = words("goals/runway", "alert_gap", missing=said["missing"], target=said["target"])
    return message_of([section(joined([text, below] if below else [text])), context(missing)])


def opened_late(found: Outlook, fiscal_year_start: int = 1) -> Mrkdwn:
    """Say which period a deal mostly counts for that was opened past the last day for this one."""
    then = following(found.runway.period, fiscal_year_start)
    return words("goals/runway", "opened_late", r=found.runway, label=near(found), following=then)


def why(found: Outlook, news: RunwayAlert) -> str:
    """Say why an alert came, with the arithmetic it was decided on."""
    return " ".join(news.why(lambda amount: spelled(found.aim, amount, unit=False)))


def team_line(found: Outlook) -> Mrkdwn:
    """Return a team's runway in one line while it is open, and what is still needed; empty when it has passed."""
    return words("goals/runway", "team_line", o=found, label=near(found), deals=deals_to_open(found))


def home_line(found: Outlook) -> Mrkdwn:
    """Return an open runway in one line, for App Home."""
    return words("goals/runway", "home", o=found, label=near(found))


def date_line(runway: Runway) -> Mrkdwn:
    """Return the date with the share it stands on."""
    return words("goals/runway", "date", r=runway, least=MIN_CLOSED)


def figures(found: Outlook) -> dict[str, str]:
    """Return the parts of a gap in words."""
    whole = found.aim
    return {
        "target": spelled(whole, whole.goal.target),
        "won": spelled(whole, whole.won, unit=False),
        "expected": spelled(whole, found.expected, unit=False),
        "missing": spelled(whole, found.gap),
    }


def needed_words(found: Outlook) -> dict[str, str]:
    """Return what would close a gap in words; only where something would."""
    mean = found.runway.mean_won
    return {
        "missing": spelled(found.aim, found.gap),
        "deals": deals_to_open(found),
        "mean": "" if found.aim.in_deals or not mean else spelled(found.aim, mean),
    }


def spelled(whole: Aim, amount: float, *, unit: bool = True) -> str:
    """Return an amount of an aim: whole dollars, or deals to one decimal."""
    if whole.in_deals:
        return plural(amount, "deal") if unit else number(amount)
    major = minor_per_unit(whole.currency)
    return money(round(amount / major) * major, whole.currency)


def aim(whole: Aim) -> str:
    """Return an aim as goals are called: "$120,000 revenue in Q4 2017"."""
    return amounts.aim(whole.goal, whole.period.label)


def following(period: Period, fiscal_year_start: int) -> str:
    """Return what the period after is called."""
    if period.kind is PeriodKind.CUSTOM and not is_half(period, fiscal_year_start):
        return "the time after it"
    return next_period(period, fiscal_year_start).label
