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
        "importe valor monto ingresos montant valeur prix chiffre importo valore ricavo bedrag waarde kwota wartosc "
        "wartość castka hodnota cena znesek vrednost сумма стоимость бюджет quote bid budget auftragswert "
        "auftragssumme angebotssumme"
    ),
    "closed": _set(
        "close closed closing closedate won lost abschluss abschlussdatum schlussdatum schlusstermin cierre cloture "
        "fermeture signature signed fechamento chiusura sluitingsdatum afsluitdatum zamknięcia zamkniecia uzavreni "
        "zakljucka zakljucek закрытия"
    ),
    "opened": _set(
        "open opened create created creation createdate start started erstellt erstellungsdatum angelegt creacion "
        "creado creee cree criacao criado creazione creato aanmaakdatum utworzenia vytvoreni nastanka создания"
    ),
    "expected": _set(
        "expected est estimated forecast erwartet erwartetes voraussichtlich geplant geplanter geplantes previsto "
        "prevue estime prevista previsao verwachte planowana ocekavane predviden predvideni предполагаемая"
    ),
    "name": _set(
        "name title subject titel betreff bezeichnung titre nom titulo nombre nome naam nazwa nazev naziv название тема"
    ),
    "owner": _set(
        "owner rep salesperson seller agent assigned responsible assignee user besitzer inhaber eigentumer "
        "verantwortlicher verantwortlich zustandig propietario responsable vendedor proprietaire vendeur commercial "
        "comercial responsavel proprietario responsabile eigenaar wlasciciel właściciel opiekun vlastnik lastnik "
        "skrbnik ответственный"
    ),
    "stage": _set(
        "stage status phase step etapa fase etape statut estado outcome result ergebnis resultado resultat state "
        "verkaufsphase dealfase etap faze faza stav stato стадия этап"
    ),
}
SKIPPED = _set("id ids key email phone probability percent age count number lead contact")
COUNTED = _set(
    "year years jahr day days tage duration zip postal postcode plz employees quantity qty units seats users score "
    "rank row nr no num ref reference code version position priority weighted prob wahrscheinlichkeit probabilite "
    "probabilidad probabilita telephone mobile fax vat tax discount quarter month week hours calls emails meetings"
)
OF_OTHERS = _set(
    "account company customer client kunde person owner user rep sales product produkt campaign source pipeline stage "
    "file team first last organization organisation firma cliente empresa job"
)  # whose names are no deal's
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


def resembles(header: str, meaning: str) -> bool:
    """Say whether a word of a header is a word for this meaning."""
    words = words_in(header)
    if meaning == "name":
        return bool(words & WORDS[meaning]) and not words & (SKIPPED | OF_OTHERS)
    return bool(words & WORDS[meaning]) and not words & SKIPPED


def words_in(header: str) -> set[str]:
    """Return the words of a header, for comparison."""
    return {unaccented(word) for word in _WORD.findall(_PARTS.sub(" ", header).replace("_", " "))}


def may_be_money(header: str, contents: Contents) -> bool:
    """Say whether a column of figures that no word tells of could be the money: no share, year or count."""
    return contents.large > 0 and not words_in(header) & (SKIPPED | COUNTED)


def may_matter(draft: Draft) -> Sequence[int]:
    """Return the positions whose cells are worth a look: those that no meaning has, where one is lacking."""
    return draft.unused if any(lacking(draft, meaning) for meaning in WORDS) else ()
