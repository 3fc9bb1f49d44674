"""Lead states in files: what common systems call a lead that is new, taken up, sent back or made a deal (35, 38).

"Won" and "lost" tell of the deal a lead became: one that was won qualified, and one that was lost came to nothing.
"""

from collections.abc import Mapping
from typing import NamedTuple

from sales.language.names.match import fold, folded
from sales.language.spelling import closest
from sales.language.typed_text import shorten
from sales.prospects.lead import LeadState, RejectCause, cause_said

UNKNOWN_STATE = "unknown status"

_WORDS: Mapping[LeadState, tuple[str, ...]] = {
    LeadState.NEW: (
        "new", "open", "open not contacted", "not contacted", "uncontacted", "not attempted", "not yet contacted",
        "unassigned", "assigned", "unread", "untouched", "lead", "subscriber", "mql", "marketing qualified lead",
        "marketing qualified", "to do", "neu", "offen", "nicht kontaktiert", "nuevo", "abierto", "sin contactar",
        "nouveau", "ouvert", "non contacté", "nuovo", "aperto", "novo", "aberto", "nieuw", "nowy", "otwarty", "nový",
        "otevřený", "nov", "odprt", "новый",
    ),
    LeadState.ACCEPTED: (
        "accepted", "working", "working contacted", "contacted", "attempted to contact", "attempted", "in progress",
        "connected", "nurturing", "nurture", "pre qualified", "sal", "sales accepted", "sales accepted lead", "active",
        "contact in future", "engaged", "akzeptiert", "angenommen", "kontaktiert", "in bearbeitung", "aceptado",
        "contactado", "en curso", "accepté", "contacté", "en cours", "accettato", "contattato", "aceito",
        "geaccepteerd", "zaakceptowany", "přijatý", "sprejet", "принят", "в работе",
    ),
    LeadState.REJECTED: (
        "rejected", "unqualified", "not qualified", "disqualified", "closed not converted", "not converted", "junk",
        "junk lead", "lost", "lost lead", "closed lost", "bad timing", "bad fit", "no fit", "spam", "duplicate",
        "recycled", "returned", "cannot contact", "unreachable", "no longer interested", "not interested", "canceled",
        "cancelled", "dead", "abgelehnt", "nicht qualifiziert", "verloren", "rechazado", "no calificado", "perdido",
        "rejeté", "non qualifié", "perdu", "rifiutato", "perso", "rejeitado", "afgewezen", "odrzucony", "zamítnutý",
        "zavrnjen", "отклонен",
    ),
    LeadState.QUALIFIED: (
        "qualified", "converted", "closed converted", "sql", "sales qualified", "sales qualified lead", "open deal",
        "opportunity", "won", "closed won", "customer", "qualifiziert", "konvertiert", "gewonnen", "calificado",
        "convertido", "ganado", "qualifié", "converti", "gagné", "qualificato", "convertito", "vinto", "qualificado",
        "gekwalificeerd", "zakwalifikowany", "kvalifikovaný", "kvalificiran", "dobljen", "квалифицирован",
    ),
}  # fmt: skip
STATE_WORDS: Mapping[str, LeadState] = {
    fold(word): state for state, words in _WORDS.items() for word in words
}
# That a lead was sent back, and nothing of why.
NO_REASON = frozenset(
    fold(one)
    for one in (
        "rejected", "unqualified", "not qualified", "disqualified", "closed not converted", "not converted", "lost",
        "lost lead", "closed lost", "dead", "abgelehnt", "nicht qualifiziert", "verloren", "rechazado",
        "no calificado", "perdido", "rejeté", "non qualifié", "perdu", "rifiutato", "perso", "rejeitado",
        "afgewezen", "odrzucony", "zamítnutý", "zavrnjen", "отклонен", "recycled", "returned", "canceled", "cancelled",
    )
)  # fmt: skip


class StateSaid(NamedTuple):
    """What a row says became of its lead, or why that cannot be told."""

    state: LeadState | None
    reason: str = ""


class LeadStates:
    """Reads what files call the states of leads; `given` is what somebody said of their words."""

    def __init__(self, given: Mapping[str, LeadState]) -> None:
        self.words = {**STATE_WORDS, **{fold(word): state for word, state in given.items()}}

    def read(self, said: str) -> StateSaid:
        """Return the state of a word; one that nobody said anything of is new."""
        if not said:
            return StateSaid(LeadState.NEW)
        state = self.words.get(folded(said))
        if state is not None:
            return StateSaid(state)
        near = closest(said, [word for words in _WORDS.values() for word in words])
        return StateSaid(
            None, f"{UNKNOWN_STATE} “{shorten(said)}”" + (f"; did you mean “{near}”?" if near else "")
        )


def why_rejected(words: str, status: str) -> tuple[RejectCause, str]:
    """Return why a lead was sent back, as marketing counts it and in words: the file's own, else its state's."""
    said = words or ("" if folded(status) in NO_REASON else status)
    return cause_said(said) if said else RejectCause.OTHER, said
