"""What is known of a deal beside itself: its stage, who is spoken to, what could stop it, and what happens next."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sales.followups.followup import StoredFollowUp
from sales.pipeline.deal_contact import StoredContact
from sales.pipeline.deal_history import StoredChange, events
from sales.pipeline.obstacle import StoredObstacle
from sales.pipeline.opportunity import StoredOpportunity
from sales.pipeline.stage import DealStage


class DealFacts(NamedTuple):
    """A deal with everything that stands beside it, as it is read for a card and for the audit.

    `stage` is its team's, None where the label is not among them. `obstacles` are those not out of the way, the
    earliest due first, and `obstacles_cleared` how many are; `changes` its history, the oldest first. `next_step` is
    the open commitment of its owner that is due first; `last_touch` the local day of the last activity or kept
    commitment, None where none is on record. `imported_on` is when the import came that last said anything of it: from
    then on what happens is on record, and nothing of before; None where nobody imported it. `led_nowhere` is how many
    conversations were held since the last next step and left none.
    """

    deal: StoredOpportunity
    stage: DealStage | None = None
    contacts: Sequence[StoredContact] = ()
    obstacles: Sequence[StoredObstacle] = ()
    changes: Sequence[StoredChange] = ()
    next_step: StoredFollowUp | None = None
    last_touch: date | None = None
    obstacles_cleared: int = 0
    imported_on: date | None = None
    led_nowhere: int = 0

    @property
    def last_known(self) -> date | None:
        """Return the last day on which anything is on record of it; what was before an import is not."""
        days = [
            self.deal.opened_on,
            self.last_touch,
            self.imported_on,
            *(one.on for one in events(self.changes)[-1:]),
        ]
        return max((day for day in days if day is not None), default=None)

    @property
    def silent_since_import(self) -> date | None:
        """Return the day of its import where nothing is on record since, else None."""
        return (
            self.imported_on if self.imported_on is not None and self.imported_on == self.last_known else None
        )

    @property
    def has_decision_maker(self) -> bool:
        """Whether somebody who decides is among the contacts."""
        return any(contact.decides for contact in self.contacts)
