"""The scheduler: APScheduler as a heartbeat and a sweep, and nothing more; what is due lives in the database."""

from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

SWEEP_SECONDS = 60.0  # what a process that ended left undone is found after so long, with its own time added


def heartbeat_every(
    seconds: float, beat: Callable[[], Awaitable[object]], sweep: Callable[[], Awaitable[object]]
) -> AsyncIOScheduler:
    """Return a started scheduler that beats every so many seconds, and sweeps every minute; never two at a time."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    for job, every in ((beat, seconds), (sweep, SWEEP_SECONDS)):
        scheduler.add_job(
            job, "interval", seconds=every, max_instances=1, coalesce=True, misfire_grace_time=None
        )
    scheduler.start()
    return scheduler
