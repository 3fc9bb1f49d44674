"""Leads beside what the examples hold: the clock of the first call, who hears when, and nobody twice."""

import pytest

from storage.prospects.named_lead import leads_called
from tests.known import WORKSPACE
from tests.stories.craft.lived import has, home, line_with, mark, since
from tests.stories.face.seen import presses
from tests.stories.face.test_mornings_and_periods import wants_mornings
from tests.stories.pipeline.books import HERE
from tests.stories.pipeline.walked import asks, fills_in, text_of, told

DANA = "/lead add Dana Roe at Alder Yard from web form"


def newest(person, place="sales") -> str:
    return text_of(person, told(person, place)[-1])


async def rows(town, name="Dana Roe"):
    async with town.bot.database.read(WORKSPACE) as scope:
        return await leads_called(scope, name)


# the clock


async def test_the_list_says_by_when_to_call_and_how_late_it_is(team):
    ana = team.person("ana")
    await asks(ana, DANA, "sales")  # eleven there
    assert has(r"call by 11:05", line_with(await asks(ana, "/lead list", "sales"), "Dana Roe"))
    await team.jump("2026-09-14 11:20", HERE)
    assert has(r"call now, by 12:00 at the latest", await asks(ana, "/lead list", "sales"))
    await team.jump("2026-09-14 12:30", HERE)
    assert has(r"not called, 30 minutes late", await asks(ana, "/lead list", "sales"))
    await team.jump("2026-09-15 09:00", HERE)
    assert has(r"not called, 8 hours late", await asks(ana, "/lead list", "sales"))


@pytest.mark.parametrize(
    "line", ["/log call Dana Roe – spoke", "/log call Alder Yard – spoke", "called Dana Roe, no answer"]
)
async def test_a_logged_call_stops_the_clock_and_is_taken_back_with_it(team, line):
    ana = team.person("ana")
    await asks(ana, DANA, "sales")
    await team.jump("2026-09-14 11:04", HERE)
    await ana.says(line)
    (row,) = await rows(team)
    assert row.first_call_at is not None
    assert has(r"first called after 4 minutes", await asks(ana, "/lead Dana Roe", "sales"))
    await asks(ana, "/rainmaker undo", "sales")
    (row,) = await rows(team)
    assert row.first_call_at is None


@pytest.mark.parametrize("line", ["/log call dana – spoke", "/log called alder, no answer"])
async def test_a_call_by_a_part_of_the_name_is_the_leads_and_says_so(team, line):
    ana = team.person("ana")
    await asks(ana, DANA, "sales")
    await team.jump("2026-09-14 11:04", HERE)
    assert has(r"That is Dana Roe at Alder Yard, a lead of yours", await asks(ana, line, "sales"))
    (row,) = await rows(team)
    assert row.first_call_at is not None
    await asks(ana, "/rainmaker undo", "sales")
    (row,) = await rows(team)
    assert row.first_call_at is None


async def test_who_was_spoken_with_by_first_name_spoke_with_the_deal_they_become(team):
    ana = team.person("ana")
    await asks(ana, DANA, "sales")
    await asks(ana, "/log call dana – spoke, interested", "sales")
    assert has(r"✓ They spoke with us", await asks(ana, "/lead qualify dana", "sales"))


async def test_a_first_name_that_two_leads_have_stops_no_clock_and_says_whose_it_may_be(team):
    ana = team.person("ana")
    for line in (DANA, "/lead add Dana Poe at Birch from web form"):
        await asks(ana, line, "sales")
    said = await asks(ana, "/log call Dana – spoke", "sales")
    assert has(r"“Dana” may be: .*Log it with the whole name", said)
    assert [one.first_call_at for one in await rows(team, "Dana")] == [None, None]


async def test_an_email_is_no_call_and_a_call_with_another_lead_of_the_firm_is_not_theirs(team):
    ana = team.person("ana")
    for line in (DANA, "/lead add Sam Poe at Alder Yard from web form", "/log email Alder Yard"):
        await asks(ana, line, "sales")
    if "same" in newest(ana):
        raise AssertionError(newest(ana))
    await asks(ana, "/log call Sam Poe – spoke", "sales")
    assert [one.first_call_at is None for one in (*await rows(team), *await rows(team, "Sam Poe"))] == [
        True,
        False,
    ]


async def test_called_on_the_card_logs_one_call(team):
    ana = team.person("ana")
    await asks(ana, DANA, "sales")
    await presses(ana, r"^Called", where="sales")
    assert has(r"1 call.*Alder Yard", newest(ana))
    (row,) = await rows(team)
    assert row.first_call_at is not None


async def test_a_team_says_how_soon_a_source_is_called_and_takes_it_back(team):
    ana, mia = team.person("ana"), team.person("mia")
    await asks(ana, DANA, "sales")
    said = await asks(mia, "/team source web form 30 min 2 h", "sales")
    assert has(r"web form: 30 minutes is the target.*2 hours the limit", said)
    assert has(r"call by 11:30", await asks(ana, "/lead list", "sales"))
    await asks(mia, "/rainmaker undo", "sales")
    assert has(r"call by 11:05", await asks(ana, "/lead list", "sales"))
    await asks(mia, "/team source web form no clock", "sales")
    assert not has(r"call by", await asks(ana, "/lead list", "sales"))
    assert has(r"web form: no clock", await asks(ana, "/team source", "sales"))
    assert "[Set a source…]" not in newest(ana)


async def test_a_rep_does_not_change_a_source_and_the_form_reads_spans(team):
    ana, mia = team.person("ana"), team.person("mia")
    assert has(r"Mia", await asks(ana, "/team source web form 30 min 2 h", "sales"))
    await asks(mia, "/team source", "sales")
    await presses(mia, r"^Set a source", where="sales")
    await fills_in(mia, {r"^source": "Fair", r"^target": "soon", r"^limit": "2 h"})
    assert mia.modal_errors()
    await mia.fills("Target", "1 h")
    await mia.submits()
    assert has(r"Fair: 60 minutes is the target", newest(mia))


# who hears


async def test_leads_given_within_a_minute_come_in_one_message_and_a_call_settles_it(team):
    ana, mia = team.person("ana"), team.person("mia")
    for name in ("Dana Roe at Alder Yard", "Sam Poe at Birch"):
        await asks(mia, f"/lead add {name} from web form", "sales")
        await asks(mia, f"/lead assign {name.split(' at ')[0]} to @ana", "sales")
    before = mark(ana)
    await team.jump("2026-09-14 11:02", HERE)
    came = since(ana, before)
    assert len(came) == 1, came
    assert has(r"2 new leads are yours", came[0])
    assert has(r"call by 11:05", line_with(came[0], "Dana Roe"))


async def test_nobody_is_told_of_what_was_taken_back_or_called_meanwhile(team):
    ana, mia = team.person("ana"), team.person("mia")
    await asks(mia, DANA, "sales")
    await asks(mia, "/lead assign Dana Roe to @ana", "sales")
    await asks(mia, "/rainmaker undo", "sales")
    before = mark(ana)
    await team.jump("2026-09-14 11:10", HERE)
    assert since(ana, before) == []


async def test_ones_own_lead_is_no_news(team):
    ana = team.person("ana")
    before = mark(ana)
    await asks(ana, DANA, "sales")
    await team.jump("2026-09-14 11:10", HERE)
    assert since(ana, before) == []


async def test_untouched_leads_are_told_the_rep_first_and_the_manager_after_two_days(team):
    ana, mia = team.person("ana"), team.person("mia")
    await asks(ana, DANA, "sales")
    assert not has(r"Untouched", await home(mia))
    await team.jump("2026-09-16 09:00", HERE)
    assert has(r"Untouched for two working days or more: Ana Kovač 1", await home(mia))
    assert has(r"Untouched", await asks(mia, "/team", "sales"))
    assert not has(r"Untouched", await asks(ana, "/team", "sales"))
    await asks(ana, "/lead accept Dana Roe", "sales")
    assert not has(r"Untouched", await home(mia))


async def test_a_weeks_digest_counts_untouched_leads_and_names_nobody(team):
    ana, ben, mia = (team.person(name) for name in ("ana", "ben", "mia"))
    await asks(ana, DANA, "sales")
    await team.jump("2026-09-16 15:30", HERE)
    assert not has(r"untouched", await asks(mia, "/team digest", "sales"))  # which would be Ana's alone
    await asks(ben, "/lead add Sam Poe at Birch from web form", "sales")
    await team.jump("2026-09-18 16:00", HERE)
    said = await asks(mia, "/team digest", "sales")
    assert has(r"2 leads were left untouched for two working days or more", said)
    assert not has(r"Dana|Sam Poe", said)


async def test_the_morning_note_names_whom_nobody_called(team):
    ana = team.person("ana")
    await wants_mornings(ana)
    await asks(ana, DANA, "sales")
    await team.jump("13:00", HERE)
    before = mark(ana)
    await team.jump("2026-09-15 09:30", HERE)
    assert has(r"1 lead not called yet.*Dana Roe \(Alder Yard\)", "\n".join(since(ana, before)))


async def test_what_nobody_has_stands_before_the_manager_and_is_taken_by_a_rep(team):
    ana, mia = team.person("ana"), team.person("mia")
    await asks(mia, DANA, "sales")
    assert has(r"1 lead that nobody has yet", await home(mia))
    listed = await asks(mia, "/lead", "sales")
    assert has(r"Leads of Field\W+1 open, 1 that nobody has yet", listed)
    assert "Dana Roe" in listed
    await asks(ana, "/lead Dana Roe", "sales")
    await presses(ana, r"^Take it", where="sales")
    assert has(r"is your lead now", newest(ana))
    assert not has(r"nobody has yet", await home(mia))
    assert has(r"Ana Kovač: 1 new", await asks(mia, "/lead", "sales"))


async def test_why_says_how_the_clock_runs(team):
    assert has(r"Only working time counts", await asks(team.person("ana"), "/why leads", "sales"))


async def test_leads_that_are_late_at_one_moment_are_one_message(team):
    ana, mia = team.person("ana"), team.person("mia")
    for at, name in (("20:00", "Dana Roe"), ("20:20", "Sam Poe")):
        await team.jump(f"2026-09-14 {at}", HERE)
        await asks(mia, f"/lead add {name} at Firm of {name} from web form", "sales")
        await asks(mia, f"/lead assign {name} to @ana", "sales")
    before = mark(ana)
    for at in ("08:05", "09:05", "09:30"):
        await team.jump(f"2026-09-15 {at}", HERE)
    late = [one for one in since(ana, before) if "not called yet" in one]
    assert len(late) == 1, since(ana, before)
    assert late[0].count("not called yet") == 1
    assert has(r"2 leads not called yet", late[0])


async def test_a_target_longer_than_the_limit_is_refused_with_the_mend(team):
    said = await asks(team.person("mia"), "/team source fair 2 days 1 h", "sales")
    assert has(r"2 days is longer than 1 h.*/team source fair 1 h 2 days", said)


async def test_a_source_said_again_changes_nothing(team):
    mia = team.person("mia")
    await asks(mia, "/team source fair 1 h 2 days", "sales")
    assert has(r"Nothing changed", await asks(mia, "/team source fair 1 h 2 days", "sales"))
