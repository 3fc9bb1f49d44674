"""Messages that did not arrive: listed for those who can mend it, told once, and sent when the way is free again."""

from handlers.feature import Feature
from handlers.nudges.undelivered import listing, notice, recovery
from handlers.nudges.undelivered.listing import show
from handlers.nudges.undelivered.notice import gave_up
from handlers.nudges.undelivered.recovery import channel_works, person_back, person_seen
from messages.nudges import undelivered as views
from sales.nudges.kind import UNDELIVERED, UNDELIVERED_DAILY
from sales.nudges.ledger import Ambiguity

__all__ = ["FEATURE", "channel_works", "gave_up", "person_back", "person_seen", "show"]

FEATURE = Feature(
    actions={
        views.OPEN: listing.open_list,
        views.PAGE: listing.turn,
        views.RETRY: listing.retry,
        views.RETRY_ALL: listing.retry_all,
        views.DISMISS: listing.dismiss,
        views.DISMISS_ALL: listing.dismiss_all,
    },
    events={
        **dict.fromkeys(recovery.GONE, recovery.channel_gone),
        **dict.fromkeys(recovery.UNARCHIVED, recovery.channel_unarchived),
        recovery.JOINED: recovery.somebody_joined,
    },
    renderers={UNDELIVERED: notice.render_notice, UNDELIVERED_DAILY: listing.render_summary},
    ambiguous={UNDELIVERED: Ambiguity.REPEAT},  # rather twice than that nobody mends it
)
