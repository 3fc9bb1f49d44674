"""A brief in words: propositions and answers to objections keep their honest half, whole or up to a sentence."""

from datetime import date

from messages.blocks import read_lines
from messages.craft.prep.brief import brief
from messages.craft.prep.ids import BriefOf
from sales.craft.library import MAX_TEXT, EntryKind, LibraryEntry
from sales.craft.prep.brief import PrepBrief, lights
from sales.craft.prep.facts import PrepFacts
from sales.craft.starters import OBJECTIONS, VALUE_PROPOSITIONS

TODAY = date(2026, 9, 14)


def entry(kind, text):
    return LibraryEntry(kind=kind, title="Price", text=text)


def details(proposition=None, objections=(), points=()):
    known = PrepFacts("Alder Yard", deal=None)
    found = PrepBrief(known, lights(known, TODAY), points, [], proposition, objections)
    return brief(found, BriefOf(0, "Alder Yard", details=True), TODAY).blocks


def lines(blocks):
    return "\n".join(line for block in blocks for line in read_lines(block))


def test_ours_are_shown_whole():
    for proposition in VALUE_PROPOSITIONS:
        assert proposition.text in lines(details(proposition))
    for one in OBJECTIONS:
        assert one.text in lines(details(None, [one]))


def test_three_as_long_as_they_may_be_are_whole_where_there_is_room():
    guard = "If you cannot show it, leave it out."
    text = f"{'Say it. ' * ((MAX_TEXT - len(guard)) // 8)}{guard}"
    long = entry(EntryKind.OBJECTION, text)
    assert lines(details(entry(EntryKind.VALUE_PROPOSITION, text), [long, long])).count(guard) == 3


def test_where_there_is_none_each_ends_behind_a_sentence_and_the_buttons_stay():
    """Each “&” takes Slack's room of five characters."""
    text = ("R&D & P&L & Q&A. " * 88).strip()
    long = entry(EntryKind.OBJECTION, text)
    blocks = details(entry(EntryKind.VALUE_PROPOSITION, text), [long, long])
    assert blocks[-1]["type"] == "actions"
    assert lines(blocks).count("Q&amp;A. …") == 3
