"""Follow-ups: commitments made, answered, and brought up in time."""

from handlers.feature import Feature
from handlers.followups.followup.answers import ANSWERS, change, drop
from handlers.followups.followup.entry import (
    command,
    commit,
    from_message,
    listing,
    meant,
    new_form,
    open_form,
    save,
)
from handlers.followups.followup.reminder import render_reminder, show_again
from messages.followups import followup as told
from sales.nudges.kind import REMINDER
from sales.nudges.ledger import Ambiguity

FEATURE = Feature(
    actions={told.NEW: new_form, told.MEANT: meant, **ANSWERS},
    views={told.SAVE: save, told.CHANGED: change, told.DROPPED: drop},
    shortcuts={told.SHORTCUT: from_message},
    renderers={REMINDER: render_reminder},
    again={REMINDER: show_again},
    ambiguous={REMINDER: Ambiguity.REPEAT},
)

__all__ = ["FEATURE", "command", "commit", "listing", "new_form", "open_form"]
