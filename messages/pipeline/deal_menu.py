"""What is seldom done to a deal, behind three dots of its card."""

from messages.elements import Element, button, option, overflow_menu
from messages.pipeline import deal_history, merge, tender, waking
from sales.pipeline.opportunity import StoredOpportunity

MENU = "deal_menu"


def menu(deal: StoredOpportunity) -> Element:
    """Return the menu of an open deal; a tender says on its card that it is none."""
    ways = [
        ("Park until…", waking.ON_CARD),
        ("History", deal_history.OPEN),
        ("Merge with another deal…", merge.OPEN),
    ]
    if not deal.is_tender:
        ways.insert(0, ("It is a tender…", tender.FLAG))
    return overflow_menu(
        f"{MENU}:{deal.id}", [option(label, f"{action}|{deal.id}") for label, action in ways]
    )


def history_alone(deal: StoredOpportunity) -> Element:
    """Return what is left of the menu once a deal is closed."""
    return button("History", f"{deal_history.OPEN}:{deal.id}", str(deal.id))


def read_choice(carried: str) -> tuple[str, str]:
    """Return what was chosen of the menu, and for which deal."""
    action, _, deal_id = carried.partition("|")
    return action, deal_id
