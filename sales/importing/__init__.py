"""Importing: what a row of a file says about a deal, account, product or person, or why it cannot stand.

Everything here is pure: lines of text in, checked values or reasons out. `bot/importing` opens the files,
`storage/importing` writes the rows.
"""

from sales.importing.dates import DateOrder
from sales.importing.deals import DealReader
from sales.importing.entry import Entry, Reading, Refused, Taken
from sales.importing.header import Layout, recognise
from sales.importing.names import Directory, name_key
from sales.importing.presets import CRM, PRESETS, Kind, Preset
from sales.importing.sheet import Damaged, Record
from sales.importing.survey import Survey
from sales.importing.tables import AccountReader, AgentReader, ProductReader

__all__ = [
    "CRM",
    "PRESETS",
    "AccountReader",
    "AgentReader",
    "Damaged",
    "DateOrder",
    "DealReader",
    "Directory",
    "Entry",
    "Kind",
    "Layout",
    "Preset",
    "ProductReader",
    "Reading",
    "Record",
    "Refused",
    "Survey",
    "Taken",
    "name_key",
    "recognise",
]
