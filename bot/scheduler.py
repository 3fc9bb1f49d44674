"""The scheduler: APScheduler as a heartbeat, and what is looked at besides; what is due lives in the database."""

from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

SWEEP = 10.0  # seconds


def heartbeat_every(
    seconds: float, beat: Callable[[], Awaitable[object]], *besides: Callable[[], Awaitable[object]]
) -> AsyncIOScheduler:
    """Return a started scheduler that beats every so many seconds; the rest is done every ten."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    for job, every in ((beat, seconds), *((job, SWEEP) for job in besides)):
        scheduler.add_job(
            job, "interval", seconds=every, max_instances=1, coalesce=True, misfire_grace_time=None
        )
    scheduler.start()
    return scheduler
