"""How connections stand: what was read, what waits and why, and what there is to match."""

from messages.imports.sync import Stands
from sales.imports.sync.connection import CrmState
from sales.imports.sync.record import CrmObject
from sales.imports.sync.stage import to_match
from storage.imports.sync.connection import CrmConnectionRow
from storage.imports.sync.gone import unseen_deals
from storage.imports.sync.known import team_of
from storage.imports.sync.record import count_deals, open_deals_by_owner, waiting_records
from storage.imports.sync.stage import CrmOwnerRow, CrmStageRow, owners_of, stages_of
from storage.pipeline.opportunity import UNOWNED_NAMES, find_opportunity
from storage.pipeline.stage import stages_of as team_stages
from storage.scope import Scope


async def standing(scope: Scope, row: CrmConnectionRow) -> Stands:
    """Return how a connection stands."""
    waits: dict[str, list[str]] = {}
    twins: list[tuple[int, str, str]] = []
    for one in await waiting_records(scope, row.id, CrmObject.DEAL):
        name = str(one.said.get("name") or one.external_id)
        here = await find_opportunity(scope, one.twin_id) if one.twin_id and not one.chosen else None
        if here is not None:
            twins.append((one.id, name, here.name))
        else:
            waits.setdefault(one.waits, []).append(name)
    return Stands(
        row.id,
        row.vendor,
        row.read_at,
        await count_deals(scope, row.id),
        list(waits.items()),
        twins,
        row.unread,
        row.trouble,
        len(await unmatched_stages(scope, row)),
        [named(one) for one in await unmatched_people(scope, row)],
        await unseen_deals(scope, row.id),
        await left_with_deals(scope, row),
        needs_token=row.state is CrmState.NEEDS_TOKEN,
        pause=row.not_before,
    )


async def unmatched_stages(scope: Scope, row: CrmConnectionRow) -> list[CrmStageRow]:
    """Return the open stages that nobody said what they are here."""
    team = await team_of(scope, row)
    there = [one for one in await stages_of(scope, row.id) if not one.gone]
    matched = {one.stage_id: one.matched for one in there if one.matched}
    ours = await team_stages(scope, team.id if team is not None else None)
    asked = {one.id for one in to_match([one.there for one in there], matched, ours)}
    return [one for one in there if one.stage_id in asked]


async def unmatched_people(scope: Scope, row: CrmConnectionRow) -> list[CrmOwnerRow]:
    """Return the owners of deals who are nobody here yet, and of whom nobody said that they are; who left last."""
    owning = {name for (name,) in await scope.ask(UNOWNED_NAMES)}
    every = await owners_of(scope, row.id)
    found = [one for one in every if one.user_id is None and not one.said and named(one) in owning]
    return sorted(found, key=lambda one: not one.active)


async def left_with_deals(scope: Scope, row: CrmConnectionRow) -> list[tuple[str, int]]:
    """Return who left the CRM and is somebody here still, with how many open deals are theirs."""
    held = await open_deals_by_owner(scope, row.id)
    left = [one for one in await owners_of(scope, row.id) if not one.active and one.user_id is not None]
    return [(named(one), held[named(one)]) for one in left if held.get(named(one))]


def named(owner: CrmOwnerRow) -> str:
    """Return what an owner is called, as their deals here name them."""
    return owner.name or owner.email
