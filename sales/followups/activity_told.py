"""What is told of an activity: with whom it was, and how it went."""

import re

from sales.language.names.mention import guessed_name, is_all_name
from sales.language.typed_text import tidy

NAME = "\x01"  # `clean` leaves none in a text, so it can hold a name's place
FEW_WORDS = 4  # more words in lower case are a story, not an account

_PAUSE = re.compile(r"\s[–—-]+\s|[:;]\s|\.\s|,\s|\s\(")
_OUTCOME = re.compile(
    r"(?<!\w)(?:spoke|no answer|no reply|no show|left|voicemail|vm|went|booked|interested|not|said|asked"
    r"|agreed|they|he|she|great|good|bad|busy|will|wants?|wanted|liked|loved|hated|answered|about|re|regarding)(?!\w)",
    re.I,
)
# What ties a name to what was done; "The Home Depot" begins with its own.
_TO = re.compile(
    r"^[\s,]*(?:(?:w/|@|(?:with|w|to|at|from|for|of|and)(?=\s)|(?-i:the|our|my)(?=\s))\s*)*", re.I
)
_PERSON_AT = re.compile(r"(\S+(?: \S+)?)\s+(?:at|from)\s+([^\Wa-z_]\S*(?: \S+){0,3})")
_THEIR = re.compile(r"(?:guys|folks|people|team|again)(?:\s+again)?", re.I)

_LOOSE = re.compile(
    r"\s+(?:at|from|with|to|for|w/|w|@)\s*$", re.I
)  # what tied the name to the words before it


def told_from(text: str) -> int | None:
    """Return where a word begins to tell how it went, None where none does."""
    tells = _OUTCOME.search(text)
    return tells.start() if tells else None


def account_and_outcome(about: str, name: str | None) -> tuple[str | None, str]:
    """Split "with Acme – spoke" into the account and how it went; `name` is what stands in the place of NAME."""
    pause = _PAUSE.search(f" {about}")
    whom, told = (about[: max(pause.start() - 1, 0)], about[pause.end() - 1 :]) if pause else (about, "")
    tells = told_from(whom)
    if tells is not None:
        whom, told = whom[:tells], about[tells:]
    whom = tidy(_TO.sub("", whom.strip(" (")))
    account, rest = name, whom
    person_at = _PERSON_AT.fullmatch(whom)
    if name:
        rest = whom.replace(NAME, " ")
        rest = "" if _THEIR.fullmatch(rest.strip()) else _LOOSE.sub("", rest)
    elif person_at:
        account, rest = tidy(person_at[2]), f"with {person_at[1]}"
    elif whom and is_all_name(whom) and (len(whom.split()) <= FEW_WORDS):
        account, rest = whom, ""
    elif whom:
        guess = guessed_name(whom)
        if guess and guess.start == 0:
            account, rest = guess.name, whom[guess.end :]
    told = tidy(f"{rest} {told}".replace(NAME, name or ""))
    return account, told if "(" in told else told.rstrip(") ")
