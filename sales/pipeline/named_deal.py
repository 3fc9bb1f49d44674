"""Which open deal a name means that something is promised or done for: the account's only one, or a question (59)."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from sales.language.names.customer import customer_in
from sales.language.names.match import fold
from sales.pipeline.opportunity import Stage


class DealGoingBy(NamedTuple):
    """An open deal with what it goes by; its value is minor units."""

    id: int
    name: str
    account: str | None
    stage: Stage
    value_minor: int
    currency: str
    opened_on: date | None = None


def deals_meant(who: str, deals: Sequence[DealGoingBy]) -> list[DealGoingBy]:
    """Return the deals that a name means, in the order given: one where it is sure, several where it is a question.

    A deal's own name beats that of its account, which beats the words that one of them begins with. A parked deal is
    meant only where no other is.
    """
    wanted = fold(customer_in(who))
    fits: Sequence[Callable[[DealGoingBy], bool]] = (
        lambda deal: fold(deal.name) == wanted,
        lambda deal: fold(deal.account or "") == wanted,
        lambda deal: begins_a_name(wanted, deal),
    )
    for fit in fits if wanted else ():
        found = [deal for deal in deals if fit(deal)]
        if found:
            return [deal for deal in found if deal.stage is not Stage.PARKED] or found
    return []


def alike(who: str, deals: Sequence[DealGoingBy]) -> list[DealGoingBy]:
    """Return the deals of which the name or the account is a name or begins with it, in the order given."""
    wanted = fold(customer_in(who))
    return [deal for deal in deals if wanted and begins_a_name(wanted, deal)]


def begins_a_name(wanted: str, deal: DealGoingBy) -> bool:
    return any(begins(wanted, name) for name in (deal.name, deal.account or ""))


def begins(wanted: str, name: str) -> bool:
    """Say whether the first words of a name are the folded one: "Acme" begins "Acme – rollout", not "Acmera"."""
    words = name.split()
    return any(fold(" ".join(words[:end])) == wanted for end in range(1, len(words) + 1))
