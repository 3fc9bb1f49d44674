"""Answers as they are stored: one to each question of a deal, given back by undo, handed over by a merge (#16)."""

from datetime import date, timedelta

from sales.craft.prep.question import DealAnswer
from sales.pipeline.opportunity import Stage
from storage.craft.prep import answer as queries
from storage.people import workspace
from storage.pipeline.merge import merge_deals
from storage.pipeline.opportunity import OpportunityRow, Typed
from storage.undo import remember_undo, undo_last
from tests.known import T0, WORKSPACE
from tests.sales_story import deal

TODAY = date(2026, 9, 14)


async def stands(scope, name):
    row = OpportunityRow.model_validate(
        deal("U1", TODAY - timedelta(days=9), None, Stage.OPEN, 4_000_00, name)
    )
    scope.session.add(row)
    await scope.session.flush()
    return row


def said(row, key, says, on=TODAY):
    return DealAnswer(
        opportunity_id=row.id, key=key, question="Who sorts returns?", says=says, by="U1", on=on
    )


async def kept(scope, row):
    return [(one.key, one.says) for one in await queries.deal_answers(scope, row.id)]


async def test_one_answer_to_each_question_the_latest_first(database):
    async with database.write(WORKSPACE) as scope:
        row, other = await stands(scope, "Alder"), await stands(scope, "Birch")
        await queries.save_deal_answers(scope, [said(row, "gap:need", "Two", TODAY - timedelta(days=3))])
        await queries.save_deal_answers(scope, [said(row, "gap:budget", "None")])
        touched = await queries.save_deal_answers(scope, [said(row, "gap:need", "Three")])
        await queries.save_deal_answers(scope, [said(other, "gap:need", "Nine")])
        assert len(touched) == 1
        assert await kept(scope, row) == [("gap:budget", "None"), ("gap:need", "Three")]
        assert await kept(scope, other) == [("gap:need", "Nine")]


async def test_the_same_answer_again_keeps_its_day(database):
    async with database.write(WORKSPACE) as scope:
        row = await stands(scope, "Alder")
        await queries.save_deal_answers(scope, [said(row, "gap:need", "Two", TODAY - timedelta(days=3))])
        assert await queries.save_deal_answers(scope, [said(row, "gap:need", "Two")]) == []
        (held,) = await queries.deal_answers(scope, row.id)
        assert held.on == TODAY - timedelta(days=3)


async def test_undo_gives_back_what_was_said_before(database):
    async with database.write(WORKSPACE) as scope:
        row = await stands(scope, "Alder")
        await queries.save_deal_answers(
            scope, [said(row, "gap:need", "Two"), said(row, "gap:budget", "None")]
        )
    async with database.write(WORKSPACE) as scope:
        touched = await queries.save_deal_answers(scope, [said(row, "gap:need", "Three")])
        touched += await queries.forget_deal_answers(scope, row.id, ["gap:budget", "gap:waiting"])
        await remember_undo(scope, "U1", T0, "answers", touched)
        assert await kept(scope, row) == [("gap:need", "Three")]
    async with database.write(WORKSPACE) as scope:
        await undo_last(scope, "U1", T0)
        assert sorted(await kept(scope, row)) == [("gap:budget", "None"), ("gap:need", "Two")]


async def test_a_merge_hands_answers_over_and_keeps_one_of_each(database):
    async with database.write(WORKSPACE) as scope:
        stays, goes = await stands(scope, "Alder"), await stands(scope, "Alder Yard")
        await queries.save_deal_answers(scope, [said(stays, "gap:need", "Two")])
        await queries.save_deal_answers(
            scope, [said(goes, "gap:need", "Nine"), said(goes, "gap:budget", "None")]
        )
        await merge_deals(scope, stays, goes, Typed("U1", T0, TODAY))
        assert sorted(await kept(scope, stays)) == [("gap:budget", "None"), ("gap:need", "Two")]


async def test_another_workspace_reads_nothing_of_it(database):
    async with database.write(WORKSPACE) as scope:
        row = await stands(scope, "Alder")
        await queries.save_deal_answers(scope, [said(row, "gap:need", "Two")])
    async with database.write_ledger() as ledger:
        await workspace.install_workspace(ledger, "T2", "Other", "UBOT", T0)
    async with database.read("T2") as scope:
        assert await queries.deal_answers(scope, row.id) == []
