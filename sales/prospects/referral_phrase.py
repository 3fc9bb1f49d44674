"""Referrals as they are typed: who was asked, whom they introduced, or that they would rather not (mechanism 42)."""

import re
from typing import NamedTuple

from sales.language.typed_text import clean_name
from sales.prospects.referral import ReferralState
from sales.refusal import Refusal

EXAMPLE = "/lead referral Acme introduced Ben Hall at Borealis"
_INTRODUCED = re.compile(
    r"(?P<who>.+?)\s+(?:has |have |just )?(?:introduced|intro['’]?d|referred)\s+(?:me |us )?(?:to |with )?(?P<whom>.+)",
    re.I,
)
_INTRODUCTION_BY = re.compile(r"(?P<whom>.+?)\s+(?:was )?(?:introduced|referred)\s+by\s+(?P<who>.+)", re.I)
_DECLINED = re.compile(
    r"(?P<who>.+?)\s+(?:declined|(?:said )?no|would rather not|rather not|refused|does ?n[o'’]?t want to)\s*",
    re.I,
)
_ASKED = re.compile(
    r"(?:asked\s+)?(?P<who>.+?)(?:\s+(?:was )?asked)?(?:\s+for (?:an? )?(?:intro\w*|referral))?\s*", re.I
)


class ReferralDraft(NamedTuple):
    """What a line says: of whom, what came of it, and to whom they introduced, with that one's firm."""

    who: str
    state: ReferralState
    introduced: str = ""
    firm: str = ""


def read_referral(text: str) -> ReferralDraft:
    """Return what a line says of a referral.

    Raises:
        Refusal: if it names nobody.
    """
    typed = " ".join(text.split()).strip(" .")
    for pattern in (_INTRODUCTION_BY, _INTRODUCED):
        found = pattern.fullmatch(typed)
        if found is not None:
            name, firm = person_and_firm(found["whom"])
            return ReferralDraft(named(found["who"]), ReferralState.INTRODUCED, name, firm)
    if (found := _DECLINED.fullmatch(typed)) is not None:
        return ReferralDraft(named(found["who"]), ReferralState.DECLINED)
    found = _ASKED.fullmatch(typed)
    return ReferralDraft(named(found["who"] if found is not None else ""), ReferralState.ASKED)


def person_and_firm(text: str) -> tuple[str, str]:
    """Return a person and their firm of "Ben Hall at Borealis"; the firm is empty where none is named."""
    name, at, firm = text.partition(" at ")
    return named(name), named(firm) if at else ""


def named(text: str) -> str:
    """Return a name.

    Raises:
        Refusal: if there is none.
    """
    name = clean_name(text, "who").strip(" .,;:")
    if not any(letter.isalnum() for letter in name):
        raise Refusal("Which customer did you ask for an introduction?", field="who", example=EXAMPLE)
    return name
