"""Wins in words, as a team's channel is told of them: how many and how much, then who won what in a table."""

from collections.abc import Mapping, Sequence

from messages.blocks import Block
from messages.formatting import Mrkdwn, words
from messages.tables import CellRows, table
from sales.language.figures import listed, money, short_money
from sales.language.typed_text import shorten
from sales.pipeline.opportunity import Win, told_sums

MOST_WINS = 10  # with their lines; the rest are counted
COLUMNS = ("Won", "By", "Value")
DEAL_LENGTH = 50
NAME_LENGTH = 40


def verdict(count: int, won: Mapping[str, int]) -> Mrkdwn:
    """Return what was won in all, as the first sentence of a digest."""
    return words("pipeline/win", "verdict", count=count, total=total(won))


def wins_table(wins: Sequence[Win]) -> Block:
    """Return who won what, in the order given."""
    rows = [
        [shorten(win.deal, DEAL_LENGTH), shorten(win.rep, NAME_LENGTH), money(win.value_minor, win.currency)]
        for win in wins[:MOST_WINS]
    ]
    return table(CellRows(COLUMNS, rows), ["left", "left", "right"])


def more_wins(count: int) -> Mrkdwn:
    """Return how many wins the table has no room for; empty where it has all of so many."""
    left = count - MOST_WINS
    return words("pipeline/win", "more_wins", count=left) if left > 0 else Mrkdwn("")


def total(by_currency: Mapping[str, int]) -> str:
    """Return amounts in several currencies at a glance, each in its own: they are never added up.

    Nothing of a currency is not said beside something of another.
    """
    return listed([short_money(amount, currency) for currency, amount in told_sums(by_currency).items()])
