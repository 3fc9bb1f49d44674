"""What a CRM does not do to people: flood them, nag them about itself, carry words and addresses to where they harm."""

import json
from datetime import date

import pytest

from tests.stories.craft.lived import has, home, mark, since
from tests.stories.face.seen import every_message
from tests.stories.files import ways_out
from tests.stories.files.chat import files_given
from tests.stories.led.led import everything_of
from tests.stories.led.named import switches
from tests.stories.pipeline.walked import asks, texts, told
from tests.stories.synced.returned import later, stands
from tests.stories.synced.synced import connect, ended, open_labels, owner_of, puts, synced, vendor

pytestmark = pytest.mark.engines("sqlite")

EITHER = pytest.mark.parametrize("there", ["hubspot"], indirect=True)  # where the vendor makes no difference
MANY = 60
TROUBLE = r"hubspot|salesforce|crm\b|sync"
DIRT = "<!channel> *Bold* <https://evil.example|Prize> & _Söns_"
FORMULAS = ("=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(A1)")


@pytest.fixture
def people(team):
    return [team.person(one) for one in ("ana", "ben", "mia", "raj")]


@pytest.fixture
async def book(team, crm):
    """Sixty deals of Ana's and Ben's, read; their ids."""
    owners = [owner_of(crm, "ana"), owner_of(crm, "ben")]
    ids = [puts(crm, f"Depot {number:02}", owner=owners[number % 2]) for number in range(MANY)]
    await connect(team, crm)
    await synced(team)
    return ids


def heard(team, people, before) -> dict[str, list[str]]:
    """What came to each since a mark, and what stands in the channel by the bot, for all, by name."""
    return {one.person.name: since(one, before) for one in people}


def public(team) -> int:
    """How many messages of the bot's everybody in #sales reads."""
    return len([one for one in every_message(team) if one.channel == "C1" and one.only_for is None])


@EITHER
async def test_the_first_pull_floods_nobody(team, crm, people):
    """The budget (13): sixty deals come in at once; reps get no message each, the admin one at most."""
    before, posted = mark(*people), public(team)
    owner = owner_of(crm, "ana")
    for number in range(MANY):
        puts(crm, f"Depot {number:02}", owner=owner)
    await connect(team, crm)
    await synced(team)
    await later(team, 60)
    told_of = heard(team, people, before)
    assert len(told_of["ana"]) <= 1, told_of
    assert len(told_of["mia"]) <= 1, told_of
    assert (told_of["ben"], told_of["raj"]) == ([], [])
    assert public(team) == posted


async def test_a_pipeline_edit_that_touches_every_deal_says_nothing(team, crm, people, book):
    """Pipeline edit (13): every record is stamped anew and nothing of them differs; nobody hears a word."""
    before, posted = mark(*people), public(team)
    stage = next(one for one in crm.stages if one[1] == open_labels(crm)[0])
    crm.rename_stage(stage[0], "First talk")
    for one in book:
        crm.change(one)
    await synced(team)
    await later(team, 60)
    told_of = heard(team, people, before)
    assert (told_of["ana"], told_of["ben"], told_of["raj"]) == ([], [], [])
    assert len(told_of["mia"]) <= 1, told_of
    assert public(team) == posted
    assert "Depot 00" in await asks(people[0], "/deal Depot 00", "sales")


@EITHER
async def test_a_change_to_every_deal_is_one_message_at_most(team, crm, people, book):
    """More than fifty in a run (13): days really moved on all of them come in one message to each rep, or in none."""
    before, posted = mark(*people), public(team)
    for one in book:
        crm.change(one, amount="31500")
    await synced(team)
    await later(team, 60)
    told_of = heard(team, people, before)
    assert all(len(one) <= 1 for one in told_of.values()), told_of
    assert public(team) <= posted + 1


@EITHER
async def test_wins_of_one_pull_are_one_post(team, crm, people, book):
    """The budget (13): with wins posted as they come, twelve that one pull brings stand in one message."""
    await switches(people[2], r"each win", on=True, line="/team settings")
    posted = public(team)
    for one in book[:12]:
        crm.change(one, stage=ended(crm), close=date(2026, 9, 14))
    await synced(team)
    await later(team, 120)
    assert public(team) == posted + 1


@pytest.mark.parametrize("fault", ["500", "429 no retry-after", "cut"])
async def test_a_failing_pull_is_told_once_and_once_that_it_is_well(team, crm, people, fault):
    """Says so to the admin once (1): after hours of trouble one message, in plain words; one when it is over."""
    await stands(team, crm)
    mia = people[2]
    before = mark(*people)
    crm.faults.plan("/", fault, times=100_000)
    for minutes in (10, 10, 30, 60, 60):
        await later(team, minutes)
    (said,) = [one for one in since(mia, before) if has(TROUBLE, one)]
    assert vendor(crm) in said
    assert not has(r"\b50[02]\b|\b429\b|Traceback|<html|JSON", said), said
    assert crm.token not in said
    assert has(r"as of|last|since|\d\d:\d\d", said), said
    crm.faults.clear()
    for minutes in (10, 60, 60):
        await later(team, minutes)
    found = [one for one in since(mia, before) if has(TROUBLE, one)]
    assert len(found) == 2, found
    assert has(r"again|well|back", found[1]), found[1]
    others = heard(team, people, before)
    assert not any(has(TROUBLE, one) for name in ("ana", "ben", "raj") for one in others[name]), others


@EITHER
async def test_one_pull_that_fails_is_no_news(team, crm, people):
    """Once (1): a moment of trouble that is over at the next pull is told to nobody."""
    await stands(team, crm)
    before = mark(*people)
    crm.faults.plan("/", "500")
    for minutes in (5, 5, 10, 60):
        await later(team, minutes)
    assert not any(has(TROUBLE, one) for said in heard(team, people, before).values() for one in said)


async def test_a_token_that_is_refused_asks_for_a_new_one_once(team, crm, people):
    """Revoked (Bad input): the admin reads the command that mends it, once, and the CRM is not asked without end."""
    await stands(team, crm)
    before = mark(*people)
    crm.revoke()
    for minutes in (10, 10, 30, 60, 60):
        await later(team, minutes)
    (said,) = [one for one in since(people[2], before) if has(TROUBLE, one)]
    assert has(r"rainmaker connect", said), said
    asked = len(crm.requests)
    await later(team, 600)
    assert len(crm.requests) - asked < 130, "It is asked over and over with a token that it refuses."
    assert len([one for one in since(people[2], before) if has(TROUBLE, one)]) <= 2


@EITHER
async def test_words_of_the_crm_are_only_words(team, crm, people):
    """CRM text is nobody's markup (15): names with tags and links ping nobody and lead nowhere, on every surface."""
    await stands(team, crm, DIRT, next_step="<@U3> =1+1 <!here>")
    ana, mia = people[0], people[2]
    for line in ("/deal", "/pipeline", "/deal Prize"):
        await asks(ana, line, "sales")
    for line in ("/pipeline @ana", "/rainmaker sync"):
        await asks(mia, line, "sales")
    await home(ana)
    await team.jump("2026-09-21 09:05", "Europe/Ljubljana")
    for raw in mrkdwn_of(team):
        assert not has(r"<!(channel|here)>|<https://evil|<@U3> =1", raw), raw


def mrkdwn_of(team) -> list[str]:
    """Every text of the bot's that Slack would read marks in: messages, Homes, forms."""
    server = team.server.workspace
    views = [*server.homes.values(), *(one for stack in server.modals.values() for one in stack)]
    blocks = [one.blocks or [] for one in (*every_message(team), *views)]
    found = [one.text for one in every_message(team)]
    waiting = list(blocks)
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if one.get("type") == "mrkdwn":
                found.append(str(one.get("text", "")))
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return found


@EITHER
async def test_an_export_runs_nothing(team, crm, people):
    """`=+-@` (15): names, steps and firms that a spreadsheet would run are harmless in every file that goes out."""
    owner = owner_of(crm, "ana")
    for one in FORMULAS:
        firm = crm.account(one)
        person = crm.contact(one, "x@haulmate.example", firm)
        crm.deal(
            f"{one} Ltd",
            stage=open_labels(crm)[0],
            amount="9000",
            close=None,
            owner=owner,
            account=firm,
            next_step=one,
        )
        assert person
    await connect(team, crm)
    await synced(team)
    await people[2].says("/rainmaker export")
    await team.server.settled()
    given = files_given(people[2])
    assert any("SUM(A1)" in text for text in given.values()), list(given)
    for name, text in given.items():
        if name.endswith(".csv"):
            assert ways_out.run_by_a_spreadsheet(text) == [], name


@EITHER
async def test_no_address_of_a_contact_reaches_a_channel(team, crm, people):
    """Privacy (15): e-mail and phone of contacts there stand in no channel, no digest, and nobody else's messages."""
    firm = crm.account("Haulmate")
    crm.contact("Dana Roe", "dana.roe@haulmate.example", firm)
    crm.deal(
        "Lockside",
        stage=open_labels(crm)[0],
        amount="24000",
        close=None,
        owner=owner_of(crm, "ana"),
        account=firm,
    )
    await connect(team, crm)
    await synced(team)
    ana = people[0]
    for line in ("/deal Lockside", "/pipeline", "/prep Lockside"):
        await asks(ana, line, "sales")
        if ana.modal():
            await ana.closes(everything=True)
    await team.jump("2026-09-21 09:05", "Europe/Ljubljana")
    shown = json.dumps(
        [
            (one.text, one.blocks)
            for one in every_message(team)
            if one.channel == "C1" and one.only_for is None
        ]
    )
    assert "haulmate.example" not in shown
    for other in people[1:2] + people[3:]:
        assert "haulmate.example" not in await everything_of(team, other)


@EITHER
async def test_a_deal_of_nobody_here_is_told_to_nobody(team, crm, people):
    """An owner who left (Bad input): a deal whose owner is no member here is in nobody's list, and in no message."""
    puts(crm, "Lockside", owner=crm.owner("Zoe Gone", "zoe@northwind.example"))
    await connect(team, crm)
    await synced(team)
    await later(team, 60)
    for one in people[:2]:
        assert "Lockside" not in "\n".join([*texts(one), await asks(one, "/deal", "sales")])
    said = "\n".join(texts(people[2])) + await asks(people[2], "/rainmaker sync", "sales")
    assert has("Zoe", said), said
    assert told(people[2])
