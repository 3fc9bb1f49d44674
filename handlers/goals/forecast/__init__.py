"""Forecasts: P(hit) of goals as they stand, from the workspace's own record."""

from handlers.goals.forecast.chance import chance_of, even_odds, explained, together, with_chances
from handlers.goals.forecast.warming import warmed

__all__ = ["chance_of", "even_odds", "explained", "together", "warmed", "with_chances"]
