"""Wins told in the channel as they come: where the team wants it, once each, together, and edited when taken back."""

from handlers.imports.files.run import bring_in
from tests.known import WORKSPACE

HERE = "Europe/Ljubljana"


async def wants(town, how="On, with amounts", audience="Totals and wins"):
    mia = town.person("mia")
    await mia.says("/team settings", channel="sales")
    await mia.chooses("Post each win as it comes", how)
    await mia.chooses("What the digest shows", audience)
    await mia.submits()
    await mia.closes()


async def wins(person, name, value):
    await person.says(f"/deal {name} ${value}", channel="sales")
    await person.says(f"/deal won {name} ${value}", channel="sales")


def posted(town):
    """What everybody reads in #sales."""
    seen = [one for one in town.person("ben").sees("sales") if one.startswith("Rainmaker: ")]
    return [one.removesuffix(" (edited)") for one in seen]


async def test_by_default_nothing_is_posted(team):
    await wins(team.person("ana"), "Acme", "24k")
    await team.jump("13:00", HERE)
    assert posted(team) == []


async def test_a_win_is_told_once_and_taken_back_in_place(team):
    await wants(team)
    ana = team.person("ana")
    await wins(ana, "Acme", "24k")
    assert posted(team) == []  # a slip of the finger is taken back by then
    await team.jump("11:05", HERE)
    assert posted(team) == ["Rainmaker: Ana Kovač won Acme, $24,000."]
    await ana.says("/rainmaker undo", channel="sales")
    assert posted(team) == ["Rainmaker: Taken back: no win stands here any more."]
    await wins(ana, "Globex", "9k")
    await team.jump("11:10", HERE)  # told by itself: nobody is notified of an edit
    assert posted(team)[1:] == ["Rainmaker: Ana Kovač won Globex, $9,000."]
    await ana.says("/deal won Acme", channel="sales")
    assert posted(team)[0] == "Rainmaker: Ana Kovač won Acme, $24,000."
    await team.jump("2026-09-15 14:00", HERE)
    assert len(posted(team)) == 2


async def test_what_is_taken_back_before_it_was_told_is_never_told(team):
    await wants(team)
    ana = team.person("ana")
    await wins(ana, "Acme", "24k")
    await ana.says("/rainmaker undo", channel="sales")
    await team.jump("12:30", HERE)
    assert posted(team) == []


async def test_wins_of_an_hour_stand_in_one_message(team):
    await wants(team)
    ana, ben = team.person("ana"), team.person("ben")
    await wins(ana, "Acme", "900")
    await wins(ben, "Globex", "800")
    await team.jump("11:10", HERE)
    assert posted(team) == ["Rainmaker: 2 deals won, $1.7k.\nAcme, Ana Kovač, $900\nGlobex, Ben Ito, $800"]
    await wins(ben, "Hooli", "700")
    assert len(posted(team)) == 1
    assert posted(team)[0].splitlines()[0] == "Rainmaker: 3 deals won, $2.4k."
    await team.jump("12:30", HERE)
    await wins(ana, "Initech", "600")
    await team.jump("12:40", HERE)
    assert posted(team)[1:] == ["Rainmaker: Ana Kovač won Initech, $600."]


async def test_a_channel_reads_no_more_than_the_team_decided(team):
    await wants(team, "On, without amounts", "Totals only")
    await wins(team.person("ana"), "Acme", "24k")
    await team.jump("11:10", HERE)
    assert posted(team) == ["Rainmaker: A deal was won."]


async def test_at_night_it_waits_for_the_teams_morning(team):
    await wants(team)
    await team.jump("21:00", HERE)
    await wins(team.person("ana"), "Acme", "24k")
    await team.jump("2026-09-15 07:50", HERE)
    assert posted(team) == []
    await team.jump("2026-09-15 08:05", HERE)
    assert posted(team) == ["Rainmaker: Ana Kovač won Acme, $24,000."]


async def test_an_import_is_one_message(team, tmp_path):
    await wants(team)
    rows = "\n".join(
        f"{number},Deal {number},Ana Kovač,won,1000,2026-08-03,2026-09-11" for number in range(7)
    )
    path = tmp_path / "deals.csv"
    path.write_text(f"id,name,owner,stage,value,opened,closed\n{rows}\n", encoding="utf-8")
    tally = await bring_in(team.bot.database, WORKSPACE, path, team.clock.now)
    assert tally.refused == 0
    await team.jump("11:10", HERE)
    (said,) = posted(team)
    assert said.splitlines()[0] == "Rainmaker: 7 deals won, $7k."
    assert said.splitlines()[-1] == "and 2 more"
