"""Links: each deal card leads to its record; a pasted link unfurls to name and stage where nobody from outside reads.

The double is taken to do what Slack does: a message with a link of a domain that the app's manifest names under
`unfurl_domains` is told to the app as `link_shared`, and what `chat.unfurl` says then stands under it for everybody.
"""

import re
from urllib.parse import urlsplit

import pytest

from playground.views import elements
from tests.forged import add_described, describe_channel
from tests.stories.craft.lived import has
from tests.stories.pipeline.walked import asks, told
from tests.stories.synced.returned import stands
from tests.stories.synced.synced import open_labels, puts, synced, vendor

pytestmark = pytest.mark.engines("sqlite")

OPEN_IN = r"^open in "


@pytest.fixture
async def deal(team, crm):
    """A deal of Ana's of 24,000 for 14 October, with a next step nobody else should read."""
    return await stands(team, crm, next_step="call Dana on +386 40 555 010")


async def link(person, name="Lockside") -> str:
    """Where the card of a deal leads: the address behind *Open in …*."""
    await asks(person, f"/deal {name}", "sales")
    message = told(person, "sales")[-1]
    for _, element in elements(message.blocks or []):
        if has(OPEN_IN, (element.get("text") or {}).get("text", "") if element["type"] == "button" else ""):
            return str(element.get("url", ""))
    found = re.search(r"<(https?://[^|>]+)\|Open in ", str(message.blocks))
    assert found, message.blocks
    return found[1]


async def pastes(team, person, address, channel="sales") -> str:
    """Paste a link among words; what stands under that message for everybody, and whatever came after it."""
    before = len(person._place(channel).messages)
    calls = {one.number for one in team.server.double.traffic.newest()}
    await person.says(f"have a look at {address} please", channel=channel)
    await team.server.settled()
    said, *others = person._place(channel).messages[before:]
    unfurled = [
        str(one.sent)
        for one in team.server.double.traffic.newest()
        if one.number not in calls and one.name == "chat.unfurl"
    ]
    return "\n".join([*unfurled, str(said.attachments or ""), *(one.text for one in others)]).strip()


async def test_a_card_leads_to_its_record(team, crm, ana, deal):
    """Every deal card links to its CRM record (3): a button that says where, and holds that very deal's id."""
    said = await asks(ana, "/deal Lockside", "sales")
    assert f"Open in {vendor(crm)}" in said, said
    address = await link(ana)
    assert address.startswith(("https://", crm.address)), address
    assert deal in address, address
    assert crm.token not in address


async def test_each_card_has_its_own(team, crm, ana, deal):
    """Every deal card (3): two deals, two records; a deal that no CRM knows has no such link."""
    other = puts(crm, "Granary Road")
    await synced(team)
    await asks(ana, "/deal Quayside 9k", "sales")
    assert deal in await link(ana)
    assert other in await link(ana, "Granary Road")
    assert not has(r"open in (hubspot|salesforce)", await asks(ana, "/deal Quayside", "sales"))


async def test_a_pasted_link_says_name_and_stage_only(team, crm, ana, deal):
    """Links unfurl to name and stage only (3): no amount, day, next step, owner, or word of any contact."""
    address = await link(ana)
    said = await pastes(team, ana, address)
    assert "Lockside" in said, said
    assert has(open_labels(crm)[0], said) or has("Talking", said), said
    told_of = said.replace(address, "").replace(deal, "")
    assert not has(r"24[,.]?000|24k|\$|14 Oct|2026-10-14|Dana|555|@northwind|Kovač|\bU1\b", told_of), said


async def test_a_link_in_a_guests_channel_says_nothing(team, crm, ana, deal):
    """Never in channels with guests (3): nothing stands under the message, and nobody is told that there is a deal."""
    address = await link(ana)
    add_described(team, "U8", "gus", "Gus Guest", is_restricted=True)
    team.server.workspace.channels["C1"].members.append("U8")
    said = await pastes(team, ana, address)
    assert said == "", said


@pytest.mark.parametrize("shared", ["is_ext_shared", "is_pending_ext_shared"])
async def test_a_link_where_people_from_outside_are_says_nothing(team, crm, ana, deal, shared):
    """Never in channels with outsiders (3): one that is shared with another firm, or is about to be."""
    address = await link(ana)
    describe_channel(team, "C1", **{shared: True})
    said = await pastes(team, ana, address)
    assert said == "", said


async def test_a_link_beside_a_stranger_says_nothing(team, crm, ana, deal):
    """Outsiders (3): somebody of another workspace reads the channel."""
    address = await link(ana)
    add_described(team, "U9", "sam", "Sam Stranger", is_stranger=True, team_id="T9OTHER")
    team.server.workspace.channels["C1"].members.append("U9")
    said = await pastes(team, ana, address)
    assert said == "", said


async def test_where_slack_does_not_say_who_reads_nothing_is_shown(team, crm, ana, deal):
    """Never (3): where the bot cannot find out who is in a channel, it says nothing rather than too much."""
    address = await link(ana)
    said = await pastes(team, ana, address, channel="random")  # the bot is not in it
    assert said == "", said


async def test_a_link_of_somebody_elses_account_says_nothing(team, crm, ana, deal):
    """Nor for somebody else's workspace (3): the same id in another portal or org is another firm's deal."""
    address = await link(ana)
    parts = urlsplit(address)
    if vendor(crm) == "HubSpot":
        portal = next(one for one in parts.path.split("/") if one.isdigit())
        other = address.replace(f"/{portal}/", f"/{int(portal) + 1}/")
    else:
        other = address.replace(parts.netloc, f"other-{parts.netloc}")
    assert other != address
    assert await pastes(team, ana, other) == ""


async def test_a_link_to_a_deal_nobody_knows_says_nothing(team, crm, ana, deal):
    """Nor for a deal that is not known (3), and the CRM is not asked for it on the way."""
    address = await link(ana)
    asked = len(crm.requests)
    wrong = deal[:-4] + ("9999" if deal[-4:] != "9999" else "8888")
    assert await pastes(team, ana, address.replace(deal, wrong)) == ""
    assert len(crm.requests) == asked


async def test_a_name_full_of_marks_unfurls_as_it_was_typed(team, crm, ana, deal):
    """CRM text is nobody's markup (3): a name with tags and mentions names nobody and links nowhere."""
    name = "<!channel> <https://evil.example|Prize> & *Sons*"
    crm.change(deal, name=name)
    address = await link(ana)
    await synced(team)
    said = await pastes(team, ana, address)
    assert said, "Nothing was unfurled."
    said = re.sub(r"plain_text[^}]*}", "", said)  # which Slack shows as it stands
    assert "<!channel>" not in said, said
    assert "<https://evil.example" not in said, said
