"""Blocks and mrkdwn as a person reads them."""

from datetime import UTC, datetime

import pytest

from playground.limits.blocks import BLOCKS
from playground.transcript import MrkdwnReader, read, read_blocks
from playground.transcript.blocks import READERS, Sight
from playground.views import state_values
from tests.playground.conftest import small_workspace
from tests.playground.moments import WEDNESDAY
from tests.playground.pieces import (
    BUILT,
    button,
    chart,
    data_table,
    input_,
    mrkdwn,
    option,
    pie,
    plain,
    select,
)

FIVE = int(datetime(2017, 9, 20, 15, 0, tzinfo=UTC).timestamp())


def reader(person="U1"):
    workspace = small_workspace()
    workspace.add_group("S1", "emea", "EMEA", ["U1"])
    return MrkdwnReader(workspace, workspace.people[person], WEDNESDAY)


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("*bold* _slanted_ ~gone~ `code`", "bold slanted gone code"),
        ("5 * 4 * 3 and snake_case_name", "5 * 4 * 3 and snake_case_name"),
        ("*<@U2>* owes", "@Ben Ito owes"),
        ("<#C1|old-name> <#C404|gone>", "#sales #gone"),
        ("<!here> <!channel> <!subteam^S1>", "@here @channel @emea"),
        ("<https://x.example|the *deal*> <https://x.example>", "the *deal* https://x.example"),
        ("&lt;!channel&gt; &amp;amp;", "<!channel> &amp;"),
        (f"<!date^{FIVE}^{{date_short_pretty}} at {{time}}|17:00>", "today at 5:00 PM"),
        (f"<!date^{FIVE + 86400}^{{date_pretty}}|x>", "tomorrow"),
        (f"<!date^{FIVE + 3 * 86400}^{{date_long}}|x>", "Saturday, September 23rd, 2017"),
        (f"<!date^{FIVE}^{{date_num}} {{time_secs}}|x>", "2017-09-20 5:00:00 PM"),
        (f"<!date^{FIVE}^{{nonsense}}|Sept 20>", "Sept 20"),
        ("<!date^soon^{date}|Sept 20>", "Sept 20"),
        ("a < b", "a < b"),
    ],
)
def test_mrkdwn(text, reads):
    assert read(text, reader()) == reads


def test_a_date_is_in_the_readers_zone():
    tag = f"<!date^{FIVE}^{{time}}|x>"
    assert (read(tag, reader("U1")), read(tag, reader("U2"))) == ("5:00 PM", "11:00 AM")


def shown(*blocks, entered=None):
    placed = [{"block_id": f"b{number}", **block} for number, block in enumerate(blocks)]
    return read_blocks(placed, Sight(reader(), state_values(placed, entered or {})))


def test_every_block_type_slack_has_is_read():
    assert set(BLOCKS) == set(READERS)


@pytest.mark.parametrize("block", BUILT, ids=lambda block: type(block).__name__)
def test_what_slackblocks_builds_is_read(block):
    lines = shown(block._resolve())
    assert lines
    assert not any("block)" in line for line in lines)


def test_a_section_with_fields_and_a_button():
    section = {
        "type": "section",
        "text": mrkdwn("*Acme*"),
        "fields": [mrkdwn("Stage\nOffer")],
        "accessory": button(),
    }
    assert shown(section) == ["Acme", "Stage", "Offer [Go]"]


def test_menus_show_what_is_chosen():
    menu = select(action_id="s", placeholder=plain("Snooze"))
    assert shown({"type": "actions", "elements": [menu]}) == ["(Snooze…)"]
    entered = {"b0": {"s": {"type": "static_select", "selected_option": option("v1", "1 hour")}}}
    assert shown({"type": "actions", "elements": [menu]}, entered=entered) == ["(1 hour)"]
    boxes = {"type": "checkboxes", "action_id": "c", "options": [option("a", "A"), option("b", "B")]}
    entered = {"b0": {"c": {"type": "checkboxes", "selected_options": [option("b", "B")]}}}
    assert shown(input_(boxes), entered=entered) == ["Label: ☐ A  ☑ B"]


def test_rich_text_lists_quotes_and_code():
    def words(text):
        return {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}

    parts = [
        words("Plan"),
        {"type": "rich_text_list", "style": "ordered", "elements": [words("call"), words("write")]},
        {"type": "rich_text_list", "style": "bullet", "indent": 1, "elements": [words("later")]},
        {"type": "rich_text_quote", "elements": [{"type": "user", "user_id": "U2"}]},
    ]
    block = {"type": "rich_text", "elements": parts}
    assert shown(block) == ["Plan", "1. call", "2. write", "  • later", "| @Ben Ito"]


def test_tables_and_charts_are_small_tables():
    cells = [[{"type": "raw_text", "text": "Deal"}, {"type": "raw_text", "text": "Value"}]]
    cells.append([{"type": "raw_text", "text": "Acme Ltd"}, {"type": "raw_number", "value": 1200}])
    assert shown({**data_table(2), "rows": cells}) == ["Deals", "Deal     | Value", "Acme Ltd | 1,200"]
    assert shown(chart()) == ["Pace", "   | Won", "Q1 | 1"]
    assert shown(pie(2)) == ["Share", "s0 | 1", "s1 | 1"]
