"""`rainmaker backtest`: forecasts, checks and halving scored on a team's own history."""

from bot.backtest.command import checked, halved, record_of, scored

__all__ = ["checked", "halved", "record_of", "scored"]
