"""Who we are in an org, what we may do there, and what zone, currency and time the org has."""

import re
from datetime import datetime

from bot.clock import wall_clock
from bot.sync.requests import A_DAYS_LIMIT, CrmReply, not_understood
from bot.sync.salesforce.api import SalesforceApi, SalesforceRefused, not_allowed, refusal, used_today
from bot.sync.salesforce.rows import SalesforceRows
from sales.imports.sync.port import CrmBusy
from sales.imports.sync.record import CrmAccess, Vendor
from sales.imports.sync.salesforce.field import CURRENCY, DEAL_FIELDS, WORDS
from sales.imports.sync.salesforce.record import currency_of, id18, zone_named
from sales.imports.sync.salesforce.soql import select

IDENTITY = re.compile(r".*/id/(00D[A-Za-z0-9]{12,15})/(005[A-Za-z0-9]{12,15})")
MOST_OF_A_DAY = 0.8  # of an org's requests, whoever made them
NEARLY_ALL = (
    "Salesforce has answered most of the requests that the org may make in a day. I leave the rest to others, and look"
    " again in an hour."
)
OURS = {"Account": "account", "Contact": "contact", "User": "owner"}


class SalesforceAccess:
    """What is known of one org and of us in it; nothing at first but the zone."""

    def __init__(self, api: SalesforceApi, there: SalesforceRows, zone: str) -> None:
        self.api, self.there = api, there
        self.zone, self.currency, self.account, self.person = zone_named(zone), "", "", ""
        self.now = wall_clock()  # their clock, once they said it

    async def probe(self) -> CrmAccess:
        """Try the credentials; opportunities have to be readable, the rest is named where it is not."""
        await self.identify()
        there = await self.kinds()
        if "Opportunity" not in there:
            raise not_allowed("Opportunity")
        fields, _ = await self.there.shape("Opportunity")
        await self.organisation()
        unread = {ours: str(not_allowed(kind)) for kind, ours in OURS.items() if kind not in there}
        hidden = [kind for kind in ("Task", "Event") if kind not in there]
        if hidden:
            unread["activity" if len(hidden) == 2 else hidden[0].lower()] = str(not_allowed(hidden[0]))
        for theirs, ours in DEAL_FIELDS.items():
            if theirs not in fields:
                unread[f"deal.{ours}"] = (
                    f"The connection may not read the {WORDS[theirs]} of opportunities: let its Run-As user see the"
                    f" field {theirs} in Salesforce."
                )
        return CrmAccess(
            self.account, self.zone, self.currency, self.person, writes=self.there.writable, unread=unread
        )

    async def kinds(self) -> frozenset[str]:
        """Return the objects that may be queried."""
        body = await self.api.get("/sobjects/", "Opportunity")
        found = body.get("sobjects") if isinstance(body, dict) else None
        if not isinstance(found, list):
            raise not_understood(Vendor.SALESFORCE)
        return frozenset(str(one.get("name")) for one in found if one.get("queryable"))

    async def clock(self) -> datetime:
        """Return what time it is there.

        Raises:
            CrmBusy: if little is left of the requests that the org may make in a day: that is for others.
        """
        reply = await self.identify()
        if used_today(reply) > MOST_OF_A_DAY:
            raise CrmBusy(NEARLY_ALL, A_DAYS_LIMIT)
        return self.now

    async def identify(self) -> CrmReply:
        """Find out who we are there, and what time it is."""
        reply = await self.api.glance()
        found = IDENTITY.fullmatch(str(reply.body.get("identity") or ""))
        if reply.at is None or found is None:
            raise not_understood(Vendor.SALESFORCE)
        self.account, self.person = id18(found[1]), id18(found[2])
        self.now = reply.at
        return reply

    async def usual_currency(self) -> str:
        """Return the currency of an amount that names none."""
        if not self.currency:
            await self.organisation()
        return self.currency

    async def organisation(self) -> None:
        """Find out the zone and the currency of the org."""
        if not self.account:
            await self.identify()
        body = await self.api.get(f"/sobjects/Organization/{self.account}", "Organization")
        if not isinstance(body, dict):
            raise not_understood(Vendor.SALESFORCE)
        self.zone = zone_named(str(body.get("TimeZoneSidKey") or self.zone))
        self.currency = currency_of(str(body.get("DefaultLocaleSidKey") or ""))
        if CURRENCY in (await self.there.shape("Opportunity"))[0]:
            where = select("CurrencyType", ["IsoCode"], "IsCorporate = TRUE")
            try:
                codes = [str(one["IsoCode"]) for one in await self.api.every(where, "CurrencyType")]
            except SalesforceRefused as refused:
                raise refusal(refused, "Organization") from None
            self.currency = next(iter(codes), "")
