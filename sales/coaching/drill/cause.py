"""Causes: which cards a rep's own work asks for: what they lost on, where they lose, and a red light (73)."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sales.coaching.diagnosis.light import Light, LightName
from sales.coaching.drill.card import Deck
from sales.coaching.drill.focus import Focus
from sales.language.figures import number
from sales.pipeline.deal_history import DealChange, DealField
from sales.pipeline.debrief import Cause
from sales.pipeline.opportunity import Opportunity, Stage

HEARD = 2  # losses by one cause from which it is more than a single customer's word
AT_STAGE = 3  # losses from one part of the way on; fewer say nothing of it

# What a situation says that is about a cause.
ABOUT: Mapping[Cause, re.Pattern[str]] = {
    Cause.PRICE: re.compile(
        r"\bpric\w+|\bexpensive|\bcheap\w*|\bcosts?\b|\bdiscount|\bpercent off|\bbudget", re.I
    ),
    Cause.COMPETITOR: re.compile(
        r"\bcompetit\w+|\bsuppliers?\b|\bvendors?\b|\bincumbent|\bthe others\b", re.I
    ),
    Cause.TIMING: re.compile(
        r"\btiming\b|\bnot (?:now|yet)\b|\bnext (?:year|quarter|month)|\bpostpon\w+|\bno time\b|"
        r"\btoo (?:early|late|soon)\b",
        re.I,
    ),
    Cause.NO_DECISION: re.compile(
        r"\bno (?:decision|answer)|\bthink (?:about|it over)|\bsilen\w+|\bboss decides|\bwent quiet|"
        r"\bleave (?:it|everything) as|\bstop\w* (?:writing|answering|calling)|\bdo nothing",
        re.I,
    ),
    Cause.FIT: re.compile(r"\bfit\b|\bmissing\b|\bfeatures?\b|\bdoes not (?:do|have|fit)|\bcannot\b", re.I),
}
LOST_ON: Mapping[Cause, str] = {
    Cause.PRICE: "on price",
    Cause.COMPETITOR: "to another supplier",
    Cause.TIMING: "on timing",
    Cause.NO_DECISION: "as nobody decided",
    Cause.FIT: "as it did not fit",
}
# What a team's own name of a stage says: how far along the way it is.
LATE = re.compile(
    r"negotiat|propos|\boffer|\bquot|contract|\bclos|\blegal|procure|commit|\bterms\b|\bprice|\bverbal", re.I
)
EARLY = re.compile(
    r"\blead|prospect|contact|qualif|discover|\bfirst\b|meeting|\bdemo|\bneeds?\b|engag|interest", re.I
)
WEAK_AT: tuple[tuple[re.Pattern[str], Deck, str], ...] = (
    (LATE, Deck.NEGOTIATION, "stood at an offer or in negotiation"),
    (EARLY, Deck.TECHNIQUE, "ended before there was an offer"),
)
LIGHTS: Mapping[LightName, str] = {
    LightName.THING: "the right thing",
    LightName.WAY: "the right way",
    LightName.TIME: "the right time",
    LightName.ALWAYS: "all the time",
}


def from_losses(causes: Iterable[Cause | None]) -> list[Focus]:
    """Return what the causes of somebody's losses ask for, the most frequent first."""
    counts = Counter(one for one in causes if one is not None and one in ABOUT)
    order = list(ABOUT)
    ranked = sorted(counts.items(), key=lambda one: (-one[1], order.index(one[0])))
    return [
        Focus(Deck.OBJECTIONS, f"You lost {number(count)} deals {LOST_ON[cause]} lately.", ABOUT[cause])
        for cause, count in ranked
        if count >= HEARD
    ]


def last_stage(deal: Opportunity, changes: Iterable[DealChange]) -> str:
    """Return what the team called the stage at which a closed deal stood last; empty where nobody noted it."""
    noted = [one.was for one in changes if one.what is DealField.STAGE_LABEL and one.was and not one.now]
    return deal.stage_label or (noted[-1] if noted else "")


def from_stages(closed: Sequence[tuple[Stage, str]]) -> list[Focus]:
    """Return what the part of the way asks for on which somebody loses most; none where they win as often there.

    `closed` says of each closed deal how it ended, and at which stage it stood last.
    """
    found = []
    for called, deck, where in WEAK_AT:
        ended = [end for end, label in closed if part_of(label) is called]
        lost = sum(end is Stage.LOST for end in ended)
        if lost >= AT_STAGE and 2 * lost > len(ended):
            why = f"Of your last {number(len(ended))} deals that {where}, {number(lost)} were lost."
            found.append((lost, Focus(deck, why)))
    return [focus for _, focus in sorted(found, key=lambda one: -one[0])[:1]]


def part_of(label: str) -> re.Pattern[str] | None:
    """Return which part of the way a stage's name speaks of; a late word counts before an early one."""
    return next((called for called, _, _ in WEAK_AT if called.search(label)), None)


def from_light(red: Light | None) -> list[Focus]:
    """Return what a red light asks for."""
    if red is None:
        return []
    return [Focus(Deck.TECHNIQUE, f"Of your four lights, “{LIGHTS[red.name]}” is red: `/why lights`.")]
