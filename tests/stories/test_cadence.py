"""Too quiet: what is done about it where it stands, what a rep may change, and what others are not told."""

import pytest
from sqlmodel import select

from storage.followups.activity import ActivityRow
from storage.followups.followup import FollowUpRow
from tests.known import WORKSPACE
from tests.stories.craft import books
from tests.stories.face.seen import presses
from tests.stories.pipeline import books as deals
from tests.stories.pipeline.books import TODAY, days

pytestmark = pytest.mark.engines("sqlite")
SILENT = "Lockside · no word for 38 days, 10 are usual at Talking"


@pytest.fixture
async def ana(team):
    await books.worked(team, "Lockside", [books.Touch(TODAY - days(38))], opened=TODAY - days(40))
    person = team.person("ana")
    await person.opens_home()
    assert SILENT in (person.home() or "")
    return person


async def every(town, table):
    async with town.bot.database.read(WORKSPACE) as scope:
        return list(await scope.session.exec(select(table).order_by(table.id)))


async def test_spoken_to_today_is_one_tap_and_asks_for_a_next_step(ana, team):
    await presses(ana, "^Spoke today")
    assert "What happens next with Lockside, and when?" in (ana.modal() or "")
    call = (await every(team, ActivityRow))[-1]
    assert (call.kind, call.on, call.outcome) == ("call", TODAY, "spoke")
    assert call.opportunity_id is not None
    await ana.closes(everything=True)
    await ana.opens_home()
    assert "no word for" not in (ana.home() or "")


async def test_later_is_a_promise_for_the_next_working_day(ana, team):
    await presses(ana, "^Later")
    (promise,) = await every(team, FollowUpRow)
    assert (promise.who, promise.what, promise.due_on) == ("Lockside", "call them", TODAY + days(1))
    await ana.closes(everything=True)
    await ana.opens_home()
    assert "no word for" not in (ana.home() or "")


async def test_the_card_says_it_and_the_why_where_the_number_is_from(ana):
    assert (
        "No word for 38 days, since Fri 7 Aug. 10 days are usual at Talking (the default"
        in (await ana.says("/deal Lockside"))[0]
    )
    assert "38 days without a word" in (await ana.says("/why Lockside"))[0]
    assert "38 days without a word" in (await ana.says("which deals are silent?"))[0]


async def test_a_deal_for_which_nothing_was_ever_logged_is_not_judged(ana, team):
    await deals.stands(team, "Granary", age=90)
    await ana.opens_home()
    assert "Granary" not in (ana.home() or "")


async def test_a_rep_reads_the_cadence_and_does_not_change_it(ana, team):
    said = (await ana.says("/team cadence"))[0]
    assert "• Talking: every 10 days, the default, until 20 of your wins show your own" in said
    assert "Change…" not in said
    mia = team.person("mia")
    await mia.says("/team cadence")
    await mia.clicks("Change…")
    await mia.fills("Talking: days without a word", "40")
    await mia.submits()
    assert "Talking every 40 days" in mia.sees()[-1]
    await ana.opens_home()
    assert "no word for" not in (ana.home() or "")
    await mia.says("/rainmaker undo")
    await ana.opens_home()
    assert SILENT in (ana.home() or "")
