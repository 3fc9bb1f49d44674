"""Lists of many long things: each answer is one that Slack takes, nothing is cut in the middle of a character."""

import json
import re

import pytest

from tests.undelivered import provoked

pytestmark = pytest.mark.engines("sqlite")

HERE = "Europe/Ljubljana"
MANY = 30
NOTIFICATION = 200  # characters of text beside blocks
TEXT, AS_JSON = 11_000, 13_000  # characters over a message's blocks, and of their JSON
CUT = re.compile(r"&(?!amp;|lt;|gt;)|[\ud800-\udfff]")
KINDS = {
    "plain": "reconsider the depot figures with everybody ",
    "escaped": "R&D <of> A&B ",
    "wide": "👩‍👩‍👧 zażółć ",
}
HARDEST = ("escaped", "wide")  # longer in what is sent, or in bytes, than the same number of plain letters


def long(kind: str, characters: int = 400) -> str:
    words = KINDS[kind]
    return (words * (characters // len(words) + 1))[:characters].strip()


def texts(value) -> list[str]:
    """Every text of a message or view."""
    if isinstance(value, dict):
        if value.get("type") == "plain_text":  # shown as it is
            return []
        return [found for key, one in value.items() if key != "type" for found in texts(one)]
    if isinstance(value, list):
        return [found for one in value for found in texts(one)]
    return [value] if isinstance(value, str) else []


def shown_texts(value) -> list[str]:
    if isinstance(value, dict):
        inside = [
            found for one in value.values() if isinstance(one, dict | list) for found in shown_texts(one)
        ]
        return inside + ([value["text"]] if isinstance(value.get("text"), str) else [])
    return [found for one in value for found in shown_texts(one)] if isinstance(value, list) else []


def fits(message) -> None:
    """One message that Slack takes, with nothing cut in the middle of a character."""
    blocks = message.blocks or []
    assert len(message.text) <= NOTIFICATION
    assert len(blocks) <= 50
    assert sum(map(len, shown_texts(blocks))) <= TEXT
    assert len(json.dumps(blocks, ensure_ascii=False)) <= AS_JSON
    assert [text for text in [message.text, *texts(blocks)] if CUT.search(text)] == []


async def with_followups(town, kind, when="Fri", number=MANY):
    ana = town.person("ana")
    for one in range(number):
        await ana.says(f"/followup Account{one:02} {when} {long(kind)}", channel="sales")
    return ana


async def with_deals(town, kind, number=MANY):
    ana = town.person("ana")
    for one in range(number):
        await ana.says(f'/deal "Deal{one:02} {long(kind, 150)}" {one + 1}k', channel="sales")
    return ana


def newest(ana, channel="sales"):
    place = ana._place(channel)
    return place.seen_by(ana.person.id)[-1]


@pytest.mark.parametrize("kind", HARDEST)
async def test_many_long_follow_ups_are_listed_in_what_slack_takes_and_none_is_forgotten(team, kind):
    ana = await with_followups(team, kind)
    answer = "\n".join(await ana.says("/followup", channel="sales"))
    provoked(team)
    assert "failed" not in answer
    fits(newest(ana))
    assert "Account00" in answer
    listed = set(re.findall(r"Account\d\d", answer))
    assert len(listed) == MANY or re.search(r"\b(?:more|next|page|other)", answer, re.IGNORECASE)


@pytest.mark.parametrize("kind", HARDEST)
async def test_an_evening_with_many_long_promises_arrives(team, kind):
    ana = await with_followups(team, kind, when="today", number=45)
    await team.jump("16:40", HERE)
    provoked(team)
    assert "45 promises are still open" in "\n".join(ana.sees())
    fits(ana.message("are still open", channel=team.dm("ana")))


@pytest.mark.parametrize("kind", HARDEST)
async def test_home_with_many_long_promises_is_shown(team, kind):
    ana = await with_followups(team, kind, when="today")
    await with_deals(team, kind, 5)
    await ana.opens_home()
    view = team.server.workspace.homes["U1"].payload
    assert "Account00" in ana.home()
    assert len(json.dumps(view)) < 250_000
    assert [text for text in texts(view) if CUT.search(text)] == []


@pytest.mark.parametrize("kind", HARDEST)
async def test_many_long_deals_are_listed_in_what_slack_takes(team, kind):
    ana = await with_deals(team, kind)
    answer = "\n".join(await ana.says("/deal", channel="sales"))
    assert "failed" not in answer
    assert "Deal" in answer
    fits(newest(ana))


@pytest.mark.parametrize("kind", HARDEST)
async def test_one_thing_as_long_as_may_be_is_shown_whole_or_cut_at_a_character(team, kind):
    ana = team.person("ana")
    for line in (f"/followup Acme Fri {long(kind, 500)}", f'/deal "{long(kind, 190)}" 5k'):
        answer = "\n".join(await ana.says(line, channel="sales"))
        assert "failed" not in answer
        fits(newest(ana))


async def test_what_is_on_the_next_page_is_one_click_away(team):
    ana = await with_followups(team, "plain")
    answer = "\n".join(await ana.says("/followup", channel="sales"))
    provoked(team)
    seen = set(re.findall(r"Account\d\d", answer))
    for _ in range(MANY):
        labels = re.findall(r"\[((?:Next|More|Show)[^\]]*)\]", "\n".join(ana.sees("sales")[-1:]))
        if not labels:
            break
        await ana.clicks(labels[-1], where="sales")
        seen |= set(re.findall(r"Account\d\d", ana.sees("sales")[-1]))
    assert len(seen) == MANY


async def test_the_digest_of_a_team_of_many_long_names_fits(team):
    workspace = team.server.workspace
    for one in range(40):
        workspace.add_person(f"U1{one:02}", f"rep{one}", f"{one:02} {long('escaped', 70)}", tz=HERE)
    mia = team.person("mia")
    await mia.says("/team people", channel="sales")
    await mia.chooses("Reps", ["ana", "ben", *(f"rep{one}" for one in range(40))])
    await mia.submits()
    await mia.closes()
    for command in ("/team", "/team digest"):
        assert "failed" not in "\n".join(await mia.says(command, channel="sales"))
        fits(newest(mia))
