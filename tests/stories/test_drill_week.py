"""A week of drills as people type and tap: a slip taken back, names without a sign, decks by name, on, off, files."""

import pytest

from handlers.coaching.drill.session import PressedCard
from storage.nudges.mute import mutes
from tests.known import WORKSPACE
from tests.stories.drilled.drilled import (
    ANSWER,
    QUESTION,
    SHOW,
    WHY,
    adds,
    answers,
    asks,
    begins,
    brings,
    direct,
    drills_on,
    exported,
    goes_on,
    has,
    now,
    only,
    presses,
    question_of,
    sheet,
    texts,
    types,
)  # fmt: skip
from tests.story_workspace import StoryWorkspace

pytestmark = pytest.mark.engines("sqlite")


def test_a_button_shown_by_an_earlier_version_is_read_still() -> None:
    assert PressedCard.read("starter:too-dear|3") == ("starter:too-dear", 3, "")
    assert PressedCard.read(PressedCard("card:7", 0, "abc").written) == ("card:7", 0, "abc")


async def wants_drills(team: StoryWorkspace, user_id: str = "U1") -> bool:
    async with team.bot.database.read(WORKSPACE) as scope:
        return "drill" not in await mutes(scope, user_id)


async def test_undo_takes_back_the_answer_and_nothing_before_it(team: StoryWorkspace) -> None:
    """A slip on *Easy* is the last thing done; that practice was asked for just before stays, and the card comes."""
    ana = team.person("ana")
    await asks(ana, "/drill on")
    await begins(ana)
    first = await answers(ana, "Hard")
    second = await answers(ana, "Easy")
    said = await asks(ana, "/rainmaker undo")
    assert "Undone: a card answered with Easy." in said, said
    assert await wants_drills(team)
    await presses(ana, r"^ask it again", where=direct(ana))
    assert question_of(now(ana)) == second.question
    assert "Undone: a card answered with Hard." in await asks(ana, "undo")
    assert len(await goes_on(ana, "Good")) == 0  # the words of the undo are the newest
    assert first.question in [
        one.question for one in await drills_on(team, ana, "2026-09-14", "Good", "12:00")
    ]


async def test_what_was_changed_after_it_was_read_comes_once_more(team: StoryWorkspace) -> None:
    ana, mia = team.person("ana"), team.person("mia")
    await brings(mia, sheet(("objection", QUESTION, ANSWER, WHY)))
    await begins(ana)
    await presses(ana, SHOW, where=direct(ana))
    assert ANSWER in now(ana)
    await brings(mia, sheet(("objection", QUESTION, "Say nothing, and wait.", WHY)))
    await presses(ana, r"^easy\b", where=direct(ana))
    await goes_on(ana, "Easy")
    seen = await drills_on(team, ana, "2026-09-15", only(QUESTION, "Good"))
    [again] = [one for one in seen if one.question == QUESTION]
    assert "Changed since you learned it" in again.front
    assert "Say nothing, and wait." in again.back


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("/drill ana", "What Ana Kovač practises"),
        ("/drill decks Ana Kovač", "What Ana Kovač practises"),
        ("/drill skills ana", "What Ana Kovač prospects by"),
        ("/lead list ana", "Ana Kovač"),
        ("/lead targets ana", "Ana Kovač"),
        ("/lead flow ana", "Ana Kovač"),
        ("/pipeline ana", "Ana Kovač"),
        ("/why lights ana", "Ana Kovač"),
    ],
)
async def test_a_manager_names_a_rep_without_a_sign(team: StoryWorkspace, line: str, read: str) -> None:
    assert read in await types(team.person("mia"), line)


async def test_a_name_opens_nothing_to_a_colleague(team: StoryWorkspace) -> None:
    ana = team.person("ana")
    for line in ("/drill ben", "/drill decks Ben Ito", "/drill skills ben"):
        assert "private" in await asks(ana, line, "sales")
    for line in ("/drill nobody", "/drill skills nobody"):
        assert "nobody" in await asks(ana, line, "sales")


@pytest.mark.parametrize("line", ["/drill objections", "/drill decks objection", "/drill objection handling"])
async def test_a_deck_is_known_by_its_name(team: StoryWorkspace, line: str) -> None:
    said = await types(team.person("ana"), line)
    assert "8 cards in “objections”" in said, said
    assert said.count("came with Rainmaker") == 5
    assert "No card is in “our own” yet" in await types(team.person("ana"), "/drill our own")


async def test_what_is_typed_behind_add_stands_in_the_form(team: StoryWorkspace) -> None:
    ana = team.person("ana")
    await asks(ana, "/drill add They say @ben promised ten per cent", "sales")
    assert "They say @Ben Ito promised ten per cent" in ana.modal()


async def test_a_review_day_that_is_over_is_refused_unless_it_stood_there(team: StoryWorkspace) -> None:
    ana = team.person("ana")
    with pytest.raises(AssertionError):
        await adds(ana, review="2026-09-11")
    assert "That day is over" in "\n".join(ana.modal_errors().values())
    await ana.closes(everything=True)
    await adds(ana, review="2026-09-15")
    await team.jump("2026-09-17 12:00", "Europe/Ljubljana")
    await asks(ana, "/drill cards lockside", "sales")
    await presses(ana, r"^change", where="sales")
    await ana.fills("Answer", "Wait.")
    await ana.submits()
    assert not ana.modal(), ana.modal()
    assert "Wait." in await exported(ana)


async def test_drills_are_switched_on_and_off_where_they_are_spoken_of(team: StoryWorkspace) -> None:
    ana = team.person("ana")
    assert "`/drill off` stops it" in (await asks(ana, "/drill on", "sales")).replace(
        "/drill off", "`/drill off`"
    )
    assert await wants_drills(team)
    await asks(ana, "stop the drills")
    assert not await wants_drills(team)
    await asks(ana, "undo")
    assert await wants_drills(team)
    await asks(ana, "/drill off", "sales")
    assert not await wants_drills(team)
    said = await asks(team.person("mia"), "/drill on", "sales")
    assert "comes by itself to reps" in said, said
    assert has("Drill, 1 of 6", await asks(ana, "let's practice"))


async def test_one_card_is_no_list(team: StoryWorkspace) -> None:
    ana = team.person("ana")
    await adds(ana)
    said = await types(ana, "/drill cards lockside")
    assert "1 card with “lockside”\n" in said, said


@pytest.mark.parametrize("line", ["/rainmaker undo", "undo"])
async def test_a_file_taken_back_by_a_line_says_so(team: StoryWorkspace, line: str) -> None:
    mia = team.person("mia")
    await brings(mia, sheet(("objection", QUESTION, ANSWER, WHY)))
    await asks(mia, line)
    await team.jump("+1m")
    held = "\n".join(texts(mia, direct(mia)))
    assert "is in the decks of Field" not in held, held
    assert "is taken back" in held, held
