"""Currency rates in Slack: what one of another currency is worth to a team, and since when."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from messages.blocks import Block, Message, actions, context, line_sections, message_of, section
from messages.elements import button
from messages.formatting import Mrkdwn, words
from messages.room import fitting
from messages.undo import undo_button
from sales.language.figures import minor_per_unit
from sales.people.currency_rate import CurrencyRate, converted, in_force
from sales.people.currency_rate_phrase import example_for
from sales.people.team import Team

REMOVE = "currency_rate.remove"
MOST = 40  # a block each, and Slack takes 50
SAMPLE = 1_000  # units of the other currency that an example is of


class ListedRate(NamedTuple):
    """A rate with the id its button carries, and whether it is the one that holds today."""

    rate_id: int
    rate: CurrencyRate
    holds: bool


def listed_rates(rates: Sequence[tuple[int, CurrencyRate]], today: date) -> list[ListedRate]:
    """Return rates as they are listed: each with whether it is the one of its currency that holds today."""
    holding = {
        one.currency: in_force([r for _, r in rates if r.currency == one.currency], today) for _, one in rates
    }
    return [ListedRate(rate_id, one, holding[one.currency] is one) for rate_id, one in rates]


def listing(team: Team, rates: Sequence[ListedRate], today: date, *, manages: bool) -> Message:
    """Show a team's rates; whoever may change them gets a button beside each."""
    blocks: list[Block] = [section(words("people/currency_rate", "title", team=team))]
    shown = [rate_block(one, today) for one in rates[:MOST]]
    count = fitting([[one] for one in shown])
    if manages:
        blocks += shown[:count]
    else:
        blocks += line_sections([line(one, today) for one in rates[:count]])
    if not rates:
        blocks.append(section(words("people/currency_rate", "nothing", team=team)))
    if len(rates) > count:
        blocks.append(context(words("people/currency_rate", "more", count=len(rates) - count)))
    if manages:
        blocks.append(context(words("people/currency_rate", "how", example=example_for(team.currency))))
    return message_of(blocks)


def rate_block(one: ListedRate, today: date) -> Block:
    return section(line(one, today), accessory=button("Remove", f"{REMOVE}:{one.rate_id}", str(one.rate_id)))


def line(one: ListedRate, today: date) -> Mrkdwn:
    return words(
        "people/currency_rate",
        "line",
        rate=one.rate,
        holds=one.holds,
        today=today,
    )


def kept(rate: CurrencyRate, before: CurrencyRate | None, undo_id: int, today: date) -> Message:
    """Say what a rate is from now on, with an amount to see it by. `before` is what holds until it begins."""
    said = words(
        "people/currency_rate",
        "kept",
        rate=rate,
        before=before,
        sample=sample(rate),
        today=today,
    )
    return message_of([section(said), actions(undo_button(undo_id))])


def sample(rate: CurrencyRate) -> tuple[int, int] | None:
    """Return an amount in minor units of both currencies; None where the rate is too low or too high to show one."""
    try:
        units = SAMPLE * minor_per_unit(rate.currency)
        return units, converted(units, rate)
    except ValueError:
        return None


def stands(rate: CurrencyRate, today: date) -> Message:
    """Say that a rate is what it is already."""
    return message_of(words("people/currency_rate", "stands", rate=rate, today=today))
