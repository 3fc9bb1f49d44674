"""Decks in a file: what one would change, and taking it in as one action, also five thousand cards (70)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlmodel import col, insert, select

from sales.coaching.drill.card import DrillCard
from sales.coaching.drill.deck_change import (
    CardChange,
    DeckChanges,
    DeckOutlook,
    DeckWriter,
    changes_of,
    outlook_of,
    still_so,
)
from sales.coaching.drill.deck_file import ReadDeck
from storage.coaching.drill.card import DrillCardRow, cards_for
from storage.row_image import Touched, image
from storage.scope import Scope
from storage.undo import remember_undo

AT_ONCE = 500  # ids in one question to the database


class TakenDeck(NamedTuple):
    """What came of a file, and the action that takes it back; None where nothing changed."""

    outlook: DeckOutlook
    undo_id: int | None


async def outlook_for(scope: Scope, found: ReadDeck, writer: DeckWriter) -> DeckOutlook:
    """Return what a file would change in the decks of its writer."""
    return outlook_of(await compared(scope, found, writer), writer)


async def compared(scope: Scope, found: ReadDeck, writer: DeckWriter) -> DeckChanges:
    return changes_of(found, await cards_for(scope, writer.team_id, writer.user_id), writer)


async def take_in(
    scope: Scope,
    found: ReadDeck,
    writer: DeckWriter,
    before: Mapping[str, str],
    today: date,
    now: datetime,
) -> TakenDeck:
    """Change what was shown, in one action; what somebody wrote meanwhile stays. `before` is how cards read then."""
    changes = still_so(await compared(scope, found, writer), before)
    outlook = outlook_of(changes, writer)
    added = [one.said for one in changes.new]
    added += [
        one.said for one in changes.changed if one.held is not None and not one.held.id
    ]  # ours, until now
    touched = await add_cards(scope, writer.team_id, added, today)
    touched += await change_cards(scope, [one for one in changes.changed if one.held and one.held.id], today)
    if not touched:
        return TakenDeck(outlook, None)
    whose = f"for {outlook.team}" if outlook.team else "of your own"
    undo = await remember_undo(scope, writer.user_id, now, f"a file of cards {whose}", touched)
    return TakenDeck(outlook, undo.id)


async def add_cards(
    scope: Scope, team_id: int | None, said: Sequence[DrillCard], today: date
) -> list[Touched]:
    """Put cards into decks, all of them at once. Return what undoing it needs."""
    if not said:
        return []
    given = {"workspace_id": scope.workspace_id, "changed_on": today, "is_gone": False}
    values: list[dict[str, Any]] = [
        {**one.model_dump(), **given, "team_id": None if one.for_id else team_id} for one in said
    ]
    statement = insert(DrillCardRow).returning(col(DrillCardRow.id), sort_by_parameter_order=True)
    await scope.session.flush()
    ids = (await (await scope.session.connection()).execute(statement, values)).scalars()
    return [
        Touched(DrillCardRow.model_validate({**one, "id": row_id}))
        for row_id, one in zip(ids, values, strict=True)
    ]


async def change_cards(scope: Scope, changes: Sequence[CardChange], today: date) -> list[Touched]:
    """Let cards that have a row say something else, all at once. Return what undoing it needs."""
    said = {one.held.id: one for one in changes if one.held is not None}
    ids, touched = list(said), list[Touched]()
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        statement = select(DrillCardRow).where(
            DrillCardRow.workspace_id == scope.workspace_id, col(DrillCardRow.id).in_(some)
        )
        for row in await scope.session.exec(statement):
            change = said[row.id]
            before = image(row)
            if change.held is not None and change.held.fingerprint != change.said.fingerprint:
                row.changed_on = today
            row.sqlmodel_update(change.said.model_dump())
            scope.session.add(row)
            touched.append(Touched(DrillCardRow.model_validate(row.model_dump()), before))
    await scope.session.flush()
    return touched
