"""Known names: a text names exactly whom it would if every name were read, at the price of a few looks into indexes."""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert
from sqlmodel import col, or_, select

from sales.followups.activity_phrase import may_name
from sales.language.names.descent import comparable
from sales.language.names.mention import sure_name
from sales.pipeline.opportunity import Opportunity, Stage
from sales.value import changed
from storage.database import Database
from storage.pipeline.account import AccountRow
from storage.pipeline.comparable_name import with_comparable
from storage.pipeline.known_name import known_names
from storage.pipeline.opportunity import OpportunityRow, add_opportunity, change_opportunity, find_opportunity
from storage.row_image import Touched, image
from storage.scope import Scope
from storage.undo import remember_undo, undo_last
from tests.known import T0, WORKSPACE
from tests.sales.language.test_descent import NAMES, PARTS
from tests.sales_story import by_hand
from tests.statements import asked_of
from tests.storage.imports.taken import LATER, acme, entry, take, undo
from tests.story_workspace import StoryWorkspace

TODAY = T0.date()
TOMORROW = TODAY + timedelta(days=1)


def deal(name: str, account: str | None = None, opened_on: date | None = TODAY) -> Opportunity:
    stage = Stage.OPEN if opened_on else Stage.SUSPECT
    return Opportunity(name=name, account=account, owner_id="U1", stage=stage, opened_on=opened_on)


async def fill(scope: Scope, names: Sequence[str]) -> None:
    """Give names to the account list, to deals and to whom they are with, of today, of no day and of tomorrow."""
    for number, name in enumerate(names):
        if number % 4 == 0:
            row = AccountRow(workspace_id=WORKSPACE, name=name, name_key=str(number))
            scope.session.add(row)
        else:
            opened_on = (TODAY, None, TOMORROW)[number % 3]
            one = deal(name, None, opened_on) if number % 2 else deal("A deal", name, opened_on)
            await add_opportunity(scope, one, T0)
    await scope.session.flush()


async def every_name(scope: Scope) -> list[str]:
    """All names known today, read one by one."""
    known = or_(col(OpportunityRow.opened_on).is_(None), col(OpportunityRow.opened_on) <= TODAY)
    deals = await scope.session.exec(select(OpportunityRow.name, OpportunityRow.account).where(known))
    listed = await scope.session.exec(select(AccountRow.name))
    return sorted(
        {name for pair in deals for name in pair if name} | set(listed), key=lambda n: (n.casefold(), n)
    )


@pytest.mark.large
@given(NAMES.map(lambda names: [name for name in names if name]), st.lists(PARTS, max_size=8).map("".join))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
async def test_a_text_is_about_the_same_name_as_if_all_were_read(
    database: Database, names: list[str], said: str
) -> None:
    with suppress(InterruptedError):
        async with database.write(WORKSPACE) as scope:
            await fill(scope, names)
            found, all_of_them = await known_names(scope, said, TODAY, None), await every_name(scope)
            assert set(found) <= set(all_of_them)
            mine, theirs = sure_name(said, found), sure_name(said, all_of_them)
            assert (mine and mine[1:]) == (theirs and theirs[1:])
            if mine and theirs:  # of several spellings of one name any will do
                assert comparable(mine.name) == comparable(theirs.name)
            raise InterruptedError


async def test_a_name_is_known_from_the_day_on_which_a_deal_of_it_was_opened(database: Database) -> None:
    async with database.write(WORKSPACE) as scope:
        await add_opportunity(scope, deal("Acme", "Later Ltd", TOMORROW), T0)
        assert await known_names(scope, "acme, later ltd", TODAY, None) == []
        assert await known_names(scope, "acme, later ltd", TOMORROW, None) == ["Acme", "Later Ltd"]
        await add_opportunity(scope, deal("ACME", opened_on=None), T0)
        assert await known_names(scope, "acme, later ltd", TODAY, None) == ["ACME"]


# whoever writes a name


async def agree(database: Database) -> list[str | None]:
    """Hold every row's comparable names to its names; return those of deals."""
    async with database.read(WORKSPACE) as scope:
        deals = list(await scope.session.exec(select(OpportunityRow).order_by(col(OpportunityRow.id))))
        for row in (*deals, *await scope.session.exec(select(AccountRow))):
            assert row.name_folded == comparable(row.name)
        for row in deals:
            assert row.account_folded == (None if row.account is None else comparable(row.account))
        return [name for row in deals for name in (row.name_folded, row.account_folded)]


async def test_every_way_to_write_a_name_keeps_it_comparable(database: Database) -> None:
    async with database.write(WORKSPACE) as scope:
        row = await add_opportunity(scope, deal("Straße  Nord", "ACME"), T0)
    assert await agree(database) == ["strasse nord", "acme"]
    async with database.write(WORKSPACE) as scope:
        row = await find_opportunity(scope, row.id)
        before = image(row)
        assert not [name for name in before if name.endswith("folded")]
        await change_opportunity(scope, row, changed(Opportunity, row, name="Other", account=None), by_hand())
        await remember_undo(scope, "U1", T0, "renamed", [Touched(row, before)])
    assert await agree(database) == ["other", None]
    async with database.write(WORKSPACE) as scope:
        await undo_last(scope, "U1", T0)
    assert await agree(database) == ["strasse nord", "acme"]


async def test_an_import_and_its_undo_keep_names_comparable(database: Database) -> None:
    await take(database, acme())
    assert await agree(database) == ["acme – gtxpro", "acme"]
    run_id, _ = await take(database, entry("D1", "New NAME", "Blue", *2 * [""], "suspect", *3 * [""]))
    assert await agree(database) == ["new name", "blue"]
    async with database.write(WORKSPACE) as scope:  # and a unit that says nothing of names leaves them be
        row = await find_opportunity(scope, 1)
        was = row.value_minor
        await change_opportunity(scope, row, changed(Opportunity, row, value_minor=7), by_hand(LATER))
        await change_opportunity(scope, row, changed(Opportunity, row, value_minor=was), by_hand())
    assert await agree(database) == ["new name", "blue"]
    assert (await undo(database, run_id)).restored == 1
    assert await agree(database) == ["acme – gtxpro", "acme"]


# what it costs


def naming(asked: list[str]) -> list[str]:
    """Return the statements that read names of accounts or deals."""
    return [one for one in asked if re.match(r"SELECT.*FROM (account|opportunity)\b", one, re.DOTALL)]


async def test_many_accounts_that_begin_with_one_word_cost_a_few_looks(database: Database) -> None:
    table = AccountRow.__table__
    rows = [
        with_comparable(
            table, {"workspace_id": WORKSPACE, "name": f"Acme {number} Ltd", "name_key": f"{number}"}
        )
        for number in range(20_000)
    ]
    async with database.write(WORKSPACE) as scope:
        blank = {"sector": "", "location": "", "parent": ""}
        connection = await scope.session.connection()
        for start in range(0, len(rows), 1_000):
            await connection.execute(insert(table), [{**row, **blank} for row in rows[start : start + 1_000]])
    async with database.read(WORKSPACE) as scope:
        with asked_of(database) as asked:
            assert await known_names(scope, "call acme about acme 19999 ltd on friday", TODAY, None) == [
                "Acme 19999 Ltd"
            ]
        assert len(naming(asked)) <= 4
        with asked_of(database) as asked:
            assert await known_names(scope, "call the Zebra people about pricing", TODAY, None) == []
        assert len(naming(asked)) <= 2


async def test_a_line_that_names_nobody_asks_nothing(team: StoryWorkspace) -> None:
    ana = team.person("ana")
    with asked_of(team.bot.database) as asked:
        assert "Logged 1 call" in (await ana.says("/log 1 call"))[0]
        assert "Logged 5 calls and 2 meetings" in (await ana.says("/log 5 calls, 2 meetings"))[0]
    assert naming(asked) == []
    with asked_of(team.bot.database) as asked:
        assert "Acme" in (await ana.says("/log call Acme"))[0]
    assert naming(asked)


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ("1 call", ""),
        ("log 5 calls, 2 meetings", ""),
        ("call Acme – spoke, next step demo Tue", "call Acme – spoke\ndemo Tue"),
        ("5 calls next: email Blue fri", "email Blue fri"),
        ("call Acme no next step Corp", "call Acme Corp"),
        ("", ""),
    ],
)
def test_where_a_line_may_name_somebody(said: str, where: str) -> None:
    assert may_name(said) == where


async def test_nothing_is_left_of_a_text_without_words(database: Database) -> None:
    async with database.read(WORKSPACE) as scope:
        with asked_of(database) as asked:
            assert await known_names(scope, " ", TODAY, None) == []
        assert naming(asked) == []
