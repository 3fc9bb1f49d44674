"""The entry gate: what each team's asks, and what suspects show of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam
from sqlmodel import Field, SQLModel, UniqueConstraint, col, delete, func, or_, select, text

from sales.followups.answered import WasAnswered, answered_by
from sales.followups.next_step import CONVERSATIONS
from sales.language.names.match import folded
from sales.pipeline.gate import SPOKE_WITHIN, AtGate, Gate, GateQuestion, ShownAnswer
from sales.pipeline.opportunity import Stage
from storage.engines.statement import Statement, among, given
from storage.followups.activity import ActivityRow
from storage.followups.followup import FollowUpRow
from storage.people.member import team_id_of
from storage.pieces import pieces
from storage.pipeline.opportunity import OpportunityRow
from storage.row_image import Touched, image
from storage.scope import Scope

BEGINNING = 3  # letters, by which most of what is no name is told without comparing all of it
MOST_WORDS = 12  # of a name; behind them nobody is named

Spoken = dict[
    tuple[str, str | int], Sequence[Any]
]  # by an owner, and by a deal's id or a name as it is compared


class Suspect(NamedTuple):
    """A suspect as far as its gate needs it."""

    id: int
    owner_id: str
    name: str
    account: str | None


KINDS = sorted(CONVERSATIONS)
PROMISED: list[Any] = [
    FollowUpRow.owner_id,
    FollowUpRow.opportunity_id,
    FollowUpRow.who,
    FollowUpRow.what,
    FollowUpRow.due_on,
    FollowUpRow.created_at,
]
STEPS = Statement(
    lambda engine: (
        select(*PROMISED)
        .where(
            given(FollowUpRow.workspace_id),
            among(engine, col(FollowUpRow.owner_id), "owner_ids"),
            text("state = 'open'"),  # as the index says it
            col(FollowUpRow.due_on) >= bindparam("today"),
        )
        .order_by(col(FollowUpRow.due_on), col(FollowUpRow.id))
    )
)
TRIED: list[Any] = [
    ActivityRow.owner_id,
    ActivityRow.opportunity_id,
    ActivityRow.account,
    ActivityRow.kind,
    ActivityRow.outcome,
]
TALKED: list[Any] = [*TRIED, func.max(col(ActivityRow.on)).label("last")]
TALKS = Statement(
    lambda engine: (
        select(*TALKED)
        .where(
            given(ActivityRow.workspace_id),
            among(engine, col(ActivityRow.owner_id), "owner_ids"),
            among(engine, col(ActivityRow.kind), "kinds"),
            or_(col(ActivityRow.account).is_not(None), col(ActivityRow.opportunity_id).is_not(None)),
            col(ActivityRow.on).between(bindparam("since"), bindparam("today")),
        )
        .group_by(*TRIED)
        .order_by(func.max(col(ActivityRow.on)).desc())
    )
)


class GateRow(Gate, table=True):
    """A team's gate; one without a row asks the usual questions."""

    __tablename__ = "deal_gate"
    __table_args__ = (UniqueConstraint("workspace_id", "team_id"), {"sqlite_autoincrement": True})

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    team_id: int = Field(foreign_key="team.id")


class GateAnswerRow(SQLModel, table=True):
    """Somebody's word that a deal shows one of the things a gate asks for, since a local day of theirs."""

    __tablename__ = "gate_answer"
    __table_args__ = (UniqueConstraint("opportunity_id", "question"), {"sqlite_autoincrement": True})

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    opportunity_id: int = Field(foreign_key="opportunity.id", ondelete="CASCADE")
    question: GateQuestion
    on: date
    by: str = Field(max_length=40)

    @property
    def told(self) -> str:
        """Return the question's word, as a history keeps it."""
        return self.question.value


async def gate_row(scope: Scope, team_id: int) -> GateRow | None:
    """Return a team's own gate; None where it asks the usual."""
    statement = select(GateRow).where(GateRow.workspace_id == scope.workspace_id, GateRow.team_id == team_id)
    return (await scope.session.exec(statement)).one_or_none()


async def gate_of_team(scope: Scope, team_id: int | None) -> Gate:
    """Return what a team's gate asks; the usual where it chose nothing, or where there is no team."""
    if team_id is None:
        return Gate()
    return await scope.once(GateRow, team_id, lambda: gate_row(scope, team_id)) or Gate()


async def gates_by_team(scope: Scope) -> dict[int, Gate]:
    """Return the gates of the teams that chose theirs, by team."""
    rows = await scope.session.exec(select(GateRow).where(GateRow.workspace_id == scope.workspace_id))
    return {row.team_id: row for row in rows}


async def save_gate(scope: Scope, team_id: int, gate: Gate) -> Touched:
    """Let a team's gate ask this from now on; return what undoing it needs."""
    row = await gate_row(scope, team_id)
    before = image(row) if row is not None else None
    if row is None:
        values = {**gate.model_dump(), "workspace_id": scope.workspace_id, "team_id": team_id}
        row = GateRow.model_validate(values)
    else:
        row.sqlmodel_update(gate.model_dump())
    scope.session.add(row)
    await scope.session.flush()
    scope.forget(GateRow)
    return Touched(row, before)


async def imported_stages(scope: Scope, most: int) -> list[str]:
    """Return what imports call the stages of deals that are neither won, lost nor parked, in order of the alphabet."""
    statement = (
        select(col(OpportunityRow.stage_label))
        .where(
            OpportunityRow.workspace_id == scope.workspace_id,
            col(OpportunityRow.external_id).is_not(None),
            col(OpportunityRow.stage).in_((Stage.OPEN, Stage.SUSPECT)),
            OpportunityRow.stage_label != "",
        )
        .distinct()
    )
    return list(await scope.session.exec(statement.order_by(col(OpportunityRow.stage_label)).limit(most)))


async def answer_gate(scope: Scope, deal_id: int, question: GateQuestion, on: date, by: str) -> GateAnswerRow:
    """Store that a deal shows something; it must not be there yet."""
    row = GateAnswerRow(
        workspace_id=scope.workspace_id, opportunity_id=deal_id, question=question, on=on, by=by
    )
    scope.session.add(row)
    await scope.session.flush()
    return row


async def answers_to_gate(scope: Scope, deal_ids: Sequence[int]) -> list[GateAnswerRow]:
    """Return what somebody said that some deals show."""
    found: list[GateAnswerRow] = []
    for some in pieces(deal_ids):
        statement = select(GateAnswerRow).where(
            GateAnswerRow.workspace_id == scope.workspace_id,
            col(GateAnswerRow.opportunity_id).in_(some),
        )
        found += await scope.session.exec(statement)
    return found


async def take_back_answers(scope: Scope, rows: Sequence[GateAnswerRow]) -> None:
    """Remove what somebody said that a deal shows."""
    ids = [row.id for row in rows]
    await scope.session.exec(delete(GateAnswerRow).where(col(GateAnswerRow.id).in_(ids)))


async def at_gate(scope: Scope, deal: OpportunityRow, today: date) -> AtGate:
    """Return where a suspect stands at the gate of its owner's team."""
    gate = await gate_of_team(scope, await team_id_of(scope, deal.owner_id))
    suspect = Suspect(deal.id, deal.owner_id or "", deal.name, deal.account)
    return AtGate(gate.asked, (await shown_by(scope, [suspect], today))[deal.id])


async def shown_by(
    scope: Scope, suspects: Sequence[Suspect], today: date
) -> dict[int, dict[GateQuestion, ShownAnswer]]:
    """Return what each of some suspects shows: by somebody's word, or by what their owners promised and did."""
    about = {suspect.id: names_of(suspect) for suspect in suspects}
    owners = sorted({suspect.owner_id for suspect in suspects if suspect.owner_id})
    beginnings = {name[:BEGINNING] for names in about.values() for name in names}
    steps = spoken_of(await scope.ask(STEPS, owner_ids=owners, today=today), beginnings)
    since = today - timedelta(days=SPOKE_WITHIN)
    tried = await scope.ask(TALKS, owner_ids=owners, kinds=KINDS, since=since, today=today)
    talks = spoken_of(
        (
            (*whose, last)
            for *whose, kind, outcome, last in tried
            if answered_by(kind, outcome) is not WasAnswered.NO  # nobody spoke in a call that nobody took
        ),
        beginnings,
    )
    answers = defaultdict[int, list[GateAnswerRow]](list)
    for row in await answers_to_gate(scope, list(about)):
        answers[row.opportunity_id].append(row)
    found: dict[int, dict[GateQuestion, ShownAnswer]] = {}
    for suspect in suspects:
        shown = found[suspect.id] = {}
        if step := of_deal(steps, suspect, about[suspect.id]):
            what, due, made = step
            shown[GateQuestion.NEXT_STEP] = ShownAnswer(made.date(), what, due)
        if talk := of_deal(talks, suspect, about[suspect.id]):
            shown[GateQuestion.SPOKE] = ShownAnswer(talk[0])
        for row in answers[suspect.id]:
            shown.setdefault(row.question, ShownAnswer(row.on, by_tick=True))
    return found


def names_of(suspect: Suspect) -> list[str]:
    """Return by which names somebody may speak of a deal, as they are compared.

    They are its own, its account's, and the first words of its own.
    """
    words = suspect.name.split()[:MOST_WORDS]
    names = [suspect.name, suspect.account or "", *(" ".join(words[:end]) for end in range(1, len(words)))]
    return [folded(name) for name in names if name]


def spoken_of(rows: Iterable[Sequence[Any]], beginnings: Collection[str]) -> Spoken:
    """Return what rows say by their owner, and by the deal that is meant or else each name that their words hold.

    Each begins with an owner, a deal's id or None, and a name. The first row of several counts. Names that begin like
    none of `beginnings` are left out.
    """
    found: Spoken = {}
    for owner, deal_id, name, *said in rows:
        keys: Iterable[str | int] = [deal_id] if deal_id is not None else phrases_in(name or "", beginnings)
        for key in keys:
            found.setdefault((owner, key), said)
    return found


def phrases_in(text: str, beginnings: Collection[str]) -> Iterator[str]:
    """Yield the runs of words of a text that begin like a name, as names are compared: "Dana at Acme" holds "acme"."""
    words = text.split()[:MOST_WORDS]
    for first in range(len(words)):
        begun = folded(words[first])
        if len(begun) < BEGINNING:
            begun = folded(" ".join(words[first:]))
        if any(begun[:letters] in beginnings for letters in range(1, BEGINNING + 1)):
            yield from (folded(" ".join(words[first:end])) for end in range(first + 1, len(words) + 1))


def of_deal(spoken: Spoken, suspect: Suspect, names: Sequence[str]) -> Sequence[Any] | None:
    """Return what is said of a deal itself, or else by one of its names; None without any."""
    keys = list[str | int]([suspect.id, *names])
    return next((spoken[suspect.owner_id, key] for key in keys if (suspect.owner_id, key) in spoken), None)
