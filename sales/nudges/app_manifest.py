"""What a Slack app offers: commands, tags in them, shortcuts. A new version's are there once its manifest is at Slack.

Slack tells no app which manifest it has, so what is new counts as missing until an admin says that it is pasted.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Field, SQLModel

from sales.language.dates.instants import Instant


class AppManifest(SQLModel):
    """What the app of a workspace was last known to offer, and what of this version an admin has yet to bring there."""

    known: list[str] = Field(default_factory=list)
    awaited: list[str] = Field(default_factory=list)
    since: Instant


def started(noted: AppManifest | None, declared: Iterable[str], now: datetime) -> AppManifest:
    """Return what is known once a version has started; nothing noted means a new app, which its manifest came before.

    What a version does not offer any more is awaited no longer.
    """
    offers = list(declared)
    if noted is None:
        return AppManifest(known=offers, since=now)
    before, waits = set(noted.known), set(noted.awaited)
    new = [one for one in offers if one not in before or one in waits]
    return AppManifest(known=offers, awaited=new, since=noted.since if new == noted.awaited else now)


def settled(noted: AppManifest) -> AppManifest:
    """Return what is known once an admin said that the manifest is at Slack."""
    return AppManifest(known=noted.known, since=noted.since)
