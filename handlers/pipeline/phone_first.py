"""Phone first: who got only e-mails on a rep's own Home, and `/why channels` (mechanism 44).

It sends nothing by itself, and nobody else reads it.
"""

from handlers.context import Context
from handlers.feature import Feature, Look, Section, Shown, Surface
from handlers.reply import Reply
from handlers.section import collected
from messages.pipeline import phone_first as views
from sales.people.permission import Act
from storage.pipeline.phone_first import only_mailed, own_yields, share_of_phone

WORDS = frozenset({"channel", "channels", "my channels", "phone", "phone first", "the phone"})


async def on_home(look: Look) -> Shown | None:
    """Who got only e-mails, in a line; nothing where nobody did."""
    if look.team is None or not look.member.is_rep:
        return None
    found = await only_mailed(look.scope, look.member.user_id, look.today)
    return Shown([views.home_line(found)]) if found else None


async def explain(context: Context) -> Reply | None:
    """`/why channels`: one's own, whoever asks; None for other words."""
    if context.text.strip(" ?!.").casefold() not in WORDS:
        return None
    user_id, today = context.member.user_id, context.today
    mailed = await only_mailed(context.scope, user_id, today)
    share = await share_of_phone(context.scope, user_id, today)
    look = Look(context.scope, context.member, context.team, context.now, today)
    beside = await collected(context.declared.sections(Surface.CHANNELS), look)
    more = [block for shown in beside for block in shown.blocks]
    yields = await own_yields(context.scope, user_id, today)
    return Reply(say=views.channels(mailed, share, yields, more))


FEATURE = Feature(
    name="phone_first",
    sections=(Section(Surface.HOME, 56, on_home, Act.OWN_WORK),),
    explain=explain,
    explains="channels",
)
