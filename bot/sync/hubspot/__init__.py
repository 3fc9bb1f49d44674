"""HubSpot over its dated API."""

from bot.sync.hubspot.account import HubSpot as HubSpot
