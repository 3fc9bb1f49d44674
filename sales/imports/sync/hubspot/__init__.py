"""HubSpot: what its properties say, and how a window is read out of its search."""
