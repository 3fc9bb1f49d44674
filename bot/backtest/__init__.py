"""`rainmaker backtest`: the forecasts scored on a team's own history, beside the usual ways to guess."""

from bot.backtest.command import scored

__all__ = ["scored"]
