"""What has to be mended: each by itself, what it rests on, and that a mend never lowers the score."""

import pytest

from sales.craft.pitch.draft import read_draft
from sales.craft.pitch.known_of_account import FactKind, KnownOfAccount, facts_in_draft
from sales.craft.pitch.measure import measured
from sales.craft.pitch.remark import EVIDENCE, PitchState, PitchTopic, pitch_check
from tests.sales.craft.pitch.test_measure import SELF, THEM

YARD = KnownOfAccount(
    "Alder Yard", "Logistics", "Leeds, UK", 1200, ["They opened a second depot"], ["Dana Poe"]
)


def check(text, known=YARD):
    draft = read_draft(text)
    return pitch_check(measured(draft), known, facts_in_draft(draft, known) if known else ())


def mends(text, known=YARD):
    return {one.topic for one in check(text, known).of(PitchState.MEND)}


def test_a_good_draft_has_nothing_to_mend():
    assert mends(THEM) == set()
    assert check(THEM).score == 100


def test_what_is_wrong_is_said_dearest_first():
    found = check(SELF)
    assert mends(SELF) == {PitchTopic.SELF, PitchTopic.PRODUCT, PitchTopic.WORN, PitchTopic.FACT}
    costs = [one.cost for one in found.of(PitchState.MEND)]
    assert costs == sorted(costs, reverse=True)
    assert found.of(PitchState.MEND)[0].line.startswith("We are the leading provider")


def test_i_is_no_fault_as_we_is():
    mine = "I read that your Leeds depot lost two trucks. I can help. Would Thursday suit you?"
    ours = mine.replace("I ", "We ")
    assert check(mine).score > check(ours).score


def test_every_topic_says_what_it_rests_on():
    assert set(EVIDENCE) == set(PitchTopic)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Your yard in leeds is full.", [FactKind.TOWN]),
        ("With 1,200 people you wait.", [FactKind.PEOPLE]),
        ("With 12000 people you wait.", []),
        ("That second depot opens late.", [FactKind.NOTE]),
        ("Dana, the gate froze.", []),
        ("When Dana called, the gate froze.", [FactKind.CONTACT]),
        ("Hello Dana Poe, Alder Yard is a yard.", []),
        ("Logistics is hard.", [FactKind.SECTOR]),
    ],
)
def test_a_fact_is_theirs(text, kinds):
    assert [one.kind for one in facts_in_draft(read_draft(text), YARD)] == kinds


def test_a_sector_alone_is_no_fact_and_nobody_known_is_no_fault():
    assert PitchTopic.FACT in mends("Logistics firms wait in winter. Would a spare yard help you this year?")
    stranger = check("Trucks stand still in winter. Would a spare yard help?", KnownOfAccount("Bay"))
    assert [one.topic for one in stranger.of(PitchState.HINT)] == [PitchTopic.FACT]
    assert check(THEM, None).score == 100


def test_a_head_count_alone_is_a_hint_that_costs_nothing():
    alone = "With 1,200 people you wait an hour for each truck. The gate froze twice. Would a spare yard help you?"
    found = check(alone)
    assert [one.topic for one in found.of(PitchState.HINT)] == [PitchTopic.FACT]
    assert found.score == check(alone.replace("you wait", "in Leeds you wait")).score
    assert check(alone.replace("you wait", "in Leeds you wait")).of(PitchState.HINT) == []


def test_worth_is_a_hint_and_costs_nothing():
    found = check(
        "Your Leeds depot lost two trucks in August, and a third one last week in the snow. Worth a chat?"
    )
    assert [one.topic for one in found.of(PitchState.HINT)] == [PitchTopic.WORTH]
    assert PitchTopic.WORTH not in {one.topic for one in check("It was worth a lot. Shall we?").remarks}
