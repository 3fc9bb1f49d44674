"""What customers answered: kept with the deal, one answer to each question."""

from collections.abc import Mapping, Sequence

from sqlmodel import Field, UniqueConstraint, col, select

from sales.craft.prep.question import DealAnswer, StoredDealAnswer
from storage.row_image import Touched, image
from storage.scope import Scope


class DealAnswerRow(StoredDealAnswer, table=True):
    """One answer; it goes when the deal goes."""

    __tablename__ = "deal_answer"
    __table_args__ = (UniqueConstraint("opportunity_id", "key"), {"sqlite_autoincrement": True})

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    opportunity_id: int = Field(foreign_key="opportunity.id", ondelete="CASCADE")


async def deal_answers(scope: Scope, deal_id: int) -> list[DealAnswerRow]:
    """Return what was answered about a deal, the latest first."""
    statement = select(DealAnswerRow).where(
        DealAnswerRow.workspace_id == scope.workspace_id, DealAnswerRow.opportunity_id == deal_id
    )
    latest_first = statement.order_by(col(DealAnswerRow.on).desc(), col(DealAnswerRow.id).desc())
    return list(await scope.session.exec(latest_first))


async def save_deal_answers(scope: Scope, answers: Sequence[DealAnswer]) -> list[Touched]:
    """Store answers, each in the place of what was said to its question before; return what undoing it needs.

    What says the same as before stays as it is, with its day.
    """
    touched: list[Touched] = []
    for said in answers:
        row = (await _by_key(scope, said.opportunity_id)).get(said.key)
        if row is not None and row.says == said.says:
            continue
        before = image(row) if row is not None else None
        values = DealAnswer.model_validate(said.model_dump()).model_dump()
        if row is None:
            row = DealAnswerRow.model_validate({**values, "workspace_id": scope.workspace_id})
        else:
            row.sqlmodel_update(values)
        scope.session.add(row)
        await scope.session.flush()
        touched.append(Touched(row, before))
    return touched


async def forget_deal_answers(scope: Scope, deal_id: int, keys: Sequence[str]) -> list[Touched]:
    """Take answers to some questions back, which are open again then; return what undoing it needs."""
    held = await _by_key(scope, deal_id)
    touched: list[Touched] = []
    for row in (held[key] for key in keys if key in held):
        touched.append(Touched(row, image(row), gone=True))
        await scope.session.delete(row)
    await scope.session.flush()
    return touched


async def _by_key(scope: Scope, deal_id: int) -> Mapping[str, DealAnswerRow]:
    return {row.key: row for row in await deal_answers(scope, deal_id)}
