"""What is suggested after a refusal can be typed as it stands."""

import re

import pytest

pytestmark = pytest.mark.engines("sqlite")


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("/rainmaker pause until yesterday", "/rainmaker pause until Tue 15 Sep"),
        ("/rainmaker pause until 32 feb", "/rainmaker pause until tomorrow"),
        ("/deal Redwood Transport -14k", "/deal Redwood Transport 24k"),
        ("/deal won Redwood Transport for 0", "/deal won Redwood Transport 24k"),
        ("/deal Acme 24k closes 32 feb", "/deal Acme 24k closes 15 Dec"),
        ("/followup for @ben.ito Acme Fri send notes", "/followup Acme Fri send notes"),
        ("/followup Hooli daily check in", "/followup Acme every friday check the pipeline"),
        ("/log 5 calls on 32 feb", "/log 5 calls yesterday"),
    ],
)
async def test_a_suggestion_works_as_it_stands(team, typed, suggested):
    ana = team.person("ana")
    await ana.says("/deal Acme 24k")
    await ana.says("/deal Redwood Transport 30k")
    [said] = await ana.says(typed)
    found = re.search(r"Try (/.*)", said)
    assert found, said
    assert found[1] == suggested
    [answer] = await ana.says(found[1])
    assert "Try /" not in answer


async def test_what_is_refused_is_said_as_it_is(team):
    ana = team.person("ana")
    [said] = await ana.says("/deal Acme 24k closes 1 Jan 2020")
    assert "Wed 1 Jan 2020 is more than five years ago." in said
    [said] = await ana.says("/followup for @ben.ito Acme Fri send notes")
    assert "I cannot make one for somebody else" in said
    [said] = await ana.says("/followup Hooli every day check in")
    assert "weekly, every other week or monthly, but not every day. Name a weekday." in said
