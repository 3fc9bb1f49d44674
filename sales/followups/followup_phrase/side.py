"""Which side of the table owes it, as the sentence says: "Acme owes me the NDA", "waiting on Initech for the PO"."""

import re

from sales.followups.followup import Owes
from sales.followups.followup_phrase.draft import without_quotes
from sales.followups.followup_phrase.marks import Dated, outcome
from sales.language.dates.spoken.circumstances import WEEKDAY
from sales.language.names.mention import is_all_name
from sales.language.typed_text import MAX_WORDS, shorten, tidy
from sales.refusal import Refusal

EXAMPLE = "Acme Fri 3pm send the ROI sheet"

_THEY_OWE = re.compile(
    r"^(?:they|them|customer|their side)\s*(?:owes?)?(?:\s+(?:me|us))?\s*(?::|(?<=owe|.me|.us)\s|\s-\s)\s*",
    re.I,
)
_OWES_ME = re.compile(
    r"^(?P<who>.{1,200}?)\s+(?:still\s+)?"
    r"(?:owes?(?:\s+(?:me|us))?|promised\s+(?:me|us)|will send (?:me|us))(?!\w)\s*:?\s*",
    re.I,
)
# "Hooli will send the NDA", "Hooli promised the PO": who it is has no day in it, so that "Acme fri will send" is mine.
_THEY_WILL = re.compile(
    r"^(?!(?:i|we)(?:\s|['’]))(?P<who>[^\d,:;–—]{1,80}?)\s+"
    r"(?:(?:will|should|shall|must|(?:(?:is|are)(?: going| supposed)? |(?:needs?|has|have|agreed|promised) )?to)"
    r"\s+(?=(?:send|sign|share|pay|return|confirm|get back|revert|provide|deliver|decide|let (?:me|us) know)(?!\w))"
    r"|(?:is|are)\s+(?=(?:sending|signing|sharing|paying|returning|confirming|getting back|providing|delivering)(?!\w))"
    r"|promised\s+(?=the\s|an?\s|their\s|her\s|his\s))",
    re.I,
)
_HAS_DAY = re.compile(rf"(?<!\w)(?:{WEEKDAY}|today|tonight|tomorrow|tmrw|tmr|next|this|by|on)(?!\w)", re.I)
_WAITING_ALONE = re.compile(r"^(?:i['’]?m\s+|we['’]?re\s+|still\s+)*waiting (?:on|for)\s+(?=\S)", re.I)
_WAITING = re.compile(
    r"^(?:i['’]?m\s+|we['’]?re\s+|still\s+)*waiting (?:on|for)\s+(?P<who>.{1,200}?)\s+(?:to|for)\s+(?=\S)",
    re.I,
)
_SAID_TWICE = re.compile(r"[\s,:–—-]+(?:they|them|he|she)$", re.I)  # "Acme they owe us the contract"
_I_OWE = re.compile(r"^(?:i|we|me)\s+(?:still\s+)?owe\s*:?\s+|^(?:i|we|me)\s+owe\s*:\s*", re.I)
_FOR_SOMEBODY = re.compile(r"^for\s+(?:<@\w+[^>]*>|@[\w.-]+)\s*[,:]?\s*", re.I)


def refuse_for_somebody(line: str) -> None:
    """Refuse "for @ben Acme fri send notes": what is committed to is the writer's own."""
    somebody = _FOR_SOMEBODY.match(line)
    if somebody is not None:
        raise Refusal(
            "A follow-up is your own: I cannot make one for somebody else. Leave out who it is for.",
            field="who",
            example=shorten(line[somebody.end() :], MAX_WORDS) or EXAMPLE,
        )


def who_owes(line: str) -> tuple[Owes, str | None, str]:
    """Which side owes it, who that is where the words say so, and the rest of the sentence."""
    mine = _I_OWE.match(line)
    if mine:
        return Owes.ME, None, line[mine.end() :]
    they = _THEY_OWE.match(line)
    if they:
        return Owes.THEM, None, line[they.end() :]
    theirs = _OWES_ME.match(line) or _WAITING.match(line) or _they_will(line)
    if theirs is None:
        alone = _WAITING_ALONE.match(line)
        return (Owes.THEM, None, line[alone.end() :]) if alone else (Owes.ME, None, line)
    name, rest = tidy(theirs["who"]).strip('"“”„«» '), line[theirs.end() :]
    if name.casefold() in ("they", "he", "she", "it"):
        return Owes.THEM, None, rest
    return Owes.THEM, without_quotes(_SAID_TWICE.sub("", name)), rest


def _they_will(line: str) -> re.Match[str] | None:
    theirs = _THEY_WILL.match(line)
    if theirs is None or _HAS_DAY.search(theirs["who"]) or not is_all_name(theirs["who"]):
        return None
    return theirs


def with_subject(subject: str, body: str, dated: Dated) -> str:
    """Quote who owes it, so that nobody guesses again; a day before the name moves behind it."""
    when, _ = outcome(subject, 0, dated)
    if when is None or not when.cut_from(subject):
        return f"“{subject}” {body}"
    return f"“{when.cut_from(subject)}” {when.words} {body}"
