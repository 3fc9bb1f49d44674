"""Checks of order: what a deal lacks that its stage, or any deal, should have (mechanisms 20, 24, 55, 59)."""

from sales.audit.check.finding import AuditKnown, Said
from sales.language.figures import long_day, money, plural
from sales.language.typed_text import shorten
from sales.pipeline.deal_facts import DealFacts
from sales.pipeline.stage import StageNeed

MOST_OF_OBSTACLE = 120  # characters of an obstacle that are read at a glance


def needs(facts: DealFacts, need: StageNeed) -> str:
    """Return the name of a deal's stage where that needs something; empty where it does not."""
    return facts.stage.name if facts.stage is not None and need in facts.stage.needed else ""


def no_next_step(facts: DealFacts, known: AuditKnown) -> Said | None:
    """Nothing is agreed next: a conversation that leads nowhere (mechanism 59)."""
    if facts.next_step is not None:
        return None
    why = "No next step is agreed."
    if facts.silent_since_import is not None:
        why = f"No next step is noted since it was imported on {long_day(facts.silent_since_import, known.today)}."
    if facts.led_nowhere:
        why = f"No next step is agreed: {plural(facts.led_nowhere, 'conversation')} led to none."
    return Said(why, "Agree one with a day, or ask whether they still want it.")


def no_decision_maker(facts: DealFacts, known: AuditKnown) -> Said | None:
    """It is late, and nobody who decides is known (mechanism 55)."""
    stage = needs(facts, StageNeed.DECISION_MAKER)
    if not stage or facts.has_decision_maker:
        return None
    return Said(f"It stands at {stage}, and no decision maker is named.", "Ask who signs, and meet them.")


def no_obstacle(facts: DealFacts, known: AuditKnown) -> Said | None:
    """It is late, and nobody said what could stop it (mechanism 24)."""
    stage = needs(facts, StageNeed.OBSTACLE)
    if not stage or facts.obstacles:
        return None
    return Said(
        f"It stands at {stage}, and no obstacle is named.",
        "What could stop it? Name it, and by when it is gone.",
    )


def obstacle_is_overdue(facts: DealFacts, known: AuditKnown) -> Said | None:
    """Something that could stop it should be out of the way by now (mechanism 24)."""
    found = [one for one in facts.obstacles if one.is_overdue(known.today)]
    if not found or found[0].due_on is None:
        return None
    more = f", and {plural(len(found) - 1, 'more obstacle')}" if len(found) > 1 else ""
    what = shorten(found[0].what, MOST_OF_OBSTACLE)
    return Said(
        f"Still in the way: {what}; that was due {long_day(found[0].due_on, known.today)}{more}.",
        "Clear it, or give it a new day.",
    )


def no_price(facts: DealFacts, known: AuditKnown) -> Said | None:
    """Nobody put a value on it (mechanism 20)."""
    deal = facts.deal
    if deal.value_minor:
        return None
    typical = known.typical.get((deal.currency, deal.product)) or known.typical.get(
        (deal.currency, None), 0.0
    )
    counted = (
        f" It counts as a typical win, {money(round(typical / 100) * 100, deal.currency)}." if typical else ""
    )
    return Said(f"No value stands on it.{counted}", "Say what it is worth, even roughly.")
