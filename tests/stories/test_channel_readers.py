"""Channels that others read: agreed to in the form, looked at before each post, and told of once."""

import pytest

from storage.people.channel import consent_to
from tests.double import at_once, click_on, clicked_again, stored
from tests.forged import add_described, describe_channel
from tests.known import WORKSPACE
from tests.sales_story import opens_deal
from tests.setup_story import found_team, sets_up, skips_the_rest
from tests.stories.test_strangers import HERE, digest_day


async def agreed(town, channel="C1"):
    async with town.bot.database.read(WORKSPACE) as scope:
        return str(await consent_to(scope, channel))


def add_guest(town, channel="C1"):
    add_described(town, "U8", "gus", "Gus Guest", is_restricted=True)
    town.server.workspace.channels[channel].members.append("U8")


@pytest.mark.parametrize(
    ("shared", "words", "kept"),
    [
        (True, "People outside your company read #sales", "shared_outside"),
        (False, "Guests read #sales", "guests_inside"),
    ],
)
async def test_the_form_asks_once_more_and_saves_what_was_agreed_to(town, shared, words, kept):
    if shared:
        describe_channel(town, "C1", is_ext_shared=True)
    else:
        add_guest(town)
    mia = town.person("mia")
    await sets_up(mia, "Field", ["ana", "ben"], channel="sales", group="EMEA")
    assert words in mia.modal()
    assert "Field" in mia.modal()
    assert await found_team(town, "Field") is None
    await mia.submits()
    assert words in mia.modal()
    assert await found_team(town, "Field") is None
    await mia.chooses(words, ["Post the digest there all the same"])
    await mia.submits()
    await skips_the_rest(mia)
    assert "Field is set up: 3 reps" in mia.modal()
    assert await agreed(town) == kept
    await opens_deal(town.person("ana"), "/deal Acme 24k", "sales")
    assert len(await digest_day(town)) == 1


async def test_another_channel_needs_no_word(town):
    describe_channel(town, "C1", is_ext_shared=True)
    town.server.workspace.add_channel("C7", "inside", ["U3"])
    mia = town.person("mia")
    await sets_up(mia, "Field", ["ana"], channel="sales")
    await mia.chooses("Digest channel", "inside")
    await mia.submits()
    await skips_the_rest(mia)
    assert "digest in #inside" in mia.modal()
    assert await agreed(town, "C7") == ""


async def test_what_is_held_back_is_told_once_and_goes_out_when_a_manager_agrees(team):
    await opens_deal(team.person("ana"), "/deal Acme 24k", "sales")
    describe_channel(team, "C1", is_ext_shared=True)
    assert await digest_day(team) == []
    mia = team.person("mia")
    told = [text for text in mia.sees() if "I hold back the digest of Field in #sales." in text]
    assert len(told) == 1
    assert "People outside your company can read it now" in told[0]
    await team.jump("2026-09-28T09:10", HERE)
    assert len([text for text in mia.sees() if "I hold back" in text]) == 1
    click = click_on(team, mia, "undelivered.agree")
    await at_once(team, click)
    once = await stored(team)
    await at_once(team, clicked_again(team, click))
    assert (await stored(team))["delivery"] == once["delivery"]
    assert "The digest goes to #sales again" in "\n".join(mia.sees())
    await team.jump("2026-10-05T09:10", HERE)
    assert [text for text in team.person("ana").sees("sales") if text.startswith("Rainmaker:")]


async def test_what_was_agreed_for_guests_does_not_hold_for_another_company(team):
    add_guest(team)
    await opens_deal(team.person("ana"), "/deal Acme 24k", "sales")
    assert await digest_day(team) == []
    await team.person("mia").clicks("They may read it", where=team.dm("mia"))
    await team.server.settled()
    posted = len([text for text in team.person("ana").sees("sales") if text.startswith("Rainmaker:")])
    assert posted == 1
    describe_channel(team, "C1", is_ext_shared=True)
    await opens_deal(team.person("ana"), "/deal Wonka 24k", "sales")
    await team.jump("2026-09-28T09:10", HERE)
    assert len([t for t in team.person("ana").sees("sales") if t.startswith("Rainmaker:")]) == posted
    assert "People outside your company can read it now" in team.person("mia").sees()[-1]
