"""Channels: how somebody was reached, told from what was done (mechanism 44)."""

from collections.abc import Mapping
from enum import StrEnum

from sales.followups.activity import ActivityKind


class TouchChannel(StrEnum):
    """A way to reach somebody, those in which both sides are there first."""

    PHONE = "phone"
    MEETING = "meeting"
    VISIT = "visit"
    MESSAGE = "message"
    EMAIL = "e-mail"


# What is in none of them, as asking for a referral, is done in one of these or is no touch of a prospect.
CHANNELS: Mapping[ActivityKind, TouchChannel] = {
    ActivityKind.CALL: TouchChannel.PHONE,
    ActivityKind.MEETING: TouchChannel.MEETING,
    ActivityKind.DEMO: TouchChannel.MEETING,
    ActivityKind.VISIT: TouchChannel.VISIT,
    ActivityKind.MESSAGE: TouchChannel.MESSAGE,
    ActivityKind.EMAIL: TouchChannel.EMAIL,
    ActivityKind.PROPOSAL: TouchChannel.EMAIL,
}


def by_channel(counts: Mapping[ActivityKind, int]) -> dict[TouchChannel, int]:
    """Return how much was done in each channel, in their order; channels without anything are missing."""
    found: dict[TouchChannel, int] = {}
    for kind, count in counts.items():
        if count and kind in CHANNELS:
            found[CHANNELS[kind]] = found.get(CHANNELS[kind], 0) + count
    return {channel: found[channel] for channel in TouchChannel if channel in found}


def kinds_of(channel: TouchChannel) -> list[ActivityKind]:
    """Return what is done in a channel."""
    return [kind for kind, its in CHANNELS.items() if its is channel]
