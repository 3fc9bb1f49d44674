"""Personas and facts beside what the examples hold: who may, in words, by a tap, the way back, nothing asked twice."""

from sales.people.team import Team
from sales.prospects.lead import Lead
from sales.value import changed
from storage.people.team import add_team, set_people
from storage.prospects.lead import add_lead, change_lead
from storage.prospects.named_lead import leads_called
from tests.known import T0, WORKSPACE
from tests.stories.craft.lived import has, tried
from tests.stories.face.seen import label, presses
from tests.stories.leads import books
from tests.stories.leads.prospected import FIRM, fills, newest
from tests.stories.pipeline.walked import asks, told

FIRST = r"one fact first"


def offers(person, pattern) -> bool:
    return label(told(person, "sales")[-1].blocks or [], pattern) is not None


# personas


async def test_a_persona_in_words_and_its_way_back(team):
    ana, mia = team.person("ana"), team.person("mia")
    said = await asks(mia, "/team persona CFO: wants cash by December; worries about surprises", "sales")
    assert has(r"card of CFO is written", said)
    assert has(r"wants: cash by December", await asks(ana, "/team persona cfo", "sales"))
    assert has(r"is changed", await asks(mia, "/team persona CFO: says it is not in the budget", "sales"))
    assert has(r"cash by December.*not in the budget", await asks(ana, "/team personas", "sales"))
    await asks(mia, "/rainmaker undo", "sales")
    assert not has(r"not in the budget", await asks(ana, "/team personas", "sales"))


async def test_a_rep_reads_cards_and_writes_none(team):
    ana = team.person("ana")
    said = await asks(ana, "/team persona CFO: wants cash", "sales")
    assert has(r"Mia", said), said
    await asks(ana, "/team personas", "sales")
    assert not offers(ana, r"add|write|edit")


async def test_a_role_that_lacks_a_card_is_written_from_its_line(team):
    mia = team.person("mia")
    await books.has_contacts(team, ("Alder", "Birch"), "Depot manager")
    assert has(r"2 deals need one for a Depot manager", await asks(mia, "/team personas", "sales"))
    assert has(r"2 deals need one for a Depot manager", await asks(mia, "/team", "sales"))
    await asks(mia, "/team personas", "sales")
    await presses(mia, r"^write it", where="sales")
    await fills(mia, {r"goals": "Vans that start"})
    assert has(r"Depot manager.*in 2 open deals", await asks(mia, "/team personas", "sales"))


async def test_what_cannot_be_placed_stands_in_the_form(team):
    mia = team.person("mia")
    assert has(
        r"could not place.*cash by December", await asks(mia, "/team persona CFO: cash by December", "sales")
    )
    await presses(mia, r"^fill in a form", where="sales")
    await fills(mia, {})
    assert has(r"CFO\s+wants: cash by December", await asks(mia, "/team persona CFO", "sales"))


async def test_a_card_is_changed_and_removed_where_it_stands(team):
    mia = team.person("mia")
    await asks(mia, "/team persona CFO: wants cash", "sales")
    await asks(mia, "/team personas", "sales")
    await presses(mia, r"^edit", where="sales")
    await fills(mia, {r"goals": "Calm"})
    await asks(mia, "/team personas", "sales")
    await presses(mia, r"^remove", where="sales")
    assert has(r"card of CFO is gone", newest(mia))
    await presses(mia, r"undo", where="sales")
    assert has(r"Calm", await asks(mia, "/team personas", "sales"))


# one fact first


async def test_it_is_asked_once_a_day_for_each(team):
    ana = team.person("ana")
    for name in ("Alder", "Birch"):
        await asks(ana, f"/lead target {name}", "sales")
    assert has(FIRST, await asks(ana, "/followup Alder tomorrow email them the brochure", "sales"))
    assert not has(FIRST, await asks(ana, "/followup Alder friday email them the figures", "sales"))
    assert has(FIRST, await asks(ana, "/log email Birch", "sales"))
    assert not has(FIRST, await asks(ana, "/log call Birch – no answer", "sales"))
    await team.jump("2026-09-15 11:00", books.HERE)
    assert has(FIRST, await asks(ana, "/log email Birch", "sales"))


async def test_nobody_is_asked_of_whom_something_is_known_or_who_is_not_pursued(team):
    ana = team.person("ana")
    await asks(ana, "/lead target Alder", "sales")
    await asks(ana, "/log call Alder – they open a depot in May, no next step", "sales")
    for line in (
        "/followup Alder tomorrow email them the list",
        "/followup Gorse tomorrow email them the list",
    ):
        assert not has(FIRST, await asks(ana, line, "sales"))
    await asks(ana, "/lead target Cedar", "sales")
    assert not has(FIRST, await asks(ana, "/followup Cedar tomorrow prepare the list", "sales"))
    assert not has(FIRST, await asks(ana, "/followup Cedar owes me the contract by friday", "sales"))


async def test_a_lead_is_asked_about_by_its_firm(team):
    ana = team.person("ana")
    async with team.bot.database.write(WORKSPACE) as scope:
        await add_lead(scope, Lead(name="Dana Roe", account="Alder Yard", owner_id="U1", came_at=T0))
    assert has(
        r"noted of Alder Yard", await asks(ana, "/followup Dana Roe tomorrow email her the list", "sales")
    )
    assert has(
        r"noted of Alder Yard: they build",
        await asks(ana, "/lead fact Alder Yard they build a depot", "sales"),
    )
    assert not has(FIRST, await asks(ana, "/followup Alder Yard friday email them the figures", "sales"))


async def test_a_team_can_switch_it_off(team):
    ana, mia = team.person("ana"), team.person("mia")
    await asks(ana, "/lead target Alder", "sales")
    assert has(r"one fact first is on", await asks(mia, "/team facts", "sales"))
    await presses(mia, r"^stop asking", where="sales")
    assert has(r"is off", newest(mia))
    assert not has(FIRST, await asks(ana, "/followup Alder tomorrow email them the brochure", "sales"))
    assert has(r"Mia", await asks(ana, "/team facts on", "sales"))
    assert has(r"is on", await asks(mia, "/team facts on", "sales"))
    await team.jump("2026-09-15 11:00", books.HERE)
    assert has(FIRST, await asks(ana, "/followup Alder friday email them the brochure", "sales"))


async def test_a_fact_stands_on_the_deal_and_is_taken_back_by_who_noted_it(team):
    ana, mia = team.person("ana"), team.person("mia")
    await books.stand_open(team, ["Alder"])
    await asks(mia, "/lead fact Alder: they open a plant in Graz", "sales")
    assert has(r"Known: they open a plant in Graz \(Mia", await asks(ana, "/deal Alder", "sales"))
    assert has(r"already", await asks(mia, "/lead fact Alder: they open a plant in Graz", "sales"))
    await asks(ana, "/lead fact Alder", "sales")
    assert not offers(ana, r"take back")
    await asks(mia, "/lead fact Alder", "sales")
    await mia.chooses("Take back…", "they open a plant in Graz", where="sales")
    assert not has(r"Graz", await tried(ana, "/deal Alder"))
    await presses(mia, r"undo", where="sales")
    assert has(r"Graz", await tried(ana, "/deal Alder"))


async def test_a_fact_in_a_form_and_a_name_that_is_asked_about(team):
    ana = team.person("ana")
    await asks(ana, "/lead fact", "sales")
    await fills(ana, {FIRM: "Alder", r"know": "They open a plant in Graz"})
    assert has(r"plant in Graz", await asks(ana, "/lead fact Alder", "sales"))
    said = await asks(ana, "/lead fact Birch Mill a plant opens in Graz", "sales")
    assert has(r"how far does the name", said)
    await presses(ana, r"^Birch Mill$", where="sales")
    assert has(r"a plant opens", await asks(ana, "/lead fact Birch Mill", "sales"))


async def test_a_card_and_a_fact_stand_on_the_lead(team):
    ana, mia = team.person("ana"), team.person("mia")
    await asks(mia, "/team persona Depot manager: wants vans that start", "sales")
    await asks(mia, "/lead fact Alder Yard: they open a plant in Graz", "sales")
    await asks(ana, "/lead add Dana Roe at Alder Yard from webinar", "sales")
    async with team.bot.database.write(WORKSPACE) as scope:
        (lead,) = await leads_called(scope, "Dana Roe")
        await change_lead(scope, lead, changed(Lead, lead, title="Regional depot manager"))
    said = await asks(ana, "/lead Dana Roe", "sales")
    assert has(r"Regional depot manager wants: vans that start", said)
    assert has(r"Known: they open a plant in Graz", said)


async def test_what_others_note_of_their_customers_is_theirs(team):
    ana, ben = team.person("ana"), team.person("ben")
    async with team.bot.database.write(WORKSPACE) as scope:
        north = await add_team(scope, Team(name="North"))
        await set_people(scope, north.id, ["U2"], [])
    await books.stand_open(team, ["Gorse"], owner="U2")
    await asks(ben, "/lead fact Gorse: they open a plant in Graz", "sales")
    await asks(ana, "/lead target Gorse", "sales")
    assert "Graz" not in await asks(ana, "/lead targets", "sales")
    assert "Graz" not in await asks(ana, "/lead fact Gorse", "sales")
    await books.stand_open(team, ["Gorse"])
    assert "Graz" in await asks(ana, "/lead targets", "sales")
    assert "Graz" in await asks(ana, "/lead fact Gorse", "sales")
