"""What is known of all of a rep's leads and customers alike: when one was in touch, what is promised, who read what."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sales.language.dates.instants import local_date
from sales.language.names.customer import customer_in
from sales.language.names.match import folded
from sales.prospects.content_event import WARM_FOR, ContentReader, readers, untouched
from sales.prospects.referral import Referral
from sales.prospects.warmth import RESTS, SignalKind, WarmSignal
from storage.followups.followup import open_of
from storage.followups.touch_limit import paused
from storage.people.member import MemberRow
from storage.prospects.content_event import events_of
from storage.prospects.referral import referrals_of
from storage.prospects.spoken import last_touches, spoken_since
from storage.scope import Scope

LOOKED_BACK = timedelta(days=400)  # for when one was last in touch


@dataclass(frozen=True)
class WarmthFacts:
    """Whose list it is and on which day of theirs, and by name what speaks for or against a call.

    `touched` is when one was last in touch, `promised` for when something is promised, both by folded names. `readers`
    used something lately and nobody was in touch since; `introduced` are referrals by the lead that they became.
    """

    owner_id: str
    team_id: int | None
    zone: str
    today: date
    touched: dict[str, date] = field(default_factory=dict)
    promised: dict[str, date] = field(default_factory=dict)
    readers: list[ContentReader] = field(default_factory=list)
    introduced: dict[int, Referral] = field(default_factory=dict)

    def day_of(self, instant: datetime) -> date:
        return local_date(instant, self.zone)

    def touched_on(self, names: Iterable[str]) -> date | None:
        """Return when one was last in touch with somebody who goes by one of these names."""
        return max((self.touched[one] for one in map(folded, names) if one in self.touched), default=None)

    def promised_on(self, names: Iterable[str]) -> date | None:
        """Return for when something is promised next to somebody who goes by one of these names."""
        return min((self.promised[one] for one in map(folded, names) if one in self.promised), default=None)

    def rests(self, names: Iterable[str]) -> bool:
        """Say whether somebody who goes by one of these names is left alone today: after a touch, or for a promise."""
        said = list(names)
        touched, promised = self.touched_on(said), self.promised_on(said)
        return (touched is not None and self.today - touched <= RESTS) or (
            promised is not None and promised > self.today
        )

    def as_signal(self, one: ContentReader) -> WarmSignal:
        """Return what a reader used lately as a reason to call."""
        newest = one.newest
        return WarmSignal(
            SignalKind.CONTENT,
            self.day_of(newest.happened_at),
            newest.content,
            newest.action,
            len(one.events) - 1,
        )


async def warmth_facts(scope: Scope, member: MemberRow, now: datetime) -> WarmthFacts:
    """Return what is read once for all of a rep's prospects."""
    me, today = member.user_id, local_date(now, member.zone)
    events = await events_of(scope, me, now - WARM_FOR)
    spoken = await spoken_since(scope, me, today - WARM_FOR) if events else []
    referrals = await referrals_of(scope, me, today - LOOKED_BACK)
    return WarmthFacts(
        me,
        member.team_id,
        member.zone,
        today,
        touched=await last_touches(scope, me, today - LOOKED_BACK),
        promised=await promises_by_name(scope, me, today),
        readers=untouched(readers(events), spoken),
        introduced={row.lead_id: row for row in referrals if row.lead_id is not None},
    )


async def promises_by_name(scope: Scope, owner_id: str, today: date) -> dict[str, date]:
    """Return for when something is promised next, by whom it is promised to and by their firm, folded.

    Whoever is left alone after one touch too many is so until that day (mechanism 54).
    """
    found: dict[str, date] = {}
    for promise in await open_of(scope, owner_id):
        for name in {folded(promise.who), folded(customer_in(promise.who))}:
            found[name] = min(promise.due_on, found.get(name, promise.due_on))
    for row in await paused(scope, owner_id, today):
        if row.until is not None:
            found[folded(row.who)] = row.until
    return found
