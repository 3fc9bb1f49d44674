"""What a locked phone shows: the first line of the message, and nothing that the message does not hold."""

import re

import pytest

from tests.stories.face.played import a_fortnight, numbers
from tests.stories.face.seen import squeezed

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
async def week(team):
    return await a_fortnight(team)


def with_blocks(played):
    return [one for one in played.messages if one.size > 2]


def first_lines(said):
    """The first line of a message; under a heading the line after it counts as well."""
    return [squeezed(one) for one in said.lines[:2]]


async def test_every_notification_is_the_first_line(week):
    """Law 8, for every message of a fortnight; one that is longer than a line may stop after a sentence."""
    wrong = [
        (one.notification, first_lines(one)[0])
        for one in with_blocks(week)
        if not any(line.startswith(squeezed(one.notification).rstrip("…")) for line in first_lines(one))
    ]
    assert len(with_blocks(week)) > 30
    assert wrong == []


async def test_no_notification_claims_what_the_body_lacks(week):
    """Every number and every name of a notification stands in the message."""
    wrong = []
    for one in with_blocks(week):
        body = squeezed(one.text)
        pushed = squeezed(one.notification)
        lacking = numbers(pushed) - numbers(body)
        lacking |= {word for word in re.findall(r"\b[A-Z][\w'’]{3,}", pushed) if word not in body}
        if lacking:
            wrong.append((pushed, sorted(lacking)))
    assert wrong == []


async def test_every_notification_is_plain_and_short(week):
    """No marks, no lists, at most 200 characters: it is read at a glance."""
    sent = [one for one in with_blocks(week) if not one.private]
    assert sent
    assert [one.notification for one in sent if len(one.notification) > 200 or "\n" in one.notification] == []
    assert [one.raw for one in sent if re.search(r"\*\w|`|<[@#!]", one.raw)] == []


async def test_every_message_is_small(week):
    """The blocks of every message are at most 10,000 characters of JSON."""
    assert [(one.size, one.notification) for one in week.messages if one.size > 10_000] == []


async def test_no_edit_is_followed_by_its_echo(week):
    """What is pressed on a message changes that message: none comes after it to say the same (law 8)."""
    assert week.echoes == []


async def test_nothing_is_said_twice(week):
    """No two messages on the bot's own in one place say the very same within a day."""
    seen, twice = {}, []
    for one in week.messages:
        if one.private:
            continue
        key = (one.where, one.at.date(), one.text)
        if key in seen:
            twice.append(one.notification)
        seen[key] = one
    assert twice == []
