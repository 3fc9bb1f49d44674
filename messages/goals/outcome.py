"""The review of a period in words: what a goal came to, and how often chance alone gives a gap this size."""

from collections.abc import Sequence
from datetime import date

from messages.blocks import Block, Message, context, message_of, section
from messages.formatting import Mrkdwn, words
from messages.goals.goal.amounts import amount, bare, near, short_amount, what
from sales.goals.forecast.luck import LUCK_FROM
from sales.goals.goal import Metric, Target
from sales.goals.outcome import Review
from sales.goals.team_progress import EndedGoals
from sales.language.dates.period import PeriodKind
from sales.language.figures import one_in

NOUNS = {PeriodKind.MONTH: "month", PeriodKind.QUARTER: "quarter", PeriodKind.FISCAL_YEAR: "year"}


def review(found: Sequence[Review]) -> Message:
    """Tell an owner what their goals came to; what helps next comes last."""
    said = [line(one) for one in found]
    blocks: list[Block] = []
    for told, one in zip(said, found, strict=True):
        beside = [said for said in (in_a_row(one), of_chance(one)) if said]
        blocks += [section(told), *map(context, beside)]
    blocks.append(context(words("goals/outcome", "foot")))
    return message_of(blocks)


def line(one: Review) -> Mrkdwn:
    """Return what a goal came to in a line."""
    goal = one.goal
    title = words("goals/goal/goal", "title", label=one.label, what=what(goal))
    done, target = bare(goal, one.attained), bare(goal, one.target)
    return words("goals/outcome", "goal", r=one, title=title, done=done, target=target)


def in_a_row(one: Review) -> Mrkdwn:
    """Return how many periods in a row were reached, from two on: the owner's own record and nobody else's."""
    if one.streak < 2 or one.kind not in NOUNS:
        return Mrkdwn("")
    return words("goals/outcome", "streak", count=one.streak, noun=NOUNS[one.kind])


def of_chance(one: Review) -> Mrkdwn:
    """Return how a result lies beside the owner's own rate before (mechanism 10); nothing where it is not known."""
    if one.is_open_below:
        return Mrkdwn("")
    return chance_words(one.attained, one.expected, one.luck, one.goal, "Your own record")


def chance_words(
    attained: int, expected: float | None, luck: float | None, goal: Target, whose: str
) -> Mrkdwn:
    """Return in a sentence how often chance alone gives a gap this size; or that nothing tells yet."""
    if expected is None or luck is None:
        return words("goals/outcome", "no_record")
    about = amount(goal, rounded(expected))
    apart = rounded(abs(attained - rounded(expected)))
    return words(
        "goals/outcome",
        "chance",
        whose=whose,
        about=about,
        level=amount(goal, rounded(attained)) == about,
        more=attained > rounded(expected),
        apart=amount(goal, apart),
        often=one_in(luck),
        luck=luck >= LUCK_FROM,
    )


def rounded(value: float) -> int:
    """Return an expectation with two figures that mean something."""
    whole = round(value)
    return round(whole, min(0, 2 - len(str(abs(whole)))))


def came_to(one: EndedGoals, today: date) -> Mrkdwn:
    """Return in a line what the goals of a team came to together, for its channel."""
    goal = one.goal
    return words(
        "goals/outcome",
        "came_to",
        label=near(one.label, today),
        what="" if goal.metric is Metric.REVENUE else what(goal),
        done=short_amount(goal, one.attained),
        target=short_amount(goal, goal.target),
        share=one.attained / goal.target,
        unknown=one.unknown_starts if one.attained < goal.target else 0,
    )


def team_luck(one: EndedGoals) -> Mrkdwn:
    """Return how that lies beside the team's record before, for who asks."""
    return chance_words(one.attained, one.expected, one.luck, one.goal, "The team's record")


def why() -> str:
    """Say why the review comes."""
    return words("goals/outcome", "why")
