"""docs/crm.md: from token to first digest, every command on it typed as it stands, and no promise that is not kept."""

import re
from pathlib import Path

import pytest

from tests.stories.craft.lived import has
from tests.stories.face.seen import label
from tests.stories.files.typed import Terminal
from tests.stories.pipeline.walked import asks, told
from tests.stories.synced.returned import stands
from tests.stories.synced.synced import puts, synced, types, vendor

pytestmark = pytest.mark.engines("sqlite")

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "crm.md"
FENCED = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
QUOTED = re.compile(r"`([^`\n]+)`")
TERMINAL = re.compile(r"(?:\.venv/bin/)?(rainmaker (?:connect|disconnect|doctor|migrate)[^\n`|#]*)")
SLACK = re.compile(r"^(/[a-z]+(?: [a-z]+)*)")
ENVIRONMENT = re.compile(r"\bRAINMAKER_[A-Z_]+\b")


@pytest.fixture
def page() -> str:
    return PAGE.read_text("utf-8")


def commands(page) -> list[str]:
    """Every `rainmaker …` of the page, in the order in which somebody types them."""
    places = [*FENCED.findall(page), *QUOTED.findall(FENCED.sub("", page))]
    found = [one.strip() for text in places for one in TERMINAL.findall(text)]
    return list(dict.fromkeys(found))


def lines(page) -> list[str]:
    """Every line of the page that is typed in Slack."""
    return list(dict.fromkeys(one for one in QUOTED.findall(FENCED.sub("", page)) if SLACK.match(one)))


def test_it_goes_from_a_token_to_the_first_digest(page):
    """docs/crm.md (Show): both CRMs, where the token is made, what it may do, connecting, matching, the digest."""
    for name in ("HubSpot", "Salesforce"):
        assert has(rf"^#+ .*{name}", page.replace("\n#", "\n\n#")) or has(rf"\n#+ [^\n]*{name}", page), name
    order = [r"service key|token", r"rainmaker connect", r"match stages", r"digest"]
    at = [re.search(one, page, re.IGNORECASE) for one in order]
    assert all(at), dict(zip(order, at, strict=True))
    assert [one.start() for one in at] == sorted(one.start() for one in at)


def test_it_says_what_an_operator_has_to_decide(page):
    """One evening (Show): scopes, the key, rotation, write-back off, what is not read, leaving again."""
    for what in (
        r"scope",
        r"RAINMAKER_SECRET_KEY",
        r"--rotate",
        r"disconnect",
        r"write.?back",
        r"off (by default|unless|until)",
        r"2027",  # until when older tokens work
        r"External Client App|client credentials",
    ):
        assert has(what, page), what


def test_it_promises_no_vendor_path_that_is_going(page):
    """Facts (1): nothing tells people to make a private app, which cannot be made any more."""
    assert not has(r"(create|make|set up) a (legacy )?private app", page)


def test_every_option_and_setting_exists(page, tmp_path):
    """Its commands run (Show): each is known with its options, each setting stands in `.env.example`."""
    typed = commands(page)
    assert any(one.startswith("rainmaker connect hubspot") for one in typed), typed
    assert any(one.startswith("rainmaker connect salesforce") for one in typed), typed
    terminal = Terminal(tmp_path, f"sqlite+aiosqlite:///{tmp_path}/rainmaker.db")
    for one in typed:
        words = one.split()[1:]
        helped = terminal(words[0], "--help")
        assert helped.code == 0, helped.said
        for option in (word for word in words if word.startswith("--")):
            assert option.split("=")[0] in helped.said, one
    example = (ROOT / ".env.example").read_text("utf-8")
    for name in set(ENVIRONMENT.findall(page)):
        assert name in example, name


async def test_its_commands_bring_the_first_digest(team, crm, page):
    """From token to first digest (Show): typed at the terminal and in Slack as the page has it."""
    puts(crm, "Lockside")
    puts(crm, "Granary Road")
    name = vendor(crm).lower()
    typed = next(one for one in commands(page) if one.startswith(f"rainmaker connect {name}"))
    ended = await types(team, crm, *typed.split()[1:])
    assert ended.code == 0, ended.said
    assert crm.token not in ended.said
    assert has(r"may read|reads", ended.said), ended.said
    await synced(team)
    mia, ana = team.person("mia"), team.person("ana")
    said = await asks(mia, "/rainmaker sync", "sales")
    assert has(r"\b2\b[^\n]{0,20}deal", said), said
    assert any(label(one.blocks or [], r"^match stages") for one in told(mia)), mia.sees()
    assert "Lockside" in await asks(ana, "/deal", "sales")
    await team.jump("2026-09-21 09:05", "Europe/Ljubljana")
    digest = mia.sees("sales")[-1]
    assert has(rf"as of|{vendor(crm)}|updated", digest), digest


async def test_every_line_for_slack_is_known(team, crm, page):
    """Its commands run (Show): what the page has people type in Slack is understood."""
    await stands(team, crm)
    mia = team.person("mia")
    typed = lines(page)
    assert any(one.startswith("/rainmaker sync") for one in typed), typed
    for one in typed:
        said = await asks(mia, one, "sales")
        assert not has(r"did you mean|not something Rainmaker|no command|did not understand", said), (
            f"{one}: {said}"
        )
        if mia.modal():
            await mia.closes(everything=True)


async def test_the_doctor_says_how_the_connection_is(team, crm):
    """One evening (1): `rainmaker doctor` has a line for the CRM, and the mend where the token is refused."""
    await stands(team, crm)
    well = await types(team, crm, "doctor")
    assert well.telling(vendor(crm)), well.said
    crm.revoke()
    ill = await types(team, crm, "doctor")
    assert has(r"rainmaker connect", "\n".join(ill.lines)), ill.said
    assert crm.token not in well.said + ill.said
