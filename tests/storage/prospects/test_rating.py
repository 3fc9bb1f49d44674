"""Rating: of very many leads those are looked at that outcomes say are likeliest, and hardly more are read (37)."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

from sales.followups.activity import Activity, ActivityKind
from sales.prospects.lead import Lead, RejectCause, rejected
from sales.prospects.warmth import warmest
from storage.followups.activity import add_activity
from storage.people.member import find_member
from storage.pipeline.comparable_name import with_comparable
from storage.prospects.lead import LeadRow, add_lead, change_lead, find_lead
from storage.prospects.score.judged import judged_leads
from storage.prospects.score.rating import keep_odds, leads_to_rate, likeliest_of, rated, rating_of
from storage.prospects.warmth import leads, prospects_of
from tests.known import T0, WORKSPACE
from tests.storage.prospects.test_score import TODAY, decided, field, many, store

__all__ = ["field"]
MANY = 700  # more than are looked at because they are new, and than are rated at once


async def rate(database, team):
    """Rate a team's leads, as each night does; return of how many something else was kept."""
    last = changed = 0
    async with database.write(WORKSPACE) as scope:
        rating = await rating_of(scope, team, TODAY)
        while True:
            rows, firms = await leads_to_rate(scope, rating, last)
            if not rows:
                return changed
            news = rated(rows, firms, rating)
            await keep_odds(scope, news)
            changed, last = changed + len(news), rows[-1].id


@pytest.fixture
async def books(database, field):
    """Outcomes by which referrals win, and many cold leads above two older ones that were referred or are unknown."""
    await many(database)
    async with database.write(WORKSPACE) as scope:
        for name, source, phone in (
            ("Dana", "Referral", ""),
            ("Eve", "Referral", "+386 1"),
            ("Fay", "Purchased list", ""),
        ):
            await add_lead(scope, of(name, source, 90, phone))
        rows = [of(f"Cold {number}", "Cold list", 1).model_dump() for number in range(MANY)]
        table = LeadRow.__table__
        rows = [with_comparable(table, {**row, "workspace_id": WORKSPACE}) for row in rows]
        await (await scope.session.connection()).execute(insert(table), rows)
    return field


def of(name, source, days_ago, phone=""):
    came = T0 - timedelta(days=days_ago)
    return Lead(name=name, source=source, owner_id="UANA", came_at=came, phone=phone)


async def likely(database, most=3, *, with_phone):
    async with database.read(WORKSPACE) as scope:
        return [row.name for row in await likeliest_of(scope, "UANA", most, with_phone=with_phone)]


async def test_the_likeliest_are_found_with_and_without_a_number(database, books):
    assert await likely(database, with_phone=False) == []
    assert await rate(database, books) == MANY + 3
    assert await rate(database, books) == 0
    assert await likely(database, with_phone=True) == ["Eve"]
    assert (await likely(database, with_phone=False))[:2] == ["Dana", "Fay"]


async def test_what_was_decided_is_none_of_them(database, books):
    await rate(database, books)
    async with database.write(WORKSPACE) as scope:
        eve = (await likeliest_of(scope, "UANA", 1, with_phone=True))[0]
        await change_lead(scope, eve, rejected(eve, RejectCause.FIT, "", T0))
    assert await likely(database, with_phone=True) == []
    assert await rate(database, books) == 1
    async with database.read(WORKSPACE) as scope:
        assert (await find_lead(scope, eve.id)).odds is None


async def test_nothing_is_kept_where_nothing_is_learned(database, field):
    async with database.write(WORKSPACE) as scope:
        row = await add_lead(scope, of("Dana", "Referral", 1))
        row.odds = 0.5  # of outcomes that are too old by now
        scope.session.add(row)
        await add_lead(scope, of("Eve", "Referral", 1))
    assert await rate(database, field) == 1
    assert await likely(database, with_phone=False) == []


async def called_first(database, most=2):
    async with database.read(WORKSPACE) as scope:
        ana = await find_member(scope, "UANA")
        found = warmest(await prospects_of(scope, ana, T0), TODAY)
    return [one.prospect.name for one in found[:most]]


async def test_an_old_lead_that_is_likely_is_called_before_new_ones_that_are_not(database, books):
    assert "Eve" not in await called_first(database, MANY)
    await rate(database, books)
    assert await called_first(database, 3) == ["Eve", "Dana", "Fay"]


async def test_who_was_called_just_now_or_buys_already_makes_room_for_the_next(database, books):
    await rate(database, books)
    async with database.write(WORKSPACE) as scope:
        call = Activity(owner_id="UANA", kind=ActivityKind.CALL, on=TODAY, account="Eve")
        await add_activity(scope, call, T0)
    await store(database, decided("Dana", "won"))
    assert (await called_first(database, 1)) == ["Fay"]


async def test_of_many_only_those_named_first_are_judged_anew_and_every_one_has_a_chance(
    database, books, monkeypatch
):
    judged = []

    async def counted(scope, leads, team, today):
        judged.extend(leads)
        return await judged_leads(scope, leads, team, today)

    monkeypatch.setattr(leads, "judged_leads", counted)
    await rate(database, books)
    async with database.write(WORKSPACE) as scope:
        await add_lead(scope, of("Gil", "Referral", 0))  # came since, so that nothing is kept of him yet
    async with database.read(WORKSPACE) as scope:
        found = await prospects_of(scope, await find_member(scope, "UANA"), T0)
    assert len(found) > 300
    assert len(judged) == leads.JUDGED_AFRESH
    assert "Gil" in {row.name for row in judged}
    chances = {one.name: one.score for one in found}
    assert None not in chances.values()
    assert chances["Gil"] == pytest.approx(chances["Dana"])


async def test_the_chance_that_is_kept_is_the_one_a_lead_is_judged_by(database, books):
    await rate(database, books)
    async with database.read(WORKSPACE) as scope:
        rows = await likeliest_of(scope, "UANA", 5, with_phone=False)
        said = await judged_leads(scope, rows, books, TODAY)
    for row in rows:
        one = said[row.id]
        assert one.scoring.model.chance_by(row.odds) == pytest.approx(one.chance, abs=1e-3)
