"""Permission: the one table of what may be done, and by whom.

Every command, button, form, shortcut, event and section names its act. The router asks `may` before anything runs;
where a team or a person is found out only later, the same table is asked again with them.
"""

from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from typing import NamedTuple

from sales.people.member import Member
from sales.refusal import Refusal

DEACTIVATED = "Slack told me that your account was deactivated. Open my Home tab once, and I know you again."
FOR_IMPORTS = (
    "Managers and admins bring deals in. Send yours the file: they drop it in their messages with me."
)
FOR_ADMINS = "That is for admins: they decide which systems may send me content events. Ask one of yours."
FOR_LEADS = "That is for managers and admins. Ask yours, or see `/rainmaker help`."
SETS_UP = (
    "Teams are made by managers, and by the admins and owners of this Slack workspace. Please ask one of them."
    " Whoever runs me here can let you, too: ADMINS={user_id} in my settings."
)


class PermissionRefusal(Refusal):
    """What somebody asked for is not theirs to do, in plain words."""


class Act(StrEnum):
    """Something that can be done. Its rule is in `RULES`; no other place decides who may."""

    FROM_SLACK = "from_slack"  # Slack tells us something about a person or a channel; nobody asks for it
    COME_BACK = "come_back"  # open Home, and be known again
    OWN_WORK = "own_work"  # see, enter and change what is one's own
    SEE_TEAM = "see_team"  # read what a team decided, who is in it, and what its channel is told
    SET_UP_TEAM = "set_up_team"  # make a team, the first or a further one
    CHANGE_TEAM = "change_team"  # change a team's people, settings, holidays and leave
    SEE_TEAM_NUMBERS = "see_team_numbers"  # read what reps of a team do and reach, by name
    SEE_UNDELIVERED = "see_undelivered"  # read which messages did not arrive, send them again, dismiss them
    SET_RETENTION = "set_retention"  # decide how long the workspace keeps what
    IMPORT_DEALS = "import_deals"  # bring deals in as a file, and take them back
    SET_WEBHOOK = "set_webhook"  # decide which systems may send content events
    EDIT_LIBRARY = "edit_library"  # write, change and take out what a team says and asks
    SEE_WORK_OF = "see_work_of"  # read, enter and change what is another person's
    TALK = "talk"  # read and write what belongs to a 1:1: a rep and one manager of theirs


class About(NamedTuple):
    """What an act is about, as far as it is known: the managers of the team, its people, whose work it is.

    `managers` is None while no team is named; `owner_id` is empty while no person is. `lets_people` says that the team
    lets everybody in it do what else is for those who lead it.
    """

    managers: Collection[str] | None = None
    team_id: int | None = None
    owner_id: str = ""
    lets_people: bool = False


NOBODY_NAMED = About()
Rule = Callable[[Member, About], bool]


def everybody(member: Member, about: About) -> bool:
    return True


def leads(member: Member, about: About) -> bool:
    """Managers of any team, and admins; what they are shown is of their own teams."""
    return member.administers or member.is_manager


def administers(member: Member, about: About) -> bool:
    return member.administers


def leads_it_or_any(member: Member, about: About) -> bool:
    """The managers of the team that is named, and admins; while none is, managers of any."""
    return leads(member, about) if about.managers is None else leads_it(member, about)


def leads_it(member: Member, about: About) -> bool:
    return member.administers or member.user_id in (about.managers or ())


def leads_of_it(member: Member, about: About) -> bool:
    """The managers of the team that is named, and admins; anybody may ask while none is."""
    return about.managers is None or leads_it(member, about)


def in_it_or_leads(member: Member, about: About) -> bool:
    """The people of the team that is named, its managers, and admins; anybody may ask while none is."""
    inside = about.team_id is not None and member.team_id == about.team_id
    return about.managers is None or inside or leads_it(member, about)


def leads_it_or_is_let(member: Member, about: About) -> bool:
    """The managers of the team that is named, and admins; its people where it lets them, and whose the thing is."""
    inside = about.team_id is not None and member.team_id == about.team_id
    own = about.owner_id == member.user_id
    return leads_of_it(member, about) or (inside and (about.lets_people or own))


def owner_or_lead(member: Member, about: About) -> bool:
    """Whose it is, the managers of their team, and admins; anybody may ask while nobody is named."""
    return not about.owner_id or member.user_id == about.owner_id or leads_it(member, about)


def one_of_the_pair(member: Member, about: About) -> bool:
    """The rep of a 1:1 and the one manager who is named, no admin and no other manager; anybody while nobody is."""
    return not about.owner_id or member.user_id in (about.owner_id, *(about.managers or ()))


RULES: Mapping[Act, Rule] = {
    Act.FROM_SLACK: everybody,
    Act.COME_BACK: everybody,
    Act.OWN_WORK: everybody,
    Act.SEE_TEAM: in_it_or_leads,
    Act.SET_UP_TEAM: leads,
    Act.CHANGE_TEAM: leads_of_it,
    Act.SEE_TEAM_NUMBERS: leads_it_or_any,
    Act.SEE_UNDELIVERED: leads,
    Act.SET_RETENTION: administers,
    Act.IMPORT_DEALS: leads,
    Act.SET_WEBHOOK: administers,
    Act.EDIT_LIBRARY: leads_it_or_is_let,
    Act.SEE_WORK_OF: owner_or_lead,
    Act.TALK: one_of_the_pair,
}
REFUSED: Mapping[Act, str] = {
    Act.SET_UP_TEAM: SETS_UP,
    Act.IMPORT_DEALS: FOR_IMPORTS,
    Act.SET_WEBHOOK: FOR_ADMINS,
}  # the others: FOR_LEADS
ALSO_DEACTIVATED = frozenset({Act.FROM_SLACK, Act.COME_BACK})


def may(act: Act, member: Member, about: About = NOBODY_NAMED) -> bool:
    """Say whether a member may do something; with nothing named, whether there is anything they might do it to."""
    if not member.active and act not in ALSO_DEACTIVATED:
        return False
    return RULES[act](member, about)


def is_for_everybody(act: Act) -> bool:
    """Say whether everybody who is active may do something, as long as nothing and nobody is named."""
    return may(act, Member(user_id="nobody", name="Somebody without rights"))


def require(
    act: Act,
    member: Member,
    about: About = NOBODY_NAMED,
    otherwise: str = "",
    field: str | None = None,
) -> None:
    """Refuse what a member may not do.

    Raises:
        PermissionRefusal: in the words of `otherwise`, or of the act; for somebody deactivated with the way back.
    """
    if may(act, member, about):
        return
    usual = REFUSED.get(act, FOR_LEADS).format(user_id=member.user_id)
    raise PermissionRefusal((otherwise or usual) if member.active else DEACTIVATED, field=field)
