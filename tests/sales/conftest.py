"""The CRM Sales Opportunities data, where it is at hand. Its licence keeps it out of the project."""

import csv
import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from sales.pipeline.cycle import DealSpan

CRM = Path(__file__).parents[3] / "shared" / "data" / "crm"
NOT_AT_HAND = f"the CRM Sales Opportunities data is not at {CRM}"


class Deal(NamedTuple):
    agent: str
    product: str
    stage: str
    opened_on: date | None
    closed_on: date | None
    value_minor: int


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def read_deals() -> tuple[Deal, ...]:
    with (CRM / "sales_pipeline.csv").open(newline="") as rows:
        return tuple(
            Deal(
                row["sales_agent"],
                row["product"],
                row["deal_stage"],
                day(row["engage_date"]),
                day(row["close_date"]),
                round(float(row["close_value"] or 0) * 100),
            )
            for row in csv.DictReader(rows)
        )


@pytest.fixture(scope="session")
def golden() -> dict[str, Any]:
    if not CRM.exists():
        pytest.skip(NOT_AT_HAND)
    return json.loads((CRM / "golden.json").read_text())


@pytest.fixture(scope="session")
def crm() -> tuple[Deal, ...]:
    if not CRM.exists():
        pytest.skip(NOT_AT_HAND)
    return read_deals()


@pytest.fixture(scope="session")
def list_prices() -> dict[str, int]:
    """Minor units by product, under the spelling of the pipeline as well."""
    if not CRM.exists():
        pytest.skip(NOT_AT_HAND)
    with (CRM / "products.csv").open(newline="") as rows:
        prices = {row["product"]: int(row["sales_price"]) * 100 for row in csv.DictReader(rows)}
    return prices | {"GTXPro": prices["GTX Pro"]}


@pytest.fixture(scope="session")
def spans(crm: tuple[Deal, ...]) -> list[DealSpan]:
    outcome = {"Won": True, "Lost": False}
    return [
        DealSpan(deal.opened_on, deal.closed_on, outcome.get(deal.stage)) for deal in crm if deal.opened_on
    ]
