"""The scheduler: APScheduler as a heartbeat, and what is looked at each minute; what is due lives in the database."""

from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

MINUTE = 60.0


def heartbeat_every(
    seconds: float, beat: Callable[[], Awaitable[object]], *each_minute: Callable[[], Awaitable[object]]
) -> AsyncIOScheduler:
    """Return a started scheduler that beats every so many seconds; the rest is done every minute."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    for job, every in ((beat, seconds), *((job, MINUTE) for job in each_minute)):
        scheduler.add_job(
            job, "interval", seconds=every, max_instances=1, coalesce=True, misfire_grace_time=None
        )
    scheduler.start()
    return scheduler
