"""The log of access as it is kept: a look a day is one line, a change is a line each, and all is of one workspace."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.people.access import accesses, note_change, note_read
from tests.known import T0, WORKSPACE

DAY = date(2026, 9, 14)


async def test_a_look_a_day_is_one_line_and_the_next_day_another(database):
    for later in (0, 1, 2):
        async with database.write(WORKSPACE) as scope:
            await note_read(scope, "U3", "U1", DAY, T0 + timedelta(hours=later))
    async with database.write(WORKSPACE) as scope:
        await note_read(scope, "U3", "U2", DAY, T0)
        await note_read(scope, "U3", "U1", DAY + timedelta(days=1), T0 + timedelta(days=1))
    async with database.read(WORKSPACE) as scope:
        rows, count = await accesses(scope, "U1", 20)
        everybody = await accesses(scope, None, 1)
    assert [(row.on, row.at) for row in rows] == [
        (DAY + timedelta(days=1), T0 + timedelta(days=1)),
        (DAY, T0),
    ]
    assert (count, everybody[1], len(everybody[0])) == (2, 3, 1)


async def test_every_change_is_a_line_and_a_long_one_is_cut(database):
    async with database.write(WORKSPACE) as scope:
        for _ in range(2):
            await note_change(scope, "U3", "U1", "goal: " + "x" * 400, DAY, T0)
    async with database.read(WORKSPACE) as scope:
        rows, count = await accesses(scope, "U1", 20)
    assert (count, {len(row.what) <= 200 for row in rows}) == (2, {True})


LOOKS = st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from("XYZ"), st.integers(0, 3)), max_size=12)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LOOKS)
async def test_however_often_they_look_it_is_one_line_a_reader_person_and_day(database, looks):
    async with database.write(WORKSPACE) as scope:
        for by, about, day in looks:
            await note_read(scope, f"U{by}", f"U{about}", DAY + timedelta(days=day), T0)
    async with database.write(WORKSPACE) as scope:
        rows, _ = await accesses(scope, None, 100)
        assert {(row.by_id[1], row.about_id[1], (row.on - DAY).days) for row in rows} == set(looks)
        assert len(rows) == len(set(looks))
        for row in rows:
            await scope.session.delete(row)
