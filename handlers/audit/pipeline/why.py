"""`/why pipeline`: what each check looks for and how it fared; and a check that was switched off checks again."""

from handlers.context import Context
from handlers.remembered import remember
from handlers.reply import Reply
from messages.audit import pipeline as views
from messages.audit.pipeline.told import CheckStanding
from messages.blocks import Message
from sales.audit.check import BY_KEY, CHECKS, CheckRecord
from storage.audit.finding import check_mutes, check_records, find_check_mute, unmute_check
from storage.audit.pipeline import retired
from storage.pipeline.cycle import record_on
from storage.row_image import Touched, image

WORDS = frozenset({"pipeline", "audit", "checks"})


async def explain(context: Context) -> Reply | None:
    """Answer for the checks; None for other words."""
    return Reply(say=await why(context)) if context.text.strip().casefold() in WORDS else None


async def why(context: Context) -> Message:
    """Return all that is to be told of the checks."""
    records = await check_records(context.scope, (await record_on(context.scope, context.today)).cycle)
    off, gone = await check_mutes(context.scope, context.member.user_id), retired(records)
    return views.why_page(
        [
            CheckStanding(one, records.get(one.key, CheckRecord()), one.key in off, one.key in gone)
            for one in CHECKS
        ]
    )


async def check_again(context: Context) -> Reply:
    """A check that the person switched off speaks to them again."""
    check = BY_KEY[context.request.value]
    row = await find_check_mute(context.scope, context.member.user_id, check.key)
    if row is not None:
        before = image(row)
        await unmute_check(context.scope, row)
        await remember(context, f"{check.name}: checked again", Touched(row, before, gone=True))
    return Reply(edit=await why(context))
