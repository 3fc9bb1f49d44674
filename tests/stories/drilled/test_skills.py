"""Skills: what one prospects by, what it yields and what is practised for it; for the rep and their manager alone.

A card trains the skill that its situation names: a call, an e-mail, LinkedIn, an event, a talk, a referral. Shares are
of the touches of four weeks; a yield is how many of them were answered, and is told from twenty touches on.
"""

import re

import pytest

from tests.stories.drilled.practised import (
    NAMES,
    PRACTICE,
    TODAY,
    asks,
    books,
    brings_cards,
    days,
    drills_days,
    has,
    line_with,
    lives,
    mark,
    newest,
    readers_of,
    reads,
    row,
    since,
    skills,
    switches,
    texts,
    touched,
    tried,
)

pytestmark = pytest.mark.engines("sqlite")

SKILLS = (r"calling|\bcalls?\b", r"e-?mail", r"social|linkedin", r"network", r"speak", r"referral")
EMAIL, CALLING = SKILLS[1], SKILLS[0]
DUE = r"\bdue\b|practi[cs]e next|worth practi"
MOSTLY_MAIL = {
    "email": (3, 0),
    "call": (2, 1),
}  # a day: 60 e-mails and 40 calls in four weeks, 20 of them answered
LOOKS = ("/drill skills", "/drill @ana", "/drill skills @ana", "/team skills", "/team", "/team digest")


def due_line(said, skill=EMAIL) -> str:
    return line_with(said, skill, DUE)


async def test_the_matrix_holds_each_skill_and_what_is_really_used(team, ana):
    """Skills by channel (#71): six rows; e-mail has 60 % of the touches of four weeks, calling 40 %, speaking none."""
    await touched(team, MOSTLY_MAIL)
    said = await skills(ana)
    for skill in SKILLS:
        assert line_with(said, skill), (skill, said)
    assert has(r"\b60\s?%", line_with(said, EMAIL, r"%")), said
    assert has(r"\b40\s?%", line_with(said, CALLING, r"%")), said
    assert not has(r"\b[1-9]\d?\s?%", line_with(said, r"speak")), said


async def test_most_used_and_not_practised_is_due(team, ana):
    """“You e-mail 60 %: the copy deck is due” (#71): one such line, of the channel used most; none of speaking."""
    await touched(team, MOSTLY_MAIL)
    said = await skills(ana)
    line = due_line(said)
    assert has(r"\b60\s?%", line), said
    assert has(r"copy|writing|e-?mail", line), line
    assert not due_line(said, r"speak"), said


async def test_what_is_practised_is_not_due(team, ana, mia):
    """Trained (#71): six cards about e-mail, learned in a fortnight: the line is gone, what is remembered stands."""
    await touched(team, MOSTLY_MAIL)
    rows = [
        row("technique", f"Your e-mail to a depot brings no answer, case {one}", f"Answer {one} in a line")
        for one in range(6)
    ]
    await brings_cards(mia, *rows)
    assert due_line(await skills(ana))
    await drills_days(team, ana, "2026-09-15", "2026-09-28")
    said = await skills(ana)
    assert not due_line(said), said
    shares = [int(one) for one in re.findall(r"\b(\d{1,3})\s?%", line_with(said, EMAIL, r"%"))]
    assert any(one >= 80 for one in shares), said


async def test_the_yield_of_a_channel_is_its_answers(team, ana):
    """Yield (#71): of 40 calls 20 were answered, of 60 e-mails none; each stands in its own row."""
    await touched(team, MOSTLY_MAIL)
    said = await skills(ana)
    assert has(r"\b20 (of|in|/) (the )?40\b|\b50\s?%", line_with(said, CALLING, r"40|50")), said
    assert has(r"\b0 (of|in|/) (the )?60\b|\b0\s?%|\bnone\b|no answer", line_with(said, EMAIL, r"60")), said


async def test_low_yield_goes_before_a_large_share(team, ana):
    """Low yield (#71): half by e-mail with 60 answers of 60, half by phone with none: calling is due, not e-mail."""
    await touched(team, {"email": (3, 3)})
    dates = [TODAY - days(one) for one in (4, 5, 6, 10, 11, 12)]
    await books.did(team, [books.Touch(day, "call", books.NOBODY, 10) for day in dates])
    said = await skills(ana)
    assert due_line(said, CALLING), said
    assert not due_line(said, EMAIL), said


async def test_of_a_handful_nothing_is_said(team, ana):
    """Too few (#71): three e-mails are no “100 %”, no yield and nothing due; the page says that it takes more."""
    await books.did(team, [books.Touch(TODAY - days(3), "email", books.NOBODY, 3)])
    said = await skills(ana)
    assert not has(r"100\s?%|\b0\s?%|\b0 (of|in) 3\b", said), said
    assert not due_line(said), said
    assert has(r"too few|not enough|yet|more", said), said


async def test_service_and_a_colleagues_calls_count_for_nothing(team, ana, ben):
    """What counts (#71, #64): a hundred services and Ben's calls change nothing in Ana's 60 and 40 %."""
    await touched(team, MOSTLY_MAIL)
    await touched(team, {"service": (5, 0)})
    await touched(team, {"call": (9, 9)}, owner="U2")
    said = await skills(ana)
    assert has(r"\b60\s?%", line_with(said, EMAIL, r"%")), said
    assert has(r"\b100\s?%|\bonly\b", line_with(await skills(ben), CALLING, r"%")), newest(ben)


async def test_old_touches_are_not_what_is_used_now(team, ana):
    """Really used (#71): a year of e-mails that ended in May is no share of September's calls."""
    old = [books.Touch(TODAY - days(120 + one), "email", books.NOBODY, 20) for one in range(30)]
    await books.did(team, old)
    await touched(team, {"call": (4, 2)})
    said = await skills(ana)
    assert not has(r"\b([1-9]|\d\d)\s?%", line_with(said, EMAIL)), said
    assert not due_line(said), said


async def test_unasked_it_comes_once_a_week_to_who_practises(team, ana, ben):
    """A word a week (#71): in a fortnight Ana, who wants practice, reads “you e-mail 60 %” once or twice; Ben never."""
    for owner in ("U1", "U2"):
        await touched(team, MOSTLY_MAIL, owner=owner)
    await switches(ana, PRACTICE, on=True)
    weeks = []
    for monday in (TODAY + days(7), TODAY + days(14)):
        before = mark(ana, ben)
        await lives(team, monday, monday + days(4), hours=("09:15", "15:20", "16:45"))
        weeks.append(len([one for one in since(ana, before) if has(r"\b60\s?%", one)]))
        assert not [one for one in since(ben, before) if has(r"\b60\s?%|drill", one)], since(ben, before)
    assert max(weeks) == 1, weeks


async def test_a_manager_reads_the_team_without_a_ranking(team, ana, mia):
    """The manager (#71): each rep's row with what is used and due; by name, no place, no best or last, no sum."""
    await touched(team, MOSTLY_MAIL)
    await touched(team, {"call": (5, 4)}, owner="U2")
    said = await reads(mia, r"Ana", "/team skills")
    assert "Ben" in said, said
    assert has(r"\b60\s?%", said), said
    assert not has(r"\brank|#\s?1\b|\bbest\b|\bworst\b|\blast place|score|🥇|🏆|top of|bottom", said), said
    assert said.index("Ana") < said.index("Ben"), said


async def test_nobody_else_reads_it(team, ana):
    """Never public (#71): by six lines and unasked, Ana's 60 % is read by her and Mia; Ben and Raj read it nowhere."""
    await touched(team, MOSTLY_MAIL)
    await asks(ana, "/drill skills", "sales")
    found = await readers_of(team, r"\b60\s?%", *LOOKS, people=NAMES)
    assert found == {"ana", "mia"}, found


async def test_a_colleagues_line_is_refused_in_a_sentence(team, ana, ben, raj):
    """Refused plainly (#71): Ben asks for Ana's skills; a sentence says whose they are; the channel is still."""
    await touched(team, MOSTLY_MAIL)
    assert has(r"\b60\s?%", await skills(ana))
    at = len(texts(raj, "sales"))
    said = await tried(ben, "/drill @ana")
    assert has(r"Ana|manager|own|only", said), said
    assert not has(r"\d\s?%", said), said
    assert texts(raj, "sales")[at:] == []
