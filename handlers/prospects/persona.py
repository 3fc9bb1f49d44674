"""Personas: cards of the roles a team talks to, written by its managers, read by its reps and on each deal (34)."""

from collections.abc import Mapping
from typing import Any

from handlers.context import Context
from handlers.feature import Command, Feature, Look, Phrase, Record, Section, Shown, Surface, routes
from handlers.people.named_team import team_and_words
from handlers.people.team import (
    about_team,
    changeable_team,
    team_by_id,
    the_team,
)
from handlers.pipeline.opportunity.shown import facts_in
from handlers.place import Place
from handlers.reading import FILL_IN, fillable
from handlers.remembered import remember
from handlers.reply import Reply, placed
from messages.blocks import Message
from messages.prospects import persona as views
from messages.prospects.persona import PersonaForm
from sales.language.typed_text import MAX_WORDS, clean
from sales.people.permission import Act
from sales.prospects.lead import Lead
from sales.prospects.persona import (
    EXAMPLE,
    MOST_PERSONAS,
    Persona,
    other_titles,
    persona_called,
    persona_for,
    read_role,
)
from sales.prospects.persona_phrase import begun, read_persona
from sales.refusal import Refusal
from sales.value import changed
from storage.people.member import team_id_of
from storage.people.team import TeamRow
from storage.prospects import persona as queries
from storage.prospects.persona import PersonaRow
from storage.row_image import Touched


async def show(context: Context) -> Reply:
    """`/team personas`: a team's cards, and the roles of its open deals that lack one."""
    return Reply(say=await page(context, await the_team(context)))


async def page(context: Context, team: TeamRow, note: str = "", undo_id: int | None = None) -> Message:
    """Return the page of a team's personas as it stands.

    Raises:
        PermissionRefusal: if it is not the asking person's to read.
    """
    about = await about_team(context.scope, team)
    context.require(Act.SEE_TEAM, about, f"The personas of {team.name} are for its people.")
    found = await queries.persona_shelf(context.scope, team.id, context.today)
    manages = context.may(Act.CHANGE_TEAM, about)
    return views.page(team.name, team.id, found, note, undo_id, manages=manages)


async def command(context: Context) -> Reply:
    """`/team persona CFO: wants cash by December`: keep what these words say; a role alone is shown, or asked about.

    Raises:
        Refusal: for words that cannot be placed.
    """
    team, typed = await team_and_words(context)
    if not typed:
        return Reply(say=await page(context, team))
    if typed.startswith(FILL_IN):
        return await form_of(context, team, begun(typed.removeprefix(FILL_IN)))
    try:
        said = read_persona(typed)
    except Refusal as refusal:
        raise fillable(refusal, typed, f"persona {team.name} ") from None
    held = persona_called(await queries.personas_of(context.scope, team.id), said.role)
    if not said.said and held is not None:
        return Reply(say=views.one_card(held, views.in_line(held.role, held)))
    if not said.said:
        return await form_of(context, team, Persona(role=said.role))
    await changeable_team(context, team)
    return Reply(say=await kept(context, team, held, said.of(held)))


async def form_of(context: Context, team: TeamRow, held: Persona, persona_id: int = 0) -> Reply:
    """Return the form with a card in it; saved, it says so where the form was opened."""
    await changeable_team(context, team)
    kept_in_form = PersonaForm(team.id, persona_id, Place.of(context.request.body) or ())
    return Reply(view=views.form(kept_in_form.written(), held))


async def kept(context: Context, team: TeamRow, held: PersonaRow | None, said: Persona) -> Message:
    """Keep a card, in the place of `held` where there is one, and say it.

    Raises:
        Refusal: for a role that has a card already, and for more cards than anybody reads.
    """
    every = await queries.personas_of(context.scope, team.id)
    same = persona_called([one for one in every if held is None or one.id != held.id], said.role)
    if same is not None:
        raise Refusal(f"{same.role} has a card already. Change that one.", field=views.ROLE)
    if held is None and len(every) >= MOST_PERSONAS:
        raise Refusal(f"{MOST_PERSONAS} personas are the most. Remove one first, with `/team personas`.")
    if held is not None and said == changed(Persona, held):
        return views.unchanged(said)
    if held is None:
        touched = Touched(await queries.add_persona(context.scope, team.id, said))
    else:
        touched = await queries.change_persona(context.scope, held, said)
    undo = await remember(context, f"the card of {said.role}", touched)
    return views.saved(said, undo.id, is_new=held is None)


async def open_form(context: Context) -> Reply:
    """Add persona…, or Write it… beside a role: the empty form, or with that role in it."""
    team_id, _, role = context.request.value.partition(":")
    return await form_of(context, await team_by_id(context, team_id), Persona.model_construct(role=role))


async def choose(context: Context) -> Reply:
    """A line of a card's menu was chosen: the form with the card in it, or the card is gone."""
    way, persona_id = views.read_choice(context.request.value)
    row = await present(context, persona_id)
    team = await changeable_team(context, await team_by_id(context, row.team_id))
    if way == views.EDIT:
        return await form_of(context, team, row, row.id)
    undo = await remember(
        context, f"the card of {row.role}", await queries.remove_persona(context.scope, row)
    )
    return Reply(edit=await page(context, team, views.removed(row.role), undo.id))


async def present(context: Context, persona_id: int) -> PersonaRow:
    """Return a card.

    Raises:
        Refusal: if it is gone.
    """
    row = await queries.find_persona(context.scope, persona_id)
    if row is None:
        raise Refusal("That card is gone already. `/team personas` shows those there are.")
    return row


async def save(context: Context) -> Reply:
    """The form was submitted: what was said is shown where the form was opened."""
    form = PersonaForm.read(context.request.private)
    team = await changeable_team(context, await team_by_id(context, form.team_id))
    held = await present(context, form.persona_id) if form.persona_id else None
    message = await kept(context, team, held, filled_in(context.request.values))
    return placed(message, Place.kept(form.place))


def filled_in(chosen: Mapping[str, Any]) -> Persona:
    """Return the card that a form says.

    Raises:
        Refusal: under the field at fault.
    """

    def words_of(field: str) -> str:
        return clean(chosen.get(field) or "", MAX_WORDS, field)

    return Persona(
        role=read_role(chosen.get(views.ROLE) or "", views.ROLE),
        also=other_titles(chosen.get(views.ALSO) or "", views.ALSO),
        goals=words_of(views.GOALS),
        pains=words_of(views.PAINS),
        objections=words_of(views.OBJECTIONS),
    )


async def on_deal(look: Look) -> Shown | None:
    """What people of the roles on a deal want, fear and object to; who decides first. Nothing without a card."""
    facts = facts_in(look)
    spoken_to = sorted((one for one in facts.contacts if one.role), key=lambda one: not one.decides)
    if not spoken_to:
        return None
    personas = await queries.personas_of(look.scope, await team_id_of(look.scope, facts.deal.owner_id))
    found: dict[int, tuple[str, Persona]] = {}
    for contact in spoken_to:
        card = persona_for(personas, contact.role)
        if card is not None and card.says_something:
            found.setdefault(card.id, (contact.role, card))
    return Shown(views.beside(list(found.values()))) if found else None


async def on_lead(look: Look) -> Shown | None:
    """What people of a lead's title want, fear and object to; nothing without a card."""
    lead = look.about
    assert isinstance(lead, Lead)
    if not lead.title:
        return None
    team_id = lead.team_id or await team_id_of(look.scope, lead.owner_id)
    card = persona_for(await queries.personas_of(look.scope, team_id), lead.title)
    if card is None or not card.says_something:
        return None
    return Shown(views.beside([(lead.title, card)]))


async def on_team(look: Look) -> Shown | None:
    """How many cards a team has and which role needs one most."""
    if look.team is None:
        return None
    found = await queries.persona_shelf(look.scope, look.team.id, look.today)
    if not found.cards and not found.needs:
        return None
    return Shown([views.of_team(len(found.cards), next(iter(found.needs), None))])


FEATURE = Feature(
    name="persona",
    commands=(
        Command(
            "team personas",
            "[name]",
            "the personas your team sells to, and which roles of open deals lack one",
            "/team personas",
            show,
            Act.SEE_TEAM,
            order=69,
        ),
        Command(
            "lead personas",
            "[team]",
            "the personas of a team, as `/team personas`",
            "/lead personas",
            show,
            Act.SEE_TEAM,
            order=59,
        ),
        Command(
            "team persona",
            "[CFO: wants …; worries about …; says …]",
            "write the persona of a role, or read it: goals, pains, objections",
            EXAMPLE,
            command,
            Act.SEE_TEAM,
            order=69,
        ),
    ),
    phrases=(Phrase(r"(?:show (?:me )?)?(?:our |the )?personas", "team", "personas"),),
    actions=routes(Act.CHANGE_TEAM, {views.ADD: open_form, views.MENU: choose}),
    views=routes(Act.CHANGE_TEAM, {views.SAVE: save}),
    sections=(
        Section(Surface.DEAL, 31, on_deal, Act.SEE_WORK_OF),
        Section(Surface.LEAD, 31, on_lead, Act.OWN_WORK),
        Section(Surface.TEAM, 60, on_team, Act.SEE_TEAM),
    ),
    records=(
        Record(
            PersonaRow,
            undone=True,
            exported=True,
            read=Act.SEE_TEAM,
            exempt="what a team decided; nobody's alone",
        ),
    ),
)
