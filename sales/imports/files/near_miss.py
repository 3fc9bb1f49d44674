"""Near misses: columns that no preset knows and that may be the money, a date, the stage or the owner all the same.

A header is one if a word of it is a word for that meaning, and its cells are of that kind. It is asked about: a
column left out in silence brings deals in at nothing.
"""

from collections.abc import Mapping, Sequence

from sales.imports.files.contents import MOSTLY, Contents
from sales.imports.files.header import Draft
from sales.imports.files.heading_words import COUNTED, SKIPPED, WORDS, resembles, words_in
from sales.imports.files.questions import ColumnQuestion

NAMED = 0.5  # of the cells, where the header has a word for it: a short list with a slip or two is asked about too
WORDED = ("owner", "name", "stage")  # what any words may be


def near_misses(draft: Draft, contents: Mapping[int, Contents]) -> list[ColumnQuestion]:
    """Return the columns that may be what the file lacks, each with its likeliest meaning."""
    found = []
    for meaning in WORDS:
        if not lacking(draft, meaning):
            continue
        fitting = [at for at in draft.unused if at in contents and contents[at].fits(meaning)]
        named = [at for at in draft.unused if at in contents and resembles(draft.headers[at], meaning)]
        alike = [at for at in named if contents[at].fits(meaning, MOSTLY if meaning in WORDED else NAMED)]
        if meaning == "closed" and lacking(draft, "expected"):
            alike = [at for at in alike if not resembles(draft.headers[at], "expected")] or alike
        if not alike and meaning == "value" and "value" in draft.preset.columns:
            needed = "value" in draft.preset.required
            alike = [at for at in fitting if needed or may_be_money(draft.headers[at], contents[at])]
        found += [ColumnQuestion(draft.headers[at], meaning, tuple(contents[at].samples)) for at in alike]
    asked = dict[str, ColumnQuestion]()
    for question in found:
        asked.setdefault(question.header, question)
    return list(asked.values())


def lacking(draft: Draft, meaning: str) -> bool:
    """Say whether a file has no column of this meaning where its preset could use one."""
    if meaning == "stage":
        return not {"stage", "status"} & draft.places.keys()
    if meaning == "expected" and "closed" in draft.places and "expected" not in draft.preset.columns:
        return False  # one field for both: what is expected while the deal is open
    if meaning == "name":
        return meaning in draft.preset.columns and meaning not in draft.places
    return meaning not in draft.places


def may_be_money(header: str, contents: Contents) -> bool:
    """Say whether a column of figures that no word tells of could be the money: no share, year or count."""
    return contents.large > 0 and not words_in(header) & (SKIPPED | COUNTED)


def may_matter(draft: Draft) -> Sequence[int]:
    """Return the positions whose cells are worth a look: those that no meaning has, where one is lacking."""
    return draft.unused if any(lacking(draft, meaning) for meaning in WORDS) else ()
