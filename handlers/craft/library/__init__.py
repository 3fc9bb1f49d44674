"""The library: what a team says and asks, read by all of it and written by whoever the team lets (15, 16, 34, 48)."""

from handlers.feature import Feature, Record
from sales.people.permission import Act
from storage.craft.library import LibraryEntryRow, LibraryRightsRow

FEATURE = Feature(
    name="library",
    records=(
        Record(
            LibraryEntryRow,
            undone=True,
            exported=True,
            read=Act.SEE_TEAM,
            exempt="what a team prepared; nobody's alone, also where somebody looks after it",
        ),
        Record(
            LibraryRightsRow,
            undone=True,
            exported=True,
            read=Act.SEE_TEAM,
            exempt="what a team decided; nobody's alone",
        ),
    ),
)
