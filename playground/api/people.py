"""users.*, usergroups.*, dnd.*, bots.*, team.*, auth.*: who is who."""

from typing import Any

from playground.api.arguments import ApiError, Arguments
from playground.api.paging import page
from playground.double import Double
from playground.people import Person

Json = dict[str, Any]


def auth_test(double: Double, given: Arguments) -> Json:
    workspace = double.workspace
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.name,
        "user": workspace.bot.name,
        "team_id": workspace.team_id,
        "user_id": workspace.bot.id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
    }


def team_info(double: Double, given: Arguments) -> Json:
    workspace = double.workspace
    return {
        "team": {
            "id": workspace.team_id,
            "name": workspace.name,
            "domain": workspace.domain,
            "email_domain": "",
        }
    }


def bots_info(double: Double, given: Arguments) -> Json:
    workspace = double.workspace
    if given.text("bot", workspace.bot_id) != workspace.bot_id:
        raise ApiError("bot_not_found")
    bot = {
        "id": workspace.bot_id,
        "deleted": False,
        "name": workspace.bot.name,
        "updated": int(double.clock.now().timestamp()),
        "app_id": workspace.app_id,
        "user_id": workspace.bot.id,
        "icons": {},
    }
    return {"bot": bot}


def users_info(double: Double, given: Arguments) -> Json:
    person = _person(double, given.required("user", "user_not_found"))
    return {"user": _spoken(given, person) | _shown(double, person)}


def _spoken(given: Arguments, person: Person) -> Json:
    """The language of a person, where it is asked for."""
    return {"locale": person.locale} if given.flag("include_locale") and not person.deleted else {}


def users_list(double: Double, given: Arguments) -> Json:
    found, following = page(list(double.workspace.people.values()), given, default=200, most=1000)
    return {
        "members": [_spoken(given, person) | _shown(double, person) for person in found],
        "cache_ts": int(double.clock.now().timestamp()),
        "response_metadata": {"next_cursor": following},
    }


def lookup_by_email(double: Double, given: Arguments) -> Json:
    wanted = given.required("email", "users_not_found").casefold()
    for person in double.workspace.people.values():
        if person.email and person.email.casefold() == wanted and not person.deleted:
            return {"user": _shown(double, person)}
    raise ApiError("users_not_found")


def usergroups_list(double: Double, given: Arguments) -> Json:
    team, with_users = double.workspace.team_id, given.flag("include_users")
    shown = [
        group
        for group in double.workspace.groups.values()
        if given.flag("include_disabled") or not group.disabled
    ]
    return {"usergroups": [group.as_slack(team, with_users=with_users) for group in shown]}


def usergroup_users(double: Double, given: Arguments) -> Json:
    group = double.workspace.groups.get(given.required("usergroup", "no_such_subteam"))
    if group is None:
        raise ApiError("no_such_subteam")
    return {"users": list(group.users)}


def dnd_info(double: Double, given: Arguments) -> Json:
    """A person's do-not-disturb hours. Slack shows a snooze to the person alone, so the app sees only its own."""
    person = _person(double, given.text("user", double.workspace.bot.id))
    start, end = (int(instant.timestamp()) for instant in person.dnd) if person.dnd else (1, 1)
    snooze = {"snooze_enabled": False} if person.id == double.workspace.bot.id else {}
    return {
        "dnd_enabled": person.dnd is not None,
        "next_dnd_start_ts": start,
        "next_dnd_end_ts": end,
        **snooze,
    }


def _person(double: Double, user: str) -> Person:
    person = double.workspace.people.get(user)
    if person is None:
        raise ApiError("user_not_found")
    return person


def _shown(double: Double, person: Person) -> Json:
    with_email = "users:read.email" in double.manifest.scopes
    return person.as_slack(double.workspace.team_id, double.clock.now(), with_email=with_email)
