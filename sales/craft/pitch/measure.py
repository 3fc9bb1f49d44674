"""Measures of a draft: what can be counted of it, without a verdict (49). The formulas and sources: docs/pitch.md."""

import re
from typing import NamedTuple

from sales.craft.pitch.draft import DraftSentence, PitchDraft
from sales.craft.pitch.syllables import syllables
from sales.craft.pitch.worn_phrase import WornPhrase, product_words_in, worn_in

OF_FIRM = frozenset({"we", "our", "ours", "us", "ourselves"})
OF_ME = frozenset({"i", "my", "me", "mine", "myself"})
OF_THEM = frozenset({"you", "your", "yours", "yourself", "yourselves"})

# A question that wants something done: time, a meeting, a look at something.
REQUEST = re.compile(
    r"^\W*(?:(?:and|or|so|then|but|also)\s+)?(?:(?:could|can|would|will|may|might|shall|should)\b|do you have\b|"
    r"have you (?:got )?(?:time|a minute)|are you (?:free|open|available|around|the right)\b|"
    r"is (?:it|there|that|this|\w+day)\b|worth\b|open to\b|interested\b|how about\b|what about\b|"
    r"when (?:can|could|would)\b)|"
    r"\b(?:call|meet|meeting|chat|talk|speak|demo)\b[^.!?]*\?",
    re.I,
)
# Something that is asked for without a question mark, at the beginning of a sentence.
ORDER = re.compile(
    r"^\W*(?:(?:and|or|so|then|also|just|simply|please|kindly)\s+)*(?:let (?:me|us) know|call\b|ring\b|book\b|reply\b|"
    r"respond\b|write (?:back|to)\b|get (?:back|in touch)\b|click\b|sign up\b|register\b|download\b|visit (?:our|us)\b|"
    r"schedule\b|contact\b|feel free\b|please\b|send (?:me|us)\b|forward (?:this|it)\b|watch\b|try (?:it|our)\b|"
    r"give (?:me|us)\b|join (?:me|us|our)\b|pick (?:a|one)\b|tell me\b|share\b)"
    r"|\b(?:would (?:love|like)|want|hope) to (?:get on|meet|speak|talk|chat|show you|hear from|arrange|set up|"
    r"schedule)\b",
    re.I,
)  # fmt: skip
WORTH = re.compile(
    r"(?:^|[.!?]\s+|\bis (?:it|that|this) |\b(?:be|it's) )(worth (?:a|an|your|the|\w+ing|\d)\b[^.!?]*)", re.I
)

NAMED = 5  # product words; who wrote more of them has seen it by then


class PitchMeasures(NamedTuple):
    """What is counted of a draft. `grade` and `ease` are Flesch and Kincaid's; shares lie in 0..1."""

    of: tuple[DraftSentence, ...]
    words: int
    sentences: int
    grade: float
    ease: float
    firm: int  # we, our, us
    me: int  # I, my, me
    them: int  # you, your
    begun_with_self: tuple[DraftSentence, ...]
    begun_with_firm: int
    product: tuple[str, ...]
    worn: tuple[WornPhrase, ...]
    questions: tuple[DraftSentence, ...]
    requests: tuple[DraftSentence, ...]
    worth: str

    @property
    def self_focus(self) -> float:
        return focus(self.firm + self.me, self.them)

    @property
    def names_nobody(self) -> bool:
        """Whether it has no "we", no "I" and no "you"."""
        return not (self.firm or self.me or self.them)

    @property
    def share_begun(self) -> float:
        return len(self.begun_with_self) / self.sentences

    @property
    def product_per_hundred(self) -> float:
        return 100 * len(self.product) / self.words

    @property
    def shown_grade(self) -> float:
        """Return the grade as it is shown: below the first school year there is none."""
        return max(0.0, self.grade)

    @property
    def shown_ease(self) -> float:
        """Return the ease as its scale has it, from 0 to 100."""
        return min(100.0, max(0.0, self.ease))

    @property
    def product_named(self) -> list[str]:
        """Return the words about the product as they stand there, each once, the first five."""
        each = {word.casefold(): f"“{word}”" for word in reversed(self.product)}
        return list(each.values())[::-1][:NAMED]

    @property
    def longest(self) -> str:
        return max(self.of, key=lambda one: len(one.words)).text

    @property
    def asks(self) -> int:
        """Return how many things are asked for: a question that asks for nothing is the one ask where there is none."""
        return len(self.requests) or min(1, len(self.questions))


def focus(own: int, theirs: int) -> float:
    """Return how far a text is about whoever writes it, in 0..1; half a word keeps a short one from an extreme."""
    return (own + 0.5) / (own + theirs + 1)


def measured(draft: PitchDraft) -> PitchMeasures:
    """Return what is counted of a draft that has a word."""
    words, sentences = draft.words, draft.sentences
    per_sentence = len(words) / len(sentences)
    per_word = sum(map(syllables, words)) / len(words)
    parts = [part for word in words for part in word.split("'")[:1]]
    prose = " ".join(one.prose for one in sentences)
    begun = tuple(one for one in sentences if begins_with(one) in OF_FIRM | OF_ME)
    return PitchMeasures(
        of=sentences,
        words=len(words),
        sentences=len(sentences),
        grade=0.39 * per_sentence + 11.8 * per_word - 15.59,
        ease=206.835 - 1.015 * per_sentence - 84.6 * per_word,
        firm=sum(part in OF_FIRM for part in parts),
        me=sum(part in OF_ME for part in parts),
        them=sum(part in OF_THEM for part in parts),
        begun_with_self=begun,
        begun_with_firm=sum(begins_with(one) in OF_FIRM for one in begun),
        product=tuple(product_words_in(prose)),
        worn=tuple(worn_in(prose)),
        questions=tuple(one for one in sentences if one.asks),
        requests=tuple(one for one in sentences if is_request(one)),
        worth=found[1].strip() if (found := WORTH.search(prose)) is not None else "",
    )


def begins_with(sentence: DraftSentence) -> str:
    """Return the word a sentence begins with, without what hangs on to it: "we" of "we're"."""
    return sentence.first.split("'")[0]


def is_request(sentence: DraftSentence) -> bool:
    """Say whether a sentence asks somebody to do something."""
    return bool((REQUEST if sentence.asks else ORDER).search(sentence.behind_greeting))
