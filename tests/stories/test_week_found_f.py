"""What a rep, a caller and their manager tripped over in a week of promises, lights and leads."""

from datetime import UTC, datetime

import pytest

from storage.followups.followup import open_of
from tests.known import WORKSPACE
from tests.stories.face.seen import presses
from tests.stories.led.led import asks
from tests.stories.test_lead_clock import rows
from tests.story_workspace import StoryWorkspace

pytestmark = pytest.mark.engines("sqlite")


async def promised(team: StoryWorkspace) -> list[datetime | None]:
    """When Ana's open promises come up."""
    async with team.bot.database.read(WORKSPACE) as scope:
        return [one.due_at for one in await open_of(scope, "U1")]


async def test_a_time_on_a_customers_clock_is_kept_as_theirs(team: StoryWorkspace) -> None:
    """Ana is in Ljubljana, an hour ahead of London; whose clock "her time" is nobody can know."""
    ana = team.person("ana")
    said = await asks(ana, "/followup Kestrel thu 9am London time call about pricing")
    assert "Thu 17 Sep 10:00" in said, said
    assert "London" not in said, said
    said = await asks(ana, "/followup Quay thu 10 her time call")
    assert "I do not know what time “her time” is." in said, said
    assert await promised(team) == [datetime(2026, 9, 17, 8, tzinfo=UTC)]


async def test_a_snooze_brings_nothing_forward(team: StoryWorkspace) -> None:
    ana = team.person("ana")
    await asks(ana, "/followup Dana thu 10am quote")
    before = await promised(team)
    said = await asks(ana, "/followup snooze dana")
    assert "To when? “Dana: quote” is due Thu 17 Sep, 10:00." in said, said
    assert "[Wed 16 Sep]" not in said, said
    assert await promised(team) == before
    await asks(ana, "/followup Acme today send the ROI sheet")
    said = await asks(ana, "/followup snooze acme")
    assert "12:00" in said, said


async def test_what_is_open_is_ticked_and_moved_in_a_few_words(team: StoryWorkspace) -> None:
    ana = team.person("ana")
    await asks(ana, "/followup Acme today send the ROI sheet")
    await asks(ana, "/followup Dana thu 10am quote")
    assert "[Acme: send the ROI sheet]" in await asks(ana, "move it to fri instead")
    assert "[Drop: Dana: quote]" in await asks(ana, "drop dana")
    assert "[Done: Acme: send the ROI sheet]" in await asks(ana, "done acme roi")
    await presses(ana, r"^Done: Acme")
    assert len(await promised(team)) == 1


async def test_a_call_nobody_took_shows_no_talk(team: StoryWorkspace) -> None:
    ana = team.person("ana")
    await asks(ana, "/lead add Dana Cole at Acme from webinar")
    await asks(ana, "/log call Dana Cole - no answer")
    said = await asks(ana, "/lead qualify dana 24k")
    assert "Missing: that they spoke with us" in said, said
    await asks(ana, "/log call Acme - spoke, no next step")
    assert "✓ They spoke with us" in await asks(ana, "/deal Acme")


async def test_a_team_and_a_rep_are_named_as_people_name_them(team: StoryWorkspace) -> None:
    """The usage says "[team]" and "[@rep]": the word itself, and the name without an @."""
    mia = team.person("mia")
    for line in ("/lead flow team", "/lead quality team", "/team scoring team", "/team floors team"):
        assert "You have no team" not in await asks(mia, line), line
    for line in ("/lead list ana", "/lead targets Ana Kovač", "/pipeline ana", "/lead list @ana"):
        assert "Ana Kovač" in await asks(mia, line), line
    assert "Ben Ito is SDR now" in await asks(mia, "/team role ben sdr")
    assert "The leads of others" in await asks(team.person("ana"), "/lead list ben")
    assert "/why floor says where you stand" in await asks(team.person("ben"), "/team floors")


async def test_what_is_said_of_one_of_two_leads_is_kept(team: StoryWorkspace) -> None:
    ana = team.person("ana")
    await asks(ana, "/lead add Pete Marsh at Kestrel from trade fair")
    await asks(ana, "/lead add Pete Lang at Quay from trade fair")
    said = await asks(ana, "/lead reject pete too small for us")
    assert "Which pete?" in said, said
    await presses(ana, r"^Pete Marsh at Kestrel")
    (marsh,) = await rows(team, "Pete Marsh")
    assert marsh.reject_reason == "too small for us"
    said = await asks(ana, "/lead reject lena wrong size")
    assert "Add it as a lead" not in said, said


async def test_a_source_behind_a_name_is_asked_about_and_a_referral_read(team: StoryWorkspace) -> None:
    ana = team.person("ana")
    await asks(ana, "/lead add Lena Vogt @ Borealis referral from Dana")
    (lena,) = await rows(team, "Lena Vogt")
    assert (lena.account, lena.source, lena.note) == ("Borealis", "referral", "referred by Dana")
    said = await asks(ana, "/lead add Pete Marsh Kestrel Ltd trade fair")
    assert "Is trade fair where you have them from?" in said, said
    await presses(ana, r"^Yes: Pete Marsh at Kestrel Ltd")
    (pete,) = await rows(team, "Pete Marsh")
    assert (pete.account, pete.source) == ("Kestrel Ltd", "trade fair")
    await asks(ana, "/lead add Sam Roe at Quay webinar")
    await presses(ana, r"^No, it is part of Quay webinar")
    (sam,) = await rows(team, "Sam Roe")
    assert (sam.account, sam.source) == ("Quay webinar", None)


async def test_a_line_of_calls_tells_with_how_many_somebody_spoke(team: StoryWorkspace) -> None:
    said = await asks(team.person("ben"), "15 calls, 2 spoke")
    assert "Logged 15 calls." in said, said
    assert "2 spoke" in said, said


async def test_a_lead_by_their_name_is_asked_about_before_one_touch_too_many(team: StoryWorkspace) -> None:
    """What was done with Dana Cole is kept as with Dana Cole at Acme, and counts for her by either name."""
    ana = team.person("ana")
    await asks(ana, "/lead add Dana Cole at Acme from webinar")
    for line in ("she replied, interested", "price list", "chaser", "second chaser"):
        said = await asks(ana, f"/log email Dana Cole – {line}")
        assert "without an answer" not in said, said
    said = await asks(ana, "/followup Dana Cole tomorrow chase again")
    assert "3 touches without an answer in seven days: Dana Cole." in said, said


async def test_who_only_leads_reads_the_lights_of_the_team(team: StoryWorkspace) -> None:
    assert (await asks(team.person("mia"), "/why lights")).startswith("Field")


async def test_an_address_tells_where_a_name_ends(team: StoryWorkspace) -> None:
    await asks(team.person("ben"), "/lead add Kim Bell Hartwell kim@hartwell.example")
    (kim,) = await rows(team, "Kim Bell")
    assert kim.account == "Hartwell"


async def test_what_is_promised_to_a_lead_that_is_sent_back_is_said(team: StoryWorkspace) -> None:
    ben = team.person("ben")
    await asks(ben, "/lead add Otto Lund at Pinecrest from webinar")
    await asks(ben, "spoke to otto, call back wed 3pm")
    said = await asks(ben, "/lead reject otto not now, back in november")
    assert "You still have open with them: call back, Wed 16 Sep. /followup drop otto ends it." in said, said


async def test_what_is_said_of_one_reader_is_not_taken_for_another(team: StoryWorkspace) -> None:
    """A manager who asks of a rep's promises is not shown their own; a rep's name is no customer who was asked."""
    mia = team.person("mia")
    assert "for whoever made them alone" in await asks(mia, "/why promises @ana")
    assert "Ana Kovač" in await asks(mia, "/lead referrals ana")
    assert "Asked: Ana Kovač and Ben Ito." in await asks(mia, "/team agree ana and ben")


async def test_they_in_a_line_is_who_it_begins_with(team: StoryWorkspace) -> None:
    said = await asks(team.person("ana"), "/followup Acme they owe us the contract fri")
    assert "Acme owes you: the contract, Fri 18 Sep" in said, said
    assert "the contract" in await asks(team.person("ana"), "what did i promise")
