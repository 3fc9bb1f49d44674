"""The digest: what a team is told of itself, and how much of it a channel may see (mechanisms 5, 7, 9).

Whoever may read the channel reads the digest, so the team's choice of audience decides what is in it: nobody's
name, or names beside good news only, or everybody's attainment in alphabetical order. There is no ranking.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from sales.goal import Goal
from sales.runway.outlook import Outlook
from sales.standing import GoalStanding
from sales.team import Audience

LEAST_KEPT = 5  # commitments; keeping one or two is no behaviour yet (mechanism 7)
LEAST_CONVERSATIONS = 5
LONGEST_STEP = 13  # days between two digests of a kind, even where the team moved the weekday meanwhile


class Span(NamedTuple):
    """The days a digest covers, both included. `missed` are the days of digests that did not go out."""

    first: date
    last: date
    missed: tuple[date, ...] = ()


class Win(NamedTuple):
    """A deal that was won; the value is minor units."""

    on: date
    rep: str
    deal: str
    value_minor: int
    currency: str


class Kept(NamedTuple):
    """How many of a rep's commitments due in the span are kept, of how many."""

    rep: str
    done: int
    due: int


class Conversations(NamedTuple):
    """How many of a rep's conversations left an agreed next step, of how many."""

    rep: str
    agreed: int
    held: int


class Behaviour(StrEnum):
    """What somebody is recognised for: something everybody can choose to do, never a number that luck makes."""

    KEPT_ALL = "kept_all"
    NEXT_STEPS = "next_steps"


class Recognition(NamedTuple):
    """Who did what, how often in the span."""

    rep: str
    behaviour: Behaviour
    times: int


class TeamStanding(NamedTuple):
    """The goals of a team for one thing and period together, and their outlook where won deals bring it."""

    standing: GoalStanding
    goals: int
    outlook: Outlook | None


class RepStanding(NamedTuple):
    """A rep and one of their goals."""

    rep: str
    standing: GoalStanding


class Ended(NamedTuple):
    """The goals of a team for one thing whose period is over, together; amounts in the goal's unit.

    `expected` is what the team's record before was good for, `luck` how often chance alone gives a gap as large;
    None where too little was on record.
    """

    goal: Goal
    label: str
    goals: int
    attained: int
    expected: float | None
    luck: float | None


@dataclass(frozen=True)
class Digest:
    """All a digest may say. `won` is what was won in all, by currency; `open_deals` how many are under way."""

    team: str
    today: date
    span: Span
    together: Sequence[TeamStanding] = ()
    wins: Sequence[Win] = ()
    won_count: int = 0
    won: Mapping[str, int] | None = None
    kept: Sequence[Kept] = ()
    kept_count: int = 0
    due_count: int = 0
    recognition: Recognition | None = None
    reps: Sequence[RepStanding] = ()
    open_deals: int = 0
    rep_count: int = 0
    ended: Sequence[Ended] = ()

    @property
    def says_something(self) -> bool:
        """Return whether a week's digest has anything to say: a goal, a win, a commitment or a deal."""
        return bool(self.together or self.ended or self.open_deals) or self.has_news

    @property
    def has_news(self) -> bool:
        """Return whether anything happened in the span; without it a daily digest stays away."""
        return bool(self.won_count or self.due_count)


def shown(found: Digest, audience: Audience) -> Digest:
    """Return the part of a digest that an audience may see.

    Totals name nobody, not even by a deal's name; nor do they show what a single rep of several aims for, which
    would be that rep's attainment under the team's name. Wins add who won what and who kept how many
    commitments: never how many they did not. Everything adds each rep's attainment and P(hit), by name; without
    it only the team's own P(hit) is there.
    """
    if audience is not Audience.EVERYTHING and found.rep_count > 1:
        found = replace(
            found,
            together=[one for one in found.together if one.goals > 1],
            ended=[one for one in found.ended if one.goals > 1],
        )
    if audience is Audience.TOTALS:
        return replace(found, wins=(), kept=(), recognition=None, reps=())
    kept = sorted((one for one in found.kept if one.done), key=lambda one: one.rep.casefold())
    reps = sorted(found.reps, key=lambda one: one.rep.casefold()) if audience is Audience.EVERYTHING else ()
    newest_first = sorted(found.wins, key=lambda win: win.on, reverse=True)
    return replace(found, wins=newest_first, kept=kept, reps=reps)


def brief(found: Digest) -> Digest:
    """Return the digest of a day: where the team stands and what is new; the rest waits for the week's."""
    standings = [one._replace(outlook=None) for one in found.together if not one.standing.is_upcoming]
    return replace(found, together=standings, ended=(), recognition=None, reps=())


def recognised(kept: Sequence[Kept], conversations: Sequence[Conversations]) -> Recognition | None:
    """Return the one behaviour worth naming, or None; being rare is what makes it worth something.

    Kept: the one rep who kept every commitment, at least five. Else next steps: the one whose conversations,
    at least five, all left one. Where several did, nobody is singled out (mechanism 7, maths.md §5).
    """
    word = [one for one in kept if one.due >= LEAST_KEPT and one.done == one.due]
    if len(word) == 1:
        return Recognition(word[0].rep, Behaviour.KEPT_ALL, word[0].due)
    steps = [one for one in conversations if one.held >= LEAST_CONVERSATIONS and one.agreed == one.held]
    if not word and len(steps) == 1:
        return Recognition(steps[0].rep, Behaviour.NEXT_STEPS, steps[0].held)
    return None


def week_before(day: date) -> Span:
    """Return the last whole week, Monday to Sunday, that ended before a day."""
    sunday = day - timedelta(days=day.weekday() + 1)
    return Span(sunday - timedelta(days=6), sunday)


def days_before(day: date, weekdays: int, weekly_on: int) -> Span:
    """Return the days a daily digest covers: those since the one before, which came on `weekdays`.

    `weekly_on` is the weekday of the weekly digest. If it lies between, that one told of everything up to its
    last Sunday. Masks count Monday as bit 0.
    """
    first, weekly = day - timedelta(days=1), None
    for _ in range(7):
        if first.weekday() == weekly_on:
            weekly = first
        if weekdays >> first.weekday() & 1:
            break
        first -= timedelta(days=1)
    if weekly is not None:
        first = max(first, week_before(weekly).last + timedelta(days=1))
    return Span(first, day - timedelta(days=1))


def covering(span: Span, missed: Sequence[Span], days: Sequence[date]) -> Span:
    """Return the span of a digest together with those that did not go out on `days`."""
    return Span(min([span.first, *(one.first for one in missed)]), span.last, tuple(sorted(days)))
