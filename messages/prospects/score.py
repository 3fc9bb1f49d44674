"""Scores in words: how good they are, why one is what it is, and what changed since last month (mechanism 37)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from messages.blocks import Block, Message, context, joined, message_of, section
from messages.formatting import Mrkdwn, words
from sales.language.figures import MONTHS, many
from sales.prospects.score.drift import LATELY, Drift
from sales.prospects.score.model import ScoreReason
from sales.prospects.score.news import ScoringNews
from sales.prospects.score.scoring import Scoring, ScoringState
from sales.prospects.source_yield import SourceYield

WHY = "score.why"  # of a lead, from its card
NOUN = "prospects/score"
SAYS: Mapping[ScoringState, str] = {
    ScoringState.TOO_FEW: "too_few",
    ScoringState.ONE_SIDED: "one_sided",
    ScoringState.NO_FACTS: "no_facts",
    ScoringState.NO_BETTER: "no_better",
    ScoringState.LEARNED: "learned",
}
BECAME: Mapping[ScoringState, str] = {
    ScoringState.TOO_FEW: "too few to learn from by now",
    ScoringState.ONE_SIDED: "too few of one sort by now",
    ScoringState.NO_FACTS: "nothing known in time differs any more",
    ScoringState.NO_BETTER: "no better than the base rate any more",
    ScoringState.LEARNED: "enough to learn from",
}


class ScoringPart(NamedTuple):
    """What outcomes of one sort teach, and what is another than in the month before; None where nothing is kept."""

    scoring: Scoring
    news: ScoringNews | None = None
    before_month: date | None = None


class JudgedCase(NamedTuple):
    """A lead or a deal as it is judged: the scoring, its chance and reasons; without a model what stands in its place.

    `fit` are both scores of the stated profile, None where it says nothing.
    """

    name: str
    scoring: Scoring
    chance: float | None = None
    reasons: Sequence[ScoreReason] = ()
    source: SourceYield | None = None
    fit: tuple[int | None, int | None] | None = None


def page(team: str, parts: Sequence[ScoringPart]) -> Message:
    """Show a manager how good a team's scores are, by what, what does not count, and what changed."""
    blocks: list[Block] = [section(words(NOUN, "title", team=team))]
    for part in parts:
        blocks += part_blocks(part)
    return message_of([*blocks, context(words(NOUN, "foot"))])


def part_blocks(part: ScoringPart) -> list[Block]:
    """Return what outcomes of one sort teach."""
    found = part.scoring
    said = [verdict(found)]
    if found.facts:
        said.append(words(NOUN, "fields", names=list(found.facts)))
    if found.drift is not None and found.trial is not None:
        said.append(drifted(found.drift))
    blocks = [section(joined(said))]
    if found.trial is not None:
        lines = [words(NOUN, "bin", one=one) for one in found.trial.bins]
        blocks.append(section(joined([words(NOUN, "bins"), *lines])))
    if found.model is not None:
        strongest = found.model.strongest
        blocks.append(section(words(NOUN, "strongest", reasons=strongest)))
    if found.left_out:
        lines = [words(NOUN, "left_out_line", why=one.why) for one in found.left_out]
        blocks.append(section(joined([words(NOUN, "left_out"), *lines])))
    if part.news is not None and part.before_month is not None:
        blocks.append(section(joined(changed(part.news, part.before_month))))
    return blocks


def verdict(found: Scoring) -> Mrkdwn:
    """Return what may be said of scores, in a sentence or two."""
    return words(NOUN, SAYS[found.state], s=found, of=many(found.basis.value))


def drifted(found: Drift) -> Mrkdwn:
    """Return how what was decided lately came out."""
    return words(NOUN, "drifted" if found.is_off else "holds", d=found, today=found.since + LATELY)


def changed(news: ScoringNews, before_month: date) -> list[Mrkdwn]:
    """Return what is another than a month before, the count first."""
    turned = news.before.state is not news.now.state
    now = BECAME[news.now.state] if turned else ""
    lines = [words(NOUN, "since", month=MONTHS[before_month.month - 1], n=news, now=now)]
    if news.taken_in:
        lines.append(words(NOUN, "taken_in", names=list(news.taken_in)))
    if news.dropped:
        lines.append(words(NOUN, "dropped", names=list(news.dropped)))
    return [*lines, *(words(NOUN, "moved", one=one) for one in news.moved)]


def why(judged: Sequence[JudgedCase]) -> Message:
    """Show why leads or deals have the scores they have."""
    return message_of([block for one in judged for block in why_blocks(one)])


def why_blocks(one: JudgedCase) -> list[Block]:
    """Return why one has the score it has, or what stands in its place."""
    if one.chance is None:
        return unscored(one)
    lines = [words(NOUN, "scored", name=one.name, chance=one.chance, of=many(one.scoring.basis.value))]
    lines += [words(NOUN, "speaks", way=way, reasons=some) for way, some in ways(one.reasons) if some]
    average = one.scoring.average or 0.0
    lines.append(words(NOUN, "beside" if one.reasons else "nothing_stands_out", average=average))
    said = [verdict(one.scoring)]
    if one.scoring.drift is not None and one.scoring.drift.is_off:
        said.append(drifted(one.scoring.drift))
    return [section(joined(lines)), context(*said)]


def unscored(one: JudgedCase) -> list[Block]:
    """Return what stands in the place of a score: the stated profile and the shrunk rate of its source."""
    lines = [words(NOUN, "unscored", name=one.name)]
    if one.fit is not None:
        lines.append(words(NOUN, "by_profile", size=one.fit[0], attitude=one.fit[1]))
    if one.source is not None:
        lines.append(words(NOUN, "source_rate", name=one.source.name, one=one.source))
    return [section(joined(lines)), context(verdict(one.scoring))]


def ways(reasons: Sequence[ScoreReason]) -> list[tuple[str, list[ScoreReason]]]:
    """Return what speaks for something, and what against it."""
    return [
        ("for", [one for one in reasons if one.weight > 0]),
        ("against", [one for one in reasons if one.weight < 0]),
    ]


def on_card(chance: float, reasons: Sequence[ScoreReason]) -> list[Block]:
    """Return a score with its reasons in a small line."""
    return [context(words(NOUN, "on_card", chance=chance, reasons=list(reasons)))]


def reviewed(team: str, found: Scoring, news: ScoringNews | None, before_month: date | None) -> Mrkdwn:
    """Return what a month changed of a team's scores, in a line for whoever looks back on it."""
    said = [drifted(found.drift)] if found.drift is not None and found.drift.is_off else []
    if news is not None and before_month is not None:
        said += changed(news, before_month)
    return words(NOUN, "reviewed", team=team, line=joined(said, " "))
