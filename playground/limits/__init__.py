"""Slack's limits on blocks and views, as tables of rules. Faults read as Slack's, with a JSON pointer."""

from typing import Any

from playground.limits.rules import Report
from playground.limits.surfaces import check_message, check_view, too_large, too_long
from playground.limits.words import heavy, near_the_limit, worded

__all__ = [
    "TOO_LARGE",
    "heavy",
    "message_faults",
    "near_the_limit",
    "too_long",
    "view_faults",
    "worded",
]

TOO_LARGE = "view_too_large"


def message_faults(blocks: Any) -> list[str]:
    """What Slack would refuse in a message's blocks; empty when it would take them."""
    report = Report()
    check_message(blocks, report)
    return report.faults


def view_faults(view: Any) -> list[str]:
    """What Slack would refuse in a view; [TOO_LARGE] when it weighs more than 250 kB."""
    if too_large(view):
        return [TOO_LARGE]
    report = Report()
    check_view(view, report)
    return report.faults
