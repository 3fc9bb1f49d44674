"""A brief in words: propositions and answers to objections keep their honest half, whole or up to a sentence."""

from datetime import date

from messages.blocks import read_lines
from messages.craft.prep.brief import brief, point
from messages.craft.prep.ids import BriefOf
from sales.craft.library import MAX_TEXT, EntryKind, LibraryEntry
from sales.craft.prep.brief import PrepBrief, lights
from sales.craft.prep.facts import PrepFacts
from sales.craft.starters import OBJECTIONS, TALKING_POINTS, VALUE_PROPOSITIONS

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


def glance(points):
    known = PrepFacts("Alder Yard", deal=None)
    found = PrepBrief(known, lights(known, TODAY), points, [])
    return lines(brief(found, BriefOf(0, "Alder Yard"), TODAY).blocks)


def test_a_point_at_a_glance_is_one_short_sentence():
    """Between two calls nobody reads a paragraph (#15): the rest is one tap away."""
    for one in TALKING_POINTS:
        assert len(point(one, whole=False).text.split()) <= 18, one.title
        assert point(one, whole=False).text in glance([one])


def test_what_is_said_aloud_ends_where_it_is_cut():
    one = entry(EntryKind.TALKING_POINT, "Say: “We are dearer for five machines. How many do you have?”")
    assert point(one, whole=False).text == "Say: “We are dearer for five machines.”"


def test_everything_that_is_amber_is_one_button():
    """Four forms for four lines took two minutes alone (#17)."""
    known = PrepFacts("Alder Yard", deal=None)
    found = PrepBrief(known, lights(known, TODAY), [], [])
    buttons = [
        one["text"]["text"] for one in brief(found, BriefOf(0, "Alder Yard"), TODAY).blocks[-1]["elements"]
    ]
    assert buttons == ["Who, why now, value, obstacle…", "Details"]
