"""Everything that can be asked for, asked for by everybody: the table of acts decides, at the router, and nobody else.

The first walks replace what would answer by something that notes who got in, so that what is refused for another
reason is not taken for a lack of permission. The last one asks the real thing.
"""

import re

import pytest

from sales.people.permission import PermissionRefusal, may
from sales.refusal import Refusal
from tests.features.everybody import (
    ADMIN,
    ELSEWHERE,
    GONE,
    MANAGER,
    ORCHARD,
    OTHER_MANAGER,
    REP,
    ROLES,
    STRANGER,
    TEAMLESS,
    Door,
    doors,
    walk,
)
from tests.known import WORKSPACE

pytestmark = [
    pytest.mark.large,
    pytest.mark.engines("sqlite"),
]  # who may is decided before any engine is asked

DOORS = doors()
# docs/architecture.md, "Who may see and do what": a team's runway, scoreboard, win rates; undelivered messages.
FOR_MANAGERS = {"runway team", "team scoreboard", "team winrates", "rainmaker undelivered"}
FOR_EVERYBODY = {"goal", "followup", "log", "deal", "runway", "team", "why", "rainmaker settings"}
SECRETS = (
    ORCHARD,
    "Quillfeather",
    "Zephyrine",
    "$987",
    "Ana Kov",
    "Noa Levi",
)  # a fault's reference may hold 987
SLIPS = ("", "Orchrad", "Quilfeather")  # what is close to a name of theirs must not bring it out


def in_plain_words(said: str) -> bool:
    """Say whether a refusal tells who may; the words are for a person, and it is no fault of ours."""
    return "went wrong" not in said and re.search(r"\b(manager|admin)s?\b", said) is not None


def test_a_refusal_of_permission_is_answered_like_every_other():
    assert issubclass(PermissionRefusal, Refusal)


@pytest.mark.parametrize("role", ROLES)
async def test_the_router_lets_in_exactly_whom_the_table_does(database_url, role):
    async with walk(database_url) as around:
        user_id = ROLES[role]
        member = await around.who(user_id)
        open_to = [door for door in DOORS if may(door.act, member)]
        closed = [door for door in DOORS if door not in open_to]

        before = await around.kept()
        said = {door: await around.tries(door, user_id) for door in closed}
        assert around.got_in == []
        assert await around.kept() == before
        assert [door for door in closed if not in_plain_words(said[door])] == []

        for door in open_to:
            assert "went wrong" not in await around.tries(door, user_id), door
        assert around.got_in == [(door.kind, door.name, WORKSPACE) for door in open_to]


@pytest.mark.parametrize(
    ("user_id", "leads"),
    [(REP, False), (TEAMLESS, False), (MANAGER, True), (OTHER_MANAGER, True), (ADMIN, True)],
)
async def test_what_is_said_of_the_acts_holds_for_the_commands(database_url, user_id, leads):
    async with walk(database_url) as around:
        for door in (one for one in DOORS if one.kind == "commands"):
            await around.tries(door, user_id)
        commands = {name for kind, name, _ in around.got_in if kind == "commands"}
        assert commands >= FOR_EVERYBODY
        assert commands & FOR_MANAGERS == (FOR_MANAGERS if leads else set())


async def test_a_deactivated_person_gets_in_nowhere_whatever_they_were(database_url):
    async with walk(database_url) as around:
        member = await around.who(GONE)
        assert member.is_admin
        assert member.is_manager
        assert [door for door in DOORS if may(door.act, member)] == []
        before = await around.kept()
        for door in DOORS:
            assert "went wrong" not in await around.tries(door, GONE), door
        assert around.got_in == []
        assert await around.kept() == before


async def test_a_person_of_another_workspace_is_in_theirs_wherever_they_get_in(database_url):
    async with walk(database_url) as around:
        before = await around.kept()
        for door in DOORS:
            await around.tries(door, STRANGER, workspace_id=ELSEWHERE)
        assert {where for _, _, where in around.got_in} == {ELSEWHERE}
        assert await around.kept() == before


@pytest.mark.parametrize(("user_id", "workspace_id"), [(GONE, WORKSPACE), (STRANGER, ELSEWHERE)])
async def test_nobody_from_outside_reads_or_changes_anything_of_the_workspace(
    database_url, user_id, workspace_id
):
    async with walk(database_url, answered=True) as around:
        ana = around.town.person("ana")
        for line in ("/deal Quillfeather 24k", "/followup Zephyrine fri call", "/goal 987k this quarter"):
            await ana.says(line)
        before = await around.kept()
        leaks: list[tuple[Door, str]] = []
        for door in DOORS:
            for typed in SLIPS if door.kind == "commands" else ("",):
                said = await around.tries(door, user_id, typed, workspace_id)
                leaks += [(door, secret) for secret in SECRETS if secret in said]
        assert leaks == []
        assert await around.kept() == before
