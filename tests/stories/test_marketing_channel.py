"""Marketing's channel: who chooses it, in a line or a form; what its post says, and what becomes of one that fails."""

import pytest

from sales.prospects.lead import Lead, LeadState, RejectCause
from storage.prospects.lead import add_lead
from tests.forged import describe_channel
from tests.known import T0, WORKSPACE
from tests.setup_story import found_team
from tests.undelivered import advance, provoked

HERE = "Europe/Ljubljana"
MONDAY = "2026-09-21"
FIELD = "Marketing’s channel"


@pytest.fixture
async def mia(team):
    """The manager of Ana and Ben; the bot was asked into #random."""
    found = team.person("mia")
    await found.invites_bot("random")
    return found


async def came(town, count, state=LeadState.NEW, cause=None, source="Web form", owner="U1"):
    async with town.bot.database.write(WORKSPACE) as scope:
        for at in range(count):
            decided = None if state is LeadState.NEW else T0
            made = Lead(
                name=f"Pat {source} {state} {at}", account="Alder Yard", source=source, owner_id=owner, came_at=T0,
                state=state, decided_at=decided, reject_cause=cause,
            )  # fmt: skip
            await add_lead(scope, made)


async def comes_monday(town):
    """Let the days pass until the post is out: after a week at once, all that waited would leave a little apart."""
    for at in ("08:50", "09:10"):
        await town.jump(f"{MONDAY} {at}", HERE)


async def chosen(town):
    field = await found_team(town, "Field")
    return field.marketing_channel


async def chooses(mia, channel="random"):
    await mia.says("/team marketing", "sales")
    await mia.chooses(FIELD, channel)
    await mia.submits()


def id_of(town, name):
    return next(one.id for one in town.server.workspace.channels.values() if one.name == name)


async def test_a_channel_is_chosen_in_the_form_and_taken_back(team, mia):
    await chooses(mia)
    assert await chosen(team) == id_of(team, "random")
    assert "on Mondays at 09:00" in mia.modal()
    await mia.clicks("Undo", where="modal")
    assert await chosen(team) is None


async def test_a_manager_chooses_it_from_what_marketing_would_read_and_a_rep_does_not(team, mia):
    (said,) = await team.person("ana").says("/lead quality", "sales")
    assert "Choose a channel" not in said
    await mia.says("/lead quality", "sales")
    await mia.clicks("Choose a channel…")
    await mia.chooses(FIELD, "random")
    await mia.submits()
    assert await chosen(team) == id_of(team, "random")


async def test_a_channel_is_named_in_the_line_and_left_out_again(team, mia):
    await mia.says("/team marketing #random", "sales")
    assert await chosen(team) == id_of(team, "random")
    said = await mia.says("/team marketing off", "sales")
    assert "No channel is told of the leads of Field any more." in said[0]
    assert await chosen(team) is None


async def test_a_channel_without_the_bot_is_refused_with_the_mend(team):
    mia = team.person("mia")
    await chooses(mia)
    assert "Invite @Rainmaker to it first" in str(mia.modal_errors())
    assert await chosen(team) is None


async def test_a_rep_chooses_none(team, mia):
    said = await team.person("ana").says("/team marketing", "sales")
    assert "manager" in said[0]
    assert team.person("ana").modal() is None


async def test_a_channel_that_others_read_is_agreed_to_first(team, mia):
    describe_channel(team, id_of(team, "random"), is_ext_shared=True)
    await chooses(mia)
    assert "People of another company read #random" in mia.modal()
    assert await chosen(team) is None
    await mia.chooses("People of another company", ["Post there all the same"])
    await mia.submits()
    assert await chosen(team) == id_of(team, "random")


async def test_the_post_is_shown_beforehand_and_comes_once(team, mia):
    await chooses(mia)
    await came(team, 4, LeadState.REJECTED, RejectCause.FIT)
    await came(team, 2, source="Referral")
    shown = (await mia.says("/lead quality", "sales"))[0]
    assert "6 leads of Field came, Mon 14 Sep; sales accepted 0 of 4 decided" in shown
    assert "on Monday at 09:00" in shown
    for at in ("08:50", "09:10", "16:00"):
        await team.jump(f"{MONDAY} {at}", HERE)
    posts = [one for one in mia.sees("random") if "leads of Field" in one]
    assert len(posts) == 1
    first = "6 leads of Field came, Mon 14 Sep to Sun 20 Sep; sales accepted 0 of 4 decided (0%)"
    assert first in posts[0]
    assert "• Referral: 2 came, 2 untouched" in posts[0]
    assert "Rejected because: not our kind of customer 4." in posts[0]
    assert "Untouched: 2, the oldest for 7 days." in posts[0]


async def test_of_two_decided_leads_nobody_reads_how(team, mia):
    await chooses(mia)
    await came(team, 2, LeadState.REJECTED, RejectCause.FIT)
    await comes_monday(team)
    said = mia.sees("random")[-1]
    assert "2 leads were decided: too few to say how without saying whose." in said
    assert "customer" not in said


async def test_a_holiday_puts_it_off_to_the_next_working_day(team, mia):
    await chooses(mia)
    await came(team, 3)
    counts = []
    for at in ("2026-10-05 09:10", "2026-10-12 12:00", "2026-10-13 09:10"):  # the twelfth is Columbus Day
        await team.jump(at, HERE)
        counts.append(sum("leads of Field" in one for one in mia.sees("random")))
    assert (counts[1] - counts[0], counts[2] - counts[1]) == (0, 1)


async def test_a_post_that_cannot_go_there_is_told_to_the_manager_and_goes_nowhere_else(team, mia):
    await chooses(mia)
    await came(team, 3)
    await mia.removes_bot("random")
    await comes_monday(team)
    provoked(team)
    await advance(team, hours=1)
    assert not any("leads of Field" in one for place in ("sales", "random") for one in mia.sees(place))
    assert any("I cannot post Leads for marketing in #random." in one for one in mia.sees())


async def test_another_channel_gets_the_next_post_and_the_old_one_none(team, mia):
    await chooses(mia)
    await came(team, 3)
    await mia.says("/team marketing #sales", "sales")
    await comes_monday(team)
    assert not any("leads of Field" in one for one in mia.sees("random"))
    assert any("leads of Field" in one for one in mia.sees("sales"))
