"""Sentences reps type for follow-ups, logs, deals and goals, on Tuesday 22 September 2026 in New York."""

from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.registry import REGISTRY
from sales.followups.activity import ActivityKind
from sales.followups.activity_entry import ActivityEntry
from sales.followups.activity_phrase import read_log
from sales.followups.followup import Owes
from sales.followups.followup_phrase import Incomplete, PastFollowUp, read_followup
from sales.goals.goal import Metric
from sales.goals.goal_phrase import read_goal_line
from sales.language.figures import day_and_time
from sales.language.names.mention import guessed_name, sure_name
from sales.language.phrases import plain_command
from sales.language.spelling import closest
from sales.language.typed_text import MAX_TYPED, clean
from sales.pipeline.opportunity_phrase import DealAction, read_deal
from sales.refusal import Refusal

NOW = datetime(2026, 9, 22, 14, 0, tzinfo=UTC)
TODAY = date(2026, 9, 22)
MONDAY, FRIDAY, SATURDAY = date(2026, 9, 14), date(2026, 9, 18), date(2026, 9, 19)
ZONE = "America/New_York"
KNOWN = ("Acme", "Acme Corporation", "Sun Microsystems", "May Department Stores")


def followup(text, known=KNOWN, **how):
    return read_followup(text, NOW, ZONE, known, **how)


def log(text):
    return read_log(text, NOW, ZONE, KNOWN)


def deal(text, known=KNOWN):
    return read_deal(text, NOW, ZONE, "USD", known)


def goal(text):
    return read_goal_line(text, TODAY, 1, "USD")


@pytest.mark.parametrize(
    ("typed", "who", "what", "when"),
    [
        ("Acme fri 3pm send the ROI sheet", "Acme", "send the ROI sheet", "Fri 25 Sep, 15:00"),
        ("follow up with Acme on Friday about pricing", "Acme", "follow up about pricing", "Fri 25 Sep"),
        (
            "Acme Corporation tomorrow: call Dana re renewal",
            "Acme Corporation",
            "call Dana re renewal",
            "Wed 23 Sep",
        ),
        ("remind me to call Globex tomorrow", "Globex", "call", "Wed 23 Sep"),
        ("send the ROI sheet to Globex by fri", "Globex", "send the ROI sheet", "Fri 25 Sep"),
        ("call Dana at Globex fri 3pm", "Globex", "call Dana", "Fri 25 Sep, 15:00"),
        ("globex fri send roi", "globex", "send roi", "Fri 25 Sep"),
        ("fri 3pm Globex send ROI sheet", "Globex", "send ROI sheet", "Fri 25 Sep, 15:00"),
        ("Globex: call Dana tomorrow", "Globex", "call Dana", "Wed 23 Sep"),
        ('"Jones & Sons" mon call', "Jones & Sons", "call", "Mon 28 Sep"),
        ("sun microsystems sun call Dana", "Sun Microsystems", "call Dana", "Sun 27 Sep"),
        ("May Department Stores 5 oct send quote", "May Department Stores", "send quote", "Mon 5 Oct"),
        ("prep for the Globex call tomorrow", "Globex", "prep for the call", "Wed 23 Sep"),
        ("call 3M fri about tape", "3M", "call about tape", "Fri 25 Sep"),
        ("<@U123> fri send it", "<@U123>", "send it", "Fri 25 Sep"),
        ("Müller & Söhne fri Angebot senden", "Müller & Söhne", "Angebot senden", "Fri 25 Sep"),
        ("株式会社 fri call", "株式会社", "call", "Fri 25 Sep"),
    ],
)
def test_a_followup_is_who_what_and_when(typed, who, what, when):
    draft = followup(typed)
    assert (draft.who, draft.what) == (who, what)
    assert day_and_time(draft.when.day, draft.when.at, TODAY, ZONE) == when
    assert draft.owes is Owes.ME


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("Globex owes me the signed NDA by thursday", "the signed NDA"),
        ("they owe: Globex signed NDA fri", "signed NDA"),
        ("waiting for Globex to send the PO by 30 sep", "send the PO"),
        ("By friday Globex owes me the NDA", "the NDA"),
    ],
)
def test_what_the_customer_owes_is_theirs(typed, what):
    draft = followup(typed)
    assert (draft.who, draft.what, draft.owes) == ("Globex", what, Owes.THEM)


@pytest.mark.parametrize(
    ("typed", "worth", "says_nothing"),
    [
        ("Acme fri demo because their budget closes Monday", "their budget closes Monday", False),
        ("email Acme the deck fri so they can show the board", "they can show the board", False),
        ("Acme call Dana because renewal is due, friday 3pm", "renewal is due", False),
        ("Acme fri just checking in", "", True),
        ("Acme fri touch base", "", True),
        ("Acme Fri 3pm", "", False),
        ("Acme fri call because just checking in", "", False),
        ("Acme fri touch base because they asked for prices", "they asked for prices", False),
        ("Acme fri follow up about pricing", "", False),
        ("Dana Fri 3pm", "", False),  # no reason was given that could be ours
    ],
)
def test_a_followup_says_what_is_in_it_for_them(typed, worth, says_nothing):
    draft = followup(typed)
    assert (draft.worth, draft.says_nothing) == (worth, says_nothing)


@pytest.mark.parametrize(
    ("typed", "missing"),
    [
        ("Globex owes me friday", "what"),
        ("Globex", "when"),
        ("Globex send deck", "when"),
        ("fri send deck", "who"),
        ("", "who"),
        ("send", "who"),
    ],
)
def test_a_missing_part_is_asked_for_with_an_example_that_works(typed, missing):
    with pytest.raises(Incomplete) as refused:
        followup(typed)
    assert refused.value.field == missing
    assert followup(refused.value.example)


def test_a_followup_in_the_past_offers_the_coming_day():
    with pytest.raises(PastFollowUp, match="Did you mean Fri 25 Sep") as refused:
        followup("Acme Fri 18 Sep send deck")
    assert refused.value.draft.when.day == date(2026, 9, 25)
    assert followup(refused.value.example) == refused.value.draft._replace(
        when=followup(refused.value.example).when
    )


@pytest.mark.parametrize(
    ("typed", "activities", "account", "outcome"),
    [
        ("5 calls 2 meetings", {"call": 5, "meeting": 2}, None, ""),
        ("5 calls, 2 meetings and a demo yesterday", {"call": 5, "meeting": 2, "demo": 1}, None, ""),
        ("calls: 5, meetings: 2", {"call": 5, "meeting": 2}, None, ""),
        ("2 calls and 3 calls", {"call": 5}, None, ""),
        ("3 linkedin messages and 2 intros", {"message": 3, "referral_ask": 2}, None, ""),
        ("asked Dana for a referral", {"referral_ask": 1}, "Dana", ""),
        ("sent a quote to Globex", {"proposal": 1}, "Globex", ""),
        ("coffee with Dana", {"meeting": 1}, "Dana", ""),
        ("emailed Dana at Globex", {"email": 1}, "Globex", "with Dana"),
        ("call Acme - no answer, no next step", {"call": 1}, "Acme", "no answer"),
        ("Globex: 2 calls, spoke to Dana", {"call": 2}, "Globex", "spoke to Dana"),
        ("call globex spoke to dana", {"call": 1}, "globex", "spoke to dana"),
        ("call Acme, wants proposal by Friday", {"call": 1}, "Acme", "wants proposal by Friday"),
        ("call Acme, 2 people came", {"call": 1}, "Acme", "2 people came"),
    ],
)
def test_a_log_is_what_was_done_with_whom_and_how_it_went(typed, activities, account, outcome):
    draft = log(typed)
    assert dict(draft.activities) == {ActivityKind(kind): times for kind, times in activities.items()}
    assert (draft.account, draft.outcome) == (account, outcome)


@pytest.mark.parametrize(
    ("typed", "activities", "account", "outcome"),
    [
        ("5calls 2mtgs", {"call": 5, "meeting": 2}, None, ""),
        ("calls 20 emails 10", {"call": 20, "email": 10}, None, ""),
        ("twenty five calls", {"call": 25}, None, ""),
        ("10 emials", {"email": 10}, None, ""),
        ("5 cals 1 meetng", {"call": 5, "meeting": 1}, None, ""),
        ("about 20 calls", {"call": 20}, None, ""),
        ("20 dials, 3 connects and 1 mtg booked", {"call": 20}, None, "3 connects, 1 mtg booked"),
        ("20 dials 5 vms 2 meetings", {"call": 20, "meeting": 2}, None, "5 vms"),
        ("emailed 12 people at Acme", {"email": 12}, "Acme", ""),
        ("spoke to 5 prospects", {"call": 5}, None, ""),
        ("called 12", {"call": 12}, None, ""),
        ("left vm Acme", {"call": 1}, "Acme", "left voicemail"),
        ("left 3 vms", {"call": 3}, None, "left voicemails"),
        ("vm for Dana at Acme", {"call": 1}, "Acme", "left voicemail; Dana"),
        ("no answer Acme", {"call": 1}, "Acme", "no answer"),
        ("linkedin touches 15", {"message": 15}, None, ""),
        ("2 calls w/ acme", {"call": 2}, "Acme", ""),
        ("call w/the acme guys", {"call": 1}, "Acme", ""),
        ("call The Home Depot – good", {"call": 1}, "The Home Depot", "good"),
        ("got off the phone with Acme", {"call": 1}, "Acme", ""),
        ("call Zoë – said “no”", {"call": 1}, "Zoë", "said “no”"),
        ("call “Friends & Co” – said “maybe”", {"call": 1}, "Friends & Co", "said “maybe”"),
        ("call w Acme 30 min", {"call": 1}, "Acme", "30 min"),
    ],
)
def test_what_is_logged_fast_is_kept_whole(typed, activities, account, outcome):
    draft = log(typed)
    assert dict(draft.activities) == {ActivityKind(kind): times for kind, times in activities.items()}
    assert (draft.account, draft.outcome) == (account, outcome)


@pytest.mark.parametrize(
    ("typed", "what", "day"),
    [
        ("call Acme – spoke to dana, send proposal by friday", "send proposal", date(2026, 9, 25)),
        ("call Acme - good chat, I'll send the nda tomorrow", "send the nda", date(2026, 9, 23)),
        ("emailed Acme then call Dana in 3 days", "call Dana", date(2026, 9, 25)),
        ("met Acme, demo tomorrow", "demo", date(2026, 9, 23)),
    ],
)
def test_what_is_said_last_with_its_day_is_the_next_step(typed, what, day):
    step = log(typed).next_step
    assert (step.who, step.what, step.when.day) == ("Acme", what, day)


@pytest.mark.parametrize(
    "typed",
    [
        "met Acme; they will send the contract friday",
        "call Acme – sent the proposal friday",
        "call Acme, send the deck friday, call Dana monday",
        "5 calls, 2 demos on friday",
    ],
)
def test_what_others_do_or_what_is_done_is_no_next_step(typed):
    assert log(typed).next_step is None


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("3-4 calls", ["3 calls", "4 calls"]),
        ("3 or 4 calls with Acme", ["3 calls with Acme", "4 calls with Acme"]),
        ("a few calls", ["3 calls", "4 calls"]),
        ("5", ["5 calls", "5 emails"]),
        ("5 celles", ["5 calls"]),
        ("caled Acme", ["called Acme"]),
        ("call Acme, demo on friday", ["call Acme, next step demo on friday", "call Acme, 1 demo on friday"]),
        (
            "call Acme, next step send deck",
            [f"call Acme, next step send deck 2026-09-{day}" for day in (23, 25, 29)],
        ),
    ],
)
def test_a_log_that_can_mean_two_things_is_asked_about_and_each_answer_is_a_log(typed, readings):
    with pytest.raises(Refusal) as refused:
        log(typed)
    assert [one.typed for one in refused.value.readings] == readings
    for one in readings:
        assert log(one).activities


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12 demos next month", "/goal set 12 demos next month"),
        ("call Acme tomorrow", "/followup call Acme tomorrow"),
    ],
)
def test_what_is_still_to_come_is_a_goal_or_a_followup(typed, meant):
    with pytest.raises(Refusal, match="still to come") as refused:
        log(typed)
    assert [one.typed for one in refused.value.readings] == [meant]


def test_an_entry_is_about_one_account():
    with pytest.raises(Refusal, match="one account"):
        log("2 calls w/ Acme & 1 demo w/ Globex")


def test_a_log_leaves_a_next_step_or_says_there_is_none():
    step = log("call Acme – spoke, next step demo Tue").next_step
    assert (step.who, step.what, step.when.day) == ("Acme", "demo", date(2026, 9, 29))
    none = log("call Acme - no answer, no next step")
    assert (none.next_step, none.no_next_step) == (None, True)
    assert not log("5 calls").no_next_step
    with pytest.raises(Refusal) as refused:
        log("call Acme – spoke, next step demo")
    assert refused.value.field == "next_step"
    assert log(refused.value.example).next_step.what == "demo"


@pytest.mark.parametrize(
    ("typed", "on"),
    [
        ("5 calls", TODAY),
        ("yesterday 5 calls", date(2026, 9, 21)),
        ("5 calls on friday", date(2026, 9, 18)),
        ("call Acme – no answer yesterday", date(2026, 9, 21)),
    ],
)
def test_a_log_is_of_the_day_named_or_today(typed, on):
    assert log(typed).on == on


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ("5 celles", "kind", "Did you mean 5 calls"),
        ("5 calls 2 metigns", "kind", "Did you mean 2 meetings"),
        ("5 zorgs", "kind", "calls, emails, meetings"),
        ("zorg", "kind", "calls, emails, meetings"),
        ("0 calls", "count", "nothing to log"),
        ("-5 calls", "count", "whole number"),
        ("2.5 calls", "count", "whole number"),
        ("9999 calls", "count", "digit too many"),
        ("300 calls and 300 calls", "count", "digit too many"),
        ("5 calls tomorrow", "on", "still to come"),
        ("5 calls last week", "on", "more than one day"),
        ("", "kind", "What did you do"),
    ],
)
def test_a_log_that_cannot_be_is_refused(typed, field, words):
    with pytest.raises(Refusal, match=words) as refused:
        log(typed)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("typed", "action", "name", "value", "reason"),
    [
        ("Globex 24k", DealAction.CREATE, "Globex", 2_400_000, ""),
        ("won Globex", DealAction.WON, "Globex", None, ""),
        ("Globex won 26k", DealAction.WON, "Globex", 2_600_000, ""),
        ("lost Globex price", DealAction.LOST, "Globex", None, "price"),
        ("lost globex industries price", DealAction.LOST, "globex industries", None, "price"),
        ("Globex lost: went with a competitor", DealAction.LOST, "Globex", None, "went with a competitor"),
        ("Globex", DealAction.SHOW, "Globex", None, ""),
        ("Acme renewal 24k", DealAction.CREATE, "Acme renewal", 2_400_000, ""),
        ("3M", DealAction.SHOW, "3M", None, ""),
        ("3M 24k", DealAction.CREATE, "3M", 2_400_000, ""),
        ("park Globex until 15 jan because budget freeze", DealAction.PARK, "Globex", None, "budget freeze"),
        ("my deals", DealAction.LIST, "", None, ""),
        ("", DealAction.LIST, "", None, ""),
    ],
)
def test_a_deal_says_what_is_to_happen_to_it(typed, action, name, value, reason):
    draft = deal(typed)
    assert (draft.action, draft.name, draft.value_minor, draft.reason) == (action, name, value, reason)


def test_a_deals_day_is_its_close_its_end_or_its_waking():
    assert deal("Globex 24k closes 15 Dec").closes == date(2026, 12, 15)
    assert deal("won Globex 26k yesterday").on == date(2026, 9, 21)
    assert deal("park Globex until 15 jan").until == date(2027, 1, 15)
    assert deal("move Globex to 15 dec") == deal("Globex closes 15 dec")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("won", "name"),
        ("24k", "name"),
        ("Globex -5k", "value"),
        ("closed Globex 24k", "action"),
        ("won Globex tomorrow", "on"),
        ("Globex 24k closes 1 sep", "closes"),
        ("push Globex", "closes"),
    ],
)
def test_a_deal_that_cannot_be_is_refused_on_its_field(typed, field):
    with pytest.raises(Refusal) as refused:
        deal(typed)
    assert refused.value.field == field
    if field != "value":
        assert deal(refused.value.example).name


@pytest.mark.parametrize(
    ("typed", "metric", "kind", "target", "label"),
    [
        ("120k this quarter", Metric.REVENUE, None, 12_000_000, "Q3 2026"),
        ("set 120k q4", Metric.REVENUE, None, 12_000_000, "Q4 2026"),
        ("2026 120k", Metric.REVENUE, None, 12_000_000, "2026"),
        ("120k", Metric.REVENUE, None, 12_000_000, "Q3 2026"),
        ("12 deals this month", Metric.DEALS_WON, None, 12, "September 2026"),
        ("20 opportunities in october", Metric.OPPORTUNITIES_CREATED, None, 20, "October 2026"),
        ("5 demos a month", Metric.ACTIVITIES, ActivityKind.DEMO, 5, "September 2026"),
        ("100 referral asks this quarter", Metric.ACTIVITIES, ActivityKind.REFERRAL_ASK, 100, "Q3 2026"),
        ("revenue 120k 1 oct to 31 dec because it is time", Metric.REVENUE, None, 12_000_000, "Q4 2026"),
    ],
)
def test_a_goal_is_a_metric_a_target_and_a_period(typed, metric, kind, target, label):
    draft = goal(typed)
    assert (draft.metric, draft.activity_kind, draft.target, draft.period.label) == (
        metric,
        kind,
        target,
        label,
    )


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("120k sometime", "period"),
        ("120k last quarter", "period"),
        ("50", "metric"),
        ("50 cllsa this month", "metric"),
        ("revenue this quarter", "target"),
        ("0 deals", "target"),
        ("12.5 deals", "target"),
        ("", "target"),
    ],
)
def test_a_goal_that_cannot_be_is_refused_with_an_example_that_works(typed, field):
    with pytest.raises(Refusal) as refused:
        goal(typed)
    assert refused.value.field == field
    assert goal(refused.value.example)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("5 demos this week", "2026-09-14", "2026-09-20"),
        ("5 demos next week", "2026-09-21", "2026-09-27"),
        ("5 demos this wk", "2026-09-14", "2026-09-20"),
        ("1 call today", "2026-09-14", "2026-09-14"),
        ("1 call tomorrow", "2026-09-15", "2026-09-15"),
        ("5 demos on friday", "2026-09-18", "2026-09-18"),
        ("40k by end of november", "2026-09-14", "2026-11-30"),
        ("40k until the end of november", "2026-09-14", "2026-11-30"),
        ("3 deals by 18 dec", "2026-09-14", "2026-12-18"),
        ("3 deals by friday", "2026-09-14", "2026-09-18"),
        ("3 deals before december", "2026-09-14", "2026-11-30"),
        ("50 calls in the next 2 weeks", "2026-09-14", "2026-09-27"),
        ("50 calls for the rest of the month", "2026-09-14", "2026-09-30"),
        ("60 calls 21-25 sept", "2026-09-21", "2026-09-25"),
        ("4 opps oct-dec", "2026-10-01", "2026-12-31"),
        ("90k nxt quarter", "2026-10-01", "2026-12-31"),
        ("12 deals this quater", "2026-07-01", "2026-09-30"),
        ("i'd like to close 5 deals in october", "2026-10-01", "2026-10-31"),
    ],
)
def test_a_goal_runs_for_the_days_that_were_meant(typed, first, last):
    period = read_goal_line(typed, MONDAY, 1, "USD").period
    assert (period.start.isoformat(), period.end.isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("typed", "today", "readings"),
    [
        ("150-180k next q", MONDAY, ["150k next q", "180k next q"]),
        ("3 to 5 demos next month", MONDAY, ["3 demos next month", "5 demos next month"]),
        ("5 calls a day", MONDAY, ["25 calls 2026-09-14 to 2026-09-20", "65 calls 2026-09-14 to 2026-09-30"]),
        ("1,200 emails/day", MONDAY, ["6000 emails 2026-09-14 to 2026-09-20",
                                        "15600 emails 2026-09-14 to 2026-09-30"]),
        ("5k daily", MONDAY, ["25k 2026-09-14 to 2026-09-20", "65k 2026-09-14 to 2026-09-30"]),
        ("5 calls a day in october", MONDAY, ["110 calls 2026-10-01 to 2026-10-31"]),
        ("10 calls a week", MONDAY, ["10 calls 2026-09-14 to 2026-09-20", "30 calls 2026-09-14 to 2026-09-30"]),
        ("5 calls a day", FRIDAY, ["25 calls 2026-09-21 to 2026-09-27", "45 calls 2026-09-18 to 2026-09-30"]),
        ("5 demos this week", SATURDAY, ["5 demos 2026-09-21 to 2026-09-27", "5 demos 2026-09-14 to 2026-09-20"]),
        ("40k by november", MONDAY, ["40k 2026-09-14 to 2026-11-30", "40k 2026-09-14 to 2026-10-31"]),
        ("40k by end of quarter", MONDAY, ["40k 2026-09-14 to 2026-09-30", "40k 2026-07-01 to 2026-09-30"]),
        ("50 cllsa this month", MONDAY, ["50 calls this month"]),
        ("5", MONDAY, ["5 deals this quarter", "5 opportunities this quarter"]),
    ],
)  # fmt: skip
def test_a_goal_that_can_mean_two_things_is_asked_about_and_each_answer_is_a_goal(typed, today, readings):
    with pytest.raises(Refusal) as refused:
        read_goal_line(typed, today, 1, "USD")
    assert refused.value.text.endswith("?") or "over which time" in refused.value.text
    assert [one.typed for one in refused.value.readings] == readings
    for one in readings:
        assert read_goal_line(one, today, 1, "USD").target


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("follow up with Acme on Friday about pricing", ("followup", "Acme on Friday about pricing")),
        ("remind me to call Acme tomorrow", ("followup", "call Acme tomorrow")),
        ("logged 5 calls", ("log", "5 calls")),
        ("5 calls, 2 meetings", ("log", "5 calls, 2 meetings")),
        ("How am I doing?", ("goal", "")),
        ("my goals", ("goal", "")),
        ("goal 120k this quarter", ("goal", "120k this quarter")),
        ("set a goal of 120k q4", ("goal", "set 120k q4")),
        ("we won Acme 24k", ("deal", "won Acme 24k")),
        ("when is it too late?", ("runway", "")),
        ("runway", ("runway", "")),
        ("my follow-ups", ("followup", "")),
        ("what's due today", ("followup", "")),
        ("prep for Acme", ("prep", "Acme")),
        ("help me prepare for the meeting with Acme", ("prep", "Acme")),
        ("help", ("help", "")),
        ("undo", ("undo", "")),
        ("oops undo that", ("undo", "")),
        ("take that back", ("undo", "")),
        ("can you undo that please", ("undo", "")),
        ("what do I owe Acme", ("followup", "list I owe Acme")),
        ("what does Acme owe me", ("followup", "list Acme owe me")),
        ("ping Globex in 3 days", ("followup", "ping Globex in 3 days")),
        ("call back Dana next week", ("followup", "call back Dana next week")),
        ("off sick today", ("team", "leave today")),
        ("im off thu and fri", ("team", "leave thu and fri")),
        ("on holiday 21-25 sept", ("team", "leave 21-25 sept")),
        ("taking friday off", ("team", "leave friday")),
        ("stop messaging me until Monday", ("pause", "until Monday")),
        ("don’t disturb me until friday", ("pause", "until friday")),
        ("mute me until tomorrow", ("pause", "until tomorrow")),
        ("ok you can message me again", ("resume", "")),
        ("how is my team doing", ("team", "progress")),
        ("I want to close 4 deals in november", ("goal", "set close 4 deals in november")),
        ("just got off the phone with Acme", ("log", "got off the phone with Acme")),
        ("i'm off to Acme", None),
        ("i want to close 2 tickets today", None),
        ("I’ll be 5 minutes late on friday", None),
        ("Dana said 24k is too much for march", None),
        ("I spoke to my boss about holidays", None),
        ("spoke to Acme, they want a trial", ("log", "spoke to Acme, they want a trial")),
        ("Acme slipped to november", ("deal", "Acme slipped to november")),
        ("anything due tomorrow?", ("followup", "")),
        ("my pipeline", ("pipeline", "")),
        ("day off on friday", ("team", "leave on friday")),
        ("please", None),
        ("thanks!", None),
        ("I had a good day", None),
        ("x" * 10_000, None),
    ],
)
def test_plain_words_mean_a_command(typed, command):
    assert plain_command(typed, REGISTRY.phrases) == command


def test_a_quoted_or_known_name_wins_and_the_longest_of_two():
    assert sure_name("call acme corporation", KNOWN).name == "Acme Corporation"
    assert sure_name('call "Other Ltd" at Acme', KNOWN).name == "Other Ltd"
    assert sure_name("acmes", KNOWN) is None
    assert guessed_name("send it") is None


def test_the_nearest_word_is_offered_or_none():
    assert closest("setings", ("goal", "settings")) == "settings"
    assert closest("zorg", ("goal", "settings")) is None
    assert closest("", ("goal",)) is None


def test_text_is_kept_as_typed_but_for_what_hides_other_text():
    assert (
        clean("a\u202eb\x00c\n d\u2066 مرحبا 👩‍👩‍👧 <!channel> &amp;")
        == "abc d مرحبا 👩‍👩‍👧 <!channel> &amp;"
    )
    with pytest.raises(Refusal, match="2,000 is the most"):
        clean("x" * (MAX_TYPED + 1))


PARTS = (
    'Acme|Globex|fri|3pm|tomorrow|owes me|because|so they can|"|“|”|5|0|-1|calls|demo|call|won|lost|24k|€5|'
    "next step|no next step|–|:|,|(|)|<@U1>|q4|this week|1 oct to|"
    "31 dec|checking in|follow up with|park|until|2026|"
    "yesterday|31 feb|1e9|deals|'s|at|to|\u202e|\x00|🎉|عميل|12.|May Department Stores"
)


@settings(deadline=None, max_examples=120)
@given(
    text=st.text(max_size=80)
    | st.lists(st.sampled_from(PARTS.rsplit("|")), max_size=9).map(" ".join)
    | st.integers(1, 2500).map("a ".__mul__)
)
def test_whatever_is_typed_is_understood_or_refused(text):
    for read in (followup, log, deal, goal):
        with suppress(Refusal):
            draft = read(text)
            assert all(len(part) <= 500 for part in draft if isinstance(part, str))
            assert not any("\x01" in part or "\x02" in part for part in draft if isinstance(part, str))
    plain_command(text, REGISTRY.phrases)


@pytest.mark.parametrize(
    ("typed", "kinds", "outcome", "results"),
    [
        ("15dials 2connects", ["call"], "2 connects", "2 connects"),
        ("30 dials, 4 connects, 1 meeting", ["call", "meeting"], "4 connects", "4 connects"),
        ("spoke to Acme, they want a trial", ["call"], "they want a trial", ""),
        ("10 cold emails", ["email"], "", ""),
        ("45 min demo Acme", ["demo"], "", ""),
        ("quick sync w Acme", ["meeting"], "", ""),
    ],
)
def test_what_came_of_an_activity_is_kept_apart(typed, kinds, outcome, results):
    draft = log(typed)
    assert [kind.value for kind, _ in draft.activities] == kinds
    assert (draft.outcome, draft.results) == (outcome, results)


def test_what_came_of_the_first_kind_is_not_told_of_the_second():
    entry = ActivityEntry(
        {ActivityKind.CALL: 30, ActivityKind.MEETING: 1},
        TODAY,
        None,
        "4 connects; good",
        results="4 connects",
    )
    assert [one.outcome for one in entry.valued("U1")] == ["4 connects; good", "good"]


def test_two_accounts_in_a_log_are_asked_about():
    with pytest.raises(Refusal) as asked:
        log("2 calls Acme, 1 demo Hooli")
    alone, told = (log(one.typed) for one in asked.value.readings)
    assert (alone.account, alone.outcome) == ("Acme", "")
    assert (told.account, told.outcome) == ("Acme", "1 demo Hooli")


def test_yesterday_in_few_letters_is_no_account():
    draft = log("6 calls y'day")
    assert (draft.account, draft.on) == (None, date(2026, 9, 21))
