"""`/pipeline halve`: if half had to be given away, which would you keep? And who was right, in the end?"""

import re

import pytest

from tests.stories.face.seen import label, presses
from tests.stories.pipeline import books
from tests.stories.pipeline.walked import asks, opens, text_of, texts, told

pytestmark = pytest.mark.engines("sqlite")

YOUNG, DEAD = books.NAMES[:3], books.NAMES[3:6]


@pytest.fixture
async def ana(team):
    """Three young deals of $4k that can be won, and three of $30k older than any win."""
    await books.a_record(team)
    await books.many_stand(team, YOUNG, age=20)
    await books.many_stand(team, DEAD, age=141, value=30_000_00)
    return team.person("ana")


def shown(person, message):
    """The deals the message puts side by side, in its order."""
    said = text_of(person, message)
    return sorted((one for one in books.NAMES if one in said), key=said.index)


async def halves(person, keeps):
    """Go through the pairs, keeping these and giving the others away; return the message."""
    message = await opens(person, "/pipeline halve")
    assert label(message.blocks, r"give away"), text_of(person, message)
    decided: set[str] = set()
    for _ in range(30):
        if not label(message.blocks, r"give away"):
            break
        found = shown(person, message)
        assert found, text_of(person, message)
        name = next((one for one in found if one not in decided), found[0])
        keep = name in keeps and name not in decided and label(message.blocks, r"^Keep")
        pattern = r"^Keep" if keep else r"give away"
        await presses(person, pattern, where=person._place(None).id, near=name)
        decided.add(name)
    return message


async def test_two_deals_stand_side_by_side_each_with_its_answer(ana):
    """Two at a time, keep or give away (#21), in one message."""
    message = await opens(ana, "/pipeline halve")
    assert len(shown(ana, message)) == 2
    assert label(message.blocks, r"^Keep")
    assert label(message.blocks, r"give away")


async def test_at_most_half_is_kept(ana):
    """Whoever wants to keep all six keeps three (#21), and is told that half is the most."""
    message = await halves(ana, books.NAMES[:6])
    said = text_of(ana, message)
    assert re.search(r"\b3 (of (your |the )?6|kept)\b|kept 3|keep 3\b", said, re.IGNORECASE), said
    assert re.search(r"half", said, re.IGNORECASE), said


async def test_it_is_one_message_to_the_end(ana):
    """Edited in place (#21): no second message while one goes through the pairs."""
    message = await halves(ana, YOUNG)
    assert [one.ts for one in told(ana)] == [message.ts]


async def test_then_you_stand_against_the_model_disagreement_by_disagreement(ana):
    """Who kept the big dead ones (#21) is shown each that the model would keep instead, with its chance."""
    message = await halves(ana, DEAD)
    said = text_of(ana, message)
    for _ in range(6):
        if label(message.blocks, r"^Next"):
            await presses(ana, r"^Next", where=ana._place(None).id)
            said = f"{said}\n{text_of(ana, message)}"
    for name in (*YOUNG[:1], *DEAD[:1]):
        assert re.search(rf"{name}[^\n]*\d\s?%", said), said
    assert re.search(r"model|figures|by the numbers|disagree|differ", said, re.IGNORECASE), said


async def test_a_kept_deal_gets_a_win_plan(ana):
    """Win the half you keep (#75): next step, obstacle and decision maker are asked for, of a kept deal."""
    message = await halves(ana, YOUNG)
    if label(message.blocks, r"plan"):
        await presses(ana, r"plan", where=ana._place(None).id)
    said = "\n".join([ana.modal() or "", *texts(ana)])
    for pattern in (r"next step", r"obstacle|could stop", r"decision maker|who decides"):
        assert re.search(pattern, said, re.IGNORECASE), said


async def test_giving_away_is_a_game_until_it_is_meant(ana):
    """What is given away stays open and counts (#21): halving asks, cutting is another button."""
    await halves(ana, YOUNG)
    said = await asks(ana, "/deal", "sales")
    assert re.search(r"6 open deals", said), said


async def test_left_half_done_it_goes_on_where_it_was(ana, team):
    """An answer given stays given (#21): the next day the other pairs are asked about, not the first again."""
    message = await opens(ana, "/pipeline halve")
    first = shown(ana, message)[0]
    await presses(ana, r"^Keep", where=team.dm("ana"), near=first)
    for name in [one for one in shown(ana, message) if one != first][:1]:
        if label(message.blocks, r"give away"):
            await presses(ana, r"give away", where=team.dm("ana"), near=name)
    await team.jump("2026-09-15 10:00", books.HERE)
    message = await opens(ana, "/pipeline halve")
    assert first not in shown(ana, message)[:2] or not label(message.blocks, r"^Keep")


async def test_at_the_periods_end_it_says_who_was_right(ana, team):
    """Revisited (#21): you, the model, the dearest and the newest, each with what was won in its half."""
    await halves(ana, DEAD)
    for name in YOUNG[:2]:
        await ana.says(f"/deal won {name}", channel="sales")
    before = len(told(ana))
    for day in (1, 2, 5, 6):
        for hour in ("09:30", "13:30", "16:40"):
            await team.jump(f"2026-10-{day:02} {hour}", books.HERE)
    said = "\n".join(texts(ana)[before:])
    assert re.search(r"who was right|your half", said, re.IGNORECASE), said
    for pattern in (r"\byou(r half)?\b", r"model|figures", r"dearest|largest", r"newest"):
        assert re.search(pattern, said, re.IGNORECASE), said
    assert re.search(r"\$8,000|\$8k", said), said


async def test_of_one_deal_there_is_no_half(team):
    """Fewer than two deals (#21): a sentence, and nothing to press."""
    await books.stands(team, "Lockside")
    ana = team.person("ana")
    said = await asks(ana, "/pipeline halve")
    assert not re.search(r"give away\]", said, re.IGNORECASE)
    assert re.search(r"two|one deal|halve", said, re.IGNORECASE), said
