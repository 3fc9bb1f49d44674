"""Touched: what an action changed of members, so that it can be taken back and nothing else with it."""

from collections.abc import Collection, Mapping

from handlers.context import Context
from storage.people.member import find_member
from storage.row_image import Image, Touched, image


async def member_touched(
    context: Context, user_id: str, before: Image, columns: Collection[str]
) -> Touched | None:
    """Return what of a member differs from an image of these columns; None if nothing does."""
    row = await find_member(context.scope, user_id)
    assert row is not None
    now = image(row, columns)
    other = [name for name in columns if now[name] != before[name]]
    return Touched(row, {name: before[name] for name in other}, columns=other) if other else None


async def people_touched(
    context: Context, before: Mapping[str, Image], columns: Collection[str]
) -> list[Touched]:
    """Return what of these members differs from the images of these columns taken before, by user id.

    Rows that were read before will not do: what is saved of a member shows in them at once.
    """
    found = [await member_touched(context, user_id, was, columns) for user_id, was in before.items()]
    return [one for one in found if one is not None]
