"""Permission: who may see or do what."""

from collections.abc import Collection

from sales.people.member import Member


def may_manage(member: Member, managers: Collection[str]) -> bool:
    """Say whether somebody may change a team with these managers: they themselves may, and admins."""
    return member.active and (member.is_admin or member.user_id in managers)
