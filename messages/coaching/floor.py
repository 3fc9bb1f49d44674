"""Floors in words: the page of a team, a rep's own, the line of the evening, and what a manager reads of a week."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from math import ceil
from typing import Any, NamedTuple

from messages.blocks import (
    Block,
    Message,
    actions,
    context,
    field_input,
    joined,
    message_of,
    modal_of,
    section,
)
from messages.elements import Element, button, number_input, option, select_menu
from messages.formatting import Mrkdwn, words
from messages.undo import undo_button
from sales.coaching.floor import (
    DEFAULTS,
    NOTHING_OPENED,
    SERVICE_WEEKS,
    Floor,
    NothingOpened,
    RepFloor,
    ServiceShare,
    floor_of,
)
from sales.language.figures import listed
from sales.people.role import LABELS, MEANINGS, USUAL, SalesRole
from sales.people.team import MOST_A_WEEK, Team

EDIT = "floor.edit"
ROLE = "floor.role"
SAVE = "floor.save"  # the form's callback
NOUN = "coaching/floor"
MOST_REPS = 25  # with a menu each; the others are typed
FRIDAY = timedelta(days=4)


class RoleHolder(NamedTuple):
    """A rep with their floor of this week, and what they sell as now; None where nobody said it."""

    floor: RepFloor
    given: SalesRole | None

    @property
    def role(self) -> SalesRole:
        return SalesRole(self.given or USUAL)


class TeamBelow(NamedTuple):
    """What a manager reads of one team's week; who `heard` of their floor in its middle."""

    team: str
    below: Sequence[RepFloor]
    opened: Sequence[NothingOpened]
    service: Sequence[ServiceShare]
    heard: Collection[str] = ()


def field_of(role: SalesRole) -> str:
    """Return the id of a role's number in the form, which is the team's column."""
    return f"{role.value}_floor"


def page(team: Team, team_id: int, reps: Sequence[RoleHolder], *, manages: bool) -> Message:
    """Show what each role asks for; to whoever leads the team also who is what, and where they stand this week."""
    roles = [
        words(NOUN, "role", label=LABELS[one], meaning=MEANINGS[one], floor=floor_of(team, one))
        for one in SalesRole
    ]
    blocks: list[Block] = [section(joined([words(NOUN, "heading", team=team.name), *roles]))]
    if manages:
        blocks += [section(line(one), role_menu(one)) for one in reps[:MOST_REPS]]
        if len(reps) > MOST_REPS:
            blocks.append(context(words(NOUN, "more", count=len(reps) - MOST_REPS)))
    blocks.append(context(words(NOUN, "note", label=LABELS[USUAL], manages=manages)))
    if manages:
        blocks.append(actions(button("Edit floors", EDIT, str(team_id))))
    return message_of(blocks)


def line(rep: RoleHolder) -> Mrkdwn:
    return words(NOUN, "rep", rep=rep.floor, label=LABELS[rep.role], given=rep.given is not None)


def role_menu(rep: RoleHolder) -> Element:
    """Return the menu that says what a rep sells as."""
    options = {one: option(LABELS[one], one.value, MEANINGS[one]) for one in SalesRole}
    return select_menu(
        f"{ROLE}:{rep.floor.user_id}",
        options=list(options.values()),
        initial_option=options[rep.role],
        placeholder="Role",
    )


def form(team: Team, team_id: int) -> dict[str, Any]:
    """Ask what each role has to do in a week."""
    return modal_of(
        "Floors",
        [
            field_input(
                f"{LABELS[one]}: activities a week",
                number_input(
                    "chosen",
                    initial_value=str(floor_of(team, one).a_week),
                    min_value=0,
                    max_value=MOST_A_WEEK,
                ),
                field_of(one),
                hint=words(NOUN, "hint", count=DEFAULTS[one]),
            )
            for one in SalesRole
        ],
        callback_id=SAVE,
        submit="Save",
        private=str(team_id),
    )


def saved(team: Team, undo_id: int) -> Message:
    """Say what each role asks for now."""
    said = listed(
        [words(NOUN, "of_role", label=LABELS[one], count=floor_of(team, one).a_week) for one in SalesRole]
    )
    return message_of(
        [section(words(NOUN, "saved", team=team.name, said=Mrkdwn(said))), actions(undo_button(undo_id))]
    )


def role_given(rep: RepFloor, role: SalesRole, floor: Floor, undo_id: int, today: date) -> Message:
    """Say what somebody sells as now, what that asks for, and from when on where this week keeps another floor."""
    lines = [
        words(NOUN, "role_given", name=rep.name, label=LABELS[role], meaning=MEANINGS[role], floor=floor)
    ]
    if rep.role is not role:
        lines.append(words(NOUN, "from_next_week", rep=rep, was=LABELS[rep.role], today=today))
    return message_of([section(joined(lines)), actions(undo_button(undo_id))])


def own(rep: RepFloor, team: Team, today: date, given: SalesRole | None = None, name: str = "") -> Message:
    """Say what a rep's week asks for, where that comes from, what is done, and from when on a newer role counts."""
    lines = [words(NOUN, "own", rep=rep, label=LABELS[rep.role], team=team.name, name=name)]
    if rep.share < 1 and rep.since is not None:
        lines.append(words(NOUN, "ramped", name=name, since=rep.since, share=rep.share, today=today))
    if 0 < rep.days < rep.week_days:
        lines.append(words(NOUN, "days", name=name, days=rep.days, week_days=rep.week_days))
    if given is not None and given is not rep.role:
        count = floor_of(team, given).a_week
        lines.append(
            words(NOUN, "next_role", name=name, rep=rep, label=LABELS[given], count=count, today=today)
        )
    return message_of([section(joined(lines)), context(words(NOUN, "no_service", name=name))])


def below(rep: RepFloor, days: int) -> Block:
    """Say to a rep that their week is below the floor; `days` of it are left."""
    each = ceil(rep.left / days) if days else rep.left
    return section(words(NOUN, "below", rep=rep, left=rep.left, days=days, each=each))


def why_evening() -> Mrkdwn:
    return words(NOUN, "why_evening")


def of_teams(teams: Sequence[TeamBelow], monday: date, today: date) -> Message:
    """Tell a manager of the week before, fact by fact, people by name."""
    blocks: list[Block] = []
    for one in teams:
        if one.below:
            names = [words(NOUN, "one_below", rep=rep, label=LABELS[rep.role]) for rep in one.below]
            said = Mrkdwn(listed(names))
            unheard = [rep.name for rep in one.below if rep.user_id not in one.heard]
            text = words(
                NOUN,
                "team_below",
                team=one.team,
                names=said,
                heard=len(one.below) - len(unheard),
                unheard=listed(unheard) if unheard else "",
                unheard_count=len(unheard),
                monday=monday,
                friday=monday + FRIDAY,
            )
            blocks.append(section(text))
        if one.opened:
            names = [words(NOUN, "one_opened", rep=rep, today=today) for rep in one.opened]
            said = Mrkdwn("; ".join(names))
            blocks.append(section(words(NOUN, "opened", names=said, days=NOTHING_OPENED)))
        blocks += [section(words(NOUN, "served", rep=rep, weeks=SERVICE_WEEKS)) for rep in one.service]
    return message_of(blocks)


def why() -> str:
    return str(words(NOUN, "why"))


def counts_in(values: Mapping[str, Any]) -> dict[SalesRole, str | None]:
    """Return what was typed for each role."""
    return {one: values.get(field_of(one)) for one in SalesRole}
