"""Lists of many hostile, long names: every message is one that Slack takes, and what is hidden is counted."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from messages.blocks import GLANCE, SECTION_LENGTH, marked, message_of
from messages.followups import due, due_today, followup_list
from messages.followups.followup import LastAction
from messages.formatting import cut, escaped
from messages.nudges import undelivered
from messages.people import holiday, leave, team
from messages.pipeline import opportunity
from messages.room import MOST, weight
from messages.surfaces import evening, home
from playground import limits
from sales.followups.followup import StoredFollowUp
from sales.language.typed_text import cut_before, shorten
from sales.nudges.undelivered import reason
from sales.people.team import Team
from sales.pipeline.opportunity import Opportunity, Stage

TODAY = date(2026, 9, 14)
DAY = timedelta(days=1)
NOW = datetime(2026, 9, 14, 14, 32, tzinfo=UTC)
ZONE = "Europe/Ljubljana"
FIELD = Team(name="Field")
FAMILY = "👩‍👩‍👧"
BROKEN = re.compile(r"&(?!amp;|lt;|gt;)|<[^<>]*(?:<|$)|[\ud800-\udfff]|\u200d(?:…|$)")
# what the longest names are made of: signs that are escaped, pairs that Slack would format, wide and joined characters
HOSTILE = ["&", "<", ">", "*a* ", "_b_ ", "`c` ", "🚀", FAMILY, "👍🏽", "🇸🇮", "é", "עברית ", "x", "W"]


@st.composite
def hostile(draw, longest=200):
    """A name as long as may be, or a shorter one, of one or two kinds of characters."""
    parts = draw(st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=2))
    made = "".join(parts) * longest
    at = draw(st.sampled_from([1, 60, longest - 1, longest]))
    return made[: cut_before(made, at)].strip() or "x"


def check(message, hidden=0):
    """The message is one that Slack takes, and says how many it hides."""
    assert limits.message_faults(message.blocks) == []
    assert not limits.too_long(message.blocks)
    assert weight(message.blocks) <= MOST
    assert len(message.text) <= GLANCE
    every = [message.text, *texts(message.blocks)]
    marked_up = [message.text, *texts(message.blocks, plain=False)]
    assert [text for text in marked_up if BROKEN.search(text)] == []
    assert not any("more than fits into one" in text for text in every)
    if hidden:
        assert any(f"{hidden} more" in text for text in every)


def texts(value, *, plain=True):
    """Every text in blocks; what is shown as it was typed only if `plain`."""
    if isinstance(value, dict):
        if not plain and value.get("type") == "plain_text":
            return []
        return [one for part in value.values() for one in texts(part, plain=plain)]
    if isinstance(value, list):
        return [one for part in value for one in texts(part, plain=plain)]
    return (
        [value]
        if isinstance(value, str) and ("&" in value or "<" in value or "…" in value or " " in value)
        else []
    )


def ids(message, prefix):
    return [block["block_id"] for block in message.blocks if block.get("block_id", "").startswith(prefix)]


def promises(words, count, on=TODAY):
    return [
        StoredFollowUp(
            id=one, owner_id="U1", who=words, what=(words * 3)[:500].strip(), worth=(words * 3)[:500].strip(), due_on=on
        )
        for one in range(1, count + 1)
    ]  # fmt: skip


class ShownDeal(Opportunity):
    id: int


MANY = st.integers(1, 60)


@given(hostile(), MANY)
@settings(max_examples=40)
def test_every_follow_up_stands_on_one_page_of_the_list(words, count):
    items = promises(words, count)
    at, seen = 0, []
    while True:
        shown = followup_list.listing(items, TODAY, ZONE, at)
        check(shown)
        seen += marked(shown.blocks)
        following = [
            one["value"]
            for block in shown.blocks
            for one in block.get("elements", [])
            if one.get("action_id") == f"{followup_list.PAGE}:next"
        ]
        if not following:
            break
        assert any(f"of {count}" in text for text in texts(shown.blocks))
        at = int(following[0])
    assert seen == list(range(1, count + 1))


@given(hostile(), MANY)
@settings(max_examples=40)
def test_every_deal_stands_on_one_page_of_the_list(words, count):
    deals = [
        ShownDeal(id=one, name=words, account=words, value_minor=100, opened_on=TODAY, stage=Stage.OPEN, owner_id="U1")
        for one in range(count)
    ]  # fmt: skip
    at, seen = 0, 0
    while True:
        shown = opportunity.listing(deals, TODAY, at)
        check(shown)
        buttons = [block["accessory"] for block in shown.blocks if "accessory" in block]
        seen += len(buttons)
        ways = [one for block in shown.blocks for one in block.get("elements", []) if "value" in one]
        following = [one["value"] for one in ways if one["action_id"] == f"{opportunity.PAGE}:next"]
        if not following:
            break
        at = int(following[0])
    assert seen == count


@given(hostile(), MANY)
@settings(max_examples=40)
def test_an_evening_and_app_home_say_how_many_they_leave_out(words, count):
    items = promises(words, count)
    ahead, last = promises(words, 5, date(2026, 9, 15)), LastAction(words, 1)
    part = due.blocks(items, ahead, last, "evening:2026-09-14", TODAY, TODAY, TODAY + DAY, TODAY + DAY, ZONE)
    shown = evening.prompt([part])
    check(shown, hidden=count - len(marked(shown.blocks)))
    blocks = due_today.blocks(items, ahead, last, TODAY, TODAY + DAY, ZONE, done=True)
    view = home.view(home.Home(TODAY, ZONE, "Field", may_set_up=False, blocks=blocks))
    assert limits.view_faults(view) == []
    assert weight(view["blocks"]) <= MOST
    hidden = count - len(marked(view["blocks"]))
    assert not hidden or any(f"{hidden} more" in text for text in texts(view["blocks"]))


@given(hostile(100), MANY, st.booleans())
@settings(max_examples=40)
def test_the_lists_of_a_team_say_how_many_they_leave_out(words, count, manages):
    days = [holiday.Day(date(2026, 12, 24), words) for _ in range(count)]
    shown = holiday.listing(FIELD, 1, days, 2026, manages=manages)
    said = "\n".join(texts(shown.blocks))
    check(shown)
    assert said.count("24 Dec") == count or "more: " in said
    spans = [leave.LeaveValue(one, words, TODAY, TODAY, words) for one in range(count)]
    shown = leave.listing(spans, "Field", 1, TODAY)
    check(shown, hidden=count - sum("accessory" in block for block in shown.blocks))
    people = [team.ListedPerson(words, True, False, ZONE, NOW, None, True) for _ in range(count)]
    shown = team.listing(FIELD, 1, people, manages=manages)
    check(shown, hidden=count - "\n".join(texts(shown.blocks)).count("16:32"))


@given(hostile())
@settings(max_examples=20)
def test_a_page_of_what_did_not_arrive_fits(words):
    items = [
        undelivered.UndeliveredItem(
            f"r{one}", "End-of-day prompt", words, "C1", NOW, reason("user_not_found", to_person=True), True
        )
        for one in range(undelivered.ON_A_PAGE)
    ]
    check(undelivered.listing(items, 300, undelivered.ON_A_PAGE, ZONE, undelivered.retried(3)))


@given(st.lists(st.sampled_from(HOSTILE), max_size=60), st.integers(1, 120))
def test_nothing_is_cut_inside_what_means_something_only_as_a_whole(parts, limit):
    typed = "".join(parts)
    markup = cut(escaped(typed), limit)
    assert len(markup) <= limit
    assert not BROKEN.search(markup)
    short = shorten(typed, limit)
    assert len(short) <= limit
    kept = short.removesuffix("…").replace(FAMILY, "").replace("👍🏽", "").replace("🇸🇮", "")
    assert "\u200d" not in kept
    assert "👍" not in kept
    assert "🇸" not in kept


@pytest.mark.parametrize("text", ["x" * 9000, "&" * 9000, FAMILY * 2000, "*a* " * 2000])
def test_a_text_of_any_length_is_cut_to_what_slack_takes(text):
    message = message_of(text)
    check(message)
    assert all(len(block["text"]["text"]) <= SECTION_LENGTH for block in message.blocks)
