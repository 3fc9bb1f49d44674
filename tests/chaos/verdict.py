"""The verdict: what Slack's own log says of every message that was asked for; our tables only have to agree.

Lost and duplicated are counted from the double's log alone. The history check (delivery.md §9.6) then reads our
tables too: a message ends once, `sent` names a message that exists, and fences only grow.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import col, select

from playground.log import Log
from sales.nudges.ledger import TERMINAL, DeliveryState, delivery_id
from storage.nudges.ledger.rows import DeliveryEventRow, DeliveryRow
from tests.chaos.ground import Ground
from tests.known import T0

RETRIED = (DeliveryState.DEAD, DeliveryState.PENDING)


@dataclass
class Verdict:
    """What became of a run. `told` explains each message that is wrong."""

    deliveries: int = 0
    lost: list[str] = field(default_factory=list)
    duplicated: list[str] = field(default_factory=list)
    uninvited: list[str] = field(default_factory=list)
    contradictions: list[str] = field(default_factory=list)
    told: str = ""

    @property
    def clean(self) -> bool:
        return not (self.lost or self.duplicated or self.uninvited or self.contradictions)

    def __str__(self) -> str:
        counts = (
            f"{self.deliveries} deliveries, {len(self.lost)} lost, {len(self.duplicated)} duplicated, "
            f"{len(self.uninvited)} nobody asked for"
        )
        return "\n".join([counts, *self.contradictions, self.told])


async def judge(ground: Ground) -> Verdict:
    """Judge a run that has come to rest."""
    verdict = judged(ground.server.log, ground.asked, ground.unsure)
    rows, events = await ledger(ground)
    verdict.contradictions = contradictions(rows, events, ground.server.log)
    wrong = [*verdict.lost, *verdict.duplicated, *verdict.uninvited]
    wrong += [
        row.occurrence_key
        for row in rows
        if any(row.occurrence_key in said for said in verdict.contradictions)
    ]
    verdict.told = "\n".join(history(ground, key, rows, events) for key in dict.fromkeys(wrong))
    return verdict


def judged(log: Log, asked: set[str], unsure: set[str]) -> Verdict:
    """Count from Slack's log: each message that was asked for exists once, and no other."""
    seen = Counter(log.keys())
    return Verdict(
        deliveries=len(asked),
        lost=sorted(key for key in asked if not seen[key]),
        duplicated=sorted(key for key, times in seen.items() if times > 1),
        uninvited=sorted(key for key in seen if key not in asked | unsure),
    )


async def ledger(ground: Ground) -> tuple[list[DeliveryRow], list[DeliveryEventRow]]:
    async with ground.database.read_ledger() as scope:
        rows = list(await scope.session.exec(select(DeliveryRow)))
        events = list(await scope.session.exec(select(DeliveryEventRow).order_by(col(DeliveryEventRow.id))))
    return rows, events


def contradictions(rows: Sequence[DeliveryRow], events: Sequence[DeliveryEventRow], log: Log) -> list[str]:
    """Return what our own record says that cannot be true."""
    by_row: dict[str, list[DeliveryEventRow]] = defaultdict(list)
    for event in events:
        by_row[event.delivery_id].append(event)
    found = []
    for row in rows:
        said = by_row[row.id]
        found += [f"{row.occurrence_key}: {what}" for what in wrong_in(row, said)]
        if row.state not in TERMINAL:
            found.append(f"{row.occurrence_key}: is still {row.state}")
        if row.state is DeliveryState.SENT:
            stamps = [entry.ts for entry in log.with_key(row.occurrence_key)]
            if row.slack_ts not in stamps:
                found.append(
                    f"{row.occurrence_key}: sent as {row.slack_ts}, but Slack has {stamps or 'none'}"
                )
    return found


def wrong_in(row: DeliveryRow, events: Sequence[DeliveryEventRow]) -> list[str]:
    """Return what is wrong in one message's history: gaps, an end that was none, a fence that fell."""
    found = []
    state, fence = str(DeliveryState.PENDING), 0
    for event in events:
        step = (event.from_state, event.to_state)
        if event.from_state != state:
            found.append(f"went from {event.from_state} to {event.to_state} while it was {state}")
        if state in TERMINAL and step != RETRIED:
            found.append(f"had ended as {state} and went on to {event.to_state}")
        claimed = event.to_state in (DeliveryState.LEASED, DeliveryState.RECON)
        if event.fence < fence or (claimed and event.fence == fence):
            found.append(f"fence {event.fence} came after {fence}")
        state, fence = event.to_state, event.fence
    if events and state != row.state:
        found.append(f"is {row.state}, but its history ends with {state}")
    return found


def history(ground: Ground, key: str, rows: Sequence[DeliveryRow], events: Sequence[DeliveryEventRow]) -> str:
    """Tell one message's story: our steps, what Slack accepted and what was done to the processes, by time."""
    row = next((row for row in rows if row.id == delivery_id(key)), None)
    lines = [(at, f"        {what}") for at, what in ground.crew.diary]
    lines += [
        (
            into_the_run(event.at),
            f"    ours: {event.from_state} → {event.to_state} (fence {event.fence}, {event.owner}) {event.note}",
        )
        for event in events
        if event.delivery_id == delivery_id(key)
    ]
    lines += [
        (into_the_run(entry.at), f"    Slack accepted it as {entry.ts}")
        for entry in ground.server.log.with_key(key)
    ]
    lines += [
        (into_the_run(met.at), f"    {met.method} met “{met.kind}”") for met in ground.met if met.key == key
    ]
    head = f"{key}: {row.state if row else 'not in our ledger'}"
    return "\n".join([head, *(f"{at:8.3f} {what}" for at, what in sorted(lines))])


def into_the_run(at: datetime) -> float:
    """Return how many seconds into the run an instant of its clock is."""
    return (at - T0).total_seconds()
