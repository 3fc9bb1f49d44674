"""Headers: which preset a file is, and where its columns are.

A header names columns; what stands in them decides where it names two for one thing, or none for the money.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sales.imports.files.actuals import with_actuals, with_own_currency
from sales.imports.files.amounts import Units
from sales.imports.files.lead_header import is_of_leads
from sales.imports.files.names import tidy_cell
from sales.imports.files.plain_list import DEAL_WORDS
from sales.imports.files.preset import (
    DATE_COLUMNS,
    LEAD_DATES,
    LEAD_MEANINGS,
    NOTHING,
    FileKind,
    Preset,
)
from sales.imports.files.presets import OPPORTUNITIES, PRESETS
from sales.imports.files.totals import is_total_row
from sales.imports.files.value_header import value_header
from sales.language.names.match import fold, folded
from sales.language.spelling import closest
from sales.language.typed_text import shorten
from sales.refusal import Refusal

APART = " - "
ABOUT_DEALS = frozenset(map(fold, DEAL_WORDS)) | {"deal", "opportunity"}
KNOWN_BY = ("id", "name", "account")  # what tells a deal from all others, as far as there is any


@dataclass(frozen=True)
class Layout:
    """A file's preset and the position of each column it has; `width` is the number of fields of a row.

    `actual` are the positions that say what came of a deal, read of those that ended; of leads, all that a meaning may
    stand in, of which the first that is filled counts. `also` are those that give the
    value in another currency, `gone` those that say a deal was deleted. `value_currency` is what the header says the
    amounts are in, if it does, and `units` what their figures count.
    """

    preset: Preset
    at: dict[str, int]
    headers: tuple[str, ...]
    actual: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    also: tuple[int, ...] = ()
    value_currency: str = ""
    units: Units = Units.WHOLE
    gone: tuple[int, ...] = ()

    @property
    def width(self) -> int:
        return len(self.headers)

    def header(self, column: str) -> str:
        """Return what the file calls a column."""
        return self.headers[self.at[column]]

    @property
    def has_ids(self) -> bool:
        return "id" in self.at

    def is_total(self, fields: Sequence[str]) -> bool:
        """Say whether a row adds up others and is no deal."""
        known_by = next(self.at[one] for one in KNOWN_BY if one in self.at)
        return len(fields) == self.width and is_total_row(fields, known_by, self.at["stage"])

    def wrong_width(self, fields: Sequence[str]) -> str | None:
        """Return the reason why a row with these fields cannot be told apart into columns, or None."""
        if len(fields) == self.width:
            return None
        return f"has {len(fields)} fields, the header has {self.width}"


@dataclass(frozen=True)
class Draft:
    """A header with, for each meaning, every position it may stand at, the likeliest first.

    `given` are positions that somebody said the meaning of, `left` those they want left aside. `actual` and `also` are
    as in a layout. Read `by_name`, deals need no id.
    """

    preset: Preset
    headers: tuple[str, ...]
    places: dict[str, tuple[int, ...]]
    given: frozenset[int] = frozenset()
    left: frozenset[int] = frozenset()
    actual: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    also: tuple[int, ...] = ()
    by_name: bool = False

    @property
    def lacks(self) -> list[str]:
        """The meanings that are needed and stand nowhere."""
        return [each for each in self.preset.required if each not in self.places and not self._instead(each)]

    def _instead(self, meaning: str) -> bool:
        if self.preset.kind is FileKind.LEADS:
            return meaning == "name" and bool({"first", "last", "account"} & self.places.keys())
        if meaning == "id":
            return self.by_name and self.has_names and not self.preset.own
        return meaning == "stage" and "status" in self.places

    @property
    def has_names(self) -> bool:
        """Whether deals can be known again by what they are called."""
        return bool({"name", "account"} & self.places.keys())

    @property
    def known_by(self) -> int | None:
        """The position of what deals are known by: their id, else their name or their company."""
        return next((self.places[one][0] for one in KNOWN_BY if one in self.places), None)

    @property
    def unused(self) -> list[int]:
        """The positions that mean nothing to this preset and nobody wants left aside."""
        named = (*self.places.values(), *self.actual.values())
        used = {at for places in named for at in places} | self.left
        return [at for at, header in enumerate(self.headers) if at not in used and header]


def drafted(
    header: Sequence[str], preset: Preset | None, given: Mapping[str, str], *, by_name: bool = False
) -> Draft:
    """Return how a header row is read: as the preset asked for, or the one that fits best.

    Raises:
        Refusal: if a column somebody gave a meaning is not there, or a column is there twice.
    """
    headers = tuple(tidy_cell(cell) for cell in header)
    said = placed(headers, given)
    found = [draft(preset, headers, said)] if preset else drafts_of(headers, said)
    drafts = [replace(one, by_name=by_name) for one in found]
    complete = [one for one in drafts if not one.lacks]
    best = max(
        complete or [one for one in drafts if not one.preset.own] or drafts,
        key=lambda one: (
            bool(one.lacks) and len(one.places),
            -len(one.lacks),
            share_found(one),
            bool(one.lacks) and one.preset is OPPORTUNITIES,
        ),
    )
    if not complete and said and preset is None:
        best = next((one for one in drafts if one.preset is OPPORTUNITIES), best)
    require_once(best)
    return best


def drafts_of(headers: tuple[str, ...], said: Mapping[int, str]) -> list[Draft]:
    """Return a header as each preset reads it: as leads or as deals, not as both."""
    drafts = [draft(each, headers, said) for each in PRESETS.values()]
    whole = any(
        one.preset.kind is FileKind.DEALS and one.preset is not OPPORTUNITIES and not one.lacks
        for one in drafts
    )
    other = FileKind.DEALS if is_of_leads(headers, said.values(), is_whole_deal=whole) else FileKind.LEADS
    return [one for one in drafts if one.preset.kind is not other]


def placed(headers: Sequence[str], given: Mapping[str, str]) -> dict[int, str]:
    """Return the meanings that were given, by position.

    Raises:
        Refusal: if there is no such column.
    """
    said = {}
    for header, meaning in given.items():
        at = next((at for at, one in enumerate(headers) if fold(one) == fold(header)), None)
        if at is None:
            near = closest(header, headers, 0.5)
            hint = f" Did you mean “{shorten(near)}”?" if near else ""
            raise Refusal(f"There is no column “{shorten(header)}”.{hint}")
        said[at] = meaning
    return said


def draft(preset: Preset, headers: tuple[str, ...], said: Mapping[int, str]) -> Draft:
    """Return where each of the preset's columns may stand; what somebody said stands before what a header says."""
    by_header: dict[str, list[int]] = {}
    for at, header in enumerate(headers):
        if header and at not in said:
            by_header.setdefault(folded(header), []).append(at)
    for at, header in enumerate(bare_headers(headers)) if preset is OPPORTUNITIES else ():
        if header != headers[at] and at not in said:
            by_header.setdefault(folded(header), []).append(at)
    places: dict[str, tuple[int, ...]] = {}
    taken = set[int]()
    for meaning, spellings in preset.columns.items():
        named = [at for one in spellings for at in by_header.get(folded(one), ()) if at not in taken]
        fitting = list(dict.fromkeys(named))
        if fitting:
            places[meaning] = tuple(fitting)
            taken.update(fitting)
    if preset.kind is FileKind.DEALS and "value" not in places:
        priced = in_a_currency(preset, headers, taken | set(said))
        if priced is not None:
            places["value"] = (priced,)
    actual: dict[str, tuple[int, ...]] = {}
    also: tuple[int, ...] = ()
    if preset.kind is FileKind.DEALS:
        free = [at for at, header in enumerate(headers) if header and at not in taken | set(said)]
        actual = with_actuals(preset, headers, places, free, said)
        with_said(places, said)
        also = with_own_currency(headers, places, free, said)
    if preset.kind is FileKind.LEADS:
        places |= {meaning: (at,) for at, meaning in said.items() if meaning in LEAD_MEANINGS}
    left = frozenset(at for at, meaning in said.items() if meaning == NOTHING)
    return Draft(preset, headers, places, frozenset(said) - left, left, actual, also)


def bare_headers(headers: Sequence[str]) -> list[str]:
    """Return headers without the word for a deal that most of them begin with: "Deal - Titel", "Trato - Valor"."""
    begins = [header.partition(APART)[0] if APART in header else "" for header in headers]
    counts = Counter(begins)
    common = {one for one in counts if folded(one) in ABOUT_DEALS and counts[one] > len(headers) / 2}
    pairs = zip(headers, begins, strict=True)
    return [header.removeprefix(f"{begin}{APART}") if begin in common else header for header, begin in pairs]


def with_said(places: dict[str, tuple[int, ...]], said: Mapping[int, str]) -> None:
    """Put what somebody said in the places. A status beside one that stands for the stage makes that one the stage."""
    if "status" in said.values() and "status" in places:
        places.setdefault("stage", places["status"])
    for at, meaning in said.items():
        if meaning != NOTHING:
            places[meaning] = (at,)


def in_a_currency(preset: Preset, headers: Sequence[str], taken: set[int]) -> int | None:
    """Return where a value stands whose header names a currency or units, too: "Amount_USD", "Value (k€)"."""
    wanted = {folded(one) for one in preset.columns["value"]}
    for at, header in enumerate(headers):
        found = value_header(header)
        if at not in taken and found.says_more and found.word in wanted:
            return at
    return None


def share_found(one: Draft) -> float:
    required = one.preset.required
    return 1 - len(one.lacks) / len(required) + len(one.places) / 1000


def require_once(one: Draft) -> None:
    folds = [fold(header) for header in one.headers]
    for places in (*one.places.values(), *one.actual.values()):
        for at in places:
            if folds.count(folds[at]) > 1 and at not in one.given:
                raise Refusal(
                    f"The column “{shorten(one.headers[at])}” is there twice. Remove or rename one of them."
                )


def is_header(
    fields: Iterable[str], preset: Preset | None, given: Mapping[str, str], *, by_name: bool = False
) -> bool:
    """Say whether a line names the columns of a file that is understood, whole."""
    headers = tuple(tidy_cell(cell) for cell in fields)
    said = {at: given[one] for one in given for at, header in enumerate(headers) if fold(header) == fold(one)}
    drafts = [draft(preset, headers, said)] if preset else drafts_of(headers, said)
    return len(said) == len(given) and any(not replace(one, by_name=by_name).lacks for one in drafts)


def headings_in(fields: Iterable[str]) -> int:
    """Return how many cells of a line read as headings of deals."""
    known = {
        fold(one) for each in PRESETS.values() for spellings in each.columns.values() for one in spellings
    }
    return sum(folded(tidy_cell(cell)) in known for cell in fields if cell.strip())


def dates_in(one: Draft) -> dict[str, tuple[int, ...]]:
    """Return where dates may stand."""
    meanings = LEAD_DATES if one.preset.kind is FileKind.LEADS else DATE_COLUMNS
    return {meaning: one.places[meaning] for meaning in meanings if meaning in one.places}
