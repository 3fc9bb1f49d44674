"""Actuals: columns that say what came of a deal beside those that say what is expected of it.

A won deal is worth its actual revenue and not what was estimated; a closed one closed on its actual close date. So
where a file has both, the actual one is read of deals that ended, the other of those that are open.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from sales.imports.files.endings import LOST, WON, ending_of, words_of
from sales.imports.files.preset import Preset
from sales.language.names.match import fold
from sales.pipeline.opportunity import CLOSED, Stage

DAY_WORDS = frozenset(
    {"date", "on", "at", "time", "day", "am", "fecha", "datum", "le", "el", "il", "op", "em"}
)
BESIDE_DAYS = frozenset(
    {
        "the",
        "closed",
        "close",
        "deal",
        "trato",
        "affaire",
        "trattativa",
        "negocio",
        "oportunidad",
        "opportunity",
    }
)
ACTUAL_CLOSES = frozenset(
    map(fold, ("actual close date", "actual close", "actual closing date", "actual closed date", "actual end date",
               "date actually closed", "real close date", "tatsächliches abschlussdatum", "fecha de cierre real",
               "date de clôture réelle", "tats abschlussdatum", "tatsächlicher abschluss",
               "fecha real de cierre", "data di chiusura effettiva", "data effettiva di chiusura",
               "data de fechamento real", "werkelijke sluitingsdatum"))
)  # fmt: skip
# Beside another close date, these are of deals that have closed.
CLOSED_ON = frozenset(map(fold, ("closed", "closed on", "closed at", "closed date", "date closed")))
ACTUAL_VALUES = frozenset(
    map(fold, ("actual revenue", "actual value", "actual amount", "won amount", "won value", "amount won",
               "tatsächlicher umsatz", "ingresos reales", "tats umsatz", "ist-umsatz", "revenu réel",
               "chiffre d'affaires réel", "ricavi effettivi", "receita real", "werkelijke omzet"))
)  # fmt: skip
# What an amount is also given in; never read in its place without a word.
ALSO_IN = ("converted", "companycurrency", "umgerechnet")
OF_THE_CONVERTED = ("convertedcurrency", "umgerechnetwährung", "umgerechnetwahrung")  # which currency that is


@lru_cache(maxsize=8192)  # every kind of file is tried on the same names
def is_actual(meaning: str, header: str) -> bool:
    """Say whether a header speaks of what came of a deal: "Actual Revenue", "Won date"."""
    if meaning == "value":
        return fold(header) in ACTUAL_VALUES
    return fold(header) in ACTUAL_CLOSES or is_ending_day(header)


def is_ending_day(header: str) -> bool:
    """Say whether a header is that of the day on which deals were won, or lost."""
    words = words_of(header)
    is_day = bool(words & DAY_WORDS) and words <= DAY_WORDS | BESIDE_DAYS | WON | LOST
    return is_day and ending_of(header) is not None


def actual_places(
    meaning: str, headers: Sequence[str], places: Sequence[int], free: Iterable[int], *, joined: bool
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return where a column stands by itself, and where its actual value does.

    `places` are those its header names, `free` those nobody has named; all of a `joined` column are actual ones.
    """
    if joined:
        return tuple(places), tuple(places)
    if meaning == "value" and not places:
        return (), ()  # money is asked about
    found = [at for at in (*places, *free) if is_actual(meaning, headers[at])]
    plain = [at for at in places if at not in found]
    if meaning == "closed" and len(plain) > 1:
        later = [at for at in plain if fold(headers[at]) in CLOSED_ON]
        if len(later) < len(plain):
            found, plain = [*found, *later], [at for at in plain if at not in later]
    if meaning == "value" and not plain:
        return tuple(places), ()
    return tuple(plain or found), tuple(found)


def counts_for(header: str, stage: Stage) -> bool:
    """Say whether a column that may be of one ending counts for deals of this stage."""
    return stage in CLOSED and ending_of(header) in (None, stage)


def is_said_also(header: str, value: str) -> bool:
    """Say whether a header is that of an amount in another currency: "Amount (converted)" beside "Amount"."""
    return fold(header).startswith(fold(value)) and is_converted(header) and not is_converted(value)


def is_converted(header: str) -> bool:
    """Say whether amounts under a header are in another currency than the deal's own."""
    name = fold(header)
    return any(one in name for one in ALSO_IN) and not name.endswith(OF_THE_CONVERTED)


def with_actuals(
    preset: Preset,
    headers: Sequence[str],
    places: dict[str, tuple[int, ...]],
    free: Sequence[int],
    said: Mapping[int, str],
) -> dict[str, tuple[int, ...]]:
    """Return where it stands what came of deals, apart from where it stands what is expected of them."""
    found = {}
    for meaning in ("closed", "value"):
        if meaning in said.values():
            continue
        plain, actual = actual_places(
            meaning,
            headers,
            places.get(meaning, ()),
            free,
            joined=meaning in preset.joined and meaning in places,
        )
        if plain:
            places[meaning] = plain
        if actual:
            found[meaning] = actual
    return found


def with_own_currency(
    headers: Sequence[str], places: dict[str, tuple[int, ...]], free: Sequence[int], said: Mapping[int, str]
) -> tuple[int, ...]:
    """Return where the value is given in another currency too; one that is such has a currency of its own or none."""
    if "value" not in places:
        return ()
    value = headers[places["value"][0]]
    if is_converted(value) and "currency" not in said.values():
        own = [at for at, header in enumerate(headers) if fold(header) == fold(f"{value} currency")]
        places.pop("currency", None)
        if own:
            places["currency"] = (own[0],)
    return tuple(at for at in free if at not in said and is_said_also(headers[at], value))
