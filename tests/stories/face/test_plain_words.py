"""Plain words: over everything that was said in three weeks, nothing blames, shouts or speaks of statistics."""

import re
from datetime import date

import pytest

from tests.stories.face import books
from tests.stories.face.books import HERE
from tests.stories.face.played import a_fortnight
from tests.stories.face.seen import evening_of, home_lines, message_lines

pytestmark = pytest.mark.engines("sqlite")

BANNED = {
    "unrealistic": r"\bunrealistic\b",
    "P(hit)": r"P\(hit\)",
    "chi squared": r"χ",
    "p = 0": r"\bp\s?[=<]\s?0",
    "exclamation mark": r"!(?!channel|here)",
    "wrong": r"\bwrong\b",
    "failed": r"\bfailed\b",
    "bars": r"[▓░█▒]",
    "twice as readily": r"twice as readily",
    "two percentages": r"% of the (?:target|working days) (?:with|gone|where)|% of the working days gone",
}
SETTING_A_TARGET = re.compile(r"^(Goal saved|Goal changed|By your record|You already have this goal)")


@pytest.fixture
async def played(team):
    return await a_fortnight(team)


@pytest.mark.parametrize("banned", BANNED)
async def test_nobody_reads(played, banned):
    """None of these stands in any message, Home or form of a fortnight; answers to setting a target are exempt."""
    pattern = re.compile(BANNED[banned])
    found = {
        f"{one.where}: {line[:120]}"
        for one in played.everything
        if not SETTING_A_TARGET.match(one.lines[0] if one.lines else "")
        for line in [*one.lines, one.notification]
        if pattern.search(line)
    }
    assert len(played.messages) > 30
    assert sorted(found)[:5] == []


async def test_no_line_is_a_wall(played):
    """No line of a message sent on the bot's own is longer than two and a half lines of a desktop: 240 characters."""
    sent = [one for one in played.messages if not one.private]
    assert [line for one in sent for line in one.lines if len(line) > 240] == []


async def test_a_promise_is_called_a_promise(played):
    """The evening speaks of promises; “commitment” is nobody's word between two calls."""
    said = [one.text for one in played.messages if re.search("still open", one.notification)]
    assert said, "No evening came."
    assert [one for one in said if re.search(r"commitment", one, re.IGNORECASE)] == []


@pytest.mark.parametrize("where", ["Home", "evening", "/goal"])
async def test_behind_is_said_in_days(team, where):
    """Law 5: a rep who is behind reads “N days behind”, on each surface, the same N."""
    ana = team.person("ana")
    await books.a_record(team)
    await ana.says("/goal 18k this quarter because two big renewals", channel="sales")
    await ana.says("/followup Acme today call them", channel="sales")
    await books.evening_comes(team)
    await ana.opens_home()
    told = {
        "Home": "\n".join(home_lines(ana)),
        "evening": "\n".join(message_lines(ana, evening_of(ana))),
        "/goal": "\n".join(await ana.says("/goal", channel="sales")),
    }
    days = {name: re.findall(r"\b(\d+) days? behind", said) for name, said in told.items()}
    assert days[where], told[where]
    assert days[where][0] == days["Home"][0]


@pytest.mark.parametrize("day", [date(2026, 10, 1), date(2026, 10, 5), date(2026, 10, 8)], ids=str)
async def test_a_new_period_is_not_behind(team, day):
    """Law 6: before a tenth of its 62 working days is over, nothing of Q4 is called behind."""
    ana, mia = team.person("ana"), team.person("mia")
    await books.a_record(team)
    await ana.says("/goal 45k next quarter because of last year", channel="sales")
    await team.person("ben").says("/goal 45k next quarter because of last year", channel="sales")
    await team.jump(f"{day} 10:30", HERE)
    await ana.says("/followup Acme today call them", channel="sales")
    await books.evening_comes(team, str(day))
    await ana.opens_home()
    await mia.opens_home()
    told = [ana.home(), mia.home(), *await ana.says("/goal", channel="sales"), *ana.sees()]
    told += await mia.says("/team digest", channel="sales")
    assert [one for one in told if re.search(r"\bbehind\b", one, re.IGNORECASE)] == []
    assert any(re.search(r"\$45k|\$45,000", one) for one in told)
