"""Rates as they are kept: exact, one for each day, of one team and of the currency it counts in."""

from datetime import date
from decimal import Decimal

from sales.people.currency_rate import ALWAYS, CurrencyRate, plain
from sales.people.directory import Directory
from sales.people.member import Member
from sales.people.team import Team
from storage.imports.files.known import known_rates, owner_teams
from storage.people.currency_rate import find_rate, keep_rate, rates_of, remove_rate
from storage.people.member import meet_member, people_directory
from storage.people.team import add_team, set_people
from tests.known import WORKSPACE

SPRING = date(2026, 3, 1)


def rate(figure: str, since: date = ALWAYS, currency: str = "EUR", into: str = "USD") -> CurrencyRate:
    return CurrencyRate(currency=currency, counted_in=into, rate=Decimal(figure), since=since)


async def teams(scope, *names: str) -> list[int]:
    return [(await add_team(scope, Team(name=name))).id for name in names]


async def test_a_rate_keeps_its_digits_and_its_day(database):
    said = [rate("1.08"), rate("1.123456789012", SPRING), rate("0.000000061", currency="IDR")]
    async with database.write(WORKSPACE) as scope:
        (field,) = await teams(scope, "Field")
        for one in said:
            await keep_rate(scope, field, one)
    async with database.read(WORKSPACE) as scope:
        rows = await rates_of(scope, field, "USD")
        kept = [(row.currency, plain(row.rate), row.since) for row in rows]
    assert kept == [
        ("EUR", "1.123456789012", SPRING),
        ("EUR", "1.08", ALWAYS),
        ("IDR", "0.000000061", ALWAYS),
    ]


async def test_a_rate_of_the_same_day_takes_the_place_of_the_one_before(database):
    async with database.write(WORKSPACE) as scope:
        field, west = await teams(scope, "Field", "West")
        first, was = await keep_rate(scope, field, rate("1.8", SPRING))
        again, before = await keep_rate(scope, field, rate("1.08", SPRING))
        await keep_rate(scope, west, rate("1.2", SPRING))
        assert (was, before["rate"] if before else None, again.id) == (None, "1.8", first.id)
    async with database.read(WORKSPACE) as scope:
        assert [str(row.rate) for row in await rates_of(scope, field, "USD")] == ["1.08"]
        assert (
            await rates_of(scope, field, "GBP") == []
        )  # a team that counts in another currency now has no rate


async def test_a_removed_rate_is_gone_and_the_one_before_it_holds(database):
    async with database.write(WORKSPACE) as scope:
        (field,) = await teams(scope, "Field")
        await keep_rate(scope, field, rate("1.08"))
        row, _ = await keep_rate(scope, field, rate("1.1", SPRING))
        await remove_rate(scope, row)
        assert await find_rate(scope, row.id) is None
        assert [str(one.rate) for one in await rates_of(scope, field, "USD")] == ["1.08"]


async def test_a_deal_is_taken_by_the_rate_of_its_owners_team(database):
    async with database.write(WORKSPACE) as scope:
        field, west = await teams(scope, "Field", "West")
        for user_id, name in (("U1", "Ida Moss"), ("U2", "Tom Reed")):
            await meet_member(scope, Member(user_id=user_id, name=name))
        await set_people(scope, field, ["U1"], [])
        await set_people(scope, west, ["U2"], [])
        await keep_rate(scope, field, rate("1.08"))
        await keep_rate(scope, west, rate("1.2"))
        await keep_rate(scope, west, rate("1.27", currency="GBP"))
    async with database.read(WORKSPACE) as scope:
        people: Directory = await people_directory(scope)
        unnamed = await known_rates(scope, await owner_teams(scope, people, None), "USD")
        named = await known_rates(scope, await owner_teams(scope, people, "West"), "USD")

    def at(rates) -> dict[str, str]:
        return {currency: str(known[0].rate) for currency, known in rates.items()}

    assert at(unnamed("Ida Moss")) == {
        "EUR": "1.08",
        "GBP": "1.27",
    }  # her team says nothing of pounds, one does
    assert at(unnamed("Tom Reed")) == {"EUR": "1.2", "GBP": "1.27"}
    assert at(unnamed("Nobody Known")) == {"GBP": "1.27"}  # of the euro they say different things
    assert at(named("Nobody Known")) == {"EUR": "1.2", "GBP": "1.27"}
    assert at(named("Ida Moss")) == {"EUR": "1.08", "GBP": "1.27"}
