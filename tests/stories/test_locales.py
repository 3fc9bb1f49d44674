"""Figures as each reader writes them, on every surface: one's own in what one reads, our own way in channels."""

import asyncio

import pytest

pytestmark = pytest.mark.engines("sqlite")

HERE = "Europe/Ljubljana"


def plain(said: str) -> str:
    return said.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


@pytest.fixture
async def mixed(team):
    """Ana reads German figures, Ben reads ours; both have a goal and a promise."""
    await team.server.change_person("U1", locale="de-DE")
    for name in ("ana", "ben"):
        await team.person(name).says("/goal 122k this quarter because of last year")
        await team.person(name).says("/followup Acme today send the ROI sheet")
    return team


async def test_two_who_ask_at_once_read_their_own(mixed):
    ana, ben = mixed.person("ana"), mixed.person("ben")
    for _ in range(3):
        german, ours = await asyncio.gather(ana.says("/why revenue"), ben.says("/why revenue"))
        assert "Why 122.000 $ revenue" in plain(german[0])
        assert "Why $122,000 revenue" in ours[0]
        assert "$" not in plain(german[0]).replace(" $", "")
        assert "122.000" not in ours[0]


async def test_what_comes_by_itself_is_written_for_whom_it_goes_to(mixed):
    ana, ben = mixed.person("ana"), mixed.person("ben")
    await ana.says("/followup Initech 18 sep call Bill")
    await mixed.jump("16:36", HERE)
    await mixed.jump("16:36", "America/New_York")
    assert "0 $ of 122.000 $" in plain(ana.sees()[-1])
    assert "$0 of $122k" in ben.sees()[-1]
    await ana.opens_home()
    await ben.opens_home()
    assert "Mo., 14. Sept." in ana.home()
    assert "Fr., 18. Sept." in ana.home()
    assert "Mon 14 Sep" in ben.home()


async def test_a_channel_reads_our_own_way_whoever_won(mixed):
    ana, mia = mixed.person("ana"), mixed.person("mia")
    await mixed.server.change_person("U3", locale="fr-FR")
    await ana.says("/deal Umbrella 24k")
    (won,) = await ana.says("/deal won Umbrella")
    assert "24.000 $" in plain(won)
    await mixed.jump("2026-09-21 09:05", HERE)
    (digest,) = [one for one in ana.sees("sales") if "week of 14 Sep" in one]
    assert "$24,000" in digest
    (preview,) = await mia.says("/team digest")
    assert "week of 14 Sep" in preview


async def test_a_form_is_read_as_it_was_written(mixed):
    ana = mixed.person("ana")
    await ana.says("/deal Umbrella 24000.50")
    await ana.says("/deal edit Umbrella")
    assert "24.000,50 $" in plain(ana.modal() or "")
    await ana.submits()
    assert not ana.modal_errors()
    (shown,) = await ana.says("/deal Umbrella")
    assert "24.000,50 $" in plain(shown)
