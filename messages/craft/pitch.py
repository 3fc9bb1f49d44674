"""The check of a draft in words: a score, what to mend with its sentence, what is fine, and what would fit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from messages.blocks import (
    Block,
    Message,
    actions,
    context,
    field_input,
    joined,
    line_sections,
    message_of,
    modal_of,
    section,
)
from messages.carried import Carried
from messages.elements import button, text_input
from messages.formatting import Mrkdwn, words
from sales.craft.library import EntryKey, RankedEntry
from sales.craft.pitch.known_of_account import FactInDraft, FactKind, KnownOfAccount
from sales.craft.pitch.remark import (
    LONG,
    MOST_QUESTIONS,
    SHORT,
    PitchCheck,
    PitchRemark,
    PitchState,
    PitchTopic,
)
from sales.craft.pitch.sketch import LOOK_BACK_DAYS
from sales.language.figures import number, plural
from sales.language.typed_text import MAX_NAME, shorten

OPEN = "pitch.open"
SAVE = "pitch.save"  # the form's callback
SHORTCUT = "check_draft"
DRAFT, ACCOUNT = "draft", "account"
NOUN = "craft/pitch"
LONGEST = 3_000  # characters that Slack lets somebody type into a field
CARRIED = 2_000  # characters that a button keeps
WORN_SHOWN = 3
KNOWN_SHOWN = 3
SIGNS = {PitchState.MEND: "🟠", PitchState.HINT: "💡", PitchState.FINE: "✅"}
KEYS = {
    EntryKey.ROLE: "their role",
    EntryKey.SECTOR: "their sector",
    EntryKey.PAIN: "their pain",
    EntryKey.COMPETITOR: "the competitor",
}


@dataclass(frozen=True)
class PitchForm(Carried):
    """What is in the form: a draft, and the account it is for."""

    text: str = ""
    account: str = ""


@dataclass(frozen=True)
class PitchTold:
    """A draft that was checked, with what stands beside it: for whom, which sectors it went to, and what would fit."""

    text: str
    check: PitchCheck
    whom: KnownOfAccount | None = None
    sectors: Sequence[str] = ()  # more than a few, else empty
    proposition: RankedEntry | None = None


def checked(told: PitchTold) -> Message:
    """Say what to mend first, then what is fine, then what would fit."""
    check, account = told.check, told.whom.name if told.whom is not None else ""
    count = len(check.of(PitchState.MEND)) + bool(told.sectors)
    blocks: list[Block] = [section(words(NOUN, "heading", check=check, account=account, mends=count))]
    mends = [line for one in check.of(PitchState.MEND) for line in remark_lines(one, told)]
    if told.sectors:
        mends.append(signed(PitchState.MEND, words(NOUN, "same_text", sectors=told.sectors)))
    blocks += line_sections(mends)
    rest = [*check.of(PitchState.HINT), *check.of(PitchState.FINE)]
    lines = [line for one in rest for line in remark_lines(one, told)]
    if lines:
        blocks.append(context(joined(lines)))
    blocks += beside(told)
    form = PitchForm(told.text, account).written()
    if len(form) <= CARRIED:
        blocks.append(actions(button("Change it…" if account else "For an account…", OPEN, form)))
    blocks.append(context(words(NOUN, "foot", days=LOOK_BACK_DAYS)))
    return message_of(blocks)


def beside(told: PitchTold) -> list[Block]:
    """Say which value proposition of the library fits, or that none does, or that nobody was named."""
    if told.whom is None:
        return [context(words(NOUN, "whom"))]
    if told.proposition is None:
        return [context(words(NOUN, "no_proposition", account=told.whom.name, sector=told.whom.sector))]
    entry, fits = told.proposition
    named = [f"{KEYS[key]} ({shorten(entry.keys[key], 60)})" for key in fits]
    return [section(words(NOUN, "proposition", entry=entry, fits=named))]


def remark_lines(one: PitchRemark, told: PitchTold) -> list[Mrkdwn]:
    """Return what is said of one measure: a line, and below it the sentence it shows in with what to do."""
    said = LINES[one.topic](one, told)
    if one.state is PitchState.FINE and one.topic is PitchTopic.ASK and not told.check.measures.asks:
        return []  # that there is no question is told already
    lines = [signed(one.state, line) for line in said]
    if one.state is PitchState.MEND and one.line and one.topic in INSTEAD:
        lines.append(words(NOUN, "quoted", line=one.line, instead=words(NOUN, INSTEAD[one.topic])))
    return lines


def signed(state: PitchState, line: Mrkdwn) -> Mrkdwn:
    return Mrkdwn(f"{SIGNS[state]} {line}")


def plainly(name: str, **more: Any) -> Callable[[PitchRemark, PitchTold], list[Mrkdwn]]:
    """Return what says a measure in one line of its own macro."""

    def say(one: PitchRemark, told: PitchTold) -> list[Mrkdwn]:
        return [words(NOUN, name, one=one, found=told.check.measures, **more)]

    return say


def worn_lines(one: PitchRemark, told: PitchTold) -> list[Mrkdwn]:
    worn = told.check.measures.worn
    if not worn:
        return [words(NOUN, "no_worn", one=one)]
    alike: dict[str, list[str]] = {}
    for phrase in worn:
        alike.setdefault(phrase.instead, []).append(phrase.words)
    shown = [(instead, list(dict.fromkeys(phrases))[:WORN_SHOWN]) for instead, phrases in alike.items()]
    return [words(NOUN, "worn", one=one, phrases=phrases, instead=instead) for instead, phrases in shown]


def fact_lines(one: PitchRemark, told: PitchTold) -> list[Mrkdwn]:
    assert told.whom is not None  # without an account nothing is said of facts
    found = [shown_fact(each) for each in told.check.facts if each.kind is not FactKind.SECTOR]
    if one.state is PitchState.FINE:
        return [words(NOUN, "fact_there", one=one, facts=found)]
    if one.state is PitchState.HINT and found:
        stronger = known_facts(told.whom._replace(employees=None))
        return [words(NOUN, "head_count", one=one, facts=found, known=stronger)]
    if one.state is PitchState.HINT:
        return [words(NOUN, "unknown", one=one, account=told.whom.name)]
    return [words(NOUN, "no_fact", one=one, account=told.whom.name, known=known_facts(told.whom))]


def shown_fact(found: FactInDraft) -> str:
    return f"{number(int(found.words))} people" if found.kind is FactKind.PEOPLE else f"“{found.words}”"


def known_facts(known: KnownOfAccount) -> list[str]:
    """Return a few things that are known of an account, the most telling first."""
    every = [f"“{shorten(note, 80)}”" for note in known.notes]
    every += [known.town] if known.town else []
    every += [plural(known.employees, "person", "people")] if known.employees else []
    every += list(known.contacts)
    return every[:KNOWN_SHOWN]


LINES: Mapping[PitchTopic, Callable[[PitchRemark, PitchTold], list[Mrkdwn]]] = {
    PitchTopic.SELF: plainly("self"),
    PitchTopic.PRODUCT: plainly("product"),
    PitchTopic.WORN: worn_lines,
    PitchTopic.FACT: fact_lines,
    PitchTopic.QUESTION: plainly("question", most=MOST_QUESTIONS),
    PitchTopic.ASK: plainly("ask"),
    PitchTopic.LENGTH: plainly("length", short=SHORT, long=LONG),
    PitchTopic.GRADE: plainly("grade"),
    PitchTopic.WORTH: lambda one, told: [words(NOUN, "worth", one=one, line=one.line)],
}
INSTEAD = {
    PitchTopic.SELF: "self_mend",
    PitchTopic.ASK: "ask_mend",
    PitchTopic.GRADE: "grade_mend",
    PitchTopic.PRODUCT: "product_mend",
    PitchTopic.QUESTION: "ask_mend",
}


def form(held: PitchForm) -> dict[str, Any]:
    """Ask for a draft and, if it is for somebody, for whom."""
    fields: list[Block] = [
        field_input(
            "Draft",
            text_input(
                "chosen",
                initial_value=held.text,
                max_length=LONGEST,
                placeholder="Your Leeds depot lost two trucks in August. …",
                multiline=True,
                focus_on_load=True,
            ),
            DRAFT,
            hint="English only. Code, links, emoji and your signature are not counted.",
        ),
        field_input(
            "Account",
            text_input("chosen", initial_value=held.account, max_length=MAX_NAME, placeholder="Acme"),
            ACCOUNT,
            hint="To look for a fact about them and the value proposition that fits.",
            optional=True,
        ),
    ]
    return modal_of("Check a draft", fields, callback_id=SAVE, submit="Check")
