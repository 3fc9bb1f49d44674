"""Content events of a file: whose business each is, looked up before it is stored."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import col, select

from sales.imports.files.entry import ImportEntry
from sales.language.figures import plural
from sales.prospects.content_event import ContentEvent
from storage.prospects.content_event import ContentEventRow, whose_business
from storage.scope import Scope


async def with_owners(scope: Scope, entries: Sequence[ImportEntry]) -> list[ImportEntry]:
    """Return entries that say whose lead or customer each reader is, as far as that is known."""
    found = []
    for entry in entries:
        event = ContentEvent.model_validate({**entry.values, "event_id": entry.key})
        known = await whose_business(scope, event)
        found.append(replace(entry, values={**entry.values, **known.model_dump(exclude={"event_id"})}))
    return found


def strangers_among(entries: Sequence[ImportEntry]) -> int:
    """Return how many are of nobody who is a lead or a customer of anybody's."""
    return sum(entry.values["owner_id"] is None for entry in entries)


def told_of_strangers(count: int) -> str:
    """Say so of the rows of a file."""
    return f"{plural(count, 'row')} of nobody who is a lead or a customer here; no lead is made of them"


async def news_of_run(scope: Scope, run_id: int, since: datetime) -> list[ContentEventRow]:
    """Return what of an import happened since an instant and is somebody's business."""
    statement = select(ContentEventRow).where(
        ContentEventRow.workspace_id == scope.workspace_id,
        ContentEventRow.import_id == run_id,
        col(ContentEventRow.owner_id).is_not(None),
        col(ContentEventRow.happened_at) >= since,
    )
    return list(await scope.session.exec(statement))
