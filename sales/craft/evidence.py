"""The reality check: how many sales mails a manager gets and answers, asked once where their team lives by mail (45).

No figure from outside makes the case for the phone as well as the manager's own two numbers do.
"""

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import NamedTuple

from sqlmodel import Field, SQLModel

from sales.followups.activity import ActivityKind
from sales.followups.channel import TouchChannel, by_channel
from sales.nudges.schedule import ScheduleSpec
from sales.people.settings import whole_number
from sales.people.team import Team
from sales.refusal import Refusal

REALITY_CHECK = "reality_check"
LOOKED_AT = time(10, 0)  # of a working morning: late enough to have opened the inbox
SPREAD = 600  # seconds
MAIL_LINE = 70  # % of the touches; from seven mails in ten on there is little else
LINES = (1, 100)
LEAST_TOUCHES = 50  # three mails are no habit
MONTH = timedelta(days=30)
MOST_MAILS = 10_000  # in a week


class InboxCheck(SQLModel):
    """What a team decided and counted: over which share of mails it is asked, and the two numbers once they are told.

    `received` are the sales mails that somebody who leads it got in the week before `on`, `answered` those of them they
    answered; None until they said so. `asked_on` is the day on which they were asked, which happens once.
    """

    line: int = Field(default=MAIL_LINE, ge=LINES[0], le=LINES[1])
    received: int | None = Field(default=None, ge=0, le=MOST_MAILS)
    answered: int | None = Field(default=None, ge=0, le=MOST_MAILS)
    by: str | None = None
    on: date | None = None
    asked_on: date | None = None

    @property
    def is_counted(self) -> bool:
        return self.received is not None and self.answered is not None

    @property
    def share(self) -> float | None:
        """Return which part was answered, in 0..1; None where nothing came, or nothing was counted."""
        return self.answered / self.received if self.received and self.answered is not None else None

    @property
    def may_be_asked(self) -> bool:
        return not self.is_counted and self.asked_on is None


class MailShare(NamedTuple):
    """How many of a team's touches of 30 days were mails."""

    mails: int
    touches: int

    @property
    def share(self) -> float:
        return self.mails / self.touches if self.touches else 0.0

    @property
    def is_enough(self) -> bool:
        return self.touches >= LEAST_TOUCHES

    def is_over(self, line: int) -> bool:
        """Say whether more than `line` % were mails, of enough touches to be a share of anything."""
        return self.is_enough and 100 * self.mails > line * self.touches


def mail_share(counts: Mapping[ActivityKind, int]) -> MailShare:
    """Return the part of mails in what was done in some channel; what is done in none is no touch."""
    channels = by_channel(counts)
    return MailShare(channels.get(TouchChannel.EMAIL, 0), sum(channels.values()))


def reality_check_spec(team: Team, team_id: int) -> ScheduleSpec:
    """Return when a team's share of mails is looked at: each of its working mornings, until it was asked once."""
    return ScheduleSpec(
        REALITY_CHECK, str(team_id), team.zone, LOOKED_AT, team.workdays, SPREAD, enabled=True
    )


def read_counts(received: str, answered: str, fields: tuple[str, str]) -> tuple[int, int]:
    """Return the two numbers as they are kept; `fields` are where each was typed.

    Raises:
        Refusal: under the field that holds no whole number, or more answers than mails.
    """
    came = whole_number(received.strip(), 0, MOST_MAILS, fields[0])
    done = whole_number(answered.strip(), 0, MOST_MAILS, fields[1])
    if done > came:
        raise Refusal(f"That is more than came: {came} at most.", field=fields[1])
    return came, done


def read_line(typed: str, field: str) -> int:
    """Return a team's line in %.

    Raises:
        Refusal: if it is no whole number from 1 to 100.
    """
    return whole_number(typed.strip().removesuffix("%").strip(), *LINES, field)
