"""The entry gate, walked through: ticks, what shows by itself, taking back, a team's own gate, imports, integrity."""

import pytest

from sales.pipeline.opportunity import Entry, Stage
from sales.pipeline.win_rate import ClosedDeal
from storage.followups.followup import open_of
from storage.pipeline.win_rate import closed_between
from tests.known import T0, WORKSPACE
from tests.sales_story import opens_deal
from tests.stories.face.seen import takes_back, ticks_off
from tests.stories.pipeline import books
from tests.stories.test_opportunity import the_row

TODAY = T0.date()
SPOKE, NEED = "They spoke with us", "They have a need we can meet"
LACKING = "It counts in no forecast yet. Missing: "


async def gates(mia, asks, waits=None):
    """Let a team's gate ask for these."""
    await mia.says("/team gate")
    await mia.chooses("Before a deal counts", asks)
    if waits is not None:
        await mia.fills("Stages of an import that are not past it", waits)
    await mia.submits()


async def test_three_taps_let_a_deal_in_and_one_undo_takes_the_last_of_them_back(team):
    ana = team.person("ana")
    await ana.says("/deal Acme 24k")
    await ticks_off(ana, SPOKE)
    assert f"{LACKING}a need and a next step with a day." in ana.sees()[-1]
    assert f"☑ {SPOKE}\n☐ {NEED}" in ana.sees()[-1]
    await ana.clicks("Next step…")
    await ana.fills("What is the next step?", "\u200b")
    await ana.submits()
    assert "A few words are enough" in ana.modal_errors()["What is the next step?"]
    await ana.fills("What is the next step?", "Send the quote")
    await ana.chooses("By when?", "2026-09-11")
    await ana.submits()
    assert "That day is over" in ana.modal_errors()["By when?"]
    await ana.chooses("By when?", "2026-09-18")
    await ana.submits()
    assert "✓ Next step: Send the quote, Fri 18 Sep 2026" in ana.sees()[-1]
    await ticks_off(ana, NEED)
    assert "Open from today: Acme, $24,000." in ana.sees()[-1]
    row = await the_row(team)
    assert (row.stage, row.opened_on, row.entry) == (Stage.OPEN, TODAY, Entry.PASSED)
    async with team.bot.database.read(WORKSPACE) as scope:
        assert [(one.who, one.opportunity_id) for one in await open_of(scope, "U1")] == [("Acme", row.id)]
    await ana.clicks("Undo")
    row = await the_row(team)
    assert (row.stage, row.opened_on, row.entry) == (Stage.SUSPECT, None, None)
    assert f"{LACKING}a need." in (await ana.says("/deal Acme"))[0]


async def test_a_tick_is_taken_back_by_the_tick_and_by_undo(team):
    ana = team.person("ana")
    await ana.says("/deal Acme 24k")
    await ticks_off(ana, SPOKE)
    await takes_back(ana, SPOKE)
    assert f"☐ {SPOKE}" in ana.sees()[-1]
    await ana.says("/rainmaker undo")
    assert f"☑ {SPOKE}" in (await ana.says("/deal Acme"))[0]


async def test_what_was_pressed_on_an_old_card_counts_once(team):
    ana = team.person("ana")
    await ana.says("/goal 5 opportunities this month")
    await ana.says("/followup Acme friday send the quote")
    for place in ("sales", None):
        await ana.says("/deal Acme 24k", channel=place)
    for place in ("sales", None):
        await ticks_off(ana, SPOKE, where=place or ana._place(None).id)
        if place:
            await ticks_off(ana, NEED, where=place)
    assert "1 of 5" in ana.sees("sales")[-1]
    assert "This deal counts already; nothing was changed." in ana.sees()[-1]
    assert "1 of 5" in (await ana.says("/goal"))[0]


@pytest.mark.parametrize("who", ["Acme", "acme corp", "Dana at Acme"])
async def test_what_was_promised_or_logged_before_is_shown_already(team, who):
    ana = team.person("ana")
    await ana.says("/followup Acme friday send the quote")
    await ana.says(f'/followup "{who}" tuesday call again')
    await ana.says("/log call Acme")
    [said] = await ana.says('/deal "Acme corp" 24k')
    assert f"{LACKING}a need." in said
    assert "✓ They spoke with us: on Mon 14 Sep 2026" in said
    assert "✓ Next step: call again, Tue 15 Sep 2026" in said.replace("Call", "call")
    assert "[Next step…]" not in said


async def test_a_promise_to_somebody_else_or_of_yesterday_shows_nothing(team):
    ana = team.person("ana")
    await ana.says("/followup Acmeton friday send the quote")
    await ana.says("/followup Acme tomorrow send the quote")
    await team.jump("2026-09-16 10:00", "Europe/Ljubljana")
    [said] = await ana.says("/deal Acme 24k")
    assert f"{LACKING}that they spoke with us, a need and a next step with a day." in said


async def test_a_team_asks_what_it_chose_and_with_nothing_asked_a_deal_counts_at_once(team):
    ana, mia = team.person("ana"), team.person("mia")
    await gates(mia, ["They have a need"])
    assert "A deal that is typed counts once it shows a need." in mia.modal()
    await mia.closes(everything=True)
    [said] = await ana.says("/deal Acme 24k")
    assert f"{LACKING}a need." in said
    assert SPOKE not in said
    await gates(mia, [])
    assert "counts at once" in mia.modal()
    await mia.closes(everything=True)
    assert "It shows all that your team asks for" in (await ana.says("/deal Acme"))[0]
    await ana.clicks("Count it")
    assert (await the_row(team)).entry is Entry.PASSED
    assert "It counts as open from today." in (await ana.says("/deal Borealis 5k"))[0]
    await mia.says("/rainmaker undo")
    assert f"{LACKING}a need." in (await ana.says("/deal Cobalt 5k"))[0]


async def test_the_gate_of_a_team_is_its_managers_to_change(team):
    ana = team.person("ana")
    await ana.says("/team gate")
    assert ana.modal() is None
    assert "Mia" in ana.sees()[-1]


@pytest.mark.parametrize("way", ["park Acme", "lost Acme price"])
async def test_a_suspect_that_was_put_aside_comes_back_as_one_and_was_no_loss(team, way):
    ana = team.person("ana")
    await ana.says("/deal Acme 24k")
    await ana.says(f"/deal {way}")
    async with team.bot.database.read(WORKSPACE) as scope:
        assert await closed_between(scope, ["U1"], TODAY, TODAY) == list[ClosedDeal]()
    assert "A suspect again: Acme" in (await ana.says("/deal reopen Acme"))[0]
    assert LACKING in (await ana.says("/deal reopen Acme"))[0]
    assert (await the_row(team)).stage is Stage.SUSPECT


@pytest.mark.engines("sqlite")
async def test_an_import_honours_the_gate_and_what_was_let_past_it_here(team, tmp_path):
    ana, mia = team.person("ana"), team.person("mia")
    early = ("D1", "Kelp Yard", "proposal", 5000, "2026-08-20", None, None)
    later = ("D2", "Gorse Depot", "negotiation", 5000, "2026-08-20", None, None)
    unqualified = ("D3", "Iris Mill", "prospecting", 5000, "2026-08-20", None, None)
    await gates(mia, ["They have a need"], "Proposal")
    await mia.closes(everything=True)
    await books.imported(team, tmp_path, early, later, unqualified)
    assert "You have 2 open deals" in (await ana.says("/deal"))[0]
    assert f"{LACKING}a need." in (await ana.says("/deal Kelp"))[0]
    await ticks_off(ana, NEED)
    assert "Open from today: Kelp Yard" in ana.sees()[-1]
    await books.imported(team, tmp_path, (*early[:3], 6000, *early[4:]), later, unqualified)
    assert "Kelp Yard · $6,000 · opened today · proposal" in (await ana.says("/deal Kelp"))[0]
    await mia.says("/team gate")
    assert "negotiation, proposal" in mia.modal()


async def test_a_manager_reads_who_has_how_many_past_the_gate_and_what_is_missing_most(team):
    ana, ben, mia = (team.person(name) for name in ("ana", "ben", "mia"))
    assert "what a deal needs" not in "\n".join(await mia.says("/team progress"))
    for name in ("Alder", "Birch", "Cedar"):
        await ana.says(f"/deal {name} 3k")
    await ana.says("/log call Alder")
    await opens_deal(ana, "/deal Dogwood 3k")
    await ben.says("/deal Elm 3k")
    await opens_deal(ben, "/deal Fir 3k")
    said = "\n".join(await mia.says("/team progress"))
    found = "Deals that show what a deal needs: Ana Kovač 1 of 4, Ben Ito 1 of 2; 2 of them count anyway."
    assert f"{found} What is missing most: a need (4)." in said
    await mia.opens_home()
    assert "what a deal needs: Ana Kovač 1 of 4" in mia.home()
