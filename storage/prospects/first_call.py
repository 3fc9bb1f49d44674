"""First calls: where leads stand with theirs, each by the hours of whoever has it and what their team asks."""

from collections.abc import Sequence
from datetime import datetime

from sales.nudges.policy import Hours
from sales.prospects.first_call import FirstCall, first_call
from sales.prospects.lead import Lead
from sales.prospects.source import clock_of
from storage.nudges.policy import hours_of
from storage.people.calendar import calendar_of
from storage.people.member import MemberRow, find_member
from storage.people.team import TeamRow, find_team
from storage.prospects.source import clocks_of_team
from storage.scope import Scope


class LeadHours:
    """The hours of whoever has a lead, read once for each of them; nobody's are its team's, or else the reader's."""

    def __init__(self, scope: Scope, reader: MemberRow, team: TeamRow | None) -> None:
        self.scope = scope
        self.reader = reader
        self.team = team
        self.known: dict[tuple[str | None, int | None], tuple[Hours, int | None]] = {}

    async def of(self, lead: Lead) -> tuple[Hours, int | None]:
        """Return when a lead may be called, and the team whose sources count."""
        key = (lead.owner_id, None if lead.owner_id else lead.team_id)
        if key not in self.known:
            self.known[key] = await self.read(lead)
        return self.known[key]

    async def read(self, lead: Lead) -> tuple[Hours, int | None]:
        owner = await find_member(self.scope, lead.owner_id) if lead.owner_id else None
        if owner is not None:
            team = await find_team(self.scope, owner.team_id)
            return await hours_of(self.scope, team, owner), owner.team_id
        team = await find_team(self.scope, lead.team_id) if lead.team_id else self.team
        if team is None:
            return Hours(self.reader.zone), None
        hours = Hours(team.zone, team.quiet_from, team.quiet_until, await calendar_of(self.scope, team))
        return hours, team.id


async def first_calls(
    scope: Scope, leads: Sequence[Lead], reader: MemberRow, team: TeamRow | None, now: datetime
) -> list[FirstCall]:
    """Return where each of some leads stands with its first call, in their order."""
    hours = LeadHours(scope, reader, team)
    found = []
    for lead in leads:
        theirs, team_id = await hours.of(lead)
        clock = clock_of(lead.source, await clocks_of_team(scope, team_id))
        found.append(first_call(lead, clock, theirs, now))
    return found
