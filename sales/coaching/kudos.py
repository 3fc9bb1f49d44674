"""Kudos: a colleague's word for what somebody did, in a line; seldom enough to mean something (mechanism 7)."""

import re
from datetime import date, timedelta

from sqlmodel import Field, SQLModel

from sales.language.typed_text import clean
from sales.refusal import Refusal

KUDOS = "kudos"
EXAMPLE = "/team kudos @ben for calling back every lead the same day"
LONGEST_DEED = 200  # characters; a channel reads a line, not a letter
MOST_A_DAY = 3  # of one person; a channel in which everybody is thanked for everything says nothing
SAME_WORDS = timedelta(days=30)  # within which the same words for the same person are one
FOLLOWED = timedelta(days=1)  # so long one that was taken back is taken out of where it stands
WORTH_READING = timedelta(days=3)  # a later one is no answer to what was done

BEGINS = re.compile(r"^[:,]?\s*(?P<word>for|because|thanks? for)\b\s*[:,]?\s*|^[:,]\s*", re.IGNORECASE)


class Kudos(SQLModel):
    """One person's word for what another did. `in_channel` says where it went: the team's channel, or to them alone.

    It was `taken_back` by who gave it; `shown_back` once it reads so where it stood.
    """

    giver_id: str = Field(max_length=40)
    receiver_id: str = Field(max_length=40)
    team_id: int
    on: date
    deed: str = Field(min_length=1, max_length=LONGEST_DEED)
    in_channel: bool = True
    taken_back: bool = False
    shown_back: bool = False


def read_deed(typed: str) -> str:
    """Return what somebody did, as it is told: "for calling back every lead the same day", "he stayed late".

    Raises:
        Refusal: if nothing is said, or more than a line.
    """
    begins = BEGINS.match(typed.strip())
    bare = clean(BEGINS.sub("", typed.strip()), LONGEST_DEED - len("because ")).rstrip(".")
    word = ((begins["word"] or "") if begins is not None else "").lower().split(" ")[-1]
    said = f"{word} {bare}".strip()
    if not any(letter.isalnum() for letter in bare):
        raise Refusal(
            "What did they do? Say it after the name; that is what others can copy.", example=EXAMPLE
        )
    return said


def check_room(given_today: int, name: str) -> None:
    """Let a person give some a day.

    Raises:
        Refusal: once they gave as many as a channel reads.
    """
    if given_today >= MOST_A_DAY:
        raise Refusal(
            f"You have given {MOST_A_DAY} kudos today, those you took back counted; that is the most in a day, so that "
            f"each is read. Nothing was posted; tomorrow there is room again, or tell {name} yourself."
        )
