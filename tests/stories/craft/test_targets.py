"""Targets pursued over months: which wanted accounts were touched, which talked, which became a deal (#65)."""

import pytest

from tests.stories.craft import lived
from tests.stories.craft.lived import has, line_with, reads, tried
from tests.stories.face.seen import presses
from tests.stories.pipeline.books import TODAY, days
from tests.stories.pipeline.walked import asks, fills_in

pytestmark = pytest.mark.engines("sqlite")

WANTED = ("Alder", "Birch", "Cedar", "Dogwood", "Elm")
ADDS = ("/lead target {}", "/lead targets add {}", "/plan target {}", "/team target {}")
BOARD = ("/lead targets", "/lead board", "/lead target", "/plan targets", "/pipeline targets")
HELPED = r"target accounts?|wanted accounts?|pursu|target board"


async def adds(person, *names) -> None:
    """Put accounts on the list of those that are wanted: in a line each, else in the form behind the board."""
    for name in names:
        for line in ADDS:
            said = await tried(person, line.format(name))
            if has(rf"{name}[^\n]*target|target[^\n]*{name}", said) and not has(lived.REFUSED, said):
                break
        else:
            await lived.opened(person, r"touched|target account|add (a )?target", *BOARD, helped=HELPED)
            if not person.modal():
                await presses(person, r"add|target|＋", where="sales")
            await fills_in(person, {r"account|target|who|name": name})
            await person.closes(everything=True) if person.modal() else None


async def board(person, pattern=r"touched|no touch|untouched") -> str:
    return await reads(person, pattern, *BOARD, helped=HELPED)


async def pursued(ana) -> None:
    """Five wanted: Alder got a mail; Birch and Cedar talked; Cedar became a deal; Dogwood and Elm got nothing."""
    await adds(ana, *WANTED)
    await asks(ana, "/log email Alder – sent the brochure", "sales")
    for name in ("Birch", "Cedar"):
        await asks(ana, f"/log call {name} – spoke, next step demo on Friday", "sales")
    await asks(ana, "/deal Cedar 5k", "sales")


def counts(said, count, word) -> bool:
    return has(rf"\b{count}( of 5)? ({word})|({word})[^\n\d]{{0,12}}\b{count}\b", said)


async def test_the_board_counts_touched_talked_and_opened(ana):
    """Touched: Alder, Birch, Cedar = 3. Talks: Birch, Cedar = 2. Deals: Cedar = 1 (#65)."""
    await pursued(ana)
    said = await board(ana)
    assert counts(said, 3, "touched"), said
    assert counts(said, 2, r"conversations?|talk(s|ed)?|spoke"), said
    assert counts(said, 1, r"opp\w*|deals?|opened"), said


async def test_each_target_says_where_it_stands(ana):
    """One line each (#65): by name, with its furthest step."""
    await pursued(ana)
    said = await board(ana)
    assert line_with(said, "Cedar", r"deal|opp"), said
    assert line_with(said, "Birch", r"conversation|talk|spoke"), said
    assert line_with(said, "Alder", r"touch|mail"), said
    assert line_with(said, "Elm", r"untouched|no touch|nothing|not yet|never"), said


async def test_a_mail_is_a_touch_and_no_conversation(ana):
    """One way is no talk (#65): a mailed target is touched, and nobody talked."""
    await adds(ana, "Alder")
    await asks(ana, "/log email Alder – sent the brochure", "sales")
    said = await board(ana)
    assert has(r"\b1( of 1)? touched|touched[^\n\d]{0,12}\b1\b|Alder[^\n]*(touched|mail)", said), said
    assert not has(r"\b1( of 1)? (conversations?|talks?)\b", said), said


async def test_a_name_that_is_a_target_already_is_not_one_twice(ana):
    """Letter case aside (#65): one target, and it says that it is on the list."""
    await adds(ana, "Alder")
    await adds(ana, "ALDER")
    said = await board(ana)
    assert len([one for one in said.splitlines() if has(r"\balder\b", one)]) == 1, said


async def test_the_week_says_which_of_them_nobody_touched(team, ana):
    """Weekly (#65): of what was on the list all week, the two without a touch come by name, in one message at most."""
    await pursued(ana)
    before = lived.mark(ana)
    await lived.lives(team, TODAY, TODAY + days(11))
    found = [one for one in lived.since(ana, before) if has(r"Dogwood", one) and has(r"Elm", one)]
    on_home = has(r"Dogwood|Elm|2 targets|2 of 5", await lived.home(ana))
    assert found or on_home, lived.since(ana, before)
    assert len(found) <= 2, found


async def test_targets_of_another_rep_are_theirs(team, ana):
    """Own list (#65): Ben's board has nothing of Ana's; Mia reads Ana's by name."""
    await adds(ana, "Alder")
    assert "Alder" in await board(ana, r"Alder")
    ben, mia = team.person("ben"), team.person("mia")
    for line in BOARD:
        assert "Alder" not in await tried(ben, line)
    assert await reads(mia, r"Alder", *(f"{line} @ana" for line in BOARD), "/pipeline @ana")
