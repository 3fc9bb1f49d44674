"""The scheduler: APScheduler as a heartbeat and nothing more; what is due lives in the database."""

from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler


def heartbeat_every(seconds: float, beat: Callable[[], Awaitable[object]]) -> AsyncIOScheduler:
    """Return a started scheduler that beats at once and then every so many seconds, never two at a time."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_job(
        beat,
        "interval",
        seconds=seconds,
        max_instances=1,
        coalesce=True,
        misfire_grace_time=None,
    )
    scheduler.start()
    return scheduler
