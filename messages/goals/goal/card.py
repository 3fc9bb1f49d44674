"""Goals as they stand: the card, the line that other messages carry, and the list behind `/goal`."""

from collections.abc import Sequence

from messages.blocks import Block, Message, actions, context, joined, message_of, plain_context, section
from messages.elements import Element, button, confirm
from messages.formatting import Mrkdwn, words
from messages.goals import forecast
from messages.goals.goal.amounts import aim, amount, bare, daily, noun, title
from messages.room import fitting
from sales.goals.goal import Goal, Metric
from sales.goals.progress import GoalProgress, TargetProgress
from sales.language.typed_text import shorten

EDIT = "goal.edit"
CLOSE = "goal.close"
FORM = "goal.form"
HISTORY = "goal.history"

HOME_SHOWN = 8
HOME_ROOM = 3_000  # characters of JSON
MOST_SHOWN = 12  # three blocks each, in a message of fifty


def goal_line(standing: TargetProgress) -> Mrkdwn:
    """Return a goal in one line, for the end of the day and the digest: how far, at what pace, and P(hit)."""
    line = words(
        "goals/goal/goal", "line", s=standing, aim=aim(standing.goal, standing.label), **figures(standing)
    )
    return joined([part for part in (line, forecast.short(standing)) if part], " ")


def goal_card(standing: GoalProgress) -> list[Block]:
    """Return a goal as a card: what it is, how far, at what pace, its chance, and what it serves."""
    goal = standing.goal
    texts = {"title": title(goal), "target": bare(goal, goal.target), "step": small_step(standing)}
    done = bare(goal, standing.attained)
    facts = words("goals/goal/goal", "card", s=standing, **{**figures(standing), **texts, "done": done})
    card: list[Block] = [section(joined([facts, *forecast.lines(standing)]))]
    if goal.objective or goal.reason:
        card.append(purpose(goal))
    return card


def purpose(goal: Goal) -> Block:
    """Return what a goal serves and why, as plain text: typed words are never read as markup."""
    parts = [("Serves: ", goal.objective), ("Why: ", goal.reason)]
    return plain_context(*[shorten(name + said, 1000) for name, said in parts if said])


def small_step(standing: TargetProgress) -> Mrkdwn | str:
    """Return the smallest thing that helps when a goal is behind, else nothing (mechanism 9).

    Where the model names the action that moves the chance most, that is said instead.
    """
    if not standing.is_behind or (standing.chance is not None and standing.chance.action is not None):
        return ""
    goal = standing.goal
    activity = noun(goal) if goal.metric is Metric.ACTIVITIES else ""
    return words("goals/goal/goal", "step", metric=goal.metric.value, activity=activity)


def figures(standing: TargetProgress) -> dict[str, str]:
    """Return a standing's amounts in words."""
    goal = standing.goal
    return {
        "done": amount(goal, standing.attained),
        "gap": amount(goal, standing.gap),
        "daily": daily(standing),
    }


def goals(standings: Sequence[GoalProgress], owner: str | None = None) -> Message:
    """Show somebody's goals with their pace; `owner` is the user id unless it is the reader."""
    if not standings:
        said = words("goals/goal/goal", "nothing", owner=owner)
        return message_of(said, [section(said), actions(new_button(owner))])
    blocks: list[Block] = [section(words("goals/goal/goal", "heading", owner=owner))]
    cards = [
        [*goal_card(standing), actions(edit_button(standing.goal_id), close_button(standing))]
        for standing in standings[:MOST_SHOWN]
    ]
    count = fitting(cards)
    blocks += [block for one in cards[:count] for block in one]
    if len(standings) > count:
        blocks.append(context(words("goals/goal/goal", "more", count=len(standings) - count)))
    aimless = sum(not standing.objective for standing in standings)
    if aimless:
        blocks.append(
            context(words("goals/goal/goal", "without_objective", count=aimless, of=len(standings)))
        )
    blocks.append(actions(new_button(owner, "Set another"), history_button(owner)))
    return message_of(joined([goal_line(standing) for standing in standings]), blocks)


def choose(standings: Sequence[GoalProgress], what: str) -> Message:
    """Ask which goal is meant; `what` is "edit" or "close"."""
    question = words("goals/goal/goal", "choose", what=what)
    blocks: list[Block] = [section(question)]
    for standing in standings[:MOST_SHOWN]:
        button = edit_button(standing.goal_id) if what == "edit" else close_button(standing)
        blocks.append(section(joined([aim(standing.goal, standing.label)]), accessory=button))
    return message_of(question, blocks)


def edit_button(goal_id: int) -> Element:
    return button("Edit", f"{EDIT}:{goal_id}", str(goal_id))


def close_button(standing: GoalProgress) -> Element:
    question = shorten(f"{aim(standing.goal, standing.label)}. What it said stays in the history.", 300)
    sure = confirm("Close this goal?", question, "Close it")
    return button("Close", f"{CLOSE}:{standing.goal_id}", str(standing.goal_id), confirm=sure)


def new_button(owner: str | None, label: str = "Set a goal") -> Element:
    return button(label, FORM, owner or "")


def history_button(owner: str | None) -> Element:
    return button("History", HISTORY, owner or "")


def home_blocks(found: Sequence[GoalProgress]) -> list[Block]:
    """A person's goals on App Home, with the way to the first."""
    blocks: list[Block] = [section(words("goals/goal/goal", "home_heading"))]
    cards = [goal_card(standing) for standing in found[:HOME_SHOWN]]
    count = fitting(cards, HOME_ROOM)
    blocks += [block for one in cards[:count] for block in one]
    if len(found) > count:
        blocks.append(context(words("goals/goal/goal", "home_more", count=len(found) - count)))
    if not found:
        blocks.append(section(words("goals/goal/goal", "home_none"), home_button()))
    return blocks


def home_button() -> Element:
    return button("Set a goal", FORM)
