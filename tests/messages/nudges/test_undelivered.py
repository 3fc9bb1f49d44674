"""What people read about messages that did not arrive; and that Slack takes the blocks as they are."""

from datetime import UTC, datetime

import pytest

from messages.blocks import home_view
from messages.nudges import undelivered
from messages.people import team
from playground import limits
from playground.transcript import MrkdwnReader, read_blocks
from playground.transcript.blocks import Sight
from playground.views import state_values
from playground.workspace import Workspace
from sales.nudges.undelivered import BY_ERROR, DELETED, reason
from sales.people.team import Team

NOW = datetime(2026, 9, 24, 14, 32, tzinfo=UTC)
ZONE = "Europe/Ljubljana"
INJECTION = "<!channel> <@U1> & *bold*"


def text_of(message):
    assert limits.message_faults(message.blocks) == []
    workspace = Workspace("Northwind")
    person = workspace.add_person("U1", "ana", "Ana Kovač")
    workspace.add_channel("C1", "sales", ["U1"])
    sight = Sight(MrkdwnReader(workspace, person, NOW), state_values(message.blocks, {}))
    return "\n".join(read_blocks(message.blocks, sight))


def item(**values):
    told = {
        "row_id": "r1",
        "what": "End-of-day prompt",
        "who": "Ben Ito",
        "channel": "",
        "at": NOW,
        "reason": reason("user_not_found", to_person=True),
        "may_go_again": True,
    }
    return undelivered.UndeliveredItem(**{**told, **values})


def test_a_line_says_what_for_whom_when_why_and_the_mend():
    said = text_of(undelivered.listing([item()], 1, 0, ZONE))
    assert said.splitlines() == [
        "1 message did not arrive.",
        "End-of-day prompt for Ben Ito · Thu 24 Sep, 16:32",
        "Slack does not know this person any more. If they left, take them out with /team people.",
        "[Retry] [Dismiss]",
    ]


def test_several_can_be_settled_at_once():
    said = text_of(undelivered.listing([item(), item(row_id="r2")], 2, 0, ZONE))
    assert said.endswith("———\n[Retry all] [Dismiss all]")


def test_a_digest_is_named_with_its_channel():
    archived = item(what="Weekly digest", who="", channel="C1", reason=reason("is_archived", to_person=False))
    said = text_of(undelivered.listing([archived], 1, 0, ZONE))
    assert "Weekly digest in #sales · Thu 24 Sep, 16:32" in said
    assert (
        "The channel was archived. To mend it, choose another channel with /team people, or unarchive it."
        in said
    )


def test_a_full_page_with_the_longest_names_fits():
    items = [item(row_id=f"r{number}", who="W" * 200) for number in range(undelivered.ON_A_PAGE)]
    said = text_of(undelivered.listing(items, 35, 6, ZONE, undelivered.retried(3)))
    assert "35 messages did not arrive. These are 7 to 12, the newest first." in said
    assert "3 messages on the way again." in said
    assert "[Newer] [Older]" in said


def test_names_are_text():
    assert "&lt;!channel&gt;" in str(undelivered.listing([item(who=INJECTION)], 1, 0, ZONE).blocks)


def test_a_message_whose_time_is_over_is_only_dismissed():
    said = text_of(undelivered.listing([item(may_go_again=False)], 1, 0, ZONE))
    assert "[Retry] [Dismiss]" not in said
    assert "Its time is over, so it can only be dismissed." in said


@pytest.mark.parametrize("error", [*BY_ERROR, "unheard_of", "KeyError: 'x'", None])
@pytest.mark.parametrize("to_person", [True, False])
def test_every_notice_fits_and_says_the_mend(error, to_person):
    found = reason(error, to_person=to_person)
    who = {"who": "Ben Ito"} if to_person else {"team": "Field", "channel_id": "C1"}
    said = text_of(
        undelivered.told(
            undelivered.UndeliveredNotice("End-of-day prompt", found, team_id=7, stopped=True, **who)
        )
    )
    assert found.text.replace("`", "") in said
    assert found.mend.replace("`", "") in said
    assert "[Show what did not arrive]" in said


def test_a_channel_that_is_gone_is_told_with_the_way_to_another():
    notice = undelivered.UndeliveredNotice(
        "", reason("is_archived", to_person=False), team="Field", team_id=7, channel_id="C1", stopped=True
    )
    assert text_of(undelivered.told(notice)).splitlines() == [
        "I cannot post the digest of Field in #sales any more. The channel was archived. To mend it, choose another"
        " channel with /team people, or unarchive it. Until then I do not try.",
        "[Choose a channel] [Show what did not arrive]",
    ]
    assert team.PEOPLE in str(undelivered.told(notice).blocks)


def test_a_channel_without_a_name_is_not_named():
    notice = undelivered.UndeliveredNotice("", reason(DELETED, to_person=False), team="Field", team_id=7)
    assert "I cannot post the digest of Field any more. The channel was deleted." in text_of(
        undelivered.told(notice)
    )


def test_a_summary_puts_those_alike_in_one_line_and_counts_the_rest():
    many = [item(row_id=f"a{number}") for number in range(3)]
    many += [item(row_id=f"b{number}", who=f"Rep {number}") for number in range(6)]
    said = text_of(undelivered.summary(many, 12))
    assert said.splitlines()[:2] == [
        "12 messages did not arrive.",
        "• End-of-day prompt for Ben Ito, 3 times: Slack does not know this person any more.",
    ]
    assert "and 5 more" in said
    assert "[Show them]" in said


def test_home_says_nothing_where_all_arrived():
    assert undelivered.home_blocks(0) == []
    assert undelivered.OPEN in str(home_view(undelivered.home_blocks(2)))


def test_a_team_is_shown_with_what_keeps_its_digest():
    field = Team(name="Field", digest_channel="C1")
    assert "does not arrive" not in text_of(team.listing(field, 7, [], manages=True))
    shown = team.listing(
        field, 7, [], manages=True, more=undelivered.team_blocks(reason("is_archived", to_person=False))
    )
    assert "The digest does not arrive. The channel was archived." in text_of(shown)
