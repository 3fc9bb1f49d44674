"""Members: people met through Slack when they speak or are chosen, and kept as Slack describes them."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.context import Context, Preflight
from handlers.feature import Feature, Record, Stays, routes
from handlers.people.news import MemberChanged, MembersMet, PersonBack
from handlers.reply import NOTHING, Reply
from messages import standing
from sales.language.dates.instants import is_known
from sales.language.typed_text import name_among
from sales.people.member import LONGEST_LOCALE, NO_ZONE, Member
from sales.people.permission import Act
from sales.refusal import Refusal
from storage.database import Database
from storage.people import member as queries
from storage.people.erased_contact import ErasedContactRow
from storage.people.member import MemberRow
from storage.people.pseudonym import ErasedNameRow
from storage.people.team import find_team

log = structlog.get_logger()

AT_ONCE = 40  # a hundred people are looked up well within the three seconds Slack waits
MANY = 80  # people; it answers a hundred such questions a minute, so more are looked for on its list of everybody
PAGE, MOST_PAGES = 200, 4  # of that list; whoever stands further down is asked about alone
UNKNOWN = frozenset({"user_not_found", "user_not_visible"})
UNKNOWN_ZONE = "Upgrade tzdata. Until then the zone of the person's team is used, or UTC."
OUTSIDER = (
    "You belong to another Slack workspace, and I work for this one only, so nothing was changed. An admin of yours"
    " can install me there."
)
# When somebody was here, and when they want to be left in peace, is nobody else's business.
PRIVATE = (
    *("dm_channel", "welcomed_at", "heard_at", "home_seen_at", "paused_until", "hinted_at", "evening_at"),
    "locale",
)
SLACKBOT = "USLACKBOT"  # Slack does not call it a bot

Users = Mapping[str, dict[str, Any] | None]  # what Slack says of people, None of those it does not know


@dataclass(frozen=True)
class Stranger:
    """Somebody who cannot be in a team, and why."""

    user_id: str
    name: str
    reason: str


async def known_people(
    database: Database, slack: AsyncWebClient, workspace_id: str, user_id: str
) -> MemberRow:
    """Return the member, met through Slack the first time they speak.

    Raises:
        Refusal: for somebody of another workspace; nothing is kept of them.
    """
    async with database.read(workspace_id) as scope:
        found = await queries.find_member(scope, user_id)
    if found is not None:
        return found
    (user,) = await looked_up(slack, [user_id])
    if user is not None and is_outsider(user, workspace_id):
        raise Refusal(OUTSIDER)
    values = newcomer(user) if user else {"user_id": user_id, "name": user_id, "zone": NO_ZONE}
    async with database.write(workspace_id) as scope:
        return await queries.meet_member(scope, Member.model_validate(values))


async def look_up_people(preflight: Preflight, user_ids: Collection[str]) -> Users:
    """Ask Slack about those of these people whom we have not met, before the unit of work that meets them.

    Raises:
        Refusal: if Slack will not answer that many questions now.
    """
    async with preflight.read() as scope:
        known = {row.user_id for row in await queries.find_members(scope, user_ids)}
    unknown = sorted(set(user_ids) - known)
    return dict(zip(unknown, await looked_up(preflight.slack, unknown), strict=True))


async def meet_people(
    context: Context, user_ids: Collection[str], users: Users
) -> tuple[list[MemberRow], list[Stranger]]:
    """Return these people as members, and those of them who cannot be any; `users` is what `look_up` found."""
    known = await queries.find_members(context.scope, user_ids)
    strangers = [Stranger(row.user_id, row.name, "deactivated in Slack") for row in known if not row.active]
    unknown = sorted(set(user_ids) - {row.user_id for row in known})
    newcomers = []
    for user_id in unknown:
        user = users.get(user_id)
        reason = why_not(user, context.scope.workspace_id)
        if reason is not None:
            strangers.append(Stranger(user_id, profile(user)["name"] if user else user_id, reason))
        elif user is not None:
            newcomers.append(Member.model_validate(newcomer(user)))
    await queries.meet_members(context.scope, newcomers)
    await context.announce(MembersMet())
    left_out = {stranger.user_id for stranger in strangers}
    return await queries.find_members(context.scope, set(user_ids) - left_out), strangers


async def looked_up(slack: AsyncWebClient, user_ids: Sequence[str]) -> list[dict[str, Any] | None]:
    """Ask Slack about people, several at once; None for those it does not know."""
    listed = await on_the_list(slack, set(user_ids)) if len(user_ids) > MANY else {}
    turn = asyncio.Semaphore(AT_ONCE)

    async def one(user_id: str) -> dict[str, Any] | None:
        if user_id in listed:
            return listed[user_id]
        async with turn:
            try:
                answer = await slack.users_info(user=user_id, include_locale=True)
                if not isinstance(answer.get("user"), dict):
                    raise SlackApiError("Slack describes nobody", answer)  # type: ignore[no-untyped-call]
                return dict(answer["user"])
            except SlackApiError as refused:
                error = refused.response["error"]
                if error == "ratelimited":
                    raise Refusal("Slack is busy. Please save again in a minute.", field="reps") from refused
                if error not in UNKNOWN:
                    raise
                return None

    return await asyncio.gather(*(one(user_id) for user_id in user_ids))


async def on_the_list(slack: AsyncWebClient, wanted: set[str]) -> dict[str, dict[str, Any]]:
    """Return those of many people who stand among the first of Slack's list; none where it is busy."""
    found: dict[str, dict[str, Any]] = {}
    cursor = ""
    for _ in range(MOST_PAGES):
        try:
            answer = await slack.users_list(limit=PAGE, cursor=cursor, include_locale=True)
        except SlackApiError:
            break
        found |= {user["id"]: user for user in answer.get("members") or () if user.get("id") in wanted}
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor or len(found) == len(wanted):
            break
    return found


def why_not(user: dict[str, Any] | None, workspace_id: str) -> str | None:
    """Return why somebody Slack describes cannot be in a team of this workspace; None if they can."""
    if user is None:
        return "unknown to Slack"
    if user.get("is_bot") or user["id"] == SLACKBOT:
        return "a bot"
    if user.get("deleted"):
        return "deactivated in Slack"
    return "from another workspace" if is_outsider(user, workspace_id) else None


def is_outsider(user: dict[str, Any], workspace_id: str) -> bool:
    """Say whether Slack describes somebody of another workspace.

    In an organisation somebody may be in several; of their home alone `team_id` would tell.
    """
    if user.get("is_stranger"):
        return True
    everywhere = (user.get("enterprise_user") or {}).get("teams")
    if isinstance(everywhere, list):
        return workspace_id not in everywhere
    home = user.get("team_id") or (user.get("profile") or {}).get("team")
    return bool(home) and home != workspace_id


def profile(user: dict[str, Any]) -> dict[str, Any]:
    """Return what a Slack user record says of a person, in our words. A zone keeps its name, known or not."""
    about = user.get("profile") or {}
    name = name_among(
        about.get("display_name"), about.get("real_name"), user.get("real_name"), user.get("name"), user["id"]
    )
    zone = user.get("tz") or NO_ZONE
    if zone != NO_ZONE and not is_known(zone):
        log.warning(
            "Slack names a time zone that is unknown here", user=user["id"], zone=zone, mend=UNKNOWN_ZONE
        )
    return {
        "user_id": user["id"],
        "name": name,
        "email": about.get("email"),
        "zone": zone,
        "active": not user.get("deleted", False),
    }


def described(user: dict[str, Any]) -> dict[str, Any]:
    """Return what Slack says of a person now; what it leaves out is not there.

    Of somebody deactivated it leaves out the zone, of everybody the address without the scope for it, and the locale
    where it was not asked for.
    """
    found = profile(user)
    if found["zone"] == NO_ZONE:
        del found["zone"]
    if not found["email"]:
        del found["email"]
    if user.get("locale"):
        found["locale"] = str(user["locale"])[:LONGEST_LOCALE]
    if "is_admin" in user:
        found["is_admin"] = any(user.get(role) for role in ("is_admin", "is_owner", "is_primary_owner"))
    if "is_restricted" in user:
        found["is_guest"] = bool(user["is_restricted"] or user.get("is_ultra_restricted"))
    return found


def newcomer(user: dict[str, Any]) -> dict[str, Any]:
    """Return what Slack says of somebody we meet; without a zone of their own they will have their team's."""
    return {"zone": NO_ZONE, **described(user)}


async def changed(context: Context) -> Reply:
    """Keep up with a person's name, zone, role and account; their schedules move in the same unit of work."""
    member = await queries.find_member(context.scope, context.member.user_id)
    if member is None:
        return NOTHING
    said = described(context.request.body["event"]["user"])
    news = {name: value for name, value in said.items() if getattr(member, name) != value}
    if not news:
        return NOTHING
    await queries.save_member(context.scope, member.user_id, **news)
    if "name" in news:
        await context.announce(MembersMet())
    if news.keys() & {"zone", "active"}:
        now_said = await queries.find_member(context.scope, member.user_id)
        assert now_said is not None
        await context.announce(MemberChanged(now_said, await find_team(context.scope, now_said.team_id)))
        if news.get("active"):
            await context.announce(PersonBack(now_said))
    return Reply(home=said["active"] and "zone" in news)


FEATURE = Feature(
    name="member",
    events=routes(Act.FROM_SLACK, {"user_change": changed}),
    records=(
        Record(
            MemberRow,
            undone=True,
            says=standing.member,
            exported=True,
            read=Act.SEE_WORK_OF,
            private=PRIVATE,
            erased="user_id",
            stays=Stays("a place in the team, to which its numbers belong", named=("name",)),
        ),
        Record(ErasedNameRow, exempt="marks by which an import does not bring back who was erased"),
        Record(
            ErasedContactRow, exempt="marks by which no file or line brings back a contact who was erased"
        ),
    ),
)
