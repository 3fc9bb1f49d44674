"""Stages and owners of a CRM: what each is here, and what each of ours is there."""

from sales.imports.sync.match import addressed, match_owners
from sales.imports.sync.record import CrmOwner, CrmStage, CrmStageKind
from sales.imports.sync.stage import SUSPECT, stage_here, stage_there, to_match
from sales.pipeline.opportunity import Stage
from sales.pipeline.stage import USUAL_STAGES

QUALIFIED = CrmStage("1", "Qualified", CrmStageKind.OPEN, "p", 0)
PROPOSAL = CrmStage("2", "PROPOSAL", CrmStageKind.OPEN, "p", 1)
WON = CrmStage("9", "Closed won", CrmStageKind.WON, "p", 8)
OTHERS = CrmStage("7", "Proposal", CrmStageKind.OPEN, "q", 0)
EVERY = [QUALIFIED, PROPOSAL, WON, OTHERS]


def test_a_stage_is_what_it_was_matched_to():
    assert stage_here(QUALIFIED, {"1": "Talking"}, USUAL_STAGES) == (Stage.OPEN, "Talking")
    assert stage_here(QUALIFIED, {"1": SUSPECT}, USUAL_STAGES) == (Stage.SUSPECT, "Qualified")


def test_until_then_it_is_the_teams_of_that_name_or_keeps_its_own():
    assert stage_here(PROPOSAL, {}, USUAL_STAGES) == (Stage.OPEN, "Proposal")
    assert stage_here(QUALIFIED, {}, USUAL_STAGES) == (Stage.OPEN, "Qualified")


def test_an_end_is_an_end_whatever_it_is_called():
    assert stage_here(WON, {"9": "Talking"}, USUAL_STAGES) == (Stage.WON, "Closed won")


def test_only_what_is_open_and_strange_is_asked_about():
    assert to_match(EVERY, {}, USUAL_STAGES) == [QUALIFIED]
    assert to_match(EVERY, {"1": "Talking"}, USUAL_STAGES) == []


def test_ours_is_the_one_of_that_pipeline():
    assert stage_there("Proposal", EVERY, {}, "p") == PROPOSAL
    assert stage_there("Proposal", EVERY, {}, "q") == OTHERS
    assert stage_there("Talking", EVERY, {"1": "Talking"}, "p") == QUALIFIED


def test_of_two_the_one_of_that_name_is_meant_or_none():
    both = {"1": "Proposal", "2": "Proposal"}
    assert stage_there("Proposal", EVERY, both, "p") == PROPOSAL
    assert stage_there("Talking", EVERY, {"1": "Talking", "2": "Talking"}, "p") is None
    assert stage_there("Negotiation", EVERY, {}, "p") is None


def test_an_owner_is_who_has_their_address():
    people = addressed(
        [("U1", "Ana@Northwind.example"), ("U2", "shared@x.example"), ("U3", "shared@x.example")]
    )
    owners = [
        CrmOwner("1", "Ana", "ana@northwind.EXAMPLE "),
        CrmOwner("2", "Shared", "shared@x.example"),
        CrmOwner("3", "Nobody"),
    ]
    found = match_owners(owners, people, {})
    assert found.known == {"1": "U1"}
    assert [one.id for one in found.unknown] == ["2", "3"]


def test_what_somebody_said_of_an_owner_counts_also_that_they_are_nobody():
    owners = [CrmOwner("1", "Ana", "ana@northwind.example"), CrmOwner("2", "Ben")]
    found = match_owners(owners, {"ana@northwind.example": "U1"}, {"1": None, "2": "U2"})
    assert found.known == {"2": "U2"}
    assert found.unknown == []


def test_of_two_owners_with_one_address_neither_is_known_by_it_and_nobody_loses_what_is_theirs():
    ana = "ana@northwind.example"
    first, second, left = (
        CrmOwner("1", "Ana K.", ana),
        CrmOwner("2", "Sync of Ana's", ana.upper()),
        CrmOwner("3", "Ana (old)", ana, active=False),
    )

    def known(owners, before=None):
        return match_owners(owners, {ana: "U1"}, {}, before).known

    assert known([first, second]) == {}
    assert known([first, left]) == {"1": "U1"}
    assert known([left]) == {"3": "U1"}
    assert known([first, second, left], {"1": "U1", "2": None}) == {"1": "U1"}
    assert known([first, second], {"1": "U9"}) == {}
