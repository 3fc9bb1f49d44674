"""What a sentence says of a deal, and the sentence that says just that."""

import re
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sales.language.amounts import typed_amount
from sales.language.figures import long_day, money
from sales.language.typed_text import shorten
from sales.pipeline.opportunity import Waking

AS_TYPED = "as typed"  # at the end of a line: the amount is meant, however large it is
# What wakes a parked deal, as it can be typed.
WAKES_TYPED = {Waking.ACTIVITY: "until they call", Waking.PERIOD: "until the next period"}
ANY_QUOTE = re.compile('["“”„«»]')


class DealAction(StrEnum):
    """What is wanted of a deal. CREATE also means "set its value" where the deal exists already."""

    LIST = "list"
    LIST_PARKED = "list parked"
    SHOW = "show"
    CREATE = "create"
    EDIT = "edit"
    WON = "won"
    LOST = "lost"
    MOVE = "move"
    PARK = "park"
    REOPEN = "reopen"


LABELS = {
    DealAction.WON: "Won: ",
    DealAction.LOST: "Lost: ",
    DealAction.PARK: "Park: ",
    DealAction.REOPEN: "Reopen: ",
    DealAction.SHOW: "Show: ",
}


class DealDraft(NamedTuple):
    """What a sentence says of a deal. `account` is set where a known or quoted name was found.

    `closes` is the expected close (CREATE, EDIT, MOVE), `on` the local day it was won or lost, `until` the day a
    parked deal wakes and `wakes` what wakes it before; each None if not said. `is_quoted` where the name was set in
    quotes, so that nothing else is meant; `as_typed` where the amount is.
    """

    action: DealAction
    name: str
    account: str | None = None
    value_minor: int | None = None
    closes: date | None = None
    on: date | None = None
    until: date | None = None
    reason: str = ""
    currency: str = ""
    is_quoted: bool = False
    as_typed: bool = False
    wakes: Waking | None = None

    def written(self) -> str:
        """Return a line that reads as this draft, whoever the customers are."""
        verb = "new" if self.action is DealAction.CREATE else self.action
        name = ANY_QUOTE.sub("'", self.name)
        said = [verb, f"“{name}”"]
        if self.value_minor is not None:
            said.append(typed_amount(self.value_minor, self.currency))
        days = (("closes", self.closes), ("on", self.on), ("until", self.until))
        said += [f"{word} {day.isoformat()}" for word, day in days if day is not None]
        if self.wakes is not None:
            said.append(WAKES_TYPED[self.wakes])
        if self.as_typed:
            said.append(AS_TYPED)
        if self.reason:
            said.append(f"because {self.reason}")
        return " ".join(said)

    def label(self) -> str:
        """Return it as a button says it: "Acme, $24,000, closes Tue 15 Dec 2026"."""
        verb = LABELS.get(self.action, "")
        said = [f"{verb}{shorten(self.name, 40)}"]
        if self.value_minor is not None:
            said.append(money(self.value_minor, self.currency))
        if self.closes is not None:
            said.append(f"closes {long_day(self.closes)}")
        if self.until is not None:
            said.append(f"until {long_day(self.until)}")
        if self.reason:
            said.append(f"because {shorten(self.reason, 40)}")
        return ", ".join(said)
