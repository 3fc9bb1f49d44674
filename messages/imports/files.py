"""A dropped file in one message, from its arrival to the end: questions, preview, progress, result, the way back."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from messages.blocks import Block, Message, actions, message_of, section
from messages.elements import Element, button, option, select_menu
from messages.formatting import Mrkdwn, words
from messages.imports import deck, library
from messages.room import LIST, weight
from messages.tables import CellRows, table
from sales.coaching.drill.deck_change import DeckOutlook
from sales.craft.library_change import LibraryOutlook
from sales.imports.files.answers import IDS
from sales.imports.files.drop import (
    DealSample,
    DropNews,
    DropStep,
    FileQuestion,
    ImportOutlook,
)
from sales.imports.files.preset import LABELS, LEAD_MEANINGS, MEANINGS
from sales.language.figures import money, short_day
from sales.language.typed_text import shorten

CONFIRM = "import.confirm"
CANCEL = "import.cancel"
ANSWER = "import.answer"
ADJUST = "import.adjust"
UNDO = "import.undo"
AGAIN = "import.again"
SAVE = "import.save"  # the callback of the form

NOUN = "imports/files"
MOST_MENUS = 4  # in a message; more are a form
MOST_UNUSED = 8  # headers named that are not used
MOST_LEFT = 3  # rows that undoing left alone
CELLS = 32  # characters of a cell in the table
HEADER = 60
DEALS_TOLD = 100  # characters of how a deal stands, in a sentence


class Dropped(Protocol):
    """What of a dropped file its message says."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def step(self) -> DropStep: ...
    @property
    def told(self) -> DropNews: ...
    @property
    def lease_owner(self) -> str | None: ...


def told(drop: Dropped) -> Message:
    """Return the message of a dropped file as things stand."""
    news, outlook = drop.told, drop.told.outlook
    if news.library is not None:
        return of_library(drop, news, news.library)
    if news.deck is not None:
        return of_deck(drop, news, news.deck)
    match drop.step:
        case DropStep.SHOWN if news.open_questions:
            return asked(drop, news)
        case DropStep.SHOWN if outlook is not None:
            return preview(drop, outlook)
        case DropStep.TAKEN | DropStep.KEPT if outlook is not None:
            return taken(drop, news, outlook)
        case DropStep.UNDONE:
            return message_of(
                words(
                    NOUN,
                    "undone",
                    name=named(drop),
                    removed=news.removed,
                    restored=news.restored,
                    things=news.things,
                    left=news.left[:MOST_LEFT],
                    more=len(news.left[MOST_LEFT:]),
                )
            )
        case DropStep.FAILED:
            said = section(words(NOUN, "failed", name=named(drop), trouble=news.trouble))
            ways = [button("Try again", f"{AGAIN}:{drop.id}", str(drop.id))] if news.again else []
            return message_of([said, *([actions(*ways)] if ways else [])])
    return under_way(drop, news)


def of_library(drop: Dropped, news: DropNews, found: LibraryOutlook) -> Message:
    """Return the message of a file for a team's library as things stand."""
    match drop.step:
        case DropStep.SHOWN:
            ways = [] if found.changes_nothing else [confirm_button(drop)]
            return library.preview(drop.name, found, [*ways, cancel_button(drop)])
        case DropStep.TAKEN | DropStep.KEPT:
            undo = undo_button(drop) if drop.step is DropStep.TAKEN else None
            return library.taken(drop.name, found, news.trouble, undo)
        case DropStep.UNDONE:
            return library.undone(drop.name, found)
    return under_way(drop, news)


def of_deck(drop: Dropped, news: DropNews, found: DeckOutlook) -> Message:
    """Return the message of a file of cards as things stand."""
    match drop.step:
        case DropStep.SHOWN:
            ways = [] if found.changes_nothing else [confirm_button(drop)]
            return deck.preview(drop.name, found, [*ways, cancel_button(drop)])
        case DropStep.TAKEN | DropStep.KEPT:
            undo = undo_button(drop) if drop.step is DropStep.TAKEN else None
            return deck.taken(drop.name, found, news.trouble, undo)
        case DropStep.UNDONE:
            return deck.undone(drop.name, found)
    return under_way(drop, news)


def under_way(drop: Dropped, news: DropNews) -> Message:
    """Say what is being done with a file, or that nothing will be."""
    done, rows = news.progress.done, news.progress.rows
    line = words(NOUN, drop.step.value, name=named(drop), size=sized(drop.size), done=done, rows=rows)
    may_stop = drop.step is DropStep.ARRIVED
    ways = [actions(cancel_button(drop))] if may_stop else []
    waits = [words(NOUN, "in_the_way", trouble=news.trouble)] if news.trouble else []
    return message_of([section(Mrkdwn("\n".join([line, *waits]))), *ways])


def asked(drop: Dropped, news: DropNews) -> Message:
    """Ask what is not sure: with menus in the message, in a form where there are many."""
    questions = news.questions
    blocks = [section(words(NOUN, "asks", name=named(drop), count=len(news.open_questions)))]
    menus = [menu(drop, one) for one in questions]
    if len(questions) <= MOST_MENUS and weight([*blocks, *menus]) <= LIST:
        return message_of([*blocks, *menus, actions(cancel_button(drop))])
    blocks += [section(question_words(one)) for one in news.open_questions[:MOST_MENUS]]
    form = button("Settle the columns and stages…", f"{ADJUST}:{drop.id}", str(drop.id), style="primary")
    return message_of([*blocks, actions(form, cancel_button(drop))])


def menu(drop: Dropped, asked_for: FileQuestion) -> Block:
    """Return a question with its answers in a menu beside it."""
    made = answer_menu(asked_for, f"{ANSWER}:{drop.id}:{key_of(asked_for)}")
    return section(question_words(asked_for), made)


def answer_menu(asked_for: FileQuestion, action_id: str) -> Element:
    """Return the menu of a question: what was chosen stands in it, else nothing; the likeliest answer comes first."""
    first = asked_for.likely
    offered = sorted(asked_for.offered, key=lambda one: one.value != first)
    options = {one.value: option(one.label, one.value) for one in offered}
    return select_menu(
        action_id,
        list(options.values())[:100],
        initial_option=options.get(asked_for.answer),
        placeholder="Choose…",
    )


def question_words(asked_for: FileQuestion) -> Mrkdwn:
    """Return a question in words, with what it is about and examples out of the file."""
    return words(
        NOUN,
        f"ask_{asked_for.kind}",
        about=shorten(asked_for.about, HEADER),
        seen=[shorten(one, DEALS_TOLD if asked_for.kind == IDS else CELLS) for one in asked_for.seen[:3]],
        count=asked_for.count,
        against=shorten(asked_for.against, CELLS),
        meant=LABELS.get(asked_for.about, asked_for.about),
    )


def key_of(asked_for: FileQuestion) -> str:
    """Return what a question's menu is known by: its kind, and the beginning of what it is about."""
    return f"{asked_for.kind}:{asked_for.about}"[:200]


def preview(drop: Dropped, outlook: ImportOutlook) -> Message:
    """Show what each column is taken for, the first rows as they would be, and what would change."""
    blocks = [
        section(words(NOUN, "preview", name=named(drop), rows=outlook.rows, kind=outlook.kind)),
        section(columns_words(outlook)),
    ]
    if outlook.samples:
        blocks += [section(words(NOUN, "samples", count=len(outlook.samples))), samples(outlook.samples)]
    blocks.append(section(Mrkdwn("\n".join(change_lines(outlook, "would")))))
    ways = [] if outlook.changes_nothing else [confirm_button(drop)]
    if all(one.taken_for in ("", *MEANINGS, *LEAD_MEANINGS) for one in outlook.columns):
        ways.append(button("Change columns or stages…", f"{ADJUST}:{drop.id}", str(drop.id)))
    return message_of([*blocks, actions(*ways, cancel_button(drop))])


def confirm_button(drop: Dropped) -> Element:
    return button("Confirm", f"{CONFIRM}:{drop.id}", str(drop.id), style="primary")


def cancel_button(drop: Dropped) -> Element:
    return button("Cancel", f"{CANCEL}:{drop.id}", str(drop.id))


def columns_words(outlook: ImportOutlook) -> Mrkdwn:
    """Say what each column is taken for, a line each, and which are not used."""
    used = [one for one in outlook.columns if one.taken_for]
    unused = [shorten(one.header, HEADER) for one in outlook.columns if not one.taken_for and one.header]
    return words(
        NOUN,
        "columns",
        used=[
            (shorten(one.header, HEADER), LABELS.get(one.taken_for, one.taken_for), one.guessed)
            for one in used
        ],
        unused=unused[:MOST_UNUSED],
        more=len(unused[MOST_UNUSED:]),
        settled=[settled_words(one) for one in outlook.settled if one.since],
    )


def settled_words(one: FileQuestion) -> Mrkdwn:
    """Say what was chosen of an earlier file and decides how this one is read, with the day."""
    chosen = next((each.label for each in one.offered if each.value == one.answer), one.answer)
    return words(
        NOUN,
        f"settled_{one.kind}",
        about=shorten(one.about, HEADER),
        chosen=chosen,
        since=short_day(date.fromisoformat(one.since)),
    )


def samples(found: Sequence[DealSample]) -> Block:
    """Return some rows as they would be, in a small table without the columns that are empty in all of them."""
    rows = [
        {
            "Name": shorten(one.name, CELLS),
            "Company": shorten(one.firm, CELLS),
            "E-mail": shorten(one.email, CELLS),
            "Source": shorten(one.source, CELLS),
            "Owner": shorten(one.owner, CELLS),
            "Stage": one.stage,
            "Value": money(one.value_minor, one.currency) if one.value_minor else "",
            "Came": day(one.came),
            "Opened": day(one.opened),
            "Closes": day(one.closes),
        }
        for one in found
    ]
    kept = [name for name in rows[0] if any(row[name] for row in rows)]
    aligned = ["right" if name == "Value" else "left" for name in kept]
    return table(CellRows(kept, [[row[name] for name in kept] for row in rows]), aligned)  # type: ignore[arg-type]


def day(iso: str) -> str:
    return short_day(date.fromisoformat(iso)) if iso else ""


def change_lines(outlook: ImportOutlook, tense: str) -> list[Mrkdwn]:
    """Return what a file would change, or has changed: counts first, then why rows are refused."""
    lines = [words(NOUN, tense, changes=not outlook.changes_nothing, parts=counted(outlook))]
    if outlook.unmatched_count:
        lines.append(
            words(
                NOUN,
                "unmatched",
                names=outlook.unmatched[:3],
                count=outlook.unmatched_count,
                things=outlook.things,
            )
        )
    lines += [words(NOUN, "noted", note=one) for one in outlook.notes]
    lines += [
        words(NOUN, "cause", count=one.count, lines=one.lines, reason=one.reason) for one in outlook.causes
    ]
    shown = sum(one.count for one in outlook.causes)
    if outlook.refused > shown:
        lines.append(words(NOUN, "other_causes", count=outlook.refused - shown))
    return lines


def counted(outlook: ImportOutlook) -> list[Mrkdwn]:
    """Return how many rows are new, changed and so on, as far as there are any; "0 unchanged" where nothing is."""
    found = []
    if outlook.added:
        found.append(words(NOUN, "added", count=outlook.added))
    if outlook.changed:
        more = {"closed": outlook.closed, "pushed": outlook.pushed}
        found.append(words(NOUN, "changed", count=outlook.changed, **more))
    rest = {name: getattr(outlook, name) for name in ("kept", "unchanged", "repeated", "refused")}
    found += [words(NOUN, name, count=count) for name, count in rest.items() if count]
    return found or [words(NOUN, "unchanged", count=0)]


def taken(drop: Dropped, news: DropNews, outlook: ImportOutlook) -> Message:
    """Say what came in, with the way back for a day."""
    lines = [words(NOUN, "taken", name=named(drop)), *change_lines(outlook, "did")]
    if news.balances:
        lines.append(words(NOUN, "balances", names=news.balances))
    may_undo = drop.step is DropStep.TAKEN and not outlook.changes_nothing
    return message_of(
        [section(Mrkdwn("\n".join(lines))), *([actions(undo_button(drop))] if may_undo else [])]
    )


def undo_button(drop: Dropped) -> Element:
    return button("Undo", f"{UNDO}:{drop.id}", str(drop.id))


def named(drop: Dropped) -> str:
    return shorten(drop.name, HEADER)


def sized(count: int) -> str:
    """Return a size as people read it."""
    if count >= 1_000_000:
        return f"{round(count / 1_000_000)} MB"
    return f"{max(1, round(count / 1000))} kB"


def refused(what: str, **values: object) -> Mrkdwn:
    return words(NOUN, what, **values)


def note(what: str, **values: object) -> Message:
    """Say one of the sentences that stand by themselves."""
    return message_of(words(NOUN, what, **values))


def lacks_scope(scope: str) -> Message:
    """Tell an admin that somebody dropped a file which the app may not read, with the mend."""
    return message_of(words(NOUN, "lacks_scope", scope=scope))
