"""What people say for an activity without naming it: "left vm acme", "emailed 12 people", "got off the phone with"."""

import re

from sales.followups.activity_words import PLURALS, counts_first, kind_named, starts_with_kind
from sales.language.spelled_count import COUNT, whole
from sales.language.typed_text import tidy
from sales.refusal import Reading, Refusal

_LEFT = re.compile(
    rf"^(?:left\s+(?:{COUNT})?(?:(?:an?|the)\s+)?|(?=l?vm|voice|lm\s))"
    r"(?P<what>l?vms?|lm|voice ?mails?|messages?|msgs?)(?!\w)"
    r"(?:\s+(?:for|with|at|to|on)(?!\w))?\s*",
    re.I,
)
_NO_ANSWER = re.compile(r"^no answer\s+(?:(?:at|from|with)\s+)?(?=\w)", re.I)
_PHONE = re.compile(
    r"^(?:(?:got|came|hung up|hopped|jumped)\s+off\s+(?:the\s+|a\s+)?|(?:was|been)\s+on\s+(?:the\s+|a\s+))"
    r"(?P<what>phone|call|zoom|teams)(?:\s+calls?)?\s+(?=with\s|w/|w\s)",
    re.I,
)
_TALKED = re.compile(r"^(?:spoke|talked|chatted)\s+(?:(?:to|with|w)\s+|w/\s*)(?=\S)", re.I)
_PEOPLE = (
    r"(?:(?:new|cold|warm|more)\s+)?(?:people|persons|prospects|leads|contacts|accounts|customers|clients|companies"
    r"|folks|numbers|buyers|partners|times)"
)
_TO_PEOPLE = re.compile(
    rf"^(?P<verb>[a-z][a-z-]*(?:['’]d)?(?:\s+(?:to|with))?)\s+{COUNT}(?:{_PEOPLE}(?!\w)|(?=$|[,;.]))", re.I
)
_TO_PEOPLE_ENDS = re.compile(
    r"^(?P<verb>[a-z][a-z-]*(?:['’]d)?)\s+(?P<count>[0-9]{1,4})(?=\s*(?:$|[,;.]))", re.I
)
_RESULT = (
    r"(?:connect(?:s|ions|ed)?|conversations?|convos?|pick-?ups?|answered|answers?|no[- ]?answers?|no[- ]?shows?"
    r"|replies|reply|responses?|bounces?|bounced|hang-?ups?|gatekeepers?|call-?backs?|vms?|voice ?mails?"
    r"|booked|interested|spoken?(?: (?:to|with))?|talked|reached"
    r"|(?:meetings?|mtgs?|demos?|appts?|appointments?)\s+(?:booked|set|scheduled))(?!\w)"
)
_ANY_RESULT = re.compile(rf"(?<![^\W\d]){_RESULT}", re.I)
_RESULTS = re.compile(
    rf"(?<![\s,;])[\s,;]++(?:(?:and|with|w/|incl(?:uding)?)\s+)?(?<!\w){COUNT}{_RESULT}",
    re.I,
)
_TIED = re.compile(r"^(?:and|with|w/|incl(?:uding)?)\s+", re.I)
_GLUED = re.compile(r"(?<=[0-9])(?=[^\W\d_])")
_COUNTED = re.compile(COUNT, re.I)
_RANGE = re.compile(
    r"(?<![\w.,/:-])(?P<low>[0-9]{1,4})\s*(?:-|–|—|(?<=\s)to(?=\s)|(?<=\s)or(?=\s))\s*(?P<high>[0-9]{1,4})\s+"
)
_VAGUE = re.compile(
    r"(?<!\w)(?P<few>a few|few|several|some|a bunch of|bunch of|lots of|a lot of|loads of|many|tons of|a ton of)\s+",
    re.I,
)
_FEW = {"a few": (3, 4), "few": (3, 4), "several": (4, 5), "some": (3, 5)}
_MANY = (10, 20)


def reworded(line: str) -> tuple[str, str]:
    """Return a line with its activity named and counted first, and what of it tells how that went."""
    left = _LEFT.match(line)
    if left:
        count = whole(left["count"] or "1") or 1
        told = "left voicemail" if "v" in left["what"].lower() else "left message"
        return f"{count} calls {line[left.end() :]}", told if count == 1 else f"{told}s"
    unanswered = _NO_ANSWER.match(line)
    if unanswered:
        return f"call {line[unanswered.end() :]}", "no answer"
    people = _TO_PEOPLE.match(line) or _TO_PEOPLE_ENDS.match(line)
    talked = _TALKED.match(line) if people is None else None
    if talked:
        return f"call {line[talked.end() :]}", ""
    phone = _PHONE.match(line)
    if phone:
        meets = phone["what"].lower() in ("zoom", "teams")
        return f"{'meeting' if meets else 'call'} {line[phone.end() :]}", ""
    kind = kind_named(_without_preposition(people["verb"])) if people else None
    if people and kind:
        return f"{people['count'].strip()} {PLURALS[kind]} {line[people.end() :]}".strip(), ""
    return counts_first(line), ""


def _without_preposition(verb: str) -> str:
    """Return "spoke to" as it is, as it means a call only so, and "met with" as "met"."""
    first, _, rest = verb.partition(" ")
    return "called" if first.lower() in ("spoke", "talked", "chatted") and rest else first


def without_results(line: str) -> tuple[str, str]:
    """Return "20 dials 3 connects" without what came of them, and that: of the dials some were picked up."""
    if _ANY_RESULT.search(line) is None:
        return line, ""
    count = _COUNTED.match(line)
    if not starts_with_kind(line, count.end() if count else 0):
        return line, ""
    found: list[str] = []

    def cut(result: re.Match[str]) -> str:
        found.append(_GLUED.sub(" ", _TIED.sub("", result.group().strip(" ,;"))))
        return " "

    rest = _RESULTS.sub(cut, line)
    return tidy(rest) if found else line, ", ".join(found)


def refuse_range(line: str) -> None:
    """Ask about "3-4 calls" and "a few calls", with a number each.

    Raises:
        Refusal: if a count is two numbers, or none.
    """
    for pattern in (_RANGE, _VAGUE):
        for found in pattern.finditer(line):
            if not starts_with_kind(line, found.end()):
                continue
            if pattern is _RANGE:
                text, counts = "How many", (found["low"], found["high"])
            else:
                few = _FEW.get(found["few"].lower(), _MANY)
                text, counts = f"“{found['few']}” is how many", (str(few[0]), str(few[1]))
            head, tail = line[: found.start()], line[found.end() :]
            readings = [Reading(tidy(f"{one} {tail}")[:60], f"{head}{one} {tail}") for one in counts]
            raise Refusal(f"{text}?", field="count", readings=readings)
