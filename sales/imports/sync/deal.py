"""A deal of a CRM as ours: its columns, or why it cannot be one yet, and the mend."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from babel.numbers import get_currency_precision

from sales.imports.files.worth import KnownRates
from sales.imports.sync.merge import GROUPS
from sales.imports.sync.record import CrmDeal, CrmStage
from sales.imports.sync.stage import StageHere, stage_here
from sales.language.money import MAX_MINOR, currencies_of
from sales.language.typed_text import MAX_NAME, on_one_line, shorten
from sales.people.currency_rate import converted, in_force
from sales.pipeline.opportunity import CLOSED, Stage
from sales.pipeline.stage import DealStage

UNREAD: Mapping[str, str] = {
    "amount": "value",
    "close_on": "close",
    "owner_id": "owner",
    "account_id": "account",
    "stage_id": "stage",
    "name": "name",
}  # what of a deal there says nothing of which group here, where it may not be read


A_DAY = timedelta(days=1)


class NotYet(Exception):
    """A deal cannot be taken in as it is; the text says why and the mend. It waits, and is tried again."""


@dataclass(frozen=True)
class OwnerHere:
    """An owner by their name there, and who they are here; None for nobody."""

    name: str
    user_id: str | None = None


@dataclass(frozen=True)
class KnownThere:
    """What deals are read by: the team's currency and rates, and what stages, owners and accounts there are here."""

    currency: str
    account_currency: str
    rates: KnownRates
    stages: Mapping[str, CrmStage]
    matched: Mapping[str, str]
    ours: Sequence[DealStage]
    owners: Mapping[str, OwnerHere] = field(default_factory=dict)
    accounts: Mapping[str, str] = field(default_factory=dict)


def deal_said(deal: CrmDeal, known: KnownThere) -> dict[str, Any]:
    """Return what a deal's columns are by what its CRM says; those of a group that says nothing are missing.

    No amount, and what may not be read, says nothing. The day on which a deal was closed takes the place of the one on
    which it was expected to, so a closed deal says nothing of that.

    Raises:
        NotYet: with the reason, where its stage is gone, it is won without a day, or its amount cannot be.
    """
    here = stage_of(deal, known)
    owner = known.owners.get(deal.owner_id, OwnerHere(""))
    account = on_one_line(known.accounts.get(deal.account_id, ""))[:MAX_NAME]
    opened = None if here.stage is Stage.SUSPECT else deal.created_on
    closed = closed_on(deal, known.rates.today) if here.stage in CLOSED else None
    if here.stage in CLOSED and closed is None:
        raise NotYet(f"It is {here.stage.value} there without a close date.")
    if opened is not None and closed is not None and closed < opened:
        opened = None
    said: dict[str, Any] = {
        "external_id": deal.id,
        "name": on_one_line(deal.name)[:MAX_NAME] or account or deal.id,
        "account": account or None,
        "owner_name": on_one_line(owner.name)[:MAX_NAME],
        "owner_id": owner.user_id,
        "stage": here.stage,
        "stage_label": on_one_line(here.label)[:100],
        "closed_on": closed,
        "opened_on": opened,
        **({} if here.stage in CLOSED else {"expected_on": deal.close_on}),
        "next_step": on_one_line(deal.next_step),
        "stage_there": known.stages[deal.stage_id].label,
    }
    if deal.amount is not None:
        said |= worth(deal, closed if here.stage in CLOSED else known.rates.today, owner, known)
    for unread in deal.unread:
        for column in GROUPS.get(UNREAD.get(unread, ""), (unread,)):
            said.pop(column, None)
    return said


def closed_on(deal: CrmDeal, today: date) -> date | None:
    """Return on which day a deal that is closed was: no day to come, and not long after it came to its stage.

    Salesforce leaves the close date of a deal that is won early where it was. A day between the two may be that of
    whoever closed it, in a zone of theirs.
    """
    close, since = deal.close_on, deal.stage_since
    if close is None or since is None:
        return close or since
    return since if close - since > A_DAY or since < close > today else close


def stage_of(deal: CrmDeal, known: KnownThere) -> StageHere:
    """Return what a deal's stage is here.

    Raises:
        NotYet: if there is no such stage any more.
    """
    there = known.stages.get(deal.stage_id)
    if there is None:
        raise NotYet("Its stage is none that there is any more. Somebody there moves it to another.")
    return stage_here(there, known.matched, known.ours)


def worth(deal: CrmDeal, on: date | None, owner: OwnerHere, known: KnownThere) -> dict[str, Any]:
    """Return the value of a deal in minor units of the team's currency by its rate, and of its own without one.

    Raises:
        NotYet: for an amount below nothing or above what a deal can be worth.
    """
    assert deal.amount is not None
    currency = (deal.currency or known.account_currency or known.currency).upper()
    minor = in_minor(deal.amount, currency)
    held = in_force(known.rates.of(owner.name).get(currency, ()), on or known.rates.today)
    if currency == known.currency or held is None:
        return {"value_minor": minor, "converted_minor": None, "currency": currency}
    try:
        made = converted(minor, held)
    except ValueError as wrong:
        raise NotYet(f"Its amount {wrong}.") from None
    return {"value_minor": made, "converted_minor": made, "currency": known.currency}


def in_minor(amount: Decimal, currency: str) -> int:
    """Return an amount in minor units of a currency, half to even.

    Raises:
        NotYet: where it is no amount that a deal can have.
    """
    if not currencies_of(currency):
        raise NotYet(f"Its currency is “{shorten(currency, 10)}”, which is none.")
    if not amount.is_finite() or amount < 0:
        raise NotYet("Its amount is below zero.")
    places = get_currency_precision(currency)
    minor = (
        int(amount.scaleb(places).quantize(Decimal(1), ROUND_HALF_EVEN))
        if amount < MAX_MINOR
        else MAX_MINOR + 1
    )
    if minor > MAX_MINOR:
        raise NotYet("Its amount is more than one deal can be worth.")
    return minor
