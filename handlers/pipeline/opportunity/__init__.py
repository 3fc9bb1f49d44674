"""Deals: shown, added, changed, won, lost, parked and opened again."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from handlers.context import Context
from handlers.feature import Command, Feature, Phrase, Record, Section, Stays, Surface, TeamSection, routes
from handlers.followups.followup.orders import command as followups
from handlers.followups.followup.orders import fitting_orders, moves_something, with_text
from handlers.followups.followup.typed import ask_about_name
from handlers.nudges.reassignment import WorkReassigned
from handlers.people.news import MembersMet, WorkLeft
from handlers.pipeline.opportunity import (
    card,
    close,
    entry,
    facts,
    form,
    given,
    lookup,
    named,
    of_others,
    promises,
    sentence,
    taken_back,
    verb_name,
    wins,
)
from handlers.reading import FILL_IN
from handlers.reply import Reply
from messages import standing
from messages.pipeline import opportunity as views
from messages.pipeline import promise as promise_views
from sales.followups.stated_order import stated_order
from sales.language.phrases import A_DAY
from sales.language.typed_text import clean, shorten
from sales.people.permission import Act
from sales.pipeline.opportunity_phrase import DealAction, DealDraft
from sales.refusal import MOST_READINGS, Reading, Refusal
from storage.pipeline.account import AccountRow, ProductRow
from storage.pipeline.deal_contact import DealContactRow
from storage.pipeline.deal_history import DealChangeRow
from storage.pipeline.deal_stamp import DealStampRow
from storage.pipeline.near_name import names_alike
from storage.pipeline.obstacle import ObstacleRow
from storage.pipeline.opportunity import OpportunityRow, link_owners
from storage.pipeline.owner_stamp import OwnerStampRow
from storage.pipeline.stage import DealStageRow

# Surely an amount.
SUM = r"(?<![\d.,])[$€£¥]?\d[\d.,]*\s?(?:k|m|mm|bn|thousand|million|grand|usd|eur|gbp|dollars|euros)\b"

ACTIONS: Mapping[DealAction, Callable[[Context, DealDraft], Awaitable[Reply]]] = {
    DealAction.LIST: card.show_all,
    DealAction.LIST_PARKED: card.show_parked,
    DealAction.SHOW: card.show,
    DealAction.CREATE: entry.create,
    DealAction.EDIT: entry.amend,
    DealAction.MOVE: entry.move,
    DealAction.WON: close.won,
    DealAction.LOST: close.lost,
    DealAction.PARK: close.park,
    DealAction.REOPEN: close.reopen,
}


async def command(context: Context) -> Reply:
    """`/deal` lists; with words it does to a deal what they say.

    Plain words that move something are about what is open with that name, a deal or a follow-up.
    """
    line, is_plain = clean(context.text), context.request.kind == "events"
    orders = await fitting_orders(context, line) if is_plain else []
    if not orders:
        nameless = is_plain and (asked := stated_order(line)) and await moves_something(context, asked)
        return await (followups(context) if nameless else act(context, context.text))
    try:
        draft = await sentence.read(context, context.text)
        has_deal = bool((await lookup.find(context, draft.name)).found)
    except Refusal:
        has_deal = False
    if not has_deal:
        return await followups(context)
    deal = Reading(shorten(f"The deal {draft.name}"), f"/deal {context.text}")
    raise Refusal("The follow-up or the deal?", readings=[*orders[: MOST_READINGS - 1], deal])


async def worded(context: Context) -> Reply:
    """`/deal won …` and the other words that say what to do: what was typed, as it was typed."""
    return await act(context, f"{context.request.word} {context.text}".strip())


async def move(context: Context) -> Reply:
    """`/deal move …` is the deal's; the same in plain words may be a follow-up's."""
    return await command(with_text(context, f"{context.request.word} {context.text}".strip()))


async def act(context: Context, text: str) -> Reply:
    """Do what a sentence asks for; what cannot be read as it stands can be filled in instead."""
    if text.startswith(FILL_IN):
        return await form.fill_in(context, text.removeprefix(FILL_IN).strip())
    if (theirs := await of_others.of_rep(context, text)) is not None:
        return theirs
    try:
        draft = await verb_name.read_or_ask(context, text, await sentence.reader(context, text))
        if draft.action is DealAction.CREATE and not (await lookup.find(context, draft.name)).maybe:
            await ask_about_name(context, draft.name, sure=draft.is_quoted or draft.account is not None)
        await sentence.require_size(context, draft, text)
        return await ACTIONS[draft.action](context, draft)
    except Refusal as refusal:
        raise form.offered(refusal, text) from None


async def link(context: Context, news: MembersMet) -> None:
    """Deals whose owner was only a name belong to the member who goes by it now."""
    await link_owners(context.scope)


async def alike(context: Context, typed: Sequence[str]) -> Mapping[str, str]:
    """The accounts, and the deals of the person's team, that typed names may be a slip of."""
    team_id = context.team.id if context.team else None
    return await names_alike(context.scope, typed, context.member.user_id, context.today, team_id)


FEATURE = Feature(
    name="opportunity",
    commands=(
        Command(
            "deal",
            "[Acme 24k closes 15 Dec]",
            "your open deals; with a name, one of them; with a value, a new one; quotes hold a name together",
            "/deal Acme 24k",
            command,
            Act.OWN_WORK,
            order=40,
        ),
        Command(
            "deal won",
            "Acme [22k]",
            "close a deal as won",
            "/deal won Acme 22k",
            worded,
            Act.OWN_WORK,
            order=41,
        ),
        Command(
            "deal lost",
            "Acme [price]",
            "close a deal as lost, and say why",
            "/deal lost Acme price",
            worded,
            Act.OWN_WORK,
            order=42,
        ),
        Command(
            "deal edit",
            "Acme [45k closes 15 Dec]",
            "change a deal's value or closing day; with the name alone, in a form",
            "/deal edit Acme 45k",
            worded,
            Act.OWN_WORK,
            order=43,
        ),
        Command(
            "deal move",
            "Acme to 15 Dec",
            "move a deal's closing day",
            "/deal move Acme to 15 Dec",
            move,
            Act.OWN_WORK,
            order=43,
        ),
        Command(
            "deal park",
            "Acme [until October]",
            "take a deal out of the forecast until a day, or until they call",
            "/deal park Acme until October",
            worded,
            Act.OWN_WORK,
            order=43,
        ),
        Command(
            "deal parked",
            "",
            "your parked deals, and what wakes each",
            "/deal parked",
            worded,
            Act.OWN_WORK,
            order=43,
        ),
        Command(
            "deal reopen",
            "Acme",
            "open a deal again that was parked, lost or won",
            "/deal reopen Acme",
            worded,
            Act.OWN_WORK,
            order=43,
        ),
    ),
    phrases=(
        Phrase(r"(?:show |list )?(?:me )?my (?:open )?(?:deals|opportunities|opps)", "deal"),
        Phrase(r"(?:show |list )?(?:me )?(?:my )?parked (?:deals|opportunities|opps)", "deal", "parked"),
        Phrase(r"(?:i |we |i['’]ve |we['’]ve )?(?:just )?((?:won|lost) .*)", "deal", r"\1"),
        Phrase(
            r"((?:park|reopen) .*|(?:move|push) .* to .*|(?:.* (?:is )?)?closed (?:won|lost)(?:\W.*)?)",
            "deal",
            r"\1",
        ),
        Phrase(
            rf"((?:i |we )?(?:just )?closed (?:(?! for ).){{1,120}} for .{{0,60}}?{SUM}.*)", "deal", r"\1"
        ),
        Phrase(
            rf"(\S.{{0,120}} (?:expects?|is now(?: worth)?|now worth) (?:about |around |~)?{SUM}.*)",
            "deal",
            r"\1",
        ),
        Phrase(
            r"(?:(?:add|create|open)(?: a)? )?(?:new )?(?:deal|opportunity|opp):?(?: with| for)? (.*)",
            "deal",
            r"\1",
        ),
        Phrase(
            rf"(\S.{{0,120}}? (?:(?:has|got|was|is) )?(?:moved|slipped|pushed|delayed)(?: back| out)?"
            rf" (?:to|until|till?|into) .{{0,60}}?(?:{A_DAY}|q[1-4]).*)",
            "deal",
            r"\1",
        ),
        Phrase(r"(?:my )?deals", "deal"),
    ),
    actions=routes(
        Act.SEE_WORK_OF,
        {
            views.SHOW: card.show_button,
            views.ALL: card.all_button,
            views.PAGE: card.turn,
            views.PARKED: card.parked_button,
            views.WON: close.won_button,
            views.WON_NEW: close.won_new,
            views.LOST: close.lost_button,
            views.PARK: close.park_button,
            views.REOPEN: close.reopen_button,
            views.EDIT: entry.edit,
            views.REVALUE: entry.revalue,
            views.ADD: entry.add_button,
            views.CLOSE_DAY: facts.close_on,
            views.TAKE_BACK: taken_back.take_back_button,
            promise_views.DONE: promises.settling(is_done=True),
            promise_views.DROP: promises.settling(is_done=False),
            promise_views.KEEP: promises.keep,
        },
    ),
    views=routes(Act.SEE_WORK_OF, {views.SAVE: entry.save, views.LOSE: close.lose_form}),
    hears={MembersMet: link, WorkReassigned: given.hear_reassigned, WorkLeft: given.hear_left},
    names=sentence.names,
    names_alike=alike,
    deals_named=named.deals_named,
    sections=(
        Section(Surface.HOME_BUTTONS, 25, card.home_button, Act.OWN_WORK),
        Section(Surface.DEAL, 10, facts.on_card, Act.SEE_WORK_OF),
        TeamSection(Surface.DIGEST, 10, wins.in_digest, Act.SEE_TEAM),
    ),
    records=(
        Record(
            OpportunityRow,
            undone=True,
            says=standing.opportunity,
            exported=True,
            read=Act.SEE_WORK_OF,
            erased="owner_id",
            stays=Stays("what a team sells and sold", named=("owner_name",)),
        ),
        Record(
            AccountRow,
            undone=True,
            exported=True,
            read=Act.SEE_TEAM,
            exempt="a customer of the workspace; nobody's in it alone",
        ),
        Record(ProductRow, exported=True, read=Act.SEE_TEAM, exempt="what the workspace sells"),
        Record(
            DealChangeRow,
            undone=True,
            exported=True,
            read=Act.SEE_WORK_OF,
            exempt="what a deal said before; it goes with the deal",
        ),
        Record(
            DealContactRow,
            undone=True,
            exported=True,
            read=Act.SEE_WORK_OF,
            exempt="people at a customer; they go with the deal",
        ),
        Record(
            ObstacleRow,
            undone=True,
            exported=True,
            read=Act.SEE_WORK_OF,
            exempt="what could stop a deal; it goes with the deal",
        ),
        Record(
            DealStageRow, undone=True, exported=True, read=Act.SEE_TEAM, exempt="what a team calls its stages"
        ),
        Record(DealStampRow, exempt="whether deals changed; nobody's data"),
        Record(OwnerStampRow, erased="owner", exempt="whether an owner's deals changed"),
    ),
)
