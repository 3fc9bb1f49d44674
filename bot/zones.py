"""Zones at start: schedules computed under other zone rules are computed anew, and unknown names are told of."""

import structlog

from storage.database import Database
from storage.nudges.schedule.zones import installed_rules, refresh_zones, unknown_zones

log = structlog.get_logger()

PASSES = 3  # what another process held while we passed by is looked at again
UPGRADE_TZDATA = (
    "Upgrade tzdata, on the machine and in the environment, or choose another zone in Slack. Until then the team's"
    " zone is used, or UTC."
)


async def keep_up(database: Database) -> int:
    """Compute schedules anew whose zone rules are not the installed ones; return how many of them moved.

    A thousand in each unit of work, so that replicas may do it together and nobody waits.

    Raises:
        StorageTrouble: if the database cannot be used; what was done until then stays done.
    """
    stale = moved = 0
    for _ in range(PASSES):
        after, found = 0, 0
        while True:
            async with database.write_ledger() as ledger:
                batch = await refresh_zones(ledger, after)
            if batch is None:
                break
            after, found, moved = batch.last, found + batch.stale, moved + batch.moved
        stale += found
        if not found:
            break
    if stale:
        log.info(
            "schedules follow the installed zone rules", rules=installed_rules(), seen=stale, moved=moved
        )
    await warn_of_unknown(database)
    return moved


async def warn_of_unknown(database: Database) -> None:
    """Say once for each zone that schedules name and the installed rules do not have."""
    async with database.read_ledger() as ledger:
        unknown = await unknown_zones(ledger)
    for zone, schedules in sorted(unknown.items()):
        log.warning("a time zone is unknown here", zone=zone, schedules=schedules, mend=UPGRADE_TZDATA)
