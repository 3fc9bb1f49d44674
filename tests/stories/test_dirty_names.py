"""Names from Slack and from files: cleaned of what is not seen, and text wherever they are shown."""

import re
import unicodedata

import pytest

from handlers.imports.files.run import bring_in
from tests.double import stored
from tests.forged import OTHER_TEAM, a_command, event, faults, hears, send, spoken
from tests.known import WORKSPACE
from tests.listener import heard

pytestmark = pytest.mark.engines("sqlite")

DIRT = {
    "right to left": "Ana\u202eKovač",
    "isolate": "Ana\u2066Kovač\u2069",
    "mark": "Ana\u200eKovač\u200f",
    "bell": "Ana\x07 Kovač",
    "escape": "\x1b[31mAna Kovač",
    "null": "Ana\x00Kovač",
    "line": "Ana\nKovač",
    "carriage return": "Ana\rKovač",
    "paragraph": "Ana\u2029Kovač",
    "tag characters": "Ana\U000e0041 Kovač",
    "no width": "A\u200bna Ko\ufeffvač",
    "next line": "Ana\u0085Kovač",
}
CLEAN = re.compile(r"Ana ?Kovač|\[31mAna Kovač")
UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Cs", "Co"}
KEPT = {"\u200d", "\u200c"}  # families of emoji and Persian words need them


def unseen(text: str) -> set[str]:
    return {f"U+{ord(one):04X}" for one in text if unicodedata.category(one) in UNSEEN and one not in KEPT}


def kept(rows: dict[str, list[str]], table: str) -> str:
    return "\n".join(rows[table])


@pytest.mark.parametrize("name", DIRT.values(), ids=DIRT)
async def test_a_name_from_slack_is_cleaned_where_it_enters(team, name):
    await team.server.change_person("U1", display_name=name)
    row = next(line for line in (await stored(team))["member"] if "'U1'" in line)
    assert CLEAN.search(row), row
    assert not re.search(r"\\x|\\u|\\U|\\n|\\r", row)
    assert unseen("".join(await team.person("mia").says("/team", channel="sales")).replace("\n", "")) == set()


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("\u202e\u200b\x00", id="only dirt"),
        pytest.param("👩\u200d👩\u200d👧 Ana", id="a family"),
        pytest.param("می\u200cخواهم", id="Persian"),
        pytest.param("Zoë O’Brien-Łukasz", id="letters"),
    ],
)
async def test_what_is_left_of_a_name_can_be_read(team, name):
    await team.server.change_person("U1", display_name=name)
    said = "\n".join(await team.person("mia").says("/team", channel="sales"))
    clean = "".join(one for one in name if unicodedata.category(one) not in UNSEEN or one in KEPT)
    assert (clean or "Ana Kovač") in said


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(DIRT["right to left"], id="right to left"),
        pytest.param(DIRT["isolate"], id="isolate"),
        pytest.param(DIRT["bell"], id="bell"),
        pytest.param(DIRT["no width"], id="no width"),
    ],
)
async def test_a_name_that_is_typed_is_cleaned_where_it_enters(team, name):
    await hears(team, "ana", spoken(team, "ana", f"deal {name} 24k"))
    row = kept(await stored(team), "opportunity")
    assert CLEAN.search(row)
    assert not re.search(r"\\x|\\u", row)


@pytest.mark.parametrize(
    "name", [pytest.param(name, id=one) for one, name in DIRT.items() if one not in ("null", "line")]
)
async def test_a_name_in_a_file_is_cleaned_where_it_enters(team, tmp_path, name):
    header = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n"
    line = f'1,Ana Kovač,"{name}","{name}",Won,2016-10-20,2017-03-01,1054\n'
    (tmp_path / "sales_pipeline.csv").write_text(header + line, "utf-8")
    await bring_in(team.bot.database, WORKSPACE, tmp_path / "sales_pipeline.csv", team.clock.now)
    rows = await stored(team)
    for table in ("opportunity", "account"):
        assert CLEAN.search(kept(rows, table)) or not rows[table], "cleaned, or refused"
        assert not re.search(r"\\x|\\u", kept(rows, table))


MARKS = [
    "*_x_*",
    "_*~x~*_",
    "```x```",
    "``x``",
    "*`x`*",
    "~_x_~",
    "> x",
    "```\nx",
    "&lt;!channel&gt;",
    "<!here>",
    "*x* _y_",
]


@pytest.mark.parametrize("name", MARKS)
async def test_nested_marks_stay_text_wherever_a_name_is_shown(team, name):
    ana = team.person("ana")
    typed = f'/followup "{name}" Fri send "{name}"'.replace("\n", " ")
    said = "\n".join(await ana.says(typed, channel="sales")).replace("\u200b", "")
    shown = name.replace("\n", " ").replace("&lt;", "<").replace("&gt;", ">")
    assert shown in said or name.replace("\n", " ") in said
    assert (
        shown in "\n".join(await ana.says("/followup", channel="sales")).replace("\u200b", "") or name in said
    )


@pytest.mark.parametrize("kind", ["slash_commands", "events_api", "interactive"])
async def test_a_foreign_workspace_is_refused_plainly(team, kind, caplog):
    before = await stored(team)
    payload = {
        "slash_commands": a_command(team_id=OTHER_TEAM),
        "events_api": event(team, spoken(team, "ana", "log 5 calls", team=OTHER_TEAM), team_id=OTHER_TEAM),
        "interactive": {},
    }[kind]
    if kind == "events_api":
        payload["authorizations"][0]["team_id"] = OTHER_TEAM
    if kind == "interactive":
        payload = {
            "type": "shortcut",
            "callback_id": "followup.new",
            "trigger_id": "1.2.x",
            "api_app_id": "A0APP",
            "team": {"id": OTHER_TEAM},
            "user": {"id": "U1", "team_id": OTHER_TEAM},
        }
    with heard() as logs:
        ack = await send(team, kind, payload)
    assert ack.ok
    assert "Something went wrong" not in str(ack.payload)
    assert faults(logs, caplog) == []
    assert await stored(team) == before
