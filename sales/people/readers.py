"""Readers: who beside a company's own people can read a channel, and whether a manager said that they may."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Outsiders(StrEnum):
    """Who from outside reads a channel; the words are those the ledger keeps for a message held back for it."""

    NOBODY = ""
    GUESTS = "guests_inside"
    OTHERS = "shared_outside"  # another company or workspace, and with it possibly guests of theirs


@dataclass(frozen=True)
class Readers:
    """What Slack says of a channel. `unlooked` are members of whom we could not ask whether they are guests."""

    name: str
    outsiders: Outsiders
    guests: tuple[str, ...] = ()
    unlooked: int = 0


def is_shared(channel: Mapping[str, Any]) -> bool:
    """Say whether Slack describes a channel that other companies or workspaces read, or are about to."""
    return any(channel.get(said) for said in ("is_ext_shared", "is_pending_ext_shared", "is_org_shared"))


def may_post(outsiders: Outsiders, consent: Outsiders) -> bool:
    """Say whether a channel that these read may be posted to, after a manager agreed to `consent`."""
    return outsiders in (Outsiders.NOBODY, consent) or consent is Outsiders.OTHERS
