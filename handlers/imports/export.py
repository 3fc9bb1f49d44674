"""The export: a person's own, or for admins the workspace's, as a file in their direct messages.

What the permissions let nobody but its owner read goes into their own export alone: each table's declaration says it.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from handlers.context import Context, OwnedRecord, Prefetched, Preflight
from handlers.feature import Command, Feature, Phrase
from handlers.followups.followup.reminder import remind
from handlers.made_file import FileToMake, MadeFile
from handlers.regarded import looks_into
from handlers.reply import Reply
from handlers.scopes import lacks
from messages.blocks import message_of
from messages.imports import export as views
from sales.imports.export.naming import called
from sales.people.permission import Act
from sales.refusal import Refusal
from storage.followups.followup import find_followup
from storage.imports.export.archive import write_archive
from storage.imports.export.read_in.reading import Added
from storage.imports.export.whose import ShownTo, part_for
from storage.imports.export.write_out import ExportPart
from storage.people.member import every_member, find_member
from storage.scope import Scope

SCOPE = "files:write"


async def may_send(preflight: Preflight) -> bool:
    """Ask Slack whether we may put files into messages."""
    return not await lacks(preflight.slack, SCOPE)


async def export(context: Context) -> Reply:
    """`/rainmaker export`: say that the file comes, which is made once this is answered."""
    everybody, reader, now = context.member.administers, context.member.user_id, context.now
    not_let = views.not_let(mends=everybody)
    if not context.prefetched:
        raise Refusal(not_let)
    if everybody:
        for member in await every_member(context.scope):
            looks_into(member.user_id)
    shown = [shown_to(one, others=everybody) for one in context.declared.records if one.exported]
    name = f"rainmaker-export-{context.today.isoformat()}.zip"

    async def make(scope: Scope, folder: Path) -> MadeFile:
        parts = parts_for(shown, scope.workspace_id, reader)
        files = await write_archive(scope, parts, folder / name, now)
        others = [called(str(one.model.__tablename__)) for one in shown if not one.others and one.owner]
        said = views.given(
            everybody=everybody, tables=len(files), rows=sum(one.rows for one in files), others=sorted(others)
        )
        return MadeFile(folder / name, said)

    file = FileToMake(make, message_of(not_let), views.not_sent(), views.no_room())
    return Reply(say=views.began(everybody=everybody), file=file)


def shown_to(record: OwnedRecord, *, others: bool) -> ShownTo:
    """Return what of a table an admin, or with `others` false anybody, is given."""
    lets = others and record.read is not Act.OWN_WORK
    return ShownTo(record.table, record.erased, lets, record.alone, record.private, record.both)


def parts_for(shown: Sequence[ShownTo], workspace_id: str, reader: str) -> list[ExportPart]:
    every = {str(one.model.__tablename__): one for one in shown}
    parts = [part_for(one, every, workspace_id, reader) for one in shown]
    return [one for one in parts if one is not None]


def reminded(now: datetime) -> Added:
    """Return what puts the reminders of follow-ups that were read in into the ledger, where their time is to come."""

    async def remind_of(scope: Scope, ids: list[int]) -> None:
        for followup_id in ids:
            row = await find_followup(scope, followup_id)
            if row is not None and row.due_at is not None and row.due_at > now:
                member = await find_member(scope, row.owner_id)
                await remind(scope, row, member.zone if member is not None else "UTC", now)

    return remind_of


FEATURE = Feature(
    name="export",
    commands=(
        Command(
            "rainmaker export",
            "",
            "what I keep of you as a file; for admins, of everybody",
            "/rainmaker export",
            Prefetched(may_send, export),
            Act.OWN_WORK,
            order=86,
        ),
    ),
    phrases=(
        Phrase(
            r"(?:please )?(?:export|download|send me|give me) (?:all )?(?:my|our|the) data(?: please)?",
            "export",
        ),
    ),
)
