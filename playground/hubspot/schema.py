"""What an account of the double has before anybody works in it: stages, what deals are made of, what scopes are for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from playground.hubspot.record import ENGAGED

FIELDS = {
    "name": "dealname",
    "stage": "dealstage",
    "amount": "amount",
    "close": "closedate",
    "owner": "hubspot_owner_id",
    "currency": "deal_currency_code",
    "next_step": "hs_next_step",
}
SCOPES = {"deal": ("deals",), "account": ("companies",), "contact": ("contacts",), "activity": ENGAGED}
PIPELINE = "default"
STAGES = (
    ("appointmentscheduled", "Appointment Scheduled", "open", "0.2"),
    ("qualifiedtobuy", "Qualified To Buy", "open", "0.4"),
    ("presentationscheduled", "Presentation Scheduled", "open", "0.6"),
    ("decisionmakerboughtin", "Decision Maker Bought-In", "open", "0.8"),
    ("contractsent", "Contract Sent", "open", "0.9"),
    ("closedwon", "Closed Won", "won", "1.0"),
    ("closedlost", "Closed Lost", "lost", "0.0"),
)


class PortalWatch(Protocol):
    def now(self) -> datetime: ...


@dataclass
class PortalOwner:
    id: str
    name: str
    email: str
    user_id: int
    archived: bool = False


@dataclass
class PortalStage:
    id: str
    label: str
    kind: str  # open, won or lost
    probability: str
