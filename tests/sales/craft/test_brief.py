"""Green or amber, by what is known and how old it is; nothing is made up (#15–#17)."""

from datetime import date, timedelta

import pytest

from sales.craft.prep.brief import (
    POINTS,
    BriefLack,
    BriefTopic,
    aged,
    brief_of,
    cards_of_ours,
    gaps,
    lights,
    occasion_of,
)
from sales.craft.prep.facts import (
    KnownContact,
    KnownObstacle,
    PrepFacts,
    ReasonKind,
    ReasonNow,
    SaidLast,
    learned_on,
)
from sales.craft.prep.question import DealAnswer, Gap, gap_key
from sales.craft.starters import STARTERS
from sales.pipeline.deal_contact import DealContact
from sales.pipeline.deal_facts import DealFacts
from sales.pipeline.deal_history import DealChange, DealField
from sales.pipeline.obstacle import DealObstacle
from sales.pipeline.opportunity import Stage, StoredOpportunity
from sales.prospects.can_will import BuyingFacts, BuyingSigns, can_will
from sales.prospects.persona import Persona

TODAY = date(2026, 12, 23)
FRESH, OLD = TODAY - timedelta(days=90), TODAY - timedelta(days=91)


def deal(worth="", **more):
    said = StoredOpportunity(
        id=1,
        name="Alder",
        account="Alder Yard",
        owner_id="U1",
        stage=Stage.OPEN,
        opened_on=FRESH,
        worth=worth,
    )
    return DealFacts(said, **more)


def somebody(role="CFO", decides=True, on=FRESH):
    return KnownContact(DealContact(opportunity_id=1, name="Dana Poe", role=role, decides=decides), on)


def in_the_way(due_on=None, on=FRESH):
    return KnownObstacle(DealObstacle(opportunity_id=1, what="Legal", owner_id="U1", due_on=due_on), on)


def known(**more):
    return PrepFacts("Alder Yard", deal=more.pop("deal", deal()), **more)


def lack(facts, topic):
    return next(one.lack for one in lights(facts, TODAY) if one.topic is topic)


def test_of_nobody_all_four_are_amber():
    assert [one.lack for one in lights(known(), TODAY)] == [BriefLack.NOTHING] * 4
    assert brief_of(known(), STARTERS, TODAY).ready == 0


@pytest.mark.parametrize(
    ("contacts", "wanted"),
    [
        ([somebody()], None),
        ([somebody(decides=False)], BriefLack.NO_DECIDER),
        ([somebody(role="")], BriefLack.NO_ROLE),
        ([somebody(on=OLD)], BriefLack.OLD),
        ([somebody(on=None)], None),
        ([somebody(on=OLD), somebody(decides=False)], BriefLack.OLD),
    ],
)
def test_who_is_green_where_who_decides_is_named_with_a_role(contacts, wanted):
    assert lack(known(contacts=contacts), BriefTopic.WHO) is wanted


@pytest.mark.parametrize(("on", "wanted"), [(FRESH, None), (OLD, BriefLack.OLD)])
def test_a_reason_is_one_for_ninety_days(on, wanted):
    reasons = [ReasonNow(ReasonKind.FACT, "They open a plant", on)]
    assert lack(known(reasons=reasons), BriefTopic.WHY_NOW) is wanted


def test_value_is_what_they_said():
    assert lack(known(deal=deal("Forty hours"), worth_on=FRESH), BriefTopic.VALUE) is None
    assert lack(known(deal=deal("Forty hours"), worth_on=OLD), BriefTopic.VALUE) is BriefLack.OLD
    assert PrepFacts("Alder Yard").worth == ""


@pytest.mark.parametrize(
    ("found", "cleared", "wanted"),
    [
        ([in_the_way()], 0, None),
        ([in_the_way(TODAY)], 0, None),
        ([in_the_way(TODAY - timedelta(days=1))], 0, BriefLack.OVERDUE),
        ([in_the_way(on=OLD)], 0, BriefLack.OLD),
        ([], 2, None),
        ([], 0, BriefLack.NOTHING),
    ],
)
def test_obstacles_are_green_where_they_are_known_and_in_time(found, cleared, wanted):
    facts = known(deal=deal(obstacles_cleared=cleared), obstacles=found)
    assert lack(facts, BriefTopic.OBSTACLES) is wanted


def test_what_is_amber_already_is_not_called_old():
    light = lights(known(contacts=[somebody(decides=False, on=OLD)]), TODAY)[0]
    assert aged(light, TODAY).lack is BriefLack.NO_DECIDER


def test_a_history_says_since_when():
    told = [
        DealChange(opportunity_id=1, what=DealField.CONTACT, was="", now="Dana", on=OLD),
        DealChange(opportunity_id=1, what=DealField.CONTACT, was="Dana", now="Dana, CFO", on=FRESH),
        DealChange(opportunity_id=1, what=DealField.WORTH, was="", now="Dana", on=TODAY),
    ]
    assert learned_on(told, DealField.CONTACT, "Dana, CFO") == FRESH
    assert learned_on(told, DealField.CONTACT, "Sam") is None


def test_what_is_known_is_no_gap():
    assert gaps(known()) == set(Gap)
    signs = BuyingSigns(opportunity_id=1, budget=True, need=True, wants=True)
    buying = can_will(signs, BuyingFacts(reaches_decider=True))
    assert gaps(known(buying=buying)) == {Gap.WAITING}
    costs = ReasonNow(ReasonKind.WAITING, "A week each month", FRESH)
    assert gaps(known(buying=buying, reasons=[costs])) == set()


def test_an_answered_gap_is_none():
    answers = [
        DealAnswer(
            opportunity_id=1,
            key=gap_key(Gap.BUDGET),
            question="Whose?",
            says="The plant's",
            by="U1",
            on=TODAY,
        )
    ]
    assert Gap.BUDGET not in gaps(known(answers=answers))


def test_three_points_of_our_own_differ_by_role():
    cfo = brief_of(known(contacts=[somebody()]), STARTERS, TODAY)
    care = brief_of(known(contacts=[somebody("Operations manager")]), STARTERS, TODAY)
    assert len(cfo.points) == len(care.points) == POINTS
    assert cfo.points != care.points


def test_a_persona_of_ours_stands_in_where_the_team_has_none():
    facts = known(contacts=[somebody("Group CFO")])
    assert [title for title, _ in brief_of(facts, STARTERS, TODAY).known.personas] == ["Finance director"]
    own = [("CFO", Persona(role="CFO", pains="late invoices"))]
    assert brief_of(facts._replace(personas=own), STARTERS, TODAY).known.personas == own
    assert cards_of_ours(STARTERS, occasion_of(known())) == []


def test_an_occasion_is_whatever_they_said():
    facts = known(
        deal=deal("Forty hours"),
        contacts=[somebody(), somebody(role="")],
        personas=[("CFO", Persona(role="CFO", pains="late invoices"))],
        said=SaidLast("the scanner breaks", TODAY),
        sector="Logistics",
    )
    found = occasion_of(facts)
    assert (found.roles, found.sector) == (["CFO"], "Logistics")
    assert found.pain == "late invoices Forty hours the scanner breaks"
