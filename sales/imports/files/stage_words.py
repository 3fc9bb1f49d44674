"""Stage words: what the stages of common CRM systems are called, and what each is here.

A word that one kind of file knows is known in all of them. Words that mean different things to different teams
("Closed", "Abandoned", "Inactive") are in no list: they are asked about.
"""

import re
from collections.abc import Iterable, Mapping

from sales.language.names.match import fold, folded
from sales.pipeline.opportunity import Stage

PIPELINES = (
    "pipeline",
    "embudo",
    "funnel",
    "canalización",
)  # words by which a bracket says that it is a pipeline's name

PIPELINE_HEADERS = frozenset(map(fold, ("Pipeline", "Pipeline Name", "Deal Pipeline", "Deal - Pipeline")))

# "5. Negotiation", "05 - Closed Won", "3) Proposal", "S2: Discovery"
_NUMBERED = re.compile(r"(?:stage\s+|s)?\d{1,2}\s*(?:[.):/_–—-]\s*|\s)\s*(\D.*)", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"(.*\S)\s*\(([^()]+)\)\s*")

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
        # Portuguese, Italian, Dutch, Polish, Czech, Slovene and Russian
        "aberto", "aberta", "em andamento", "em aberto", "proposta", "proposta enviada", "negociação", "qualificação",
        "aperto", "aperta", "in corso", "negoziazione", "qualificazione", "proposta inviata", "contratto inviato",
        "lopend", "offerte", "voorstel", "onderhandeling", "kwalificatie", "contract verzonden",
        "otwarta", "otwarte", "w toku", "oferta", "negocjacje", "kwalifikacja",
        "otevřeno", "otevřený", "nabídka", "vyjednávání", "kvalifikace",
        "odprto", "odprta", "v teku", "ponudba", "pogajanja", "kvalifikacija",
        "открыта", "в работе", "переговоры", "коммерческое предложение",
    ),
    Stage.WON: (
        "won", "closed won", "deal won", "won deal",
        "gewonnen", "abgeschlossen gewonnen", "abgeschlossen und gewonnen", "geschlossen gewonnen",
        "ganado", "ganada", "cerrado ganado", "cerrada ganada", "cierre ganado",
        "ganho", "ganha", "fechado ganho", "fechada ganha", "fechado e ganho", "negócio ganho",
        "vinto", "vinta", "chiuso vinto", "chiusa vinta", "gesloten gewonnen", "afgesloten gewonnen",
        "wygrana", "wygrany", "wygrane", "zamknięte wygrane", "vyhráno", "vyhraný", "uzavřeno vyhráno",
        "dobljeno", "dobljen", "zaprto dobljeno", "выиграна", "выиграно", "сделка успешна", "успешно реализовано",
        "gagné", "gagnée", "fermé gagné", "fermée gagnée", "conclu gagné",
    ),
    Stage.LOST: (
        "lost", "closed lost", "deal lost", "lost deal", "closed lost to competition",
        "verloren", "abgeschlossen verloren", "abgeschlossen und verloren", "geschlossen verloren",
        "perdido", "perdida", "cerrado perdido", "cerrada perdida", "cierre perdido",
        "fechado perdido", "fechada perdida", "fechado e perdido", "negócio perdido",
        "perso", "persa", "chiuso perso", "chiusa persa", "gesloten verloren", "afgesloten verloren",
        "przegrana", "przegrany", "przegrane", "zamknięte przegrane", "prohráno", "prohraný", "uzavřeno prohráno",
        "izgubljeno", "izgubljen", "zaprto izgubljeno", "проиграна", "проиграно", "сделка провалена",
        "закрыто и не реализовано",
        "perdu", "perdue", "fermé perdu", "fermée perdue", "conclu perdu",
    ),
    Stage.PARKED: ("parked", "on hold", "pausiert", "en espera", "en attente"),
}  # fmt: skip
STAGE_WORDS: Mapping[str, Stage] = {fold(word): stage for stage, words in _WORDS.items() for word in words}


class StageWords:
    """What the words of one file's stages mean: `stages` on top of what is known of all files.

    `pipelines` are the names of pipelines in the file, which HubSpot writes behind a stage in brackets. Any other
    bracket may be what the stage is about, as in "Won (pending)", and is part of the word.
    """

    def __init__(self, stages: Mapping[str, Stage], pipelines: Iterable[str] = ()) -> None:
        self.stages = {**STAGE_WORDS, **stages}
        self.pipelines = frozenset(map(fold, pipelines)) - {""}
        self.met: dict[str, Stage | None] = {}

    def known(self, said: str) -> Stage | None:
        """Return the stage that a word stands for, None where nobody has said."""
        if said not in self.met:
            found = (self.stages.get(folded(one)) for one in self.names(said) if one)
            self.met[said] = next((one for one in found if one is not None), None)
        return self.met[said]

    def names(self, said: str) -> tuple[str, ...]:
        """Return what a stage may go by: as it stands, without a pipeline's name, and without its number in the row."""
        bracket = _IN_BRACKETS.fullmatch(said)
        found = [said] if bracket is None or not self.is_pipeline(bracket[2]) else [said, bracket[1]]
        numbered = [match[1] for one in found if (match := _NUMBERED.fullmatch(one)) is not None]
        return (*found, *numbered)

    def is_pipeline(self, name: str) -> bool:
        """Say whether a name is that of a pipeline: by its words, or because the file has it in a column of them."""
        key = folded(name)
        return key in self.pipelines or any(fold(one) in key for one in PIPELINES)
