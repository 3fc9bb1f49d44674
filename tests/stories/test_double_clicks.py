"""Every button pressed twice at once, and once more late: one effect, and a calm answer each time.

A double click is two requests with two trigger ids, so the inbox cannot tell; each button's own state has to.
"""

import pytest

from handlers.registry import FEATURES
from messages.goals.goal import TELLING
from tests.double import at_once, click_on, clicked_again, grown, stored
from tests.sales_story import opens_deal
from tests.stories.pipeline import books
from tests.stories.pipeline.test_halving import DEAD, YOUNG, halves
from tests.stories.pressed import (
    HERE,
    LOGGED,
    UNDO,
    Arrange,
    Button,
    clicks,
    jumps,
    knows,
    opens_home,
    says,
    then,
)
from tests.stories.pressed_cards import CARD_REVIEWS
from tests.stories.pressed_cards import DRAFTS as CARD_DRAFTS
from tests.stories.pressed_craft import DRAFTS, PLANS
from tests.stories.pressed_crm import CRM
from tests.stories.pressed_drill import DRILLS
from tests.stories.pressed_leader import INCENTIVES, MENTORS, MONDAYS, OBJECTIVES, TALKS, WORTH
from tests.stories.pressed_library import LIBRARY
from tests.stories.pressed_manifest import MANIFEST
from tests.stories.pressed_playbook import PLAYBOOK
from tests.stories.pressed_prep import PREPS
from tests.stories.pressed_prospects import PROSPECTS
from tests.stories.test_dropped_file import DEALS
from tests.story_workspace import StoryWorkspace
from tests.undelivered import provoked, put

REFUSED = {"text": "Your figures. " * 4_000, "blocks": [{"type": "no_such_block"}]}

CARD_MENU = "followup.menu"


async def ten_overdue(town: StoryWorkspace) -> None:
    """Ana did nothing of ten things yesterday, and is asked about all of them in one question."""
    for number in range(10):
        await town.person("ana").says(f"/followup Acme{number} today call")
    await town.jump("2026-09-15T16:36", HERE)


async def evening(town: StoryWorkspace) -> None:
    """Ana has something due, and her evening prompt is there."""
    await town.person("ana").says("/followup Acme today send the ROI sheet")
    await town.jump("16:40", HERE)


async def manages(town: StoryWorkspace) -> None:
    """Ana and Ben have goals, and Mia looks at her team."""
    await town.person("ana").says("/goal 120k this quarter because it is time")
    await town.person("ben").says("/goal 80k this quarter because it is time")
    for name in ("ana", "ben"):
        await town.person(name).clicks("Nothing yet")
    await town.person("mia").opens_home()


async def ten_days_later(town: StoryWorkspace) -> None:
    """Nobody won anything meanwhile, and Mia looks again."""
    await town.jump("2026-09-24T10:00", "Europe/Ljubljana")
    await town.person("mia").opens_home()


pushed = says("/deal Acme 24k", "/log call Acme – spoke", *["/log email Acme"] * 4)


async def teamless_admin(town: StoryWorkspace) -> None:
    await town.known("raj")
    await town.server.change_person("U4", is_admin=True)
    await town.person("raj").opens_home()


async def half_set_up(town: StoryWorkspace) -> None:
    """Mia entered the name of another team and left it there; the form is open again."""
    mia = town.person("mia")
    await mia.says("/rainmaker setup North", channel="sales")
    await mia.submits()
    await mia.closes(everything=True)
    await mia.says("/rainmaker setup", channel="sales")


async def last_step(town: StoryWorkspace) -> None:
    await half_set_up(town)
    for _ in range(3):
        await town.person("mia").clicks("Skip")


async def something_in_the_way(town: StoryWorkspace) -> None:
    """Ana named what could stop her deal."""
    ana = town.person("ana")
    for line in (DEAL, "/deal Acme"):
        await ana.says(line, channel="sales")
    await ana.clicks("Obstacle…")
    await ana.fills("What could stop it?", "Legal wants papers")
    await ana.submits()


async def leave_taken(town: StoryWorkspace) -> None:
    ana = town.person("ana")
    await ana.says("/team leave", channel="sales")
    await ana.clicks("Add leave")
    await ana.chooses("First day", "2026-10-09")
    await ana.submits()
    await ana.closes()
    await ana.says("/team leave", channel="sales")


async def undelivered(town: StoryWorkspace) -> None:
    """Two messages to Ana did not arrive, and Mia looks at the list."""
    for number in (1, 2):
        await put(town, f"test:{number}", user_id="U1", intent=REFUSED)
    provoked(town)
    await town.person("mia").says("/rainmaker undelivered")


async def ignored_for_three_days(town: StoryWorkspace) -> None:
    await town.person("ana").says("/followup Acme today send the ROI sheet")
    for day in ("14", "15", "16", "17"):
        await town.jump(f"2026-09-{day}T16:40", HERE)


async def reminded(town: StoryWorkspace) -> None:
    await town.person("ana").says("/followup Acme today 3pm send the ROI sheet")
    await town.jump("15:00", HERE)


async def flagged(town: StoryWorkspace) -> None:
    """Ana's deal is a tender, and what she thinks of it is not asked for just now."""
    await says(DEAL, "/deal Acme")(town)
    await clicks("deal_menu", option="It is a tender…")(town)
    await town.person("ana").closes(everything=True)
    await says("/deal Acme")(town)


async def opened(town: StoryWorkspace) -> None:
    """Ana's deal is past its gate."""
    await opens_deal(town.person("ana"), DEAL, "sales")


async def halving(town: StoryWorkspace) -> None:
    """Ana begins to give half of six deals away."""
    await books.a_record(town)
    await books.many_stand(town, YOUNG, age=20)
    await books.many_stand(town, DEAD, age=141, value=30_000_00)
    await says("/pipeline halve", channel="")(town)


def halved(*keeps: str) -> Arrange:
    """Ana kept these, and stands against the model."""

    async def arrange(town: StoryWorkspace) -> None:
        await halving(town)
        await halves(town.person("ana"), keeps)

    return arrange


async def old_and_new(town: StoryWorkspace) -> None:
    """Eleven promises are overdue, and one is due today."""
    for number in range(11):
        await town.person("ana").says(f"/followup Account{number} today call them")
    await town.jump("2026-09-17 10:00", HERE)
    await town.person("ana").says("/followup Hooli today call them")
    await town.jump("2026-09-17 16:40", HERE)


async def wishes_for_less(town: StoryWorkspace) -> None:
    """Ana asks for a lower price in the last days of the month."""
    await jumps("2026-09-28T10:00")(town)
    await opened(town)
    await says("/deal edit Acme 20k")(town)
    await town.person("ana").fills("What is this worth to them, in their words?", "Two hours a day")
    await town.person("ana").submits()
    await town.person("ana").closes(everything=True)


async def pulled_forward(town: StoryWorkspace) -> None:
    """Ana pulls a close forward in the last days of the quarter, and looks at the deal."""
    await books.stands(town, "Lockside", expected_on=books.TODAY + books.days(60))
    await town.jump("2026-09-24 10:00", HERE)
    for line in ("/deal move Lockside to 29 sep", "/deal Lockside"):
        await town.person("ana").says(line, channel="sales")


def audits(line: str = "/pipeline", who: str = "ana") -> Arrange:
    """Two deals of Ana's stand without a next step, and somebody looks at her pipeline."""

    async def arrange(town: StoryWorkspace) -> None:
        await books.many_stand(town, ("Lockside", "Granary"), age=10)
        await town.person(who).says(line, channel="sales")

    return arrange


async def lost_with_promise(town: StoryWorkspace) -> None:
    """Ana lost a deal to whose people she had promised something."""
    await says(DEAL, "/followup Acme Fri call", "/deal lost Acme price")(town)


async def drops_deals(town: StoryWorkspace) -> None:
    """Mia drops a file of two deals in her direct messages, and is asked whether it may come in."""
    await town.person("mia").drops("deals.csv", DEALS.encode())


ANSWERED = {"finding_answer": 1, "undo": 1}
GOAL = "/goal 120k this quarter"
DEAL = "/deal Acme 24k"
TWO_DEALS = ("/deal Acme one 24k", "/deal Acme two 25k")

BUTTONS = (
    Button("goal.form", says("/goal")),
    Button("goal.edit", says(GOAL)),
    Button("goal.close", says(GOAL, "/goal close")),
    Button("goal.menu", says(GOAL, "/goal"), option="Close…"),
    Button("goal.details", then(says(GOAL), clicks("start.nothing"), opens_home("ana"))),
    Button("start.enter", says(GOAL)),
    Button("start.nothing", says(GOAL), {"starting_balance": 1, "undo": 1}),
    Button("runway.details", says(GOAL, "/runway")),
    Button("goal.remove", says(GOAL), {"goal_change": 1, **UNDO}),
    Button("goal.retarget", says(GOAL, "/goal 130k this quarter"), {"goal_change": 1, **UNDO}),
    Button("goal.history", says(GOAL, "/goal")),
    Button("followup.new", says("/followup")),
    Button("followup.meant", says("/followup Acme 1 Sep call"), {"followup": 1, "undo": 1}),
    Button("followup.done", reminded, {"undo": 1}),
    Button("followup.snooze", reminded, {"delivery": 1, "undo": 1}),
    Button("followup.tomorrow", reminded, {"delivery": 1, "undo": 1}, option="Tomorrow", menu=CARD_MENU),
    Button("followup.drop", reminded, option="Drop…", menu=CARD_MENU),
    Button("followup.change", says("/followup Acme Fri call"), option="Change…", menu=CARD_MENU),
    Button(
        "followup.reopen",
        then(says("/followup Acme Fri call"), clicks(CARD_MENU, option="Done")),
        {"undo": 1},
        option="Reopen",
        menu=CARD_MENU,
    ),
    Button(
        "followup.stop",
        says("/followup Acme every fri call"),
        {"undo": 1},
        option="Stop repeating",
        menu=CARD_MENU,
    ),
    Button("followup.why", then(says("/followup Acme Fri call"), says("/followup drop Acme"))),
    Button("followup.menu", says("/followup Acme Fri call"), {"undo": 1}, option="Done"),
    Button("followup.take_back", then(evening, clicks("followup.rest"))),
    Button("followup.worth", says("/followup Acme Fri just checking in")),
    Button("followup.slip", says("/followup Acme Fri call", "/followup move Acme to Monday")),
    Button("followup.slips", then(evening, clicks("followup.rest"))),
    Button("followup.keep", ten_overdue, UNDO),
    Button("followup.all", ten_overdue),
    Button("followup.drop_all", ten_overdue),
    Button("followup.tick", says("/followup Acme Fri call", "/followup"), {"undo": 1}, option="*Acme* call"),
    Button("followup.rest", evening, {"undo": 1}),
    Button("followup.sort", says("/followup Acme Fri call", "/followup")),
    Button("activity.log", evening, {"activity": 1, **UNDO}, value="evening"),
    Button("activity.form", evening),
    Button("activity.next_step", says("/log call Acme – spoke")),
    Button("activity.no_next_step", says("/log call Acme – spoke")),
    Button("opportunity.show", says("/deal Acme one 24k", "/deal Acme two 25k", "/deal Acme")),
    Button("opportunity.all", says(DEAL, "/deal Acme")),
    Button("opportunity.won", says(DEAL, "/deal Acme"), {"deal_change": 2, **UNDO}),
    Button("opportunity.won_new", says("/deal won Newco 5k"), {"opportunity": 1, **UNDO}),
    Button("opportunity.lost", says(DEAL, "/deal Acme")),
    Button(
        "opportunity.reopen",
        then(says(DEAL, "/deal Acme"), clicks("opportunity.won"), jumps("12:00"), says("/deal Acme")),
        {"deal_change": 2, **UNDO},
    ),
    Button(
        "opportunity.park",
        says("/deal Acme one 24k", "/deal Acme two 25k", "/deal park Acme until 1 oct"),
        {"deal_change": 2, **UNDO},
    ),
    Button("opportunity.edit", says(DEAL)),
    Button("opportunity.revalue", says(DEAL, "/deal Acme 30k"), {"deal_change": 1, **UNDO}),
    Button(
        "opportunity.close_day", says(DEAL, "/deal Acme"), {"deal_change": 1, **UNDO}, option="2026-10-23"
    ),
    Button("opportunity.take_back", says(DEAL, "/deal edit Acme 30k"), {"deal_change": -1}),
    Button("stage.move", then(opened, says("/deal Acme")), {"deal_change": 1, **UNDO}, option="Negotiation"),
    Button("stage.edit", says("/team stages", who="mia"), who="mia"),
    Button("deal_step.open", says(DEAL, "/deal Acme")),
    Button("deal_contact.open", says(DEAL, "/deal Acme")),
    Button("obstacle.open", says(DEAL, "/deal Acme")),
    Button("obstacle.clear", something_in_the_way, {"deal_change": 1, **UNDO}),
    Button("deal_menu", says(DEAL, "/deal Acme"), option="History"),
    Button("deal_history.open", says(DEAL, "/deal won Acme", "/deal Acme")),
    Button("followup.belongs", says(*TWO_DEALS, "/followup Acme Fri call")),
    Button("activity.belongs", says(*TWO_DEALS, "/log call Acme – spoke")),
    Button("opportunity.add", says(DEAL, "/deal Acme 30k"), {"opportunity": 1, **UNDO}),
    Button(
        "gate.tick", says(DEAL), {"gate_answer": 1, "deal_change": 1, **UNDO}, option="They spoke with us"
    ),
    Button("gate.anyway", says(DEAL)),
    Button(
        "gate.count",
        then(
            says(DEAL, "/log call Acme", "/deal Acme"),
            clicks("gate.tick", option="They have a need we can meet"),
            says("/followup Acme Fri call", "/deal Acme"),
        ),
        {"deal_change": 2, **UNDO},
    ),
    Button("deal_menu", says(DEAL, "/deal Acme"), {"deal_change": 1, **UNDO}, option="It is a tender…"),
    Button("tender.unflag", flagged, {"deal_change": 1, **UNDO}),
    Button("tender.decide", flagged),
    Button("halve.keep", halving),
    Button("halve.give", halving),
    Button("halve.turn", halved(*DEAD)),
    Button("halve.swap", halved(*DEAD)),
    Button("halve.over", halved(*DEAD), {"halving": 1, "halving_pick": 6}),
    Button("halve.plan", halved(*YOUNG)),
    Button("halve.park", halved(*YOUNG), {"deal_change": 6, **UNDO}),
    Button("followup.rest_of_day", old_and_new, UNDO),
    Button("price.grant", wishes_for_less, {"delivery": 1, "deal_change": 2, **UNDO, **LOGGED}, who="mia"),
    Button("price.refuse", wishes_for_less, who="mia"),
    Button("debrief.answer", then(says(DEAL, "/deal lost Acme price"), jumps("11:40")), UNDO),
    Button("debrief.open", says(DEAL, "/deal lost Acme price", "/deal Acme")),
    Button("debrief.words", says(DEAL, "/deal won Acme")),
    Button("debrief.back", then(lost_with_promise, jumps("11:40"), clicks("debrief.answer"))),
    Button("promise.done", lost_with_promise, UNDO),
    Button("promise.drop", lost_with_promise, UNDO),
    Button("promise.keep", lost_with_promise),
    Button("import.adjust", drops_deals, who="mia"),
    Button("audit.keep", audits(), ANSWERED),
    Button("audit.next", audits()),
    Button("audit.park", audits()),
    Button("audit.lost", audits()),
    Button("audit.fix", audits()),
    Button("audit.more", audits(), {"deal_change": 1, **ANSWERED}, option="I know why"),
    Button("audit.more", audits(), {"check_mute": 1, "undo": 1}, option="Never check this"),
    Button("audit.look", audits("/pipeline team", who="mia"), LOGGED, who="mia"),
    Button("audit.back", audits("/pipeline @ana", who="mia"), who="mia"),
    Button(
        "audit.unmute",
        then(audits(), clicks("audit.more", option="Never check this"), says("/why pipeline")),
        {"check_mute": -1, "undo": 1},
    ),
    Button("audit.moved_by", pulled_forward, UNDO),
    Button("undelivered.open", then(undelivered, opens_home("mia")), who="mia"),
    Button("undelivered.retry", undelivered, who="mia"),
    Button("undelivered.retry_all", undelivered, who="mia"),
    Button("undelivered.dismiss", undelivered, {"undo": 1}, who="mia"),
    Button("undelivered.dismiss_all", undelivered, {"undo": 1}, who="mia"),
    Button("undo", says("/log 2 calls"), {"activity": -1}),
    Button("home.setup", teamless_admin, who="raj"),
    Button("home.help", then(knows("raj"), opens_home("raj")), who="raj"),
    Button("team.people", says("/team", who="mia"), who="mia"),
    Button("team.settings", says("/team", who="mia"), who="mia"),
    Button("team.holidays", says("/team", who="mia"), who="mia"),
    Button("team.leave", says("/team", who="mia"), who="mia"),
    Button("team.details", manages, who="mia"),
    Button("handover.open", says("/team", who="mia"), who="mia"),
    Button("one_on_one.all", manages, who="mia"),
    Button("one_on_one.prepare", then(manages, ten_days_later), who="mia"),
    Button("digest.details", then(manages, says("/team digest", who="mia")), who="mia"),
    Button(
        "currency_rate.remove",
        then(says("/team rate EUR 1.08", who="mia"), says("/team rates", who="mia")),
        {"currency_rate": -1, "undo": 1, "access_log": 1},
        who="mia",
    ),
    Button(
        "holiday.work", says("/team holidays", who="mia"), {"holiday_change": 1, **UNDO, **LOGGED}, who="mia"
    ),
    Button(
        "holiday.restore",
        then(says("/team holidays", who="mia"), clicks("holiday.work", who="mia")),
        {"holiday_change": -1, **UNDO, **LOGGED},
        who="mia",
    ),
    Button("holiday.new", says("/team holidays", who="mia"), who="mia"),
    Button("country.open", says("/team holidays", who="mia"), who="mia"),
    Button("wizard.skip", half_set_up, who="mia"),
    Button(
        "wizard.skip",
        last_step,
        {"team": 1, "team_manager": 1, "setup_draft": -1, "schedule": 11, **UNDO, **LOGGED},
        who="mia",
    ),
    Button("wizard.back", half_set_up, who="mia"),
    Button("wizard.afresh", half_set_up, {"setup_draft": -1}, who="mia"),
    Button("leave.new", says("/team leave")),
    Button("leave.remove", leave_taken, {"leave": -1, "undo": 1}),
    *PROSPECTS,
    *PLANS,
    *PREPS,
    *PLAYBOOK,
    *MANIFEST,
    *DRAFTS,
    *TALKS,
    *WORTH,
    *MONDAYS,
    *OBJECTIVES,
    *INCENTIVES,
    *MENTORS,
    *CARD_REVIEWS,
    *CARD_DRAFTS,
    *LIBRARY,
    *(Button(f"touch_limit.{name}", pushed) for name in ("other", "pause", "value")),
    Button("cadence.edit", says("/team cadence", who="mia"), who="mia"),
    Button("floor.edit", says("/team floors", who="mia"), who="mia"),
    Button("morning.want", opens_home("ana"), {"mute": 1, "undo": 1}),
    Button("drill.want", opens_home("ana"), {"mute": 1, "undo": 1}),
    *CRM,
    *DRILLS,
    Button("nudging.keep", ignored_for_three_days),
    Button("nudging.resume", says("pause for 2 weeks", channel=""), {"undo": 1}),
    Button("nudging.menu", evening, {"mute": 1, "undo": 1}, option="Switch off: End-of-day prompt"),
)
# lists of more than one page; turning one has no effect to repeat
PAGES = {
    "one_on_one.page",
    "undelivered.page",
    "followup.page",
    "opportunity.page",
    "opportunity.parked",
    "goal.all",
    "why.all",
    *("lead.list", "lead.nobodys", "target.board"),
}
# pressed twice where their stories stand
IN_STORIES = {
    *(
        f"cadence.{name}" for name in ("all", "menu")
    ),  # a list and a menu: tests/stories/craft/test_cadence.py
    "touch_limit.go_on",  # tests/stories/test_touch_limit.py
    *("floor.role", "target.remove"),  # menus: tests/stories/test_floors_and_targets.py
    # menus, and what stands behind three dots or opens a form: tests/stories/test_lead_way.py
    *(f"lead.{name}" for name in ("menu", "reject", "show", "assign", "edit")),
    "team_goals.open",  # behind the three dots of App Home
    *(f"start.{name}" for name in ("use_record", "keep")),
    *(f"invitation.{name}" for name in ("join", "not_now", "take_back", "withdraw")),
    *(f"handover.{name}" for name in ("yes", "no", "undo")),
    "undelivered.agree",
    "debrief.day",  # a date picker
    *(
        f"debrief.promise_{name}" for name in ("done", "drop")
    ),  # tests/stories/test_promises_of_closed_deals.py
    "waking.park",  # opens a form
    "halve.give_rest",  # what is given away is a game: tests/stories/test_halving.py
    "audit.start",  # likewise
    "home.settings",  # behind the three dots of App Home
    # What a dropped file comes to is done after the click is answered: tests/stories/{test_dropped_file,files}
    *(f"import.{name}" for name in ("answer", "again", "confirm", "cancel", "undo")),
}
INPUTS = set(TELLING)  # of a form, told while it is filled in; what they answer is the form, nothing is kept


def test_no_button_is_left_out():
    known = {action for feature in FEATURES for action in feature.actions}
    assert {button.action for button in BUTTONS} | PAGES | INPUTS | IN_STORIES == known


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("button", BUTTONS, ids=lambda button: button.action)
async def test_a_double_click_has_one_effect(team, button):
    await has_one_effect(team, button)


@pytest.mark.engines("postgresql")
@pytest.mark.parametrize("button", BUTTONS[::7], ids=lambda button: button.action)
async def test_nor_has_it_a_second_one_where_two_write_at_once(team, button):
    """Every seventh of them: buttons of one chapter are beside each other, and what tells a double click is theirs."""
    await has_one_effect(team, button)


async def has_one_effect(team, button):
    await button.arrange(team)
    team.expected += team.server.problems
    person = team.person(button.who)
    click = click_on(team, person, button.menu or button.action, option=button.option, value=button.value)
    before = await stored(team)
    acks = await at_once(team, click, clicked_again(team, click))
    assert all(ack.ok for ack in acks)
    after = await stored(team)
    assert grown(before, after) == button.grows
    (late,) = await at_once(team, clicked_again(team, click))
    assert late.ok
    assert await stored(team) == after
    shown = "\n".join([*person.sees(), *person.sees("sales"), person.modal() or ""])
    assert "the fault is ours" not in shown
