"""Debriefs: what a closed deal teaches, asked once, kept on its card (mechanism 33)."""

from handlers.feature import Feature, Kind, Look, Record, Section, Shown, Surface, routes
from handlers.pipeline.debrief.answering import (
    answer,
    answer_day,
    keep_form,
    keep_words,
    open_form,
    open_words,
    settling,
    take_back_answer,
)
from handlers.pipeline.debrief.asking import hear_lost, render, render_again
from handlers.pipeline.opportunity.news import DealLost
from handlers.pipeline.opportunity.shown import facts_in, owner_in
from messages.pipeline import debrief as views
from sales.nudges.kind import NudgeKind, Topic
from sales.people.permission import Act
from sales.pipeline.debrief import DEBRIEF
from storage.pipeline.debrief import DebriefRow, earlier_close, look_backs, lost_lately
from storage.pipeline.opportunity import find_opportunity


async def on_card(look: Look) -> Shown | None:
    """What a closed deal taught, and the way to say it; of one that was opened again what was said of it before."""
    row = await find_opportunity(look.scope, facts_in(look).deal.id)
    if row is None:
        return None
    found = await look_backs(look.scope, [row])
    if not found:
        before = await earlier_close(look.scope, row)
        return Shown(views.on_open_card(before)) if before is not None else None
    return Shown(views.on_card(found[0]), [views.card_button(found[0])])


async def in_pipeline(look: Look) -> Shown | None:
    """What the last losses of somebody taught, to whoever goes through their deals with them."""
    owner = owner_in(look)
    if owner.user_id == look.member.user_id:
        return None
    found = await lost_lately(look.scope, owner.user_id, look.today)
    return Shown(views.lately(found)) if found else None


FEATURE = Feature(
    name="debrief",
    actions=routes(
        Act.SEE_WORK_OF,
        {
            views.ANSWER: answer,
            views.ON_DAY: answer_day,
            views.IN_WORDS: open_words,
            views.OPEN: open_form,
            views.BACK: take_back_answer,
            views.PROMISE_DONE: settling(is_done=True),
            views.PROMISE_DROP: settling(is_done=False),
        },
    ),
    views=routes(Act.SEE_WORK_OF, {views.KEEP: keep_form, views.KEEP_WORDS: keep_words}),
    hears={DealLost: hear_lost},
    kinds=(
        Kind(
            NudgeKind(
                DEBRIEF,
                "Debrief",
                "within the hour of a deal you lost, and one reminder",
                news=True,
                for_reps=True,
                bundles=False,  # else the reminder comes with the question, where that had to wait
                topic=Topic.DEALS,
                order=140,
            ),
            render,
            render_again,
        ),
    ),
    sections=(
        Section(Surface.DEAL, 20, on_card, Act.SEE_WORK_OF),
        Section(Surface.PIPELINE, 20, in_pipeline, Act.OWN_WORK),
    ),
    records=(
        Record(
            DebriefRow,
            undone=True,
            exported=True,
            read=Act.SEE_WORK_OF,
            exempt="what a closed deal taught; it goes with the deal",
        ),
    ),
)
