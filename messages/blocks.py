"""Blocks by the names we use for them. Slack's limits are checked by slackblocks when a block is made."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from slackblocks import (
    ActionsBlock,
    Block,
    Button,
    Confirm,
    ContextBlock,
    DividerBlock,
    Element,
    HeaderBlock,
    HomeTabView,
    InputBlock,
    ModalView,
    Option,
    PlainText,
    SectionBlock,
    Text,
)
from slackblocks import Message as SlackMessage

from messages.formatting import Mrkdwn, escaped
from sales.language.typed_text import shorten

__all__ = [
    "Block", "Button", "Message", "actions", "built", "button", "confirm", "context", "divider", "field_input",
    "header", "home_view", "joined", "marked", "message_of", "modal_of", "option", "section",
]  # fmt: skip

MESSAGE_BLOCKS = 50
SECTION_LENGTH = 3000
LABEL_LENGTH = 75


@dataclass(frozen=True)
class Message:
    """What is posted: the full sentence for notifications and screen readers, and the blocks beside it.

    `why` names the facts it was made from, for `/why`; empty where those known beforehand say it all. `alone` is the
    ledger's id of the message it is, where several were to come as one and the others had nothing to say.
    """

    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)
    why: str = ""
    alone: str = ""


def message_of(text: str, blocks: Sequence[Block] = ()) -> Message:
    """Build a message; `text` is markup already or plain words that are escaped here.

    Raises:
        InvalidUsageError: if a limit of Slack's is exceeded.
    """
    if not blocks:
        blocks = [section(text)]
    built = SlackMessage(channel="-", text=escaped(text), blocks=list(blocks)).to_dict()
    return Message(text=built["text"], blocks=stable(built["blocks"]))


def modal_of(
    title: str,
    blocks: Sequence[Block],
    *,
    callback_id: str = "",
    submit: str | None = None,
    close: str = "Cancel",
    private: str = "",
) -> dict[str, Any]:
    """Build a modal view as a plain dict."""
    built = ModalView(
        title=title,
        blocks=list(blocks),
        callback_id=callback_id or None,
        submit=submit,
        close=close,
        private_metadata=private or None,
    ).to_dict()
    return {**built, "blocks": stable(built["blocks"])}


def home_view(blocks: Sequence[Block]) -> dict[str, Any]:
    """Build the App Home view as a plain dict."""
    built = HomeTabView(blocks=list(blocks)).to_dict()
    return {**built, "blocks": stable(built["blocks"])}


def stable(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Drop block ids that the library drew at random, so that the same values give the same blocks."""
    return [
        {key: value for key, value in block.items() if key != "block_id" or not is_uuid(value)}
        for block in blocks
    ]


def is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def mrkdwn(text: str) -> Text:
    """Return text as Slack markup, escaped unless it is markup already, with no automatic links."""
    return Text(shorten(escaped(text), SECTION_LENGTH), verbatim=True)


def section(text: str, accessory: Element | None = None, block_id: str | None = None) -> SectionBlock:
    return SectionBlock(mrkdwn(text), accessory=accessory, block_id=block_id)


def context(*texts: str) -> ContextBlock:
    return ContextBlock([mrkdwn(text) for text in texts])


def header(text: str) -> HeaderBlock:
    return HeaderBlock(PlainText(shorten(text, 150)))


def divider() -> DividerBlock:
    return DividerBlock()


def actions(*elements: Element, block_id: str | None = None) -> ActionsBlock:
    return ActionsBlock(list(elements), block_id=block_id)


def button(
    label: str,
    action_id: str,
    value: str = "",
    *,
    style: Literal["primary", "danger"] | None = None,
    confirm: Confirm | None = None,
) -> Button:
    return Button(
        PlainText(shorten(label, LABEL_LENGTH)),
        action_id,
        value=value or None,
        style=style,
        confirm=confirm,
    )


def confirm(title: str, text: str, yes: str) -> Confirm:
    return Confirm(title=title, text=PlainText(text), confirm=yes, deny="Keep it")


def option(label: str, value: str, description: str | None = None) -> Option:
    return Option(
        PlainText(shorten(label, LABEL_LENGTH)),
        value,
        description=PlainText(shorten(description, LABEL_LENGTH)) if description else None,
    )


def field_input(
    label: str,
    element: Element,
    block_id: str,
    *,
    hint: str | None = None,
    optional: bool = False,
    tells: bool = False,
) -> InputBlock:
    """An input whose block id names the field, so that an error lands under it.

    One that `tells` says at once what was chosen, or typed and confirmed with Enter; the others wait for submit.
    """
    return InputBlock(
        label=PlainText(label),
        element=element,
        block_id=block_id,
        hint=PlainText(hint) if hint else None,
        optional=optional,
        dispatch_action=tells,
    )


def joined(parts: Sequence[str], separator: str = "\n") -> Mrkdwn:
    """Join texts into one, escaping those that are not markup yet."""
    return Mrkdwn(separator.join(escaped(part) for part in parts))


def marked(blocks: Sequence[dict[str, Any]]) -> list[int]:
    """Return the ids of the follow-ups a message shows, in order."""
    ids = [str(block.get("block_id", "")).partition(":") for block in blocks]
    return [int(number) for kind, _, number in ids if kind == "item"]


def built(blocks: Sequence[Block], block_id: str = "") -> list[dict[str, Any]]:
    """Return blocks as Slack takes them; `block_id` names the first."""
    made = message_of("-", blocks).blocks
    return [{**made[0], "block_id": block_id}, *made[1:]] if block_id else made
