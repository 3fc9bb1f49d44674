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
from messages.followups import followup as views
from sales.nudges.kind import REMINDER
from sales.nudges.ledger import Ambiguity

FEATURE = Feature(
    actions={views.NEW: new_form, views.MEANT: meant, **ANSWERS},
    views={views.SAVE: save, views.CHANGED: change, views.DROPPED: drop},
    shortcuts={views.SHORTCUT: from_message},
    renderers={REMINDER: render_reminder},
    again={REMINDER: show_again},
    ambiguous={REMINDER: Ambiguity.REPEAT},
)

__all__ = ["FEATURE", "command", "commit", "listing", "new_form", "open_form"]
