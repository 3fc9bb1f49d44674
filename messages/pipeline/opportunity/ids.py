"""What buttons on deals are called and what they carry: which deal, and what was asked for it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from messages.carried import Carried
from messages.elements import Element, button
from sales.pipeline.opportunity import Waking

SHOW = "opportunity.show"
ALL = "opportunity.all"
PAGE = "opportunity.page"
PARKED = "opportunity.parked"  # the list of parked deals, from the deal number it carries on
WON = "opportunity.won"
LOST = "opportunity.lost"
EDIT = "opportunity.edit"
REOPEN = "opportunity.reopen"
REVALUE = "opportunity.revalue"
PARK = "opportunity.park"
ADD = "opportunity.add"
WON_NEW = "opportunity.won_new"
CLOSE_DAY = "opportunity.close_day"  # the picker of the day a deal is expected to close
TAKE_BACK = "opportunity.take_back"
SAVE = "opportunity.save"  # the edit form's callback
LOSE = "opportunity.lose"  # the lost form's callback


class Wish(NamedTuple):
    """What a person asked for a deal; carried by a button or a form until it is done.

    `deal_id` is None for a deal still to be added, which then has a `name`. `currency` is that of the value, empty
    where it is the team's. `until` and `wakes` are what a deal to be parked waits for.
    """

    deal_id: int | None = None
    value_minor: int | None = None
    on: date | None = None
    expected_on: date | None = None
    reason: str = ""
    name: str = ""
    account: str | None = None
    currency: str = ""
    until: date | None = None
    wakes: Waking | None = None

    def written(self) -> str:
        """Return it as a button or a form can keep it; what was not said is left out."""
        said = {
            key: str(value) if isinstance(value, date) else value for key, value in self._asdict().items()
        }
        return json.dumps({key: value for key, value in said.items() if value}, ensure_ascii=False)

    @classmethod
    def read(cls, kept: str) -> "Wish":
        """Return what `written` kept."""
        said: dict[str, Any] = json.loads(kept)
        for name in ("on", "expected_on", "until"):
            if name in said:
                said[name] = date.fromisoformat(said[name])
        if "wakes" in said:
            said["wakes"] = Waking(said["wakes"])
        return cls(**said)


def taking_back(undo_id: int, deal_id: int) -> Element:
    """Return the button that takes back what was just done to a deal; its card is shown again then."""
    return button("Undo", f"{TAKE_BACK}:{undo_id}", f"{undo_id}.{deal_id}")


def read_taken_back(carried: str) -> tuple[int, int]:
    """Return which action is taken back, and of which deal it was."""
    undo_id, _, deal_id = carried.partition(".")
    return int(undo_id), int(deal_id)


@dataclass(frozen=True)
class FormOfDeal(Carried):
    """What a form opened from a deal's card keeps: which deal, and where the card stands, empty for no message."""

    deal_id: int
    place: Sequence[str] = ()


def about(action: str, deal_id: int, held: object = "") -> str:
    """Return the id of a menu or a picker on a deal's card.

    Slack keeps what was chosen in one that is shown again under the same id, so `held`, what the deal says, is in it.
    """
    return f"{action}:{deal_id}:{held or ''}"


def deal_in(action_id: str) -> int:
    """Return which deal's card a menu or a picker stands on."""
    return int(action_id.split(":")[1])
