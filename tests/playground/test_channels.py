"""What becomes of a channel, and what the app hears of it."""

import pytest

from playground.box import Server
from playground.workspace import Workspace


@pytest.fixture
def office():
    made = Workspace("Northwind", team_id="T1")
    made.add_person("U1", "ana", "Ana Kovač")
    made.add_channel("C1", "sales", ["U1"])
    made.add_channel("C2", "random", ["U1"], with_bot=False)
    made.add_channel("C3", "board", ["U1"], kind="private")
    made.add_channel("C4", "secret", ["U1"], kind="private", with_bot=False)
    return made


@pytest.fixture
async def heard(office):
    """A server and the events it announces, as the app would receive them."""
    async with Server(office, rates=None) as server:
        events = []
        server.double.announce = events.append
        yield server, events


def names(events):
    return [(event["type"], event["channel"]) for event in events]


async def test_a_public_channel_is_news_to_every_app_and_a_private_one_to_those_inside(heard):
    server, events = heard
    ana = server.visitor("ana")
    for channel in ("sales", "random", "board", "secret"):
        await ana.archives(channel)
        await ana.unarchives(channel)
    assert names(events) == [
        ("channel_archive", "C1"),
        ("channel_unarchive", "C1"),
        ("channel_archive", "C2"),
        ("channel_unarchive", "C2"),
        ("group_archive", "C3"),
        ("group_unarchive", "C3"),
    ]
    assert events[0]["user"] == "U1"


async def test_archiving_twice_is_once(heard):
    server, events = heard
    await server.visitor("ana").archives("sales")
    await server.visitor("ana").archives("sales")
    assert len(events) == 1


async def test_a_deleted_channel_is_gone_for_everybody(heard):
    server, events = heard
    ana = server.visitor("ana")
    await ana.deletes("sales")
    assert names(events) == [("channel_deleted", "C1")]
    with pytest.raises(ValueError, match="sees no channel"):
        ana.sees("sales")


async def test_the_bot_hears_of_its_own_going_only(heard):
    server, events = heard
    ana = server.visitor("ana")
    await ana.removes_bot("board")
    await ana.removes_bot("board")
    server.double.leave(server.workspace.channels["C1"], "U1")
    assert names(events) == [("group_left", "C3")]
    assert server.workspace.bot.id not in server.workspace.channels["C3"].members
    assert "U1" not in server.workspace.channels["C1"].members


async def test_an_app_that_did_not_subscribe_hears_nothing(office):
    subscribed = {"settings": {"event_subscriptions": {"bot_events": ["app_home_opened"]}}}
    async with Server(office, rates=None, manifest=subscribed) as server:
        events = []
        server.double.announce = events.append
        await server.visitor("ana").archives("sales")
        await server.visitor("ana").removes_bot("board")
        await server.visitor("ana").deletes("random")
        assert events == []
