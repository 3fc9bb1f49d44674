"""The history of a deal: what only follows from another change is not told, and a deal as it was before some."""

from datetime import date

from sales.pipeline.deal_history import DealChange, DealField, before, differing, telling
from sales.pipeline.opportunity import Opportunity, Stage, closed_lost, moved_to
from sales.value import changed

MON, TUE = date(2026, 9, 14), date(2026, 9, 15)
ACME = Opportunity(
    name="Acme", account="Acme Corp", stage_label="Proposal", value_minor=100, opened_on=MON, owner_name="Ana"
)


def changes(was, now, on=TUE, by="U1"):
    return [
        DealChange(opportunity_id=1, what=what, was=old, now=new, on=on, by=by)
        for what, old, new in differing(was, now)
    ]


def test_a_loss_is_one_line_and_so_is_opening_again():
    lost = closed_lost(ACME, TUE)
    assert [one.what for one in changes(ACME, lost)] == [
        DealField.STAGE,
        DealField.STAGE_LABEL,
        DealField.CLOSED,
    ]
    assert [one.what for one in telling(changes(ACME, lost))] == [DealField.STAGE]
    reopened = moved_to(lost, Stage.OPEN, TUE)
    assert [one.what for one in telling(changes(lost, reopened))] == [DealField.STAGE]
    suspect = moved_to(ACME, Stage.SUSPECT, TUE)
    assert [one.now for one in telling(changes(suspect, moved_to(suspect, Stage.OPEN, TUE)))] == ["open"]


def test_what_says_more_than_the_day_is_told():
    lost = closed_lost(ACME, MON)
    assert [one.what for one in telling(changes(ACME, lost))] == [DealField.STAGE, DealField.CLOSED]
    assert [one.what for one in telling(changes(ACME, changed(Opportunity, ACME, stage_label="")))] == [
        DealField.STAGE_LABEL
    ]


def test_a_deal_is_known_as_it_was_before_its_latest_changes():
    said = changed(
        Opportunity,
        ACME,
        name="Acme Ltd",
        account=None,
        value_minor=250,
        expected_on=TUE,
        is_tender=True,
        stage_label="",
        owner_name="",
    )
    lost = closed_lost(said, TUE)
    assert before(lost, [*changes(ACME, said), *changes(said, lost)]) == ACME
    assert before(lost, changes(said, lost)) == said
    assert before(ACME, []) == ACME
