"""Halvings are kept as they stood, answered once, and looked at again once, on every engine."""

from datetime import date, timedelta

from sales.audit.halve import halving_period
from sales.audit.halving import Whose
from sales.pipeline.opportunity import Opportunity, Stage, closed_won
from storage.audit import halve as queries
from storage.database import Database
from storage.pipeline.opportunity import Typed, add_opportunity, change_opportunity
from tests.known import T0, WORKSPACE

TODAY = T0.date()
PERIOD = halving_period(TODAY, 1)


def deal(name: str, value: int, age: int, currency: str = "USD") -> Opportunity:
    return Opportunity(
        name=name,
        owner_id="U1",
        stage=Stage.OPEN,
        value_minor=value,
        currency=currency,
        opened_on=TODAY - timedelta(days=age),
    )


async def test_a_halving_goes_from_its_deals_to_who_was_right(database: Database) -> None:
    """What stood on the day stays (#21), whatever the deals say later; what is won after the end brought nothing."""
    async with database.write(WORKSPACE) as scope:
        rows = [
            await add_opportunity(scope, deal(name, value, age), T0)
            for name, value, age in (("Dear", 900_00, 90), ("Young", 300_00, 5), ("Old", 200_00, 80))
        ]
        await add_opportunity(scope, deal("Euro", 100_00, 3, "EUR"), T0)
        found = await queries.deals_to_halve(scope, "U1", "USD", TODAY, PERIOD.end)
        assert ([one.key for one in found.deals], found.currency, found.others, found.knows) == (
            [rows[0].id, rows[2].id, rows[1].id],
            "USD",
            1,
            False,
        )
        row = await queries.start_halving(scope, "U1", found, TODAY, PERIOD)
        board = await queries.board_of(scope, row, TODAY)
        assert [one.name for one in board.deals] == ["Dear", "Young", "Old"]
        assert [one.name for one in board.pair] == ["Dear", "Young"]
        dear, young, _ = board.deals
        await queries.answer_picks(scope, row.id, [young.id], kept=True)
        await queries.answer_picks(scope, row.id, [dear.id], kept=False)
        typed = Typed("U1", T0, TODAY)
        await change_opportunity(scope, rows[1], closed_won(rows[1], TODAY, 400_00), typed)
        await change_opportunity(scope, rows[0], closed_won(rows[0], PERIOD.end + timedelta(days=1)), typed)
    async with database.read(WORKSPACE) as scope:
        kept = await queries.current_halving(scope, "U1", PERIOD.end)
        assert kept is not None
        board = await queries.board_of(scope, kept, PERIOD.end + timedelta(days=9))
        assert board.result(Whose.YOURS) == (1, 1, 400_00)
        assert board.result(Whose.DEAREST) == (1, 0, 0)
        assert board.result(Whose.NEWEST).won_minor == 400_00
        assert board.deals[1].pick.worth_minor == 300_00
        assert await queries.current_halving(scope, "U1", PERIOD.end + timedelta(days=1)) is None
        assert await queries.current_halving(scope, "U2", TODAY) is None


async def test_each_end_is_looked_at_once_and_by_the_last_halving_before_it(database: Database) -> None:
    async with database.write(WORKSPACE) as scope:
        for name in ("One", "Two"):
            await add_opportunity(scope, deal(name, 100_00, 9), T0)
        found = await queries.deals_to_halve(scope, "U1", "USD", TODAY, PERIOD.end)
        await queries.start_halving(scope, "U1", found, TODAY, PERIOD)
        last = await queries.start_halving(scope, "U1", found, TODAY, PERIOD)
        assert await queries.not_revisited(scope, ["U1"], PERIOD.end - timedelta(days=1)) == []
        assert [one.id for one in await queries.not_revisited(scope, ["U1", "U2"], PERIOD.end)] == [last.id]
        await queries.mark_revisited(scope, [last])
        assert await queries.not_revisited(scope, ["U1"], date.max) == []
