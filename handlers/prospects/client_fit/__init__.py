"""How an account fits: its page, what is known of it, in words or in a form, whoever sells to it (30, 31, 79)."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from handlers.context import Context
from handlers.feature import Command, Feature, Look, Phrase, Record, Section, Shown, Surface, routes
from handlers.place import Place
from handlers.prospects.client_fit.lookup import ask_about_slip, currency_of, require_ours, team_id, team_of
from handlers.remembered import remember
from handlers.reply import Reply, placed
from handlers.section import collected
from messages.blocks import Message, joined
from messages.blocks import context as small
from messages.prospects import client_fit as views
from messages.prospects import client_fit_form as fields
from sales.language.names.match import name_key
from sales.language.typed_text import MAX_NAME, MAX_WORDS, clean, clean_name, shorten
from sales.people.permission import Act
from sales.pipeline.account import MarketReach
from sales.prospects.account_family import AccountParents
from sales.prospects.account_phrase import EXAMPLE, AccountWords, read_account
from sales.prospects.attitude import BUYS_ON, AttitudeAnswer, points_said
from sales.prospects.ideal_client import IdealClient, client_fit
from sales.prospects.lead import Lead
from sales.prospects.size_range import amount_in, count_in
from sales.refusal import Refusal
from storage.people.team import TeamRow
from storage.pipeline.account import accounts_called, state_account
from storage.pipeline.known_name import known_names
from storage.pipeline.people_named import names_for
from storage.prospects.attitude import AttitudeAnswerRow, answers_for, forget_answers, save_answers
from storage.prospects.ideal_client import family_of, fit_of, ideal_client_of, parents_in, with_family
from storage.row_image import Touched

QUOTED = re.compile(r"[\"“„](?P<name>[^\"“”„]+)[\"“”](?P<rest>.*)", re.DOTALL)


async def command(context: Context) -> Reply:
    """`/lead account Acme`: how it fits; `/lead account Acme 120 employees` says what is known of it.

    Raises:
        Refusal: without a name, for words that cannot be placed, and for a name that may be a slip of another.
    """
    text = context.text.strip()
    team = await team_of(context)
    quoted = QUOTED.match(text)
    if quoted is not None:
        known = [quoted["name"].strip()]
        text = f"{known[0]}, {quoted['rest'].strip(' ,')}"
    else:
        known = await known_names(context.scope, text, context.today, team_id(team))
    typed, said = read_account(text, known, currency_of(team))
    if name_key(typed) not in {name_key(one) for one in known}:
        await ask_about_slip(context, typed, text, team)
    row = (await accounts_called(context.scope, [typed])).get(name_key(typed))
    name = row.name if row is not None else typed
    await require_ours(context, name, team)
    if not said.says_something:
        return Reply(say=await page(context, name, team))
    return Reply(say=await noted(context, name, team, said.columns, answers_said(context, name, said)))


async def told(context: Context, name: str, team: TeamRow | None) -> views.AccountTold:
    """Return everything that is known of an account, as somebody of a team reads it."""
    scope, key = context.scope, name_key(name)
    wanted = await ideal_client_of(scope, team_id(team))
    family = await family_of(scope, [name])
    answers = (await answers_for(scope, [name])).get(key, [])
    firm = with_family(key, family)
    fit = client_fit(wanted, firm, answers) if wanted is not None else None
    people = await names_for(scope, context.member.user_id, {one.by for one in answers})
    parents = parents_in(name, family) if family else AccountParents(())
    return views.AccountTold(name, wanted, firm, fit, answers, parents, people, currency_of(team))


async def page(
    context: Context, name: str, team: TeamRow | None, note: str = "", undo_id: int | None = None
) -> Message:
    """Return the page of an account, with what features know of it."""
    about = await told(context, name, team)
    look = Look(context.scope, context.member, team, context.now, context.today, about=about)
    found = await collected(context.declared.sections(Surface.ACCOUNT), look)
    more = [block for each in found for block in each.blocks]
    return views.page(about, context.today, note, undo_id, more)


async def on_lead(look: Look) -> Shown | None:
    """How the firm of an open lead fits, or that nobody can tell yet."""
    assert isinstance(look.about, Lead)
    if not look.about.is_open:
        return None
    wanted = await ideal_client_of(look.scope, look.about.team_id or team_id(look.team))
    if wanted is None:
        return Shown([small(views.unsaid())])
    fit = await fit_of(look.scope, wanted, look.about.firm)
    return Shown([small(joined(views.scores(fit)))])


def account_in(look: Look) -> views.AccountTold:
    """Return which account a page is of, with what it shows."""
    assert isinstance(look.about, views.AccountTold)
    return look.about


def answers_said(context: Context, name: str, said: AccountWords) -> list[AttitudeAnswer]:
    """Return what words said of an account's attitude."""
    if not said.points:
        return []
    return [answer(context, name, BUYS_ON, points_said(said.points), said.evidence)]


def answer(context: Context, name: str, question: str, says: str, evidence: str) -> AttitudeAnswer:
    return AttitudeAnswer(
        account=name,
        question=question,
        says=says,
        evidence=evidence,
        by=context.member.user_id,
        on=context.today,
    )


async def noted(
    context: Context,
    name: str,
    team: TeamRow | None,
    columns: Mapping[str, Any],
    answers: Sequence[AttitudeAnswer],
    gone: Sequence[AttitudeAnswerRow] = (),
) -> Message:
    """Keep what somebody knows of an account, and show its page with it.

    Raises:
        Refusal: for an account that would be its own parent.
    """
    if name_key(columns.get("parent") or "") == name_key(name):
        raise Refusal(f"{shorten(name, 40)} cannot be part of itself.", field=fields.PARENT)
    held = (await accounts_called(context.scope, [name])).get(name_key(name))
    news = {
        column: value
        for column, value in columns.items()
        if (getattr(held, column) if held is not None else None) != value and (held is not None or value)
    }
    touched: list[Touched] = await save_answers(context.scope, answers)
    touched += await forget_answers(context.scope, gone)
    has_attitude = bool(touched)
    if news:
        touched.append(await state_account(context.scope, name, news))
    if not touched:
        return await page(context, name, team, views.nothing_new(name))
    undo = await remember(context, f"what is known of {name}", *touched)
    return await page(context, name, team, views.noted(name, news, attitude=has_attitude), undo.id)


async def open_form(context: Context) -> Reply:
    """What we know…: the form, filled with what is known."""
    name, team = context.request.value, await team_of(context)
    await require_ours(context, name, team)
    private = json.dumps([name, Place.of(context.request.body)])
    return Reply(view=fields.form(await told(context, name, team), private))


async def save(context: Context) -> Reply:
    """The form was submitted: the page is shown with it where it was opened."""
    name, at = json.loads(context.request.private)
    team = await team_of(context)
    await require_ours(context, name, team)
    before = await told(context, name, team)
    columns = columns_in(context.request.values, before)
    answers, gone = answers_in(context, before)
    message = await noted(context, name, team, columns, answers, gone)
    return placed(message, Place.kept(at))


def columns_in(chosen: Mapping[str, Any], before: views.AccountTold) -> dict[str, Any]:
    """Return what a form says of an account on paper.

    Raises:
        Refusal: under the field at fault.
    """
    found: dict[str, Any] = {
        fields.SECTOR: clean(chosen.get(fields.SECTOR) or "", MAX_NAME, fields.SECTOR),
        fields.PARENT: clean_name(chosen.get(fields.PARENT) or "", fields.PARENT),
        fields.REACH: MarketReach(chosen[fields.REACH]) if chosen.get(fields.REACH) else None,
    }
    for field, read in (
        (fields.EMPLOYEES, count_in),
        (fields.LOCATIONS, count_in),
        (fields.REVENUE, amount_in(before.currency)),
    ):
        typed = (chosen.get(field) or "").strip()
        try:
            found[field] = read(typed) if typed else None
        except Refusal as refused:
            raise Refusal(refused.text, field=field) from None
    return found


def answers_in(
    context: Context, before: views.AccountTold
) -> tuple[list[AttitudeAnswer], list[AttitudeAnswerRow]]:
    """Return what a form says of an account's attitude that is new, and which answers it takes back.

    What shows it is kept beside what was answered in the same form; where nothing else was, beside all that is held.
    """
    chosen = context.request.values
    evidence = clean(chosen.get(fields.EVIDENCE) or "", MAX_WORDS, fields.EVIDENCE)
    held = {name_key(one.question): one for one in before.answers}
    said = {BUYS_ON: " ".join(chosen.get(fields.POINTS_FIELD) or ())}
    for at, text in enumerate(statements_of(before.wanted)):
        stance = chosen.get(f"{fields.STATEMENT}:{at}")
        said[text] = "" if stance in (None, fields.UNKNOWN) else str(stance)
    news = {
        question: says
        for question, says in said.items()
        if says and (name_key(question) not in held or held[name_key(question)].says != says)
    }
    if evidence and not news:
        news = {question: says for question, says in said.items() if says}
    gone = [
        held[name_key(question)] for question, says in said.items() if not says and name_key(question) in held
    ]
    answers = [answer(context, before.name, question, says, evidence) for question, says in news.items()]
    return answers, [one for one in gone if isinstance(one, AttitudeAnswerRow)]


def statements_of(wanted: IdealClient | None) -> Sequence[str]:
    return wanted.asked_statements if wanted is not None else ()


FEATURE = Feature(
    name="client_fit",
    commands=(
        Command(
            "lead account",
            "Acme [what you know]",
            "how an account fits your ideal client: size and attitude, and what to ask",
            EXAMPLE,
            command,
            Act.OWN_WORK,
            order=48,
        ),
    ),
    phrases=(Phrase(r"how (?:well )?does (.+) fit(?: us)?", "lead", r"account \1"),),
    actions=routes(Act.OWN_WORK, {views.OPEN: open_form}),
    views=routes(Act.OWN_WORK, {fields.SAVE: save}),
    sections=(Section(Surface.LEAD, 20, on_lead, Act.OWN_WORK),),
    records=(
        Record(
            AttitudeAnswerRow,
            undone=True,
            exported=True,
            read=Act.SEE_TEAM,
            exempt="how a customer buys; it is of whoever sells to it",
        ),
    ),
)
