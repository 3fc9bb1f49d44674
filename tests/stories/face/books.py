"""The books the examples of the face are played with: one place that knows how they are put into the database."""

from datetime import date, timedelta
from random import Random

from sales.followups.followup import FollowUp, FollowUpState
from sales.pipeline.opportunity import Stage
from storage.followups.followup import add_followup
from tests.known import T0, WORKSPACE
from tests.sales_story import deal, record, sold

HERE = "Europe/Ljubljana"
TODAY = T0.date()  # Monday 14 September 2026

OVERDUE = (
    ("Granary Road", "send the savings sheet", "they asked what it saves for each depot"),
    ("Iron Lane", "call about the pilot of Yard Planner", None),
    (
        "Lockside",
        "ask Dana for the list of depots, the names of the drivers and what they pay for diesel a month",
        None,
    ),
    ("Orchard Lines", "book the demo", None),
    ("Pallet Works", "send the contract", None),
)
DUE_TODAY = (
    ("Kite Parcel", "call Bill", None),
    ("Westbound", "send the quote", "their budget closes in October"),
    ("Delta Cold Store", "ask for the order", None),
    ("Tallow & Reed", "send <the> R&D figures", None),
    ("Harbour Nine", "confirm the visit", None),
    ("Mill Street", "send the case study", None),
    ("Quayside", "call Amrit", None),
)
TOMORROW = (
    ("Birch & Son", "call Ola"),
    ("Copper Yard", "send the minutes"),
    ("Elm Freight", "call them"),
    ("Fen Road", "book the room"),
)
LATER = (
    ("Gantry", "send the offer"),
    ("Holt", "call Zoran"),
    ("Ivy Lane", "ask for two names"),
    ("Juniper", "send slides"),
)


async def evening_comes(town, day="2026-09-14"):
    """Live through a day until after the end-of-day message; what was due before comes before and by itself."""
    for time in ("13:00", "16:40"):
        await town.jump(f"{day} {time}", HERE)


async def promised(town, owner, who, what, on, because=None, **values):
    """Write a promise down as if it had been made days ago."""
    made = FollowUp(owner_id=owner, who=who, what=what, due_on=on, worth=because or "", **values)
    async with town.bot.database.write(WORKSPACE) as scope:
        await add_followup(scope, made, town.clock.now())


async def twenty_promises(town, owner="U1"):
    """Five overdue since Friday, seven due today, four tomorrow, four on Thursday."""
    for who, what, because in OVERDUE:
        await promised(town, owner, who, what, TODAY - timedelta(days=3), because)
    for who, what, because in DUE_TODAY:
        await promised(town, owner, who, what, TODAY, because)
    for days, several in ((1, TOMORROW), (3, LATER)):
        for who, what in several:
            await promised(town, owner, who, what, TODAY + timedelta(days=days))


async def many_promises(town, count, on, owner="U1"):
    for number in range(count):
        await promised(town, owner, f"Account{number:02}", "call them", on)


async def won(town, owner, value, on, name="Acme renewal", opened=None):
    await sold(town, [deal(owner, opened or on - timedelta(days=30), on, Stage.WON, value, name)])


async def still_open(town, owner, count, opened, value=4_000_00):
    await sold(
        town, [deal(owner, opened, None, Stage.OPEN, value, f"Open {number}") for number in range(count)]
    )


async def sells_weekly(town, owner, value=5_000_00, weeks=36, first=date(2026, 1, 6)):
    """One deal won a week since January, and one lost: a best pace that is known."""
    days = [first + timedelta(weeks=week) for week in range(weeks)]
    past = [deal(owner, day - timedelta(days=25), day, Stage.WON, value, f"Won {day}") for day in days]
    past += [deal(owner, day - timedelta(days=25), day, Stage.LOST, value, f"Lost {day}") for day in days]
    await sold(town, past)


async def a_record(town, seed=4, count=400):
    await sold(town, record(count, seed))


def settled(state="done"):
    return {"state": FollowUpState(state)}


async def a_random_book(town, seed):
    """Deals, promises and goals of Ana and Ben, drawn once for a seed; return the goals that were typed."""
    drawn = Random(seed)
    await a_record(town, seed, drawn.choice((30, 120, 400)))
    for owner in ("U1", "U2"):
        await still_open(town, owner, drawn.randrange(0, 9), TODAY - timedelta(days=drawn.randrange(2, 90)))
        for number in range(drawn.randrange(0, 14)):
            on = TODAY + timedelta(days=drawn.randrange(-9, 9))
            await promised(town, owner, f"Account{number:02}", "call them", on)
    targets = [f"{drawn.choice((4, 15, 40, 120, 900))}k this quarter"]
    if drawn.random() < 0.6:
        targets.append(f"{drawn.choice((10, 45, 300))}k next quarter")
    for target in targets:
        await town.person("ana").says(f"/goal {target} because of last year", channel="sales")
    if drawn.random() < 0.5:
        await town.person("ben").says(
            f"/goal {drawn.choice((20, 90))}k this quarter because of last year", channel="sales"
        )
    await promised(town, "U1", "Lastly", "call them", TODAY)
    return targets


async def a_large_team(town, count):
    """The team Field with so many reps, each with deals and promises, 24 of them with goals; Mia manages it."""
    workspace, drawn = town.server.workspace, Random(count)
    names = [f"rep{number:03}" for number in range(count - 2)]
    for number, name in enumerate(names):
        workspace.add_person(f"U5{number:03}", name, f"Rep {number:03} Surname", tz=HERE)
        workspace.channels["C1"].members.append(f"U5{number:03}")
    mia = town.person("mia")
    workspace.add_group("S9", "everybody", "Everybody", [f"U5{number:03}" for number in range(len(names))])
    await mia.says("/team people", channel="sales")
    await mia.chooses("And everybody in this user group", "Everybody")
    await mia.submits()
    await mia.closes()
    owners = ["U1", "U2", *(f"U5{number:03}" for number in range(len(names)))]
    await sold(town, record(400, 4, owners))
    for number, name in enumerate(["ana", "ben", *names]):
        owner = town.person(name).person.id
        if number < 24:
            await mia.says(f"/goal set @{name} 60k this quarter because of last year", channel="sales")
        await won(town, owner, drawn.randrange(5, 60) * 1000_00, TODAY - timedelta(days=20), f"Sale {number}")
        for late in range(drawn.randrange(0, 5)):
            await promised(town, owner, f"Late{late}", "call them", TODAY - timedelta(days=4))
