"""Warmth: everybody somebody might call, with every reason to, assembled from leads, deals, content and referrals."""

from datetime import datetime

from sales.prospects.warmth import Prospect
from storage.people.member import MemberRow
from storage.prospects.warmth.deals import warm_deals
from storage.prospects.warmth.facts import warmth_facts
from storage.prospects.warmth.leads import warm_leads
from storage.scope import Scope


async def prospects_of(scope: Scope, member: MemberRow, now: datetime) -> list[Prospect]:
    """Return everybody a rep might call, each with every reason there is, and what speaks against it today."""
    facts = await warmth_facts(scope, member, now)
    return [*await warm_leads(scope, facts), *await warm_deals(scope, facts)]
