"""Salesforce over its REST API."""

from bot.sync.salesforce.org import Salesforce as Salesforce
