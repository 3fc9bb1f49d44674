"""The wizard: one short form a step, each no longer than a phone, with the way on, back, and past it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from messages.blocks import Block, Message, actions, context, field_input, message_of, modal_of, section
from messages.elements import button, checkboxes, option, select_menu
from messages.formatting import words
from messages.people.country import country_field, part_field
from messages.people.setup import channel_field, name_field, people_fields, readers_field
from sales.language.figures import MONTHS, listed
from sales.people.country import NO_COUNTRY, country_name
from sales.people.readers import Readers
from sales.people.wizard import STEPS, SetupDraft, SetupStep

ENTER = "wizard.enter"  # the forms' callback; they carry their step
SKIP = "wizard.skip"
BACK = "wizard.back"
AFRESH = "wizard.afresh"

MONTH = "fiscal_year_start"
ELSEWHERE = "elsewhere"
NAMED = 3
BEGUN = ":begun"
NEW = f"{SetupStep.NAME}{BEGUN}"  # what the first step of a new set-up carries


@dataclass(frozen=True)
class WizardStep:
    """What a step shows beside what was entered.

    A set-up that is `resumed` says since when it waits, and can be begun afresh; `note` says what is in the way.
    `groups` is None where Slack does not let us see them; `readers` are those from outside who read the channel, and
    `agree` what is sent back if they may; `home` is the country whose holidays the team keeps, and by country those
    who live `elsewhere`.
    """

    draft: SetupDraft
    resumed: str = ""
    note: str = ""
    groups: Sequence[tuple[str, str]] | None = None
    channel: str | None = None
    readers: Readers | None = None
    agree: str = ""
    home: str | None = None
    elsewhere: Mapping[str, Sequence[str]] | None = None


def view(shown: WizardStep) -> dict[str, Any]:
    """Build the form of the step a set-up is at."""
    draft = shown.draft
    step = draft.step
    blocks: list[Block] = []
    if shown.note:
        blocks.append(section(words("people/wizard", "note", note=shown.note)))
    blocks.append(
        context(
            words("people/wizard", "where", draft=draft, step=step, count=len(STEPS), since=shown.resumed)
        )
    )
    blocks += fields(shown)
    if step is not SetupStep.NAME:
        blocks.append(actions(*ways(shown)))
    last = draft.adds or step.after is None
    return modal_of(
        "Set up a team",
        blocks,
        callback_id=ENTER,
        submit=("Add them" if draft.adds else "Make the team") if last and draft.name else "Next",
        close="Later",
        private=step.value,
    )


def begun(name: str = "", note: str = "") -> dict[str, Any]:
    """Build the first step of a set-up that nothing was entered of."""
    above = [section(words("people/wizard", "note", note=note))] if note else []
    blocks = [*above, context(words("people/wizard", "begin")), name_field(name)]
    return modal_of(
        "Set up a team",
        blocks,
        callback_id=ENTER,
        submit="Next",
        close="Later",
        private=NEW,
    )


def step_of(carried: str) -> SetupStep:
    """Return the step that a form is."""
    return SetupStep(carried.removesuffix(BEGUN))


def is_new(carried: str) -> bool:
    """Say whether a form is the first step of a set-up of which nothing was entered."""
    return carried == NEW


def other(name: str, since: str) -> str:
    """Return the note on a set-up that this one would take the place of."""
    return words("people/wizard", "other", name=name, since=since)


def ways(shown: WizardStep) -> list[dict[str, Any]]:
    """The ways past a step, back from it, and to begin anew."""
    draft = shown.draft
    found = []
    if not draft.adds:
        label = "Skip" if draft.step.after is not None else "Skip, make the team"
        found.append(button(label, SKIP, draft.step.value))
    found.append(button("Back", BACK, draft.step.value))
    if shown.resumed:
        found.append(button("Start afresh", AFRESH))
    return found


def fields(shown: WizardStep) -> list[Block]:
    """What a step asks for."""
    draft = shown.draft
    match draft.step:
        case SetupStep.NAME:
            return [name_field(draft.name)]
        case SetupStep.PEOPLE:
            return people_fields(draft.reps, draft.managers, shown.groups)
        case SetupStep.CHANNEL:
            found = [channel_field(shown.channel)]
            return found if shown.readers is None else [*found, readers_field(shown.readers, shown.agree)]
        case SetupStep.YEAR:
            return [month_field(draft.month or 1)]
        case SetupStep.HOLIDAYS:
            return holiday_fields(shown)


def month_field(chosen: int) -> Block:
    options = [option(name, str(number)) for number, name in enumerate(MONTHS, start=1)]
    element = select_menu(MONTH, options=options, initial_option=options[chosen - 1])
    hint = words("people/wizard", "year_hint")
    return field_input("Fiscal year starts in", element, MONTH, hint=hint)


def holiday_fields(shown: WizardStep) -> list[Block]:
    """Ask whose holidays the team keeps, and offer those of where its people live."""
    draft = shown.draft
    found = [country_field(shown.home or NO_COUNTRY), part_field(draft.subdivision)]
    offered = [
        option(
            words("people/wizard", "lives", country=country_name(code), names=listed(names, most=NAMED)), code
        )
        for code, names in (shown.elsewhere or {}).items()
    ]
    hint = words("people/wizard", "elsewhere_hint")
    if not offered:
        return [*found, context(hint)]
    element = checkboxes(ELSEWHERE, offered, initial_options=offered)
    label = "Own holidays per person, by where they live"
    return [*found, field_input(label, element, ELSEWHERE, hint=hint, optional=True)]


def taken(name: str) -> str:
    """Return the note on a name that another team has by now."""
    return words("people/wizard", "taken", name=name)


def gone() -> Message:
    """Say that there is nothing to go on with."""
    return message_of(words("people/wizard", "gone"))
