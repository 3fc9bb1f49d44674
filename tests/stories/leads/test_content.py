"""Who read what: by a file, or by a site's signed webhook; word within the hour, once, whatever comes at us."""

import pytest

from tests.stories.craft.lived import has, mark, since, tried
from tests.stories.face.seen import label, presses
from tests.stories.leads.books import HERE
from tests.stories.leads.prospected import WEBHOOK, brings, newest, row, understood
from tests.stories.leads.webhooks import GUIDE, SECRET, Site, ago, reachable, site_of
from tests.stories.pipeline.walked import asks, told

pytestmark = pytest.mark.engines("sqlite")

DANA = row(1, "Dana Roe", "Alder Yard", email="dana@alder.example", source="Cold list", created="2026-09-07")
REFUSED = {401, 403}


def prompts(person, before) -> list[str]:
    return [one for one in since(person, before) if GUIDE in one and "Dana Roe" in one]


@pytest.fixture
async def reached(database_url):
    """The town with a bot that listens, and Dana Roe as a cold lead of Ana's, who was called last week."""
    async with reachable(database_url) as town:
        await brings(town.person("mia"), DANA)
        yield town


@pytest.fixture
async def site(reached) -> Site:
    return await site_of(reached)


async def test_a_file_of_what_was_read_makes_a_lead_warm(team, mia, ana):
    """A CSV (#41): e-mail, what, when; the lead's rep reads within the hour who read what."""
    await brings(mia, DANA)
    before = mark(ana)
    line = f"dana@alder.example,{GUIDE},2026-09-14 08:40"
    said = await brings(mia, line, header="email,content,at", name="content.csv")
    assert has(r"\b1\b", said), said
    await team.jump("2026-09-14 11:50", HERE)
    found = prompts(ana, before)
    assert len(found) == 1, since(ana, before)
    assert has(r"Dana Roe[^\[]{0,200}(guide|read|touched)", await tried(ana, "/lead next"))


async def test_a_row_of_a_stranger_is_counted_and_no_lead(mia, ana):
    """Somebody nobody knows (#41): no lead is made of an address; how many were unknown is said."""
    await brings(mia, DANA)
    rows = (f"dana@alder.example,{GUIDE},2026-09-14 08:40", f"who@nowhere.example,{GUIDE},2026-09-14 08:41")
    said = await brings(mia, *rows, header="email,content,at", name="content.csv")
    assert has(r"\b1\b[^\n]*(unknown|nobody|no lead)|(unknown|nobody|no lead)[^\n]*\b1\b", said), said
    assert "who@nowhere" not in await tried(ana, "/lead list")


async def test_a_signed_event_brings_word_within_the_hour(reached, site):
    """A webhook (#41): taken, and before the hour is over Ana reads who read what; on her list it is the reason."""
    ana = reached.person("ana")
    before = mark(ana)
    assert await site.tells() in (200, 202, 204)
    await reached.jump("2026-09-14 11:50", HERE)
    assert len(prompts(ana, before)) == 1, since(ana, before)
    assert has(r"Dana Roe[^\[]{0,200}(guide|read|touched)", await tried(ana, "/lead next"))


async def test_a_forged_event_is_refused(reached, site):
    """Another secret, other bytes, no signature, or signed an hour ago (bad input): refused, and nothing came of it."""
    ana, body = reached.person("ana"), site.event()
    before = mark(ana)
    good, old = site.signed(body), site.signed(body, at=ago(reached, hours=1))
    for headers in (
        site.signed(body, secret="x" * 32),
        site.signed(body + b" "),
        {},
        old,
        {**good, "X-Rainmaker-Timestamp": "soon"},
    ):
        assert set(await site.posts(body, headers)) <= REFUSED
    await reached.jump("2026-09-14 12:30", HERE)
    assert prompts(ana, before) == []


async def test_a_replayed_event_counts_once(reached, site):
    """The same request thrice, and the same event signed anew (bad input): one word to the rep."""
    ana, body = reached.person("ana"), site.event()
    before = mark(ana)
    headers = site.signed(body)
    for _ in range(3):
        assert set(await site.posts(body, headers)) <= {200, 202, 204, 409}
    await reached.jump("2026-09-14 11:04", HERE)
    await site.posts(body, site.signed(body))
    await reached.jump("2026-09-14 12:30", HERE)
    assert len(prompts(ana, before)) == 1, since(ana, before)


async def test_a_hundred_at_once_are_taken_or_told_to_wait(reached, site):
    """A hundred in a second (bad input): none breaks anything, commands go on, and the rep reads one message."""
    ana, before = reached.person("ana"), mark(reached.person("ana"))
    answered: list[int] = []
    for number in range(10):
        body = site.event(number)
        answered += await site.posts(body, site.signed(body), times=10)
    assert set(answered) <= {200, 202, 204, 409, 429}, answered
    assert "Dana Roe" in await tried(ana, "/lead next")
    await reached.jump("2026-09-14 12:30", HERE)
    assert len(prompts(ana, before)) == 1, since(ana, before)


async def test_what_is_no_event_is_refused_in_peace(reached, site):
    """Signed, and no JSON, no address, a megabyte and more (bad input): the sender's fault, never ours."""
    for body in (b"\xff\xfe", b"[]", b"{}", b'{"email": 5}', b"x" * 1_500_000):
        answered = await site.posts(body, site.signed(body))
        assert all(400 <= one < 500 for one in answered), (body[:20], answered)


async def test_a_rep_does_not_see_the_secret(reached, site):
    """An admin's (#41): a rep who types the same line reads no secret."""
    ana = reached.person("ana")
    for line in WEBHOOK:
        assert site.secret not in await tried(ana, line)
    assert site.secret not in "\n".join(ana.sees("sales"))


async def test_a_new_secret_ends_the_old_one(reached, site):
    """Made anew (#41): what is signed with the old one is refused from then on."""
    mia = reached.person("mia")
    line, said = await understood(mia, r"webhook|secret", *WEBHOOK, helped=r"webhook")
    assert line, said
    await asks(mia, line, "sales")
    pattern = r"new secret|anew|renew|replace|rotate"
    assert label(told(mia, "sales")[-1].blocks or [], pattern), newest(mia)
    await presses(mia, pattern, where="sales")
    if mia.modal() and not SECRET.search(mia.modal()):
        await mia.submits()
    body = site.event()
    assert set(await site.posts(body, site.signed(body))) <= REFUSED
