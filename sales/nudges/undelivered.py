"""Messages that did not arrive: why not, in one plain sentence each, what mends it, and who can.

The words stand here because they are a rule: every way in which a message can end undelivered has its sentence.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sales.nudges.ledger import ERRORS, MAX_ATTEMPTS, PostOutcome
from sales.people.readers import Outsiders

DELETED = "channel_deleted"  # our own words for what Slack tells as an event; posting gives channel_not_found
UNSEEN = frozenset({"channel_not_found", DELETED})  # Slack shows no name for such a channel

READ_OUTSIDE = frozenset(
    {str(Outsiders.GUESTS), str(Outsiders.OTHERS)}
)  # held back by us until a manager agrees
STOP_AFTER = 3  # in a row of one kind to one place; delivery.md §11
STILL_NEWS = timedelta(days=1)  # an older digest is covered by the next one
UNCERTAIN = frozenset(
    {"unknown", "too many messages to look through"}
)  # nobody could look whether it is there

INVITE = "invite me with `/invite @Rainmaker`"
CHOOSE = "choose another channel with `/team people`"
REPORT = "After an update, Retry sends it; the log has the details."


class Obstacle(StrEnum):
    """What was in the way, which decides who can mend it and is told."""

    CHANNEL = "channel"  # its team's managers choose another
    PERSON = "person"  # their managers know them
    WORKSPACE = "workspace"  # a setting of Slack's, which admins change
    OURS = "ours"  # a fault of ours, which admins pass on
    PASSING = "passing"  # nobody did anything wrong and trying again may do; it waits for the daily summary


@dataclass(frozen=True)
class Reason:
    """Why a message did not arrive, and what mends it; each a sentence."""

    obstacle: Obstacle
    text: str
    mend: str


NOT_ACCEPTED = Reason(
    Obstacle.OURS,
    "Slack did not accept it, neither as I wrote it nor as plain text: a fault of mine.",
    REPORT,
)
TOO_LONG = Reason(Obstacle.OURS, "It was too long for Slack: a fault of mine.", REPORT)
OUR_FAULT = Reason(Obstacle.OURS, f"Something went wrong on my side, {MAX_ATTEMPTS} times in a row.", REPORT)
UNREACHABLE = Reason(
    Obstacle.PASSING,
    f"Slack could not take it in {MAX_ATTEMPTS} attempts, so I stopped trying.",
    "Retry tries again now.",
)
NOT_CERTAIN = Reason(
    Obstacle.PASSING,
    "It may have arrived: Slack did not answer, and did not let me look.",
    "Retry looks again before it sends.",
)

BY_ERROR: dict[str, Reason] = {
    "channel_not_found": Reason(
        Obstacle.CHANNEL,
        "The channel is gone, or it is private and I am not in it any more.",
        f"To mend it, {CHOOSE}, or {INVITE}.",
    ),
    DELETED: Reason(Obstacle.CHANNEL, "The channel was deleted.", f"To mend it, {CHOOSE}."),
    "is_archived": Reason(
        Obstacle.CHANNEL, "The channel was archived.", f"To mend it, {CHOOSE}, or unarchive it."
    ),
    "not_in_channel": Reason(
        Obstacle.CHANNEL, "I am not in the channel any more.", f"To mend it, {INVITE} there."
    ),
    "restricted_action": Reason(
        Obstacle.CHANNEL,
        "Only some people may post in the channel, and I am not one of them.",
        f"Ask a Slack admin to let me, or {CHOOSE}.",
    ),
    Outsiders.OTHERS: Reason(
        Obstacle.CHANNEL,
        "People outside your company can read it now: it is shared with another company or workspace.",
        f"If they may read the digest, say so below; else {CHOOSE}.",
    ),
    Outsiders.GUESTS: Reason(
        Obstacle.CHANNEL,
        "Guests can read it now.",
        f"If they may read the digest, say so below; else {CHOOSE}.",
    ),
    "user_not_found": Reason(
        Obstacle.PERSON,
        "Slack does not know this person any more.",
        "If they left, take them out with `/team people`.",
    ),
    "user_disabled": Reason(
        Obstacle.PERSON,
        "They were deactivated in Slack.",
        "Nothing needs doing; should they return, so do their messages.",
    ),
    "cannot_dm_bot": Reason(
        Obstacle.PERSON,
        "Slack does not let me write to a bot.",
        "Take it out of the team with `/team people`.",
    ),
    "messages_tab_disabled": Reason(
        Obstacle.WORKSPACE,
        "Direct messages to me are switched off.",
        "In my app's settings at Slack, an admin switches on the Messages Tab under App Home.",
    ),
    "no_permission": Reason(
        Obstacle.WORKSPACE,
        "Your workspace does not let me post there.",
        "A Slack admin can allow it.",
    ),
    "ekm_access_denied": Reason(
        Obstacle.WORKSPACE,
        "Your company's key management does not let me post now.",
        "A Slack admin can give access back.",
    ),
    "invalid_blocks": NOT_ACCEPTED,
    "invalid_blocks_format": NOT_ACCEPTED,
    "no_text": NOT_ACCEPTED,
    "invalid_arguments": NOT_ACCEPTED,
    "too_many_attachments": NOT_ACCEPTED,
    "metadata_too_large": NOT_ACCEPTED,
    "invalid_metadata_format": NOT_ACCEPTED,
    "msg_too_long": TOO_LONG,
    "msg_blocks_too_long": TOO_LONG,
}
BY_ERROR["users_not_found"] = BY_ERROR["user_not_visible"] = BY_ERROR["user_not_found"]
BY_ERROR["access_denied"] = BY_ERROR["no_permission"]


for kind_of_channel in ("read_only", "thread_only"):
    BY_ERROR[f"restricted_action_{kind_of_channel}_channel"] = BY_ERROR["restricted_action"]


TO_PERSON: dict[str, Reason] = {
    "channel_not_found": Reason(
        Obstacle.PASSING, "Our direct messages could not be found.", "Retry opens them anew."
    ),
    "restricted_action": Reason(
        Obstacle.WORKSPACE,
        "Slack does not let me write to them.",
        "A Slack admin can allow it.",
    ),
}


for kind_of_channel in ("read_only", "thread_only"):
    TO_PERSON[f"restricted_action_{kind_of_channel}_channel"] = TO_PERSON["restricted_action"]


TO_PERSON["is_archived"] = TO_PERSON["not_in_channel"] = TO_PERSON["channel_not_found"]

LEFT_SLACK = frozenset({"user_disabled"})  # the account is closed, whether or not an event said so
STALE_DIRECT_CHANNEL = frozenset({"channel_not_found", "is_archived", "not_in_channel"})


def reason(error: str | None, *, to_person: bool) -> Reason:
    """Return why a message ended as it did: `error` is what the ledger kept, Slack's word or one of ours.

    A word nobody knows is quoted and not explained away.
    """
    known = (TO_PERSON.get(error or "") if to_person else None) or BY_ERROR.get(error or "")
    if known is not None:
        return known
    said = error or ""
    if said in UNCERTAIN:
        return NOT_CERTAIN
    if re.match(r"[A-Z]\w*: ", said):  # an exception of ours: its name and what it said
        return OUR_FAULT
    if re.fullmatch(r"[a-z_]+", said) and said not in ERRORS:
        return Reason(
            Obstacle.PASSING,
            f"Slack answered “{said}”, which I do not know.",
            "Retry tries again now; if it says so again, show this word to your admin.",
        )
    return UNREACHABLE


def is_broken(error: str | None) -> bool:
    """Say whether the place itself cannot be reached, so that the next message will not arrive either."""
    return error in READ_OUTSIDE or ERRORS.get(error or "") is PostOutcome.TARGET_BROKEN


def may_go_again(expires_at: datetime | None, now: datetime) -> bool:
    """Say whether a message may still be sent; one whose time is over would only be held back as late."""
    return expires_at is None or expires_at > now


def is_still_news(created_at: datetime, expires_at: datetime | None, now: datetime, *, covered: bool) -> bool:
    """Say whether a message is worth sending once its place can be reached again.

    `covered` are those whose days the next one covers: they are news for a day. Others are until their time is
    over, and what has no such time is judged anew when it is sent.
    """
    return may_go_again(expires_at, now) and (not covered or now - created_at <= STILL_NEWS)
