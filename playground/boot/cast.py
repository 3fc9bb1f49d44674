"""The cast: who is in the workspace, read from the tables' list of reps and managers."""

import csv
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from pathlib import Path

SAMPLE_ZONES = {
    "Ljubljana": "Europe/Ljubljana",
    "New York": "America/New_York",
    "Paris": "Europe/Paris",
    "London": "Europe/London",
    "Istanbul": "Europe/Istanbul",
}
CRM_ZONE = "America/Chicago"  # the tables name offices but no zones; one zone lets all evenings come together
EVENING_AT = time(16, 25)  # five minutes either way is allowed: at 16:30 the whole zone has its prompts


@dataclass(frozen=True)
class Player:
    """One person of the workspace."""

    user_id: str
    name: str
    handle: str
    zone: str
    title: str
    is_manager: bool = False


@dataclass(frozen=True)
class Side:
    """A team: its manager, its reps and its channel."""

    name: str
    manager: Player
    reps: tuple[Player, ...]
    channel: str


@dataclass(frozen=True)
class Cast:
    """Everybody, by team, and the tables they come from."""

    company: str
    domain: str
    zone: str
    tables: Path
    teams: tuple[Side, ...]
    country: str  # whose public holidays the teams keep
    evening_at: time = EVENING_AT

    @property
    def people(self) -> list[Player]:
        """Everybody once, reps before managers."""
        reps = [rep for team in self.teams for rep in team.reps]
        return reps + [team.manager for team in self.teams]

    @property
    def first(self) -> Player:
        """Whom the page is opened as."""
        return self.teams[0].reps[0]


def sample_cast(tables: Path) -> Cast:
    """Return the sample team, spread over its offices' zones."""
    teams = sides(tables, SAMPLE_ZONES, "Europe/Ljubljana", lambda manager: ("Field", "sales"))
    return Cast("Northwind Sensors", "northwind.example", "Europe/Ljubljana", tables, teams, "SI")


def crm_cast(tables: Path) -> Cast:
    """Return the CRM tables' reps under their managers."""

    def named(manager: str) -> tuple[str, str]:
        first = manager.split()[0]
        return f"{first}'s team", f"sales-{first.lower()}"

    return Cast("Acme Hardware", "acme.example", CRM_ZONE, tables, sides(tables, {}, CRM_ZONE, named), "US")


def sides(
    tables: Path, zones: dict[str, str], elsewhere: str, named: Callable[[str], tuple[str, str]]
) -> tuple[Side, ...]:
    """Read the teams, in the order in which their managers first appear."""
    with (tables / "sales_teams.csv").open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    managers = list(dict.fromkeys(row["manager"] for row in rows))
    found = []
    for number, manager in enumerate(managers, 1):
        reps = tuple(
            Player(
                f"U{index:03}",
                row["sales_agent"],
                handle(row["sales_agent"]),
                zone_of(row, zones, elsewhere),
                "Rep",
            )
            for index, row in enumerate(rows, 1)
            if row["manager"] == manager
        )
        name, channel = named(manager)
        boss = Player(f"UM{number:02}", manager, handle(manager), elsewhere, "Sales manager", is_manager=True)
        found.append(Side(name, boss, reps, channel))
    return tuple(found)


def zone_of(row: dict[str, str], zones: dict[str, str], elsewhere: str) -> str:
    return zones.get(row["regional_office"], elsewhere)


def handle(name: str) -> str:
    """Return a Slack handle: `Ana Kovač` is `ana.kovac`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return ".".join(plain.lower().split())
