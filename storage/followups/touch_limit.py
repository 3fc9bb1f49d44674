"""Touch limits: touches at one customer, whether anybody there ever answered, and what was answered about one more."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Integer, String, bindparam, or_
from sqlmodel import Field, Index, col, func, select

from sales.followups.answered import WasAnswered
from sales.followups.followup import FollowUp
from sales.followups.touch_limit import A_WEEK, REACHED, Touch, TouchAnswer, TouchLimit
from sales.language.names.customer import AT, customer_in, person_in
from sales.language.names.match import fold
from storage.engines.statement import AlongAnswer, AlongQuestion, Statement, Together, along, given
from storage.followups.activity import ActivityRow
from storage.followups.followup import TWIN, FollowUpRow
from storage.row_image import Touched, image
from storage.rows import restate
from storage.scope import Scope


class TouchLimitRow(TouchLimit, table=True):
    __tablename__ = "touch_limit"
    __table_args__ = (
        Index("ix_touch_limit_owner", "workspace_id", "owner_id", "asked_on"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")


DONE: Any = (
    given(ActivityRow.workspace_id),
    given(ActivityRow.owner_id),
    col(ActivityRow.on).between(bindparam("first"), bindparam("last")),
)
TOLD: Any = (col(ActivityRow.on), col(ActivityRow.kind), col(ActivityRow.count), col(ActivityRow.outcome))
WITH_WHOM: Any = (*TOLD, col(ActivityRow.account), col(ActivityRow.opportunity_id), col(ActivityRow.id))
WEEK = Statement(
    select(*WITH_WHOM).where(
        *DONE, or_(col(ActivityRow.account).is_not(None), col(ActivityRow.opportunity_id).is_not(None))
    )
)
TWINS_AND_WEEK = Together(TWIN, WEEK)
YEAR = Statement(
    select(*TOLD).where(
        *DONE,
        or_(
            col(ActivityRow.opportunity_id) == bindparam("deal_id", type_=Integer()),
            func.lower(col(ActivityRow.account)) == bindparam("who", type_=String()),
            func.lower(col(ActivityRow.account)).like(bindparam("there", type_=String())),
            func.lower(col(ActivityRow.account)).like(bindparam("named", type_=String())),
        ),
    )
)


class WeekOfTouches:
    """What somebody did with customers in the seven days that end on a day."""

    def __init__(self, rows: Sequence[tuple[Any, ...]]) -> None:
        self.rows = sorted(rows, key=lambda row: (row[0], row[6]))

    def all(self) -> list[Touch]:
        """Return all of it, with whomever."""
        return [Touch.of(*row[:4]) for row in self.rows]

    def with_customer(self, who: str, deal_id: int | None) -> list[Touch]:
        """Return what was done with a customer, whoever it was with there, or for the deal that is meant.

        Somebody named without their firm is who was named with it before: "Dana Cole" of "Dana Cole at Acme".
        """
        wanted = fold(who)
        return [
            Touch.of(*row[:5])
            for row in self.rows
            if (deal_id is not None and row[5] == deal_id)
            or (row[4] and wanted in (fold(row[4]), fold(customer_in(row[4])), fold(person_in(row[4]))))
        ]


async def week_of_touches(scope: Scope, owner_id: str, on: date) -> WeekOfTouches:
    """Return what somebody did with customers in the seven days that end on a day."""
    ahead = scope.known(WeekOfTouches, (owner_id, on))
    if ahead is not None:
        return ahead
    return WeekOfTouches(await scope.ask(WEEK, owner_id=owner_id, first=on - A_WEEK, last=on))


async def twins_and_week(
    scope: Scope, followup: FollowUp, more: Sequence[AlongQuestion] = ()
) -> list[FollowUpRow]:
    """Return what is open with the same name and words for the same day, the oldest first.

    In the same question it is read what was done in the seven days that end on that day, and the answers to `more`,
    which are known in this unit of work from then on.
    """
    same = {name: getattr(followup, name) for name in ("owner_id", "due_on", "who", "what")}
    week = {"first": followup.due_on - A_WEEK, "last": followup.due_on}
    asked = along(TWINS_AND_WEEK, *(one.statement for one in more))
    values = {name: value for one in more for name, value in one.values.items()}
    twins, touches, *answers = await scope.together(asked, **{**values, **same, **week})
    for one, answer in zip(more, answers, strict=True):
        scope.keep(AlongAnswer, one.key, AlongAnswer(answer))
    scope.keep(WeekOfTouches, (followup.owner_id, followup.due_on), WeekOfTouches(touches))
    return sorted(twins, key=lambda row: row.id)


async def was_reached(scope: Scope, owner_id: str, who: str, deal_id: int | None, on: date) -> bool:
    """Say whether somebody at a customer answered within the last year: after that it is no new lead."""
    said, span = who.lower(), {"first": on - REACHED, "last": on}
    whose = {"who": said, "there": f"%{AT}{said}", "named": f"{said}{AT}%", "deal_id": deal_id}
    found = await scope.ask(YEAR, owner_id=owner_id, **whose, **span)
    return any(Touch.of(*row).answered is WasAnswered.YES for row in found)


async def add_question(scope: Scope, asked: TouchLimit) -> TouchLimitRow:
    """Store that somebody is asked about one touch more, with what they typed."""
    row = TouchLimitRow.model_validate({**asked.model_dump(), "workspace_id": scope.workspace_id})
    scope.session.add(row)
    await scope.session.flush()
    return row


async def find_question(scope: Scope, question_id: int) -> TouchLimitRow | None:
    """Return one question of this workspace, or None."""
    row = await scope.session.get(TouchLimitRow, question_id)
    return row if row is not None and row.workspace_id == scope.workspace_id else None


async def keep_answer(scope: Scope, row: TouchLimitRow, said: TouchLimit) -> Touched:
    """Store what was answered; return what undoing it needs."""
    before = image(row)
    await restate(scope, row, TouchLimit, said)
    return Touched(row, before)


async def answers_since(scope: Scope, owner_id: str, since: date) -> list[TouchLimitRow]:
    """Return what somebody answered about customers from a day on, and pauses that reach it; the latest first."""
    statement = select(TouchLimitRow).where(
        TouchLimitRow.workspace_id == scope.workspace_id,
        TouchLimitRow.owner_id == owner_id,
        TouchLimitRow.answer != TouchAnswer.ASKED,
        or_(col(TouchLimitRow.asked_on) >= since, col(TouchLimitRow.until) > since),
    )
    return list(await scope.session.exec(statement.order_by(col(TouchLimitRow.id).desc())))


async def paused(scope: Scope, owner_id: str, today: date) -> list[TouchLimitRow]:
    """Return whom somebody leaves alone on a day."""
    return [row for row in await answers_since(scope, owner_id, today) if row.is_paused(today)]


def about(rows: Sequence[TouchLimitRow], names: Sequence[str]) -> TouchLimitRow | None:
    """Return the first of some answers that is about a customer who goes by one of these names."""
    wanted = {fold(name) for name in names}
    return next((row for row in rows if fold(row.who) in wanted), None)
