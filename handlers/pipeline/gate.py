"""The entry gate: what a suspect shows is ticked on its card, the way round it is seen, and each team has its own."""

from collections.abc import Sequence

from handlers.context import Context
from handlers.feature import Command, Feature, Look, Record, Section, Shown, Surface, routes
from handlers.people.team import changeable_team, team_by_id, team_to_change
from handlers.pipeline.opportunity.close import in_place
from handlers.pipeline.opportunity.lookup import answer, own
from handlers.pipeline.opportunity.news import OPENED, tell, typed
from handlers.pipeline.opportunity.on_card import form_of
from handlers.pipeline.opportunity.shown import deal_card, facts_in, owner_in
from handlers.place import Place
from handlers.remembered import remember
from handlers.reply import Reply
from messages.blocks import Block, joined
from messages.blocks import context as small
from messages.pipeline import gate as views
from messages.pipeline.opportunity import FormOfDeal
from sales.language.typed_text import MAX_WORDS, clean
from sales.people.permission import Act
from sales.pipeline.gate import GateQuestion, Integrity, gate_of, passed
from sales.pipeline.opportunity import Entry, Stage
from sales.refusal import Refusal
from storage.pipeline import gate as queries
from storage.pipeline.beside import with_history
from storage.pipeline.integrity import integrity_of
from storage.pipeline.opportunity import (
    OpportunityRow,
    change_opportunity,
    find_opportunity,
    live_deals,
)
from storage.row_image import Touched, image

COUNTS = "This deal counts already; nothing was changed."


async def on_card(look: Look) -> Shown | None:
    """What a suspect lacks, with the ways through; of an open deal, why it counts where it showed nothing."""
    deal = facts_in(look).deal
    if deal.stage is not Stage.SUSPECT:
        said = views.counts_by(deal)
        return Shown([small(said)]) if said is not None else None
    row = await find_opportunity(look.scope, deal.id)
    assert row is not None
    return Shown(await blocks_of(look, row))


async def blocks_of(look: Context | Look, row: OpportunityRow) -> list[Block]:
    """Return a suspect's gate as it is shown."""
    return views.suspect_blocks(row, await queries.at_gate(look.scope, row, look.today))


async def in_pipeline(look: Look) -> Shown | None:
    """How much of somebody's pipeline shows what it must; who reads it for them sees why the rest counts anyway."""
    owner = owner_in(look)
    found = (await integrity_of(look.scope, [owner.user_id], look.today)).get(owner.user_id, Integrity())
    said = [views.integrity_line(found)]
    if owner.user_id != look.member.user_id and found.anyway:
        every = await live_deals(look.scope, owner.user_id, look.today)
        said.append(views.anyway_lines([one for one in every if one.entry is Entry.ANYWAY]))
    lines = [one for one in said if one is not None]
    return Shown([small(joined(lines))]) if lines else None


async def tick(context: Context) -> Reply:
    """Somebody says what a deal shows, or takes that back; with the last thing its gate asks for the deal counts."""
    picked = [one for one in context.request.value.split(",") if one]
    deal_id, on, off = views.ticked(context.request.body, picked)
    row = await own(context, deal_id)
    if row.stage is not Stage.SUSPECT:
        return answer(context, await deal_card(context, row, COUNTS))
    stored = {one.question: one for one in await queries.answers_to_gate(context.scope, [row.id])}
    gone = [stored[question] for question in off if question in stored]
    await queries.take_back_answers(context.scope, gone)
    touched = [Touched(one, image(one), gone=True) for one in gone]
    for question in GateQuestion:
        if question in on and question not in stored:
            said = await queries.answer_gate(
                context.scope, row.id, question, context.today, context.member.user_id
            )
            touched.append(Touched(said))
    return await go_on(context, row, await with_history(context.scope, touched, typed(context)))


async def go_on(context: Context, row: OpportunityRow, touched: Sequence[Touched], note: str = "") -> Reply:
    """Let a deal count that shows all its gate asks for by now; another is shown with what it still lacks."""
    if touched and (await queries.at_gate(context.scope, row, context.today)).is_met:
        return await enter(context, row, Entry.PASSED, touched=touched)
    undo_id = None
    if touched:
        undo_id = (await remember(context, f"a tick at the gate of {row.name}", *touched)).id
    return answer(context, await deal_card(context, row, note, undo_id))


async def enter(
    context: Context, row: OpportunityRow, entry: Entry, reason: str = "", touched: Sequence[Touched] = ()
) -> Reply:
    """Let a suspect count from today, and say which goals that moved."""
    deal = passed(row, context.today, entry, reason)
    changes = await change_opportunity(context.scope, row, deal, typed(context))
    message = await tell(context, "opened", f"{row.name} opened", [*changes, *touched], OPENED)
    return answer(context, message)


async def count_it(context: Context) -> Reply:
    """Count a suspect that shows all by now, as by a follow-up that was promised meanwhile."""
    row = await own(context, int(context.request.value))
    if row.stage is not Stage.SUSPECT:
        return answer(context, await deal_card(context, row, COUNTS))
    if not (await queries.at_gate(context.scope, row, context.today)).is_met:
        return answer(context, await deal_card(context, row))
    return await enter(context, row, Entry.PASSED)


async def ask_reason(context: Context) -> Reply:
    """Open the form for why a suspect counts anyway."""
    row = await own(context, int(context.request.value))
    return Reply(view=views.anyway_form(row, form_of(context, row)))


async def save_anyway(context: Context) -> Reply:
    """The form for a reason was submitted."""
    kept = FormOfDeal.read(context.request.private)
    row, place = await own(context, kept.deal_id), Place.kept(kept.place)
    reason = clean(context.request.values.get(views.REASON) or "", MAX_WORDS, views.REASON)
    if not reason:
        raise Refusal("A few words are enough: they buy every autumn.", field=views.REASON)
    if row.stage is not Stage.SUSPECT:
        return in_place(answer(context, await deal_card(context, row, COUNTS)), place)
    return in_place(await enter(context, row, Entry.ANYWAY, reason), place)


async def open_gate(context: Context) -> Reply:
    """`/team gate`: what a team's deals must show before they count, in a form."""
    team = await team_to_change(context)
    seen = await queries.imported_stages(context.scope, views.MOST_SEEN)
    return Reply(view=views.gate_form(await queries.gate_of_team(context.scope, team.id), team.id, seen))


async def save_gate(context: Context) -> Reply:
    """The form of a team's gate was submitted."""
    team = await changeable_team(context, await team_by_id(context, context.request.private))
    chosen = context.request.values
    gate = gate_of(chosen.get(views.ASKS) or (), clean(chosen.get(views.WAITS) or ""))
    saved = await queries.save_gate(context.scope, team.id, gate)
    await remember(context, f"entry gate of {team.name}", saved)
    return Reply(say=views.gate_saved(team.name, gate))


FEATURE = Feature(
    name="gate",
    commands=(
        Command(
            "team gate",
            "[name]",
            "what a deal must show before it counts, and which stages of an import wait",
            "/team gate",
            open_gate,
            Act.CHANGE_TEAM,
            order=61,
        ),
    ),
    actions=routes(
        Act.SEE_WORK_OF,
        {views.TICK: tick, views.ANYWAY: ask_reason, views.COUNT: count_it},
    ),
    views={
        **routes(Act.SEE_WORK_OF, {views.SAVE_ANYWAY: save_anyway}),
        **routes(Act.CHANGE_TEAM, {views.SAVE_GATE: save_gate}),
    },
    sections=(
        Section(Surface.DEAL, 10, on_card, Act.SEE_WORK_OF),
        Section(Surface.PIPELINE, 10, in_pipeline, Act.OWN_WORK),
    ),
    records=(
        Record(
            queries.GateRow,
            undone=True,
            exported=True,
            read=Act.SEE_TEAM,
            exempt="what a team asks of its deals",
        ),
        Record(
            queries.GateAnswerRow,
            undone=True,
            exported=True,
            read=Act.SEE_WORK_OF,
            exempt="what somebody said that a deal shows; it goes with the deal",
        ),
    ),
)
