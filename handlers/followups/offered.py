"""A sentence that no phrase fits, offered as the follow-up or the log it may be: "acme fri 3pm send roi"."""

import re

from handlers.context import Context
from messages.followups.activity import logged_summary
from sales.followups.activity_phrase import may_name, read_log
from sales.followups.activity_words import items_within
from sales.followups.followup_phrase import read_followup
from sales.followups.named_items import fitting, naming
from sales.language.figures import long_day
from sales.language.phrases import A_DAY
from sales.language.typed_text import clean, shorten
from sales.refusal import Reading, Refusal
from storage.followups import followup as queries

LONGEST = 300  # characters: more is no order
# A sentence that begins so asks, answers or tells something.
TELLS = re.compile(
    r"(?:who|what|when|where|why|how|which|whose|is|are|was|were|do|does|did|has|have|had|shall|should|thanks?|thx|no|yes"
    r"|i|i['’]?(?:ll|m|ve|d)|we|we['’](?:ll|re|ve)|you|he|she|it|they|that|this|there|my|our|sorry)(?!\w)",
    re.IGNORECASE,
)
DAY = re.compile(A_DAY, re.IGNORECASE)
DID = re.compile(
    r"(?:(?:i|we|i['’]ve|we['’]ve|just|already|finally)\s+)*(?:sent|e-?mailed|shared|delivered|booked|submitted|signed|forwarded)"
    r"\s+",
    re.I,
)


async def as_done(context: Context, text: str) -> list[Reading]:
    """Return what is told as done as the one open follow-up that its words fit: "sent the contract to Globex"."""
    did = DID.match(text)
    words = text[did.end() :] if did else ""
    if len(text) > LONGEST or not naming(words):
        return []
    found = fitting(words, await queries.open_of(context.scope, context.member.user_id))
    if not found.sure or len(found.rows) != 1:
        return []
    row = found.rows[0]
    return [Reading(shorten(f"Done: {row.who}, {row.what}"), f"/followup done #{row.id}")]


async def as_followup(context: Context, text: str) -> list[Reading]:
    """Return a sentence as a follow-up, if it names a day ahead and somebody, and gives an order."""
    if done := await as_done(context, text):
        return done
    if len(text) > LONGEST or TELLS.match(text) or not DAY.search(text):
        return []
    try:
        known = await context.declared.names(context, clean(text))
        draft = read_followup(text, context.now, context.zone, known)
    except Refusal:
        return []
    day = long_day(draft.when.day, context.today)
    return [Reading(shorten(f"Follow-up: {shorten(draft.who, 24)}, {day}"), f"/followup {text}")]


async def as_log(context: Context, text: str) -> list[Reading]:
    """Return a sentence as what was done, if it names an activity of a day that is not to come."""
    if len(text) > LONGEST or text.endswith("?") or next(items_within(text), None) is None:
        return []
    try:
        known = await context.declared.names(context, may_name(text))
        draft = read_log(text, context.now, context.zone, known)
    except Refusal as refusal:
        return [Reading("Log it", f"/log {text}")] if refusal.readings else []
    summary = logged_summary(dict(draft.activities), draft.account)
    return [Reading(shorten(f"Log {summary}"), f"/log {text}")]
