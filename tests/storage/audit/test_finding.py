"""Answers to findings, kept: the last one to each check counts, rounds begin behind an id, records add up."""

from datetime import timedelta

from sales.audit.answer import AnswerKind, FindingAnswer
from sales.audit.check import CheckRecord
from sales.pipeline.cycle import DealSpan, cycle_as_of
from sales.pipeline.opportunity import Opportunity, Stage, closed_lost, closed_won, parked
from storage.audit.finding import (
    add_answers,
    answered_since,
    check_mutes,
    check_records,
    find_check_mute,
    is_answered,
    last_answers,
    mute_check,
    newest_answer,
    unmute_check,
)
from storage.pipeline.opportunity import add_opportunity, change_opportunity
from tests.known import T0, WORKSPACE
from tests.sales_story import by_hand

TODAY = T0.date()


async def opened(scope, name, owner="U1"):
    deal = Opportunity(name=name, owner_id=owner, opened_on=TODAY - timedelta(40), value_minor=4_000_00)
    return await add_opportunity(scope, deal, T0)


def answer(deal, kind=AnswerKind.KEPT, check="too_old", user="U1", **more):
    kept = {"opportunity_id": deal.id, "check": check, "answer": kind, "user_id": user, "on": TODAY, "at": T0}
    return FindingAnswer(**kept, **more)


async def test_the_last_answer_to_a_check_on_a_live_deal_counts(database):
    async with database.write(WORKSPACE) as scope:
        one, other = await opened(scope, "Alder"), await opened(scope, "Birch", owner="U2")
        await add_answers(
            scope, [answer(one), answer(other), answer(one, AnswerKind.KNOWN), answer(one, check="pushed")]
        )
        found = {(row.opportunity_id, row.check): row.answer for row in await last_answers(scope, "U1")}
        assert found == {(one.id, "too_old"): AnswerKind.KNOWN, (one.id, "pushed"): AnswerKind.KEPT}
        assert await is_answered(scope, answer(one, AnswerKind.KNOWN))
        assert not await is_answered(scope, answer(one))
        assert not await is_answered(scope, answer(one, AnswerKind.KNOWN, happened="1"))
        await change_opportunity(scope, one, closed_lost(one, TODAY), by_hand())
        assert await last_answers(scope, "U1") == []


async def test_a_round_counts_what_its_reader_answered_behind_its_beginning(database):
    async with database.write(WORKSPACE) as scope:
        deals = [await opened(scope, name) for name in ("Alder", "Birch", "Cedar")]
        await add_answers(scope, [answer(deals[0])])
        since = await newest_answer(scope)
        assert (await answered_since(scope, "U1", "U1", since)).cleared == 0
        for deal, said in ((deals[0], closed_lost(deals[0], TODAY)), (deals[1], parked(deals[1], None))):
            await change_opportunity(scope, deal, said, by_hand())
        await add_answers(
            scope,
            [
                answer(deals[0], AnswerKind.LOST, chance_before=0.34, chance_after=0.33),
                answer(deals[0], AnswerKind.LOST, check="pushed"),
                answer(deals[1], AnswerKind.PARKED),
                answer(deals[2], AnswerKind.LOST),  # and taken back since: it is open
                answer(deals[2], user="U9"),
            ],
        )
        found = await answered_since(scope, "U1", "U1", since)
        assert found.cleared == 4
        assert [(deal.name, row.answer) for row, deal in found.cuts] == [
            ("Alder", AnswerKind.LOST),
            ("Birch", AnswerKind.PARKED),
        ]


async def test_a_check_is_scored_on_the_deals_that_were_kept(database):
    spans = [
        DealSpan(TODAY - timedelta(90), TODAY - timedelta(50), won) for won in [True] * 24 + [False] * 16
    ]
    async with database.write(WORKSPACE) as scope:
        deals = [await opened(scope, f"Deal {number}") for number in range(6)]
        kinds = (
            AnswerKind.KEPT,
            AnswerKind.KNOWN,
            AnswerKind.KEPT,
            AnswerKind.LOST,
            AnswerKind.FIXED,
            AnswerKind.KEPT,
        )
        await add_answers(scope, [answer(deal, kind) for deal, kind in zip(deals, kinds, strict=True)])
        await add_answers(scope, [answer(deals[0])])  # kept twice is one deal
        await change_opportunity(scope, deals[0], closed_won(deals[0], TODAY), by_hand())
        for deal in deals[1:5]:
            await change_opportunity(scope, deal, closed_lost(deal, TODAY), by_hand())
        records = await check_records(scope, cycle_as_of(spans, TODAY))
        assert records == {"too_old": CheckRecord(3, 1, others=37, others_won=23, fixed=1, waved=5)}
        assert deals[5].stage is Stage.OPEN


async def test_a_check_is_off_for_one_person_until_it_is_on_again(database):
    async with database.write(WORKSPACE) as scope:
        await mute_check(scope, "U1", "too_old")
        assert (await check_mutes(scope, "U1"), await check_mutes(scope, "U2")) == ({"too_old"}, set())
        row = await find_check_mute(scope, "U1", "too_old")
        await unmute_check(scope, row)
        assert await find_check_mute(scope, "U1", "too_old") is None
