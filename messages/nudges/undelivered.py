"""Messages that did not arrive: the list with its buttons, and the words to whoever can mend it.

The kind of a message and whom it was for are all that is said of it: what it told somebody stays theirs.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from messages.blocks import Block, Message, actions, context, divider, joined, message_of, section
from messages.elements import Element, button, confirm
from messages.formatting import Mrkdwn, cut, words
from messages.people import team
from sales.nudges.undelivered import Obstacle, Reason

OPEN = "undelivered.open"
PAGE = "undelivered.page"
RETRY = "undelivered.retry"
RETRY_ALL = "undelivered.retry_all"
DISMISS = "undelivered.dismiss"
AGREE = "undelivered.agree"
DISMISS_ALL = "undelivered.dismiss_all"

ON_A_PAGE = 6  # with the longest reasons and their buttons still one message
LINE = 500  # characters of markup
GROUPS_SHOWN = 5


@dataclass(frozen=True)
class UndeliveredItem:
    """One message that did not arrive: what its kind is called, for whom, where, when it was given up, and why."""

    row_id: str
    what: str
    who: str
    channel: str
    at: datetime
    reason: Reason
    may_go_again: bool

    @property
    def place(self) -> Mrkdwn:
        return in_channel(self.channel)


@dataclass(frozen=True)
class UndeliveredNotice:
    """What whoever can mend it is told: a cause, once, however many messages it kept from arriving."""

    what: str
    reason: Reason
    who: str = ""
    team: str = ""
    team_id: int | None = None
    channel_id: str = ""
    stopped: bool = False
    agree: str = ""

    @property
    def channel(self) -> Mrkdwn:
        return Mrkdwn(f"<#{self.channel_id}>") if self.channel_id else Mrkdwn()


def in_channel(channel_id: str) -> Mrkdwn:
    return Mrkdwn(f"in <#{channel_id}>") if channel_id else Mrkdwn()


def listing(
    items: Sequence[UndeliveredItem], count: int, offset: int, zone: str, note: str = "", waiting: str = ""
) -> Message:
    """Show a page of the messages that did not arrive; `note` says what the last button did.

    `waiting` says what is held, which has not arrived either.
    """
    said: list[Block] = [context(note)] if note else []
    if waiting:
        said = [section(waiting), *said]
    if not items:
        if waiting:
            return message_of(said)
        return message_of(
            [section(words("nudges/undelivered", "nothing")), *said],
        )
    heading = words("nudges/undelivered", "heading", count=count, first=offset + 1, shown=len(items))
    blocks: list[Block] = [section(heading), *said]
    for item in items:
        blocks += item_blocks(item, zone, offset)
    if count > 1:
        blocks += [divider(), actions(*list_buttons(items, count, offset))]
    return message_of(blocks)


def held_back(count: int, since: datetime | None, reason: str, zone: str) -> Mrkdwn:
    """Say what waits because Slack does not take our token, since when, and what mends it."""
    return words("nudges/undelivered", "held", count=count, since=since, reason=reason, zone=zone)


def item_blocks(item: UndeliveredItem, zone: str, offset: int) -> list[Block]:
    carried = f"{offset}:{item.row_id}"
    ways = [button("Retry", RETRY, carried)] if item.may_go_again else []
    asked = confirm("Dismiss this message?", "It will not be sent. The record keeps it.", "Dismiss")
    ways.append(button("Dismiss", DISMISS, carried, confirm=asked))
    return [section(cut(words("nudges/undelivered", "line", item=item, zone=zone), LINE)), actions(*ways)]


def list_buttons(items: Sequence[UndeliveredItem], count: int, offset: int) -> list[Element]:
    asked = confirm(
        "Dismiss them all?", f"None of the {count} will be sent. The record keeps them.", "Dismiss all"
    )
    ways = [
        button("Retry all", RETRY_ALL, str(offset)),
        button("Dismiss all", DISMISS_ALL, confirm=asked),
    ]
    if offset:
        ways.append(button("Newer", f"{PAGE}:newer", str(max(0, offset - ON_A_PAGE))))
    if offset + len(items) < count:
        ways.append(button("Older", f"{PAGE}:older", str(offset + ON_A_PAGE)))
    return ways


def retried(count: int) -> str:
    return words("nudges/undelivered", "retried", count=count)


def dismissed(count: int) -> str:
    return words("nudges/undelivered", "dismissed", count=count)


def home_blocks(count: int) -> list[Block]:
    """The line on App Home, only where there is anything."""
    if not count:
        return []
    return [section(words("nudges/undelivered", "home", count=count), button("Show them", OPEN))]


def told(notice: UndeliveredNotice) -> Message:
    """Say what is in the way and what mends it, with the button that does."""
    macro = {Obstacle.CHANNEL: "told_channel", Obstacle.PERSON: "told_person"}.get(
        notice.reason.obstacle, "told_other"
    )
    text = words("nudges/undelivered", macro, notice=notice)
    ways = [button("Show what did not arrive", OPEN)]
    if notice.team_id is not None:
        label = "Choose a channel" if notice.reason.obstacle is Obstacle.CHANNEL else "People of the team"
        ways.insert(0, button(label, team.PEOPLE, str(notice.team_id), style="primary"))
    if notice.agree:
        ways.insert(0, button("They may read it", AGREE, notice.agree))
    return message_of([section(text), actions(*ways)])


def agreed(channel_id: str) -> Message:
    """Say that a channel is posted to, whoever else reads it."""
    return message_of(words("nudges/undelivered", "agreed", channel=Mrkdwn(f"<#{channel_id}>")))


def summary(items: Sequence[UndeliveredItem], count: int) -> Message:
    """Say in the morning how many messages did not arrive, those alike in one line."""
    alike = Counter((item.what, item.who, item.reason.text) for item in items)
    groups = alike.most_common(GROUPS_SHOWN)
    more = count - sum(times for _, times in groups)
    text = words("nudges/undelivered", "summary", count=count)
    lines = words("nudges/undelivered", "summary_lines", groups=groups, more=more)
    blocks = [section(joined([text, lines])), actions(button("Show them", OPEN))]
    return message_of(blocks)


def team_blocks(reason: Reason) -> list[Block]:
    """Say on a team's card why its digest does not arrive."""
    return [section(words("nudges/undelivered", "team_trouble", reason=reason))]
