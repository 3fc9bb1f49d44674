"""What an audit foresees of deals behind a step is what is stored once it is taken."""

from datetime import date

from sales.audit.foreseen import (
    decided_by,
    made_one,
    obstacle_said,
    obstructed_by,
    of_deal,
    restated,
    without,
)
from sales.followups.followup import StoredFollowUp
from sales.pipeline.deal_contact import DealContact, StoredContact
from sales.pipeline.deal_facts import DealFacts
from sales.pipeline.deal_history import DealField
from sales.pipeline.merge import MergeTerms
from sales.pipeline.obstacle import DealObstacle, StoredObstacle
from sales.pipeline.opportunity import Opportunity, StoredOpportunity
from sales.pipeline.stage import USUAL_STAGES
from sales.value import changed

TODAY = date(2026, 9, 14)
EARLY = date(2026, 5, 1)


def facts(deal_id, **columns):
    said = {"id": deal_id, "name": f"Deal {deal_id}", "opened_on": date(2026, 8, 3), **columns}
    return DealFacts(StoredOpportunity(**said))


def test_a_deal_that_says_something_else_says_so_in_its_history():
    one, other = facts(1, value_minor=100), facts(2)
    said = changed(Opportunity, one.deal, value_minor=250, expected_on=TODAY)
    found = of_deal(1, lambda held: restated(held, said, "U1", TODAY))([one, other])
    assert [(held.deal.id, held.deal.value_minor) for held in found] == [(1, 250), (2, 0)]
    assert [(change.what, change.was, change.by) for change in found[0].changes] == [
        (DealField.VALUE, "100", "U1"),
        (DealField.EXPECTED, "", "U1"),
    ]
    assert found[1] is other
    assert without(1)([one, other]) == [other]


def test_who_decides_takes_the_place_of_the_contact_of_that_name():
    dana = StoredContact(id=4, opportunity_id=1, name="Dana Reyes", role="CFO")
    named = DealContact(opportunity_id=1, name="dana reyes", decides=True)
    found = decided_by(facts(1)._replace(contacts=[dana]), named, "U1", TODAY)
    assert [(one.decides, one.role) for one in found.contacts] == [(True, "CFO")]
    assert [(one.what, one.was, one.now) for one in found.changes] == [
        (DealField.CONTACT, "Dana Reyes, CFO", "dana reyes, CFO, decides")
    ]


def test_what_becomes_of_an_obstacle_is_in_the_history_as_when_it_is_stored():
    legal = DealObstacle(opportunity_id=1, what="Legal", owner_id="U1", due_on=EARLY)
    named = obstructed_by(facts(1), legal, "U1", TODAY)
    (stored,) = named.obstacles
    moved = obstacle_said(named, stored.id, TODAY, "U1", TODAY)
    gone = obstacle_said(moved, stored.id, None, "U1", TODAY)
    assert [one.due_on for one in moved.obstacles] == [TODAY]
    assert (gone.obstacles, gone.obstacles_cleared) == ([], 1)
    assert [(one.was, one.now) for one in gone.changes] == [
        ("", legal.told),
        (legal.told, moved.obstacles[0].told),
        (moved.obstacles[0].told, ""),
    ]
    assert obstacle_said(gone, stored.id, TODAY, "U1", TODAY) is gone


def test_two_deals_that_are_made_one_have_all_of_both():
    step = {"owner_id": "U1", "who": "Acme", "what": "call"}
    kept = facts(1, value_minor=900, stage_label="Talking")._replace(
        stage=USUAL_STAGES[0],
        next_step=StoredFollowUp(id=1, due_on=date(2026, 9, 20), **step),
        obstacles=[StoredObstacle(id=1, opportunity_id=1, what="Legal", owner_id="U1")],
        last_touch=date(2026, 9, 1),
    )
    gone = facts(2, value_minor=800, stage_label="Proposal", opened_on=EARLY)._replace(
        stage=USUAL_STAGES[1],
        next_step=StoredFollowUp(id=2, due_on=date(2026, 9, 16), **step),
        obstacles=[StoredObstacle(id=2, opportunity_id=2, what="Budget", owner_id="U1", due_on=TODAY)],
        last_touch=date(2026, 9, 9),
        obstacles_cleared=1,
    )
    (one,) = made_one(1, 2, MergeTerms(USUAL_STAGES), "U1", TODAY)([kept, gone])
    assert (one.deal.id, one.deal.value_minor, one.deal.opened_on) == (1, 900, EARLY)
    assert one.stage is USUAL_STAGES[1]
    assert one.next_step is gone.next_step
    assert [each.what for each in one.obstacles] == ["Budget", "Legal"]
    assert (one.last_touch, one.obstacles_cleared) == (date(2026, 9, 9), 1)
    assert [each.what for each in one.changes] == [DealField.NAME, DealField.STAGE_LABEL, DealField.OPENED]
    assert made_one(1, 7, MergeTerms(), "U1", TODAY)([kept]) == [kept]
