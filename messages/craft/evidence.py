"""The reality check in words: the question to whoever leads a team, its two numbers, and the forms of both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from messages.blocks import Block, Message, actions, context, field_input, message_of, modal_of, section
from messages.carried import Carried
from messages.elements import button, text_input
from messages.formatting import Mrkdwn, words
from messages.undo import undo_button
from sales.craft.evidence import LEAST_TOUCHES, InboxCheck, MailShare

COUNT = "evidence.count"
LINE = "evidence.line"
SAVE = "evidence.save"  # the callback of the two numbers
SAVE_LINE = "evidence.save_line"
RECEIVED, ANSWERED, SHARE = "received", "answered", "share"
NOUN = "craft/evidence"
DIGITS = 6  # of a number that is typed


@dataclass(frozen=True)
class InboxForm(Carried):
    """What a form keeps: whose numbers they are, and where it was opened."""

    team_id: int
    place: Sequence[str] = ()


@dataclass(frozen=True)
class EvidenceShown:
    """A team's evidence, by the name of who counted, beside how much of its work is mail."""

    team: str
    team_id: int
    check: InboxCheck
    by: str
    found: MailShare


def question(team: str, team_id: int, found: MailShare) -> Message:
    """Ask whoever leads a team to count."""
    return message_of(
        [
            section(words(NOUN, "question", team=team, found=found)),
            actions(button("Count…", COUNT, str(team_id), style="primary")),
        ]
    )


def page(
    shown: EvidenceShown, today: date, note: str = "", undo_id: int | None = None, *, manages: bool
) -> Message:
    """Show a team's evidence; to whoever leads it the ways to count, and to move the line."""
    check = shown.check
    back = undo_button(undo_id) if undo_id is not None else None
    blocks: list[Block] = [section(note, back)] if note else []
    if check.is_counted:
        blocks.append(section(words(NOUN, "counted", check=check, name=shown.by, today=today)))
    else:
        blocks.append(section(words(NOUN, "not_counted", manages=manages)))
    if said := words(NOUN, "says", check=check):
        blocks.append(context(said))
    line = words(NOUN, "line", team=shown.team, found=shown.found, line=check.line, least=LEAST_TOUCHES)
    blocks.append(context(line))
    if manages:
        carried = str(shown.team_id)
        again = "Count again…" if check.is_counted else "Count…"
        blocks.append(actions(button(again, COUNT, carried), button("Change the line…", LINE, carried)))
    return message_of(blocks)


def note(name: str, **values: object) -> Mrkdwn:
    """Say what was just done."""
    return words(NOUN, name, **values)


def of_team(check: InboxCheck, name: str) -> Block:
    """Say a team's evidence on its card."""
    return context(words(NOUN, "of_team", check=check, name=name))


def beside(check: InboxCheck, name: str) -> Block:
    """Say it beside who got only e-mails."""
    return context(words(NOUN, "beside", check=check, name=name))


def why(line: int) -> str:
    return words(NOUN, "why", line=line)


def form(private: str, held: InboxCheck) -> dict[str, Any]:
    """Ask for the two numbers."""
    fields = [
        field_input(
            "Sales e-mails received last week",
            number_typed(held.received, "40"),
            RECEIVED,
            hint="From people you did not write to first. A rough count will do.",
        ),
        field_input("Of these, answered", number_typed(held.answered, "2"), ANSWERED),
    ]
    return modal_of("Your own inbox", fields, callback_id=SAVE, submit="Save", private=private)


def line_form(private: str, held: InboxCheck) -> dict[str, Any]:
    """Ask from which share of e-mails on whoever leads the team is asked."""
    asked = field_input("E-mail share over which to ask, in %", number_typed(held.line, "70"), SHARE)
    return modal_of("The line", [asked], callback_id=SAVE_LINE, submit="Save", private=private)


def number_typed(held: int | None, example: str) -> dict[str, Any]:
    said = str(held) if held is not None else None
    return text_input("chosen", initial_value=said, max_length=DIGITS, placeholder=example)
