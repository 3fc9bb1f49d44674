"""Stage words: what the stages of common CRM systems are called, and what each is here.

A word that one kind of file knows is known in all of them. Words that mean different things to different teams
("Closed", "Abandoned", "Inactive") are in no list: they are asked about.
"""

from collections.abc import Mapping

from sales.language.names.match import fold
from sales.pipeline.opportunity import Stage

_WORDS: Mapping[Stage, tuple[str, ...]] = {
    Stage.SUSPECT: ("suspect", "prospect", "prospecting"),
    Stage.OPEN: (
        "open", "active", "in progress", "ongoing", "pending", "engaging", "qualified", "qualification", "discovery",
        "needs analysis", "value proposition", "id decision makers", "identify decision makers",
        "perception analysis", "proposal", "proposal made", "proposal sent", "proposal price quote", "quote sent",
        "negotiation", "negotiations", "negotiation review", "negotiations started", "contact made", "demo scheduled",
        "appointment scheduled", "qualified to buy", "presentation scheduled", "decision maker bought in",
        "contract sent", "needs defined",
        # German, Spanish and French
        "offen", "in bearbeitung", "qualifizierung", "bedarfsanalyse", "angebot", "verhandlung", "vertrag gesendet",
        "verhandlung überprüfung",
        "abierto", "abierta", "en curso", "calificación", "propuesta", "negociación", "contrato enviado",
        "ouvert", "ouverte", "en cours", "proposition", "négociation", "contrat envoyé",
    ),
    Stage.WON: (
        "won", "closed won", "deal won", "won deal",
        "gewonnen", "abgeschlossen gewonnen", "abgeschlossen und gewonnen", "geschlossen gewonnen",
        "ganado", "ganada", "cerrado ganado", "cerrada ganada", "cierre ganado",
        "gagné", "gagnée", "fermé gagné", "fermée gagnée", "conclu gagné",
    ),
    Stage.LOST: (
        "lost", "closed lost", "deal lost", "lost deal", "closed lost to competition",
        "verloren", "abgeschlossen verloren", "abgeschlossen und verloren", "geschlossen verloren",
        "perdido", "perdida", "cerrado perdido", "cerrada perdida", "cierre perdido",
        "perdu", "perdue", "fermé perdu", "fermée perdue", "conclu perdu",
    ),
    Stage.PARKED: ("parked", "on hold", "pausiert", "en espera", "en attente"),
}  # fmt: skip
STAGE_WORDS: Mapping[str, Stage] = {fold(word): stage for stage, words in _WORDS.items() for word in words}
