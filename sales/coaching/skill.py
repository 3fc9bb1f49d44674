"""Skills of prospecting: by what one prospects, what is answered, and what is remembered of its cards (mechanism 71).

Shares are of what a rep did in four weeks to win customers; looking after those who bought is none of it, nor is what
comes once somebody talks with us: demos, proposals, meetings that were no event and no talk. A card trains the skill
that its situation names first.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from sales.coaching.drill.card import MOST_CARDS, StoredCard
from sales.coaching.drill.focus import Focus
from sales.coaching.drill.memory import Memory, retention
from sales.followups.activity import ActivityKind
from sales.followups.answered import WasAnswered, answered_by

USED_OVER = timedelta(days=28)  # before today: four weeks even out one on the road
LEAST_TOUCHES = 20  # of fewer no share, and no yield, is told
USED_MUCH = 0.2  # of the touches; below it a skill is no part of every day
LOW_YIELD = 0.05  # one answer in twenty: even of strangers' mail that is little
REMEMBERED = 0.8  # below it the cards of a skill are due, whatever the day of each
ENOUGH_CARDS = 3  # learned of a skill; one that has fewer is learned with all of them


class Skill(StrEnum):
    """A way to win customers that can be trained, in the order in which they are shown."""

    CALLING = "calling"
    EMAIL = "e-mail"
    SOCIAL = "social"
    NETWORKING = "networking"
    SPEAKING = "speaking"
    REFERRAL = "referral"


BY_KIND: Mapping[ActivityKind, Skill] = {
    ActivityKind.CALL: Skill.CALLING,
    ActivityKind.EMAIL: Skill.EMAIL,
    ActivityKind.MESSAGE: Skill.SOCIAL,
    ActivityKind.REFERRAL_ASK: Skill.REFERRAL,
}
FACE_TO_FACE = (ActivityKind.MEETING, ActivityKind.VISIT)  # of an event or a talk where its words say so
PROSPECTING = (*BY_KIND, *FACE_TO_FACE)
SPOKEN_OF: Mapping[Skill, re.Pattern[str]] = {
    skill: re.compile(rf"(?<!\w)(?:{said})(?!\w)", re.I)
    for skill, said in {
        Skill.CALLING: r"calls?|called|calling|phones?|phoned|voice ?mails?|dial(?:led|s)?|rings?",
        Skill.EMAIL: r"(?:e-?)?mails?|(?:e-?)?mailed|subject line|newsletters?",
        Skill.SOCIAL: r"linkedin|xing|social (?:media|networks?|selling)|connection requests?|direct messages?",
        Skill.NETWORKING: r"(?<!any )events?|trade (?:fairs?|shows?)|(?:at|of) (?:a|the) fair|exhibitions?"
        r"|conferences?|congress|meet-?ups?|networking|business cards?",
        Skill.SPEAKING: r"(?:an?|your|my|our|the) (?:short |long )?(?:talk|speech|keynote|lecture|presentation at)"
        r"|talks? (?:at|of|for)|webinars?|panels?|podiums?|on stage|keynotes?|speakers?|speaking slot",
        Skill.REFERRAL: r"referrals?|refer(?:s|red)?|introductions?|introduce[sd]?|recommend(?:s|ed|ations?)?",
    }.items()
}


class SkillTouches(NamedTuple):
    """Something done to win a customer, so many times; `words` say with whom and how it went."""

    kind: ActivityKind
    times: int
    words: str = ""
    outcome: str = ""


class SkillUse(NamedTuple):
    """One skill of a rep: what it was used for, and what is remembered of it.

    `touches` are its own of `of_all`; of `told` among them it is known whether they were answered. `retention` is the
    mean chance of recalling one of its learned cards today, from 0 to 1; None where none was learned.
    """

    skill: Skill
    touches: int = 0
    of_all: int = 0
    told: int = 0
    answered: int = 0
    cards: int = 0
    learned: int = 0
    retention: float | None = None

    @property
    def share(self) -> float | None:
        """Return which part of what a rep does it is, from 0 to 1; None where that is too little to tell."""
        return self.touches / self.of_all if self.of_all >= LEAST_TOUCHES else None

    @property
    def answers(self) -> float | None:
        """Return which part of its touches was answered, from 0 to 1; None where of too few that is known."""
        return self.answered / self.told if self.told >= LEAST_TOUCHES else None

    @property
    def is_low(self) -> bool:
        """Say whether hardly anybody answers."""
        return self.answers is not None and self.answers < LOW_YIELD

    @property
    def is_learned(self) -> bool:
        """Say whether enough of its cards were learned and are remembered."""
        if self.retention is None:
            return False
        return self.learned >= min(ENOUGH_CARDS, self.cards) and self.retention >= REMEMBERED

    @property
    def is_lacking(self) -> bool:
        """Say whether it is used much without being learned, and there are cards to learn it by."""
        used = self.touches >= LEAST_TOUCHES and self.share is not None and self.share >= USED_MUCH
        return used and self.cards > 0 and not self.is_learned


class SkillMatrix(NamedTuple):
    """The six skills of a rep, in their order, and how much they did in four weeks."""

    uses: tuple[SkillUse, ...]
    touches: int

    @property
    def is_enough(self) -> bool:
        """Say whether shares are told at all."""
        return self.touches >= LEAST_TOUCHES

    @property
    def due(self) -> SkillUse | None:
        """Return the one skill to practise next: little answered goes before much used; None where none lacks."""
        lacking = [one for one in self.uses if one.is_lacking]
        return min(lacking, key=lambda one: (not one.is_low, -one.touches), default=None)

    @property
    def used(self) -> list[SkillUse]:
        """Return the skills that were used, the most used first."""
        return sorted((one for one in self.uses if one.touches), key=lambda one: -one.touches)


@lru_cache(maxsize=2 * MOST_CARDS)  # each press of a drill asks it of every card
def skill_of_card(question: str) -> Skill | None:
    """Return the skill that a situation names first; None where it names none."""
    found = [(hit.start(), skill) for skill, words in SPOKEN_OF.items() if (hit := words.search(question))]
    return min(found, key=lambda one: one[0])[1] if found else None


def skill_used(kind: ActivityKind, words: str) -> Skill | None:
    """Return the skill that an activity took; None for what wins nobody, or comes after they were won over to talk."""
    if kind in BY_KIND:
        return BY_KIND[kind]
    if kind not in FACE_TO_FACE:
        return None
    both = (Skill.SPEAKING, Skill.NETWORKING)  # a talk at an event is a talk
    return next((one for one in both if SPOKEN_OF[one].search(words)), None)


def skill_matrix(
    touches: Iterable[SkillTouches], cards: Iterable[StoredCard], memories: Mapping[str, Memory], today: date
) -> SkillMatrix:
    """Return what a rep prospects by, what was answered, and how much of each skill's cards is remembered."""
    done, told, answered = (dict.fromkeys(Skill, 0) for _ in range(3))
    for touch in touches:
        skill = skill_used(touch.kind, touch.words)
        if skill is None:
            continue
        done[skill] += touch.times
        was = answered_by(touch.kind, touch.outcome)
        told[skill] += touch.times if was is not WasAnswered.UNSAID else 0
        answered[skill] += touch.times if was is WasAnswered.YES else 0
    of_all = sum(done.values())
    by_skill = cards_by_skill(cards)
    uses = []
    for skill in Skill:
        held = by_skill.get(skill, [])
        known = [retention(memories[one.key], today) for one in held if one.key in memories]
        mean = sum(known) / len(known) if known else None
        counts = (done[skill], of_all, told[skill], answered[skill])
        uses.append(SkillUse(skill, *counts, len(held), len(known), mean))
    return SkillMatrix(tuple(uses), of_all)


def cards_by_skill(cards: Iterable[StoredCard]) -> dict[Skill, Sequence[StoredCard]]:
    """Return the cards that train a skill, by it."""
    found: dict[Skill, list[StoredCard]] = {}
    for card in cards:
        skill = skill_of_card(card.question)
        if skill is not None:
            found.setdefault(skill, []).append(card)
    return {**found}


def focus_on(use: SkillUse, why: str) -> Focus:
    """Return what brings the cards of a skill in among new ones, of whatever deck; `why` is told to the rep."""
    return Focus(None, why, SPOKEN_OF[use.skill])
