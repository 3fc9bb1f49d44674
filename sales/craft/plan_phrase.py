"""Strategies in words: "referral: if a client thanks us then ask for one name; steps: list ten by wed, ask two by fri".

The kind comes first, then if and then, then the steps, each with its day. A day that cannot be placed is asked for.
"""

import re
from typing import NamedTuple

from sales.craft.plan import LABELS, MAX_HALF, SalesMotion
from sales.language.figures import listed
from sales.language.typed_text import clean
from sales.refusal import Refusal

EXAMPLE = (
    "/plan add referral: if a client thanks us then ask for a name; steps: list ten by Wed, ask two by Fri"
)


CALLED = {
    SalesMotion.REFERRAL: r"referrals?|introductions?|intros?|recommendations?",
    SalesMotion.EVENT: r"events?|(?:trade )?fairs?|(?:trade )?shows?|conferences?|webinars?|networking|speaking",
    SalesMotion.WIN_BACK: r"win[\s_-]?backs?|lost (?:deals?|customers?|clients?)|reactivation",
    SalesMotion.OUTBOUND: r"outbound|cold (?:calls?|calling)|prospecting|calls?|calling|e-?mails?",
    SalesMotion.PARTNER: r"partners?|partnerships?|channel|resellers?",
    SalesMotion.INBOUND: r"inbound|content|website|marketing|leads?",
    SalesMotion.EXISTING: r"existing(?: (?:customers?|clients?))?|cross[\s-]?sell(?:ing)?|up[\s-]?sell(?:ing)?"
    r"|expansion|customers?|clients?",
}
MOTIONS = {
    motion: re.compile(
        rf"(?:an?\s+|my\s+)?(?:{called})(?:\s+(?:plan|strategy|motion))?(?=\s*[:,;–—-]|\s+(?:if|when)|\s*$)\s*[:,;–—-]*\s*",
        re.IGNORECASE,
    )
    for motion, called in CALLED.items()
}
IF_THEN = re.compile(
    r"(?:if|when(?:ever)?|once)\s+(?P<cue>.+?)(?:\s*,)?\s+then:?\s+(?P<action>.+)", re.IGNORECASE | re.DOTALL
)
IF_COMMA = re.compile(
    r"(?:if|when(?:ever)?|once)\s+(?P<cue>.+?)\s*,\s*(?P<action>.+)", re.IGNORECASE | re.DOTALL
)
STEPS = re.compile(r"(?:^|(?<=\W))steps?\s*(?:are\s*)?[:–—]\s*|\s*[;\n]\s*", re.IGNORECASE)
APART = re.compile(r"\s*[;\n]+\s*")
LINES = re.compile(r"\s*\n\s*")


class StrategyWords(NamedTuple):
    """What a line says of a strategy; `motion` is None and the others are empty where it does not say."""

    motion: SalesMotion | None = None
    cue: str = ""
    action: str = ""
    steps: tuple[str, ...] = ()

    @property
    def typed(self) -> str:
        """Return what can be typed for just that."""
        assert self.motion is not None
        said = f"{LABELS[self.motion].lower()}: if {self.cue} then {self.action}"
        return f"{said}; steps: {'; '.join(self.steps)}" if self.steps else said


def begun(typed: str) -> StrategyWords:
    """Return as much of a line as can be told apart, for the form; what cannot stands where it is read first."""
    motion, text = motion_in(clean(LINES.sub("; ", typed.strip())))
    head, steps = parted(text)
    found = IF_THEN.fullmatch(head) or IF_COMMA.fullmatch(head)
    lines = tuple(one for one in APART.split(steps.strip(" ;\n")) if one)
    if found is None:
        return StrategyWords(motion, head[:MAX_HALF], "", lines)
    return StrategyWords(motion, found["cue"].strip()[:MAX_HALF], found["action"].strip()[:MAX_HALF], lines)


def read_strategy(typed: str) -> StrategyWords:
    """Return what a line says: the kind, the if, the then, and its steps as they were typed.

    Raises:
        Refusal: for a kind that there is none of, and without an if and a then.
    """
    found = begun(typed)
    if found.motion is None:
        raise Refusal(
            f"Begin with what kind of strategy it is: {listed([one.lower() for one in LABELS.values()], 'or')}.",
            field="motion",
            example=EXAMPLE,
        )
    if not found.cue or not found.action:
        raise Refusal(
            "Say it as “if … then …”: what you wait for, and what you do when it comes.",
            field="cue",
            example=EXAMPLE,
        )
    return found._replace(cue=read_half(found.cue, "cue"), action=read_half(found.action, "action"))


def says_strategy(typed: str) -> bool:
    """Say whether a line means a strategy, also where it cannot be read as one."""
    found = begun(typed)
    return bool(found.cue and found.action) and (
        found.motion is not None or bool(IF_THEN.match(typed.strip()))
    )


def read_half(typed: str, field: str) -> str:
    """Return the if or the then, without the word itself and what ends a sentence.

    Raises:
        Refusal: if it says nothing, or too much.
    """
    text = clean(typed, MAX_HALF, field)
    text = re.sub(r"^(?:if|when|then)[\s,:]+", "", text, flags=re.IGNORECASE).rstrip(" .,;")
    if not text:
        raise Refusal("Please fill this in.", field=field)
    return text


def motion_in(text: str) -> tuple[SalesMotion | None, str]:
    """Return the kind that a text begins with, and the rest of it."""
    for motion, pattern in MOTIONS.items():
        if (found := pattern.match(text)) is not None:
            return motion, text[found.end() :]
    return None, text


def parted(text: str) -> tuple[str, str]:
    """Part a text into its if and then, and its steps."""
    found = STEPS.search(text)
    if found is None:
        return text.strip(" .,;"), ""
    head, rest = text[: found.start()], text[found.end() :]
    again = STEPS.match(rest)  # "; steps: …" are two marks in a row
    return head.strip(" .,;"), rest[again.end() :] if again is not None else rest
