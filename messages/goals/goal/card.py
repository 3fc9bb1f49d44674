"""Goals as they stand: a line each with what can be done about it, behind `/goal` and on App Home."""

from collections.abc import Sequence
from typing import Any

from messages.blocks import Block, Message, actions, joined, message_of, modal_of, section
from messages.elements import Element, button, option, overflow_menu
from messages.formatting import Mrkdwn, words
from messages.goals import advice
from messages.goals.goal import start
from messages.goals.goal.amounts import aim
from messages.goals.goal.line import GAP, home_line
from messages.goals.goal.line import goal_line as goal_line
from sales.goals.advice import worth_doing
from sales.goals.goal import Goal
from sales.goals.progress import GoalProgress

EDIT = "goal.edit"
CLOSE = "goal.close"
FORM = "goal.form"
HISTORY = "goal.history"
DETAILS = "goal.details"
MENU = "goal.menu"
ALL = "goal.all"
SURE = "goal.close_sure"

MOST_SHOWN = 5  # of a list, however many there are; a press shows the others
MOST_CHOICES = 12  # to choose one among, in a message of fifty blocks


def goals(standings: Sequence[GoalProgress], owner: str | None = None, more: Sequence[Block] = ()) -> Message:
    """Show somebody's goals, a line each; `owner` is the user id unless it is the reader. `more` is said of them."""
    if not standings:
        said = words("goals/goal/goal", "nothing", owner=owner)
        return message_of([section(said), actions(new_button(owner))])
    shown = standings[:MOST_SHOWN]
    blocks: list[Block] = [section(words("goals/goal/goal", "heading", owner=owner))] if owner else []
    blocks += [section(goal_line(standing), goal_menu(standing.goal_id)) for standing in shown]
    found = worth_doing(standings)
    if found is not None:
        blocks.append(section(joined([advice.heading(), advice.advised(found, standings)], GAP)))
    blocks += more
    ways = [new_button(owner, "Set another"), history_button(owner)]
    ways[:0] = [start.enter_button(one.goal_id) for one in shown if one.asks_start][:1]
    if len(standings) > len(shown):
        ways.insert(0, all_button(len(standings) - len(shown), owner))
    blocks.append(actions(*ways))
    return message_of(blocks)


def every_goal(standings: Sequence[GoalProgress]) -> dict[str, Any]:
    """Show all goals there are, a line each, for whoever asked for those that a list had no room for."""
    return modal_of("Goals", [section(goal_line(standing)) for standing in standings], close="Close")


def choose(standings: Sequence[GoalProgress], what: str) -> Message:
    """Ask which goal is meant; `what` is "edit" or "close"."""
    question = words("goals/goal/goal", "choose", what=what)
    blocks: list[Block] = [section(question)]
    for standing in standings[:MOST_CHOICES]:
        made = edit_button if what == "edit" else close_button
        line = joined([aim(standing.goal, standing.label)])
        blocks.append(section(line, accessory=made(standing.goal_id)))
    return message_of(blocks)


def goal_menu(goal_id: int) -> Element:
    """Return what can be done about a goal, behind three dots."""
    choices = [("Details", DETAILS), ("Edit…", EDIT), ("Close…", CLOSE)]
    return overflow_menu(f"{MENU}:{goal_id}", [option(label, f"{act}|{goal_id}") for label, act in choices])


def close_form(goal: Goal, label: str, private: str) -> dict[str, Any]:
    """Ask once more before a goal is closed; the form keeps `private`."""
    question = words("goals/goal/goal", "close_question", aim=aim(goal, label))
    return modal_of(
        "Close this goal?",
        [section(question)],
        callback_id=SURE,
        submit="Close it",
        close="Keep it",
        private=private,
    )


def details_button(goal_id: int, label: str = "Details") -> Element:
    return button(label, f"{DETAILS}:{goal_id}:{label}", str(goal_id))


def edit_button(goal_id: int) -> Element:
    return button("Edit", f"{EDIT}:{goal_id}", str(goal_id))


def close_button(goal_id: int) -> Element:
    return button("Close…", f"{CLOSE}:{goal_id}", str(goal_id))


def new_button(owner: str | None, label: str = "Set a goal") -> Element:
    return button(label, FORM, owner or "")


def history_button(owner: str | None) -> Element:
    return button("History", HISTORY, owner or "")


def all_button(count: int, owner: str | None = None) -> Element:
    return button(words("goals/goal/goal", "more", count=count), ALL, owner or "")


def home_blocks(found: Sequence[GoalProgress]) -> list[Block]:
    """A person's goals on App Home, two short lines each, and the one thing worth doing; or the way to a first goal."""
    if not found:
        return [section(words("goals/goal/goal", "home_none"), home_button())]
    shown = found[:MOST_SHOWN]
    blocks = [section(home_line(standing), beside(standing)) for standing in shown]
    if len(found) > len(shown):
        blocks.append(actions(all_button(len(found) - len(shown))))
    return [*blocks, *next_blocks(found)]


def beside(standing: GoalProgress) -> Element:
    """Return the way on from a goal's line: to its arithmetic, or first to say what was won before."""
    if standing.asks_start:
        return start.enter_button(standing.goal_id)
    return details_button(standing.goal_id)


def next_blocks(found: Sequence[GoalProgress]) -> list[Block]:
    """Return the one thing worth doing about somebody's goals, and why; none where nothing is."""
    best = worth_doing(found)
    if best is None:
        return []
    said: Mrkdwn = joined([advice.heading(), advice.advised(best, found)])
    return [section(said, details_button(best.standing.goal_id, "Why"))]


def home_button() -> Element:
    return button("Set a goal", FORM)
