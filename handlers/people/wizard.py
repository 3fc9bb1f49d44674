"""The wizard: `/rainmaker setup` makes a team in short steps, and goes on where somebody left it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from handlers.context import Context, Preflight, prefetch
from handlers.feature import Command, Feature, Record, routes
from handlers.people.founding import founded
from handlers.people.invitation import asked_first
from handlers.people.setup import NOBODY_YET, TAKEN, open_for
from handlers.people.setup.chosen import everybody, moving, reps_of, to_agree
from handlers.people.setup.lookup import SetupLookup, groups, look_up_chosen, readers_chosen
from handlers.people.team import changeable_team, is_visible, names_of
from handlers.reply import Reply
from messages.people import wizard as views
from sales.language.dates.instants import local_date
from sales.language.figures import long_day
from sales.people.country import country_read
from sales.people.permission import Act
from sales.people.readers import Readers
from sales.people.setup import CHANNEL, MANAGERS, NAME, NAME_LENGTH, read_people, team_name
from sales.people.wizard import SetupDraft, SetupStep, lives_elsewhere
from sales.refusal import Refusal
from storage.people.member import MemberRow, find_members
from storage.people.team import find_team_named
from storage.people.wizard import SetupDraftRow, find_draft, forget_draft, keep_draft


@dataclass(frozen=True)
class StepLookup:
    """What Slack says for a step, asked before the unit of work: of whom it chose, and for what the next one offers."""

    people: SetupLookup | None = None
    readers: Readers | None = None
    groups: Sequence[tuple[str, str]] | None = ()


async def look_up_step(preflight: Preflight) -> StepLookup:
    """Look at what a step chose, and at the groups that the next one offers.

    Raises:
        Refusal: naming the field that cannot be as it is.
    """
    values = preflight.request.values
    match views.step_of(preflight.request.private):
        case SetupStep.NAME:
            return StepLookup(groups=await groups(preflight))
        case SetupStep.PEOPLE:
            return StepLookup(await look_up_chosen(preflight, read_people(values)))
        case SetupStep.CHANNEL:
            return StepLookup(readers=await readers_chosen(preflight, values.get(CHANNEL) or None))
        case _:
            return StepLookup()


async def groups_alone(preflight: Preflight) -> StepLookup:
    return StepLookup(groups=await groups(preflight))


@prefetch(groups_alone)
async def open_wizard(context: Context) -> Reply:
    """Go on with the set-up that was left half done, or begin one; a team that is named and there is changed."""
    typed = context.text[:NAME_LENGTH]
    team = await find_team_named(context.scope, typed) if typed else None
    if team is not None and await is_visible(context, team):
        people = replace(context, prefetched=context.prefetched.groups)
        return await open_for(people, await changeable_team(context, team))
    draft = await find_draft(context.scope, context.member.user_id)
    if draft is None:
        return Reply(view=views.begun(typed))
    since = long_day(local_date(draft.begun_at, context.zone), context.today)
    if typed and typed.casefold() != draft.name.casefold():
        return Reply(view=views.begun(typed, views.other(draft.name, since)))
    return Reply(view=await shown(context, draft, resumed=since))


@prefetch(look_up_step)
async def enter(context: Context) -> Reply:
    """Keep what a step says and show the next one; after the last the team is made."""
    step = views.step_of(context.request.private)
    if step is SetupStep.NAME:
        return await enter_name(context)
    draft = await find_draft(context.scope, context.member.user_id)
    if draft is None:
        return Reply(say=views.gone())
    draft = draft.with_entered(step=step)
    values = context.request.values
    match step:
        case SetupStep.PEOPLE:
            draft = await with_people(context, draft)
        case SetupStep.CHANNEL:
            channel, readers = values.get(CHANNEL) or None, context.prefetched.readers
            draft = draft.with_entered(channel=channel, unlooked=readers.unlooked if readers else 0)
            if agree := await to_agree(context, channel, readers):
                return Reply(view=await shown(context, draft, readers=readers, agree=agree))
        case SetupStep.YEAR:
            draft = draft.with_entered(month=int(values[views.MONTH]))
        case _:
            country, part = country_read(values)
            elsewhere = tuple(values.get(views.ELSEWHERE) or ())
            draft = draft.with_entered(country=country, subdivision=part, elsewhere=elsewhere)
    return await gone_on(context, draft)


async def enter_name(context: Context) -> Reply:
    """Keep the name. That of a team somebody may change brings people into it.

    Raises:
        Refusal: if another team has it.
    """
    name = team_name(context.request.values.get(NAME))
    there = await find_team_named(context.scope, name)
    if there is not None:
        if not await is_visible(context, there):
            raise Refusal(TAKEN, field=NAME)
        await changeable_team(context, there)
    draft = await find_draft(context.scope, context.member.user_id)
    if draft is None or views.is_new(context.request.private):
        draft = SetupDraft(begun_at=context.now, name=name, managers=(context.member.user_id,))
    entered = draft.with_entered(step=SetupStep.NAME, name=name, adds=there is not None)
    return await gone_on(context, entered)


async def with_people(context: Context, draft: SetupDraft) -> SetupDraft:
    """Return a set-up with those who were chosen, a user group's people among them, if all of them can be.

    Raises:
        Refusal: naming who cannot be in the team.
    """
    chosen = read_people(context.request.values)
    seen = replace(context, prefetched=context.prefetched.people)
    team = await find_team_named(context.scope, draft.name) if draft.adds else None
    reps, strangers = await reps_of(seen, chosen)
    managers = await everybody(seen, chosen.managers, MANAGERS)
    people = await asked_first(context, team, reps, managers)
    if team is None and not people.managers:
        raise Refusal(NOBODY_YET, field=MANAGERS)
    await moving(context, team, people.reps)
    return draft.with_entered(
        reps=tuple(row.user_id for row in reps),
        managers=tuple(row.user_id for row in managers),
        left_out=tuple((one.name, one.reason) for one in strangers),
    )


async def gone_on(context: Context, draft: SetupDraft) -> Reply:
    """Keep a set-up and show its next step; after the last one the team is made."""
    following = draft.step.after
    if following is None or (draft.adds and draft.step is SetupStep.PEOPLE):
        return await finished(context, draft)
    draft = draft.with_entered(step=following)
    await keep_draft(context.scope, context.member.user_id, draft)
    return Reply(view=await shown(context, draft))


async def finished(context: Context, draft: SetupDraft) -> Reply:
    """Make the team; where its name was taken meanwhile, ask for another one."""
    outcome = await founded(context, draft)
    me = context.member.user_id
    if outcome is None:
        draft = draft.with_entered(step=SetupStep.NAME)
        await keep_draft(context.scope, me, draft)
        return Reply(view=await shown(context, draft, note=views.taken(draft.name)))
    await forget_draft(context.scope, me)
    return Reply(say=outcome, home=True)


async def skip(context: Context) -> Reply:
    """Leave a step as it is."""
    return await turned(context, lambda draft: gone_on(context, draft))


@prefetch(groups_alone)
async def back(context: Context) -> Reply:
    """Show the step before."""

    async def before(draft: SetupDraft) -> Reply:
        draft = draft.with_entered(step=draft.step.before)
        await keep_draft(context.scope, context.member.user_id, draft)
        return Reply(view=await shown(context, draft))

    return await turned(context, before)


async def afresh(context: Context) -> Reply:
    """Forget what was entered, and begin anew."""
    await forget_draft(context.scope, context.member.user_id)
    return Reply(shown=views.begun())


async def turned(context: Context, turn: Callable[[SetupDraft], Awaitable[Reply]]) -> Reply:
    """Answer a button of the open form in its place."""
    draft = await find_draft(context.scope, context.member.user_id)
    if draft is None:
        return Reply(edit=views.gone())
    reply = await turn(draft.with_entered(step=SetupStep(context.request.value)))
    return Reply(shown=reply.view, edit=reply.say, home=reply.home)


async def shown(
    context: Context,
    draft: SetupDraft,
    *,
    resumed: str = "",
    note: str = "",
    readers: Readers | None = None,
    agree: str = "",
) -> dict[str, Any]:
    """Return the form of the step that a set-up is at. Who was deactivated meanwhile, and a channel that is gone, are
    not shown: Slack refuses them.
    """
    people = [row for row in await find_members(context.scope, {*draft.reps, *draft.managers}) if row.active]
    there = {row.user_id for row in people}
    still = draft.with_entered(
        reps=tuple(one for one in draft.reps if one in there),
        managers=tuple(one for one in draft.managers if one in there),
    )
    channel = draft.channel
    if channel is not None and await context.declared.is_unseen(context, channel):
        channel = None
    return views.view(
        views.WizardStep(
            still,
            resumed=resumed,
            note=note,
            groups=context.prefetched.groups if context.prefetched is not None else (),
            channel=channel,
            readers=readers,
            agree=agree,
            home=draft.home(context.zone),
            elsewhere=named(people, draft.home(context.zone)),
        )
    )


def named(people: list[MemberRow], home: str | None) -> dict[str, list[str]]:
    """Return by country the names of those who live elsewhere."""
    return {code: names_of(rows) for code, rows in lives_elsewhere(people, home).items()}


FEATURE = Feature(
    name="wizard",
    commands=(
        Command(
            "rainmaker setup",
            "[team name]",
            "make a team out of people or a user group",
            "/rainmaker setup",
            open_wizard,
            Act.SET_UP_TEAM,
            order=81,
        ),
    ),
    actions=routes(Act.SET_UP_TEAM, {views.SKIP: skip, views.BACK: back, views.AFRESH: afresh}),
    views=routes(Act.SET_UP_TEAM, {views.ENTER: enter}),
    records=(Record(SetupDraftRow, exported=True, erased="user_id"),),
)
