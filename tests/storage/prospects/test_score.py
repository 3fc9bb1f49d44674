"""What scores are made of, as it stands in the database: decided deals and leads, each fact with its day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sales.language.names.match import name_key
from sales.people.member import Member
from sales.people.team import Team
from sales.pipeline.deal_history import DealField
from sales.pipeline.debrief import Cause, Debrief
from sales.pipeline.opportunity import Stage
from sales.pipeline.win_rate import Decided
from sales.prospects.attitude import BUYS_ON, AttitudeAnswer
from sales.prospects.lead import Lead, LeadState, RejectCause
from sales.prospects.score.fact import KnownFact
from sales.prospects.score.scoring import ScoreBasis, ScoringState, scoring
from storage.cache import Cache
from storage.people import workspace
from storage.people.member import meet_members
from storage.people.team import add_team, find_team, set_people
from storage.pipeline.account import AccountRow
from storage.pipeline.deal_history import note_change
from storage.pipeline.debrief import save_debrief
from storage.pipeline.opportunity import OpportunityRow
from storage.prospects.attitude import save_answers
from storage.prospects.lead import add_lead
from storage.prospects.score import live
from storage.prospects.score.case import (
    LEARNS_FROM,
    count_decided,
    deal_cases,
    facts_of_deals,
    facts_of_leads,
    lead_cases,
)
from storage.prospects.score.judged import judged_deal, judged_leads
from storage.prospects.score.live import deal_scoring, is_new_enough, worked_out
from storage.prospects.score.month import keep_scoring, scoring_before, scoring_of_month
from storage.scope import Lacking
from tests.known import T0, WORKSPACE
from tests.sales_story import deal

TODAY = date(2026, 9, 14)
DAY = timedelta(days=1)


@pytest.fixture
async def field(database):
    async with database.write(WORKSPACE) as scope:
        await meet_members(scope, [Member(user_id="UANA", name="Ana"), Member(user_id="UBEN", name="Ben")])
        row = await add_team(scope, Team(name="Field"))
        await set_people(scope, row.id, ["UANA"], [])
        return row


def decided(name, stage, on=TODAY - 9 * DAY, owner="UANA", took=30, **more):
    made = {**deal(owner, on - took * DAY, on, stage, 4_000_00, name), "account": name, **more}
    return OpportunityRow.model_validate(made)


def firm(name, **said):
    return AccountRow(workspace_id=WORKSPACE, name=name, name_key=name_key(name), **said)


async def store(database, *rows):
    async with database.write(WORKSPACE) as scope:
        scope.session.add_all(rows)
        await scope.session.flush()
        return [row.id for row in rows]


async def many(database):
    """152 decided deals of two sources and two sectors, one of each of which mostly won."""
    rows = []
    for source, sector, won, lost in (("Referral", "Logistics", 60, 12), ("Cold list", "Retail", 10, 70)):
        for number in range(won + lost):
            name = f"{source} {number}"
            on = TODAY - (3 + number * 4) * DAY
            rows.append(decided(name, Stage.WON if number < won else Stage.LOST, on, source=source))
            rows.append(firm(name, sector=sector, employees=120))
    await store(database, *rows)


async def test_a_decided_deal_comes_with_what_was_known_of_it(database, field):
    began = TODAY - 39 * DAY
    won_before = decided("Acme", Stage.WON, began - 9 * DAY)
    lost = decided("Acme", Stage.LOST, source="Event", product="GTX", is_tender=True)
    await store(database, firm("Acme", sector="Retail", employees=4_000, location="Graz"), won_before, lost)
    async with database.write(WORKSPACE) as scope:
        said = Debrief(opportunity_id=lost.id, closed_on=lost.closed_on, cause=Cause.PRICE)
        await save_debrief(scope, said, T0)
        await note_change(
            scope, lost.id, DealField.CONTACT, "", "Dana Roe, CFO, decides", "UANA", began + DAY
        )
        answer = AttitudeAnswer(account="acme", question=BUYS_ON, says="price", on=TODAY)
        await save_answers(scope, [answer])
    async with database.read(WORKSPACE) as scope:
        found = {one.won: one for one in await deal_cases(scope, field, TODAY)}
        assert set(found) == {True, False}
        case = found[False]
        assert (case.entered_on, case.decided_on) == (began, TODAY - 9 * DAY)
        assert case.facts == {
            "source": KnownFact("Event"),
            "product": KnownFact("GTX"),
            "tender": KnownFact("yes"),
            "sector": KnownFact("Retail"),
            "employees": KnownFact("1,000 or more"),
            "where they are": KnownFact("Graz"),
            "bought before": KnownFact("yes"),
            "decision maker": KnownFact("known", began + DAY),
            "what decided it": KnownFact("price", TODAY),
            "buys on": KnownFact("price", TODAY),
        }
        assert found[True].facts["bought before"].value == "no"


async def test_only_what_a_teams_people_closed_in_two_years_counts(database, field):
    await store(
        database,
        decided("Old", Stage.WON, TODAY - LEARNS_FROM - DAY),
        decided("Bens", Stage.WON, owner="UBEN"),
        decided("Ahead", Stage.WON, TODAY + DAY),
        decided("Suspect", Stage.LOST, opened_on=None),
        OpportunityRow.model_validate(deal("UANA", TODAY, None, Stage.OPEN)),
        decided("Ours", Stage.LOST),
    )
    async with database.read(WORKSPACE) as scope:
        assert len(await deal_cases(scope, field, TODAY)) == 1
        assert await count_decided(scope, field, TODAY) == Decided(0, 1)
    async with database.write_ledger() as ledger:
        await workspace.install_workspace(ledger, "T2", "Other", "UBOT", T0)
    async with database.read("T2") as scope:
        assert await deal_cases(scope, field, TODAY) == []


async def test_a_lead_ends_with_its_deal_or_when_it_is_sent_back(database, field):
    at = datetime(2026, 8, 3, 9, tzinfo=UTC)
    won, lost, still = await store(
        database,
        decided("Won", Stage.WON),
        decided("Lost", Stage.LOST),
        OpportunityRow.model_validate(deal("UANA", TODAY, None, Stage.OPEN)),
    )
    async with database.write(WORKSPACE) as scope:
        for name, state, deal_id in (
            ("One", LeadState.QUALIFIED, won),
            ("Two", LeadState.QUALIFIED, lost),
            ("Three", LeadState.QUALIFIED, still),
            ("Four", LeadState.REJECTED, None),
            ("Five", LeadState.NEW, None),
        ):
            await add_lead(
                scope,
                Lead(
                    name=name,
                    account=f"{name} Ltd",
                    title="CFO",
                    source="Web form",
                    owner_id="UANA",
                    state=state,
                    came_at=at,
                    decided_at=at + 3 * DAY if state is not LeadState.NEW else None,
                    reject_cause=RejectCause.FIT if state is LeadState.REJECTED else None,
                    deal_id=deal_id,
                ),
            )
    async with database.read(WORKSPACE) as scope:
        found = await lead_cases(scope, field, TODAY)
        assert sorted((one.decided_on, one.won) for one in found) == [
            (date(2026, 8, 6), False),
            (TODAY - 9 * DAY, False),
            (TODAY - 9 * DAY, True),
        ]
        facts = {
            "source": KnownFact("Web form"),
            "title": KnownFact("decides"),
            "bought before": KnownFact("no"),
        }
        assert all(one.facts == facts for one in found)


async def test_chances_are_learned_and_single_deals_and_leads_are_judged(database, field):
    await many(database)
    row = OpportunityRow.model_validate(
        {
            **deal("UANA", TODAY - DAY, None, Stage.OPEN, name="Birch"),
            "account": "Birch",
            "source": "Cold list",
        }
    )
    await store(database, firm("Birch", sector="Retail", employees=120), row)
    async with database.write(WORKSPACE) as scope:
        leads = [
            await add_lead(scope, Lead(name=name, source=source, owner_id="UANA", came_at=T0))
            for name, source in (("Cole", "Cold list"), ("Dana", "Referral"), ("Eve", None))
        ]
    async with database.read(WORKSPACE) as scope:
        found = await worked_out(scope, field, TODAY)
        assert found.deals.state is ScoringState.LEARNED
        assert (found.deals.cases, found.deals.won, found.leads) == (152, 70, None)
        judged = await judged_deal(scope, row, field, TODAY)
        assert judged.chance is not None
        assert judged.chance < 0.3
        assert {one.field for one in judged.reasons} >= {"source", "sector"}
        by_lead = await judged_leads(scope, leads, field, TODAY)
        assert by_lead[leads[0].id].chance < by_lead[leads[1].id].chance
        assert await facts_of_deals(scope, [row], field.zone) == {
            row.id: {
                "source": "Cold list",
                "sector": "Retail",
                "employees": "50 to 249",
                "bought before": "no",
            }
        }
        assert (await facts_of_leads(scope, leads, field.zone))[leads[2].id] == {"bought before": "no"}


async def test_with_too_little_nobody_is_judged(database, field):
    async with database.write(WORKSPACE) as scope:
        leads = [
            await add_lead(scope, Lead(name=name, owner_id="UANA", came_at=T0)) for name in ("Cole", "Dana")
        ]
    async with database.read(WORKSPACE) as scope:
        assert (await judged_leads(scope, leads, field, TODAY))[leads[0].id].chance is None


async def test_what_a_month_said_is_kept_once_and_found_by_the_next(database, field):
    await many(database)
    async with database.read(WORKSPACE) as scope:
        found = (await worked_out(scope, field, TODAY)).deals
    async with database.write(WORKSPACE) as scope:
        await keep_scoring(scope, field.id, found, TODAY - DAY)
        await keep_scoring(scope, field.id, found, TODAY)
    async with database.read(WORKSPACE) as scope:
        row = await scoring_of_month(scope, field.id, date(2026, 9, 1), ScoreBasis.DEALS)
        assert row is not None
        assert (row.made_on, row.cases, row.scoring) == (TODAY, 152, found)
        assert await scoring_before(scope, field.id, date(2026, 9, 1), ScoreBasis.DEALS) is None
        before = await scoring_before(scope, field.id, date(2026, 11, 1), ScoreBasis.DEALS)
        assert before is not None
        assert before.id == row.id
        assert await scoring_before(scope, field.id, date(2026, 11, 1), ScoreBasis.LEADS) is None


async def test_it_is_worked_out_apart_and_read_from_what_was_kept_while_that_is_new(database, field):
    await many(database)
    async with database.write(WORKSPACE, brief=True) as scope:
        with pytest.raises(Lacking):
            await deal_scoring(scope, field, TODAY)
    async with database.read(WORKSPACE) as scope:
        found = await deal_scoring(scope, field, TODAY)
    async with database.write(WORKSPACE, brief=True) as scope:
        field = await find_team(scope, field.id)
        assert await deal_scoring(scope, field, TODAY) == found
        await keep_scoring(scope, field.id, found, TODAY)
    await store(database, decided("One more", Stage.WON))
    async with database.write(WORKSPACE, brief=True) as scope:
        assert await deal_scoring(scope, field, TODAY) == found  # one of 153 says nothing else


async def test_what_the_same_outcomes_teach_is_learned_once_whatever_the_day(database, field, monkeypatch):
    await many(database)
    learned = []

    def counted(cases, basis, today):
        learned.append(today)
        return scoring(cases, basis, today)

    monkeypatch.setattr(live, "scoring", counted)
    monkeypatch.setattr(live, "TAUGHT", Cache(10))
    async with database.read(WORKSPACE) as scope:
        first = await worked_out(scope, field, TODAY)
        tomorrow = await worked_out(scope, field, TODAY + DAY)
    assert learned == [TODAY]
    assert tomorrow.deals.model == first.deals.model
    await store(database, decided("One more", Stage.WON))
    async with database.read(WORKSPACE) as scope:
        assert (await worked_out(scope, field, TODAY + DAY)).deals.cases == first.deals.cases + 1
    assert learned == [TODAY, TODAY + DAY]


@pytest.mark.parametrize(
    ("cases", "decided_by_now", "is_new"),
    [(0, 0, True), (0, 1, False), (100, 105, True), (100, 106, False), (3_000, 9_000, True)],
)
def test_what_was_kept_is_new_enough_while_hardly_anything_came(cases, decided_by_now, is_new):
    assert is_new_enough(cases, decided_by_now) is is_new
