"""Wins in words, as a team's channel is told of them: how many and how much, then who won what."""

from collections.abc import Mapping, Sequence

from messages.formatting import Mrkdwn, words
from sales.language.figures import listed, money
from sales.pipeline.opportunity import Win

MOST_WINS = 10  # with their lines; the rest are counted


def won(count: int, won: Mapping[str, int]) -> Mrkdwn:
    """Return what was won in all."""
    return words("pipeline/win", "won", count=count, total=total(won))


def text(count: int, won: Mapping[str, int]) -> Mrkdwn:
    """Return the same as a sentence."""
    return words("pipeline/win", "text", count=count, total=total(won))


def lines(wins: Sequence[Win]) -> list[Mrkdwn]:
    """Return by whom, in the order given."""
    found = [
        words("pipeline/win", "win", win=win, value=money(win.value_minor, win.currency))
        for win in wins[:MOST_WINS]
    ]
    if len(wins) > MOST_WINS:
        found.append(words("pipeline/win", "more_wins", count=len(wins) - MOST_WINS))
    return found


def total(by_currency: Mapping[str, int]) -> str:
    """Return amounts in several currencies, each in its own: they are never added up."""
    return listed([money(amount, currency) for currency, amount in sorted(by_currency.items())])
