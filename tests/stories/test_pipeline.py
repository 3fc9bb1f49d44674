"""`/pipeline` beside its examples: who may read whose, what each Fix stores, double clicks, what comes unasked."""

import re

import pytest
from sqlmodel import select

from sales.audit.answer import AnswerKind
from storage.audit.finding import FindingAnswerRow
from storage.followups.followup import FollowUpRow
from storage.pipeline.deal_contact import DealContactRow
from storage.pipeline.obstacle import ObstacleRow
from storage.pipeline.opportunity import OpportunityRow
from tests.known import WORKSPACE
from tests.stories.face.seen import label, presses
from tests.stories.pipeline import books
from tests.stories.pipeline.books import TODAY, days
from tests.stories.pipeline.walked import (
    asks,
    card,
    does,
    fills_in,
    opens,
    text_of,
    texts,
    turns_to,
)
from tests.stories.pipeline.walked import (
    findings as pages_of,
)

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
async def ana(team):
    await books.a_record(team)
    return team.person("ana")


async def findings(person, line="/pipeline"):
    """What each finding reads, once; the first again, behind the last, says so and is none more."""
    return [page for page in await pages_of(person, line) if "from here they begin again" not in page]


async def kept(town, table):
    async with town.bot.database.read(WORKSPACE) as scope:
        return list(await scope.session.exec(select(table)))


async def the_deal(town, name="Lockside"):
    return next(row for row in await kept(town, OpportunityRow) if row.name == name)


async def test_a_rep_reads_their_own_and_a_manager_their_reps(ana, team):
    await books.stands(team, "Lockside", age=141)
    mia, ben = team.person("mia"), team.person("ben")
    assert "for their managers and for admins" in await asks(ben, "/pipeline @ana", "sales")
    assert "managers and admins" in await asks(ben, "/pipeline team", "sales")
    read = await asks(mia, "/pipeline @ana")
    assert re.search(
        r"^Ana Kovač: Likely \$0 of \$4k on paper\. 1 of 1 open deal looks lost", read, re.MULTILINE
    )
    assert "1 of 1  Lockside" in read
    await does(mia, r"^Keep")
    (row,) = await kept(team, FindingAnswerRow)
    assert (row.user_id, row.answer) == ("U3", AnswerKind.KEPT)
    assert not any("Lockside" in page for page in await findings(ana))


async def test_a_team_is_a_line_a_rep_and_the_way_into_each_and_back(ana, team):
    await books.many_stand(team, books.NAMES[:3], age=141)
    await books.stands(team, "Granary", age=20, owner="U2", value=7_000_00)
    mia = team.person("mia")
    message = await opens(mia, "/pipeline team")
    lines = text_of(mia, message).splitlines()
    assert lines[0].startswith("Field  Likely $")
    assert re.match(r"Ana Kovač  Likely \$0 of \$12k on paper · 3 look lost · 3 findings", lines[1])
    assert re.match(r"Ben Ito  Likely \$[\d.]+k of \$7k on paper · 1 finding$", lines[2])
    await does(mia, r"^Look", near="Ana")
    assert text_of(mia, message).startswith("Ana Kovač: Likely $0 of $12k")
    await does(mia, r"^All of the team")
    assert text_of(mia, message).splitlines()[0] == lines[0]


async def test_words_that_name_nobody_say_what_is_read(ana, team):
    assert "I read /pipeline, /pipeline @ana and /pipeline team." in await asks(
        ana, "/pipeline everything", "sales"
    )


FIXED = {
    "value": ({"value": 0}, {r"Value": "4,000"}),
    "close": ({"expected_on": TODAY - days(3)}, {r"New close": "2026-10-09"}),
    "next step": ({}, {r"Next step": "Send the quote", r"Day": "2026-09-18"}),
    "who decides": ({"stage_label": "Negotiation"}, {r"Who decides": "Dana Reyes", r"What are they": "CFO"}),
    "name it": ({"stage_label": "Negotiation"}, {r"What could stop": "Legal", r"By when": "2026-09-15"}),
}


@pytest.mark.parametrize("what", FIXED)
async def test_each_fix_stores_what_was_missing_and_one_undo_takes_it_back(ana, team, what):
    deal, answers = FIXED[what]
    await books.stands(team, "Lockside", **deal)
    before = [await kept(team, table) for table in (FollowUpRow, DealContactRow, ObstacleRow)]
    message = await opens(ana)
    button = r"^Fix the date" if what == "close" else rf"^Fix.*{what}"
    while not label(message.blocks, button):
        await presses(ana, r"^Next", where=team.dm("ana"))
    total = int(re.search(r"of (\d+) cleared", text_of(ana, message)).group(1))
    await does(ana, button, answers)
    said = text_of(ana, message)
    assert "Fixed: Lockside" in said
    assert re.search(r"\b[12] of", said)  # what one mend settles beside is cleared with it
    row = await the_deal(team)
    after = [await kept(team, table) for table in (FollowUpRow, DealContactRow, ObstacleRow)]
    new = [one for was, now in zip(before, after, strict=True) for one in now[len(was) :]]
    if what == "value":
        assert (row.value_minor, new) == (4_000_00, [])
    elif what == "close":
        assert (row.expected_on.isoformat(), new) == ("2026-10-09", [])
    else:
        (made,) = new
        assert made.opportunity_id == row.id
    pages = await findings(ana)
    assert not any(label_of(page, button) for page in pages)
    await ana.says("/rainmaker undo", channel="sales")
    assert len(await findings(ana)) == total
    assert await kept(team, FindingAnswerRow) == []


def label_of(page, pattern):
    return any(re.search(pattern, one) for one in re.findall(r"\[(.*?)\]", page))


async def test_an_overdue_obstacle_is_out_of_the_way_or_has_a_new_day(ana, team):
    await books.stands(team, "Lockside", stage_label="Negotiation")
    await turns_to(ana, "Lockside", r"no obstacle")
    await does(ana, r"^Fix", {r"What could stop": "Legal", r"By when": "2026-09-15"})
    await team.jump("2026-09-17 10:00", books.HERE)
    await turns_to(ana, "Lockside", r"Still in the way: Legal; that was due Tue 15 Sep")
    await presses(ana, r"^Fix", where=team.dm("ana"))
    await fills_in(ana, {})
    assert ana.modal_errors()
    await fills_in(ana, {r"new day": "2026-09-21"})
    (obstacle,) = await kept(team, ObstacleRow)
    assert (obstacle.due_on.isoformat(), obstacle.cleared_on) == ("2026-09-21", None)


async def test_two_clicks_keep_a_finding_once_and_lead_to_the_same_page(ana, team):
    await books.many_stand(team, books.NAMES[:3], age=141)
    message = await opens(ana)
    shown = list(message.blocks)
    await does(ana, r"^Keep")
    once = text_of(ana, message)
    message.blocks = shown  # as whoever clicked twice still saw it
    await does(ana, r"^Keep")
    twice = text_of(ana, message)
    assert "Alder: “Too old” is settled already. Nothing was changed." in twice
    assert [line for line in twice.splitlines() if "Alder" not in line] == [
        line for line in once.splitlines() if "Alder" not in line
    ]
    assert len(await kept(team, FindingAnswerRow)) == 1


async def test_home_opens_it_in_a_form_that_goes_on_in_its_place(ana, team):
    await books.many_stand(team, books.NAMES[:3], age=141)
    await ana.opens_home()
    await presses(ana, r"^Pipeline", where="home")
    assert "1 of 3" in ana.modal()
    await presses(ana, r"^Keep", where="modal")
    assert "1 of 3 cleared" in ana.modal()
    await presses(ana, r"^Lost", where="modal")
    await fills_in(ana, {r"decided": "price"})
    assert "2 of 3 cleared" in ana.modal()
    assert (await the_deal(team, "Birch")).stage == "lost"


async def test_a_check_that_was_switched_off_is_told_in_why_and_switched_on_there(ana, team):
    await books.stands(team, "Lockside", age=141)
    await turns_to(ana, "Lockside", r"this old")
    await does(ana, r"^Never check this", near="Lockside")
    assert "“Too old” is off for you" in texts(ana)[-1]
    assert "Off for you." in await asks(ana, "/why pipeline")
    await does(ana, r"^Check again: Too old")
    assert "Off for you." not in texts(ana)[-1]
    assert any("this old" in page for page in await findings(ana))


async def test_who_moved_a_date_is_asked_on_its_card_once(ana, team):
    await books.stands(team, "Lockside", expected_on=TODAY + days(60))
    await team.jump("2026-09-24 10:00", books.HERE)
    await ana.says("/deal move Lockside to 29 sep", channel="sales")
    assert "Did the buyer move this date?" in await card(ana, "Lockside")
    await does(ana, r"^We did", place="sales")
    assert "Kept: we moved this date." in texts(ana, "sales")[-1]
    assert "Did the buyer" not in await card(ana, "Lockside")
    pages = await findings(ana)
    assert any("You moved it, not the buyer." in page for page in pages)


async def test_it_comes_to_who_works_with_it_says_why_and_has_an_off_switch(ana, team):
    await books.many_stand(team, books.NAMES[:3], age=141)
    await ana.says("/goal 60k this quarter because of last year", channel="sales")
    await books.stands(team, "Granary", age=141, owner="U2")
    await team.jump("2026-09-15 09:45", books.HERE)
    assert texts(team.person("ben")) == []  # who never did anything here
    said = texts(ana)[-1]
    assert said.startswith("Likely $0 of $12k on paper. All 3 deals look lost")
    assert "Q3 2026 fell behind" in await asks(ana, "/why", "sales")
    assert label(ana._place(None).seen_by("U1")[-1].blocks, r"Switch off: Pipeline audit")
    for day in range(16, 26):
        await team.jump(f"2026-09-{day} 09:45", books.HERE)
    assert sum("[Keep]" in one for one in texts(ana)) == 1


async def test_next_behind_the_last_finding_says_that_they_begin_again(team):
    ana = team.person("ana")
    await books.a_record(team)
    await books.many_stand(team, books.NAMES[:2], age=141)
    await ana.says("/pipeline", channel="sales")
    for _ in range(30):
        await ana.clicks("Next")
        if re.search(r"\b1 of \d+", ana.sees("sales")[-1]):
            break
        assert "begin again" not in ana.sees("sales")[-1]
    assert "That was the last one: from here they begin again." in ana.sees("sales")[-1]


CAME = [
    ("D1", "Harbor", "open", 9000, "2026-07-10", None, None),
    ("D2", "Quay", "open", 7000, "2026-07-10", None, None),
]


async def test_silence_is_known_from_an_import_on_and_not_before(team, tmp_path):
    """On the import's day nobody is told unasked what is only not on record; later it says since when it is silent."""
    await books.a_record(team)
    ana = team.person("ana")
    await ana.says("/goal 60k this quarter because of last year", channel="sales")
    await books.imported(team, tmp_path, *CAME)
    pages = "\n".join(await findings(ana))
    assert "Nothing happened" not in pages
    assert "No next step is noted since it was imported on Mon 14 Sep." in pages
    await team.jump("2026-10-06 10:00", books.HERE)
    assert "Nothing is recorded on it since it was imported on Mon 14 Sep." in "\n".join(await findings(ana))
    await ana.says("/log 1 call Quay", channel="sales")
    pages = await findings(ana)
    assert not [one for one in pages if "Quay" in one and "is recorded" in one]


async def test_an_audit_does_not_come_by_itself_on_the_day_an_import_brought_the_deals(team, tmp_path):
    ana = team.person("ana")
    await ana.says("/goal 60k this quarter because of last year", channel="sales")
    await team.jump("2026-10-01 08:50", books.HERE)
    await books.imported(team, tmp_path, *CAME)
    await team.jump("2026-10-01 16:40", books.HERE)
    assert not [one for one in ana.sees() if "1 of 2" in one and "Harbor" in one]
    await team.jump("2026-10-02 09:30", books.HERE)
    assert [one for one in ana.sees() if "1 of 2" in one and "Harbor" in one]


async def steps_to(person, team, message, pattern):
    while not re.search(pattern, text_of(person, message)):
        await presses(person, r"^Next", where=team.dm("ana"))


def headline(person, message):
    return text_of(person, message).splitlines()[0]


async def agrees_with_a_new_reading(person, message):
    """What a page says behind a step is what whoever asks anew reads: figures, and the findings that are left."""
    said = text_of(person, message)
    found = await findings(person)
    assert found[0].splitlines()[0] == said.splitlines()[0]
    assert re.search(r"of (\d+) cleared", said) is None or int(
        re.search(r"\d+ of (\d+) cleared", said)[1]
    ) - int(re.search(r"(\d+) of \d+ cleared", said)[1]) == len(found)


@pytest.mark.parametrize("what", [*FIXED, "pushed", "one"])
async def test_behind_each_mend_the_page_is_what_is_read_anew(ana, team, what):
    """What was fixed is gone, its figures are new, and each button below still does what it says."""
    await books.many_stand(team, books.NAMES[:2], age=30, value=2_000_00)
    await ana.says("/goal 60k this quarter because of last year", channel="sales")
    if what == "one":
        await books.stands(team, "Harbor Yard", age=136, value=18_000_00)
        await books.stands(team, "Harbor – Yard Ltd", age=26, value=9_000_00)
        button, answers = r"^Fix: make them one", {}
    elif what == "pushed":
        await books.stands(team, "Lockside", expected_on=TODAY + days(10))
        for place, day in enumerate(("2 oct", "9 oct")):
            await team.jump(f"2026-09-{15 + place} 10:00", books.HERE)
            await ana.says(f"/deal move Lockside to {day}", channel="sales")
        button, answers = r"^Fix the date", {r"New close": "2026-10-16"}
    else:
        deal, answers = FIXED[what]
        await books.stands(team, "Lockside", **deal)
        button = r"^Fix the date" if what == "close" else rf"^Fix.*{what}"
    message = await opens(ana)
    while not label(message.blocks, button):
        await presses(ana, r"^Next", where=team.dm("ana"))
    await does(ana, button, answers)
    said = text_of(ana, message)
    assert "Fixed: " in said
    if what == "one":
        assert headline(ana, message).startswith("Likely ")
        assert "of $13k on paper" in said
        assert "No deal this old was ever won here" in "\n".join(await findings(ana))
    await agrees_with_a_new_reading(ana, message)
    if what == "pushed":
        assert not any("was pushed" in page for page in await findings(ana))


async def test_who_knows_why_reads_at_once_what_else_there_is(ana, team):
    await books.stands(team, "Lockside", age=141)
    message = await turns_to(ana, "Lockside", r"this old")
    await does(ana, r"^I know why", near="Lockside")
    assert "Nothing happened on it" in text_of(ana, message)
    await agrees_with_a_new_reading(ana, message)


async def test_a_fix_opens_wherever_its_finding_stands_by_now(ana, team):
    await books.many_stand(team, books.NAMES[:3], age=30)
    message = await opens(ana)
    await steps_to(ana, team, message, r"Cedar.*\nNothing happened")
    shown = list(message.blocks)
    await ana.says("/deal lost Alder price", channel="sales")
    message.blocks = shown
    await presses(ana, r"^Fix: next step", where=team.dm("ana"))
    assert "Cedar" in ana.modal()
    await fills_in(ana, {r"Next step": "Send the quote", r"Day": "2026-09-18"})
    assert "Fixed: Cedar" in text_of(ana, message)
    message.blocks = shown
    await presses(ana, r"^Fix: next step", where=team.dm("ana"))
    assert "Cedar: “Gone quiet” is settled already. Nothing was changed." in text_of(ana, message)


async def test_a_close_typed_wrong_and_put_right_at_once_was_pushed_once(ana, team):
    """29 Sep, no, 5 Oct, no, 31 Oct: one move, for the rep and for their manager; the history keeps each (#23)."""
    await books.stands(team, "Lockside", expected_on=TODAY + days(15))
    for day in ("5 oct", "31 oct"):
        await ana.says(f"/deal move Lockside to {day}", channel="sales")
    assert not any("pushed" in page for page in await findings(ana))
    assert not any("pushed" in page for page in await findings(team.person("mia"), "/pipeline @ana"))
    await ana.says("/deal Lockside", channel="sales")
    await ana.chooses("⋯", "History")
    assert "closes Mon 5 Oct, was Tue 29 Sep (you; put right at once)" in ana.modal()
    assert "closes Sat 31 Oct, was Mon 5 Oct (you)" in ana.modal()
    await ana.closes()
    await ana.says("/rainmaker undo", channel="sales")
    await ana.says("/rainmaker undo", channel="sales")
    assert (await the_deal(team)).expected_on == TODAY + days(15)
    await ana.says("/deal move Lockside to 5 oct", channel="sales")
    await team.jump("2026-09-15 10:00", books.HERE)
    await ana.says("/deal move Lockside to 31 oct", channel="sales")
    assert any("Its close was pushed twice, by 32 days in all." in page for page in await findings(ana))


async def test_the_day_of_an_import_is_the_readers(team, tmp_path):
    """Five past midnight here is still yesterday in UTC."""
    await books.a_record(team)
    ana = team.person("ana")
    await ana.says("/goal 60k this quarter because of last year", channel="sales")
    await team.jump("2026-09-15 00:05", books.HERE)
    await books.imported(team, tmp_path, *CAME)
    await team.jump("2026-09-15 10:00", books.HERE)
    assert "since it was imported on Tue 15 Sep." in "\n".join(await findings(ana))
