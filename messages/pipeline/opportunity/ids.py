"""What buttons on deals are called and what they carry: which deal, and what was asked for it."""

import json
from datetime import date
from typing import Any, NamedTuple

SHOW = "opportunity.show"
ALL = "opportunity.all"
PAGE = "opportunity.page"
WON = "opportunity.won"
LOST = "opportunity.lost"
EDIT = "opportunity.edit"
REOPEN = "opportunity.reopen"
REVALUE = "opportunity.revalue"
ADD = "opportunity.add"
WON_NEW = "opportunity.won_new"
SAVE = "opportunity.save"  # the edit form's callback
LOSE = "opportunity.lose"  # the lost form's callback


class Wish(NamedTuple):
    """What a person asked for a deal; carried by a button or a form until it is done.

    `deal_id` is None for a deal still to be added, which then has a `name`. `currency` is that of the value, empty
    where it is the team's.
    """

    deal_id: int | None = None
    value_minor: int | None = None
    on: date | None = None
    expected_on: date | None = None
    reason: str = ""
    name: str = ""
    account: str | None = None
    currency: str = ""

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
        for name in ("on", "expected_on"):
            if name in said:
                said[name] = date.fromisoformat(said[name])
        return cls(**said)
