"""The way out in Slack where something is in the way: no right to give files, or Slack takes none just now."""

from dataclasses import replace

import pytest

from playground.faults import Fault
from tests.stories.files.chat import files_given
from tests.stories.pipeline.walked import asks, texts

pytestmark = pytest.mark.engines("sqlite")


async def test_without_the_right_to_give_files_each_is_told_the_mend(team):
    """The admin what to do, a rep whom to ask; nothing is made."""
    manifest = team.server.double.manifest
    team.server.double.manifest = replace(manifest, scopes=manifest.scopes - {"files:write"})
    assert "files:write" in (said := await asks(team.person("mia"), "/rainmaker export"))
    assert "reinstall" in said
    assert "Ask an admin" in await asks(team.person("ben"), "/rainmaker export")
    assert not files_given(team.person("mia"))


@pytest.mark.parametrize(
    "method", ["files.getUploadURLExternal", "files.completeUploadExternal", "conversations.open"]
)
async def test_a_file_that_slack_does_not_take_is_said_and_can_be_asked_for_again(team, method):
    ben = team.person("ben")
    team.server.faults.plan(method, Fault("failed"))
    await asks(ben, "/rainmaker export", place="sales")
    await team.server.settled()
    await team.bot.catch_up()
    assert "did not get through" in texts(ben)[-1]
    await asks(ben, "/rainmaker export", place="sales")
    await team.server.settled()
    assert "people.csv" in files_given(ben)


async def test_it_is_asked_for_in_plain_words_too(team):
    ben = team.person("ben")
    await ben.says("please export my data")
    await team.server.settled()
    assert "people.csv" in files_given(ben)


async def test_somebody_who_exports_twice_at_once_gets_both(team):
    ben = team.person("ben")
    await ben.says("/rainmaker export")
    await ben.says("/rainmaker export")
    await team.server.settled()
    assert len([one for one in texts(ben) if "What I keep of you" in one]) == 2


async def test_an_export_of_everybody_is_a_look_at_each_of_them(team):
    await asks(team.person("mia"), "/rainmaker export")
    await team.server.settled()
    assert "Mia" in await asks(team.person("ana"), "/rainmaker access")
    await asks(team.person("ben"), "/rainmaker export")
    await team.server.settled()
    assert "Ben" not in await asks(team.person("ana"), "/rainmaker access")
