"""The sample team: six invented reps, their manager, and over two quarters of deals; one day gives one sample.

Written as the four tables that the importer reads, so that the sample takes the road real data takes.
"""

import csv
import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

SEED = 20260914
HISTORY_DAYS = 215
MANAGER = "Mia Horvat"

REPS = (  # name, regional office, deals opened in a week, chance to win
    ("Ana Kovač", "Ljubljana", 2.6, 0.62),
    ("Ben Ito", "New York", 2.2, 0.60),
    ("Chloé Martin", "Paris", 1.9, 0.66),
    ("Dev Anand", "London", 2.4, 0.55),
    ("Elif Demir", "Istanbul", 2.0, 0.63),
    ("Femi Ade", "London", 1.4, 0.58),
)

PRODUCTS = (  # name, series, list price
    ("Dock Sensor", "Sensors", 1800),
    ("Cold Chain Kit", "Sensors", 5200),
    ("Yard Planner", "Software", 9600),
    ("Fleet Planner", "Software", 14500),
    ("Depot Suite", "Software", 31000),
)

ACCOUNTS = (
    "Alder & Sons", "Bright Freight", "Cargo Nine", "Delta Cold Store", "Eastquay", "Fjord Logistics", "Granary Road",
    "Harbour Bridge", "Iron Lane", "Juniper Foods", "Kite Parcel", "Lockside", "Meridian Haulage", "Northgate Dairy",
    "Orchard Lines", "Pallet Works", "Quayside Cold", "Redwood Transport", "Saltmarsh", "Tallow & Reed", "Umber Depots",
    "Vale Couriers", "Westbound", "Yardley Group",
)  # fmt: skip
SECTORS = ("cold chain", "food", "freight", "parcel", "retail")
TOWNS = ("Antwerp", "Bristol", "Gdańsk", "Koper", "Newark", "Lyon")


def write_sample(folder: Path, today: date) -> None:
    """Write accounts.csv, products.csv, sales_teams.csv and sales_pipeline.csv as they stand on `today`."""
    draw = random.Random(SEED)
    accounts = [(name, draw.choice(SECTORS), draw.choice(TOWNS)) for name in ACCOUNTS]
    table(
        folder / "accounts.csv",
        ("account", "sector", "year_established", "revenue", "employees", "office_location", "subsidiary_of"),
        (
            (
                name,
                sector,
                draw.randint(1970, 2015),
                round(draw.uniform(4, 400), 1),
                draw.randint(20, 3000),
                town,
                "",
            )
            for name, sector, town in accounts
        ),
    )
    table(folder / "products.csv", ("product", "series", "sales_price"), PRODUCTS)
    teams = [(name, MANAGER, office) for name, office, _, _ in REPS]
    table(folder / "sales_teams.csv", ("sales_agent", "manager", "regional_office"), teams)
    header = (
        "opportunity_id",
        "sales_agent",
        "product",
        "account",
        "deal_stage",
        "engage_date",
        "close_date",
        "close_value",
    )
    table(folder / "sales_pipeline.csv", header, deals(draw, today))


def deals(draw: random.Random, today: date) -> Iterable[Sequence[Any]]:
    """Yield every rep's deals, day by day: won, lost, still open, and some that only look like deals."""
    number = 0
    for name, _, weekly, chance in REPS:
        for back in range(HISTORY_DAYS, -1, -1):
            opened = today - timedelta(days=back)
            if opened.weekday() >= 5 or draw.random() >= weekly / 5:
                continue
            number += 1
            yield deal(draw, f"NW-{number:04}", name, opened, today, chance)


def deal(draw: random.Random, key: str, rep: str, opened: date, today: date, chance: float) -> Sequence[Any]:
    """Return one deal as it stands today. Losses come early or late, wins mostly after six weeks."""
    product, _, price = draw.choices(PRODUCTS, weights=(30, 25, 20, 15, 10))[0]
    account = draw.choice(ACCOUNTS)
    won = draw.random() < chance
    lasted = draw.gammavariate(5, 9) if won else draw.gammavariate(1.2, 30)
    closed = opened + timedelta(days=max(1, round(lasted)))
    value = round(price * draw.uniform(0.8, 1.15) / 10) * 10
    if draw.random() < 0.05:
        return (key, rep, product, account, "Prospecting", "", "", "")
    if closed > today:
        return (key, rep, product, account, "Engaging", opened, "", "")
    return (key, rep, product, account, "Won" if won else "Lost", opened, closed, value if won else 0)


def table(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
