"""Bad input of a pull: tokens, fields and pipelines that go, records that are two or none, clocks, people, amounts."""

from datetime import date, timedelta

import pytest

from tests.stories.craft.lived import has, mark, since
from tests.stories.pipeline.walked import asks, texts
from tests.stories.synced.pulled import calm, card, clock, line, lists, names, row, status, table, worth
from tests.stories.synced.synced import (
    MATCH_STAGES,
    a_night,
    asked_about,
    connects,
    depots,
    ended,
    many,
    matches,
    offering,
    open_labels,
    owner_of,
    pulled,
    puts,
    synced,
    vendor,
)
from tests.stories.synced.test_connect import secret

pytestmark = pytest.mark.engines("sqlite")

HUBSPOT = pytest.mark.parametrize("there", ["hubspot"], indirect=True)  # where the vendor makes no difference


def trouble(crm, said) -> list[str]:
    """Of some messages those that speak of the CRM."""
    return [one for one in said if vendor(crm) in one]


# the token


@pytest.mark.parametrize("after", [1, 4, 9])
async def test_a_token_that_is_revoked_in_mid_pull(team, crm, mia, after):
    """Token revoked in mid-sync: what came stays, once; the admin reads the mend; a new token brings the rest."""
    crm.page = 10
    many(crm)
    before = mark(mia)
    await pulled_until(team, crm, after)
    held = await names(team, crm)
    assert len(held) == len(set(held))
    (said,) = [one for one in trouble(crm, since(mia, before)) if has(r"rainmaker connect", one)]
    calm(said)
    asked = len(crm.requests)
    await synced(team, 12)
    assert len(crm.requests) - asked <= 12, "It is asked over and over with a token that it refuses."
    crm.renew()
    again = await connects(team, crm, "--team", "Field", **{secret(crm): crm.token})
    assert again.code == 0, again.said
    await synced(team)
    assert await names(team, crm) == depots(60)


async def pulled_until(team, crm, after) -> None:
    """Connect, and let the token be refused so many requests after the first pull begins."""
    said = await connects(team, crm, "--team", "Field")
    assert said.code == 0, said.said
    crm.revoke(after=after)
    await synced(team, 3)


# fields and pipelines


@pytest.mark.parametrize("how", ["hide_field", "rename_field"])
@pytest.mark.parametrize("field", ["next_step", "amount", "close"])
async def test_a_field_that_is_hidden_or_renamed(team, crm, ana, how, field):
    """A field renamed or hidden: what was known stays, the rest goes on, and the manager reads which it is."""
    deal = puts(crm, next_step="call Dana")
    await pulled(team, crm)
    getattr(crm, how)(field)
    crm.change(deal, name="Lockside North")
    await synced(team, 2)
    found = await row(team, crm, "Lockside North")
    assert (found["value"], found["expected"]) == ("24000.00", "2026-10-14")
    assert "call Dana" in await card(ana, '"Lockside North"')
    word = {"next_step": r"next.?step", "amount": r"amount|value", "close": r"clos"}[field]
    line(calm(await status(team)), word, r"not|hidden|miss|gone|renamed|no longer|cannot")


async def test_a_field_that_is_shown_again(team, crm):
    """A field hidden: once it may be read again, it is, without anybody doing anything here."""
    deal = puts(crm)
    await pulled(team, crm)
    crm.hide_field("amount")
    await synced(team)
    crm.change(deal, amount="31500")
    await synced(team)
    assert await worth(team, crm) == ("24000.00", "USD")
    crm.show_field("amount")
    await a_night(team)
    assert await worth(team, crm) == ("31500.00", "USD")


async def test_a_pipeline_that_is_deleted(team, crm, ana, mia):
    """A pipeline deleted: its deals stay as they stood, nobody loses one, and the admin reads of it once."""
    puts(crm, stage=1)
    puts(crm, "Granary Road")
    await pulled(team, crm)
    await matches(mia, MATCH_STAGES, dict.fromkeys(open_labels(crm), "Talking"))
    before = mark(mia)
    for one in [one[0] for one in crm.stages]:
        crm.drop_stage(one)
    await synced(team, 13)
    await a_night(team)
    said = await lists(ana)
    assert "Lockside" in said, said
    assert "Granary Road" in said, said
    told = trouble(crm, since(mia, before))
    assert len(told) <= 1, told
    assert has(r"stage|pipeline", "\n".join([*told, await status(team)]))


async def test_a_stage_that_is_deleted_with_its_deals_moved(team, crm, ana, mia):
    """A pipeline deleted: deals moved to a new stage stand open; that one is asked about, not the other."""
    deal = puts(crm)
    await pulled(team, crm)
    first = open_labels(crm)[0]
    await matches(mia, MATCH_STAGES, dict.fromkeys(open_labels(crm), "Talking"))
    crm.add_stage("Intake", "open")
    crm.change(deal, stage="Intake")
    crm.drop_stage(next(one[0] for one in crm.stages if one[1] == first))
    await synced(team, 2)
    assert "Lockside" in await lists(ana)
    assert offering(mia, MATCH_STAGES)
    asked = await asked_about(mia, MATCH_STAGES)
    assert any("Intake" in one for one in asked), asked
    assert not any(first in one for one in asked), asked


# records


async def test_two_records_of_one_deal(team, crm, ana):
    """Two records for one deal: both are there, each with its id; that they look like one is said."""
    account = crm.account("Haulmate")
    ids = [puts(crm, "Lockside", account=account) for _ in range(2)]
    await pulled(team, crm)
    assert sorted(one["CRM id"] for one in await table(team, crm)) == sorted(ids)
    said = "\n".join([await status(team), *texts(team.person("mia")), await asks(ana, "/pipeline", "sales")])
    assert has(r"twice|same|both|two\b|2 records|duplicate", said), said


async def test_merged_and_merged_again_and_deleted(team, crm, ana):
    """Merged and deleted records: a chain to its end; then that one goes too, and nothing is left open."""
    first, second, third = (puts(crm, name) for name in ("Lockside", "Granary Road", "Lock Lane"))
    await pulled(team, crm)
    stays = crm.merge(crm.merge(first, second), third)
    await a_night(team)
    left = [one["CRM id"] for one in await table(team, crm) if one["stage"] == "open"]
    assert left == [stays]
    crm.archive(stays)
    await a_night(team, "2026-09-15", "2026-09-16")
    assert not has(r"Lockside|Granary Road|Lock Lane", await lists(ana))


@HUBSPOT
async def test_a_merged_deal_that_changes_goes_on_here(team, crm):
    """Merged records: what changes on the one that stays is here, whichever id it was known by."""
    loser, winner = puts(crm), puts(crm, "Granary Road")
    await pulled(team, crm)
    stays = crm.merge(loser, winner)
    await synced(team)
    crm.change(stays, amount="31500")
    await a_night(team)
    assert [one["value"] for one in await table(team, crm) if one["stage"] == "open"] == ["31500.00"]


async def test_what_may_not_be_seen_any_more_is_not_deleted(team, crm, ana):
    """Vanished is not deleted (6): one that we may not read any more stays, and that it is not read is said."""
    many(crm, 30, owner=owner_of(crm, "ana"))
    hidden = puts(crm)
    await pulled(team, crm)
    crm.unshare(hidden)
    await a_night(team)
    assert (await row(team, crm))["stage"] == "open"
    assert has(r"Lockside|\b1\b[^\n]*(not|no longer)", calm(await status(team)))


async def test_half_the_book_does_not_vanish_at_once(team, crm, ana, mia):
    """Half a sweep (7): more than a tenth gone in one night is not believed; nothing goes, and the admin is asked."""
    ids = many(crm, 20, owner=owner_of(crm, "ana"))
    await pulled(team, crm)
    before = mark(mia)
    for one in ids[:10]:
        crm.unshare(one)
    await a_night(team)
    assert [one["stage"] for one in await table(team, crm)] == ["open"] * 20
    assert has(r"\b10\b", calm("\n".join([*since(mia, before), await status(team)])))


# clocks


@pytest.mark.parametrize("minutes", [-90, -4, 4, 90])
async def test_their_clock_is_another(team, crm, ana, watch, minutes):
    """Clock skew: with theirs ahead or behind, every change is here at the next pull, and “as of” is in our time."""
    watch.ahead = timedelta(minutes=minutes)
    deal = puts(crm)
    await pulled(team, crm)
    for amount in ("25000", "26000", "27000"):
        crm.change(deal, amount=amount)
        await synced(team)
        assert await worth(team, crm) == (f"{amount}.00", "USD")
    assert has(rf"as of {clock(team)}", await card(ana))


async def test_their_clock_is_set_right(team, crm, watch):
    """Clock skew: an hour ahead, then put right; what changes in the hour that comes twice is here."""
    watch.ahead = timedelta(minutes=60)
    deal = puts(crm)
    await pulled(team, crm)
    watch.ahead = timedelta(0)
    crm.change(deal, amount="31500")
    await synced(team, 24)
    assert await worth(team, crm) == ("31500.00", "USD")


# people and money


async def test_an_owner_who_left(team, crm, ana):
    """An owner who left: their deals stay theirs here as long as they are a member; the manager reads how many wait."""
    many(crm, 2, owner=owner_of(crm, "ana"))
    await pulled(team, crm)
    crm.leave(owner_of(crm, "ana"))
    await synced(team, 13)
    await a_night(team)
    assert {one["owner id"] for one in await table(team, crm)} == {"U1"}
    assert "Depot 00" in await lists(ana)
    said = calm(await status(team))
    assert has(r"Ana", said), said


async def test_the_deals_of_who_left_are_given_on(team, crm, ana, ben):
    """An owner who left: handed to Ben there, they are his here within five minutes."""
    ids = many(crm, 2, owner=owner_of(crm, "ana"))
    await pulled(team, crm)
    crm.leave(owner_of(crm, "ana"))
    for one in ids:
        crm.change(one, owner=owner_of(crm, "ben"))
    await synced(team)
    assert "Depot 00" not in await lists(ana)
    assert "Depot 00" in await lists(ben)


async def test_currencies_that_differ_are_not_added(team, crm, ana):
    """Currencies that differ: a goal in dollars adds no euros as if they were dollars, and says so."""
    await asks(ana, "/goal 60k this quarter because of last year", "sales")
    for name, amount, currency in (
        ("Lockside", "24000", "USD"),
        ("Lock Lane", "9100", "EUR"),
        ("Quay", "500", "GBP"),
    ):
        puts(crm, name, stage=ended(crm), close=date(2026, 9, 2), amount=amount, currency=currency)
    await pulled(team, crm)
    said = await asks(ana, "/goal", "sales")
    assert has(r"\$24(,000|k)", said), said
    assert not has(r"33,[16]00|33\.[16]k", said), said
    assert has(r"EUR|€|GBP|£|currenc|rate", said), said


async def test_a_deal_changes_its_currency(team, crm):
    """Currencies that differ: 24,000 dollars become 24,000 euros there; amount and currency change together."""
    deal = puts(crm)
    await pulled(team, crm)
    crm.change(deal, currency="EUR")
    await synced(team)
    assert await worth(team, crm) == ("24000.00", "EUR")
