"""The form of a dropped file: what each column is taken for, and each word for a stage."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

from messages.blocks import Block, context, field_input, modal_of, section
from messages.formatting import unmarked, words
from messages.imports.files import NOUN, SAVE, Dropped, answer_menu, question_words
from sales.imports.files.answers import (
    COLUMN,
    DATES,
    DECIMALS,
    ENCODING,
    IDS,
    NEEDED,
    SHEET,
    STAGE,
    STATE,
    TEAM,
    TWIN,
    UNITS,
)
from sales.imports.files.asking import COLUMNS, LEAD_COLUMNS, STAGES, STATES
from sales.imports.files.drop import LEADS, DropNews, FileQuestion
from sales.imports.files.preset import NOTHING
from sales.language.typed_text import shorten

MOST_FIELDS = 90  # of Slack's hundred blocks
LABEL = 70
REST = (DATES, DECIMALS, UNITS, ENCODING, SHEET, TEAM, IDS, NEEDED)
GROUPS = (
    ("form_columns", (COLUMN,)),
    ("form_stages", (STAGE, STATE)),
    ("form_twins", (TWIN,)),
    ("form_rest", REST),
)


def fields(news: DropNews) -> list[FileQuestion]:
    """Return what the form asks: what is open first, then what every column and stage is taken for now."""
    found = list(news.questions)
    asked = {(one.kind, one.about) for one in found}
    if news.outlook is not None:
        of_leads = news.outlook.things == LEADS
        offered, (kind, words_offered) = (
            (LEAD_COLUMNS, (STATE, STATES)) if of_leads else (COLUMNS, (STAGE, STAGES))
        )
        columns = sorted(news.outlook.columns, key=lambda one: not one.taken_for)
        found += [one for one in news.outlook.settled if (one.kind, one.about) not in asked]
        found += [
            FileQuestion(kind=COLUMN, about=one.header, offered=offered, answer=one.taken_for or NOTHING)
            for one in columns
            if one.header and (COLUMN, one.header) not in asked
        ]
        found += [
            FileQuestion(kind=kind, about=one.word, offered=words_offered, answer=one.taken_for)
            for one in news.outlook.stages
            if (kind, one.word) not in asked
        ]
    return first_of_each(found)[:MOST_FIELDS]


def first_of_each(found: Sequence[FileQuestion]) -> list[FileQuestion]:
    """Return questions without those asked before: a file may have two columns of one name."""
    return list({(one.kind, one.about): one for one in reversed(found)}.values())[::-1]


def block_of(asked: FileQuestion) -> str:
    """Return the id of a field: what it is about may be longer than Slack takes."""
    return f"{asked.kind}:{blake2b(asked.about.encode(), digest_size=8).hexdigest()}"


def form(drop: Dropped, private: str) -> dict[str, Any]:
    """Build the form; what is open has no answer yet, the rest has the one in use."""
    news = drop.told
    asked = fields(news)
    blocks: list[Block] = []
    for heading, kinds in GROUPS:
        if here := [one for one in asked if one.kind in kinds]:
            blocks.append(section(words(NOUN, heading)))
            blocks += [field(one, is_open=one in news.questions) for one in here]
    return modal_of(
        "Columns and stages",
        [*blocks, context(words(NOUN, "form_hint"))],
        callback_id=SAVE,
        submit="Read it so",
        private=private,
    )


def field(asked: FileQuestion, *, is_open: bool) -> Block:
    label = str(unmarked(question_words(asked))) if is_open or asked.kind in REST else asked.about
    return field_input(shorten(label, LABEL), answer_menu(asked, "chosen"), block_of(asked), optional=is_open)
