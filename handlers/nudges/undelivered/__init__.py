"""Messages that did not arrive: listed for those who can mend it, told once, and sent when the way is free again."""

from handlers.feature import Feature
from handlers.nudges.undelivered import listing
from handlers.nudges.undelivered import notice as telling
from handlers.nudges.undelivered import recovery as recovering
from handlers.nudges.undelivered.listing import show
from handlers.nudges.undelivered.notice import gave_up
from handlers.nudges.undelivered.recovery import channel_works, person_back, person_seen
from messages.nudges import undelivered as told
from sales.nudges.kind import UNDELIVERED, UNDELIVERED_DAILY
from sales.nudges.ledger import Ambiguity

__all__ = ["FEATURE", "channel_works", "gave_up", "person_back", "person_seen", "show"]

FEATURE = Feature(
    actions={
        told.OPEN: listing.open_list,
        told.PAGE: listing.turn,
        told.RETRY: listing.retry,
        told.RETRY_ALL: listing.retry_all,
        told.DISMISS: listing.dismiss,
        told.DISMISS_ALL: listing.dismiss_all,
    },
    events={
        **dict.fromkeys(recovering.GONE, recovering.channel_gone),
        **dict.fromkeys(recovering.UNARCHIVED, recovering.channel_unarchived),
        recovering.JOINED: recovering.somebody_joined,
    },
    renderers={UNDELIVERED: telling.render_notice, UNDELIVERED_DAILY: listing.render_summary},
    ambiguous={UNDELIVERED: Ambiguity.REPEAT},  # rather twice than that nobody mends it
)
