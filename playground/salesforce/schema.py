"""What an org of the double has before anybody works in it: kinds of records, their fields, and stages."""

from datetime import datetime
from typing import Protocol

SYSTEM = ("Id", "IsDeleted", "CreatedDate", "LastModifiedDate", "LastModifiedById", "SystemModstamp")
OBJECTS: dict[str, tuple[str, ...]] = {
    "Opportunity": (
        *SYSTEM,
        "Name",
        "StageName",
        "Amount",
        "Probability",
        "CloseDate",
        "LastStageChangeDate",
        "OwnerId",
        "AccountId",
        "NextStep",
        "IsClosed",
        "IsWon",
        "Description",
    ),
    "Account": (*SYSTEM, "Name", "Website", "OwnerId", "MasterRecordId"),
    "Contact": (
        *SYSTEM,
        "Name",
        "FirstName",
        "LastName",
        "Email",
        "Phone",
        "Title",
        "AccountId",
        "OwnerId",
        "MasterRecordId",
    ),
    "OpportunityContactRole": (*SYSTEM, "OpportunityId", "ContactId", "IsPrimary"),
    "OpportunityHistory": (
        "Id",
        "CreatedDate",
        "SystemModstamp",
        "OpportunityId",
        "StageName",
        "Amount",
        "Probability",
        "CloseDate",
    ),
    "Task": (
        *SYSTEM,
        "Subject",
        "Status",
        "IsClosed",
        "TaskSubtype",
        "ActivityDate",
        "CompletedDateTime",
        "WhatId",
        "WhoId",
        "AccountId",
        "OwnerId",
    ),
    "Event": (*SYSTEM, "Subject", "StartDateTime", "ActivityDate", "WhatId", "WhoId", "AccountId", "OwnerId"),
    "User": ("Id", "Name", "Username", "Email", "IsActive", "UserType", "SystemModstamp"),
    "OpportunityStage": (
        "Id",
        "ApiName",
        "MasterLabel",
        "IsActive",
        "IsClosed",
        "IsWon",
        "SortOrder",
        "DefaultProbability",
        "SystemModstamp",
    ),
    "CurrencyType": ("Id", "IsoCode", "IsCorporate", "IsActive", "ConversionRate", "SystemModstamp"),
    "Organization": ("Id", "Name", "TimeZoneSidKey", "DefaultLocaleSidKey", "FiscalYearStartMonth"),
}
PREFIXES = {
    "Opportunity": "006",
    "Account": "001",
    "Contact": "003",
    "Task": "00T",
    "Event": "00U",
    "User": "005",
    "OpportunityStage": "01J",
    "OpportunityContactRole": "00K",
    "OpportunityHistory": "008",
    "CurrencyType": "01L",
    "Organization": "00D",
}
FIELDS = {
    "name": "Name",
    "stage": "StageName",
    "amount": "Amount",
    "close": "CloseDate",
    "owner": "OwnerId",
    "account": "AccountId",
    "currency": "CurrencyIsoCode",
    "next_step": "NextStep",
}
FORBIDS = {
    "deal": ("Opportunity",),
    "owner": ("User",),
    "account": ("Account",),
    "contact": ("Contact", "OpportunityContactRole"),
    "activity": ("Task", "Event"),
}
READ_ONLY = frozenset({*SYSTEM, "IsClosed", "IsWon", "LastStageChangeDate", "MasterRecordId"})
CHILDREN = {"OpportunityContactRoles": ("OpportunityContactRole", "OpportunityId")}
STAGES = (
    ("Prospecting", "open", 10),
    ("Qualification", "open", 20),
    ("Needs Analysis", "open", 30),
    ("Proposal/Price Quote", "open", 60),
    ("Negotiation/Review", "open", 80),
    ("Closed Won", "won", 100),
    ("Closed Lost", "lost", 0),
)


class OrgWatch(Protocol):
    def now(self) -> datetime: ...
