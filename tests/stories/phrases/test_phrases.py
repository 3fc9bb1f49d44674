"""Five hundred phrases of people who type fast: read right, or asked about.

The phrases and what each means stand in the texts beside this; some twenty are examples the promise itself names.
Where everything is run, one in three is typed. All of them, and to see what came:
`python -m pytest tests/stories/phrases -k phrase -s`
"""

import sys
from pathlib import Path

import pytest
import pytest_asyncio

from tests.engines import Sqlite
from tests.forged import hears, spoken
from tests.phrase_town import type_all
from tests.phrasebook import Came, Outcome, Phrase, counts, is_meant, outcome, read_phrasebook
from tests.stories.not_yet import is_asked_for

HERE = Path(__file__).parent
BOOKS = ("followups", "deals", "logs", "goals", "words", "fresh", "found", "corners", "either", "pipeline")
PHRASES = [phrase for book in BOOKS for phrase in read_phrasebook(HERE / f"{book}.txt")]
OWNERS = {"ana": "U1", "ben": "U2", "mia": "U3"}

ONE_IN = 3  # phrases, of every book, is typed where everything is run
RIGHT_AT_LEAST = 0.90  # of the phrases with one clear meaning, without a question
ASKED_AT_MOST = 0.08  # of the same


@pytest.fixture(scope="module")
def phrases(pytestconfig: pytest.Config) -> list[Phrase]:
    """What is typed: everything where this folder is asked for, otherwise some of every book."""
    return PHRASES if is_asked_for(HERE, pytestconfig) else PHRASES[::ONE_IN]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def came(
    sqlite: Sqlite, tmp_path_factory: pytest.TempPathFactory, phrases: list[Phrase]
) -> dict[str, Came]:
    """What came of every phrase, each typed in the same town as if it were the first."""
    async with sqlite.copy(tmp_path_factory.mktemp("phrases")) as url:
        return await type_all(url, phrases)


def told(phrase: Phrase, what: Came) -> str:
    """Return what came of a phrase, to be read by whoever mends it."""
    changes = "\n".join(f"  {each.sign}{each.noun} {dict(each.facts)}" for each in what.changes)
    became = outcome(phrase, what, OWNERS[phrase.by])
    return f"{phrase.at} {became}: {phrase.typed}\n{changes or '  nothing stored'}\n{what.answer}"


def summary(phrases: list[Phrase], came: dict[str, Came]) -> str:
    """Return the table of what came, book by book, and below it everything that was stored wrong."""
    became = {each.at: outcome(each, came[each.at], OWNERS[each.by]) for each in phrases}
    books = [[each for each in phrases if each.at.startswith(f"{book}:")] for book in BOOKS]
    lines = [
        f"{book:<10}{counts(became[each.at] for each in found)}"
        for book, found in zip(BOOKS, books, strict=True)
    ]
    clear, open_to = split(phrases)
    lines.append(f"{'clear':<10}{counts(became[each.at] for each in clear)}")
    lines.append(f"{'to ask':<10}{counts(became[each.at] for each in open_to)}")
    bad = [each for each in phrases if became[each.at] in (Outcome.WRONG, Outcome.FAILED)]
    return "\n".join([*lines, "", *(told(each, came[each.at]) for each in bad)])


def split(phrases: list[Phrase]) -> tuple[list[Phrase], list[Phrase]]:
    """Return the phrases with one clear meaning, and those about which a question or a refusal is right."""
    return [each for each in phrases if each.is_clear], [each for each in phrases if not each.is_clear]


def test_every_phrase_comes_to_what_was_meant_most_of_them_unasked_and_none_is_stored_wrong(came, phrases):
    sys.stdout.write(f"\n{summary(phrases, came)}\n")
    became = {each.at: outcome(each, came[each.at], OWNERS[each.by]) for each in phrases}
    wrong = [each for each in phrases if not is_meant(each, came[each.at], OWNERS[each.by])]
    assert not wrong, "\n\n".join(told(each, came[each.at]) for each in wrong)
    clear, _ = split(phrases)
    right = [each for each in clear if became[each.at] is Outcome.RIGHT]
    asked = [each for each in clear if became[each.at] is Outcome.ASKED]
    assert len(right) >= RIGHT_AT_LEAST * len(clear)
    assert len(asked) <= ASKED_AT_MOST * len(clear)


def test_the_books_are_as_full_as_was_promised():
    assert len(PHRASES) >= 170
    assert len({each.key for each in PHRASES}) == len(PHRASES)


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("reply", "listed"),
    [
        ("done", "Nothing is open"),
        ("Done!", "Nothing is open"),
        ("did it", "Nothing is open"),
        ("push to Monday", "Mon 21 Sep"),
        ("tmrw", "Tue 15 Sep, 15:00"),
    ],
)
async def test_a_word_in_the_thread_of_a_reminder_answers_it(team, reply, listed):
    ana = team.person("ana")
    await ana.says("/followup Acme today 3pm send the ROI sheet")
    await team.jump("15:00", "Europe/Ljubljana")
    reminder = ana.message("Due: Acme")
    await hears(team, "ana", spoken(team, "ana", reply, thread_ts=reminder.ts))
    [said] = await ana.says("/followup")
    assert listed in said
