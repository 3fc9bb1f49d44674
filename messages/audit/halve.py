"""Halving in words: two deals side by side, you against the model, a plan for what is kept, and who was right."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from messages.blocks import (
    Block,
    Message,
    actions,
    context,
    field_input,
    joined,
    message_of,
    modal_of,
    section,
)
from messages.elements import Element, button, date_picker, worded_input
from messages.formatting import Mrkdwn, words
from messages.undo import undo_button
from sales.audit.halving import HalvingBoard, PickedDeal, Whose
from sales.pipeline.deal_facts import DealFacts

KEEP, GIVE, GIVE_REST = "halve.keep", "halve.give", "halve.give_rest"
TURN, SWAP, OVER = "halve.turn", "halve.swap", "halve.over"
PLAN, PARK = "halve.plan", "halve.park"
SAVE = "halve.save"  # the plan form's callback
STEP, STEP_DAY, OBSTACLE, OBSTACLE_DAY, DECIDER = "step", "step_day", "obstacle", "obstacle_day", "decider"
ASKED = (STEP, OBSTACLE, DECIDER)
MOST = 5  # of a list
LONGEST = 200  # characters of what somebody types into a plan
FILE = "audit/halve"


def about(board: HalvingBoard, number: int) -> str:
    """Return what a button carries: whose halving, and which deal or page of it."""
    return f"{board.id}:{number}"


def pair(board: HalvingBoard, others: int = 0) -> Message:
    """Ask about the next two deals; where half is kept, whether the rest goes."""
    if board.is_full:
        return rest(board)
    blocks: list[Block] = [section(words(FILE, "asks", b=board))]
    for one in board.pair:
        carried = about(board, one.id)
        blocks += [
            section(words(FILE, "deal", one=one, b=board, with_chance=False)),
            actions(
                button("Keep", f"{KEEP}:{one.id}", carried, style="primary"),
                button("Give away", f"{GIVE}:{one.id}", carried),
            ),
        ]
    return message_of([*blocks, context(words(FILE, "game", others=others))])


def rest(board: HalvingBoard) -> Message:
    """Say that half is kept, and which deals that leaves."""
    lines = [words(FILE, "listed_deal", one=one) for one in board.waiting[:MOST]]
    if len(board.waiting) > MOST:
        lines.append(words(FILE, "more", count=len(board.waiting) - MOST))
    buttons = actions(
        button("Give away the rest", GIVE_REST, about(board, 0), style="primary"), start_over(board)
    )
    said = joined([words(FILE, "full", b=board), *bulleted(lines)])
    return message_of([section(said), buttons, context(words(FILE, "game", others=0))])


class PlanNoted(NamedTuple):
    """What was just noted for a kept deal, in words, and how it is taken back."""

    said: Mrkdwn
    undo_id: int


def stands(
    board: HalvingBoard,
    facts: Mapping[int, DealFacts],
    at: int = 0,
    *,
    knows: bool,
    noted: PlanNoted | None = None,
) -> Message:
    """Show a halving that is through: the disagreement number `at`, what is kept, and what may be parked."""
    differ = board.disagreements if knows else []
    head = words(FILE, "done", b=board, differ=len(differ) if knows else None)
    blocks: list[Block] = [section(joined([noted.said, head]) if noted else head)]
    if not knows:
        blocks.append(context(words(FILE, "no_history")))
    if at < len(differ):
        one = differ[at]
        sides = [words(FILE, "yours", d=one, b=board)] if one.yours else []
        sides.append(words(FILE, "models", d=one, b=board))
        blocks.append(section(joined([words(FILE, "differ", at=at + 1, count=len(differ)), *sides])))
        ours = one.yours.id if one.yours else 0
        said = "Swap them" if one.yours else "Keep it too"
        ways = [button(said, f"{SWAP}:{one.models.id}", f"{board.id}:{ours}:{one.models.id}")]
        if at + 1 < len(differ):
            ways.insert(0, button("Next", TURN, about(board, at + 1), style="primary"))
        blocks += [actions(*ways), context(words(FILE, "judged", b=board))]
    return message_of([*blocks, *plans(board, facts), *ends(board, noted)])


def plans(board: HalvingBoard, facts: Mapping[int, DealFacts]) -> list[Block]:
    """Show the kept deals, those without a whole plan first, each with the way to it (mechanism 75)."""
    kept = [one for one in board.kept if one.pick.opportunity_id in facts]
    if not kept:
        return []
    lacks = {one.id: missing(facts[one.pick.opportunity_id]) for one in kept}
    ordered = sorted(kept, key=lambda one: not lacks[one.id])
    blocks: list[Block] = [section(words(FILE, "win_them"))]
    for one in ordered[:MOST]:
        way = button("Win plan…", f"{PLAN}:{one.id}", about(board, one.id)) if lacks[one.id] else None
        blocks.append(section(words(FILE, "kept_line", one=one, b=board, missing=lacks[one.id]), way))
    if len(ordered) > MOST:
        blocks.append(context(words(FILE, "more", count=len(ordered) - MOST)))
    return blocks


def missing(facts: DealFacts) -> list[str]:
    """Return what a plan to win a deal lacks, in words."""
    lacks = {
        "step": facts.next_step is None,
        "obstacle": not facts.obstacles,
        "decider": not facts.has_decision_maker,
    }
    return [str(words(FILE, "need", what=what)) for what, is_missing in lacks.items() if is_missing]


def ends(board: HalvingBoard, noted: PlanNoted | None) -> list[Block]:
    """Offer to park what was given away, to begin anew, and to take back what was just noted."""
    ways = [undo_button(noted.undo_id)] if noted else []
    if not board.given:
        return [actions(*ways, start_over(board))]
    park = button("Park what I gave away", PARK, about(board, 0))
    return [actions(*ways, park, start_over(board)), context(words(FILE, "game", others=0))]


def start_over(board: HalvingBoard) -> Element:
    return button("Start over", OVER, about(board, 0))


def bulleted(lines: Sequence[Mrkdwn]) -> list[Mrkdwn]:
    return [Mrkdwn(f"• {line}") for line in lines]


def parked(board: HalvingBoard, count: int, undo_id: int) -> Message:
    """Say how many deals were parked, with the way back."""
    said = section(words(FILE, "parked", count=count))
    return message_of([said, actions(undo_button(undo_id), button("Back", TURN, about(board, 0)))])


def too_few(count: int, others: int) -> Message:
    """Say that there are no two deals to choose from; `others` are in other currencies."""
    return message_of(words(FILE, "too_few", count=count, others=others))


def refused(what: str) -> str:
    return str(words(FILE, what))


def planned(name: str, what: Sequence[str]) -> Mrkdwn:
    """Say what was noted for a deal; `what` are its parts: step, obstacle, decider."""
    return words(FILE, "planned", one=name, what=[str(words(FILE, "need", what=one)) for one in what])


def form(one: PickedDeal, facts: DealFacts, private: str) -> dict[str, Any]:
    """Build the form of a win plan: the three things, those left out that are there already."""
    fields: list[Block] = [section(words(FILE, "planning", name=one.name))]
    if facts.next_step is None:
        fields += [
            field_input("Next step", worded_input("", LONGEST, "Send the ROI sheet"), STEP, optional=True),
            field_input("Next step, by when?", date_picker("chosen"), STEP_DAY, optional=True),
        ]
    if not facts.obstacles:
        what = worded_input("", LONGEST, "Legal wants changes")
        fields += [
            field_input("Obstacle: what could stop it?", what, OBSTACLE, optional=True),
            field_input("Out of the way by when?", date_picker("chosen"), OBSTACLE_DAY, optional=True),
        ]
    if not facts.has_decision_maker:
        who = worded_input("", LONGEST, "Dana Roe")
        fields.append(field_input("Decision maker: who decides?", who, DECIDER, optional=True))
    return modal_of("Win plan", fields, callback_id=SAVE, submit="Save", private=private)


def who_was_right(board: HalvingBoard) -> Message:
    """Say at a period's end what was won in each half, the rep's own first."""
    found = {whose: board.result(whose) for whose in Whose}
    best = max(one.won_minor for one in found.values())
    if not best:
        return message_of(words(FILE, "nothing_won", b=board))
    lines = [
        words(FILE, "half", whose=whose.value, r=one, b=board, is_best=0 < best == one.won_minor)
        for whose, one in found.items()
    ]
    return message_of([section(joined([words(FILE, "right", b=board), *bulleted(lines)]))])


def why(board: HalvingBoard) -> str:
    """Say why somebody is told who was right."""
    return words(FILE, "why", b=board)
