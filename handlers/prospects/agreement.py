"""Do we agree whom we want: reps describe the ideal client, each alone; the manager sees where they differ (78)."""

import json
import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from handlers.context import Context
from handlers.feature import Command, Feature, Kind, Record, Rendered, routes
from handlers.goals.goal.owner import MENTION, called_or_named, user_named
from handlers.people.team import changeable_team, may_change_team, team_by_id, the_team
from handlers.place import Place
from handlers.prospects.ideal_client import filled_in, plain
from handlers.remembered import remember
from handlers.reply import Reply, placed
from messages.blocks import Message
from messages.prospects import agreement as views
from sales.nudges.kind import NudgeKind, Topic
from sales.nudges.ledger import Nudge
from sales.nudges.policy import Skip
from sales.people.permission import Act
from sales.prospects.agreement import (
    LEAST_ASKED,
    MOST_ASKED,
    WORTH_ANSWERING,
    AgreementRound,
    agreement,
)
from sales.prospects.ideal_client import IdealClient
from sales.refusal import Refusal
from sales.value import changed
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.rows import DeliveryRow
from storage.people.member import find_members, reps_in
from storage.people.team import TeamRow, find_team
from storage.prospects import agreement as queries
from storage.prospects.agreement import AgreementRoundRow, ClientDescriptionRow
from storage.row_image import Touched
from storage.scope import Scope

AGREEMENT = "agreement"
BETWEEN = re.compile(r"^[\s,&]*(?:and\s+)?", re.I)
EXAMPLE = "/team agree @ana @ben @raj"
DONE = "it was described already, or the question is over"


async def command(context: Context) -> Reply:
    """`/team agree`: to a manager who answered and where they differ; to a rep what they are asked themselves.

    With people named, a manager asks these.

    Raises:
        Refusal: for names nobody has, or too few or too many of them.
    """
    if ids := await people_named(context):
        nameless = replace(context, request=replace(context.request, text=""))
        team = await changeable_team(context, await the_team(nameless))
        return Reply(say=await begun(context, team, list(dict.fromkeys(ids))))
    team = await the_team(context)
    if not await may_change_team(context, team):
        return Reply(say=await own_question(context, team))
    return Reply(say=await page(context, team))


async def people_named(context: Context) -> list[str]:
    """Return the user ids of whom a line names: by mentions anywhere in it, or by names and nothing else.

    Raises:
        Refusal: for a name behind an @ that nobody has, and for one that several have.
    """
    if mentioned := list(MENTION.finditer(context.text)):
        return [one["id"] or await user_named(context, one["name"]) for one in mentioned]
    ids, rest = [], context.text
    while (found := await called_or_named(context, rest)) is not None:
        ids.append(found.user_id)
        rest = BETWEEN.sub("", found.rest)
    return ids if not rest.strip() else []


async def page(context: Context, team: TeamRow) -> Message:
    """Return what a manager reads: who answered, and once all have, or the time is over, in what they differ."""
    reps = len(await reps_in(context.scope, team.id))
    asked = await queries.latest_round(context.scope, team.id)
    if asked is None:
        return views.never(team.name, team.id, reps)
    described = await queries.descriptions_in(context.scope, asked.id)
    people = {one.user_id: one.name for one in await find_members(context.scope, asked.people)}
    if is_open(asked, context.today) and len(described) < len(asked.people):
        return views.waiting(asked, list(described), people, context.today)
    found = agreement(described) if len(described) >= LEAST_ASKED else None
    return views.compared(asked, found, list(described), people, team.id, reps)


def is_open(asked: AgreementRound, today: date) -> bool:
    """Say whether a question can be answered still."""
    return asked.is_open and today <= asked.begun_on + timedelta(days=WORTH_ANSWERING)


async def own_question(context: Context, team: TeamRow) -> Message:
    """Return what a rep is asked, or what they said; nothing of the others."""
    asked = await queries.latest_round(context.scope, team.id)
    me = context.member.user_id
    if asked is None or me not in asked.people or not is_open(asked, context.today):
        return views.not_asked()
    said = (await queries.descriptions_in(context.scope, asked.id)).get(me)
    if said is not None:
        return views.thanks(plain(said), asked.id)
    return views.question(asked, asked.id, await manager_of(context.scope, asked))


async def manager_of(scope: Scope, asked: AgreementRound) -> str:
    """Return the name of who asks; empty where they are not known any more."""
    return next((one.name for one in await find_members(scope, [asked.by])), "")


async def begin(context: Context) -> Reply:
    """Ask the reps: everybody of the team. A second press asks nobody a second time."""
    team = await changeable_team(context, await team_by_id(context, context.request.value))
    asked = await queries.latest_round(context.scope, team.id)
    if asked is not None and is_open(asked, context.today):
        described = await queries.descriptions_in(context.scope, asked.id)
        if len(described) < len(asked.people):
            return Reply(edit=await page(context, team))
    ids = [rep.user_id for rep in await reps_in(context.scope, team.id)]
    return Reply(edit=await begun(context, team, ids))


async def begun(context: Context, team: TeamRow, ids: list[str]) -> Message:
    """Ask these reps of a team; who was asked before and has not answered is not asked any more.

    Raises:
        Refusal: for too few or too many of them, or somebody who is no rep of the team.
    """
    reps = {rep.user_id: rep.name for rep in await reps_in(context.scope, team.id)}
    if not LEAST_ASKED <= len(ids) <= MOST_ASKED:
        raise Refusal(
            f"Name {LEAST_ASKED} to {MOST_ASKED} reps of {team.name}; three are enough.", example=EXAMPLE
        )
    if any(one not in reps for one in ids):
        raise Refusal(f"Not everybody named is a rep of {team.name}. `/team {team.name}` shows who is.")
    touched = []
    before = await queries.latest_round(context.scope, team.id)
    if before is not None and before.is_open:
        touched.append(
            await queries.change_round(context.scope, before, changed(AgreementRound, before, is_open=False))
        )
    said = AgreementRound(
        team_id=team.id, asked=" ".join(ids), by=context.member.user_id, begun_on=context.today
    )
    row = await queries.begin_round(context.scope, said)
    await remember(context, f"the question to {len(ids)} reps of {team.name}", Touched(row), *touched)
    for user_id in ids:
        await ask(context, row, user_id)
    return views.asked([reps[one] for one in ids])


async def ask(context: Context, row: AgreementRoundRow, user_id: str) -> None:
    """Write the question to one rep into the ledger."""
    nudge = Nudge(
        key=f"{AGREEMENT}:{context.scope.workspace_id}:{row.id}:{user_id}",
        kind=AGREEMENT,
        intent={"round": row.id},
        why=views.why(),
        not_before=context.now,
        user_id=user_id,
        expires_at=context.now + timedelta(days=WORTH_ANSWERING),
    )
    await enqueue(context.scope, nudge, context.now)


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The question, while it is open and not answered."""
    row = await queries.find_round(scope, int(delivery.intent["round"]))
    if row is None or not row.is_open:
        return Skip(DONE)
    if str(delivery.user_id) in await queries.descriptions_in(scope, row.id):
        return Skip(DONE)
    return views.question(row, row.id, await manager_of(scope, row))


async def describe(context: Context) -> Reply:
    """Describe it…: the form, with what the person said before and nothing of anybody else."""
    row = await asked_of(context, int(context.request.value))
    if row is None:
        return Reply(edit=views.closed())
    said = (await queries.descriptions_in(context.scope, row.id)).get(context.member.user_id)
    currency = await currency_of(context, row)
    held = plain(said) if said is not None else IdealClient(currency=currency)
    return Reply(view=views.form(held, currency, json.dumps([row.id, Place.of(context.request.body)])))


async def asked_of(context: Context, round_id: int) -> AgreementRoundRow | None:
    """Return a round in which the asking person may still answer; None where it is over."""
    row = await queries.find_round(context.scope, round_id)
    is_theirs = row is not None and context.member.user_id in row.people
    return row if row is not None and is_theirs and is_open(row, context.today) else None


async def currency_of(context: Context, row: AgreementRoundRow) -> str:
    team = await find_team(context.scope, row.team_id)
    return team.currency if team is not None else "USD"


async def save(context: Context) -> Reply:
    """The form was submitted: kept for the manager, and shown to nobody else."""
    round_id, at = json.loads(context.request.private)
    place, row = Place.kept(at), await asked_of(context, round_id)
    if row is None:
        return placed(views.closed(), place)
    said = filled_in(context.request.values, await currency_of(context, row))
    if said.says_nothing:
        raise Refusal(views.nothing_described(), field=views.FIRST_FIELD)
    touched = await queries.save_description(context.scope, row.id, context.member.user_id, said)
    await remember(context, "how you describe the ideal client", touched)
    return placed(views.thanks(said, row.id), place)


FEATURE = Feature(
    name="agreement",
    commands=(
        Command(
            "team agree",
            "[@ana @ben @raj]",
            "whether your reps agree whom you want: each describes the ideal client alone",
            EXAMPLE,
            command,
            Act.SEE_TEAM,
            order=69,
            mentions=True,
        ),
    ),
    actions={
        **routes(Act.CHANGE_TEAM, {views.BEGIN: begin}),
        **routes(Act.OWN_WORK, {views.DESCRIBE: describe}),
    },
    views=routes(Act.OWN_WORK, {views.SAVE: save}),
    kinds=(
        Kind(
            NudgeKind(
                AGREEMENT,
                "Whom we want",
                "when your manager asks each rep alone to describe your ideal client",
                news=True,
                for_reps=True,
                topic=Topic.DEALS,
                order=146,
            ),
            render,
        ),
    ),
    records=(
        Record(
            AgreementRoundRow,
            undone=True,
            exported=True,
            read=Act.SEE_TEAM_NUMBERS,
            exempt="that reps were asked to describe the ideal client",
        ),
        Record(
            ClientDescriptionRow,
            undone=True,
            exported=True,
            read=Act.SEE_TEAM_NUMBERS,
            erased="user_id",
        ),
    ),
)
