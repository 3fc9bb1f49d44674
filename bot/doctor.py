"""The doctor: looks at every setting as it is in use, and says the mend beside what is wrong."""

import re
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import NamedTuple

import aiohttp
from pydantic import SecretStr
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import slack_calls, tokens
from bot.clock import CLOCK_MEND, Clock, stepped_back, wall_clock
from bot.http import LOOPBACK, Address
from bot.installation import NO_SOCKET, OUR_FAULT, refused_socket
from bot.manifest import OPTIONAL_SCOPES, SCOPES
from bot.settings import Settings, SettingsTrouble
from bot.slack_client import SlackClient
from bot.standby import file_of, holder
from bot.sync.examined import connected_crms, examined
from bot.zones import UPGRADE_TZDATA
from sales.language.figures import listed, plural, whole_number
from sales.nudges.ledger import TIMING
from sales.prospects.webhook import PATH
from storage.database import Database, version_of
from storage.imports.sync.connection import CrmConnectionRow
from storage.nudges import undelivered
from storage.nudges.app_manifest import app_manifest
from storage.nudges.schedule.clock import latest_mark, server_time
from storage.nudges.schedule.zones import unknown_zones
from storage.people.workspace import WorkspaceRow, installed_workspaces
from storage.scope import Ledger
from storage.trouble import StorageTrouble

CLOCK_OFF = 60.0  # seconds: Slack refuses signatures that are five minutes off; a minute is worth a word
OPTIONAL = frozenset(
    {"usergroups:read", "users:read.email", "groups:history", "groups:read", *OPTIONAL_SCOPES}
)
SLACK = str(Settings.model_fields["slack_api_url"].default)
SIGNING_SECRET = re.compile(r"[0-9a-f]{32}")
LOOKS_ODD = "A signing secret has 32 hexadecimal digits. Copy it from Basic Information again."
SECRET_WORDS = ("pass", "pwd", "secret", "token")
SHOWN = 9  # characters of a token that say its kind and nothing else


MANIFEST_MEND = (
    "Paste what `rainmaker manifest` prints into App Manifest on the app's page at Slack and save; then press"
    " It is there below what I told the admins."
)


class Finding(NamedTuple):
    """One thing looked at. `mend` is empty where all is well."""

    what: str
    found: str
    mend: str = ""


async def examine(settings: Settings, now: Clock = wall_clock) -> AsyncIterator[Finding]:
    """Yield what was found, one thing after the other; nothing is changed but the database's schema."""
    for name, value in settings.model_dump().items():
        yield Finding(name.upper(), shown(name, value))
    crms = list[CrmConnectionRow]()
    for finding in await database_of(settings, crms):
        yield finding
    for one in crms:
        yield Finding(*await examined(one, settings.crm_keys()))
    async with slack_calls.session(TIMING) as session:
        bot = SlackClient(
            token=settings.slack_bot_token.get_secret_value(),
            base_url=settings.slack_api_url,
            session=session,
            retry_handlers=[],
        )
        if wrong := tokens.bot_token_trouble(settings.slack_bot_token.get_secret_value()):
            yield Finding("Bot token", wrong, tokens.BOT_PLACE)
        else:
            async for finding in token_of(bot, now):
                yield finding
        yield await socket_of(settings, bot)
    yield signing_of(settings)
    yield hooks_of(settings)


def shown(name: str, value: object) -> str:
    """Return a setting's value as it may be shown to anybody."""
    if isinstance(value, SecretStr):
        return masked(value.get_secret_value())
    if name == "database_url":
        return without_password(str(value))
    if isinstance(value, frozenset):
        value = ", ".join(sorted(value))
    return str(value) or "(empty)"


def masked(secret: str) -> str:
    """Return a secret as it may be shown: its length, and its kind where it begins with it."""
    if not secret:
        return "(empty)"
    kind = secret[:SHOWN] if secret.startswith("x") and len(secret) > SHOWN else ""
    return f"{kind}… ({len(secret)} characters)"


def without_password(database_url: str) -> str:
    try:
        url = Database(database_url).url
        hidden = {name: "***" for name in url.query if is_secret(name)}
        return url.update_query_dict(hidden).render_as_string(hide_password=True).replace("%2A", "*")
    except StorageTrouble:
        return "(no database address)"


def is_secret(name: str) -> bool:
    """Say whether a parameter in an address's query holds a secret, by its name."""
    return any(word in name.casefold() for word in SECRET_WORDS)


async def database_of(settings: Settings, crms: list[CrmConnectionRow] | None = None) -> list[Finding]:
    """Look at the database, and in it for workspaces whose messages are held because their token does not work.

    The CRMs that are connected are added to `crms`.
    """
    try:
        file = file_of(settings.database_url)
        database = await Database.open(settings.database_url)
    except (StorageTrouble, SettingsTrouble) as trouble:
        return [Finding("Database", "cannot be used", str(trouble))]
    try:
        async with database.read_ledger() as ledger:
            held = await undelivered.held_for(ledger)
            what = await version_of(ledger)
            now = wall_clock() if file is not None else await server_time(ledger)
            about = [served(file) if file is not None else server_clock(now, wall_clock())]
            about += [*behind(now, await latest_mark(ledger)), *unknown(await unknown_zones(ledger))]
            installed = await installed_workspaces(ledger)
            for one in installed:
                about += await offers_of(ledger, one)
            if crms is not None:
                crms += await connected_crms(ledger, [one.id for one in installed])
    except StorageTrouble as trouble:
        return [Finding("Database", "cannot be used", str(trouble))]
    finally:
        await database.close()
    opens = Finding("Database", f"{what} opens, schema up to date")
    return [opens, *about, *(held_workspace(*one) for one in held)]


def behind(now: datetime, latest: datetime | None) -> list[Finding]:
    """Say if the clock is so far behind what was written down that a start would decide nothing by it."""
    said = stepped_back(now, latest)
    return [Finding("Clock", f"{said}; nothing is decided by it", CLOCK_MEND)] if said else []


def unknown(zones: Mapping[str, int]) -> list[Finding]:
    """Name the zones that schedules have and the installed zone rules do not."""
    return [
        Finding("Time zone", f"{zone} is unknown here; schedules that name it: {count}", UPGRADE_TZDATA)
        for zone, count in sorted(zones.items())
    ]


def served(file: Path) -> Finding:
    """Say which process serves a SQLite file now."""
    by = holder(file)
    return Finding("Database served by", f"{by} (host:process)" if by else "nobody at the moment")


def server_clock(told: datetime, now: datetime) -> Finding:
    """Compare our clock with the database server's, by which PostgreSQL's replicas go."""
    off = abs((now - told).total_seconds())
    mend = "Set both machines' clocks by NTP." if off > CLOCK_OFF else ""
    return Finding("Database clock", f"{whole_number(off)} s from ours", mend)


async def offers_of(ledger: Ledger, row: WorkspaceRow) -> list[Finding]:
    """Name what a new version offers that nobody has said the app at Slack has; Slack does not tell."""
    noted = await app_manifest(ledger.workspace(row.id))
    if noted is None or not noted.awaited:
        return []
    new = f"{row.name or row.id} waits since {noted.since.date().isoformat()} for {listed(noted.awaited, 'and')}"
    return [Finding("App manifest", new, MANIFEST_MEND)]


def held_workspace(row: WorkspaceRow, waiting: int) -> Finding:
    """Say why nothing is sent to a workspace, and how much waits for it to be installed again."""
    messages = plural(waiting, "message waits", "messages wait")
    return Finding(
        "Workspace",
        f"{row.name or row.id} is held: {row.suspended_reason}; {messages}",
        "Install the app again at Slack, put the new token in SLACK_BOT_TOKEN and start Rainmaker.",
    )


async def token_of(bot: AsyncWebClient, now: Clock) -> AsyncIterator[Finding]:
    """Look at the bot token, its scopes, and Slack's clock beside ours."""
    try:
        me = await bot.auth_test()
    except SlackApiError as refused:
        error = str(refused.response["error"])
        if error in OUR_FAULT:
            mend = "Copy the bot token from OAuth & Permissions again."
            yield Finding("Bot token", f"refused: {error}", mend)
        else:
            trouble = f"not checked: Slack has trouble ({error or 'no answer'})"
            yield Finding("Bot token", trouble, "Try again later.")
        return
    except (aiohttp.ClientError, TimeoutError) as unreachable:
        yield Finding("Slack", f"cannot be reached: {unreachable}", "Check the network and SLACK_API_URL.")
        return
    yield Finding("Bot token", f"works: {me['user']} in {me['team']}")
    headers = {name.casefold(): value for name, value in me.headers.items()}
    for finding in scopes_of(headers.get("x-oauth-scopes")):
        yield finding
    yield clock_beside(headers.get("date"), now())


def scopes_of(header: str | None) -> Iterator[Finding]:
    """Compare the scopes that Slack's answer names with those we need; without that header nobody can."""
    granted = {scope.strip() for scope in (header or "").split(",")} - {""}
    if not granted:
        yield Finding(
            "Scopes",
            "not checked, as the answer does not name them (no x-oauth-scopes header; a proxy may take it away)."
            " Compare OAuth & Permissions with manifest.yml",
        )
        return
    absent = set(SCOPES) - granted
    missing = absent - OPTIONAL
    for scope in sorted(missing):
        yield Finding(
            "Scope", f"{scope} is missing (needed for {SCOPES[scope]})", "Add it and reinstall the app."
        )
    if absent & OPTIONAL:
        without = "; ".join(f"{scope}, {SCOPES[scope]}" for scope in sorted(absent & OPTIONAL))
        yield Finding("Optional scopes", f"not granted, and it works without: {without}")
    if not missing:
        yield Finding("Scopes", "all granted")


def clock_beside(date_header: str | None, now: datetime) -> Finding:
    """Compare our clock with the one Slack's answer carried."""
    if not date_header:
        return Finding("Clock", "Slack's answer carried no date to compare with")
    off = abs((now - parsedate_to_datetime(date_header).astimezone(UTC)).total_seconds())
    mend = "Set the machine's clock by NTP." if off > CLOCK_OFF else ""
    return Finding("Clock", f"{whole_number(off)} s from Slack's", mend)


def signing_of(settings: Settings) -> Finding:
    """Say whether the bot can be reached over HTTP; whether the secret is right, only Slack's requests show."""
    secret = settings.slack_signing_secret.get_secret_value()
    if not secret.strip():
        return Finding("HTTP", "not possible without SLACK_SIGNING_SECRET; not needed over Socket Mode")
    odd = "" if SIGNING_SECRET.fullmatch(secret) or settings.slack_api_url != SLACK else LOOKS_ODD
    return Finding("HTTP", "possible: rainmaker run --http HOST:PORT", odd)


def hooks_of(settings: Settings) -> Finding:
    """Say where other systems send content events, and whether that can be listened on at all."""
    if not settings.hooks:
        return Finding("Content events", "taken with --http, or where HOOKS says; it is empty")
    try:
        address = Address.read(settings.hooks, "HOOKS", host=LOOPBACK)
    except SettingsTrouble as wrong:
        return Finding("Content events", "nowhere", str(wrong))
    return Finding("Content events", f"taken at http://{address}{PATH}… ; `/lead webhook` says what to send")


async def socket_of(settings: Settings, bot: AsyncWebClient) -> Finding:
    app_token = settings.slack_app_token.get_secret_value()
    if not app_token and settings.slack_signing_secret.get_secret_value():
        return Finding("App token", "empty; not needed with --http")
    if wrong := tokens.app_token_trouble(app_token):
        return Finding("App token", wrong, tokens.APP_PLACE)
    try:
        await bot.apps_connections_open(app_token=app_token)
    except SlackApiError as refused:
        error = str(refused.response["error"])
        if error in NO_SOCKET:
            return Finding("App token", "cannot be used for Socket Mode", refused_socket(error))
        if error in OUR_FAULT:
            return Finding("App token", f"refused: {error}", tokens.APP_PLACE)
        return Finding(
            "App token", f"not checked: Slack has trouble ({error or 'no answer'})", "Try again later."
        )
    except (aiohttp.ClientError, TimeoutError) as unreachable:
        return Finding("App token", f"not checked: {unreachable}", "Check the network.")
    return Finding("App token", "works")
