"""A promise as it is confirmed, asked about and listed: what will happen, and nothing that does not."""

import re
from datetime import timedelta

import pytest

from tests.stories.face import books
from tests.stories.face.books import HERE, TODAY
from tests.stories.face.seen import (
    home_blocks,
    label,
    labels,
    lines,
    message_lines,
    newest,
    presses,
    reader_of,
    ticks,
)

pytestmark = pytest.mark.engines("sqlite")


async def said(person, line):
    await person.says(line, channel="sales")
    return newest(person, "sales")


async def test_the_confirmation_says_what_will_happen(team):
    """“Thu 17 Sep · I'll bring it up that morning and ask at 16:25”: day, what comes, and at what time."""
    ana = team.person("ana")
    message = await said(ana, "/followup Acme thu send the ROI sheet")
    text = "\n".join(message_lines(ana, message))
    assert "Thu 17 Sep" in text
    assert "Acme" in message_lines(ana, message)[0]
    assert "send the ROI sheet" in text
    assert "I'll" in text.replace("’", "'"), text
    assert re.search(r"\b16:[23]\d\b|evening", text), text
    assert "2026" not in text


async def test_the_confirmation_has_undo_and_a_menu_for_the_rest(team):
    """One button, Undo; done, change and drop are in the menu, so that it takes two lines of a phone."""
    ana = team.person("ana")
    message = await said(ana, "/followup Acme thu send the ROI sheet because they renew")
    assert label(message.blocks, r"^Undo"), labels(message.blocks)
    assert len(message_lines(ana, message)) <= 3
    assert len(message.blocks) <= 3
    await presses(ana, r"^Undo", where="sales")
    assert "Acme" not in "\n".join(await ana.says("/followup list", channel="sales"))


async def test_with_a_time_it_says_the_time(team):
    """A promise for 15:00 is brought up then, and the confirmation says so."""
    ana = team.person("ana")
    text = "\n".join(message_lines(ana, await said(ana, "/followup Acme fri 3pm send the ROI sheet")))
    assert re.search(r"Fri 18 Sep\D+15:00", text), text
    assert "2026" not in text
    assert re.search(r"\bthen\b|15:00", text)


@pytest.mark.parametrize(("typed", "year"), [("14 jan", "2027"), ("thu", None), ("14 dec", None)])
async def test_the_year_only_when_it_is_another(team, typed, year):
    """Thu 17 Sep needs no year; 14 January does."""
    ana = team.person("ana")
    text = "\n".join(message_lines(ana, await said(ana, f"/followup Acme {typed} send the ROI sheet")))
    assert re.findall(r"\b20\d\d\b", text) == ([year] if year else [])


async def test_what_the_confirmation_promised_comes(team):
    """Where it says “that morning”, it is there that morning; the evening's question comes by the time it said."""
    ana = team.person("ana")
    text = "\n".join(message_lines(ana, await said(ana, "/followup Acme thu send the ROI sheet")))
    time = re.search(r"\b(16:\d\d)\b", text)
    assert time, f"It does not say when it asks: {text}"
    await team.jump("2026-09-17 10:30", HERE)
    if "morning" in text:
        await ana.opens_home()
        brought = any("Acme" in one.text for one in ticks(home_blocks(ana))) or "Acme" in "\n".join(
            ana.sees()
        )
        assert brought, "It was not brought up that morning."
    before = len(ana.sees())
    await team.jump("2026-09-17 16:36", HERE)
    assert any("Acme" in one for one in ana.sees()[before:])


async def test_without_a_day_two_or_three_are_one_tap_each(team):
    """The question names whom and what, and offers two or three days as buttons; a tap settles it in place."""
    ana = team.person("ana")
    message = await said(ana, "/followup Acme send the ROI sheet")
    days = [one for one in labels(message.blocks) if re.fullmatch(r"(\w{3} \d+ \w{3}|Today|Tomorrow)", one)]
    assert 2 <= len(days) <= 3, labels(message.blocks)
    first = message_lines(ana, message)[0]
    assert "Acme" in first
    assert "send the ROI sheet" in first
    count = len(ana.sees("sales"))
    await ana.clicks(days[-1], where="sales")
    assert len(ana.sees("sales")) == count
    assert days[-1] in "\n".join(message_lines(ana, newest(ana, "sales")))


async def test_another_day_is_a_button_too(team):
    """Who means none of the days offered has “Another day…”."""
    ana = team.person("ana")
    message = await said(ana, "/followup Acme send the ROI sheet")
    assert label(message.blocks, r"^(Another|Other) day"), labels(message.blocks)


async def test_25_due_today_are_twenty_and_five_more(team):
    """A list shows 20 and “and 5 more, due today” with a button; then all 25 were seen."""
    ana = team.person("ana")
    await books.many_promises(team, 25, TODAY)
    message = await said(ana, "/followup list")
    text = "\n".join(message_lines(ana, message))
    first = set(re.findall(r"Account\d\d", text))
    assert len(first) == 20
    assert re.search(r"\band 5 more, due today\b", "\n".join([text, *labels(message.blocks)]))
    await presses(ana, r"\bmore\b|show|next", where="sales")
    there = set(re.findall(r"Account\d\d", "\n".join([ana.modal() or "", *ana.sees("sales")])))
    assert len(there | first) == 25


async def test_the_list_is_as_short_as_its_claims_are_true(team):
    """What is counted as due today is due today, what is due later is not among it."""
    ana = team.person("ana")
    await books.many_promises(team, 3, TODAY)
    await books.promised(team, "U1", "Laterly", "call them", TODAY + timedelta(days=20))
    text = "\n".join(message_lines(ana, await said(ana, "/followup list")))
    today = re.search(r"(?s)today.*?(?=\n(?:Next|Later|Tomorrow|This week|In )|\Z)", text, re.IGNORECASE)
    assert today, text
    assert len(set(re.findall(r"Account\d\d", text))) == 3
    assert not re.search(r"Laterly.*\btoday\b", text)


async def test_a_confirmation_is_edited_and_not_followed_by_its_echo(team):
    """Done from the confirmation's menu changes that message, and no other one comes (law 8)."""
    ana = team.person("ana")
    message = await said(ana, "/followup Acme thu send the ROI sheet because they renew")
    count = len(ana.sees("sales")) + len(ana.sees())
    await presses(ana, r"^Done$", where="sales")
    assert len(ana.sees("sales")) + len(ana.sees()) == count
    again = next(one for one in ana._place("sales").messages if one.ts == message.ts)
    assert re.search(r"done", "\n".join(lines(again.blocks, reader_of(ana))), re.IGNORECASE)
