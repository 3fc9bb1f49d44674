"""Deals as people type them: "Acme 24k closes 15 Dec", "won Acme", "Acme lost: went with a competitor"."""

from sales.pipeline.opportunity_phrase.draft import DealAction, DealDraft
from sales.pipeline.opportunity_phrase.reading import read_deal

__all__ = ["DealAction", "DealDraft", "read_deal"]
