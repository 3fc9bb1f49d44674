"""A town in which everything is private to somebody: who is in it, what each wrote, and who may read that.

Field has three reps and two managers, Quarry one of each; an admin is in neither, and somebody only in the channel.
Of a third team, Orchard, the channel reads everything, because it wants that. Whatever a rep of the first two writes
holds a word of their own, so that whoever reads it elsewhere is found.
"""

import re
from collections.abc import AsyncIterator, Container, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, time

from handlers.registry import FEATURES
from playground.workspace import Workspace
from sales.people.team import Audience, Team
from storage.people.member import save_member
from storage.people.team import add_team, set_people
from tests.features.boot import booted
from tests.known import WORKSPACE
from tests.privacy.watch import Watch
from tests.story_workspace import StoryWorkspace

HERE = "Europe/Ljubljana"
FIRST, LAST = date(2026, 9, 14), date(2026, 10, 9)

ANA, BEN, NOA, PIA = "U1", "U2", "U5", "U7"  # reps; Pia of Quarry, the others of Field
MIA, TOM, OTO = "U3", "U9", "U6"  # managers, Mia and Tom of Field, Oto of Quarry
ADA, RAJ = "U8", "U4"  # an admin in no team, and somebody in the channel
UMA, VAL = (
    "UA",
    "UB",
)  # who joins Field on the fourth day; and the rep of Orchard, which shows everything by choice
PEOPLE = {
    "ana": (ANA, "Ana Kovač"),
    "ben": (BEN, "Ben Ito"),
    "noa": (NOA, "Noa Levi"),
    "mia": (MIA, "Mia Horvat"),
    "tom": (TOM, "Tom Reiss"),
    "oto": (OTO, "Oto Novak"),
    "pia": (PIA, "Pia Lund"),
    "ada": (ADA, "Ada Stone"),
    "raj": (RAJ, "Raj Patel"),
    "uma": (UMA, "Uma Sand"),
    "val": (VAL, "Val Moro"),
}
NAME_OF = {user_id: name for name, (user_id, _) in PEOPLE.items()}
NAMED = {ANA: "Ana", BEN: "Ben", NOA: "Noa", PIA: "Pia"}
MANAGERS = {ANA: (MIA, TOM), BEN: (MIA, TOM), NOA: (MIA, TOM), PIA: (OTO,)}
WORD = {ANA: "Quill", BEN: "Zephyr", NOA: "Marl", PIA: "Tarn"}  # stands in what each writes
VALUE = {ANA: "23.9k", BEN: "31.7k", NOA: "18.3k", PIA: "27.1k"}  # what their largest deal is worth
TARGET = {
    ANA: "61.3k",
    BEN: "47.9k",
    NOA: "20.7k",
    PIA: "72.3k",
}  # what they aim for; nothing else comes to it

# What judges a person: in a line with a rep's name it is for that rep and their managers alone.
VERDICT = re.compile(
    r"chance|\bbehind\b|overdue|\bmissed\b|\bmiss\b|\bred\b|🔴|red_circle|came to|hard talk|not kept|no deal opened|"
    r"below (plan|the floor)|worth a talk|silen|suspect|weak|\d\s?%",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Secret:
    """What is private to a rep, by how it reads; who may come by it, and who else is told if they ask."""

    of: str
    what: str
    pattern: re.Pattern[str]
    readers: frozenset[str]
    asked: frozenset[str] = frozenset()


def secrets_of(rep: str) -> list[Secret]:
    """Return what nobody but these may read: what a rep aims for, sells, owes, talks about and is paid for."""
    word, named = WORD[rep], NAMED[rep]
    owner, led = frozenset({rep}), frozenset({rep, *MANAGERS[rep]})
    pair = frozenset({rep, MANAGERS[rep][0]})
    admin = frozenset({ADA})  # may look at a rep's goals and deals, and is never told of them unasked
    return [
        Secret(rep, f"what {named} aims for", amount(TARGET[rep]), led, admin),
        Secret(rep, f"what a deal of {named}'s is worth", amount(VALUE[rep]), led, admin),
        Secret(rep, f"what {named} works on", re.compile(rf"{word}(?!owes|vow|talk|bonus|card)"), led, admin),
        Secret(rep, f"to whom {named} promised", re.compile(f"{word}owes"), led),
        Secret(rep, f"what {named} promised", re.compile(f"{word}vow"), owner),
        Secret(rep, f"what {named} practises", re.compile(f"{word}card"), owner),
        Secret(rep, f"what {named} gets for it", re.compile(f"{word}bonus"), owner),
        Secret(rep, f"what {named} talks about", re.compile(f"{word}talk"), pair),
    ]


def amount(typed: str) -> re.Pattern[str]:
    """Return how an amount that was typed as "61.3k" reads, in thousands or in full."""
    return re.compile(r"\$\s?" + re.escape(typed.removesuffix("k")).replace(r"\.", "[.,]"))


SECRETS = [secret for rep in WORD for secret in secrets_of(rep)]


def leaks(
    text: str, to: Iterable[str], *, was_asked: bool = False, of: Container[str] = frozenset(WORD)
) -> list[str]:
    """Return what of a text these readers may not read: a secret, or a line that judges a rep of these by name."""
    readers, found = set(to), []
    for one in SECRETS:
        strangers = readers - one.readers - (one.asked if was_asked else frozenset())
        if one.of in of and strangers and (hit := one.pattern.search(text)):
            found.append(f"{one.what}, to {names(strangers)}: “{around(text, hit)}”")
    for rep, named in NAMED.items():
        strangers = readers - {rep, *MANAGERS[rep]} - ({ADA} if was_asked else set())
        lines = text.splitlines() if rep in of and strangers else ()
        judged = [hit for one in lines if re.search(rf"\b{named}\b", one) and (hit := VERDICT.search(one))]
        found += [f"a word on {named}, to {names(strangers)}: “{around(hit.string, hit)}”" for hit in judged]
    return found


def around(text: str, hit: re.Match[str]) -> str:
    return " ".join(text[max(hit.start() - 80, 0) : hit.end() + 80].split())


def names(user_ids: Iterable[str]) -> str:
    return ", ".join(sorted(NAME_OF.get(one, one) for one in user_ids))


def people() -> Workspace:
    made = Workspace("Northwind", team_id=WORKSPACE)
    for name, (user_id, real_name) in PEOPLE.items():
        email = f"{name}@northwind.example"
        made.add_person(user_id, name, real_name, tz=HERE, email=email, is_admin=user_id == ADA)
    everybody = [user_id for user_id, _ in PEOPLE.values()]
    made.add_channel("C1", "sales", everybody)
    made.add_channel("C2", "quarry", everybody)
    made.add_channel("C4", "orchard", everybody)
    made.add_channel("C3", "marketing", [RAJ, MIA, ADA])
    return made


async def settle_in(town: StoryWorkspace) -> None:
    """Have both teams, with digests where everybody reads them, and the admin known as one."""
    for name in PEOPLE:
        if name != "uma":
            await town.known(name)
    async with town.bot.database.write(WORKSPACE) as scope:
        for name, channel, reps, managers, audience in (
            ("Field", "C1", [ANA, BEN, NOA], [MIA, TOM], Audience.WINS),
            ("Quarry", "C2", [PIA], [OTO], Audience.WINS),
            ("Orchard", "C4", [VAL], [TOM], Audience.EVERYTHING),
        ):
            team = Team(
                name=name, zone=HERE, digest_channel=channel, evening_at=time(16, 30), audience=audience
            )
            row = await add_team(scope, team)
            await set_people(scope, row.id, reps, managers)
            await town.set_rhythm(scope, row)
        await save_member(scope, ADA, is_admin=True)


@asynccontextmanager
async def a_town(database_url: str, watch: Watch) -> AsyncIterator[StoryWorkspace]:
    """Yield the town; whatever a kind or a section says in it is noted."""
    async with booted(database_url, watch.features(FEATURES), people()) as town:
        watch.server = town.server
        await settle_in(town)
        yield town
