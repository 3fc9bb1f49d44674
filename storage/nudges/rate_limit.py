"""Gates: the rates all replicas keep together, one update for each call that passes (delivery.md §6)."""

from collections.abc import Collection
from dataclasses import asdict, fields

from sqlalchemy import func
from sqlmodel import BigInteger, Field, SQLModel, col, select, update

from sales.nudges.rate_limit import FRESH, GateState, Limit, interval, rate, throttled
from storage.inserts import insert_missing
from storage.scope import Ledger


class RateGateRow(SQLModel, table=True):
    """A gate that all replicas share, in milliseconds since 1970 (delivery.md §6).

    `tat_ms` is the theoretical arrival time, `blocked_until_ms` comes from Retry-After. `per_second` is the rate
    Slack has been found to bear, None until it was ever asked to wait, and `changed_ms` when that was last changed.
    """

    __tablename__ = "rate_gate"

    key: str = Field(primary_key=True)
    tat_ms: int = Field(sa_type=BigInteger, default=0)
    blocked_until_ms: int = Field(sa_type=BigInteger, default=0)
    per_second: float | None = None
    changed_ms: int = Field(sa_type=BigInteger, default=0)


LATER = {"postgresql": "greatest", "sqlite": "max"}  # the later of two instants
COLUMNS = tuple(field.name for field in fields(GateState))


async def rate_gates(ledger: Ledger, keys: Collection[str]) -> dict[str, GateState]:
    """Return what is known of these gates; those nobody ever met are left out."""
    statement = select(RateGateRow).where(col(RateGateRow.key).in_(keys))
    return {row.key: state_of(row) for row in await ledger.session.exec(statement)}


async def blocked_until(ledger: Ledger, now: int) -> dict[str, GateState]:
    """Return the gates that Slack's wish to wait still holds, or that it taught a slower rate."""
    statement = select(RateGateRow).where(
        (col(RateGateRow.blocked_until_ms) > now) | col(RateGateRow.per_second).is_not(None)
    )
    return {row.key: state_of(row) for row in await ledger.session.exec(statement)}


def state_of(row: RateGateRow) -> GateState:
    return GateState(**{name: getattr(row, name) for name in COLUMNS})


async def let_through(ledger: Ledger, key: str, limit: Limit, known: GateState, now: int) -> bool:
    """Count a call through a gate if it may pass now; False if it has to wait, and then nothing is counted.

    `known` is the gate as it was read a moment ago; only its rate is relied on, which changes by the minute.
    """
    later = getattr(func, LATER[ledger.unit.dialect.name])
    for _ in range(2):
        statement = (
            update(RateGateRow)
            .where(
                col(RateGateRow.key) == key,
                col(RateGateRow.tat_ms) <= now + limit.tolerance,
                col(RateGateRow.blocked_until_ms) <= now,
            )
            .values(tat_ms=later(RateGateRow.tat_ms, now) + interval(rate(known, limit, now)))
            .returning(col(RateGateRow.tat_ms))
            .execution_options(synchronize_session=False)
        )
        if (await ledger.session.exec(statement)).first() is not None:
            return True
        if not await insert_missing(ledger.session, RateGateRow, [{"key": key, **asdict(FRESH)}]):
            return False
    return False


async def throttle(ledger: Ledger, key: str, limit: Limit, retry_after: int, now: int) -> GateState:
    """Write down that Slack asked to wait `retry_after` milliseconds; return the gate as it is now."""
    await insert_missing(ledger.session, RateGateRow, [{"key": key, **asdict(FRESH)}])
    statement = select(RateGateRow).where(RateGateRow.key == key).with_for_update()
    row = (await ledger.session.exec(statement)).one()
    state = throttled(state_of(row), limit, retry_after, now)
    for name in COLUMNS:
        setattr(row, name, getattr(state, name))
    ledger.session.add(row)
    return state


async def keep_gate(ledger: Ledger, key: str, state: GateState) -> None:
    """Write down a gate that only this process passes, for its next start."""
    await insert_missing(ledger.session, RateGateRow, [{"key": key, **asdict(FRESH)}])
    await ledger.session.exec(update(RateGateRow).where(col(RateGateRow.key) == key).values(**asdict(state)))
