"""What a rep did in which channel, for whom, and what followed (mechanism 44)."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, case
from sqlmodel import col, func, or_, select

from sales.followups.activity import ActivityKind
from sales.followups.channel import CHANNELS, TouchChannel, by_channel, kinds_of
from sales.language.names.match import folded
from sales.pipeline.opportunity import Stage
from sales.pipeline.phone_first import (
    FOLLOWED,
    LEAST_MAILS,
    SHARE_OVER,
    YIELD_OVER,
    DealAtWork,
    NamedTouch,
    OnlyMailed,
    PhoneShare,
    Yields,
    phone_share,
    yields,
)
from storage.engines.statement import Statement, given
from storage.followups.activity import ActivityRow, counts_between
from storage.pipeline.deal_contact import own_contacts
from storage.pipeline.opportunity import OpportunityRow
from storage.scope import Scope

A_DAY = timedelta(days=1)
BY_MAIL = or_(*(col(ActivityRow.kind) == kind for kind in kinds_of(TouchChannel.EMAIL)))
OTHERWISE = or_(
    *(
        col(ActivityRow.kind) == kind
        for kind, channel in CHANNELS.items()
        if channel is not TouchChannel.EMAIL
    )
)
MAILED: Any = func.sum(case((BY_MAIL, col(ActivityRow.count)), else_=0))
SPOKEN: Any = func.sum(case((OTHERWISE, 1), else_=0))
ONLY_MAILED = Statement(
    select(col(OpportunityRow.id), col(OpportunityRow.name), col(OpportunityRow.account), MAILED)
    .join(ActivityRow, col(ActivityRow.opportunity_id) == col(OpportunityRow.id))
    .where(
        given(OpportunityRow.workspace_id),
        given(OpportunityRow.owner_id),
        or_(col(OpportunityRow.stage) == Stage.OPEN, col(OpportunityRow.stage) == Stage.SUSPECT),
    )
    .group_by(col(OpportunityRow.id), col(OpportunityRow.name), col(OpportunityRow.account))
    .having(MAILED >= LEAST_MAILS, SPOKEN == 0)
    .order_by(col(OpportunityRow.id))
)
SPOKEN_WITH = Statement(
    select(col(ActivityRow.account))
    .where(
        given(ActivityRow.workspace_id),
        given(ActivityRow.owner_id),
        col(ActivityRow.account).is_not(None),
        OTHERWISE,
        col(ActivityRow.on) >= bindparam("first"),
    )
    .distinct()
)


async def only_mailed(scope: Scope, owner_id: str, today: date) -> list[OnlyMailed]:
    """Return a rep's live deals whose customers got only e-mails, the oldest first.

    Parked ones are left alone, and customers of whom nobody who is known takes calls.
    """
    found = await scope.ask(ONLY_MAILED, owner_id=owner_id)
    if not found:
        return []
    spoken = await scope.ask(SPOKEN_WITH, owner_id=owner_id, first=today - YIELD_OVER)
    names = {folded(account) for (account,) in spoken}  # noted for no deal, or for another of theirs
    takes_calls: dict[int, bool] = {}
    for contact, _ in await own_contacts(scope, owner_id):
        takes_calls[contact.opportunity_id] = (
            takes_calls.get(contact.opportunity_id, False) or contact.takes_calls
        )
    return [
        OnlyMailed(int(deal_id), name, int(mails))
        for deal_id, name, account, mails in found
        if takes_calls.get(deal_id, True) and not {folded(one) for one in (name, account) if one} & names
    ]


async def share_of_phone(scope: Scope, owner_id: str, today: date) -> PhoneShare:
    """Return the phone's part of what a rep did in four weeks."""
    return phone_share(by_channel(await counts_between(scope, owner_id, today - SHARE_OVER + A_DAY, today)))


async def own_yields(scope: Scope, owner_id: str, today: date) -> Yields:
    """Return what each channel led a rep to, by their own record of half a year."""
    first = today - YIELD_OVER
    touch_columns: list[Any] = [ActivityRow.kind, ActivityRow.account, ActivityRow.on, ActivityRow.count]
    touches = select(*touch_columns).where(
        ActivityRow.workspace_id == scope.workspace_id,
        ActivityRow.owner_id == owner_id,
        col(ActivityRow.account).is_not(None),
        col(ActivityRow.on).between(first, today - FOLLOWED),
    )
    deal = OpportunityRow
    deal_columns: list[Any] = [deal.name, deal.account, deal.opened_on, deal.closed_on]
    deals = select(*deal_columns).where(
        deal.workspace_id == scope.workspace_id,
        deal.owner_id == owner_id,
        col(deal.opened_on).is_not(None),
        or_(col(deal.closed_on).is_(None), col(deal.closed_on) >= first),
    )
    done = [
        NamedTouch(CHANNELS[ActivityKind(kind)], str(who), on, int(times))
        for kind, who, on, times in await scope.session.exec(touches)
        if ActivityKind(kind) in CHANNELS
    ]
    known = [
        DealAtWork((name, account) if account else (name,), opened_on, closed_on)
        for name, account, opened_on, closed_on in await scope.session.exec(deals)
    ]
    return yields(done, known, today)
