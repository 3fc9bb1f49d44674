"""`/pipeline`: a page of one's own deals, of a rep's, or all of a team's in a line each; the question on a card."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from handlers.ahead import answered_ahead
from handlers.audit.pipeline import reading
from handlers.audit.pipeline.step import page_of
from handlers.context import Context
from handlers.feature import Line, Look, Shown, Surface, TeamLook, Tells, Told
from handlers.people.team import about_team, team_to_read
from handlers.pipeline.opportunity.lookup import own
from handlers.pipeline.opportunity.shown import deal_card, facts_in
from handlers.remembered import remember
from handlers.reply import Reply
from handlers.section import collected
from messages.audit import pipeline as views
from messages.audit.pipeline.told import LeftPipeline, RepPipeline
from messages.blocks import Message
from messages.replies import as_modal
from sales.audit.page import AuditSpot
from sales.language.dates.instants import local_date
from sales.people.permission import Act
from sales.pipeline.deal_history import MovedBy
from sales.pipeline.likely_value import LikelyValue
from sales.pipeline.opportunity import CLOSED, by_currency
from sales.pipeline.pulled_forward import is_to_be_asked, pulled_forward
from sales.refusal import Refusal
from storage.audit.finding import newest_answer
from storage.audit.pipeline import likely_of, pipeline_audit
from storage.people.member import find_member, members_in, who_left
from storage.people.team import TeamRow, find_team
from storage.pipeline.deal_history import find_change, say_who_moved
from storage.pipeline.opportunity import live_deals
from storage.scope import Scope


async def first_page(context: Context, user_id: str) -> Message:
    """Return the first page of somebody's pipeline: a new round begins behind the last answer there is."""
    whose = await reading.read_by(context, user_id)
    spot = AuditSpot(user_id, await newest_answer(context.scope))
    page = (await reading.plan(context.scope, whose, spot)).page
    found = page_of(page)
    look = Look(context.scope, context.member, whose.team, context.now, whose.today, about=whose.owner)
    below = await collected(context.declared.sections(Surface.PIPELINE), look)
    return replace(found, blocks=[*found.blocks, *(block for one in below for block in one.blocks)])


@answered_ahead
async def command(context: Context) -> Reply:
    """`/pipeline`, `/pipeline @ana`: for the reader alone, also in a channel."""
    whose = await reading.meant(context)
    return Reply(say=await first_page(context, whose.owner.user_id))


@answered_ahead
async def start(context: Context) -> Reply:
    """The button on Home."""
    found = await first_page(context, context.member.user_id)
    return Reply(view=as_modal(found, "Pipeline")) if context.request.is_on_home else Reply(edit=found)


async def home_button(look: Look) -> Shown | None:
    return Shown(buttons=[views.home_button()]) if look.team is not None and look.member.is_rep else None


# a team's


@answered_ahead
async def command_of_team(context: Context) -> Reply:
    """`/pipeline team`: each rep's pipeline in a line, for their managers and admins."""
    return Reply(say=await of_team(context, await team_to_read(context, "The pipeline")))


@answered_ahead
async def look(context: Context) -> Reply:
    """Look beside a rep: their pipeline in the place of the team's."""
    return Reply(edit=await first_page(context, context.request.value.partition("|")[0]))


@answered_ahead
async def back(context: Context) -> Reply:
    """From a rep's pipeline to their team's."""
    owner = await find_member(context.scope, context.request.value)
    team = await find_team(context.scope, owner.team_id if owner is not None else None)
    if team is None:
        raise Refusal("They are in no team any more.", example="/pipeline team")
    context.require(Act.SEE_TEAM_NUMBERS, await about_team(context.scope, team), reading.OTHERS)
    return Reply(edit=await of_team(context, team))


async def of_team(context: Context, team: TeamRow) -> Message:
    """Return a team's pipelines, those with most findings first."""
    found: list[RepPipeline] = []
    people = [one for one in await members_in(context.scope, team.id) if one.active and one.is_rep]
    for rep in people:
        day = local_date(context.now, rep.zone)
        one = await pipeline_audit(context.scope, rep, team, context.member.user_id, day)
        likely: Mapping[str, LikelyValue] = one.likely if one.record.cycle.has_history else {}
        found.append(RepPipeline(rep.user_id, rep.name, likely, len(one.findings), len(one.dead)))
    today = local_date(context.now, team.zone)
    left = await left_with_deals(context.scope, team, today)
    everybody = [*(rep.user_id for rep in people), *(one.user_id for one in left)]
    together = await likely_of(context.scope, everybody, today)
    found.sort(key=lambda one: (-one.findings, one.name.casefold()))
    since = await newest_answer(context.scope)
    return views.reps(team.name, together, found, since, [LeftPipeline(team.id, *one) for one in left])


class LeftDeals(NamedTuple):
    """Who left a team, with how many deals still theirs, and their worth by currency."""

    user_id: str
    name: str
    deals: int
    worth: Mapping[str, int]


async def left_with_deals(scope: Scope, team: TeamRow, today: date) -> list[LeftDeals]:
    """Return who left a team, or whose account was closed, and still has deals that are neither won nor lost."""
    closed = [one for one in await members_in(scope, team.id) if not one.active]
    found = [
        (one, await live_deals(scope, one.user_id, today))
        for one in [*await who_left(scope, team.id), *closed]
    ]
    return [LeftDeals(one.user_id, one.name, len(rows), by_currency(rows)) for one, rows in found if rows]


async def in_digest(look: TeamLook) -> Told | None:
    """What the team's open deals are likely worth, before what they say on paper (mechanism 25)."""
    if look.daily:
        return None
    left = await left_with_deals(look.scope, look.team, look.today)
    found = await likely_of(look.scope, [*look.reps, *(one.user_id for one in left)], look.today)
    tells = Tells.TEAM if len(look.reps) > 1 else Tells.ALONE
    lines = []
    if found:
        lines.append(Line(views.in_digest(found, sum(one.deals for one in found.values())), tells))
    if left:
        lines.append(
            Line(views.left_in_digest([one.worth for one in left], sum(one.deals for one in left)), tells)
        )
    return Told(paragraphs=[lines]) if lines else None


# who moved a date


async def on_card(look: Look) -> Shown | None:
    """Who moved a close that came forward in a quarter's last days, asked where the date stands (mechanism 62)."""
    facts = facts_in(look)
    if look.team is None or facts.deal.stage in CLOSED:
        return None
    change = pulled_forward(facts.changes, look.team.fiscal_year_start)
    if change is None or not change.by or not is_to_be_asked(change, look.today):
        return None
    return Shown(views.moved_by_question(change))


async def moved_by(context: Context) -> Reply:
    """It is kept with the date."""
    change_id, _, who = context.request.value.partition(":")
    change = await find_change(context.scope, int(change_id))
    if change is None:
        raise Refusal("That change was taken back.")
    row = await own(context, change.opportunity_id)
    kept, undo_id = change.moved_by, None
    if kept is None:
        kept = MovedBy(who)
        said = await say_who_moved(context.scope, change, kept)
        undo_id = (await remember(context, f"{row.name}: who moved its close", said)).id
    return Reply(edit=await deal_card(context, row, views.who_moved_kept(kept), undo_id), home=True)
