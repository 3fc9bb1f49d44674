"""What is asked once of a CRM: which stage of theirs is which of ours, and whose the deals of an owner are."""

import pytest

from tests.stories.craft.lived import has, mark, since
from tests.stories.pipeline.walked import told
from tests.stories.synced.pulled import card, lists, row
from tests.stories.synced.synced import (
    MATCH_PEOPLE,
    MATCH_STAGES,
    OWNERS,
    asked_about,
    ended,
    matches,
    offering,
    open_labels,
    pulled,
    puts,
    synced,
)

pytestmark = pytest.mark.engines("sqlite")

HUBSPOT = pytest.mark.parametrize("there", ["hubspot"], indirect=True)  # where the vendor makes no difference
SALESFORCE = pytest.mark.parametrize("there", ["salesforce"], indirect=True)


async def test_open_stages_are_asked_about_once_in_one_message(team, crm, ana, ben, mia):
    """Mapped once in Slack (1): one message to the manager with *Match stages…*, none to reps, and never again."""
    puts(crm)
    before = mark(ana, ben, mia)
    await pulled(team, crm)
    assert len(offering(mia, MATCH_STAGES)) == 1
    assert len(since(mia, before)) == 1
    await synced(team, 15)
    await team.jump("2026-09-16 10:00")
    assert len(offering(mia, MATCH_STAGES)) == 1
    assert not any(has(r"match", one) for rep in (ana, ben) for one in since(rep, before))
    asked = await asked_about(mia, MATCH_STAGES)
    assert all(any(label in one for one in asked) for label in open_labels(crm)), asked
    assert not any(ended(crm, kind) in one for kind in ("won", "lost") for one in asked), asked


async def test_a_stage_that_was_matched_is_what_a_rep_reads(team, crm, ana, mia):
    """Mapped once in Slack (1): from the next pull on deals stand where the team's own stages say."""
    puts(crm, stage=1)
    await pulled(team, crm)
    assert (await row(team, crm))["stage"] == "open"
    first, second = open_labels(crm)[:2]
    await matches(mia, MATCH_STAGES, {first: "Talking", second: "Proposal"})
    await synced(team)
    assert has(r"Proposal", await card(ana)), await card(ana)
    assert (await row(team, crm))["stage name"] == "Proposal"


async def test_a_stage_is_known_by_its_id(team, crm, ana, mia):
    """Mapped once (1): renamed there, it stays matched, and nothing is asked anew."""
    puts(crm, stage=1)
    await pulled(team, crm)
    second = open_labels(crm)[1]
    await matches(mia, MATCH_STAGES, {second: "Proposal"})
    asked = len(told(mia))
    crm.rename_stage(next(one[0] for one in crm.stages if one[1] == second), "Paper out")
    await synced(team, 13)
    assert has(r"Proposal", await card(ana))
    assert len(told(mia)) == asked


async def test_a_stage_that_is_new_is_asked_about_alone(team, crm, ana, mia):
    """Mapped once (1): a stage made later holds its deals open at once, and is the only one asked about."""
    deal = puts(crm)
    await pulled(team, crm)
    first, second = open_labels(crm)[:2]
    await matches(mia, MATCH_STAGES, dict.fromkeys(open_labels(crm), "Talking"))
    crm.add_stage("Security review", "open")
    crm.change(deal, stage="Security review")
    await synced(team, 2)
    assert (await row(team, crm))["stage"] == "open"
    assert "Lockside" in await lists(ana)
    asked = await asked_about(mia, MATCH_STAGES)
    assert any("Security review" in one for one in asked), asked
    assert not any(one.strip().startswith((first, second)) for one in asked), asked


async def test_an_address_is_one_whatever_its_case(team, crm, ana):
    """Matched by e-mail (1): as somebody typed it there, in capitals and with a blank; nothing is asked."""
    puts(crm, owner=crm.owner("A. Kovac", " ANA@Northwind.Example "))
    await pulled(team, crm)
    assert "Lockside" in await lists(ana)


async def test_an_owner_without_a_member_is_asked_about(team, crm, ben, mia):
    """The rest asked about (1): the deal is nobody's until the admin says whose it is, and then theirs."""
    puts(crm, owner=crm.owner("Benjamin I.", "b.ito@old.example"))
    await pulled(team, crm)
    assert (await row(team, crm))["owner id"] == ""
    assert "Lockside" not in await lists(ben)
    asked = await asked_about(mia, MATCH_PEOPLE)
    assert any("Benjamin I." in one for one in asked), asked
    assert not any(OWNERS["ana"][0] in one for one in asked), asked
    await matches(mia, MATCH_PEOPLE, {"Benjamin I.": "Ben Ito"})
    await synced(team)
    assert (await row(team, crm))["owner id"] == "U2"
    assert "Lockside" in await lists(ben)


@SALESFORCE
async def test_two_owners_of_one_address_are_asked_about(team, crm, mia):
    """The rest asked about (1): Salesforce lets two users have one address; neither is taken for Ana."""
    for name in ("Ana K.", "Ana (old)"):
        puts(crm, name, owner=crm.owner(name, "ana@northwind.example"))
    await pulled(team, crm)
    asked = "\n".join(await asked_about(mia, MATCH_PEOPLE))
    assert "Ana K." in asked
    assert "Ana (old)" in asked


@HUBSPOT
async def test_owners_without_a_deal_are_not_asked_about(team, crm, mia):
    """Matched once (1): a CRM has users whom nobody here knows; only who owns something is asked about."""
    puts(crm)
    for number in range(30):
        crm.owner(f"Agent {number}", f"agent{number}@elsewhere.example")
    await pulled(team, crm)
    assert offering(mia, MATCH_PEOPLE) == []
