"""Characters that keyboards, phones and copied text put in: understood as the plain ones they stand for."""

import pytest

from tests.forged import commands, hears, spoken

pytestmark = pytest.mark.engines("sqlite")

NBSP, NARROW, ZERO, JOINER, BOM, HYPHEN = "\u00a0", "\u202f", "\u200b", "\u2060", "\ufeff", "\u2011"
PRICING = ["Acme", "pricing", "Fri 18 Sep"]

# (what is said in the direct message, what the answer says, what it must not)
SAID = [
    pytest.param(f"Follow{HYPHEN}up with Acme on Friday about pricing", PRICING, [], id="U+2011"),
    pytest.param("Follow\u2010up with Acme on Friday about pricing", PRICING, [], id="U+2010"),
    pytest.param(f"{ZERO}log 5 calls", ["5 calls"], [], id="U+200B"),
    pytest.param(f"{BOM}log 5 calls", ["5 calls"], [], id="U+FEFF"),
    pytest.param(f"{JOINER}log 5 calls", ["5 calls"], [], id="U+2060"),
    pytest.param(f"log{NBSP}5{NBSP}calls", ["5 calls"], [], id="U+00A0"),
    pytest.param(f"log{NARROW}5 calls", ["5 calls"], [], id="U+202F"),
    pytest.param("\u200elog 5 calls\u200f", ["5 calls"], [], id="U+200E"),
    pytest.param("<@U0BOT> log 5 calls", ["5 calls"], ["U0BOT"], id="mention"),
    pytest.param("<@U0BOT|rainmaker>: log 5 calls", ["5 calls"], ["U0BOT"], id="colon"),
    pytest.param("@Rainmaker log 5 calls", ["5 calls"], ["@"], id="as text"),
    pytest.param("log 5 calls\nlog 2 meetings", ["5 calls", "2 meetings"], ["with log"], id="lines"),
    pytest.param("log 5 calls\r\nlog 2 meetings", ["5 calls", "2 meetings"], ["with log"], id="CR LF"),
    pytest.param(
        "followup Acme friday send “the ROI sheet”", ["Acme", "the ROI sheet"], ["the ROI sheet send"],
        id="quotes",
    ),
    pytest.param(
        'followup Acme friday send "the ROI sheet"', ["Acme", "the ROI sheet"], ["the ROI sheet send"],
        id="straight quotes",
    ),
    pytest.param(
        "followup Acme friday send «the ROI sheet»", ["Acme send «the ROI sheet», Fri 18 Sep"], ["the ROI sheet send"],
        id="guillemets",
    ),
    pytest.param(
        "followup “Acme Ltd” friday send the ROI sheet", ["Acme Ltd send the ROI sheet"], [], id="a quoted name",
    ),
    pytest.param("LOG 5 CALLS", ["5 calls"], [], id="capitals"),
    pytest.param("  log   5\tcalls \n", ["5 calls"], [], id="more spaces"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "reads", "reads_not"), SAID)
async def test_odd_characters_are_read_as_what_they_stand_for(team, said, reads, reads_not):
    answer = "\n".join(await hears(team, "ana", spoken(team, "ana", said)))
    for part in reads:
        assert part in answer
    for part in (*reads_not, "did not understand"):
        assert part not in answer


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(f"Settings{NBSP}Field", id="U+00A0"),
        pytest.param(f"settings{NARROW}Field", id="U+202F"),
        pytest.param(f"{ZERO}settings Field", id="U+200B"),
        pytest.param("Settings  Field", id="two spaces"),
    ],
)
async def test_a_subcommand_is_known_however_it_is_spaced(team, said):
    await commands(team, "mia", "/team", said)
    assert "End-of-day message" in str(team.person("mia").modal())


@pytest.mark.parametrize(
    "said", ["<@U0BOT> log 5 calls", "<@U0BOT>: log 5 calls", "hey <@U0BOT> log 5 calls"]
)
async def test_a_mention_in_a_channel_is_understood_and_answered_there_once(team, said):
    ana = team.person("ana")
    event = spoken(team, "ana", said, "C1") | {"type": "app_mention"}
    await hears(team, "ana", event)
    answers = [text for text in ana.sees("sales") if text.startswith("Rainmaker")]
    assert len(answers) == 1
    assert "5 calls" in answers[0]


async def test_a_mention_that_comes_as_two_events_is_answered_once(team):
    ana = team.person("ana")
    said = spoken(team, "ana", "<@U0BOT> log 5 calls", "C1")
    await hears(team, "ana", said)
    await hears(team, "ana", said | {"type": "app_mention"})
    assert (
        len([text for text in ana.sees("sales") if text.startswith("Rainmaker") and "5 calls" in text]) == 1
    )
