"""Attitude: what was noted of accounts, by question, with what shows it. Of an account, whoever sells to it."""

from collections.abc import Collection, Iterable

from sqlmodel import Field, UniqueConstraint, col, select

from sales.language.names.match import name_key
from sales.prospects.attitude import MAX_STATEMENT, AttitudeAnswer
from storage.pieces import pieces
from storage.row_image import Touched, image
from storage.scope import Scope


class AttitudeAnswerRow(AttitudeAnswer, table=True):
    """One per account and question, in the place of what was noted before."""

    __tablename__ = "attitude_answer"
    __table_args__ = (
        UniqueConstraint("workspace_id", "account_key", "question_key"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    account_key: str = Field(max_length=200)
    question_key: str = Field(max_length=MAX_STATEMENT)


async def answers_for(scope: Scope, names: Collection[str]) -> dict[str, list[AttitudeAnswerRow]]:
    """Return what was noted of accounts, by how their names are compared; those of which nothing was are missing."""
    found: dict[str, list[AttitudeAnswerRow]] = {}
    for some in pieces(sorted({name_key(name) for name in names} - {""})):
        statement = select(AttitudeAnswerRow).where(
            AttitudeAnswerRow.workspace_id == scope.workspace_id,
            col(AttitudeAnswerRow.account_key).in_(some),
        )
        for row in await scope.session.exec(statement.order_by(col(AttitudeAnswerRow.id))):
            found.setdefault(row.account_key, []).append(row)
    return found


async def save_answers(scope: Scope, answers: Iterable[AttitudeAnswer]) -> list[Touched]:
    """Note what is known of an account's attitude; return what undoing it needs. What is said already is left alone."""
    touched = []
    for answer in answers:
        held = (await answers_for(scope, [answer.account])).get(name_key(answer.account), [])
        same = next((row for row in held if row.question_key == name_key(answer.question)), None)
        if same is not None and (same.says, same.evidence) == (answer.says, answer.evidence):
            continue
        touched.append(await save_answer(scope, same, answer))
    return touched


async def save_answer(scope: Scope, row: AttitudeAnswerRow | None, answer: AttitudeAnswer) -> Touched:
    before = image(row) if row is not None else None
    said = AttitudeAnswer.model_validate(answer.model_dump(include=set(AttitudeAnswer.model_fields)))
    if row is None:
        row = AttitudeAnswerRow.model_validate(
            {
                **said.model_dump(),
                "workspace_id": scope.workspace_id,
                "account_key": name_key(answer.account),
                "question_key": name_key(answer.question)[:MAX_STATEMENT],
            }
        )
    else:
        row.sqlmodel_update(said.model_dump())
    scope.session.add(row)
    await scope.session.flush()
    return Touched(row, before)


async def forget_answers(scope: Scope, rows: Iterable[AttitudeAnswerRow]) -> list[Touched]:
    """Take back what was noted; return what undoing that needs."""
    touched = []
    for row in rows:
        touched.append(Touched(row, image(row), gone=True))
        await scope.session.delete(row)
    await scope.session.flush()
    return touched
