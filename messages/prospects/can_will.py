"""Can they, will they, in words: the verdict with its reason on a deal's card, and the form with its four questions."""

from typing import Any

from messages.blocks import Block, context, field_input, joined, modal_of, section
from messages.elements import Element, button, option, radio_buttons, worded_input
from messages.formatting import Mrkdwn, words
from messages.prospects import client_fit
from sales.language.typed_text import MAX_WORDS
from sales.pipeline.opportunity import StoredOpportunity
from sales.prospects.can_will import BuyingQuestion, BuyingSigns, BuyingVerdict, CanWill
from sales.prospects.ideal_client import ClientFit

OPEN = "can_will.open"
SAVE = "can_will.save"  # the form's callback
NOUN = "prospects/can_will"
BUDGET, AUTHORITY, NEED, WANTS, NOTE = "budget", "authority", "need", "wants", "note"
YES, NO, OPEN_YET = "yes", "no", "open"
FIELDS = (BUDGET, AUTHORITY, NEED, WANTS)
ASKED = {
    BUDGET: "Is there a budget for it?",
    AUTHORITY: "Do we reach who decides?",
    NEED: "Do they need it?",
    WANTS: "Do they want it from us?",
}


def verdict(found: CanWill) -> Mrkdwn:
    """Return the verdict with what it is made of: "Stop: there is no budget. The choice is yours."."""
    if found.verdict is BuyingVerdict.GO_ON:
        return words(NOUN, "go_on")
    if found.verdict is BuyingVerdict.STOP:
        parts = [against(found, one) for one in found.stops]
        return words(NOUN, "stop", parts=parts, more=bool(found.unknown))
    return words(NOUN, "find_out", parts=[open_question(found, one) for one in found.to_find_out])


def against(found: CanWill, question: BuyingQuestion) -> Mrkdwn:
    attitude = found.facts.attitude
    points = [point.value for point in attitude.against] if attitude is not None else []
    score = attitude.points if attitude is not None else None
    return words(NOUN, "against", question=question.value, attitude=score, points=points)


def open_question(found: CanWill, question: BuyingQuestion) -> Mrkdwn:
    """Return what to find out of a question: nobody knows, or somebody else has to be found."""
    if question in found.against:
        return against(found, question)
    fit = found.facts.attitude
    points = fit.points if fit is not None else None
    return words(NOUN, "unknown", question=question.value, attitude=points, is_measured=fit is not None)


def on_card(
    deal: StoredOpportunity, found: CanWill, fit: ClientFit | None, signs: BuyingSigns | None
) -> list[Block]:
    """Return the verdict and both scores of a deal's customer, with the way to say what is known."""
    lines = [verdict(found), *(client_fit.scores(fit) if fit is not None else [])]
    small = [words(NOUN, "note", text=signs.note)] if signs is not None and signs.note else []
    small += [words(NOUN, "before")] if found.facts.not_for_us else []
    return [section(joined(lines), way(deal)), *([context(joined(small))] if small else [])]


def only_fit(fit: ClientFit | None) -> list[Block]:
    """Return how a deal's customer fits, in small, where nothing else is to be said."""
    return [context(joined(client_fit.scores(fit)))] if fit is not None else []


def way(deal: StoredOpportunity) -> Element:
    """Return the button that asks whether they can and will."""
    return button("Can they, will they…", f"{OPEN}:{deal.id}", str(deal.id))


def form(deal: StoredOpportunity, signs: BuyingSigns | None, private: str) -> dict[str, Any]:
    """Build the form: four questions, filled with what was said before."""
    options = [option("Yes", YES), option("No", NO), option("Not known yet", OPEN_YET)]

    def choice(held: bool | None) -> Element:
        chosen = options[2 if held is None else 0 if held else 1]
        return radio_buttons("chosen", options, chosen)

    said = signs or BuyingSigns(opportunity_id=deal.id)
    fields: list[Block] = [section(words(NOUN, "intro", deal=deal))]
    fields += [field_input(ASKED[name], choice(getattr(said, name)), name) for name in FIELDS]
    fields.append(
        field_input(
            "What shows it?",
            worded_input(said.note, MAX_WORDS, "Their CFO named the cost centre", long=True),
            NOTE,
            optional=True,
        )
    )
    return modal_of("Can they, will they", fields, callback_id=SAVE, submit="Save", private=private)


def saved() -> Mrkdwn:
    return words(NOUN, "saved")
