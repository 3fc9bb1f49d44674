"""Leads as people type them: "Dana Cole, CFO at Acme, dana@acme.com, from webinar"; what is unclear is asked (35)."""

import re
from collections.abc import Collection, Iterator
from datetime import timedelta
from typing import NamedTuple

from sales.language.names.descent import comparable
from sales.language.typed_text import MAX_NAME, MAX_WORDS, clean, clean_name, shorten, tidy
from sales.prospects.lead import MAX_EMAIL, MAX_PHONE, MAX_TITLE
from sales.prospects.lead_draft import BRACKETS, MARK, PART, RANK, LeadDraft, written
from sales.prospects.lead_origin import SOURCE, ask_about_source, referral_in
from sales.refusal import Reading, Refusal

EXAMPLE = "/lead add Dana Cole at Acme from webinar"
LEAST_DIGITS = 7  # of a phone number; fewer are a part of a name
ASKED_NAME = "Who is it? A name is enough, and the firm and where they are from if you know."

_LEAD_IN = re.compile(r"^(?:please\s+)?(?:an?\s+|the\s+|this\s+)?(?:new\s+)?leads?\s*[:,–—-]?\s+", re.I)
_QUOTED = re.compile(r"[\"“”„«]\s*([^\"“”„«»]{1,200}?)\s*[\"“”»]")
_EMAIL = re.compile(r"<?(?:mailto:)?(?<![\w.+-])([\w.+'-]+@[\w-]+(?:\.[\w-]+)+)(?:\|[^>\s]*)?>?")
_EMAIL_LABEL = r"(?:e-?mail|mail)\s*:?\s*"
_PHONE = re.compile(
    r"(?:\b(?:phone|tel|telephone|mobile|cell|call)\b\s*[.:]?\s*)?(?<![\w.])(\+?\(?\d[\d ().\-/]{5,}\d)(?![\w])",
    re.I,
)
_A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
_NOTE = re.compile(
    r"(?:^|[\s,;.–—-]+)notes?\s*:\s*(?P<said>.+)$|\s+[–—-]+\s+(?P<dashed>.+)$", re.I | re.DOTALL
)
_ARTICLE = re.compile(r"^(?:the|our|an?)\s+(?=\S)", re.I)
_AGO = re.compile(
    r"(?:^|[\s,]+)(?:(?P<day>today|just now|this morning|yesterday)"
    r"|(?P<count>\d{1,3})\s*(?P<unit>min(?:ute)?s?|m|h(?:ou)?rs?|h)\s+ago)$",
    re.I,
)
TITLE = re.compile(
    r"\b(?:c[a-z]o|ciso|[se]?vp|md|gm|chief|president|chair\w*|director|head|manager|owner|founder|co-?founder|partner"
    r"|buyer|purchas\w+|procurement|engineer|analyst|assistant|officer|controller|treasurer|secretary|consultant"
    r"|coordinator|specialist|supervisor|executive|principal|architect|planner|foreman|foreperson|technician|scientist"
    r"|developer|marketer|accountant|teacher|nurse|doctor|professor|lawyer|counsel|lead of|team lead)\b",
    re.I,
)
_MET = re.compile(
    r"(?:^|(?<=[\s,;]))(?:i\s+|we\s+)?(?:met|seen|found)\s+(?:(?:him|her|them)\s+)?(?:at|on|in|through|via)\s+(?=\S)",
    re.I,
)


class _Found(NamedTuple):
    """What stands behind a mark in a part of a line: "at Acme", "from webinar"; no mark where it begins."""

    mark: str
    text: str


def read_lead(text: str, firms: Collection[str] = (), sources: Collection[str] = ()) -> LeadDraft:
    """Return the lead that a line describes. `firms` and `sources` are those that are known by name.

    Raises:
        Refusal: without a name; with both readings, where "from X" may be a firm or a source; and for what is left
            over, which is no part that a lead has.
    """
    quotes: list[str] = []
    line = _QUOTED.sub(lambda quoted: _kept(quotes, quoted[1]), _LEAD_IN.sub("", clean(text)))
    line, email = _taken(_EMAIL, line, MAX_EMAIL, _EMAIL_LABEL)
    line, phone = _phone_in(line)
    line, note = _note_in(line)
    line, ago = _ago_in(line)
    line = _MET.sub("via ", line)
    line, referred = referral_in(line)
    fields: dict[str, str] = {}
    left: list[str] = []
    for number, part in enumerate(filter(None, PART.split(line))):
        for found in _parts(part):
            _place(found, fields, left, is_first=number == 0)
    said = {name: _restored(value, quotes) for name, value in fields.items()}
    draft = LeadDraft(
        name=clean_name(said.get("name", ""), "name").strip(" -"),
        account=clean_name(said.get("account", ""), "account"),
        title=clean(said.get("title", ""), MAX_TITLE, "title"),
        email=email,
        phone=phone,
        source=clean(said.get("source", "") or referred.source, MAX_NAME, "source"),
        note=clean(tidy(_restored(f"{referred.note} {note}", quotes)), MAX_WORDS, "note"),
        ago=ago,
    )
    draft = _with_firm_of_address(draft)
    came_from, over = _restored(said.get("from", ""), quotes), [_restored(one, quotes) for one in left]
    settled = _settled(draft, came_from, over, firms, sources)
    last = fields.get("account") or fields.get("name", "")
    if last == _restored(last, quotes) and (asked := ask_about_source(settled, firms, sources)):
        raise asked
    return settled


def _with_firm_of_address(draft: LeadDraft) -> LeadDraft:
    """Return a draft whose name ends in the firm that their address is at: "Kim Bell Hartwell, kim@hartwell.com"."""
    name, _, last = draft.name.rpartition(" ")
    at = draft.email.partition("@")[2].partition(".")[0]
    if draft.account or " " not in name or comparable(last) != comparable(at):
        return draft
    return draft._replace(name=name, account=last)


def _settled(
    draft: LeadDraft, came_from: str, left: list[str], firms: Collection[str], sources: Collection[str]
) -> LeadDraft:
    """Return a draft in which "from X" is the firm or the source, and nothing is left over."""
    if not draft.name and draft.account:
        draft = draft._replace(name=draft.account, account="")
    if not any(letter.isalnum() for letter in draft.name):
        raise Refusal(ASKED_NAME, field="name", example=EXAMPLE)
    if came_from:
        came_from = clean(came_from, MAX_NAME, "source")
        draft = _from(draft, came_from, firms, sources)
    if draft.account and comparable(draft.account) == comparable(draft.name):
        draft = draft._replace(account="")
    if left:
        raise _what_is(draft, left)
    return draft._replace(source=_spelled(draft.source, sources))


def _from(draft: LeadDraft, said: str, firms: Collection[str], sources: Collection[str]) -> LeadDraft:
    """Return whether "from X" is where they work or where they came from.

    Raises:
        Refusal: with both, where nothing tells.
    """
    is_source = comparable(said) in map(comparable, sources) or SOURCE.search(said) is not None
    is_firm = comparable(said) in map(comparable, firms)
    if draft.source or (is_firm and not is_source and not draft.account):
        return (
            draft._replace(account=said)
            if not draft.account
            else draft._replace(source=f"{draft.source}, {said}")
        )
    if is_source or draft.account:
        return draft._replace(source=said)
    rest = draft._replace(note="", ago=None)
    raise Refusal(
        f"Is {shorten(said, 60)} where they work, or where you have them from?",
        field="source",
        readings=[
            Reading(f"They work at {shorten(said, 40)}", written(rest._replace(account=said), draft)),
            Reading(f"The source is {shorten(said, 40)}", written(rest._replace(source=said), draft)),
        ],
    )


def _what_is(draft: LeadDraft, left: list[str]) -> Refusal:
    """Return the question what words are that fit no part of a lead."""
    words = ", ".join(left)
    readings = [Reading("A note", written(draft._replace(note=tidy(f"{draft.note} {words}"))))]
    if not draft.title:
        readings.insert(0, Reading("What they are there", written(draft._replace(title=words))))
    if not draft.source:
        readings.append(Reading("The source", written(draft._replace(source=words))))
    return Refusal(f"What is “{shorten(words, 60)}”?", field="note", readings=readings)


def _place(found: _Found, fields: dict[str, str], left: list[str], *, is_first: bool) -> None:
    """Put what stands behind a mark where it belongs; what has no place is left."""
    text = found.text
    for bracket in BRACKETS.findall(text):
        _unmarked(bracket, fields, left)
    text = tidy(BRACKETS.sub(" ", text))
    if not text:
        return
    mark = found.mark.lower()
    if mark in ("at", "@"):
        key = "account"
    elif mark in ("via", "through", "source"):
        key = "source"
    elif mark in ("title", "role"):
        key = "title"
    elif mark == "from":
        key = "from"
    elif is_first and "name" not in fields:
        key, text = "name", _without_rank(text, fields, left)
    else:
        _unmarked(text, fields, left)
        return
    if key == "from" and "from" in fields and "account" not in fields:
        fields["account"] = fields.pop("from")  # "Dana from Acme from webinar"
    if key in fields:
        left.append(text)
    else:
        fields[key] = text


def _without_rank(text: str, fields: dict[str, str], left: list[str]) -> str:
    """Return a name without what stands behind it and before a firm: "Peter Novak cfo lockside"."""
    rank = RANK.search(text)
    if rank is None or not text[: rank.start()].strip():
        return text
    for one in (rank[0], text[rank.end() :].strip()):
        if one:
            _unmarked(one, fields, left)
    return text[: rank.start()].strip()


def _unmarked(text: str, fields: dict[str, str], left: list[str]) -> None:
    """Put a part without a mark where it belongs: a source that is nothing else, what they are there, else the firm."""
    if SOURCE.fullmatch(text) and "source" not in fields:
        fields["source"] = tidy(text)
    elif TITLE.search(text) and "title" not in fields:
        fields["title"] = tidy(text)
    elif "account" not in fields:
        fields["account"] = tidy(text)
    elif SOURCE.search(text) and "source" not in fields:
        fields["source"] = tidy(text)
    else:
        left.append(tidy(text))


def _parts(part: str) -> Iterator[_Found]:
    """Yield what of a part stands behind each mark, what stands before the first included."""
    marks = list(MARK.finditer(part))
    ends = [one.start() for one in marks[1:]] + [len(part)]
    if before := part[: marks[0].start() if marks else len(part)].strip():
        yield _Found("", before)
    for mark, end in zip(marks, ends, strict=False):
        yield _Found(mark[1], part[mark.end() : end].strip())


def _taken(pattern: re.Pattern[str], line: str, longest: int, label: str) -> tuple[str, str]:
    """Take what a pattern finds, and a label before it, out of a line; return the line and what was found."""
    found = pattern.search(line)
    if found is None:
        return line, ""
    before = re.sub(rf"[\s,;(]*(?:{label})?[\s(]*$", "", line[: found.start()], flags=re.IGNORECASE)
    after = line[found.end() :].lstrip(" )")
    return f"{before}, {after}".strip(" ,"), clean(found[1], longest, "email").lower()


def _phone_in(line: str) -> tuple[str, str]:
    """Take a phone number out of a line; a date is none, nor is a short number."""
    for found in _PHONE.finditer(line):
        number = found[1].strip()
        if sum(one.isdigit() for one in number) < LEAST_DIGITS or _A_DAY.fullmatch(number):
            continue
        before = re.sub(r"[\s,;]+$", "", line[: found.start()])
        rest = f"{before}, {line[found.end() :].lstrip(' )')}".strip(" ,")
        return rest, clean(number, MAX_PHONE, "phone")
    return line, ""


def _note_in(line: str) -> tuple[str, str]:
    """Take a note from the end of a line, unless what stands behind a dash says where they are from."""
    found = _NOTE.search(line)
    if found is None:
        return line, ""
    said = tidy(found["said"] or found["dashed"])
    if found["dashed"] and MARK.match(said):
        return f"{line[: found.start()]}, {said}", ""
    return line[: found.start()], said


def _ago_in(line: str) -> tuple[str, timedelta | None]:
    """Take from the end of a line how long ago they came."""
    line = line.rstrip(" .,;")
    found = _AGO.search(line)
    if found is None or found.start() == 0:
        return line, None
    rest = line[: found.start()]
    if found["day"]:
        return rest, timedelta(days=1) if found["day"].lower() == "yesterday" else timedelta()
    unit = timedelta(hours=1) if found["unit"].lower().startswith("h") else timedelta(minutes=1)
    return rest, int(found["count"]) * unit


def _kept(quotes: list[str], text: str) -> str:
    """Return a sign that stands for what was quoted, which no pattern takes apart."""
    quotes.append(text)
    return chr(0xE000 + len(quotes) - 1)


def _restored(text: str, quotes: list[str]) -> str:
    for number, quoted in enumerate(quotes):
        text = text.replace(chr(0xE000 + number), quoted)
    return text


def _spelled(source: str, sources: Collection[str]) -> str:
    """Return a source as the team spells it, where it has one of that name."""
    plain = _ARTICLE.sub("", source)
    return next((one for one in sources if comparable(one) == comparable(plain)), plain)
