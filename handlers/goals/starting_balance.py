"""Starting balances: what was won before a goal was set, asked once, answered in a form or waved away.

A file that brings deals of the same days changes nothing by itself: whose balance it is, is asked which of both counts.
"""

import json
from datetime import date, datetime

from handlers.context import Context, Happened
from handlers.feature import Feature, Kind, Look, Record, Rendered, Section, Shown, Stays, Surface, routes
from handlers.goals.goal.change import named, seen
from handlers.goals.goal.owner import Owner, owner_of
from handlers.remembered import remember
from handlers.reply import Reply
from messages.goals.goal import start as views
from messages.goals.goal.amounts import near, what
from messages.goals.goal.news import begun
from sales.goals.goal import Goal, Metric, period_of, read_target
from sales.goals.starting_balance import (
    WON,
    BalanceState,
    StartingBalance,
    answer_to,
    counting,
    may_be_asked,
)
from sales.language.dates.period import PeriodKind, period_containing, span
from sales.nudges.kind import NudgeKind, Topic
from sales.nudges.ledger import Nudge
from sales.nudges.policy import Skip
from sales.people.permission import Act
from sales.refusal import Refusal
from sales.value import changed
from storage.goals import starting_balance as queries
from storage.goals.goal import open_goals
from storage.goals.starting_balance import StartingBalanceRow
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.rows import DeliveryRow
from storage.row_image import Touched, image
from storage.scope import Scope
from storage.undo import UndoRow

KIND = "balance_asked"
NONE = frozenset({"0", "none", "nothing", "nil", "zero", "-"})


async def subject(context: Context, goal_id: str) -> tuple[Owner, Goal]:
    """Return the goal that a button is about, or which is asked about; without any, this quarter's revenue.

    Raises:
        Refusal: if it is not theirs, or begins today.
    """
    if goal_id:
        row, owner = await named(context, goal_id)
        return owner, started(row, owner)
    owner = await owner_of(context, context.member.user_id)
    found = [one for one in await seen(context, owner) if one.goal.metric in WON and not one.is_upcoming]
    first = next((one for one in found if one.asks_start), found[0] if found else None)
    return owner, started(first.goal if first is not None else this_quarter(owner), owner)


def this_quarter(owner: Owner) -> Goal:
    """Return what is counted where nobody set a goal yet."""
    period = period_containing(PeriodKind.QUARTER, owner.today, owner.team.fiscal_year_start)
    return goal_in(owner, Metric.REVENUE, period.start, period.end)


def goal_in(owner: Owner, metric: Metric, first: date, last: date) -> Goal:
    """Return a goal that only says what is counted, and when."""
    period = span(first, last, owner.team.fiscal_year_start)
    return Goal(
        owner_id=owner.member.user_id,
        metric=metric,
        target=1,
        currency=owner.team.currency,
        period_kind=period.kind,
        starts_on=first,
        ends_on=last,
    )


def started(goal: Goal, owner: Owner) -> Goal:
    """Return a goal whose period began before today.

    Raises:
        Refusal: for one that did not.
    """
    if goal.starts_on >= owner.today:
        raise Refusal(views.refused("just_begun", label=period_of(goal, owner.team).label))
    return goal


async def open_form(context: Context) -> Reply:
    """Enter what is won: the form for one goal, or for the one that is asked about."""
    owner, goal = await subject(context, context.request.value)
    there = answer_to(await queries.balances_of(context.scope, owner.member.user_id), goal)
    typed = views.amount_of(there) if there is not None and there.counts else ""
    kept = [owner.member.user_id, goal.metric.value, goal.starts_on.isoformat(), goal.ends_on.isoformat()]
    period = period_of(goal, owner.team)
    return Reply(view=views.form(period, owner.today, what(goal), typed, json.dumps(kept)))


async def save(context: Context) -> Reply:
    """The submitted form."""
    user_id, metric, first, last = json.loads(context.request.private)
    owner = await owner_of(context, user_id)
    goal = started(goal_in(owner, Metric(metric), date.fromisoformat(first), date.fromisoformat(last)), owner)
    typed = (context.request.values[views.WON] or "").strip()
    is_none = typed.casefold() in NONE
    amount = 0 if is_none else read_target(typed, goal.metric, owner.team.currency, views.WON)
    return await answered(context, owner, goal, amount)


async def nothing(context: Context) -> Reply:
    """Nothing yet: the goal starts from zero, as it says where it was pressed. A second press changes nothing."""
    owner, goal = await subject(context, context.request.value)
    there = answer_to(await queries.balances_of(context.scope, owner.member.user_id), goal)
    if there is not None and there.state is BalanceState.WAIVED:
        return Reply(home=True)
    row, undo = await kept(context, owner, goal, 0)
    period = period_of(goal, owner.team)
    waived, goal_id = views.said_words(row, period), int(context.request.value)
    return Reply(edit=begun(goal, period.label, goal_id, waived, undo.id, owner.shown), home=True)


async def answered(context: Context, owner: Owner, goal: Goal, amount: int) -> Reply:
    """Keep what was entered in the form, and say what counts."""
    row, undo = await kept(context, owner, goal, amount)
    return Reply(say=views.said(row, period_of(goal, owner.team), undo.id), home=True)


async def kept(context: Context, owner: Owner, goal: Goal, amount: int) -> tuple[StartingBalanceRow, UndoRow]:
    """Keep an answer, as of today, and how it is taken back.

    Raises:
        Refusal: where the record knows those days already.
    """
    wanted = StartingBalance(
        owner_id=owner.member.user_id,
        metric=goal.metric,
        currency=goal.currency,
        since=goal.starts_on,
        as_of=owner.today,
        amount=amount,
        state=BalanceState.COUNTS if amount else BalanceState.WAIVED,
        answered_by=context.member.user_id,
        answered_at=context.now,
    )
    period = period_of(goal, owner.team)
    if amount and (await queries.wins_in(context.scope, wanted)).deals:
        raise Refusal(views.refused("on_record", label=period.label), field=views.WON)
    row, before = await queries.answer_balance(context.scope, wanted)
    return row, await remember(context, views.in_words(row), Touched(row, before))


async def offer(look: Look) -> Shown | None:
    """The way to say it, in the first words to a rep who has no wins on record in a quarter that is under way."""
    if look.team is None or not look.member.is_rep:
        return None
    quarter = this_quarter(Owner(look.member, look.team, look.today, None))
    there = answer_to(await queries.balances_of(look.scope, look.member.user_id), quarter)
    known = await queries.has_wins_before(look.scope, look.member.user_id, look.today)
    if there is not None or known or not may_be_asked(quarter, look.today, look.today):
        return None
    return Shown(
        buttons=[views.enter_button()],
        asks=views.already(near(period_of(quarter, look.team).label, look.today)),
    )


async def covered(context: Context, done: Happened) -> list[str]:
    """Say why a win of days before today does not move a goal that has a starting balance for them."""
    if not done.won:
        return []
    found = [
        one
        for one in await queries.balances_of(context.scope, done.owner_id)
        if one.counts and one.since <= done.on < one.as_of
    ]
    return [views.covered(found[0])] if found else []


async def ask_after_import(scope: Scope, now: datetime) -> None:
    """Ask those whose balance stands for days of which an import knows deals; each is asked once."""
    for row, _ in await queries.contested(scope):
        nudge = Nudge(
            key=f"{KIND}:{scope.workspace_id}:{row.id}:{row.as_of}",
            kind=KIND,
            intent={"id": row.id},
            why=views.why(),
            not_before=now,
            user_id=row.owner_id,
        )
        await enqueue(scope, nudge, now)


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The question as things stand, or why there is none any more."""
    row = await queries.find_balance(scope, int(delivery.intent["id"]))
    if row is None or row.state is not BalanceState.COUNTS:
        return Skip("it was answered meanwhile")
    wins = await queries.wins_in(scope, row)
    if not wins.deals:
        return Skip("the deals of those days are gone again")
    return views.asked(row, wins.deals, wins.amount, row.id)


async def settle(context: Context, state: BalanceState) -> Reply:
    """Let one of both count from now on.

    Raises:
        Refusal: if the balance is gone, or not the asking person's to change.
    """
    row = await queries.find_balance(context.scope, int(context.request.value))
    if row is None:
        raise Refusal(views.refused("settled_already"))
    owner = await owner_of(context, row.owner_id)
    before = image(row)
    now = {"state": state, "answered_by": context.member.user_id, "answered_at": context.now}
    await queries.restate_balance(context.scope, row, changed(StartingBalance, row, **now))
    undo = await remember(context, views.in_words(row), Touched(row, before))
    goals = await open_goals(context.scope, row.owner_id, owner.today)
    goal = next((one for one in goals if counting([row], one)), None)
    label = period_of(goal, owner.team).label if goal is not None else ""
    return Reply(edit=views.settled(row, label, undo.id), home=True)


async def use_record(context: Context) -> Reply:
    """Use the deals: what was said counts no more."""
    return await settle(context, BalanceState.REPLACED)


async def keep(context: Context) -> Reply:
    """Keep what was said: deals of those days do not count, and nobody asks again."""
    return await settle(context, BalanceState.KEPT)


FEATURE = Feature(
    name="starting balance",
    actions=routes(
        Act.SEE_WORK_OF,
        {
            views.ENTER: open_form,
            views.NOTHING: nothing,
            views.USE_RECORD: use_record,
            views.KEEP: keep,
        },
    ),
    views=routes(Act.SEE_WORK_OF, {views.SAVE: save}),
    kinds=(
        Kind(
            NudgeKind(
                KIND,
                "What is already won",
                "when imported deals are from days for which you had said what you had won",
                news=True,
                for_reps=True,
                topic=Topic.GOALS,
                order=32,
            ),
            render,
        ),
    ),
    sections=(Section(Surface.WELCOME, 40, offer, Act.OWN_WORK),),
    confirms=covered,
    records=(
        Record(
            StartingBalanceRow,
            undone=True,
            says=views.stands_again,
            exported=True,
            read=Act.SEE_WORK_OF,
            erased="owner_id",
            stays=Stays("what was won before, of the team's"),
        ),
    ),
)
