"""The brief as it is read between two calls: how ready one is, four lines of green or amber, what to say and to ask."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from messages.blocks import (
    SECTION_LENGTH,
    Block,
    Message,
    actions,
    context,
    joined,
    line_sections,
    message_of,
    section,
)
from messages.craft.prep import ids
from messages.craft.prep.ids import BriefOf
from messages.elements import Element, button, option, select_menu
from messages.formatting import Mrkdwn, words
from messages.prospects import persona as personas
from messages.room import BODY, weight
from sales.craft.library import MAX_TEXT, LibraryEntry
from sales.craft.prep.brief import BriefLight, BriefTopic, PrepBrief
from sales.language.typed_text import on_one_line, shorten_at_word
from sales.pipeline.account import customer_of
from sales.pipeline.opportunity import StoredOpportunity

NOUN = "craft/prep/brief"
GREEN, AMBER = "🟢", "🟠"
MOST_NAMED = 2  # people in the line of who
MOST_ANSWERS = 2  # that stand in the brief; all of them are in its details
MOST_PERSONAS = 1  # likewise
MOST_CHOICES = 8
MENDS: Mapping[BriefTopic, tuple[str, str]] = {
    BriefTopic.WHO: ("Who is it…", ids.CONTACT),
    BriefTopic.WHY_NOW: ("Why now…", ids.REASON),
    BriefTopic.VALUE: ("Value to them…", ids.VALUE),
    BriefTopic.OBSTACLES: ("Obstacle…", ids.OBSTACLE),
}
LACKING: Mapping[BriefTopic, str] = {
    BriefTopic.WHO: "who",
    BriefTopic.WHY_NOW: "why now",
    BriefTopic.VALUE: "value",
    BriefTopic.OBSTACLES: "obstacle",
}
MOST_SAID = 180  # characters of a point at one glance
SOME_OF_TEXT = 700  # of a proposition or an objection where all of them whole are too much for a message
SENTENCE = re.compile(r".+?[.!?][”’\"]?(?=\s|$)")
WITHOUT_DEAL = frozenset({BriefTopic.WHY_NOW})  # what can be said of an account alone


class TalkingPoint(NamedTuple):
    """One thing to say, as far as it is shown."""

    title: str
    text: str


def brief(
    found: PrepBrief,
    of: BriefOf,
    today: date,
    owner: str = "",
    note: Mrkdwn | str = "",
    undo_id: int | None = None,
) -> Message:
    """Show a brief; `owner` is whose deal it is where that is somebody else, `note` says what was just kept."""
    known = found.known
    blocks: list[Block] = []
    if note:
        back = replace(of, undo_id=undo_id or 0)
        undo = button("Undo", f"{ids.TAKE_BACK}:{undo_id}", back.written()) if undo_id is not None else None
        blocks.append(section(note, undo))
    blocks.append(section(words(NOUN, "head", found=found, owner=owner, today=today)))
    blocks.append(context(words(NOUN, "about", known=known, today=today)))
    blocks.append(section(joined([line(found, one, today) for one in found.lights])))
    beside = words(NOUN, "beside", found=found, owner=owner, today=today)
    say = personas.in_line if of.details else personas.at_a_glance
    cards = [say(title, card) for title, card in known.personas[: MOST_PERSONAS if not of.details else 3]]
    blocks.append(section(joined([beside, *cards])))
    if found.points:
        blocks.append(
            section(words(NOUN, "points", points=[point(one, whole=of.details) for one in found.points]))
        )
    blocks.append(section(words(NOUN, "questions", questions=found.questions)))
    shown = known.answers if of.details else known.answers[:MOST_ANSWERS]
    if shown:
        answered = words(NOUN, "answers", answers=shown, whole=of.details, today=today)
        blocks.append(section(answered) if of.details else context(answered))
    on = ways(found, of, is_own=not owner)
    if of.details:
        if more := words(NOUN, "details", found=found, today=today):
            on = [section(more), *on]
        blocks += to_say(found, BODY - weight([*blocks, *on]))
    return message_of([*blocks, *on])


def to_say(found: PrepBrief, room: int) -> list[Block]:
    """Return the proposition and the objections: whole where Slack has room for that, else some sentences of each."""
    for most in (MAX_TEXT, SOME_OF_TEXT):
        said = [words(NOUN, "proposition", entry=found.proposition, most=most)] if found.proposition else []
        said += [words(NOUN, "objection", entry=one, most=most) for one in found.objections]
        blocks = line_sections(said)
        if weight(blocks) <= room and all(len(one) <= SECTION_LENGTH for one in said):
            break
    return blocks


def point(entry: LibraryEntry, *, whole: bool) -> TalkingPoint:
    """Return a talking point on one line: its first sentence, or the `whole` of it."""
    text = on_one_line(entry.text)
    if whole:
        return TalkingPoint(entry.title, text)
    first = SENTENCE.match(text)
    is_short = first is not None and len(first[0]) <= MOST_SAID
    return TalkingPoint(
        entry.title, quotes_closed(first[0] if first and is_short else shorten_at_word(text, MOST_SAID))
    )


def quotes_closed(text: str) -> str:
    """Return a text that was cut within what is said aloud with the end of that: “Under five machines.”"""
    return f"{text}”" if text.count("“") > text.count("”") else text


def line(found: PrepBrief, light: BriefLight, today: date) -> Mrkdwn:
    """Return one line of a brief: its light, its topic, what is known or what to find out, and since when."""
    known = found.known
    ranked = sorted(known.contacts, key=lambda one: not one.who.decides)
    said = words(
        NOUN,
        light.topic.value,
        known=known,
        light=light,
        contacts=ranked[:MOST_NAMED],
        more=max(0, len(ranked) - MOST_NAMED),
    )
    since = words(NOUN, "since", light=light, today=today)
    dated = joined([said, since], " · ") if since else said
    return joined([GREEN if light.is_green else AMBER, dated], " ")


def ways(found: PrepBrief, of: BriefOf, *, is_own: bool) -> list[Block]:
    """Return the ways on from a brief: what is amber is told in one tap, answers are kept, and more is shown."""
    kept = of.written()
    has_deal = bool(of.deal_id)
    lacks = [one.topic for one in found.lights if not one.is_green]
    is_known_in_part = lacks == [BriefTopic.WHO] and bool(found.known.contacts)
    at_once = len(lacks) > 1 or is_known_in_part or not (has_deal or WITHOUT_DEAL.issuperset(lacks))
    buttons = [button(every_one(lacks), ids.WHOLE, kept, style="primary")] if at_once else []
    buttons += [
        button(label, action, kept)
        for topic, (label, action) in MENDS.items()
        if (has_deal or topic in WITHOUT_DEAL) and (of.details or ([topic] == lacks and not at_once))
    ]
    if has_deal and (found.questions or found.known.answers):
        buttons.append(button("Answers…", ids.ANSWERS, kept))
    turned = replace(of, details=not of.details)
    buttons.append(button("Less" if of.details else "Details", ids.DETAILS, turned.written()))
    asking = promise_menu(found, of) if is_own and has_deal else None
    return [actions(*buttons, *([asking] if asking is not None else []))]


def every_one(lacks: Sequence[BriefTopic]) -> str:
    """Return the way to tell everything that is amber at once: "Who, why now, value, obstacle…"."""
    if lacks == [BriefTopic.WHO]:
        return "Who decides…"
    named = ", ".join(LACKING[one] for one in lacks)
    return f"{named[:1].upper()}{named[1:]}…"


def not_known(account: str) -> Message:
    """Say that nobody here knows a name, with the one form that prepares whoever it is."""
    of = BriefOf(account=account)
    return message_of(
        [
            section(words(NOUN, "not_known", account=account)),
            actions(button("Prepare…", ids.WHOLE, of.written(), style="primary")),
        ]
    )


def promise_menu(found: PrepBrief, of: BriefOf) -> Element | None:
    """Return the menu that makes a question a follow-up; None where none is left."""
    options = [option(one.text, f"{of.deal_id}.{one.key}") for one in found.questions]
    return select_menu(ids.PROMISE, options, placeholder="Promise to ask…") if options else None


def which(
    deals: Sequence[StoredOpportunity], asked: str, owners: Mapping[str, str], *, is_guess: bool
) -> Message:
    """Ask which deal is meant, one tap each; `owners` says whose they are, where others'."""
    question = words(NOUN, "which", asked=asked, is_guess=is_guess, count=len(deals))
    buttons = [
        ids.choose_button(
            BriefOf(one.id), " · ".join(filter(None, (one.name, owners.get(one.owner_id or "", ""))))
        )
        for one in deals[:MOST_CHOICES]
    ]
    blocks: list[Block] = [section(question), actions(*buttons)]
    if len(deals) > MOST_CHOICES:
        blocks.append(context(words(NOUN, "more", count=len(deals) - MOST_CHOICES)))
    return message_of(blocks)


def kept(what: BriefTopic) -> Mrkdwn:
    """Say what was just kept of a brief."""
    return words(NOUN, "kept", what=what.value)


def told(topics: Sequence[BriefTopic], name: str, *, is_new: bool) -> Mrkdwn:
    """Say what was kept of the one form, and whether a deal was made for it."""
    return words(NOUN, "told", topics=[LACKING[one] for one in topics], name=name, is_new=is_new)


def answers_kept(count: int, gone: int) -> Mrkdwn:
    """Say how many answers were kept, and how many were taken back."""
    return words(NOUN, "answers_kept", count=count, gone=gone)


def taken_back(summary: str) -> Mrkdwn:
    return words(NOUN, "taken_back", summary=summary)


def asked_for(deal: StoredOpportunity, question: str) -> tuple[str, str]:
    """Return with whom and what is promised where a question becomes a follow-up."""
    return customer_of(deal), words(NOUN, "promise", question=question)
