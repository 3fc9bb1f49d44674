"""Asking: what is not sure of a file as questions with their answers to choose from, for a menu each."""

from collections.abc import Iterable, Mapping

from sales.imports.files.answers import STAGE
from sales.imports.files.drop import FileQuestion, Offered
from sales.language.names.match import fold
from sales.pipeline.opportunity import Stage

LEFT_OUT = "-"  # of a stage: its rows are not taken
MOST_ASKED = 40  # words for stages; a file with more of them has something else there
STAGES = [
    Offered(value=Stage.OPEN.value, label="open"),
    Offered(value=Stage.SUSPECT.value, label="suspect, not counted yet"),
    Offered(value=Stage.WON.value, label="won"),
    Offered(value=Stage.LOST.value, label="lost"),
    Offered(value=Stage.PARKED.value, label="parked"),
    Offered(value=LEFT_OUT, label="leave these rows out"),
]


def stage_questions(words: Mapping[str, int], settled: Iterable[str]) -> list[FileQuestion]:
    """Ask what each word for a stage means that nobody knows, the most frequent first; those settled are not asked."""
    known = {fold(one) for one in settled}
    asked = sorted((one for one in words.items() if fold(one[0]) not in known), key=lambda one: -one[1])
    return [
        FileQuestion(kind=STAGE, about=word, offered=STAGES, count=count)
        for word, count in asked[:MOST_ASKED]
    ]
