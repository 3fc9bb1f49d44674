"""Somebody is forgotten: in no table any more, while the team's numbers stay; what is out of reach is said."""

import re

import pytest

from tests.stories.files import books
from tests.stories.files.books import address, kept, traces
from tests.stories.files.typed import Terminal, clear, option
from tests.stories.pipeline.walked import asks

pytestmark = pytest.mark.engines("sqlite")

ANA = (r"Ana Kova", r"ana@northwind", r"\bU1\b")
YES = "y\nyes\nAna Kovač\n"


@pytest.fixture
async def lived(team):
    """Ana's deals, promises, calls, goal, forecasts of a week, messages that were sent to her, things to undo."""
    ana, ben, mia = (team.person(name) for name in ("ana", "ben", "mia"))
    await ana.says("/goal 60k this quarter because of last year", channel="sales")
    await ana.says("/deal Lockside 5k", channel="sales")
    await ana.says("/deal won Lockside 5k", channel="sales")
    await ana.says("/deal Granary 7k", channel="sales")
    await ana.says("/followup Granary Fri 3pm send the drawings", channel="sales")
    await ana.says("/log 5 calls", channel="sales")
    await ben.says("/deal Mill 900", channel="sales")
    await mia.says("/goal chart @ana", channel="sales")
    await books.knows(team, "Granary", "Jo Field")
    await team.jump("2026-09-17 20:00", "Europe/Ljubljana")
    assert traces(address(team), *ANA)
    return team


@pytest.fixture
def there(lived, tmp_path):
    return Terminal(tmp_path, address(lived))


@pytest.mark.parametrize("said", ["U1", "Ana Kovač", "ana@northwind.example"], ids=["id", "name", "address"])
async def test_an_erased_person_is_in_no_table(there, said):
    """By id, name or address: ledger, inbox, undo, forecasts, histories and the log of reads hold no trace."""
    ended = await there.beside("erase", said, answers=YES)
    assert ended.code == 0, clear(ended)
    assert [one.split(":")[0] for one in traces(there.url, *ANA)] == []


async def test_deals_of_an_erased_person_stay(there):
    """What was won stays won, to the cent, and nobody else's changes."""
    before = [(one.name, one.stage, one.value) for one in kept(there.url)]
    assert (await there.beside("erase", "U1", answers=YES)).code == 0
    assert [(one.name, one.stage, one.value) for one in kept(there.url)] == before


async def test_open_deals_of_an_erased_person_can_go_to_somebody(lived, there):
    """An option says to whom: they are Ben's then, on his list."""
    to_whom = option(there, "erase", r"reassign|give|to whom|take over|hand")
    assert to_whom is not None
    assert (await there.beside("erase", "U1", to_whom, "U2", answers=YES)).code == 0
    said = await asks(lived.person("ben"), "/deal", "sales")
    assert "Granary" in said
    assert "Mill" in said


async def test_erasing_says_what_it_cannot_reach(there):
    """Backups and what stands in Slack are not ours to clear: said by name, with how much was cleared."""
    ended = await there.beside("erase", "U1", answers=YES)
    said = clear(ended)
    assert ended.code == 0
    assert re.search(r"backup", said, re.IGNORECASE), said
    assert "Slack" in said
    assert re.search(r"\b\d+\b", said), said


async def test_erasing_asks_first(there):
    """Nothing answered: nothing is gone."""
    before = len(traces(there.url, *ANA))
    await there.beside("erase", "U1", answers="n\n")
    assert len(traces(there.url, *ANA)) == before
    assert (await there.beside("erase", "U1", answers=YES)).code == 0


async def test_nobody_of_that_name_is_one_clear_line(there):
    """Somebody nobody met: exit code 1, a sentence that names them, and nothing changes."""
    ended = await there.beside("erase", "U77", answers=YES)
    clear(ended)
    assert (ended.code, len(ended.lines)) == (1, 1), ended.said
    assert "U77" in ended.said


async def test_a_contact_is_erased_and_their_deal_stays(there):
    """`erase --contact`: the name is nowhere, the deal is where it was."""
    before = kept(there.url)
    ended = await there.beside("erase", "--contact", "Jo Field", answers="y\nyes\n")
    assert ended.code == 0, clear(ended)
    assert traces(there.url, r"Jo Field") == []
    assert kept(there.url) == before


async def test_an_erased_person_is_in_no_export(there):
    """Exported afterwards: her deals without her."""
    assert (await there.beside("erase", "U1", answers=YES)).code == 0
    assert (await there.beside("export", "out")).code == 0
    texts = [path.read_text("utf-8-sig") for path in (there.folder / "out").rglob("*.csv")]
    assert any("Lockside" in one for one in texts)
    assert not [one for one in texts if any(re.search(each, one) for each in ANA)]
