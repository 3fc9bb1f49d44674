"""Incentives: what a goal brings its rep, in words and as an estimate, for the rep's eyes alone."""

import pytest

from tests.stories.led.led import (
    NONSENSE,
    TODAY,
    a_week,
    asks,
    days,
    fills,
    goal,
    has,
    home,
    mark,
    pack,
    presses,
    readers_of,
    since,
    tried,
    types,
    was_won,
)
from tests.stories.prepared.prepared import refused

pytestmark = pytest.mark.engines("sqlite")

NOTE = "a weekend in Bled at 110 percent"
RULE = "7.5% of revenue over 100k"
LINE = "/goal incentive"
SECRET = r"\$750\b|7\.5\s?%|weekend in Bled"
LOOKS = (
    "/goal @ana", "/team progress", "/team", "/team objectives", "/team digest", "/why @ana", "/why lights @ana",
    "/team 1on1 @ana", "/goal incentive @ana", "/team retrospective",
)  # fmt: skip


@pytest.fixture
async def on_her_way(team, ana):
    """Ana won $110,000 of $120,000."""
    await was_won(team, "Granary Road", TODAY - days(4), value=110_000_00)
    await goal(ana, "/goal 120k this quarter")
    return team


async def has_form(person) -> None:
    """Open the form of an incentive."""
    await asks(person, LINE, "sales")
    if not person.modal():
        await presses(person, r"incentive|^edit|^add|note|fill in", where="sales")
    assert person.modal()


async def own(person) -> str:
    """What a rep reads of their own incentive."""
    lines = (LINE, "/goal", "/goal Q3", "/why Q3")
    return "\n".join([*[await tried(person, one) for one in lines], await home(person)])


async def test_a_line_gives_an_estimate(on_her_way, ana):
    """Commission per goal (#4): 7.5 % of what is over $100,000 is $750 so far, and $1,500 at the goal."""
    await types(ana, f"{LINE} {RULE}")
    said = await own(ana)
    assert has(r"\$750\b", said), said
    assert has(r"\$1,500|\$1\.5k", said), said
    assert has(r"about|estimate|likely|so far|would", said), said


async def test_a_form_takes_note_and_commission(on_her_way, ana):
    """Note and commission (#4): both fields of the form are kept, the note as it was typed."""
    await has_form(ana)
    await fills(ana, {r"note": NOTE, r"commission": RULE})
    said = await own(ana)
    assert NOTE in said, said
    assert has(r"\$750\b", said), said


async def test_a_note_alone_is_enough(on_her_way, ana):
    """A note (#4): without a commission there is no estimate, and no nought instead of one."""
    await has_form(ana)
    await fills(ana, {r"note": NOTE})
    said = await own(ana)
    assert NOTE in said, said
    assert not has(r"\$0\b|\$750|commission[^\n]*0\b", said), said


async def test_it_is_private_to_the_rep(on_her_way, ana, mia):
    """Private (#4): neither Mia, who manages her, nor Ben, Raj and the channel read any of it, by whatever line."""
    await has_form(ana)
    await fills(ana, {r"note": NOTE, r"commission": RULE})
    assert has(SECRET, await own(ana))
    assert await readers_of(on_her_way, SECRET, *LOOKS) <= {"ana"}
    assert not has(SECRET, await pack(mia))


async def test_it_goes_with_what_is_won(on_her_way, ana):
    """An estimate (#4): $10,000 more, and it is $1,500 so far."""
    await types(ana, f"{LINE} {RULE}")
    assert has(r"\$750\b", await own(ana))
    await was_won(on_her_way, "Quayside", TODAY - days(1), value=10_000_00)
    said = await own(ana)
    assert has(r"\$1,500|\$1\.5k", said), said
    assert not has(r"\$750\b", said), said


async def test_below_the_threshold_nothing_is_owed(team, ana):
    """Not yet (#4): with $40,000 of $100,000 nothing has been earned; said in a word, never below nought."""
    await was_won(team, "Granary Road", TODAY - days(4), value=40_000_00)
    await goal(ana, "/goal 120k this quarter")
    await types(ana, f"{LINE} {RULE}")
    said = await own(ana)
    assert has(r"nothing yet|\$0\b|\$60k|\$60,000|from \$100|over \$100", said), said
    assert not has(r"[-−–]\s?\$\d|\$\s?[-−]", said), said


async def test_without_a_threshold_all_counts(on_her_way, ana):
    """2 % of revenue (#4): $2,200 so far."""
    await types(ana, f"{LINE} 2% of revenue")
    assert has(r"\$2,200|\$2\.2k", await own(ana)), await own(ana)


async def test_nothing_of_it_comes_to_the_manager(on_her_way, ana, mia, ben):
    """Private (#4): in the week after nothing of it is in what Mia and Ben are sent, nor in the channel."""
    await types(ana, f"{LINE} {RULE}")
    assert has(SECRET, await own(ana))
    before = mark(mia, ben)
    await a_week(on_her_way)
    for person in (mia, ben):
        assert not has(SECRET, "\n".join([*since(person, before), await home(person)]))


async def test_undo_takes_it_back(on_her_way, ana):
    """Mistyped (#4): after `/rainmaker undo` there is no estimate."""
    await types(ana, f"{LINE} {RULE}")
    assert has(r"\$750\b", await own(ana))
    await ana.says("/rainmaker undo", channel="sales")
    assert not has(r"\$750\b", await own(ana))


# bad input


@pytest.mark.parametrize(
    "typed", ["-5% of revenue", "900% of revenue", "lots", "1/0 of revenue", "nan% of revenue"]
)
async def test_what_is_no_commission_is_refused(on_her_way, ana, typed):
    """Odd words (bad input): it says what it reads, keeps what was there, and never an amount out of the air."""
    await types(ana, f"{LINE} {RULE}")
    said = await tried(ana, f"{LINE} {typed}")
    assert said
    found = await own(ana)
    assert has(r"\$750\b", found), found
    assert not NONSENSE.search(found), found


async def test_the_form_says_under_its_field_what_it_takes(on_her_way, ana):
    """In the form (bad input): the error stands under the commission, with an example of one."""
    await has_form(ana)
    said = await refused(ana, {r"commission": "lots"})
    assert has(r"%", said), said
    assert has(r"such as|like|for example|e\.g\.", said), said


async def test_without_a_goal_it_says_so(team, ana):
    """No goal (bad input): a sentence that leads to one; nothing is kept for a goal that is not there."""
    said = await tried(ana, f"{LINE} {RULE}")
    assert has(r"no goal|set (a|one)|first", said), said
    assert not has(r"not a period", said), said


async def test_ten_thousand_characters_are_no_note(on_her_way, ana):
    """Ten thousand characters (bad input): refused or shortened, and `/goal` stays a page."""
    await has_form(ana)
    await refused(ana, {r"note": "depot " * 1_667})
    await types(ana, f"{LINE} {RULE}")
    assert has(r"\$750\b", await own(ana))
    assert (await tried(ana, "/goal")).count("depot") < 60
