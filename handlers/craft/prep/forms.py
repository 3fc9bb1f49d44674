"""What a brief lacks is told from it, one form each: who it is, why now, what it is worth, what stands in the way.

The brief is shown again where it stood, with what was kept and the way back.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from handlers.context import Context, Handler
from handlers.craft.prep.shown import found_for, of_account, of_deal
from handlers.pipeline import deal_contact, obstacle
from handlers.pipeline.opportunity.lookup import own
from handlers.pipeline.opportunity.news import typed
from handlers.place import Place
from handlers.prospects.client_fit.lookup import require_ours, team_of
from handlers.remembered import remember, take_back
from handlers.reply import Reply
from messages.craft.prep import brief as views
from messages.craft.prep import form as forms
from messages.craft.prep import ids
from messages.craft.prep.ids import BriefOf
from messages.followups import followup_form
from messages.formatting import Mrkdwn
from messages.pipeline import deal_contact as contact_views
from messages.pipeline import obstacle as obstacle_views
from sales.craft.prep.brief import BriefTopic
from sales.craft.prep.question import DealAnswer
from sales.craft.prep.told_nothing import answers_nothing, tells_nothing
from sales.language.typed_text import MAX_WORDS, clean
from sales.pipeline.opportunity import Opportunity
from sales.prospects.account_fact import AccountFact, read_fact
from sales.refusal import Refusal
from sales.value import changed
from storage.craft.prep.answer import forget_deal_answers, save_deal_answers
from storage.people.calendar import next_working_day
from storage.pipeline.beside import with_history
from storage.pipeline.deal_contact import contacts_of
from storage.pipeline.obstacle import add_obstacle
from storage.pipeline.opportunity import change_opportunity, find_opportunity
from storage.prospects.account_fact import add_fact
from storage.row_image import Touched

# the brief again


async def shown(context: Context, of: BriefOf, note: Mrkdwn | str = "", undo_id: int | None = None) -> Reply:
    """Show a brief again where it stood: in its message, else in the form's place, as it is known now."""
    plain = replace(of, place=(), undo_id=0)
    if of.deal_id:
        message = await of_deal(context, await own(context, of.deal_id), plain, note, undo_id)
    else:
        await require_ours(context, of.account, await team_of(context))
        message = await of_account(context, of.account, plain, note, undo_id)
    return Reply(edit=message, edit_at=Place.kept(of.place), home=bool(note))


async def kept(
    context: Context, of: BriefOf, topic: BriefTopic, name: str, touched: Sequence[Touched]
) -> Reply:
    """Remember what was told from a brief, and show it with that."""
    action = await remember(context, f"{forms.SUMMARIES[topic]} {name}", *touched)
    return await shown(context, of, views.kept(topic), action.id)


async def turn(context: Context) -> Reply:
    """Details, or less of them: the same brief, longer or shorter."""
    return await shown(context, BriefOf.read(context.request.value))


async def choose(context: Context) -> Reply:
    """One of several was chosen: its brief stands in the place of the question."""
    return await shown(context, BriefOf.read(context.request.value))


async def open_brief(context: Context) -> Reply:
    """Prepare: the brief, beside what offers it."""
    reply = await shown(context, BriefOf.read(context.request.value))
    return Reply(say=reply.edit)


async def undo(context: Context) -> Reply:
    """What was told from a brief is taken back; the brief says so."""
    of = BriefOf.read(context.request.value)
    done = await take_back(context, of.undo_id)
    if of.account and of.deal_id and await find_opportunity(context.scope, of.deal_id) is None:
        of = replace(of, deal_id=0)  # the deal was made from the brief
    return await shown(context, of, views.taken_back(done.summary))


# forms


def held(context: Context) -> BriefOf:
    """Return what a form keeps that is opened from a brief: which one, and where it stands."""
    return replace(BriefOf.read(context.request.value), place=Place.of(context.request.body) or ())


def opening(build: Any) -> Handler:
    """Return the button that opens a form of a deal's brief."""

    async def run(context: Context) -> Reply:
        of = held(context)
        return Reply(view=await build(context, await own(context, of.deal_id), of.written()))

    return run


async def contact_form(context: Context, row: Any, private: str) -> dict[str, Any]:
    view = contact_views.form(await contacts_of(context.scope, row.id), private)
    return {**view, "callback_id": ids.SAVE_CONTACT}


async def obstacle_form(context: Context, row: Any, private: str) -> dict[str, Any]:
    view = obstacle_views.form(row.owner_id or context.member.user_id, private)
    return {**view, "callback_id": ids.SAVE_OBSTACLE}


async def value_form(context: Context, row: Any, private: str) -> dict[str, Any]:
    return forms.value(row, private)


async def answers_form(context: Context, row: Any, private: str) -> dict[str, Any]:
    found = await found_for(context, row)
    details = BriefOf.read(private).details
    return forms.answers(found.questions, found.known.answers if details else (), private)


async def open_reason(context: Context) -> Reply:
    """Why now…: one fact about the account, of a deal or without one."""
    of = held(context)
    account = (
        (await found_for(context, await own(context, of.deal_id))).known.account if of.deal_id else of.account
    )
    return Reply(view=forms.reason(account, of.written()))


async def save_contact(context: Context) -> Reply:
    """Somebody at the customer was named, or is known better, or is taken off."""
    of = BriefOf.read(context.request.private)
    row = await own(context, of.deal_id)
    touched, note = await deal_contact.submitted(context, row)
    action = await remember(context, f"contact of {row.name}", *touched)
    return await shown(context, of, note, action.id)


async def save_obstacle(context: Context) -> Reply:
    of = BriefOf.read(context.request.private)
    row = await own(context, of.deal_id)
    said = await obstacle.filled_in(context, row.id)
    named = [Touched(await add_obstacle(context.scope, said))]
    touched = await with_history(context.scope, named, typed(context))
    return await kept(context, of, BriefTopic.OBSTACLES, row.name, touched)


async def save_value(context: Context) -> Reply:
    """What it is worth to them was said: it stands with the deal, and where a lower price is asked about."""
    of = BriefOf.read(context.request.private)
    row = await own(context, of.deal_id)
    worth = clean(context.request.values.get(forms.VALUE) or "", MAX_WORDS, forms.VALUE)
    if tells_nothing(worth):
        raise Refusal(
            "What is it worth to them, in their words? Until they say, it stays open.", field=forms.VALUE
        )
    said = changed(Opportunity, row, worth=worth)
    touched = await change_opportunity(context.scope, row, said, typed(context))
    return await kept(context, of, BriefTopic.VALUE, row.name, touched)


async def save_reason(context: Context) -> Reply:
    of = BriefOf.read(context.request.private)
    account = of.account
    if of.deal_id:
        row = await own(context, of.deal_id)
        account = row.account or row.name
    says = read_fact(context.request.values.get(forms.REASON) or "", forms.REASON)
    if tells_nothing(says):
        raise Refusal("What changed there? Until you know, it stays open.", field=forms.REASON)
    fact = AccountFact(account=account, says=says, by=context.member.user_id, on=context.today)
    return await kept(
        context, of, BriefTopic.WHY_NOW, account, [Touched(await add_fact(context.scope, fact))]
    )


async def save_answers(context: Context) -> Reply:
    """Answers were filled in: each is kept with its question, and the question is asked no more.

    Raises:
        Refusal: where every field was left empty.
    """
    of = BriefOf.read(context.request.private)
    row = await own(context, of.deal_id)
    asked = forms.asked_in(context.request.body.get("view") or {})
    said, gone = [], []
    for field, question in asked.items():
        says = clean(context.request.values.get(field) or "", MAX_WORDS, field)
        key = forms.key_of(field)
        if says and answers_nothing(says):
            raise Refusal("Leave it empty while you do not know: then I go on asking.", field=field)
        if says:
            answer = DealAnswer(
                opportunity_id=row.id,
                key=key,
                question=question,
                says=says,
                by=context.member.user_id,
                on=context.today,
            )
            said.append(answer)
        else:
            gone.append(key)
    touched = await save_deal_answers(context.scope, said)
    back = await forget_deal_answers(context.scope, row.id, gone)
    if not touched and not back:
        first = next(iter(asked), None)
        raise Refusal("Write down what they said to one of these.", field=first)
    action = await remember(context, f"answers of {row.name}", *touched, *back)
    return await shown(context, of, views.answers_kept(len(touched), len(back)), action.id)


async def promise(context: Context) -> Reply:
    """A question was chosen to be asked on a day: the form of a follow-up, with the question in it."""
    deal_id, key = ids.read_promise(context.request.value)
    row = await own(context, deal_id)
    found = await found_for(context, row)
    question = next((one for one in found.questions if one.key == key), None)
    if question is None:
        raise Refusal("That question is answered by now. Show the brief again to see what is open.")
    who, what = views.asked_for(row, question.text)
    day = await next_working_day(context.scope, context.team, context.member, context.today)
    return Reply(
        view=followup_form.form(
            zone=context.zone, today=day, who=who, what=what, private=forms.of_deal(row.id)
        )
    )
