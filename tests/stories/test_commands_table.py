"""What a fortnight's use got wrong: every line of the table beside this, typed, and what must come of it."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sales.followups.followup import FollowUp
from storage.followups.followup import add_followup, open_between
from tests.known import T0, WORKSPACE
from tests.phrase_town import know_accounts, type_phrase
from tests.phrasebook import Outcome, counts, is_meant, outcome, read_phrasebook

pytestmark = pytest.mark.engines("sqlite")

PHRASES = read_phrasebook(Path(__file__).with_name("commands_table.txt"))


def cases() -> list[Any]:
    """Return each line with nobody known and with the accounts known."""
    return [
        pytest.param(phrase, known, id=f"{phrase.typed} – {'accounts' if known else 'nobody'} known")
        for phrase in PHRASES
        for known in (False, True)
    ]


@pytest.mark.parametrize(("phrase", "known"), cases())
async def test_a_line_comes_to_what_it_must(team, phrase, known):
    if known:
        await know_accounts(team)
    came = await type_phrase(team, phrase)
    became = outcome(phrase, came, "U1")
    asked = not known and became is Outcome.ASKED  # who is not known yet may be asked about
    assert asked or is_meant(phrase, came, "U1"), f"{counts([became])}\n{came}"


async def test_a_working_day_skips_thanksgiving(team):
    ana = team.person("ana")
    await team.jump("2026-11-25 10:00", "Europe/Ljubljana")
    await ana.says("/followup Acme in 1 working day send x")
    async with team.bot.database.read(WORKSPACE) as scope:
        [row] = await open_between(scope, "U1", date.min, date.max)
    assert (row.who, row.what, row.due_on, row.due_at) == ("Acme", "send x", date(2026, 11, 27), None)


async def test_twenty_five_due_today_say_how_many_more_are_due_today(team):
    async with team.bot.database.write(WORKSPACE) as scope:
        for number in range(25):
            said = FollowUp(owner_id="U1", who=f"Customer {number}", what="call", due_on=T0.date())
            await add_followup(scope, said, T0)
    [listed] = await team.person("ana").says("/followup")
    shown, more = map(int, re.search(r"1 to (\d+) of 25, and (\d+) more, due today", listed).groups())
    assert shown + more == 25  # as many as fit into one message stand on a page
    assert "due later" not in listed
