"""`rainmaker backtest`: forecasts, checks and halving scored on a team's own history."""

from bot.backtest.command import checked, halved, scored

__all__ = ["checked", "halved", "scored"]
