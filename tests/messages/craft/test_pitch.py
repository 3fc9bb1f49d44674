"""The check of a draft in words: what is said whole, whose entry it is, and what is told of the one comparison."""

from messages.blocks import read_lines
from messages.craft.pitch import PitchTold, checked
from sales.craft.library import EntryKey, RankedEntry
from sales.craft.pitch.draft import read_draft
from sales.craft.pitch.known_of_account import KnownOfAccount, facts_in_draft
from sales.craft.pitch.measure import measured
from sales.craft.pitch.remark import pitch_check
from sales.craft.starters import STARTERS, VALUE_PROPOSITIONS
from sales.value import changed

YARD = KnownOfAccount("Alder Yard", "Logistics", "Leeds", 1200, ["They opened a second depot"])


def said(text, known=None, proposition=None):
    draft = read_draft(text)
    check = pitch_check(measured(draft), known, facts_in_draft(draft, known) if known else ())
    shown = checked(PitchTold(text, check, known, (), proposition))
    return "\n".join(line for block in shown.blocks for line in read_lines(block))


def test_each_proposition_is_shown_whole_with_whose_it_is():
    for one in VALUE_PROPOSITIONS:
        ours = next(each for each in STARTERS if each.starter == one.starter)
        shown = said("Would that help you?", YARD, RankedEntry(ours, tuple(ours.keys)[:1]))
        assert one.text in shown
        assert "From the starting entries, by" in shown
    own = changed(type(ours), ours, id=7)
    assert "From your library, by" in said("Would it help?", YARD, RankedEntry(own, (EntryKey.COMPETITOR,)))


def test_a_head_count_is_weaker_than_a_note_and_says_what_is_stronger():
    shown = said("With 1,200 people you wait. Would a spare yard help you?", YARD)
    assert "A weak fact about them: 1,200 people." in shown
    assert "stronger would be “They opened a second depot” or Leeds" in shown


def test_both_halves_of_the_comparison_are_told_or_neither():
    halves = ("without “worth …”", "open with an event at the customer’s firm")
    shown = said("Your Leeds depot lost two trucks. Worth a chat on Thursday?")
    assert all(one in shown for one in halves)
    shown = said("Your Leeds depot lost two trucks. Would a chat help you?")
    assert not any(one in shown for one in halves)


def test_the_foot_says_what_it_is_for_and_what_is_kept():
    shown = said("Trucks wait.")
    assert "no “we”, “I” or “you”" in shown
    assert "made for first mails" in shown
    assert "only a fingerprint of a draft for an account with a sector" in shown
