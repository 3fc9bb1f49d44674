"""Heading words: words in the name of a column that say what it may be, in the languages people keep lists in."""

import re
from collections.abc import Mapping

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
        "name title subject titel betreff bezeichnung titre nom titulo nombre nome naam nazwa nazev naziv название "
        "тема thema vorgang angebot projekt projet proyecto progetto projeto project asunto oggetto objet intitule "
        "onderwerp predmet temat"
    ),
    "owner": _set(
        "owner rep salesperson seller agent assigned responsible assignee user besitzer inhaber eigentumer "
        "verantwortlicher verantwortlich zustandig propietario responsable vendedor proprietaire vendeur commercial "
        "comercial responsavel proprietario responsabile "
        "titolare betreuer eigenaar wlasciciel właściciel opiekun vlastnik lastnik "
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
NUMBERS = _set("id ids key nr no num number ref reference code lead contact")  # of a deal, as well as may be
SPANS = _set("fiscal period created modified updated date amount value betrag wert")
OF_OTHERS = _set(
    "account company customer client kunde person owner user rep sales product produkt campaign source pipeline stage "
    "file team first last organization organisation firma cliente empresa job type typ tipo manager leiter number "
    "nummer nr no status"
)  # whose names are no deal's
_WORD = re.compile(r"[^\W\d_]+")
_PARTS = re.compile(r"(?<=[a-z])(?=[A-Z])")


def resembles(header: str, meaning: str) -> bool:
    """Say whether a word of a header is a word for this meaning."""
    words = words_in(header)
    if meaning == "name":
        return bool(words & WORDS[meaning]) and not words & (SKIPPED | OF_OTHERS)
    return bool(words & WORDS[meaning]) and not words & SKIPPED


def tells_no_deal(header: str) -> bool:
    """Say whether a heading is that of a figure about a deal: a share, a count or a span of time."""
    words = words_in(header)
    return bool(words & ((SKIPPED | COUNTED | SPANS) - NUMBERS)) and not words & NUMBERS


def words_in(header: str) -> set[str]:
    """Return the words of a header, for comparison."""
    return {unaccented(word) for word in _WORD.findall(_PARTS.sub(" ", header).replace("_", " "))}
