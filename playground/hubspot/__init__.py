"""HubSpot in a box, for tests and benches: a double of the vendor's, not of our code."""

from playground.hubspot.double import HubSpotDouble as HubSpotDouble
