"""Asking: what is not sure of a file as questions with their answers to choose from, for a menu each."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sales.imports.files.amounts import DecimalMark
from sales.imports.files.answers import (
    BY_NAME,
    COLUMN,
    DATES,
    DECIMALS,
    ENCODING,
    IDS,
    NEEDED,
    SHEET,
    SINCE,
    STAGE,
    STATE,
    SURE,
    TWIN,
    UNITS,
)
from sales.imports.files.dates import DateOrder
from sales.imports.files.drop import FileQuestion, Offered
from sales.imports.files.entry import Remark
from sales.imports.files.lookalike import ANOTHER, SAME, Lookalike, ReusedIds
from sales.imports.files.preset import LABELS, LEAD_MEANINGS, MEANINGS, NOTHING
from sales.imports.files.questions import (
    UNITS_TOLD,
    ColumnQuestion,
    DatesQuestion,
    DecimalsQuestion,
    EncodingQuestion,
    Question,
    UnitsQuestion,
)
from sales.imports.files.tally import ImportTally
from sales.language.names.match import fold
from sales.language.typed_text import shorten
from sales.pipeline.opportunity import Stage
from sales.prospects.lead import LeadState

LEFT_OUT = "-"  # of a stage: its rows are not taken
MOST_ASKED = 40  # words for stages; a file with more of them has something else there
MOST_HEADERS = 100  # Slack's, in one menu
SAMPLE = 40  # characters of a cell
PREVIEW = 70  # of words in a code page

# What is taken as it seems, since the preview shows it before anything counts; what decides about money is asked.
GUESSED = frozenset({"name", "account", "product", "source", "owner", "opened", "expected"})

COLUMNS = [Offered(value=one, label=LABELS.get(one, one)) for one in (*MEANINGS, NOTHING)]
LEAD_COLUMNS = [Offered(value=one, label=LABELS.get(one, one)) for one in (*LEAD_MEANINGS, NOTHING)]
STAGES = [
    Offered(value=Stage.OPEN.value, label="open"),
    Offered(value=Stage.SUSPECT.value, label="suspect, not counted yet"),
    Offered(value=Stage.WON.value, label="won"),
    Offered(value=Stage.LOST.value, label="lost"),
    Offered(value=Stage.PARKED.value, label="parked"),
    Offered(value=LEFT_OUT, label="leave these rows out"),
]
STATES = [
    Offered(value=LeadState.NEW.value, label="new, not decided yet"),
    Offered(value=LeadState.ACCEPTED.value, label="accepted"),
    Offered(value=LeadState.REJECTED.value, label="rejected"),
    Offered(value=LeadState.QUALIFIED.value, label="qualified"),
    Offered(value=LEFT_OUT, label="leave these rows out"),
]
TWINS = [
    Offered(value=SAME, label="the same deal"),
    Offered(value=ANOTHER, label="another deal"),
]
ORDERS = {
    DateOrder.DMY: "the day, as in 31/12",
    DateOrder.MDY: "the month, as in 12/31",
    DateOrder.YMD: "the year, as in 26-12-31",
}
MARKS = [
    Offered(value=DecimalMark.DOT.value, label="the dot comes before the cents"),
    Offered(value=DecimalMark.COMMA.value, label="the dot divides thousands"),
]


def questions_of(unsure: Iterable[Question]) -> list[FileQuestion]:
    """Return what a file leaves open as questions to choose an answer to."""
    return [asked(one) for one in unsure]


def guesses_in(unsure: Iterable[Question]) -> dict[str, str]:
    """Return the columns of which it does not matter much what they are, with what they seem to be; one for each."""
    found: dict[str, str] = {}
    for one in unsure:
        if isinstance(one, ColumnQuestion) and one.likely in GUESSED and one.likely not in found.values():
            found[one.header] = str(one.likely)
    return found


def asked(one: Question) -> FileQuestion:
    if isinstance(one, ColumnQuestion):
        seen = [shorten(cell, SAMPLE) for cell in one.samples]
        return FileQuestion(
            kind=COLUMN, about=one.header, offered=COLUMNS, seen=seen, likely=one.likely or ""
        )
    if isinstance(one, DatesQuestion):
        orders = [Offered(value=order.value, label=ORDERS[order]) for order in one.orders]
        return FileQuestion(
            kind=DATES, about=one.column, offered=orders, seen=[one.example], against=one.against
        )
    if isinstance(one, DecimalsQuestion):
        return FileQuestion(
            kind=DECIMALS, about=one.column, offered=MARKS, seen=[one.example], against=one.against
        )
    if isinstance(one, UnitsQuestion):
        units = [Offered(value=each.value, label=UNITS_TOLD[each]) for each in one.units]
        return FileQuestion(kind=UNITS, about=one.column, offered=units, seen=[one.example])
    if isinstance(one, EncodingQuestion):
        read = [Offered(value=name, label=shorten(words, PREVIEW)) for name, words in one.previews]
        return FileQuestion(kind=ENCODING, about=ENCODING, offered=read)
    sheets = [Offered(value=name, label=name) for name in one.names]
    return FileQuestion(kind=SHEET, about=SHEET, offered=sheets)


def settled_questions(settled: Iterable[FileQuestion], answers: Mapping[str, Any]) -> list[FileQuestion]:
    """Return what was said of how a file is read, as questions with the answers in use."""
    since = answers.get(SINCE, {})
    return [
        one.model_copy(update={"answer": str(answers[one.kind]), "since": since.get(one.kind, "")})
        for one in settled
        if answers.get(one.kind)
    ]


def ahead_questions(tally: ImportTally, settled: Sequence[FileQuestion]) -> list[FileQuestion]:
    """Ask once more what comes first in dates, where what was said of an earlier file has deals won after today."""
    ahead = tally.remarks[Remark.CLOSES_LATER, Stage.WON.value]
    return [
        one.model_copy(update={"answer": "", "count": ahead, "since": ""})
        for one in settled
        if one.kind == DATES and one.since and ahead
    ]


def needed_questions(
    lacks: Sequence[str],
    headers: Sequence[str],
    used: Iterable[int],
    *,
    no_ids: Collection[int] = (),
    has_names: bool = False,
) -> list[FileQuestion]:
    """Ask which column is something that every file must have and whose header says nothing to us.

    `no_ids` are positions that tell no deal from all others. What `has_names` can do without an id.
    """
    taken = set(used)
    free = [
        Offered(value=str(at), label=header)
        for at, header in enumerate(headers)
        if header and at not in taken
    ]
    of_ids = [one for one in free if int(one.value) not in no_ids][: MOST_HEADERS - 1]
    if has_names:
        of_ids.append(Offered(value=BY_NAME, label="none: go by name and company"))
    offered = {meaning: of_ids if meaning == "id" else free[:MOST_HEADERS] for meaning in lacks}
    if not all(offered.values()):
        return []
    return [FileQuestion(kind=NEEDED, about=meaning, offered=found) for meaning, found in offered.items()]


AS_ELSEWHERE = Offered(value=SURE, label="the same as those of other files")


def ids_question(reused: ReusedIds, apart: str, preset: str, things: str) -> list[FileQuestion]:
    """Ask whether ids that were others' until now are of another system; `apart` is what they are under now."""
    if not reused.count:
        return []
    first = reused.some[0]
    return [
        FileQuestion(
            kind=IDS,
            about=things,
            offered=[
                Offered(value=next_apart(apart, preset), label=f"other {things}: keep the ids apart"),
                Offered(value=f"{SURE}{apart}", label=f"the same {things}, changed"),
                *([AS_ELSEWHERE] if apart else []),
            ],
            seen=[first.key.removeprefix(f"{apart}:"), first.here, first.there],
            count=reused.count,
        )
    ]


def next_apart(apart: str, preset: str) -> str:
    """Return a name for ids that are not those under this one: "hubspot", "hubspot 2"."""
    name, _, count = apart.rpartition(" ")
    if not apart:
        return preset
    return f"{name} {int(count) + 1}" if name and count.isdecimal() else f"{apart} 2"


def ids_settled(said: str, things: str) -> list[FileQuestion]:
    """Return what was said of whose the ids of a file are, so that it can be said otherwise."""
    offered = [
        Offered(value=said, label="kept apart from those of other files"),
        AS_ELSEWHERE,
    ]
    return [FileQuestion(kind=IDS, about=things, offered=offered)] if said.removeprefix(SURE) else []


def stage_questions(words: Mapping[str, int], settled: Iterable[str]) -> list[FileQuestion]:
    """Ask what each word for a stage means that nobody knows, the most frequent first; those settled are not asked."""
    return word_questions(STAGE, STAGES, words, settled)


def twin_questions(twins: Iterable[Lookalike]) -> list[FileQuestion]:
    """Ask of each new deal that may be here already whether it is."""
    return [
        FileQuestion(kind=TWIN, about=one.key, offered=TWINS, seen=[one.name, one.whose, one.here])
        for one in twins
    ]


def state_questions(words: Mapping[str, int], settled: Iterable[str]) -> list[FileQuestion]:
    """Ask what each word for the state of a lead means that nobody knows."""
    return word_questions(STATE, STATES, words, settled)


def word_questions(
    kind: str, offered: list[Offered], words: Mapping[str, int], settled: Iterable[str]
) -> list[FileQuestion]:
    known = {fold(one) for one in settled}
    open_words = sorted((one for one in words.items() if fold(one[0]) not in known), key=lambda one: -one[1])
    return [
        FileQuestion(kind=kind, about=word, offered=offered, count=count)
        for word, count in open_words[:MOST_ASKED]
    ]
