"""Worn phrases: what everybody writes, what praises the product, and what takes a sentence back while it is said.

Each worn phrase has what to write instead. The lists are house style: nobody measured them one by one.
"""

import re
from typing import NamedTuple


class WornPhrase(NamedTuple):
    """Words that a text has, as they stand in it, and what to write instead."""

    words: str
    instead: str


CHECKING = "say what is new for them since you last spoke"
WELL = "begin with them: what changed at their company?"
LEADING = "name one customer like them and what changed there"
REACHING = "start with why you write"
HEDGING = "say it straight, or leave it out"
SHOUTING = "say it once, plainly"
NO_REASON = "ask one thing that takes them a minute to answer"
AT_ONCE = "say what they get from it, with one number of theirs"
# Before "kind of" these make it a hedge: "it is kind of late". "What kind of pallets" asks, and says what it means.
BEFORE_HEDGES = (
    "i we you they he she it is are am was were be been 's 're 'm feels seems looks sounds just still"
)
HEDGED = "|".join(
    rf"(?<=\b{one}\s)" if one[0].isalpha() else rf"(?<={one}\s)" for one in BEFORE_HEDGES.split()
)

WORN: tuple[tuple[str, str], ...] = (
    (r"(?:just )?(?:checking|check) (?:back )?in\b", CHECKING),
    (r"(?:just )?(?:following|follow) up (?:on|with|to see|about)?\b|just following up", CHECKING),
    (r"(?:just )?(?:touching|touch) base", CHECKING),
    (r"(?:just )?circling back|circle back", CHECKING),
    (r"bump(?:ing)? this|(?:to the )?top of your inbox|any updates?\b|gentle reminder|as per my last", CHECKING),
    (r"(?:i )?hope (?:this|that|you|all|my)\b[^.!?]{0,30}\b(?:well|great|finds you|week)\b", WELL),
    (r"i trust (?:this|you)\b", WELL),
    (r"(?:i am|i'm|we are|we're|was) (?:just )?(?:reaching|writing) out|reaching out", REACHING),
    (r"take this opportunity|introduce (?:myself|ourselves|our company)|my name is", REACHING),
    (r"i (?:just )?wanted to|i am writing to|we are writing\b", REACHING),
    (r"i came across|stumbled (?:up)?on", REACHING),
    (r"leading (?:provider|supplier|company|vendor|firm)|(?:industry|market)[- ]lead(?:ing|er)", LEADING),
    (r"world[- ]class|best[- ]in[- ](?:class|breed)|cutting[- ]edge|state[- ]of[- ]the[- ]art|next[- ]gen\w*", LEADING),
    (r"game[- ]chang\w+|revolutionary|ground[- ]?breaking|disruptive|award[- ]winning", LEADING),
    (r"one[- ]stop|turn[- ]?key solutions?", LEADING),
    (r"synerg\w+|leverag\w+|unparalleled|unmatched|second to none|we are number one|number one in", LEADING),
    (r"innovative (?:\w+ )?(?:solutions?|products?|technolog\w+)|tailored solutions?|holistic|seamless\w*", LEADING),
    (r"trusted (?:partner|by)|companies like yours?\b|businesses like yours?\b|proud of our", LEADING),
    (r"take (?:your|it) [^.!?]{0,30}to the next level|win[- ]win|low[- ]hanging fruit|move the needle", AT_ONCE),
    (r"drive (?:growth|value|results)|boost (?:your )?(?:revenue|sales|productivity)", AT_ONCE),
    (r"maximi[sz]e (?:your|the)", AT_ONCE),
    (r"save (?:you )?time and money|increase (?:your )?(?:efficiency|roi)|unlock (?:the|your)", AT_ONCE),
    (r"pick your brain|any thoughts\??|thoughts\?|at your (?:earliest )?convenience", NO_REASON),
    (r"(?:don't|do not) hesitate", NO_REASON),
    (r"quick (?:call|chat|question)|(?:hop|jump) on a call", NO_REASON),
    (r"looking forward to hear\w*|hear(?:ing)? from you", NO_REASON),
    (r"perhaps|maybe|i (?:just )?(?:think|believe|feel)", HEDGING),
    (rf"(?:{HEDGED})(?:sort|kind) of(?! (?:you|him|her|them)\b)", HEDGING),
    (r"i was wondering|if possible|hopefully", HEDGING),
    (r"buy now|best price|act now|limited (?:time|offer)|don't miss|special offer|free trial", SHOUTING),
    (r"!{2,}", SHOUTING),
    (r"excited (?:about|to)|thrilled|delighted to|passionate about", LEADING),
)  # fmt: skip
EACH_WORN = tuple(
    (re.compile(rf"(?<![\w-])(?:{pattern})" if pattern[0] != "!" else pattern, re.I), instead)
    for pattern, instead in WORN
)

OF_PRODUCT = re.compile(
    r"(?<![\w-])(?:products?|features?|platforms?|solutions?|functionalit(?:y|ies)|capabilit(?:y|ies)|"
    r"dashboards?|suites?|toolset|demos?|brochures?|offerings?|technolog(?:y|ies)|"
    # the trade's own words for what is sold, where it is ours
    r"(?<=\bour\s)(?:software|modules?)|"
    # superlatives and praise
    r"best(?:[- ]in[- ](?:class|breed))?|fastest|leading|unique|unparalleled|unmatched|unrivall?ed|revolutionary|"
    r"innovative|cutting[- ]edge|state[- ]of[- ]the[- ]art|world[- ]class|industry[- ]leading|market[- ]leading|"
    r"award[- ]winning|game[- ]changing|ground[- ]?breaking|next[- ]gen\w*|one[- ]stop|synerg\w+|number one|"
    r"(?:most )?advanced|most (?:powerful|complete|comprehensive|modern|trusted)|cheapest|easiest|greatest|ultimate"
    r")(?![\w-])",
    re.I,
)


def worn_in(text: str) -> list[WornPhrase]:
    """Return the worn phrases of a text, as they stand in it and in their order, each word in one of them at most."""
    found: list[tuple[int, int, str]] = []
    taken = bytearray(len(text))
    for pattern, instead in EACH_WORN:
        for one in pattern.finditer(text):
            start, end = one.span()
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append((start, end, instead))
    return [WornPhrase(text[start:end], instead) for start, end, instead in sorted(found)]


def product_words_in(text: str) -> list[str]:
    """Return the words of a text that are about the product or praise it, as they stand in it."""
    return [one.group() for one in OF_PRODUCT.finditer(text)]
