"""Shortfalls: what a header lacks that is needed, what may be it, and the options that say so.

Every hint can be typed as it stands: it names columns that are there, and none of them twice for one thing.
"""

from collections.abc import Sequence

from sales.imports.files.header import Draft
from sales.imports.files.heading_words import resembles, words_in
from sales.imports.files.preset import Preset
from sales.imports.files.presets import KINDS, OPPORTUNITIES
from sales.imports.files.questions import ColumnQuestion, Question, UnsureFile, column_option, options_of
from sales.language.figures import inflected, number
from sales.language.spelling import closest
from sales.language.typed_text import shorten
from sales.refusal import Refusal

SHOWN_COLUMNS = 5  # of a header that fits nothing
KEYS = frozenset(
    {
        "key",
        "nr",
        "no",
        "num",
        "nummer",
        "number",
        "numero",
        "ref",
        "reference",
        "vorgang",
        "cislo",
        "codigo",
        "codice",
        "code",
        "referencia",
        "riferimento",
    }
)
NEAR = 0.5  # of the letters: a hint may be further off than a guess


def fits_nothing(one: Draft) -> bool:
    """Say whether no column of the file is one that anybody knows."""
    return not one.places


def no_fit(one: Draft, *, asked: bool, questions: Sequence[Question] = ()) -> Refusal:
    """Return the refusal that names what is missing, what comes closest to it, and the columns that may be it.

    `asked` says that somebody named the preset; `questions` are about the columns that may be what is missing.
    """
    if not any(one.headers):
        return Refusal("The first line holds no column names.")
    if fits_nothing(one) and not asked:
        return _unknown(one.headers)
    unsure = UnsureFile(questions) if questions else None
    asked_about = {each.likely for each in questions if isinstance(each, ColumnQuestion)}
    missing = {meaning: nearest(one, meaning) for meaning in one.lacks if meaning not in asked_about}
    lacks = "; ".join(_described(one.preset, meaning, near) for meaning, near in missing.items())
    said = f"Read as {KINDS.get(one.preset.name, one.preset.name)}, the file lacks {lacks}." if lacks else ""
    ways = [
        *questions,
        *_guessed(missing, {each.header for each in questions if isinstance(each, ColumnQuestion)}),
    ]
    example = options_of(ways) or None
    if unsure is None:
        without = (
            " Without ids, --by-name goes by name and company."
            if list(missing) == ["id"] and one.has_names
            else ""
        )
        return Refusal(f"{said} Say which column it is, or add it.{without}", example=example)
    unsure.text, unsure.example = f"{said} {unsure.text}".strip(), example
    unsure.args = (unsure.text,)
    return unsure


def nearest(one: Draft, meaning: str) -> str | None:
    """Return the header of no meaning yet that comes closest to what is missing."""
    unused = [one.headers[at] for at in one.unused]
    spelled = (closest(each, unused, NEAR) for each in one.preset.columns[meaning])
    alike = (header for header in unused if meaning in ("stage", "value") and resembles(header, meaning))
    keys = (header for header in unused if meaning == "id" and words_in(header) & KEYS)
    return next(filter(None, spelled), None) or next(alike, None) or next(keys, None)


def _described(preset: Preset, meaning: str, near: str | None) -> str:
    return f"“{preset.columns[meaning][0]}”" + (f" (closest is “{shorten(near)}”)" if near else "")


def _guessed(missing: dict[str, str | None], named: set[str]) -> list[ColumnQuestion]:
    """Return what may be meant by the columns that come closest, each once."""
    found = dict[str, str]()
    for meaning, header in missing.items():
        if header and header not in named:
            found.setdefault(header, meaning)
    return [ColumnQuestion(header, meaning) for header, meaning in found.items()]


def _unknown(headers: Sequence[str]) -> Refusal:
    """Say that no column is known, with the two that every file of deals needs named by what there is."""
    named = [header for header in headers if header]
    shown = ", ".join(f"“{shorten(header)}”" for header in named[:SHOWN_COLUMNS])
    more = f" and {number(len(named) - SHOWN_COLUMNS)} more" if len(named) > SHOWN_COLUMNS else ""
    stage = next((header for header in named if resembles(header, "stage")), "")
    rest = [header for header in named if header != stage]
    pairs = zip([*rest[:1], stage or "".join(rest[1:2])], OPPORTUNITIES.required, strict=False)
    return Refusal(
        f"{inflected(len(named), 'The column')} {shown}{more} {inflected(len(named), 'says', 'say')} nothing I know of "
        "deals, leads or contacts. A list of deals needs a column with an id and one with the stage, a list of leads "
        "one with a name or a company. Name the columns so and bring the file again.",
        example=" ".join(column_option(header, meaning) for header, meaning in pairs if header) or None,
    )
