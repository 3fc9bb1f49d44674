"""Members: what may change of one is a part of what there is."""

from typing import get_type_hints

from sales.people.member import Member, MemberChanges


def test_what_may_change_of_a_member_is_of_the_type_it_has():
    fields = get_type_hints(Member)
    changes = get_type_hints(MemberChanges)
    assert {name: fields[name] for name in changes} == changes
