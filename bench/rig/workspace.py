"""The workspace to measure in: when it is, and who is there for the Slack double."""

from datetime import UTC, datetime

from playground.workspace import Workspace

T0 = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)  # a Monday


def workspace(people: int) -> Workspace:
    made = Workspace("Northwind", team_id="T1")
    for number in range(people):
        made.add_person(f"U{number}", f"rep{number}", f"Rep {number}", email=f"rep{number}@northwind.example")
        made.dm(f"U{number}")
    made.add_channel("C1", "sales", [f"U{number}" for number in range(people)])
    return made
