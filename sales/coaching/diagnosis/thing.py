"""The right thing: whether the work goes to those who may buy, and to new deals at all (lights.md §1)."""

from sales.coaching.diagnosis.light import CannotTell, Light, LightMeasure, LightName, LightNumber, light
from sales.coaching.diagnosis.record import LATELY, WorkRecord
from sales.coaching.floor import SERVICE_SHARE
from sales.followups.activity import ActivityKind

NOT_OURS = 0.5  # half of the work on losses went to the wrong clients (lights.md §1)
LEAST_TOLD = 6  # losses with an answer; fewer are anecdotes
LEAST_TOUCHES = 40
OPENED = 1  # deals in a month: none is nobody's plan
MONTH = 30
LEAST_AT_WORK = 15  # working days of that month


def thing(record: WorkRecord) -> Light:
    """Return the first light."""
    return light(LightName.THING, [not_ours(record), service(record), opened(record)])


def not_ours(record: WorkRecord) -> LightNumber | CannotTell:
    """How many losses of ninety days should never have been there, of those with an answer."""
    if record.told < LEAST_TOLD:
        return CannotTell(LightMeasure.NOT_OURS, record.told, LEAST_TOLD)
    share = record.not_ours / record.told
    return LightNumber(
        LightMeasure.NOT_OURS, share, NOT_OURS, record.not_ours, record.told, share >= NOT_OURS
    )


def service(record: WorkRecord) -> LightNumber | CannotTell:
    """How much of the touches of four weeks went to customers who bought already."""
    every = record.touches(LATELY)
    if every < LEAST_TOUCHES:
        return CannotTell(LightMeasure.SERVICE, every, LEAST_TOUCHES)
    served = record.touches(LATELY, {ActivityKind.SERVICE})
    share = served / every
    return LightNumber(LightMeasure.SERVICE, share, SERVICE_SHARE, served, every, share > SERVICE_SHARE)


def opened(record: WorkRecord) -> LightNumber | CannotTell:
    """How many deals were opened in a month; none is told only of who was there for most of it."""
    found = record.opened_in(MONTH)
    first = record.first_of(MONTH)
    at_work = record.calendar.working_days(first, record.today)
    is_new = record.since is None or record.since >= first
    if not found and (is_new or at_work < LEAST_AT_WORK):
        had = 0 if record.since is None else (record.today - record.since).days
        return (
            CannotTell(LightMeasure.OPENED, had, MONTH)
            if is_new
            else CannotTell(LightMeasure.ACTIVE, at_work, LEAST_AT_WORK)
        )
    return LightNumber(LightMeasure.OPENED, found, OPENED, found, MONTH, found < OPENED)
