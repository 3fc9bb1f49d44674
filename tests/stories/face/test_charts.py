"""Charts and tables are Slack's own, in messages, with the same in words beside them; Home has none."""

import re

import pytest

from playground.views import inner_blocks
from tests.stories.face import books
from tests.stories.face.seen import every_message, label, message_lines, newest, presses

pytestmark = pytest.mark.engines("sqlite")

CHART = "data_visualization"


def charts(messages, *kinds):
    return [one for message in messages for one in inner_blocks(message.blocks or []) if one["type"] in kinds]


async def test_a_goals_details_hold_its_burn_up(team):
    """How the quarter went, week by week against the plan: a chart of Slack's own, and its end in words."""
    ana = team.person("ana")
    await books.a_record(team)
    await ana.says("/goal 18k this quarter because two big renewals", channel="sales")
    await ana.says("/goal", channel="sales")
    assert label(newest(ana, "sales").blocks, r"^Details"), "The goal's card has no Details."
    known = len(every_message(team))
    await presses(ana, r"^Details", where="sales")
    found = [*every_message(team)[known:], newest(ana, "sales")]
    assert charts(found, CHART), "No chart of Slack's own came with Details."
    said = "\n".join(line for message in found for line in message_lines(ana, message))
    assert re.search(r"\$12\.3k|\$12,335", said), said


async def test_the_scoreboard_shows_reliability_as_slacks_own(team):
    """How often what was called so likely came true: a chart or a table, not glyphs."""
    ana = team.person("ana")
    await books.a_record(team)
    await ana.says("/goal 18k this quarter because two big renewals", channel="sales")
    await ana.says("/goal 45k next quarter because two big renewals", channel="sales")
    for day in ("09-15", "09-16", "09-17", "09-28", "10-01", "10-02", "10-05"):
        await team.jump(f"2026-{day} 09:30", books.HERE)
    await ana.says("/goal scoreboard", channel="sales")
    message = newest(ana, "sales")
    assert charts([message], CHART, "table", "data_table"), "\n".join(message_lines(ana, message))
    assert not re.search("[▓░█▒]", "\n".join(message_lines(ana, message)))
