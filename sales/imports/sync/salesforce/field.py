"""Which of Salesforce's objects and fields are read, and what they are to us."""

from collections.abc import Mapping

from sales.imports.sync.record import CrmObject

OBJECTS: Mapping[CrmObject, tuple[str, ...]] = {
    CrmObject.OWNER: ("User",),
    CrmObject.STAGE: ("OpportunityStage",),
    CrmObject.ACCOUNT: ("Account",),
    CrmObject.CONTACT: ("Contact",),
    CrmObject.DEAL: ("Opportunity",),
    CrmObject.ACTIVITY: ("Task", "Event"),
}
PREFIXES: Mapping[str, str] = {"00T": "Task", "00U": "Event"}
FIELDS: Mapping[str, tuple[str, ...]] = {
    "Account": ("Id", "Name", "Website", "OwnerId", "SystemModstamp"),
    "Contact": ("Id", "Name", "Email", "Phone", "Title", "AccountId", "OwnerId", "SystemModstamp"),
    "Opportunity": (
        "Id",
        "Name",
        "StageName",
        "Amount",
        "CurrencyIsoCode",
        "CloseDate",
        "CreatedDate",
        "LastStageChangeDate",
        "OwnerId",
        "AccountId",
        "NextStep",
        "LastModifiedDate",
        "LastModifiedById",
        "SystemModstamp",
    ),
    "Task": (
        "Id",
        "Subject",
        "IsClosed",
        "TaskSubtype",
        "ActivityDate",
        "CompletedDateTime",
        "CreatedDate",
        "WhatId",
        "WhoId",
        "AccountId",
        "OwnerId",
        "SystemModstamp",
    ),
    "Event": (
        "Id",
        "Subject",
        "StartDateTime",
        "ActivityDate",
        "CreatedDate",
        "WhatId",
        "WhoId",
        "AccountId",
        "OwnerId",
        "SystemModstamp",
    ),
    "User": ("Id", "Name", "Email", "IsActive"),
    "OpportunityStage": ("ApiName", "MasterLabel", "IsActive", "IsClosed", "IsWon", "SortOrder"),
}
CURRENCY = "CurrencyIsoCode"  # there only where an org has several
CONTACTS = "OpportunityContactRoles"
DEAL_FIELDS: Mapping[str, str] = {
    "Amount": "amount",
    "CloseDate": "close_on",
    "NextStep": "next_step",
    "OwnerId": "owner_id",
    "Name": "name",
    "StageName": "stage_id",
    "AccountId": "account_id",
}  # fields of deals without which one of ours says nothing
WORDS: Mapping[str, str] = {
    "Amount": "amount",
    "CloseDate": "close date",
    "NextStep": "next step",
    "OwnerId": "owner",
    "Name": "name",
    "StageName": "stage",
    "AccountId": "account",
}
