"""Stages in files: what one row says its deal is, from a stage, from a status, or from both."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from sales.imports.files.blanks import is_blank
from sales.imports.files.endings import ending_of, says_yes
from sales.imports.files.header import Layout
from sales.imports.files.stage_words import StageWords
from sales.imports.files.survey import Survey
from sales.language.names.match import fold, folded
from sales.language.spelling import closest
from sales.language.typed_text import shorten
from sales.pipeline.gate import Gate
from sales.pipeline.opportunity import CLOSED, Stage

UNKNOWN_STAGE = "unknown stage"


class StageSaid(NamedTuple):
    """What a row says of its deal's stage: what it is and is called, or the reason why that cannot be told."""

    stage: Stage | None
    label: str = ""
    reason: str = ""


class StageReader:
    """Reads the stages of one file. `given` is what somebody said of its words, `gate_of` an owner's entry gate.

    Won and lost are believed of the column that says them (`ends_at`); how far an open deal is stands in the other.
    """

    def __init__(
        self, layout: Layout, survey: Survey, given: Mapping[str, Stage], gate_of: Callable[[str], Gate]
    ) -> None:
        self.layout = layout
        self.given = {fold(word): stage for word, stage in given.items()}
        self.words = StageWords({**layout.preset.stages, **self.given}, survey.pipelines)
        self.gate_of = gate_of
        self.flag = self.flag_of(survey)
        self.ends_at = self.column_of_ends(survey)

    def flag_of(self, survey: Survey) -> Stage | None:
        """Return what a status column of yes and no says yes to: "Won?" to won; None where it is none."""
        if "status" not in self.layout.at or any(word in self.given for word in ("yes", "true")):
            return None
        ending = ending_of(self.layout.header("status"))
        words = [one for one in survey.words.get("status", ()) if not is_blank(one.strip())]
        return ending if words and all(says_yes(one) is not None for one in words) else None

    def column_of_ends(self, survey: Survey) -> str:
        """Return which of two columns of stages says won and lost."""
        if "status" not in self.layout.at:
            return "stage"
        if self.flag is not None:
            return "status"
        known = {
            column: {self.words.known(word) for word in survey.words.get(column, ())} - {None}
            for column in ("stage", "status")
        }
        ends = {column: bool(found & CLOSED) for column, found in known.items()}
        return "status" if ends["status"] or (known["status"] and not ends["stage"]) else "stage"

    def read(self, text: Mapping[str, str]) -> StageSaid:
        """Return what a row says of its stage.

        Which stages are not past the gate the owner's team says, unless whoever imports says otherwise.
        """
        step, status = text["stage"], text.get("status", "")
        if self.layout.preset.own and "status" in self.layout.at:
            stage = self.words.known(status)
            return StageSaid(stage, step, "" if stage else self.unknown(status))
        said = self.flagged(step, status) if self.flag is not None else self.told(step, status)
        if said.reason or said.stage in CLOSED:
            return said
        names = [one for word in (said.label, status) for one in self.words.names(word) if one]
        stage = said.stage
        if not (self.given and any(folded(one) in self.given for one in names)):
            stage = self.gate_of(text.get("owner", "")).stage_of(names, stage)
        if stage is None:
            return StageSaid(None, said.label, self.unknown(said.label))
        return StageSaid(stage, said.label)

    def told(self, step: str, status: str) -> StageSaid:
        """Put together what a stage and a status say, each in words."""
        believed = (status or step) if self.ends_at == "status" else step
        stage = self.words.known(believed)
        if not believed or not status or not step or stage is None:
            return StageSaid(stage, believed)
        other = self.words.known(step if self.ends_at == "status" else status)
        if other in CLOSED and other is not stage:
            return StageSaid(None, believed, self.contradiction(step, status))
        if stage in CLOSED:
            return StageSaid(stage, step if self.words.known(step) is stage else status)
        if Stage.PARKED in (stage, other):
            return StageSaid(Stage.PARKED, step if self.words.known(step) is Stage.PARKED else status)
        return StageSaid(self.words.known(step) or stage, step)

    def flagged(self, step: str, status: str) -> StageSaid:
        """Put together what a stage says in words and a status by yes and no."""
        stage, yes = self.words.known(step), says_yes(status)
        if (yes and stage in CLOSED - {self.flag}) or (yes is False and stage is self.flag):
            return StageSaid(None, step, self.contradiction(step, status))
        return StageSaid(self.flag if yes else stage, step)

    def contradiction(self, step: str, status: str) -> str:
        """Say that two columns tell two things of one deal."""
        stage, other = self.layout.header("stage"), self.layout.header("status")
        return (
            f"{shorten(stage)} says “{shorten(step)}” and {shorten(other)} “{shorten(status)}”; put one of them right, "
            f'or leave one aside (--column "{other}=nothing")'
        )

    def unknown(self, said: str) -> str:
        """Say that nobody has said what a word stands for."""
        if not said:
            return f"has no {self.layout.header(self.ends_at)}"
        near = closest(said, self.words.stages)
        return f"{UNKNOWN_STAGE} “{shorten(said)}”" + (f"; did you mean “{near}”?" if near else "")
