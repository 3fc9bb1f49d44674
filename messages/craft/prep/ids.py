"""What buttons around a brief are called, and what they carry: whom it is of, and how much of it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from messages.carried import Carried
from messages.elements import Element, button

SHOW = "prep.show"  # a brief, beside what offers it
HERE = "prep.here"  # a brief, in the place of the question which one
DETAILS = "prep.details"
CONTACT = "prep.contact"
REASON = "prep.reason"
VALUE = "prep.value"
OBSTACLE = "prep.obstacle"
ANSWERS = "prep.answers"
WHOLE = "prep.whole"  # everything that a brief lacks, in one form
PROMISE = "prep.promise"  # a question becomes a follow-up
TAKE_BACK = "prep.take_back"
SAVE_CONTACT = "prep.save_contact"  # the forms' callbacks
SAVE_REASON = "prep.save_reason"
SAVE_VALUE = "prep.save_value"
SAVE_OBSTACLE = "prep.save_obstacle"
SAVE_ANSWERS = "prep.save_answers"
SAVE_WHOLE = "prep.save_whole"


@dataclass(frozen=True)
class BriefOf(Carried):
    """What a button or a form of a brief keeps: its deal, else its account; whether details are shown; where it stands.

    `undo_id` is the action that the button takes back. A deal that was made from the brief has its account, too, which
    is what is left once it is taken back.
    """

    deal_id: int = 0
    account: str = ""
    details: bool = False
    place: Sequence[str] = ()
    undo_id: int = 0


def prepare_button(of: BriefOf, label: str = "Prepare") -> Element:
    """Return the button that shows a brief; several may stand in one message."""
    return button(label, f"{SHOW}:{of.deal_id or of.account[:100]}", of.written())


def choose_button(of: BriefOf, label: str) -> Element:
    """Return one answer to the question which brief is meant."""
    return button(label, f"{HERE}:{of.deal_id or of.account[:100]}", of.written())


def read_promise(value: str) -> tuple[int, str]:
    """Return of which deal a question was chosen that becomes a follow-up, and its key."""
    deal_id, _, key = value.partition(".")
    return int(deal_id), key
