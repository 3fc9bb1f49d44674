"""Kudos: a colleague says what somebody did, in a line; seldom enough to mean something, and of who wants it."""

import pytest

from tests.stories.led.led import (
    asks,
    everything_of,
    fills,
    has,
    joined,
    mark,
    newest,
    since,
    texts,
    told,
    tried,
    types,
)
from tests.stories.led.named import BOX, channel_since, switches

pytestmark = pytest.mark.engines("sqlite")

DEED = "calling back every lead the same day"


async def kudos(person, to="ben", deed=DEED, line="/team kudos") -> str:
    return await types(person, f"{line} @{to} for {deed}")


def heard(person, before, at) -> str:
    """What came to somebody since, in their direct channel or in the team's."""
    return "\n".join([*since(person, before), channel_since(person, at)])


@pytest.mark.parametrize("line", ["/team kudos", "/rainmaker team kudos"])
async def test_it_says_who_did_what_and_who_says_so(team, ana, ben, raj, line):
    """Peers (#7): Ana's word for what Ben did stands in the team's channel, with both names and the deed."""
    before, at = mark(ben), len(texts(raj, "sales"))
    await kudos(ana, line=line)
    said = heard(ben, before, at)
    assert DEED in said, said
    assert has(r"Ben", channel_since(raj, at)), channel_since(raj, at)
    assert has(r"Ana", channel_since(raj, at)), channel_since(raj, at)


async def test_plain_words_do_as_well(team, ana, raj):
    """Without a slash (#7): the same line typed to the bot directly stands in the channel."""
    at = len(texts(raj, "sales"))
    await asks(ana, f"team kudos @ben for {DEED}")
    if ana.modal():
        await ana.closes(everything=True)
    assert DEED in channel_since(raj, at), texts(ana)[-1:]


async def test_it_asks_for_what(team, ana, raj):
    """It names the behaviour (#7): without one it is asked for, and only then anything stands in the channel."""
    at = len(texts(raj, "sales"))
    said = await asks(ana, "/team kudos @ben", "sales")
    assert has(r"what (did|for)|\bfor what|for …|for \.\.\.|what they did", said), said
    assert "Ben" not in channel_since(raj, at)
    if ana.modal():
        await fills(ana, {r"what|for|did": DEED})
    else:
        await kudos(ana)
    assert DEED in channel_since(raj, at)


async def test_nobody_thanks_themselves(team, ana, raj):
    """Oneself (bad input): refused in a sentence; nothing stands in the channel."""
    at = len(texts(raj, "sales"))
    await kudos(ana)
    said = await tried(ana, f"/team kudos @ana for {DEED} twice")
    assert has(r"yourself|your own|somebody else|a colleague", said), said
    assert "twice" not in channel_since(raj, at)


async def test_undo_takes_it_away(team, ana, raj):
    """Mistyped (#7): `/rainmaker undo` takes it out of the channel."""
    at = len(texts(raj, "sales"))
    await kudos(ana)
    assert DEED in channel_since(raj, at)
    await ana.says("/rainmaker undo", channel="sales")
    assert DEED not in channel_since(raj, at)


async def test_who_does_not_want_to_be_named_hears_it_alone(team, ana, ben, mia, raj):
    """Opt-out (#7): Ben reads it in his direct channel, no one else does; Ana is told that it went to him alone."""
    await switches(ben, BOX, on=False)
    before, at = mark(ben, mia), len(texts(raj, "sales"))
    said = await kudos(ana)
    assert DEED in "\n".join(since(ben, before)), since(ben, before)
    assert DEED not in channel_since(raj, at)
    assert DEED not in "\n".join(since(mia, before))
    assert has(r"private|alone|direct|only (he|they|Ben)|Ben only|not in the channel", said), said


async def test_it_is_no_nudge_of_the_day(team, ana, ben):
    """Four messages a day (#7): what stands in the channel is not sent to Ben a second time."""
    before, at = mark(ben), len(texts(ben, "sales"))
    await kudos(ana)
    found = [*since(ben, before), *texts(ben, "sales")[at:]]
    assert len([one for one in found if DEED in one]) == 1, found


async def test_a_team_reads_its_own(team, ana, ben, raj, mia):
    """No leak (#7): what stands of it elsewhere, on Home of somebody outside the team, is nothing."""
    at = len(texts(raj, "sales"))
    await kudos(ana)
    assert DEED in channel_since(raj, at)
    for said in (await tried(raj, "/team"), *since(raj, {"U4": 0})):
        assert DEED not in said


# spam and odd words


async def test_twenty_in_a_day_are_three(team, ana, raj):
    """As spam (bad input): of twenty to Ben in an hour three stand in the channel at most, and Ana is told why."""
    at, said = len(texts(raj, "sales")), ""
    for number in range(20):
        said = await kudos(ana, deed=f"helping with offer number {number:02}")
    count = channel_since(raj, at).count("helping with offer number")
    assert 1 <= count <= 3, count
    assert has(r"today|a day|a week|enough|later|already|tomorrow", said), said


async def test_ten_people_in_turn_do_not_flood(team, ana, raj):
    """As spam (bad input): Ana thanks eight colleagues in one hour; the channel reads no wall of it."""
    await joined(team, 8)
    at = len(texts(raj, "sales"))
    for number in range(1, 9):
        await kudos(ana, to=f"rep{number}", deed=f"helping with offer number {number:02}")
    posts = [one for one in texts(raj, "sales")[at:] if "helping with offer" in one]
    assert 1 <= len(posts) <= 3, posts


async def test_the_same_twice_is_one(team, ana, raj):
    """A double click (bad input): the same words for the same person stand there once."""
    at = len(texts(raj, "sales"))
    for _ in range(2):
        await kudos(ana)
    assert channel_since(raj, at).count(DEED) == 1, channel_since(raj, at)


async def test_ten_thousand_characters_are_shortened_or_refused(team, ana, raj):
    """Ten thousand characters (bad input): never a wall in the channel; it says so where it did not go."""
    at = len(texts(raj, "sales"))
    await kudos(ana)
    said = await tried(ana, "/team kudos @ben for " + "helping " * 1_250)
    found = channel_since(raj, at)
    assert DEED in found
    assert found.count("helping") < 100, len(found)
    assert "helping" in found or has(r"long|shorter|characters|at most", said), said[:300]


async def test_marks_and_mentions_are_words(team, ana, raj):
    """Mentions (bad input): `<!channel>` calls nobody, stars make nothing bold."""
    at = len(texts(raj, "sales"))
    await kudos(ana, deed="answering <!channel> *at once* & <b>")
    said = channel_since(raj, at)
    assert has(r"at once", said), said
    raw = str(told(raj, "sales")[-1].blocks) + str(told(raj, "sales")[-1].text)
    assert "<!channel>" not in raw, raw


async def test_who_left_or_is_in_no_team_gets_none(team, ana, raj):
    """People as they come (bad input): Raj, in no team, and Ben, who left Slack: refused in a sentence."""
    at = len(texts(raj, "sales"))
    await kudos(ana)
    assert DEED in channel_since(raj, at)
    at = len(texts(raj, "sales"))
    for name, change in (("raj", {}), ("ben", {"deleted": True})):
        if change:
            await team.server.change_person("U2", **change)
        said = await tried(ana, f"/team kudos @{name} for being on time")
        assert has(r"team|left|not (here|in)|no longer", said), said
        assert "being on time" not in channel_since(raj, at)


async def test_nothing_behind_it_is_explained(team, ana, raj):
    """Nothing typed (bad input): `/team kudos` says how it is used, in a line with an example, or in a form."""
    at = len(texts(raj, "sales"))
    said = await tried(ana, "/team kudos")
    assert has(r"@|who", said), said
    assert has(r"\bfor\b|what", said), said
    assert not has(r"no team", said), said
    assert "kudos" not in channel_since(raj, at).lower()
    assert "kudos" not in (await everything_of(team, raj)).lower()
    assert newest(ana)
