"""Dropped files: what comes into the direct messages as a file with deals, and the buttons under its one message.

What takes long is done elsewhere (`bot/imports/desk.py`): here a file is put on its way, or on to its next step, in one
unit of work; its message follows.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import structlog

from handlers.context import Context, Preflight, prefetch
from handlers.craft.library.lookup import require_edits
from handlers.declaration import Route
from handlers.feature import Feature, Keeping, Kind, Record, Rendered, routes
from handlers.imports.files.begin import DROP, begin, named
from handlers.imports.files.deck import OTHERWISE, answers_for
from handlers.imports.files.library import LIBRARIES, libraries_of, open_paste, paste
from handlers.imports.files.taken_back import hear_taken_back
from handlers.people.team import changeable_team, team_by_id
from handlers.remembered import TakenBack
from handlers.reply import NOTHING, Reply
from messages.craft.library import IMPORT
from messages.imports import files as views
from messages.imports import files_form as form
from messages.imports.library import PASTE
from sales.imports.files.answers import with_answers
from sales.imports.files.deck_sheet import may_hold_cards
from sales.imports.files.drop import (
    MOST_AT_ONCE,
    MOST_BYTES,
    DropNews,
    DropStep,
    answered,
    is_of_library,
    is_table,
)
from sales.nudges.kind import NudgeKind
from sales.nudges.ledger import Ambiguity, Nudge
from sales.nudges.policy import Skip
from sales.people.permission import Act
from sales.people.retention import Retention
from sales.refusal import Refusal
from storage.imports.files.drop import (
    DroppedFileRow,
    FilePieceRow,
    find_drop,
    forget_drops,
    forget_pieces,
    move_drop,
    say_anew,
)
from storage.imports.files.shape import ImportShapeRow
from storage.imports.files.undo import built_upon
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.rows import DeliveryRow
from storage.people.member import admins_of
from storage.scope import Scope

log = structlog.get_logger()

MOST_LATER = 3  # files named that are to be taken back before
SCOPE = "files:read"
STUB = "check_file_info"


async def whole(before: Preflight) -> list[dict[str, Any]]:
    """Return the files of a message in full: of one from another workspace the event only names the id."""
    found = []
    for file in before.request.files[:MOST_AT_ONCE]:
        if file.get("file_access") == STUB:
            found.append(dict((await before.slack.files_info(file=file["id"]))["file"]))
        else:
            found.append(dict(file))
    return found


@prefetch(whole)
async def dropped(context: Context) -> Reply:
    """A message with files: each that may hold a table is put on its way, with a message of its own."""
    files: list[dict[str, Any]] = context.prefetched or []
    known = [one for one in files if one.get("url_private_download") and is_known(named(one))]
    if not known:
        raise Refusal(views.refused("no_table", name=named(files[0]) if files else "That"))
    if not all(may_hold_cards(named(one)) for one in known):
        context.require(Act.IMPORT_DEALS)
    for file in known:
        may_be = may_hold_cards(named(file))
        await put_on_its_way(
            context, file, await answers_for(context, named(file), own_libraries) if may_be else {}
        )
    more = len(context.request.files) - MOST_AT_ONCE
    return Reply(say=views.note("too_many", count=more)) if more > 0 else NOTHING


async def own_libraries(context: Context) -> dict[str, Any]:
    return {LIBRARIES: await libraries_of(context)}


def is_known(name: str) -> bool:
    """Say whether a file is one that we take, by the end of its name."""
    return is_table(name) or is_of_library(name)


async def put_on_its_way(context: Context, file: Mapping[str, Any], answers: Mapping[str, Any]) -> None:
    """Keep one file that was dropped, with what is known of how to read it, and have its message sent."""
    size = int(file.get("size") or 0)
    row = DroppedFileRow(
        workspace_id=context.scope.workspace_id,
        user_id=context.member.user_id,
        channel_id=context.request.channel_id,
        file_id=str(file["id"]),
        said_at=str(context.request.body["event"]["ts"]),
        name=named(file),
        size=size,
        url=str(file["url_private_download"]),
        answers=dict(answers),
        not_before=context.now,
        arrived_at=context.now,
    )
    if size > MOST_BYTES:
        too_large = views.refused("too_large", size=views.sized(size))
        row.step, row.news = DropStep.FAILED, DropNews(trouble=too_large).model_dump(mode="json")
    await begin(context, row)


async def tell_admins(scope: Scope, user_id: str, lacks: str, now: datetime) -> None:
    """Tell the admins we know that the app may not read files, once a day; whoever dropped one is told there."""
    for admin in await admins_of(scope):
        if admin.user_id != user_id:
            nudge = Nudge(
                key=f"{DROP}:{scope.workspace_id}:lacks:{lacks}:{admin.user_id}:{now.date().isoformat()}",
                kind=DROP,
                intent={"lacks": lacks},
                why="You are an admin, and somebody dropped a file that I may not read.",
                not_before=now,
                user_id=admin.user_id,
            )
            await enqueue(scope, nudge, now)


async def theirs(context: Context, drop_id: str) -> DroppedFileRow:
    """Return the dropped file that a button is about.

    Raises:
        Refusal: if it is not the asking person's, or gone.
    """
    row = await find_drop(context.scope, int(drop_id)) if drop_id.isdecimal() else None
    if row is None:
        raise Refusal(views.refused("let_go"))
    if row.user_id != context.member.user_id:
        raise Refusal(views.refused("gone_on"))
    if not (is_of_library(row.name) or row.told.deck is not None or OTHERWISE in row.answers):
        context.require(Act.IMPORT_DEALS)
    return row


async def confirm(context: Context) -> Reply:
    """Confirm: take in what was previewed. A second press changes nothing."""
    row = await theirs(context, context.request.value)
    if row.told.library is not None and row.step is DropStep.SHOWN:
        team = await team_by_id(context, row.told.library.team_id)
        await require_edits(context, team)
    if row.told.deck is not None and row.told.deck.team_id and row.step is DropStep.SHOWN:
        await changeable_team(context, await team_by_id(context, row.told.deck.team_id))
    if row.step is DropStep.SHOWN and not row.told.open_questions:
        await move_drop(context.scope, row, DropStep.CONFIRMED, context.now)
    else:
        await say_anew(context.scope, row)
    return NOTHING


async def cancel(context: Context) -> Reply:
    """Cancel: nothing comes in, and our copy goes."""
    row = await theirs(context, context.request.value)
    if row.step in (DropStep.ARRIVED, DropStep.SHOWN):
        await forget_pieces(context.scope, row.id)
        await move_drop(context.scope, row, DropStep.CANCELLED, context.now, DropNews())
    else:
        await say_anew(context.scope, row)
    return NOTHING


async def again(context: Context) -> Reply:
    """Try again: what could not be read is fetched and read once more."""
    row = await theirs(context, context.request.value)
    if row.step is DropStep.FAILED and row.told.again:
        step = DropStep.CONFIRMED if row.runs else DropStep.ARRIVED
        await move_drop(context.scope, row, step, context.now, DropNews())
    else:
        await say_anew(context.scope, row)
    return NOTHING


async def undo(context: Context) -> Reply:
    """Undo: for a day all that came in goes back, as far as nobody has changed it since."""
    row = await theirs(context, context.request.value)
    if row.step is DropStep.TAKEN and row.until is not None and row.until > context.now:
        if later := await built_upon(context.scope, row.runs):
            raise Refusal(views.refused("built_upon", names=later[:MOST_LATER], name=row.name))
        await move_drop(context.scope, row, DropStep.UNDOING, context.now, row.told)
        return NOTHING
    await say_anew(context.scope, row)
    if row.step in (DropStep.TAKEN, DropStep.KEPT):
        raise Refusal(views.refused("stands"))
    return NOTHING


async def answer(context: Context) -> Reply:
    """A menu in the message: one thing that was not sure is settled; with the last of them the file is read anew."""
    _, drop_id, kind, about = context.request.name.split(":", 3)
    row = await theirs(context, drop_id)
    if row.step is not DropStep.SHOWN:
        await say_anew(context.scope, row)
        return NOTHING
    news = row.told
    asked = next((one for one in news.questions if views.key_of(one) == f"{kind}:{about}"), None)
    if asked is not None:
        news.questions = answered(news.questions, asked.kind, asked.about, context.request.value)
    await settle(context, row, news)
    return NOTHING


async def settle(context: Context, row: DroppedFileRow, news: DropNews) -> None:
    """Keep what was answered; once nothing is open the file is read anew with it."""
    row.answers = with_answers(row.answers, news.questions)
    if news.open_questions:
        row.news = news.model_dump(mode="json")
        await say_anew(context.scope, row)
    else:
        await move_drop(context.scope, row, DropStep.ARRIVED, context.now, DropNews())


async def adjust(context: Context) -> Reply:
    """The form: what each column and stage is taken for, to be changed."""
    row = await theirs(context, context.request.value)
    if row.step is not DropStep.SHOWN:
        raise Refusal(views.refused("gone_on"))
    return Reply(view=form.form(row, json.dumps([row.id, row.version])))


async def save(context: Context) -> Reply:
    """The submitted form: the file is read anew with what was chosen."""
    drop_id, version = json.loads(context.request.private)
    row = await theirs(context, str(drop_id))
    if row.step is not DropStep.SHOWN or row.version != version:
        raise Refusal(views.refused("gone_on"))
    chosen = [
        one.model_copy(update={"answer": str(context.request.values.get(form.block_of(one)) or "")})
        for one in form.fields(row.told)
    ]
    before = form.fields(row.told)
    row.answers = with_answers(
        row.answers, [now for now, then in zip(chosen, before, strict=True) if now.answer != then.answer]
    )
    await move_drop(context.scope, row, DropStep.ARRIVED, context.now, DropNews())
    return NOTHING


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The message of a file as things stand; or for an admin, that the app may not read files."""
    if "lacks" in delivery.intent:
        return views.lacks_scope(str(delivery.intent["lacks"]))
    row = await find_drop(scope, int(delivery.intent["id"]))
    return views.told(row) if row is not None else Skip("the file is gone")


FEATURE = Feature(
    name="dropped files",
    files=Route(dropped, Act.OWN_WORK),
    actions=routes(
        Act.OWN_WORK,
        {
            views.CONFIRM: confirm,
            views.CANCEL: cancel,
            views.AGAIN: again,
            views.UNDO: undo,
            views.ANSWER: answer,
            views.ADJUST: adjust,
            IMPORT: open_paste,
        },
    ),
    views=routes(Act.OWN_WORK, {views.SAVE: save, PASTE: paste}),
    kinds=(
        Kind(
            NudgeKind(
                DROP,
                "Dropped files",
                "to the files you drop here",
                asked_for=True,
                news=True,
                bundles=False,
                mutable=False,
            ),
            render,
            ambiguity=Ambiguity.REPEAT,
        ),
    ),
    hears={TakenBack: hear_taken_back},
    records=(
        Record(DroppedFileRow, exported=True, erased="user_id"),
        Record(FilePieceRow, exempt="a copy of a dropped file, for a day at most; it goes with its file"),
        Record(ImportShapeRow, exempt="how files with the same columns are read; nobody's data"),
    ),
    keeps=(
        Keeping(
            Retention(
                "drops",
                "What became of dropped files",
                days=90,
                least=7,
                but="How files with the same columns are read stays known.",
            ),
            forget_drops,
        ),
    ),
)
