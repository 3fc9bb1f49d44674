"""What Slack refused to show: kept beside the conversation, for the page alone. To the app it does not exist."""

from typing import Any

from playground.api.arguments import ApiError, Arguments
from playground.channels import PostedMessage
from playground.double import Double
from playground.limits import TOO_LARGE, worded
from playground.limits.surfaces import MESSAGE_CHARACTERS, VIEW_BYTES
from playground.workspace import Change

Json = dict[str, Any]

CODES = {
    "msg_blocks_too_long": f"more than {MESSAGE_CHARACTERS:,} characters over all blocks",
    "msg_too_long": "more text than Slack takes",
    TOO_LARGE: f"more than the {VIEW_BYTES:,} bytes a view may weigh",
}
CONTENT = frozenset({"invalid_blocks", "invalid_arguments", *CODES})
MOST_SAID = 5  # a table of a hundred wrong rows says the same a hundred times


def note_refusal(double: Double, method: str, given: Json, error: ApiError) -> None:
    """Show beside the place a message or view was meant for that it was refused, and by which limits."""
    if error.code not in CONTENT:
        return
    if method.startswith("chat."):
        _message(double, method, Arguments(given), reasons(error))
    elif method == "views.publish":
        person = str(given.get("user_id", ""))
        double.workspace.refused_homes[person] = reasons(error)
        double.workspace.changed(Change("home", person=person))
    elif method in ("views.open", "views.push"):
        _form(double, Arguments(given), reasons(error))


def reasons(error: ApiError) -> list[str]:
    faults = (error.extra.get("response_metadata") or {}).get("messages") or []
    said = list(dict.fromkeys(worded(fault) for fault in faults)) or [CODES.get(error.code, error.code)]
    rest = len(said) - MOST_SAID
    return [*said[:MOST_SAID], *([f"and {rest} more"] if rest > 0 else [])]


def _message(double: Double, method: str, given: Arguments, reasons: list[str]) -> None:
    channel = double.workspace.channels.get(given.text("channel"))
    if channel is None:
        return
    edited = channel.find(given.text("ts")) if method == "chat.update" else None
    if edited is not None:
        edited.notices = [f"An edit was refused: {reason}" for reason in reasons]
        double.workspace.changed(Change("messages", channel.id, edited.only_for))
        return
    at = double.clock.now()
    only_for = given.text("user") or None if method == "chat.postEphemeral" else None
    channel.refused.append(
        PostedMessage(
            channel.id,
            channel.next_ts(at),
            at,
            double.workspace.bot.id,
            given.text("text"),
            only_for=only_for,
            notices=reasons,
        )
    )
    double.workspace.changed(Change("messages", channel.id, only_for))


def _form(double: Double, given: Arguments, reasons: list[str]) -> None:
    """A form that did not open: nothing is on the screen, so its person reads of it in the app's messages."""
    person = double.triggers.person(given.text("trigger_id"))
    if person is None:
        return
    channel, at = double.workspace.dm(person), double.clock.now()
    channel.refused.append(
        PostedMessage(
            channel.id,
            channel.next_ts(at),
            at,
            double.workspace.bot.id,
            "A form that did not open.",
            only_for=person,
            notices=reasons,
        )
    )
    double.workspace.changed(Change("messages", channel.id, person))
