"""Matching, once: what each stage of a CRM is here, and who each owner is."""

from handlers.context import Context
from handlers.imports.sync.standing import unmatched_people
from handlers.remembered import remember
from handlers.reply import Reply
from messages.imports import sync as views
from sales.imports.files.lookalike import ANOTHER, SAME
from sales.imports.sync.record import CrmStageKind
from sales.refusal import Refusal
from storage.imports.sync.connection import CrmConnectionRow, ask_for_pull, find_connection
from storage.imports.sync.known import team_of
from storage.imports.sync.record import CrmRecordRow
from storage.imports.sync.stage import CrmStageRow, owners_of, stages_of
from storage.pipeline.stage import stages_of as team_stages
from storage.row_image import Touched, image

WHO = ("user_id", "said")


async def connection_meant(context: Context, said: str) -> CrmConnectionRow:
    """Return the connection that a button or form is of.

    Raises:
        Refusal: if it is not connected any more.
    """
    row = await find_connection(context.scope, int(said)) if said.isdecimal() else None
    if row is None:
        raise Refusal("That CRM is not connected any more. `/rainmaker sync` shows what is.")
    return row


async def open_stages(context: Context) -> Reply:
    """Open the form of stages."""
    row = await connection_meant(context, context.request.value)
    team = await team_of(context.scope, row)
    ours = await team_stages(context.scope, team.id if team is not None else None)
    asked = [(one.id, one.there, one.matched) for one in await open_there(context, row)]
    return Reply(view=views.stages_form(row.name, row.id, asked, ours))


async def open_there(context: Context, row: CrmConnectionRow) -> list[CrmStageRow]:
    """Return the stages that a form asks of: those of which nobody said anything; once all are matched, every one."""
    every = [
        one
        for one in await stages_of(context.scope, row.id)
        if one.kind is CrmStageKind.OPEN and not one.gone
    ]
    return [one for one in every if not one.matched] or every


async def save_stages(context: Context) -> Reply:
    """Keep what stages are here; the deals in them follow with the next pull."""
    row = await connection_meant(context, context.request.private)
    touched = []
    for one in await stages_of(context.scope, row.id):
        if views.field_of(one.id) not in context.request.values:
            continue
        chosen = context.request.values.get(views.field_of(one.id)) or ""
        said = one.label if chosen == views.AS_IT_IS else chosen
        if said != one.matched:
            before = image(one, ("matched",))
            one.matched = said[:60]
            context.scope.session.add(one)
            touched.append(Touched(one, before, columns=("matched",)))
    return await kept(context, row, touched)


async def open_people(context: Context) -> Reply:
    """Open the form of owners who are nobody here yet."""
    row = await connection_meant(context, context.request.value)
    asked = [(one.id, one.there, one.user_id) for one in await unmatched_people(context.scope, row)]
    return Reply(view=views.people_form(row.name, row.id, asked))


async def save_people(context: Context) -> Reply:
    """Keep who owners are; their deals follow with the next pull."""
    row = await connection_meant(context, context.request.private)
    touched = []
    for one in await owners_of(context.scope, row.id):
        chosen = context.request.values.get(views.field_of(one.id))
        if chosen:
            before = image(one, WHO)
            one.user_id, one.said = chosen, True
            context.scope.session.add(one)
            touched.append(Touched(one, before, columns=WHO))
    return await kept(context, row, touched)


async def kept(context: Context, row: CrmConnectionRow, touched: list[Touched]) -> Reply:
    """Let what was said count: every open deal is read again with it."""
    if touched:
        await remember(context, f"what {row.name} is here", *touched)
        ask_for_pull(context.scope, row, context.now, rereads=True)
    return Reply(say=views.matched(row.name))


async def choose(context: Context, chosen: str) -> Reply:
    """Say of a deal of a CRM that it is the one typed here, or another."""
    record = await context.scope.session.get(CrmRecordRow, int(context.request.value))
    ours = record is not None and record.workspace_id == context.scope.workspace_id
    if record is None or not ours or not record.waits or record.chosen:
        return Reply(say=views.settled())
    before = image(record, ("chosen",))
    record.chosen = chosen
    context.scope.session.add(record)
    row = await connection_meant(context, str(record.connection_id))
    await remember(context, f"a deal of {row.name}", Touched(record, before, columns=("chosen",)))
    ask_for_pull(context.scope, row, context.now)
    return Reply(say=views.chosen(str(record.said.get("name", "")), is_same=chosen == SAME))


async def same(context: Context) -> Reply:
    return await choose(context, SAME)


async def another(context: Context) -> Reply:
    return await choose(context, ANOTHER)
