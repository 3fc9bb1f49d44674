"""Warm calls beside what the examples of leads hold: logged from the list, by itself in the morning, introductions."""

from datetime import timedelta

import pytest

from handlers.prospects.content_event import prompt_about
from sales.pipeline.opportunity import Stage
from sales.prospects.content_event import ContentEvent
from sales.prospects.lead import Lead
from storage.pipeline.opportunity import OpportunityRow
from storage.prospects.content_event import news_among, take_events
from storage.prospects.lead import add_lead
from tests.known import T0, WORKSPACE
from tests.sales_story import deal
from tests.stories.craft.lived import has, home, mark, since, tried
from tests.stories.face.seen import presses
from tests.stories.face.test_mornings_and_periods import wants_mornings
from tests.stories.files.chat import confirms, drops
from tests.stories.leads.books import ended
from tests.stories.pipeline.books import HERE, TODAY, days
from tests.stories.pipeline.walked import asks, texts

pytestmark = pytest.mark.engines("sqlite")
GUIDE = "Pricing guide"


async def knows(town, *leads: Lead) -> None:
    async with town.bot.database.write(WORKSPACE) as scope:
        for one in leads:
            await add_lead(scope, one)


def lead(name="Dana Roe", account="Alder Yard", **more) -> Lead:
    said = {
        "name": name,
        "account": account,
        "email": f"{name.split()[0].lower()}@x.example",
        "owner_id": "U1",
    }
    return Lead.model_validate({"came_at": T0 - timedelta(days=3), "source": "Referral", **said, **more})


async def reads(town, *emails: str, now=None, content=GUIDE) -> None:
    """Let people read something, as the webhook takes it."""
    at = now or town.clock.now()
    events = [
        ContentEvent(event_id=f"{at}-{content}-{email}", email=email, content=content, happened_at=at)
        for email in emails
    ]
    async with town.bot.database.write(WORKSPACE) as scope:
        taken = await take_events(scope, await news_among(scope, events), at)
        await prompt_about(scope, taken, at)
    town.bot.deliverer.wake()


# the list


async def test_a_call_is_logged_from_the_list_and_whoever_was_called_is_off_it(team):
    ana = team.person("ana")
    await knows(team, lead(), lead("Sam Poe", "Cedar Works"))
    await asks(ana, "/lead next", "sales")
    await ana.chooses("I called…", "Dana Roe, Alder Yard", where="sales")
    assert has(r"1 call.*Alder Yard", "\n".join(ana.sees("sales")))
    assert not [one for one in ana.sees("sales") if has(r"1\..*Dana Roe, Alder Yard", one)]
    said = await tried(ana, "/lead next")
    assert "Dana Roe" not in said
    assert "Sam Poe" in said


async def test_who_wants_the_list_and_no_morning_note_gets_the_list_alone(team):
    ana = team.person("ana")
    await knows(team, lead())
    await asks(ana, "/lead next", "sales")
    await presses(ana, "in the morning", where="sales")
    assert has(r"comes in the morning", "\n".join(ana.sees("sales")))
    assert "[Send me this in the morning]" not in "\n".join(ana.sees("sales"))
    before = mark(ana)
    await team.jump("2026-09-15 09:30", HERE)
    came = [one for one in since(ana, before) if "Dana Roe" in one]
    assert len(came) == 1, since(ana, before)
    assert has(r"Whom to call first", came[0])


async def test_nobody_to_call_is_no_message(team):
    ana = team.person("ana")
    await asks(ana, "/lead next", "sales")
    await presses(ana, "in the morning", where="sales")
    before = mark(ana)
    await team.jump("2026-09-15 09:30", HERE)
    assert [one for one in since(ana, before) if has("call first", one)] == []


# who reads


async def test_two_prompts_a_day_and_the_rest_stands_in_the_evening(team):
    """The fourth reader of a day is told with the evening prompt, and nobody is told twice of one."""
    ana = team.person("ana")
    names = ("Dana Roe", "Sam Poe", "Kim Lee", "Max Orr")
    await knows(team, *(lead(name, f"Firm of {name}", source="Cold list") for name in names))
    before = mark(ana)
    for hour, name in zip(("11:30", "12:30", "13:30"), names, strict=False):
        await team.jump(f"2026-09-14 {hour}", HERE)
        await reads(team, f"{name.split()[0].lower()}@x.example")
        await team.jump(f"2026-09-14 {hour[:2]}:40", HERE)
    told = [one for one in since(ana, before) if GUIDE in one]
    assert len(told) == 2, told
    assert not any("Kim Lee" in one for one in told)
    await asks(ana, "/followup Acme today send the ROI sheet", "sales")
    before = mark(ana)
    await team.jump("2026-09-14 16:50", HERE)
    said = "\n".join(since(ana, before))
    assert has(r"Kim Lee", said)
    assert not has(r"Dana Roe|Sam Poe", said)


async def test_whoever_was_called_meanwhile_is_not_brought_up(team):
    ana = team.person("ana")
    await knows(team, lead())
    await team.jump("2026-09-14 11:30", HERE)
    before = mark(ana)
    await reads(team, "dana@x.example")
    await asks(ana, "/log call Alder Yard – spoke, no next step", "sales")
    await team.jump("2026-09-14 11:45", HERE)
    assert [one for one in since(ana, before) if GUIDE in one] == []


# introductions


async def test_an_introduction_is_a_lead_from_then_on_and_taken_back(team):
    ana = team.person("ana")
    said = await asks(ana, "/lead referral Acme introduced Ben Hall at Borealis", "sales")
    assert has(r"Acme introduced Ben Hall at Borealis", said)
    assert has(r"Ben Hall, Borealis.*referral: Acme", await tried(ana, "/lead next"))
    assert has(r"0 asked|1 asked, 1 introduced", await tried(ana, "/why referrals"))
    await asks(ana, "/rainmaker undo", "sales")
    assert "Ben Hall" not in await tried(ana, "/lead next")


async def test_who_is_a_lead_already_is_no_second_one(team):
    ana = team.person("ana")
    await knows(team, lead("Ben Hall", "Borealis", source="Cold list"))
    await asks(ana, "/lead referral Acme introduced Ben Hall at Borealis", "sales")
    assert (await tried(ana, "/lead next")).count("Ben Hall") == 1


async def test_asked_with_a_tap_counts_as_done_and_once(team):
    ana = team.person("ana")
    async with team.bot.database.write(WORKSPACE) as scope:
        made = deal("U1", TODAY - days(60), TODAY - days(20), Stage.WON, 4_000_00, "Alder Yard")
        scope.session.add(OpportunityRow.model_validate({**made, "account": "Alder Yard"}))
    assert has(r"Ask Alder Yard for one introduction.*won 20 days ago", await home(ana))
    said = await asks(ana, "/why referrals", "sales")
    assert has(r"0 asked, 0 introduced, 0 deals", said)
    await presses(ana, "I asked", where="sales")
    said = await tried(ana, "/why referrals")
    assert has(r"1 asked, 0 introduced", said)
    assert has(r"Alder Yard.*nothing heard since", said)
    assert not has(r"Ask Alder Yard", await home(ana))
    assert has(r"already", await asks(ana, "/lead referral Alder Yard", "sales"))


async def test_referrals_and_mix_of_a_rep_are_their_managers_to_read(team):
    ana, ben, mia = team.person("ana"), team.person("ben"), team.person("mia")
    await asks(ana, "/log referral ask Acme", "sales")
    assert has(r"Ana.*1 asked", await asks(mia, "/lead referrals @ana", "sales"))
    assert has(r"managers", await asks(ben, "/lead referrals @ana", "sales"))
    assert has(r"warm", await asks(mia, "/lead mix @ana", "sales"))
    assert has(r"manager", await asks(ben, "/why mix @ana", "sales"))


# the webhook


async def test_an_admin_lets_a_system_send_changes_the_secret_and_ends_it(team):
    ana, mia = team.person("ana"), team.person("mia")
    assert has(r"for admins", await asks(ana, "/lead webhook", "sales"))
    assert has(r"No system may send", await asks(mia, "/lead webhook", "sales"))
    await presses(mia, "Make a secret", where="sales")
    assert has(r"Secret:.*/hooks/content/T1", "\n".join(mia.sees("sales")))
    assert has(r"action is read, downloaded, watched, attended or asked", "\n".join(mia.sees("sales")))
    said = await asks(mia, "/lead webhook", "sales")
    assert has(r"0 content events in seven days", said)
    assert "Secret:" not in said
    await presses(mia, "counts another day", where="sales")
    assert has(r"one before it counts until", await asks(mia, "/lead webhook", "sales"))
    assert has(r"no content events are taken", await asks(mia, "/lead webhook stop", "sales"))
    assert has(r"I read", await asks(mia, "/lead webhook dance", "sales"))


# a file of what was read


LINES = (
    "email,content,at",
    f"dana@x.example,{GUIDE},2026-09-14 09:40",
    f"who@nowhere.example,{GUIDE},2026-09-14 09:41",
    f"dana@x.example,{GUIDE},2026-09-14 09:40",
    f"sam@x.example,{GUIDE},14.9. at ten",
)


async def test_a_file_of_what_was_read_is_shown_confirmed_told_once_and_taken_back(team):
    ana, mia = team.person("ana"), team.person("mia")
    await knows(team, lead(source="Cold list"))
    before = mark(ana)
    await drops(mia, "content.csv", "\n".join(LINES) + "\n")
    shown = texts(mia)[-1]
    assert has(r"read as a list of who read what", shown)
    assert has(r"2 new, 1 said twice, 1 refused", shown)
    assert has(r"1 row of nobody who is a lead or a customer", shown)
    assert has(r"no day such as 2026-09-14 09:40", shown)
    await confirms(mia)
    assert has(r"is in.*2 new", texts(mia)[-1])
    assert has(r"Dana Roe.*read “Pricing guide” today", await tried(ana, "/lead next"))
    await team.jump("2026-09-14 11:50", HERE)
    assert len([one for one in since(ana, before) if GUIDE in one]) == 1
    await presses(mia, r"^Undo", where=mia._place(None).id)
    assert has(r"taken back: 2 content events removed", texts(mia)[-1])
    assert not has(r"Pricing guide", await tried(ana, "/lead next"))


async def test_the_same_file_again_changes_nothing(team):
    ana, mia = team.person("ana"), team.person("mia")
    await knows(team, lead(source="Cold list"))
    await drops(mia, "content.csv", "\n".join(LINES[:2]) + "\n")
    await confirms(mia)
    await drops(mia, "content.csv", "\n".join(LINES[:2]) + "\n")
    assert has(r"Nothing new: 1 unchanged", texts(mia)[-1])
    assert (await tried(ana, "/lead next")).count("Dana Roe") == 1


# the introduction to ask for


async def test_a_morning_asks_for_an_introduction_when_it_opens_and_not_each_day(team):
    """Home has it all the time; a note that said it yesterday leaves it out, also when it is shown again (#42)."""
    ana = team.person("ana")
    await ended(team, "Dogwood Foods", TODAY - days(13))
    await wants_mornings(ana)
    for day in ("tue", "wed"):
        await asks(ana, f"/followup Alder Yard {day} send the sheet of {day}", "sales")
    before = mark(ana)
    await team.jump("2026-09-15 09:30", HERE)
    [first] = [one for one in since(ana, before) if has("sheet of tue", one)]
    assert has(r"Ask .*Dogwood Foods.* introduction", first), first
    before = mark(ana)
    await team.jump("2026-09-16 09:30", HERE)
    [second] = [one for one in since(ana, before) if has("sheet of wed", one)]
    assert "Dogwood" not in second, second
    assert has(r"Ask .*Dogwood Foods", await home(ana)), await home(ana)
