"""Drafts are checked: in a line, a form, or from a message's menu; for the eyes of whoever asks alone (48, 49)."""

from handlers.context import Context
from handlers.feature import Command, Feature, Keeping, Phrase, Record, routes
from handlers.reply import Reply
from messages.blocks import Message
from messages.craft import pitch as views
from messages.craft.pitch import PitchForm, PitchTold
from sales.craft.pitch.draft import PitchDraft, read_draft
from sales.craft.pitch.english import is_english
from sales.craft.pitch.known_of_account import facts_in_draft
from sales.craft.pitch.measure import measured
from sales.craft.pitch.remark import pitch_check
from sales.craft.pitch.sketch import LOOK_BACK_DAYS, PitchSketch, is_for_many, sketch_of
from sales.language.names.match import fold, name_key
from sales.language.typed_text import clean_name, on_one_line, shorten
from sales.people.permission import Act
from sales.people.retention import Retention
from sales.refusal import Refusal
from storage.craft import pitch as queries
from storage.craft.pitch import DraftedFor, PitchSketchRow
from storage.pipeline.known_name import known_names
from storage.pipeline.near_name import names_alike

LOOKED_THROUGH = (
    1_000  # characters of a draft in which an account is looked for; it is named early, or not at all
)
LONGEST = 100_000  # characters; Slack sends no longer message


async def command(context: Context) -> Reply:
    """`/pitch` alone opens the form; what stands behind it is checked at once."""
    if not context.text.strip():
        return Reply(view=views.form(PitchForm()))
    return Reply(say=await checked(context, context.text, await named_in(context, context.text)))


async def of_message(context: Context) -> Reply:
    """“Check this draft” in a message's menu: what stands there, told to whoever asks; somebody else's is not kept."""
    own = (context.request.body.get("message") or {}).get("user") == context.member.user_id
    whom = await named_in(context, context.text)
    return Reply(say=await checked(context, context.text, whom, is_own=own))


async def open_form(context: Context) -> Reply:
    """Change it…, or For an account…: the form with the draft in it."""
    return Reply(view=views.form(PitchForm.read(context.request.value)))


async def save(context: Context) -> Reply:
    """The form was submitted: what is said of the draft stands in its place."""
    chosen = context.request.values
    typed = chosen.get(views.DRAFT) or ""
    name = clean_name(chosen.get(views.ACCOUNT) or "", views.ACCOUNT)
    whom = await known_of(context, name) if name else None
    if whom is not None and not whom.is_known:
        await ask_about_slip(context, name)
    return Reply(say=await checked(context, typed, whom, views.DRAFT))


def readable(typed: str, field: str | None) -> PitchDraft:
    """Return a draft that can be checked.

    Raises:
        Refusal: for one without a word, and for one that does not read as English.
    """
    if not on_one_line(typed):
        raise Refusal("What does your draft say? Paste its text here.", field=field)
    draft = read_draft(typed[:LONGEST])
    if draft.is_empty:
        raise Refusal("There are no words to check in that. Write a sentence or two.", field=field)
    if not is_english(draft.words):
        raise Refusal(
            "I check English only, and this does not read as English, so I say nothing about it.", field=field
        )
    return draft


async def checked(
    context: Context, typed: str, whom: DraftedFor | None, field: str | None = None, *, is_own: bool = True
) -> Message:
    """Return what is said of a draft, for an account or for none. Of one that is somebody else's nothing is kept.

    Raises:
        Refusal: for one that cannot be checked.
    """
    draft = readable(typed, field)
    known = whom.account if whom is not None else None
    facts = facts_in_draft(draft, known) if known is not None else []
    told = PitchTold(draft.text, pitch_check(measured(draft), known, facts), known)
    if whom is None:
        return views.checked(told)
    team_id = context.team.id if context.team is not None else None
    found = await queries.best_proposition(context.scope, team_id, whom, " ".join(draft.words))
    sectors = await sectors_of(context, draft, whom) if is_own else []
    return views.checked(PitchTold(draft.text, told.check, known, sectors, found))


async def sectors_of(context: Context, draft: PitchDraft, whom: DraftedFor) -> list[str]:
    """Keep what the draft is like, and return the sectors that it went to if those are many; else nothing."""
    sketch = sketch_of(draft, [whom.account.name, *whom.account.contacts])
    if not sketch or not whom.account.sector:
        return []
    said = PitchSketch(
        owner_id=context.member.user_id,
        on=context.today,
        account_key=name_key(whom.account.name),
        sector=whom.account.sector,
        hashes=sketch,
    )
    found = await queries.sectors_reached(context.scope, said)
    await queries.keep_sketch(context.scope, said)
    return found if is_for_many(found) else []


async def known_of(context: Context, name: str) -> DraftedFor | None:
    team_id = context.team.id if context.team is not None else None
    return await queries.drafted_for(context.scope, context.member.user_id, team_id, name, context.today)


async def named_in(context: Context, text: str) -> DraftedFor | None:
    """Return what is known of the one account or deal that a draft names; None where it names none or several."""
    team_id = context.team.id if context.team is not None else None
    found = await known_names(context.scope, text[:LOOKED_THROUGH], context.today, team_id)
    named = {name_key(one): one for one in found}
    return await known_of(context, next(iter(named.values()))) if len(named) == 1 else None


async def ask_about_slip(context: Context, name: str) -> None:
    """Refuse a name that is one letter off from an account's.

    Raises:
        Refusal: with the name that may be meant.
    """
    team_id = context.team.id if context.team is not None else None
    alike = await names_alike(context.scope, [name], context.member.user_id, context.today, team_id)
    other = next((one for one in alike.values() if fold(one) != fold(name)), None)
    if other is not None and fold(name) not in map(fold, alike.values()):
        raise Refusal(
            f"I know no account called “{shorten(name, 40)}”. Did you mean {shorten(other, 40)}?",
            field=views.ACCOUNT,
        )


FEATURE = Feature(
    name="pitch",
    commands=(
        Command(
            "pitch",
            "[your draft]",
            "check a draft before it goes out: about them, short, plain, one question, one fact about them",
            "/pitch Your Leeds depot lost two trucks in August. Would a spare yard help you this winter?",
            command,
            Act.OWN_WORK,
            order=55,
        ),
    ),
    phrases=(
        Phrase(r"(?:please )?check (?:this|my|the) (?:draft|pitch|e-?mail|mail|message|text)", "pitch"),
        Phrase(
            r"(?:please )?check (?:this|my|the) (?:draft|pitch|e-?mail|mail|message|text):? (.+)",
            "pitch",
            r"\1",
        ),
    ),
    actions=routes(Act.OWN_WORK, {views.OPEN: open_form}),
    views=routes(Act.OWN_WORK, {views.SAVE: save}),
    shortcuts=routes(Act.OWN_WORK, {views.SHORTCUT: of_message}),
    records=(Record(PitchSketchRow, exported=True, erased="owner_id"),),
    keeps=(
        Keeping(
            Retention(
                "drafts",
                "Sketches of drafts that were checked",
                days=LOOK_BACK_DAYS,
                least=1,
                but="No text is kept.",
            ),
            queries.forget_sketches,
        ),
    ),
)
