"""Remarks: what of a draft is fine and what has to be mended, where, why, and what a mend is worth (48, 49).

Each measure names what its bound rests on: one comparison inside organisations, a vendor's own mails, or house style.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from sales.craft.pitch.draft import DraftSentence
from sales.craft.pitch.known_of_account import FactInDraft, FactKind, KnownOfAccount
from sales.craft.pitch.measure import PitchMeasures, focus
from sales.craft.pitch.worn_phrase import product_words_in

SHORT, LONG = 25, 125  # words; vendors' mails of 25 to 50, and of 50 to 125, were answered most
GRADE = 10  # school years from which on a vendor's mails were answered least
FIRM_OVER = 0.6  # of "we" among "we" and "you": three of ours for two of theirs
LEAST_FIRM = 2  # words; one "we" is no habit
BEGUN_OVER = 0.5  # of the sentences
LEAST_BEGUN = 2
PRODUCT_OVER = 5.0  # words in a hundred
LEAST_PRODUCT = 2
MOST_QUESTIONS = 3  # a vendor's mails with one to three were answered most

FULL = 100  # of a score
MEND = {
    "self": 20,
    "begun": 10,
    "product": 20,
    "worn": 12,
    "question": 12,
    "ask": 12,
    "fact": 18,
    "length": 10,
    "grade": 12,
}
MOST_WORN = 3  # phrases that cost something each


class PitchTopic(StrEnum):
    SELF = "self"
    PRODUCT = "product"
    WORN = "worn"
    FACT = "fact"
    QUESTION = "question"
    ASK = "ask"
    LENGTH = "length"
    GRADE = "grade"
    WORTH = "worth"


class PitchEvidence(StrEnum):
    """What a bound rests on."""

    MEASURED = "measured"
    VENDOR = "mail vendors’ counts"
    HOUSE = "house style"


EVIDENCE = {
    PitchTopic.SELF: PitchEvidence.HOUSE,
    PitchTopic.PRODUCT: PitchEvidence.HOUSE,
    PitchTopic.WORN: PitchEvidence.HOUSE,
    PitchTopic.FACT: PitchEvidence.HOUSE,
    PitchTopic.QUESTION: PitchEvidence.VENDOR,
    PitchTopic.ASK: PitchEvidence.HOUSE,
    PitchTopic.LENGTH: PitchEvidence.VENDOR,
    PitchTopic.GRADE: PitchEvidence.VENDOR,
    PitchTopic.WORTH: PitchEvidence.MEASURED,
}


class PitchState(StrEnum):
    FINE = "fine"
    MEND = "mend"
    HINT = "hint"  # worth knowing; nothing is held against the draft


class PitchRemark(NamedTuple):
    """What is said of one measure: `line` is the sentence it shows in, `cost` what mending it adds to the score."""

    topic: PitchTopic
    state: PitchState
    line: str = ""
    cost: int = 0

    @property
    def evidence(self) -> PitchEvidence:
        return EVIDENCE[self.topic]


class PitchCheck(NamedTuple):
    """A draft, counted and judged: what to mend, the dearest first, then hints, then what is fine."""

    measures: PitchMeasures
    remarks: tuple[PitchRemark, ...]
    facts: tuple[FactInDraft, ...]

    @property
    def score(self) -> int:
        """Return the score in 0..100; house style, as its parts are."""
        return max(0, FULL - sum(one.cost for one in self.remarks))

    def of(self, state: PitchState) -> list[PitchRemark]:
        return [one for one in self.remarks if one.state is state]


def pitch_check(
    measures: PitchMeasures, known: KnownOfAccount | None = None, facts: Sequence[FactInDraft] = ()
) -> PitchCheck:
    """Return what is said of a draft; `facts` are the account's that stand in it. Without an account none is missed."""
    found = [
        self_remark(measures),
        product_remark(measures),
        worn_remark(measures),
        question_remark(measures),
        ask_remark(measures),
        length_remark(measures),
        grade_remark(measures),
        *([fact_remark(known, facts)] if known is not None else []),
    ]
    if measures.worth:
        found.append(PitchRemark(PitchTopic.WORTH, PitchState.HINT, measures.worth))
    order = list(PitchState)
    by_worth = sorted(
        found, key=lambda one: (one.state is PitchState.FINE, -one.cost, order.index(one.state))
    )
    return PitchCheck(measures, tuple(by_worth), tuple(facts))


def self_remark(found: PitchMeasures) -> PitchRemark:
    """Too much of us: more "we" than "you", or every other sentence begins with ourselves. "I" alone is no fault."""
    firm = found.firm >= LEAST_FIRM and focus(found.firm, found.them) > FIRM_OVER
    begun = len(found.begun_with_self) >= LEAST_BEGUN and found.share_begun >= BEGUN_OVER
    habit = MEND["begun"] if 2 * found.begun_with_firm >= len(found.begun_with_self) else MEND["begun"] // 2
    cost = firm * MEND["self"] + begun * habit
    if not cost:
        return PitchRemark(PitchTopic.SELF, PitchState.FINE)
    line = found.begun_with_self[0].text if found.begun_with_self else ""
    return PitchRemark(PitchTopic.SELF, PitchState.MEND, line, cost)


def product_remark(found: PitchMeasures) -> PitchRemark:
    many = len(found.product) >= LEAST_PRODUCT and found.product_per_hundred > PRODUCT_OVER
    line = next((one.text for one in found.of if product_words_in(one.prose)), "")
    return remark(PitchTopic.PRODUCT, many, line, MEND["product"])


def worn_remark(found: PitchMeasures) -> PitchRemark:
    return remark(
        PitchTopic.WORN, bool(found.worn), "", MEND["worn"] + 4 * (min(len(found.worn), MOST_WORN) - 1)
    )


def question_remark(found: PitchMeasures) -> PitchRemark:
    count = len(found.questions)
    line = found.questions[-1].text if count > MOST_QUESTIONS else ""
    return remark(PitchTopic.QUESTION, not 1 <= count <= MOST_QUESTIONS, line, MEND["question"])


def ask_remark(found: PitchMeasures) -> PitchRemark:
    """Exactly one thing is asked for; where nothing is, the question that lacks is told already."""
    line = first_text(found.requests[1:])
    return remark(PitchTopic.ASK, found.asks > 1, line, MEND["ask"] + 4 * min(found.asks - 2, 2))


def length_remark(found: PitchMeasures) -> PitchRemark:
    return remark(PitchTopic.LENGTH, not SHORT <= found.words <= LONG, "", MEND["length"])


def grade_remark(found: PitchMeasures) -> PitchRemark:
    return remark(PitchTopic.GRADE, found.grade >= GRADE, found.longest, MEND["grade"])


def fact_remark(known: KnownOfAccount, facts: Sequence[FactInDraft]) -> PitchRemark:
    """One fact that is theirs alone. How many they are, alone, is a hint, and so is that nothing is known of them."""
    kinds = {one.kind for one in facts} - {FactKind.SECTOR}
    if kinds:
        is_count = kinds == {FactKind.PEOPLE}
        return PitchRemark(PitchTopic.FACT, PitchState.HINT if is_count else PitchState.FINE)
    if not known.has_facts:
        return PitchRemark(PitchTopic.FACT, PitchState.HINT)
    return PitchRemark(PitchTopic.FACT, PitchState.MEND, "", MEND["fact"])


def remark(topic: PitchTopic, is_wrong: bool, line: str, cost: int) -> PitchRemark:
    return (
        PitchRemark(topic, PitchState.MEND, line, cost) if is_wrong else PitchRemark(topic, PitchState.FINE)
    )


def first_text(sentences: Sequence[DraftSentence]) -> str:
    return sentences[0].text if sentences else ""
