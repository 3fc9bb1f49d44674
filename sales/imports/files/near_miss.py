"""Near misses: columns that no preset knows and that may be the money, a date, the stage or the owner all the same.

A header is one if a word of it is a word for that meaning, and its cells are of that kind. It is asked about: a
column left out in silence brings deals in at nothing.
"""

import re
from collections.abc import Mapping, Sequence

from sales.imports.files.contents import Contents
from sales.imports.files.header import Draft
from sales.imports.files.questions import ColumnQuestion
from sales.language.names.match import unaccented


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


WORDS: Mapping[str, frozenset[str]] = {
    "value": _set(
        "amount amt value val revenue price total sum worth fee size acv arr tcv mrr betrag wert umsatz summe preis "
        "importe valor monto ingresos montant valeur prix chiffre"
    ),
    "closed": _set(
        "close closed closing closedate won lost abschluss abschlussdatum schlussdatum schlusstermin cierre cloture "
        "fermeture signature signed"
    ),
    "opened": _set(
        "open opened create created creation createdate start started erstellt erstellungsdatum angelegt creacion "
        "creado creee cree"
    ),
    "expected": _set("expected est estimated forecast erwartet voraussichtlich previsto prevue estime"),
    "owner": _set(
        "owner rep salesperson seller agent assigned responsible assignee user besitzer inhaber eigentumer "
        "verantwortlicher propietario responsable vendedor proprietaire vendeur"
    ),
    "stage": _set(
        "stage status phase step etapa fase etape statut estado outcome result ergebnis resultado resultat"
    ),
}
SKIPPED = _set("id ids key email phone probability percent age count number lead contact")
_WORD = re.compile(r"[^\W\d_]+")
_PARTS = re.compile(r"(?<=[a-z])(?=[A-Z])")


def near_misses(draft: Draft, contents: Mapping[int, Contents]) -> list[ColumnQuestion]:
    """Return the columns that may be what the file lacks, each with its likeliest meaning."""
    found = []
    for meaning in WORDS:
        if not lacking(draft, meaning):
            continue
        fitting = [at for at in draft.unused if at in contents and contents[at].fits(meaning)]
        alike = [at for at in fitting if resembles(draft.headers[at], meaning)]
        if not alike and meaning == "value" and "value" in draft.preset.required:
            alike = fitting
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
    return meaning not in draft.places


def resembles(header: str, meaning: str) -> bool:
    """Say whether a word of a header is a word for this meaning."""
    words = {unaccented(word) for word in _WORD.findall(_PARTS.sub(" ", header).replace("_", " "))}
    return bool(words & WORDS[meaning]) and not words & SKIPPED


def may_matter(draft: Draft) -> Sequence[int]:
    """Return the positions whose cells are worth a look: those that no meaning has, where one is lacking."""
    return draft.unused if any(lacking(draft, meaning) for meaning in WORDS) else ()
