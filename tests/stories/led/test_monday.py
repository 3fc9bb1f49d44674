"""The manager's Monday: one message, a line per team, both motions, what changed, who needs a talk, what waits."""

import pytest

from tests.setup_story import sets_up
from tests.stories.led.led import (
    IDS,
    NONSENSE,
    TODAY,
    a_good_week,
    asks_for_a_discount,
    books,
    came,
    counts_anyway,
    days,
    goal,
    has,
    head,
    joined,
    label,
    lives,
    mark,
    mondays,
    next_monday,
    people,
    presses,
    red_thing,
    since,
    still_open,
    text_of,
    texts,
    told,
    tried,
    was_won,
)
from tests.undelivered import provoked, put

pytestmark = pytest.mark.engines("sqlite")

TALKS = r"\btalk\b|talk to|worth a (talk|word)|1:1"
DECIDE = r"decision|decide|wait(s|ing)? (for|on) you|waiting|your answer"
GRANT = r"^(yes|grant|approve|allow)"
REFUSED = {"text": "Your figures. " * 4_000, "blocks": [{"type": "no_such_block"}]}


@pytest.fixture
async def busy(team, ana, ben):
    """Ana and Ben have goals; Ana won Granary Road last week, has a promise overdue and opened nothing for long."""
    await red_thing(team)
    await a_good_week(team)
    await books.promised_for(team, "Iron Lane", TODAY - days(3))
    for person in (ana, ben):
        await goal(person)


async def monday_of(town, mia, **when) -> str:
    """Monday's one message to Mia."""
    found = mondays(mia, await next_monday(town, mia, **when))
    assert len(found) == 1, [head(one) for one in found] or texts(mia)[-3:]
    return found[0]


def blocks_of(mia, said):
    return next(one.blocks for one in reversed(told(mia)) if text_of(mia, one) == said)


async def test_it_is_one_message_before_the_meeting(team, busy, ana, ben, mia):
    """Communicated regularly (#5): on Monday between eight and eleven, once, to the manager and no rep."""
    before = await next_monday(team, ana, ben, mia)
    assert len(mondays(mia, before)) == 1, since(mia, before)
    times = came(mia, before)
    assert all(8 <= one.hour < 12 for one in times), times
    assert not has(TALKS, "\n".join([*since(ana, before), *since(ben, before)]))
    await lives(team, "2026-09-22", "2026-09-25")
    assert len(mondays(mia, before)) == 1, since(mia, before)


async def test_the_teams_line_comes_first(team, busy, mia):
    """The answer first (#5): Field, so much of $120k, within the first four lines."""
    said = await monday_of(team, mia)
    top = head(said, 4)
    assert has(r"Field|team", top), said
    assert has(r"\$\d[\d.,]*k?[^\n]* of \$120(k|,000)", top), said


async def test_both_motions_stand_in_it(team, busy, mia):
    """Created beside captured (#5, #28): what was opened and what was won lately, each with its number."""
    await was_won(team, "Quayside", TODAY + days(2))
    said = await monday_of(team, mia)
    assert has(r"(opened|created|new)[^\n]{0,30}\d|\d[^\n]{0,30}(opened|created|new)", said), said
    assert has(r"(won|captured)[^\n]{0,30}\d|\d[^\n]{0,30}(won|captured)", said), said


async def test_what_changed_is_told(team, busy, ana, mia):
    """What changed (#5): a win of that week is named or counted, with a word of change."""
    first = await monday_of(team, mia)
    await was_won(team, "Quayside", TODAY + days(9), value=30_000_00)
    second = await monday_of(team, mia, first="2026-09-22", monday="2026-09-28")
    assert has(
        r"was \$?\d|→|changed|since (last )?(Monday|week)|[+▲↑]\s?\$?\d|up (from|by)|more than", second
    ), second
    assert first != second
    assert has(r"Quayside|\$30k|\$30,000|won", second), second


async def test_who_needs_a_talk_and_why(team, busy, mia):
    """A name and a reason (#5): Ana, with the promise that is late or the deals that were not opened."""
    said = await monday_of(team, mia)
    assert has(TALKS, said), said
    lines = [one for one in said.splitlines() if "Ana" in one]
    assert any(has(r"promise|overdue|opened|\d+ days|light|chance|won", one) for one in lines), said
    assert label(blocks_of(mia, said), r"^Prepare|1:1|pack|talk"), said


async def test_an_approval_waits_with_its_button(team, ana, mia):
    """Decisions waiting (#5): Ana's lower price for Lockside, granted where it is read, and gone from the next."""
    await asks_for_a_discount(team, ana)
    said = await monday_of(team, mia, first="2026-09-29", monday="2026-10-05")
    assert has(DECIDE, said), said
    assert "Lockside" in said, said
    assert label(blocks_of(mia, said), GRANT + r"|open|look|see|decide"), said
    await presses(mia, GRANT + r"|^(open|look|see|decide)", where=mia._place(None).id, near="Lockside")
    if label(told(mia)[-1].blocks or [], GRANT):
        await presses(mia, GRANT, where=mia._place(None).id)
    said = await monday_of(team, mia, first="2026-10-06", monday="2026-10-12")
    assert not any(
        has(r"Lockside", one) and has(r"discount|price|approv", one) for one in said.splitlines()
    ), said


async def test_a_suspect_counted_anyway_waits(team, ana, mia):
    """Counted without the gate (#5, #27): named with its rep's reason and something to press."""
    await counts_anyway(ana)
    said = await monday_of(team, mia)
    [line] = [one for one in said.splitlines() if "Quayside" in one][:1]
    assert has(r"anyway|gate|suspect", said), said
    assert "They buy every autumn" in said, said
    assert line
    assert label(blocks_of(mia, said), r"open|look|see|agree|keep|deal|park|Quayside|pipeline"), said


async def test_messages_that_did_not_arrive_wait(team, busy, mia):
    """Dead letters (#5): one of Ana's did not arrive; how many, what opens them, and nothing of what they said."""
    await put(team, "test:ana", user_id="U1", intent=REFUSED)
    provoked(team)
    said = await monday_of(team, mia)
    provoked(team)
    assert has(r"(\b1|one|a) message[^\n]*(not arrive|undelivered)|undelivered", said), said
    assert "Your figures" not in said
    assert label(blocks_of(mia, said), r"look|open|see|undelivered|show"), said


async def test_nothing_waits_is_said_in_a_word_or_left_out(team, busy, mia):
    """No empty headings (#5): without a decision there is no button to grant and no “0 approvals”."""
    said = await monday_of(team, mia)
    assert not has(r"\b0 (approvals?|decisions?|suspects?|messages?)", said), said
    assert not label(blocks_of(mia, said), GRANT), said


async def test_two_teams_are_two_lines_of_one_message(team, busy, mia):
    """Who leads several (#5): Field and West, a line each, in the same message."""
    await sets_up(mia, "West", ["raj"])
    if mia.modal():
        await mia.closes(everything=True)
    await goal(team.person("raj"), "/goal 30k this quarter")
    said = await monday_of(team, mia)
    lines = said.splitlines()
    at = [next((n for n, one in enumerate(lines) if name in one), None) for name in ("Field", "West")]
    assert None not in at, said
    assert at[0] != at[1], said
    assert has(r"\$120(k|,000)", said), said
    assert has(r"\$30(k|,000)", said), said


async def test_away_on_monday_it_comes_on_the_next_working_day(team, busy, mia):
    """On leave until Tuesday (#5): nothing on Monday, the message on Wednesday morning."""
    await books.on_leave(team, TODAY + days(7), TODAY + days(8), owner="U3")
    before = await next_monday(team, mia)
    assert mondays(mia, before) == []
    await lives(team, "2026-09-22", "2026-09-23")
    assert len(mondays(mia, before)) == 1, since(mia, before)


async def test_eight_reps_fit_one_glance(team, mia):
    """Same length for everybody (#5): five people at most, 30 lines, no nonsense, four messages that day at most."""
    for owner in ("U1", "U2", *await joined(team, 6)):
        await still_open(team, owner, 2, TODAY - days(20))
        await books.promised_for(team, f"Late {owner}", TODAY - days(3), owner=owner)
    before = await next_monday(team, mia)
    [said] = mondays(mia, before)
    named = [one for one in said.splitlines() if has(r"Rep\d Surname|Ana Kovač|Ben Ito", one)]
    assert 1 <= len(named) <= 6, said
    assert len([one for one in said.splitlines() if one.strip()]) <= 30, said
    assert not NONSENSE.search(said), said
    assert len(since(mia, before)) <= 4, [head(one, 1) for one in since(mia, before)]


async def test_nothing_of_it_is_public(team, busy, ben, raj, mia):
    """Private (#5, #11): who needs a talk stands in Mia's channel alone, whatever Ben or Raj type."""
    public = len(texts(ben, "sales"))
    said = await monday_of(team, mia)
    assert has(TALKS, said), said
    for person in (ben, raj):
        heard = [
            *texts(person, "sales")[public:],
            *[await tried(person, one) for one in ("/team monday", "/team")],
        ]
        assert not has(r"needs? a talk|worth a talk|Iron Lane", "\n".join(heard)), heard


async def test_one_decision_for_two_managers(team, ana, mia, raj):
    """A team shared with another (#5): both read of Lockside; what Mia granted is no decision of Raj's any more."""
    await team.known("raj")
    await people(team, ("U1", "U2"), ("U3", IDS["raj"]))
    await asks_for_a_discount(team, ana)
    await lives(team, "2026-09-29", "2026-10-02")
    before = mark(mia, raj)
    await team.jump("2026-10-05 10:55", "Asia/Kolkata")
    await team.jump("2026-10-05 10:55", "Europe/Ljubljana")
    for person in (mia, raj):
        assert any("Lockside" in one for one in mondays(person, before)), since(person, before)
    await presses(mia, GRANT, where=mia._place(None).id)
    if mia.modal():
        await mia.submits()
    try:
        await presses(raj, GRANT, where=raj._place(None).id)
    except AssertionError:
        return
    assert has(r"already|Mia", "\n".join([raj.modal() or "", texts(raj)[-1]])), texts(raj)[-1]


async def test_who_manages_no_more_gets_none(team, busy, mia, raj):
    """A manager who left (#5): the next Monday is Raj's."""
    await team.known("raj")
    await people(team, ("U1", "U2"), (IDS["raj"],))
    await lives(team, "2026-09-14", "2026-09-18")
    before = mark(mia, raj)
    await team.jump("2026-09-21 10:55", "Asia/Kolkata")
    await team.jump("2026-09-21 11:05", "Europe/Ljubljana")
    assert len(mondays(raj, before)) == 1, since(raj, before)
    assert mondays(mia, before) == []
