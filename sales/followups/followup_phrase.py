"""Follow-ups as people type them: "Acme fri 3pm send the ROI sheet because their budget closes"."""

import re
from collections.abc import Callable, Collection
from datetime import datetime
from typing import NamedTuple

from sales.followups.followup import Owes
from sales.language.dates.spoken.reading import NO_CUSTOMS, Customs, PastDate, When, find_when
from sales.language.emoji import apart
from sales.language.names.mention import Named, guessed_name, is_all_name, sure_name
from sales.language.typed_text import MAX_WORDS, clean, clean_name, shorten, tidy
from sales.refusal import Refusal

EXAMPLE = "Acme Fri 3pm send the ROI sheet"

_NAME, _DATE = "\x01", "\x02"  # `clean` leaves neither in a text, so they can hold places in it

_LEAD_IN = re.compile(
    r"^(?:(?:please|pls|and|new|add|create|set|task|todo|reminder|follow[- ]?ups?|following up|chase up"
    r"|remind me(?: to| about| that)?|remember to|don['’]t forget to|i (?:need|have|want) to"
    r"|i(?:['’]ll| will)|i promised(?: to)?|to)\b\s*:?\s*(?:with\s+)?)+",
    re.IGNORECASE,
)
_THEY_OWE = re.compile(
    r"^(?:they|them|customer|their side)\s*(?:owes?)?(?:\s+(?:me|us))?\s*(?::|(?<=owe|.me|.us)\s|\s-\s)\s*",
    re.I,
)
_OWES_ME = re.compile(
    r"^(?P<who>.{1,200}?)\s+(?:still\s+)?"
    r"(?:owes?(?:\s+(?:me|us))?|promised\s+(?:me|us)|will send (?:me|us))(?!\w)\s*:?\s*",
    re.I,
)
_WAITING = re.compile(
    r"^(?:i['’]?m\s+|we['’]?re\s+|still\s+)*waiting (?:on|for)\s+(?P<who>.{1,200}?)\s+(?:to|for)\s+(?=\S)",
    re.I,
)
_I_OWE = re.compile(r"^(?:i|we|me)\s+(?:still\s+)?owe\s*:?\s+|^(?:i|we|me)\s+owe\s*:\s*", re.I)
_WORTH = re.compile(
    r"\s*[,;–—-]?\s*(?<!\w)(?:(?:because|bc|worth(?: it)?\s*:|why\s*:|for them\s*:)\s*"
    r"|so\s+(?:that\s+)?(?=(?:\S+\s+){1,3}(?:can|could|will|have|has|get|gets|know|knows|save|see|don['’]t)(?!\w)))",
    re.I,
)
_TIED = re.compile(rf"(?:(?<!\w)(?:with|to|at|for|from|of)\s+)?{_NAME}(?:['’]s)?", re.I)
_FILLER = re.compile(r"^(?:(?:to|and|then|that|please)\s+)+", re.I)
_FOR_SOMEBODY = re.compile(r"^for\s+(?:<@\w+[^>]*>|@[\w.-]+)\s*[,:]?\s*", re.I)
_RECURS = re.compile(
    r"(?<!\w)(?:(?:every|each)\s+(?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun)s?"
    r"|(?:every|each)\s+(?:other\s+|second\s+)?(?:day|workday|weekday|morning|afternoon|evening|week|month|quarter)"
    r"|daily|weekly|monthly)(?!\w)",
    re.I,
)
_TOPIC = re.compile(r"^(?:about|re|regarding|on|concerning)(?!\w)[:\s]", re.I)
_SAYS_NOTHING = re.compile(
    r"(?:(?:to|just|quick|quickly|a|friendly|call|calling|email|emailing|ping|send|message|and|back|him"
    r"|her|them|with|little|for)\s+)*"
    r"(?:check(?:ing)?[- ]?(?:in|up)|touch(?:ing)? base|circl(?:e|ing) back|follow(?:ing)?[- ]?up"
    r"|say(?:ing)? (?:hi|hello)|catch(?:ing)?[- ]?up|see(?:ing)? how (?:things|it|they)"
    r"(?:['’]s|['’]re| are| is)?(?: going| doing)?|ping|bump|nudge|reach(?:ing)? out|any (?:news|updates?)"
    r"|chat|hi|hello)"
    r"(?:\s+(?:again|call|email|message|with|them|him|her|on|this|things|it|about))*",
    re.I,
)


class FollowUpDraft(NamedTuple):
    """A commitment read from a sentence. `says_nothing`: it only checks in, with nothing in it for them.

    `what` and `worth` are the person's own words; `worth` may be empty (mechanism 58 asks for it).
    """

    who: str
    what: str
    when: When
    owes: Owes
    worth: str
    says_nothing: bool


class Incomplete(Refusal):
    """A follow-up that lacks `field` ("who", "what" or "when"); the parts that were read can fill a form."""

    def __init__(
        self,
        text: str,
        field: str,
        example: str,
        *,
        who: str,
        what: str,
        when: When | None,
        owes: Owes,
        worth: str,
    ) -> None:
        super().__init__(text, field=field, example=example)
        self.who = who
        self.what = what
        self.when = when
        self.owes = owes
        self.worth = worth


class PastFollowUp(PastDate):
    """A complete follow-up for a day that is over; `draft` has the coming day that was probably meant."""

    def __init__(self, past: PastDate, draft: FollowUpDraft, example: str) -> None:
        super().__init__(past.text, past.suggestion, example)
        self.draft = draft


class _Parts(NamedTuple):
    """The sentence with the name and the day replaced by their marks; `past` says that the day is over."""

    marked: str
    named: Named | None
    when: When | None
    past: PastDate | None


@apart
def read_followup(
    text: str,
    now: datetime,
    zone: str,
    known: Collection[str] = (),
    *,
    who: str | None = None,
    customs: Customs = NO_CUSTOMS,
) -> FollowUpDraft:
    """Return the commitment the sentence states: who, what, when, which side owes it and why it is worth it.

    Quoted names and `known` accounts win over guessing. `who` is used where the sentence names nobody, as
    for the next step of a conversation. Examples are given without the command's name.

    Raises:
        Incomplete: if nobody, nothing to do or no day is named.
        PastFollowUp: if the day is over.
        Refusal: for a day that cannot be, or text longer than fits.
    """
    line = _LEAD_IN.sub("", clean(text))
    if not line:
        raise _incomplete("who", "", "", None, Owes.ME, "")
    _refuse_for_somebody(line)
    owes, subject, line = _who_owes(line)
    body, worth = _split_worth(line)
    worth = "" if _SAYS_NOTHING.fullmatch(worth.rstrip(".!")) else worth

    def dated(words: str) -> When | None:
        try:
            return find_when(words, now, zone, customs=customs)
        except PastDate:
            raise
        except Refusal as refusal:
            refusal.example = EXAMPLE  # a day alone would be no follow-up
            raise

    if subject:
        body = _with_subject(subject, body, dated)
    parts = _mark(body, known, dated)
    if parts.when is None and worth:
        parts, worth = _date_at_end(parts, worth, dated)
    name, what = _who_and_what(parts, who)
    name = clean_name(name, "who")
    what, worth = clean(what, MAX_WORDS, "what"), clean(worth, MAX_WORDS, "worth")
    if parts.when is None or not name or not what:
        if parts.when is None:
            _refuse_recurring(line)
        missing = "who" if not name else "what" if not what else "when"
        raise _incomplete(missing, name, what, parts.when, owes, worth)
    says_nothing = not worth and _SAYS_NOTHING.fullmatch(what.rstrip(".!")) is not None
    draft = FollowUpDraft(name, what, parts.when, owes, worth, says_nothing)
    if parts.past:
        raise PastFollowUp(parts.past, draft, f"{shorten(name)} {parts.past.example} {shorten(what)}")
    return draft


def _refuse_for_somebody(line: str) -> None:
    """Refuse "for @ben Acme fri send notes": what is committed to is the writer's own."""
    somebody = _FOR_SOMEBODY.match(line)
    if somebody is not None:
        raise Refusal(
            "A follow-up is your own: I cannot make one for somebody else. Leave out who it is for.",
            field="who",
            example=shorten(line[somebody.end() :], MAX_WORDS) or EXAMPLE,
        )


def _refuse_recurring(line: str) -> None:
    """Refuse "every monday" with the next one: what is committed to comes once."""
    recurs = _RECURS.search(line)
    if recurs is not None:
        day = recurs["day"] or "tomorrow"
        raise Refusal(
            "A follow-up comes once; I have none that repeat. Name its next day.",
            field="when",
            example=shorten(f"{line[: recurs.start()]}{day}{line[recurs.end() :]}", MAX_WORDS),
        )


def _who_owes(line: str) -> tuple[Owes, str | None, str]:
    """Which side owes it, who that is where the words say so, and the rest of the sentence."""
    mine = _I_OWE.match(line)
    if mine:
        return Owes.ME, None, line[mine.end() :]
    they = _THEY_OWE.match(line)
    if they:
        return Owes.THEM, None, line[they.end() :]
    theirs = _OWES_ME.match(line) or _WAITING.match(line)
    if theirs is None:
        return Owes.ME, None, line
    name, rest = tidy(theirs["who"]).strip('"“”„«» '), line[theirs.end() :]
    if name.casefold() in ("they", "he", "she", "it"):
        return Owes.THEM, None, rest
    return Owes.THEM, name.translate(dict.fromkeys(map(ord, '"“”„«»'))), rest


def _with_subject(subject: str, body: str, dated: Callable[[str], When | None]) -> str:
    """Quote who owes it, so that nobody guesses again; a day before the name moves behind it."""
    when, _ = _outcome(subject, 0, dated)
    if when is None or not when.cut_from(subject):
        return f"“{subject}” {body}"
    return f"“{when.cut_from(subject)}” {when.words} {body}"


def _split_worth(line: str) -> tuple[str, str]:
    match = _WORTH.search(line)
    if match is None or match.start() == 0:
        return line, ""
    return line[: match.start()], tidy(line[match.end() :])


def _mark(body: str, known: Collection[str], dated: Callable[[str], When | None]) -> _Parts:
    """Put marks in the place of the sure name and of the day; a day right after the name is the one meant."""
    named = sure_name(body, known)
    if named:
        body = f"{body[: named.start]}{_NAME}{body[named.end :]}"
        lead = body.index(_NAME) + 1
    else:
        guess = guessed_name(body)
        lead = guess.end if guess and guess.start == 0 else 0
    when, past = _outcome(body, 0, dated)
    if lead and when and when.spans[0][0] >= lead:
        beside, beside_past = _outcome(body, lead, dated)
        if beside and not body[lead : beside.spans[0][0]].strip(" ,:–—-"):
            when, past = beside, beside_past
    return _Parts(_without(body, when), named, when, past)


def _outcome(
    text: str, start: int, dated: Callable[[str], When | None]
) -> tuple[When | None, PastDate | None]:
    """The day named from `start` on; for one that is over, the day suggested and the refusal."""
    past = None
    try:
        when = dated(text[start:])
    except PastDate as over:
        when, past = over.suggestion, over
    if when is None:
        return None, past
    return when._replace(spans=tuple((first + start, last + start) for first, last in when.spans)), past


def _without(text: str, when: When | None) -> str:
    """The text with the date mark in place of the day's words, and a time set apart from it gone."""
    if when is None:
        return text
    first, *others = when.spans
    for start, end in reversed(others):
        text = f"{text[:start]} {text[end:]}"
    return f"{text[: first[0]]} {_DATE} {text[first[1] :]}"


def _date_at_end(parts: _Parts, worth: str, dated: Callable[[str], When | None]) -> tuple[_Parts, str]:
    """Look for the day behind the reason: "… because they renew, friday 3pm"; one inside it belongs to it."""
    comma = max(worth.rfind(mark) for mark in ",;–—")
    behind = worth[comma + 1 :]
    when, past = _outcome(behind, 0, dated) if comma >= 0 else (None, None)
    if when is None or when.cut_from(behind):
        return parts, worth
    return parts._replace(when=when, past=past), tidy(worth[:comma])


def _who_and_what(parts: _Parts, fallback: str | None) -> tuple[str, str]:
    """Split what is left of the sentence into the name and the task."""
    marked = parts.marked
    if parts.named:
        return parts.named.name, _task(marked)
    guess = None if fallback else guessed_name(marked)
    if guess is None:
        return fallback or "", _task(marked)
    before, _, after = marked.partition(_DATE)
    if guess.start == 0 and after.strip(" ,:;–—-.") and is_all_name(before):
        guess = guess._replace(name=tidy(before), end=len(before.rstrip()))
    return guess.name, _task(f"{marked[: guess.start]}{_NAME}{marked[guess.end :]}")


def _task(marked: str) -> str:
    """The words left when the name, the day and what tied them to the sentence are gone."""
    words = tidy(_TIED.sub(" ", marked).replace(_DATE, " "))
    words = tidy(_FILLER.sub("", words))
    return f"follow up {words}" if _TOPIC.match(words) else words


def _incomplete(missing: str, who: str, what: str, when: When | None, owes: Owes, worth: str) -> Incomplete:
    """The refusal that asks for what is missing, with an example made of what was typed."""
    them = shorten(who) or "Acme"
    day = when.words if when else "fri 3pm"
    task = shorten(what) or "send the ROI sheet"
    if not (who or what or when):
        text = "A follow-up says who, by when, and what."
    elif missing == "who":
        text = "Who is this follow-up with? Put their name first."
    elif missing == "what":
        text = f"What does {them} owe you?" if owes is Owes.THEM else f"What will you do for {them}?"
    else:
        text = "By when? Name a day, such as “fri 3pm”, “tomorrow” or “26 Sep”."
    example = f"{them} owes me {task} {day}" if owes is Owes.THEM else f"{them} {day} {task}"
    return Incomplete(text, missing, example, who=who, what=what, when=when, owes=owes, worth=worth)
