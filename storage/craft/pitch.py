"""Drafts that were checked: what is known of whom one is for, and which text went to which sector (48, 49)."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlmodel import Field, Index, col, delete, select

from sales.craft.library import EntryKind, Occasion, RankedEntry, entries_for
from sales.craft.pitch.known_of_account import KnownOfAccount
from sales.craft.pitch.sketch import LOOK_BACK_DAYS, PitchSketch, is_same_text, sectors_of
from sales.followups.activity import ActivityKind
from sales.language.names.descent import comparable
from sales.language.names.match import name_key
from sales.pipeline.named_deal import deals_meant
from sales.prospects.account_fact import FRESH, LoggedWords, says_something
from storage.craft.library import library_of
from storage.followups.activity import ActivityRow
from storage.pipeline.account import accounts_called
from storage.pipeline.deal_contact import contacts_beside
from storage.pipeline.known_name import known_to_others_only
from storage.pipeline.named_deal import deals_going_by
from storage.pipeline.obstacle import ObstacleRow
from storage.prospects.account_fact import facts_of, spoken_of
from storage.scope import Scope

MOST_COMPARED = 500  # checks of a person's that a new one is compared with, the latest
MOST_NOTES = 20


class PitchSketchRow(PitchSketch, table=True):
    """What is kept of a check: no text, and for its writer alone."""

    __tablename__ = "pitch_sketch"
    __table_args__ = (
        Index("ix_pitch_sketch_owner", "workspace_id", "owner_id", "on"),
        Index("ix_pitch_sketch_on", "workspace_id", "on"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")


class DraftedFor(NamedTuple):
    """Whom a draft is for: what is known of them, the titles of those who are spoken to, and whether they are known."""

    account: KnownOfAccount
    roles: Sequence[str] = ()
    is_known: bool = False


async def drafted_for(
    scope: Scope, owner_id: str, team_id: int | None, name: str, today: date
) -> DraftedFor | None:
    """Return what somebody knows of an account they write to; None for one that only other teams do business with.

    The name may be one of their open deals'. Of an account nobody has heard of nothing is known, which is no fault of a
    draft.
    """
    deals = deals_meant(name, await deals_going_by(scope, owner_id, name))
    customers = {name_key(one.account or one.name): one.account or one.name for one in deals}
    called = next(iter(customers.values())) if len(customers) == 1 else name
    rows = await accounts_called(scope, [name, called])
    row = rows.get(name_key(name)) or rows.get(name_key(called))
    called = row.name if row is not None else called
    if await known_to_others_only(scope, [comparable(called)], team_id):
        return None
    deals = deals if len(customers) == 1 else []
    people = [contact for deal in deals for contact in await contacts_beside(scope, deal.id)]
    known = KnownOfAccount(
        called,
        sector=row.sector if row is not None else "",
        town=row.location if row is not None else "",
        employees=row.employees if row is not None else None,
        notes=await notes_of(scope, owner_id, {called, name}, [one.id for one in deals], today),
        contacts=list(dict.fromkeys(one.name for one in people)),
    )
    roles = list(dict.fromkeys(one.role for one in people if one.role))
    return DraftedFor(known, roles, is_known=row is not None or bool(deals) or bool(known.notes))


async def notes_of(
    scope: Scope, owner_id: str, names: Collection[str], deal_ids: Collection[int], today: date
) -> list[str]:
    """Return what was noted of an account and what they said, in 90 days, and what is in the way of its deals."""
    since = today - FRESH
    noted = [
        one.says
        for name in sorted(names)
        for one in await facts_of(scope, name, MOST_NOTES)
        if one.on >= since
    ]
    row = ActivityRow
    logged = select(row.kind, row.outcome).where(
        row.workspace_id == scope.workspace_id,
        row.owner_id == owner_id,
        col(row.on).between(since, today),
        row.outcome != "",
        spoken_of(col(row.account), names),
    )
    words = [
        said
        for kind, said in await scope.session.exec(logged.order_by(col(row.on).desc()).limit(MOST_NOTES))
        if says_something(LoggedWords(ActivityKind(kind), said))
    ]
    blocked = select(ObstacleRow.what).where(
        ObstacleRow.workspace_id == scope.workspace_id,
        col(ObstacleRow.opportunity_id).in_(deal_ids),
        col(ObstacleRow.cleared_on).is_(None),
    )
    obstacles = list(await scope.session.exec(blocked)) if deal_ids else []
    return list(dict.fromkeys([*noted, *words, *obstacles]))


async def best_proposition(
    scope: Scope, team_id: int | None, whom: DraftedFor, said: str
) -> RankedEntry | None:
    """Return the value proposition of a team's library that fits an account best; None where no key of one fits.

    What hurts them, and against whom one stands, may be named in the draft or in what was noted of them.
    """
    named = " ".join([said, *whom.account.notes])
    occasion = Occasion(whom.roles, whom.account.sector, named, named)
    entries = await library_of(scope, team_id)
    found = entries_for(entries, EntryKind.VALUE_PROPOSITION, occasion, 1)
    return found[0] if found and found[0].fits else None


async def sectors_reached(scope: Scope, said: PitchSketch) -> list[str]:
    """Return the sectors that a person's text went to in 90 days, this one first."""
    return sectors_of(said.hashes, said.sector, await sketches_of(scope, said.owner_id, said.on))


async def sketches_of(scope: Scope, owner_id: str, today: date) -> Sequence[PitchSketchRow]:
    """Return what was kept of a person's checks of 90 days, the latest first."""
    statement = select(PitchSketchRow).where(
        PitchSketchRow.workspace_id == scope.workspace_id,
        PitchSketchRow.owner_id == owner_id,
        PitchSketchRow.on > today - timedelta(days=LOOK_BACK_DAYS),
    )
    latest_first = statement.order_by(col(PitchSketchRow.on).desc(), col(PitchSketchRow.id).desc())
    return list(await scope.session.exec(latest_first.limit(MOST_COMPARED)))


async def keep_sketch(scope: Scope, said: PitchSketch) -> None:
    """Keep what a check was like; of one text for one account, mended and checked again, the last one alone."""
    for row in await sketches_of(scope, said.owner_id, said.on):
        if row.account_key == said.account_key and is_same_text(row.hashes, said.hashes):
            row.sqlmodel_update(said.model_dump())
            scope.session.add(row)
            break
    else:
        values = {**said.model_dump(), "workspace_id": scope.workspace_id}
        scope.session.add(PitchSketchRow.model_validate(values))
    await scope.session.flush()


async def forget_sketches(scope: Scope, before: datetime, most: int) -> int:
    """Forget some of what was kept of checks before an instant. Return how many."""
    old = (
        select(PitchSketchRow.id)
        .where(PitchSketchRow.workspace_id == scope.workspace_id, col(PitchSketchRow.on) < before.date())
        .order_by(col(PitchSketchRow.on))
        .limit(most)
    )
    done: Any = await scope.session.exec(
        delete(PitchSketchRow)
        .where(col(PitchSketchRow.id).in_(old))
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)
