"""Salesforce in a box, for tests and benches: a double of the vendor's, not of our code."""

from playground.salesforce.double import SalesforceDouble as SalesforceDouble
