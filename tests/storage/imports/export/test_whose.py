"""Whose rows: what one person is given of a workspace, and what an admin is given of others."""

import io
from collections import defaultdict
from contextlib import contextmanager
from csv import DictReader

import pytest

from handlers.imports.export import parts_for, shown_to
from handlers.registry import REGISTRY
from storage.imports.export.write_out import write_out
from storage.people.leave import LeaveRow
from tests.known import T0, WORKSPACE
from tests.storage.imports.export.taken_out import live


@pytest.fixture
async def lived(database):
    await live(database)
    async with database.write(WORKSPACE) as scope:
        scope.session.add(
            LeaveRow(workspace_id=WORKSPACE, user_id="U1", first=T0.date(), last=T0.date(), note="surgery")
        )
    return database


async def given(database, reader, *, everybody) -> dict[str, list[dict[str, str]]]:
    """The rows of every table that a reader is given."""
    texts: dict[str, io.StringIO] = defaultdict(lambda: io.StringIO(newline=""))

    @contextmanager
    def opens(name):
        yield texts[name]

    shown = [shown_to(one, others=everybody) for one in REGISTRY.records if one.exported]
    async with database.read(WORKSPACE) as scope:
        await write_out(scope, parts_for(shown, WORKSPACE, reader), opens, empty=False)
    return {name: list(DictReader(io.StringIO(text.getvalue(), newline=""))) for name, text in texts.items()}


async def test_everybody_is_given_what_is_their_own(lived):
    """Of Ida: her deals with who is spoken to there, all her goals, promises and calls, her leave with its reason."""
    found = await given(lived, "U1", everybody=False)
    assert [row["name"] for row in found["deals.csv"]] == ["'=1+1", "'=1+1"]
    assert [row["name"] for row in found["contacts.csv"]] == ["Jo Field"]
    assert sorted(row["target"] for row in found["goals.csv"]) == ["37", "60000"]
    assert len(found["goal-history.csv"]) == 2
    assert (len(found["follow-ups.csv"]), len(found["activities.csv"])) == (2, 2)
    assert [row["note"] for row in found["leave.csv"]] == ["surgery"]
    assert [row["id"] for row in found["people.csv"]] == ["U1"]
    assert found["people.csv"][0]["welcomed at"]
    assert "accounts.csv" not in found


async def test_nobody_is_given_what_is_anothers(lived):
    found = await given(lived, "U2", everybody=False)
    assert set(found) == {"deals.csv", "people.csv"}
    assert [row["name"] for row in found["deals.csv"]] == ["Granary"]


async def test_an_admin_is_given_what_is_not_one_persons_alone(lived):
    """Goals set for somebody, deals, teams; nobody's own goals, promises, calls, reasons for leave or last visit."""
    found = await given(lived, "U3", everybody=True)
    assert [row["target"] for row in found["goals.csv"]] == ["60000"]
    assert [row["target"] for row in found["goal-history.csv"]] == ["60000"]
    assert len(found["deals.csv"]) == 4
    assert {"accounts.csv", "contacts.csv", "teams.csv", "people.csv"} <= set(found)
    assert {"follow-ups.csv", "activities.csv", "forecasts.csv"}.isdisjoint(found)
    assert [row["note"] for row in found["leave.csv"]] == [""]
    came = {row["id"]: bool(row["welcomed at"]) for row in found["people.csv"]}
    assert came == {"U1": False, "U2": False, "U3": True}
