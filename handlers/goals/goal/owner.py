"""Whose goal it is, and who may set it: everybody their own, managers their reps', admins everybody's."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from handlers.context import Context
from handlers.people.team import visible_teams
from sales.language.dates.instants import local_date
from sales.language.names.match import fold
from sales.language.typed_text import shorten
from sales.people.permission import About, Act
from sales.refusal import Reading, Refusal
from storage.people.member import MemberRow, every_member, find_member, find_members, left_team_of
from storage.people.team import TeamRow, find_team, managers_of

MENTION = re.compile(r"@?<@(?P<id>\w+)(?:\|[^>]*)?>|@+(?P<name>[^\s@]+)")
FURTHER = re.compile(
    rf"[\s,]*(?:and\s+|&\s*)?(?:{MENTION.pattern})", re.I
)  # behind a name: somebody else, too
AND = re.compile(r"[\s,]*(?:and\s+|&\s*)(?P<behind>.*)", re.I | re.S)
WORD = re.compile(r"\s+(?P<word>[^\s:,]+)")
PERSON = re.compile(r"<@(\w+)>")
PERSON_OR_CHANNEL = re.compile(r"<([@#])\w+\|([^<>|]+)>")
LINK = re.compile(r"<((?:https?://|mailto:)[^<>|\s]+)(?:\|([^<>|]+))?>")


@dataclass(frozen=True)
class Owner:
    """The person a goal belongs to. `shown` is their user id for messages, None where the reader is meant."""

    member: MemberRow
    team: TeamRow
    today: date
    shown: str | None


def require_active(owner: Owner, field: str | None = None) -> None:
    """Let goals be set and changed for people who are here.

    Raises:
        Refusal: for somebody whose account is deactivated; what they aimed for stays as it was.
    """
    if owner.member.active:
        return
    raise Refusal(
        f"{owner.member.name} is deactivated in Slack, so no goal of theirs can be set or changed. "
        "It can be closed, and its history stays.",
        field=field,
        example=f"/goal history {typed(owner)}",
    )


def typed(owner: Owner) -> str:
    """Return how the owner is named in a line that can be typed: "@ben"; empty for the reader."""
    return f"@{owner.member.name.split()[0].lower()}" if owner.shown else ""


async def whose(context: Context) -> tuple[Owner, str]:
    """Return whose goal the text is about, the asking person's unless it begins with somebody, and the rest.

    Raises:
        Refusal: as `owner_of`, and for a name nobody has.
    """
    named = await named_first(context, context.text)
    if named is None:
        return await owner_of(context, context.member.user_id), await worded(context, context.text)
    return await owner_of(context, named.user_id), await worded(context, named.rest.strip())


class NamedFirst(NamedTuple):
    """Whom a text begins with, and what stands behind their name."""

    user_id: str
    rest: str


async def named_first(context: Context, text: str) -> NamedFirst | None:
    """Return whom a text begins with, by Slack's mention or by name: "@ana", "@ana kovač"; None where with nobody.

    Raises:
        Refusal: for a name nobody has, or several.
    """
    named = MENTION.match(text)
    if named is None:
        return None
    rest = text[named.end() :]
    if named["id"]:
        known = await find_member(context.scope, named["id"])
        return NamedFirst(named["id"], behind_name(rest, known) if known is not None else rest)
    name = named["name"]
    if name[-1] in ":,":
        return NamedFirst(await user_named(context, name.rstrip(":,")), f"{name[-1]}{rest}")
    member = await member_named(context, name, rest)
    return NamedFirst(member.user_id, behind_name(rest, member))


def called_first(text: str, people: Iterable[MemberRow]) -> list[tuple[MemberRow, str]]:
    """Return whom of some people a text begins with the name of, without an @, and what stands behind it.

    A whole name outweighs a first one; several where a first name is theirs together.
    """
    begins = WORD.match(f" {text.lstrip()}")
    if begins is None:
        return []
    rest = text.lstrip()[len(begins["word"]) :]
    found = [one for one in people if fold(one.name.split(" ")[0]) == fold(begins["word"])]
    whole = [one for one in found if behind_name(rest, one) != rest]
    return [(one, behind_name(rest, one)) for one in whole or found]


def names_another(behind: str, people: Iterable[MemberRow]) -> bool:
    """Say whether a second name stands behind the first: "and @ben", "and ben" of people that are known."""
    second = AND.match(behind)
    return FURTHER.match(behind) is not None or bool(
        second is not None and called_first(second["behind"], people)
    )


def behind_name(rest: str, member: MemberRow) -> str:
    """Return what stands behind the further words of somebody's name, of which the first was said already."""
    for word in member.name.split()[1:]:
        head = WORD.match(rest)
        if head is None or fold(head["word"]) != fold(word):
            break
        rest = rest[head.end() :]
    return rest


async def called_or_named(context: Context, text: str) -> NamedFirst | None:
    """Return whom a text begins with, as `named_first`, or without an @: "ana", "ben sdr"; None where with nobody.

    Raises:
        Refusal: for a name behind an @ that nobody has, and for one that several have.
    """
    named = await named_first(context, text)
    if named is not None or not text.strip() or not called_first(text, await people_here(context)):
        return named
    return await named_first(context, f"@{text.lstrip()}")


async def user_meant(context: Context, text: str) -> str | None:
    """Return the user id of whom a text names and says nothing else, also without an @; None where it does not.

    Raises:
        Refusal: for a name nobody has.
    """
    named = await named_first(context, text)
    if named is None:
        return await called_alone(context, text.strip(" .?!"))
    return named.user_id if not named.rest.strip(" .?!") else None


async def called_alone(context: Context, name: str) -> str | None:
    """Return the user id of whoever has just this name, "ana" or "Ana Kovač"; None where nobody has.

    Raises:
        Refusal: if several have.
    """
    if not name or all(behind for _, behind in called_first(name, await people_here(context))):
        return None
    first, _, further = name.partition(" ")
    return await user_named(context, first, f" {further}")


async def people_here(context: Context) -> list[MemberRow]:
    """Return whom the asking person may know of."""
    teams = {row.id for row in await visible_teams(context)}
    return [one for one in await every_member(context.scope) if may_be_named(context, one, teams)]


async def rep_meant(context: Context, text: str, others: str, then: str = " first") -> Owner | None:
    """Return whose work a text asks for, who may have left by now; None where it names nobody.

    Raises:
        Refusal: as `owner_of` with these words, and for a name nobody has.
    """
    user_id = await user_meant(context, text)
    if user_id is None:
        return None
    return await owner_of(context, user_id, others=others, then=then, may_have_left=True)


async def worded(context: Context, text: str) -> str:
    """Return text as it was typed, people named by their name where Slack gave only their id."""
    ids = set(PERSON.findall(text))
    for member in await find_members(context.scope, ids) if ids else ():
        text = text.replace(f"<@{member.user_id}>", f"@{member.name}")
    return as_typed(text)


def as_typed(text: str) -> str:
    """Return text with people, channels and links as they were typed, not as Slack tags them: @ben, acme.com.

    A link under another name than its own stays as it is, for everybody to see.
    """

    def link_typed(link: re.Match[str]) -> str:
        address, label = link.groups()
        return address if label is None else label if label in address else link.group()

    return LINK.sub(link_typed, PERSON_OR_CHANNEL.sub(r"\1\2", text))


async def user_named(context: Context, name: str, rest: str = "") -> str:
    """Return the user id of the person with this name.

    Raises:
        Refusal: as `member_named`.
    """
    return (await member_named(context, name, rest)).user_id


async def member_named(context: Context, name: str, rest: str = "") -> MemberRow:
    """Return the person with this name: of several, whose further names begin the `rest`, then who is in one's team.

    Raises:
        Refusal: if nobody has the name whom they may know of, or several have.
    """
    teams = {row.id for row in await visible_teams(context)}
    found = [
        one
        for one in await every_member(context.scope)
        if fold(name) in names(one) and may_be_named(context, one, teams)
    ]
    if len(found) > 1:
        found = [one for one in found if behind_name(rest, one) != rest] or found
    near = [one for one in found if one.team_id == context.member.team_id] if len(found) > 1 else found
    if len(near) != 1:
        trouble = "Several people are" if near or found else "Nobody here is"
        if (
            context.request.kind == "events" and context.text == f"@{name}" and not found
        ):  # "how is Acme doing"
            raise Refusal(
                f"{trouble} called {shorten(name, 40)}. Did you mean a deal?",
                readings=[Reading(f"The deal {shorten(name, 40)}", f"/deal show {name}")],
            )
        raise Refusal(
            f"{trouble} called @{shorten(name, 40)}. Type @ and choose the person from Slack’s list.",
        )
    return near[0]


def may_be_named(context: Context, member: MemberRow, teams: Collection[int]) -> bool:
    """Say whether the asking person may know that somebody is here: themselves, and the people of teams they see."""
    me = context.member
    return me.administers or member.user_id == me.user_id or (member.team_id or member.left_team_id) in teams


def names(member: MemberRow) -> set[str]:
    """Return what somebody may be called after an @, folded: their name, or its first word."""
    return {fold(member.name), fold(member.name.split(" ")[0])}


async def owner_of(
    context: Context,
    user_id: str,
    field: str | None = None,
    *,
    others: str = "Goals of others are for their manager or an admin.",
    then: str = ", then set their goal",
    may_have_left: bool = False,
) -> Owner:
    """Return the owner of a goal, or of a pipeline, if the asking person may see and change their work.

    Raises:
        Refusal: if they may not, in the words of `others`; if the owner is in no team, with what comes `then`;
            with `may_have_left` the one they left counts.
    """
    if user_id == context.member.user_id:
        return Owner(context.member, context.their_team, context.today, None)
    member = await find_member(context.scope, user_id)
    team = await find_team(context.scope, member.team_id if member else None)
    if team is None and may_have_left:
        team = await find_team(context.scope, await left_team_of(context.scope, user_id))
    bosses = await managers_of(context.scope, team.id) if team is not None else []
    about = About(bosses, owner_id=user_id)
    context.require(Act.SEE_WORK_OF, about, others, field=field)
    if member is None or team is None:
        raise Refusal(f"This person is in no team. Add them with `/team people`{then}.", field=field)
    return Owner(member, team, local_date(context.now, member.zone), member.user_id)
