"""rainmaker connect: tokens, scopes, what may not be read, encrypted at rest, rotation, leaving, and no secret told."""

import os
from base64 import urlsafe_b64encode

import pytest

from tests.stories.craft.lived import has, mark, since
from tests.stories.pipeline.walked import asks
from tests.stories.synced.pulled import calm, card, line, names, status, worth
from tests.stories.synced.synced import connect, connects, puts, synced, types, vendor
from tests.stories.synced.test_crash import stage
from tests.topology import child

pytestmark = pytest.mark.engines("sqlite")

HUBSPOT = pytest.mark.parametrize("there", ["hubspot"], indirect=True)  # where the vendor makes no difference
SALESFORCE = pytest.mark.parametrize("there", ["salesforce"], indirect=True)
OTHER_KEY = urlsafe_b64encode(bytes(range(50, 82))).decode()
MAY_NOT = r"(may|can) ?not|not allowed|without|no (scope|access|right)|not read|missing"
TROUBLE = r"hubspot|salesforce|\bcrm\b"
NOWHERE = "http://127.0.0.1:9"
WHAT = {
    "owner": r"owner|people|user",
    "account": r"account|compan",
    "contact": r"contact",
    "activity": r"activit|call|e-?mail|engagement|task",
}


def secret(crm) -> str:
    """The setting that holds what nobody may read."""
    return "RAINMAKER_HUBSPOT_TOKEN" if vendor(crm) == "HubSpot" else "RAINMAKER_SALESFORCE_CLIENT_SECRET"


def one_line(said) -> str:
    """What a command refused with: an exit code of 1 and one clear line."""
    assert said.code == 1, said.said
    assert len(said.lines) <= 2, said.said
    return calm(said.said)


async def not_connected(team, crm) -> None:
    """Nothing was kept: a pull falls due and asks nothing, and Slack says that no CRM is connected."""
    asked = len(crm.requests)
    await synced(team, 2)
    assert len(crm.requests) == asked
    assert has(
        r"no crm|not connected|nothing is connected|none is connected|rainmaker connect", await status(team)
    )


# what it says


async def test_it_says_what_it_may_read(team, crm):
    """Through `rainmaker connect` (1): tried at once; each kind of record is named, and what comes next."""
    puts(crm)
    said = await connect(team, crm)
    assert vendor(crm) in said.said
    for what in ("deal", *WHAT.values(), "stage"):
        assert has(what, said.said), said.said
    assert [one for one in said.telling(MAY_NOT) if not has("writ", one)] == [], said.said
    assert has(r"five|5 minutes|sync", said.said), said.said
    assert crm.requests


@HUBSPOT
async def test_only_one_team_needs_no_name(team, crm):
    """Through `rainmaker connect` (1): where there is one team, it is that one, and is said."""
    said = await connects(team, crm)
    assert said.code == 0, said.said
    assert "Field" in said.said


@HUBSPOT
async def test_a_team_that_is_none(team, crm):
    """Through `rainmaker connect` (1): the teams there are, by name, before the CRM is asked for anything."""
    said = one_line(await connects(team, crm, "--team", "Nowhere"))
    assert "Field" in said
    assert crm.requests == []


async def test_it_asks_for_a_token_that_is_not_in_the_environment(team, crm, monkeypatch):
    """Through `rainmaker connect` (1): typed where it is asked for; what was typed is not shown."""
    typed = os.environ[secret(crm)]
    monkeypatch.delenv(secret(crm))
    said = await connects(team, crm, "--team", "Field", answers=f"{typed}\n")
    assert said.code == 0, said.said
    assert has(r"token|secret|key", said.said), said.said


@pytest.mark.parametrize("what", WHAT)
async def test_a_scope_that_is_not_given_is_named(team, crm, what):
    """Where the scope allows (1): what may not be read is said in a line of its own, the rest comes in."""
    puts(crm)
    crm.forbid(what)
    said = await connect(team, crm)
    line(said.said, WHAT[what], MAY_NOT)
    await synced(team)
    assert await names(team, crm) == ["Lockside"]
    line(calm(await status(team)), WHAT[what], MAY_NOT)


async def test_without_deals_there_is_no_connection(team, crm):
    """Where the scope allows (1): a token that may not read deals is of no use; what it needs is said."""
    crm.forbid("deal")
    said = one_line(await connects(team, crm, "--team", "Field"))
    assert has(r"deal|opportunit", said), said
    assert has(r"scope|permission|allow|may", said), said
    await not_connected(team, crm)


async def test_a_field_that_is_hidden_is_named(team, crm):
    """What may not be read (1): the next step, with everything else read."""
    crm.hide_field("next_step")
    said = await connect(team, crm)
    line(said.said, r"next.?step", MAY_NOT)


# what is refused


async def test_a_token_that_is_refused(team, crm):
    """Tried before it is kept (1): one line that says so, and nothing is kept."""
    crm.revoke()
    said = one_line(await connects(team, crm, "--team", "Field"))
    assert vendor(crm) in said
    assert has(r"token|secret|credential|refus", said), said
    await not_connected(team, crm)


@pytest.mark.parametrize("typed", ["Bearer x", "two words in it", "žeton–ne", "x" * 10_000])
async def test_what_can_be_no_token(team, crm, typed):
    """Bad input (1): pasted with something before it, or something else altogether: one line, none of it shown."""
    said = one_line(await connects(team, crm, "--team", "Field", **{secret(crm): typed}))
    assert typed not in said
    await not_connected(team, crm)


async def test_nobody_answers(team, crm):
    """Bad input (1): a line that says that it was not reached; a token that was not tried is not kept."""
    url = f"RAINMAKER_{vendor(crm).upper()}_URL"
    other = {url: NOWHERE, "RAINMAKER_SALESFORCE_HOST": NOWHERE}
    said = one_line(await connects(team, crm, "--team", "Field", **other))
    assert has(r"reach|answer|connect to", said), said
    await not_connected(team, crm)


@SALESFORCE
async def test_a_host_that_is_not_salesforces_gets_no_secret(team, crm, monkeypatch):
    """Only to hosts of the vendor's (1): a My Domain is asked for, and nothing is sent anywhere else."""
    monkeypatch.delenv("RAINMAKER_SALESFORCE_URL")
    for host in ("https://northwind.my.salesforce.com.evil.example", "evil.example", crm.address):
        said = one_line(await connects(team, crm, "--team", "Field", RAINMAKER_SALESFORCE_HOST=host))
        assert "my.salesforce.com" in said, said
    assert crm.requests == []


@HUBSPOT
async def test_another_vendor(team, crm):
    """Two adapters (1): what there is, by name."""
    said = await types(team, crm, "connect", "pipedrive")
    assert said.code in (1, 2), said.said
    assert has("hubspot", said.said), said.said
    assert has("salesforce", said.said), said.said


# the key


@HUBSPOT
@pytest.mark.parametrize("key", ["", "hunter2hunter2", "AAAA", "é" * 44])
async def test_without_a_key_nothing_is_kept(team, crm, key):
    """Key from the environment (1): missing or no key, it is named, and how one is made; the token goes nowhere."""
    said = one_line(await connects(team, crm, "--team", "Field", RAINMAKER_SECRET_KEY=key))
    assert "RAINMAKER_SECRET_KEY" in said
    await not_connected(team, crm)


async def test_the_token_stands_nowhere_as_it_is(team, crm, tmp_path):
    """Kept encrypted (1): not in the database, not in a backup, not in an export, and neither is the key."""
    puts(crm)
    await connect(team, crm)
    await synced(team)
    for command, where in (("backup", "copy.db"), ("export", "out")):
        done = await types(team, crm, command, tmp_path / where)
        assert done.code == 0, done.said
    hidden = [crm.token.encode(), os.environ["RAINMAKER_SECRET_KEY"].encode()]
    files = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert {"copy.db", "rainmaker.db"} <= {one.name for one in files}
    assert [one for one in files if any(each in one.read_bytes() for each in hidden)] == []


async def test_a_key_is_changed(team, crm):
    """Rotation (1): with the new key before the old one, `--rotate`; then the new one alone will do, and no other."""
    await connect(team, crm)
    old = os.environ["RAINMAKER_SECRET_KEY"]
    before = await types(team, crm, "doctor", RAINMAKER_SECRET_KEY=OTHER_KEY)
    assert has(r"key", "\n".join(before.telling(TROUBLE))), before.said
    said = await types(team, crm, "connect", "--rotate", RAINMAKER_SECRET_KEY=f"{OTHER_KEY},{old}")
    assert said.code == 0, said.said
    assert has(r"\b1\b|one\b|HubSpot|Salesforce", said.said), said.said
    after = await types(team, crm, "doctor", RAINMAKER_SECRET_KEY=OTHER_KEY)
    assert not has(r"\bkey\b", "\n".join(after.telling(TROUBLE))), after.said
    old_alone = await types(team, crm, "doctor", RAINMAKER_SECRET_KEY=old)
    assert has(r"key", "\n".join(old_alone.telling(TROUBLE))), old_alone.said
    assert not any(key in each.said for key in (old, OTHER_KEY) for each in (before, said, after, old_alone))


@HUBSPOT
async def test_rotating_with_a_key_that_reads_nothing(team, crm):
    """Rotation (1): without the old key one line says so, and what is kept still works."""
    puts(crm)
    await connect(team, crm)
    one_line(await types(team, crm, "connect", "--rotate", RAINMAKER_SECRET_KEY=OTHER_KEY))
    await synced(team)
    assert await names(team, crm) == ["Lockside"]


@HUBSPOT
async def test_a_bot_with_another_key_says_so_once(team, crm, mia):
    """The wrong key (1): the CRM is not asked, and the admin reads once that it is the key."""
    before = mark(mia)
    said = await connects(team, crm, "--team", "Field", RAINMAKER_SECRET_KEY=OTHER_KEY)
    assert said.code == 0, said.said
    asked = len(crm.requests)
    await synced(team, 24)
    assert len(crm.requests) == asked
    (told,) = [one for one in since(mia, before) if has(TROUBLE, one)]
    assert has(r"\bkey\b", calm(told)), told


# again, and away


async def test_a_new_token_takes_the_place_of_the_old_one(team, crm):
    """Connected again (1): nothing is there twice, what was matched stays, and the old token is not used."""
    puts(crm)
    await connect(team, crm)
    await synced(team)
    crm.renew()
    said = await connects(team, crm, "--team", "Field", **{secret(crm): crm.token})
    assert said.code == 0, said.said
    puts(crm, "Granary Road")
    await synced(team)
    assert await names(team, crm) == ["Granary Road", "Lockside"]


async def test_leaving_keeps_the_deals_and_forgets_the_token(team, connected, ana):
    """Disconnected (1): nothing is asked any more, deals stay, and no card says that it is fresh."""
    crm, name = connected, vendor(connected).lower()
    said = await types(team, crm, "disconnect", name)
    assert said.code == 0, said.said
    asked = len(crm.requests)
    await synced(team, 24)
    assert len(crm.requests) == asked
    assert await worth(team, crm) == ("24000.00", "USD")
    assert not has(r"as of 1\d:\d\d", await card(ana))
    await not_connected(team, crm)
    again = await types(team, crm, "disconnect", name)
    assert vendor(crm) in one_line(again)


@HUBSPOT
async def test_after_leaving_and_coming_back_nothing_is_twice(team, connected):
    """Disconnected (1): the same CRM connected once more knows its deals again."""
    await types(team, connected, "disconnect", "hubspot")
    await connect(team, connected)
    await synced(team)
    assert await names(team, connected) == ["Lockside"]


@HUBSPOT
async def test_nobody_connects_in_slack(team, crm, mia):
    """Tokens are typed at a terminal (1): who pastes one in Slack reads where it belongs, and it is tried nowhere."""
    for typed in (f"/rainmaker connect hubspot {crm.token}", f"connect hubspot {crm.token}"):
        said = await asks(mia, typed, "sales" if typed.startswith("/") else None)
        assert crm.token not in said
    assert crm.requests == []


@pytest.mark.processes
@pytest.mark.parametrize("name", ["hubspot", "salesforce"])
async def test_no_log_holds_a_secret(database_url, tmp_path, name):
    """No secret logged (1): a bot that logs all it can, whose CRM answers well, then with 500, then refuses."""
    async with stage(name, database_url, tmp_path, count=3) as made:
        settings = {**made.settings, "LOG_LEVEL": "debug"}
        async with child(made.server, made.url, made.folder, **settings) as running:
            await made.asked_for(len(made.crm.requests) + 4)
            await made.quiet()
            made.crm.faults.plan("/", "500", times=6)
            await made.server.visitor("mia").says("/rainmaker sync", channel="sales")
            made.crm.revoke()
            await made.server.visitor("mia").says("/rainmaker sync", channel="sales")
        written = "\n".join(running.said)
    assert written
    assert made.crm.token not in written
    assert made.settings["RAINMAKER_SECRET_KEY"] not in written
