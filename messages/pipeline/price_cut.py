"""Price cuts in words: the form that asks for the value, the wish as a manager reads it, and what became of it."""

from collections.abc import Sequence
from typing import Any

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
from messages.elements import button, worded_input
from messages.formatting import Mrkdwn, words
from messages.pipeline.opportunity.ids import SHOW, Wish
from sales.language.figures import listed
from sales.pipeline.opportunity import MAX_WORDS, StoredOpportunity
from sales.pipeline.price_cut import DiscountState, PriceCut, StoredRequest

SAVE = "price.save"  # the form's callback
GRANT = "price.grant"
REFUSE = "price.refuse"
SAY_NO = "price.say_no"  # the callback of the form for the reason
WORTH, REASON = "worth", "reason"
EXAMPLE = "It saves each depot two hours a day"


def worth_form(deal: StoredOpportunity, cut: PriceCut, names: Sequence[str], private: str) -> dict[str, Any]:
    """Ask what a thing is worth to the customer before its price is lowered; `names` are the managers who decide."""
    lines: list[Mrkdwn] = [words("pipeline/price_cut", "intro", deal=deal, cut=cut)]
    if names:
        lines.append(words("pipeline/price_cut", "month_end", names=listed(list(names), "or")))
    fields = [
        section(joined(lines)),
        field_input(
            "What is this worth to them, in their words?",
            worded_input(deal.worth, MAX_WORDS, EXAMPLE, long=True),
            WORTH,
        ),
    ]
    submit = "Ask" if names else "Save"
    return modal_of("Value first", fields, callback_id=SAVE, submit=submit, private=private)


def asked(request: StoredRequest, names: Sequence[str]) -> Mrkdwn:
    return words("pipeline/price_cut", "asked", request=request, names=listed(list(names), "or"))


def on_card(deal: StoredOpportunity, request: StoredRequest | None, name: str) -> list[Block]:
    """Return what a deal is worth to the customer, and what became of the last wish for a lower price."""
    lines = [words("pipeline/price_cut", "worth", deal=deal)] if deal.worth else []
    if request is not None and request.state is DiscountState.OPEN:
        lines.append(words("pipeline/price_cut", "waiting", request=request))
    if request is not None and request.state is DiscountState.REFUSED:
        lines.append(words("pipeline/price_cut", "refused", request=request, name=name))
    return [context(joined(lines))] if lines else []


def wish(request: StoredRequest, deal: StoredOpportunity, rep: str, answered_by: str) -> Message:
    """Show a manager what is wished for, with yes and no; once it is answered, by whom and how."""
    blocks: list[Block] = [section(words("pipeline/price_cut", "wish", request=request, deal=deal, rep=rep))]
    if request.state is DiscountState.OPEN:
        yes = button("Grant", f"{GRANT}:{request.id}", str(request.id), style="primary")
        no = button("No…", f"{REFUSE}:{request.id}", str(request.id))
        blocks += [actions(yes, no), context(words("pipeline/price_cut", "habit"))]
    else:
        blocks.append(section(words("pipeline/price_cut", "answer", request=request, name=answered_by)))
    return message_of(blocks)


def reason_form(private: str) -> dict[str, Any]:
    """Ask a manager why not."""
    reason = worded_input("", MAX_WORDS, "They have the budget in October", long=True)
    fields = [field_input("Why not? They read it as you write it.", reason, REASON)]
    return modal_of("No discount", fields, callback_id=SAY_NO, submit="Say no", private=private)


def answer(request: StoredRequest, deal: StoredOpportunity, name: str) -> Message:
    """Tell a rep what became of their wish."""
    kind = "granted" if request.state is DiscountState.GRANTED else "declined"
    said = words("pipeline/price_cut", kind, request=request, deal=deal, name=name)
    return message_of([section(said), actions(button("Show", f"{SHOW}:{deal.id}", Wish(deal.id).written()))])


def answer_taken_back(request: StoredRequest, deal: StoredOpportunity, by: str, *, waits: bool) -> Message:
    """Tell a rep that an answer to their wish was taken back, by whom, and whether it waits for another."""
    said = words("pipeline/price_cut", "answer_taken_back", request=request, deal=deal, by=by, waits=waits)
    return message_of([section(said), actions(button("Show", f"{SHOW}:{deal.id}", Wish(deal.id).written()))])


def gone() -> Message:
    return message_of(words("pipeline/price_cut", "gone"))


def why_asked() -> str:
    return str(words("pipeline/price_cut", "why_asked"))


def why_answered() -> str:
    return str(words("pipeline/price_cut", "why_answered"))
