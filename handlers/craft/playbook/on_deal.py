"""The playbook on a deal: which steps it lacks, a tap that ticks one, and what it left open when it went on (47).

Nothing is stopped by a step that is missing.
"""

from collections.abc import Collection, Iterable

from handlers.context import Context, Happened
from handlers.pipeline.opportunity.lookup import already_closed, answer, is_closed, own
from handlers.pipeline.opportunity.on_card import changed_on_card
from handlers.pipeline.opportunity.shown import deal_card, facts_in
from handlers.place import Place
from handlers.reply import Reply
from handlers.section import Look, Shown
from messages.blocks import joined
from messages.craft import playbook as views
from messages.craft.playbook import DealStepsForm
from sales.craft.playbook import StageSteps, place_of
from sales.pipeline.opportunity import StoredOpportunity
from storage.craft import playbook as queries
from storage.people.member import team_id_of
from storage.pipeline.opportunity import OpportunityRow
from storage.pipeline.people_named import names_for
from storage.scope import Scope


async def on_card(look: Look) -> Shown | None:
    """What the deal's stage still asks for; nothing of a deal that is not open, or a team without a playbook."""
    deal = facts_in(look).deal
    found = await queries.steps_for(look.scope, deal)
    if found is None:
        return None
    names = await names_for(look.scope, look.member.user_id, (one.by for one in found.ticks.values()))
    return Shown(views.on_card(deal, found, names, look.now, look.today))


async def tick(context: Context) -> Reply:
    """A step was ticked; one that is in the playbook no more is answered, and ticks no other."""
    row = await own(context, int(context.request.name.split(":")[1]))
    if is_closed(context, row):
        return await already_closed(context, row)
    picked = {int(one) for one in context.request.value.split(",") if one}
    return await kept(context, row, picked, ())


async def kept(
    context: Context,
    row: OpportunityRow,
    on: Collection[int],
    off: Collection[int],
    place: Collection[str] = (),
) -> Reply:
    """Tick these steps of a deal and take those back; the card says what was done."""
    steps = texts(await queries.playbook_of(context.scope, await team_id_of(context.scope, row.owner_id)))
    known = [one for one in on if one in steps]
    me = context.member.user_id
    touched = await queries.tick_steps(context.scope, row.id, known, off, context.today, me)
    if not touched:
        note = views.gone() if len(known) < len(on) else ""
        return answer(context, await deal_card(context, row, note))
    ticked = said(steps, (one.row.step_id for one in touched if not one.gone))  # type: ignore[attr-defined]
    reopened = said(steps, (one.row.step_id for one in touched if one.gone))  # type: ignore[attr-defined]
    notes = [views.ticked(ticked)] if ticked else []
    notes += [views.taken_back(reopened)] if reopened else []
    summary = f"{'a step' if len(touched) == 1 else 'steps'} of {row.name}"
    return await changed_on_card(context, row, joined(notes), summary, touched, list(place))


def texts(found: Iterable[StageSteps]) -> dict[int, str]:
    """Return the words of every step that is in a playbook now."""
    return {step.id: step.text for each in found for step in each.steps}


def said(steps: dict[int, str], ids: Iterable[int]) -> list[str]:
    return [steps[one] for one in ids if one in steps]


async def open_all(context: Context) -> Reply:
    """All steps…: those of each stage the deal came to, to be ticked or taken back."""
    row = await own(context, int(context.request.value))
    if is_closed(context, row):
        return await already_closed(context, row)
    ticks = await queries.ticks_of_deal(context.scope, row.id)
    names = await names_for(context.scope, context.member.user_id, (one.by for one in ticks.values()))
    place = Place.of(context.request.body) or ()
    found = await reached(context.scope, row)
    if not any(each.steps for each in found):
        return answer(context, await deal_card(context, row, views.gone()))
    return Reply(view=views.all_steps(row, found, ticks, names, place, context.today))


async def reached(scope: Scope, deal: StoredOpportunity) -> list[StageSteps]:
    """Return the stages a deal came to, the one it stands in included, with their steps."""
    found = await queries.playbook_of(scope, await team_id_of(scope, deal.owner_id))
    at = place_of(deal.stage_label, found)
    return found[: at + 1] if at is not None else []


async def save_all(context: Context) -> Reply:
    """The form was submitted: what was ticked and taken back in it since it was opened is kept."""
    form = DealStepsForm.read(context.request.private)
    row = await own(context, form.deal_id)
    if is_closed(context, row):
        return await already_closed(context, row)
    chosen = {int(one) for values in context.request.values.values() for one in values or ()}
    before = set(form.ticked)
    return await kept(context, row, sorted(chosen - before), sorted(before - chosen), form.place)


async def when_moved(context: Context, done: Happened) -> list[str]:
    """The steps that a deal left open when it went on to another stage."""
    if done.moved is None:
        return []
    left = await queries.steps_left(context.scope, done.owner_id, *done.moved)
    return [views.left_open(left)] if left else []
