"""What was sold and done in that town before: of each rep so much that everything there is to be told can be told."""

from datetime import timedelta

from tests.privacy.town import ANA, BEN, FIRST, NOA, PIA, VAL, WORD
from tests.stories.craft import books
from tests.stories.craft.lived import workdays
from tests.stories.face.books import sells_weekly
from tests.stories.leads import books as leads
from tests.stories.led.led import days, healthy
from tests.stories.pipeline.books import is_listed_at, stands, was_won
from tests.story_workspace import StoryWorkspace


async def past(town: StoryWorkspace) -> None:
    """Ana mails much and opens nothing, Ben sells as one should, Noa little, Pia is a deal away from her goal."""
    lately = workdays(FIRST - days(40), FIRST - days(3))
    for rep in (ANA, NOA):
        await books.sells_within(town, 30, owner=rep, lost=True)
        await books.did(town, [books.Touch(day, "email", "", 9) for day in lately], owner=rep)
    later = FIRST + days(60)
    for rep in (ANA, BEN, NOA):
        touched = [books.Touch(FIRST - days(38))]
        await books.worked(town, f"{WORD[rep]}silent", touched, owner=rep, opened=FIRST - days(40))
        await stands(town, f"{WORD[rep]}old", age=141, value=7_000_00, owner=rep, expected_on=later)
    for name in ("Quillone", "Quilltwo"):
        await stands(town, name, age=20, owner=ANA)
    await is_listed_at(town, "GTX", 12_000_00)
    await stands(town, "Quillprice", value=12_000_00, product="GTX", owner=ANA)
    await healthy(town, owner=BEN)
    await nearly(town)
    await books.sells_within(town, 30, owner=VAL)
    await stands(town, "Valley", age=20, owner=VAL)
    await learned(town)


async def nearly(town: StoryWorkspace) -> None:
    """Pia sold a deal a week and a large one: on the first day she is more likely than not to reach her goal."""
    await sells_weekly(town, PIA)
    await was_won(town, "Granary Road", FIRST - days(5), value=20_000_00, owner=PIA)
    await stands(town, "Tarnside", age=20, value=6_000_00, owner=PIA)
    lately = workdays(FIRST - days(40), FIRST - days(3))
    await books.did(town, [books.Touch(day, "email", "", 9) for day in lately], owner=PIA)


async def learned(town: StoryWorkspace) -> None:
    """What sources brought, why sectors were lost, with whom deals are, to whom only mails went, promises kept."""
    good, poor = (
        leads.Decided(60, 12, "Referral", "Logistics", 120),
        leads.Decided(10, 70, "Cold list", "Retail", 4_000),
    )
    await leads.decided(town, good, poor, owner=NOA)
    await leads.lost_and_looked_back(town, "Retail", 1, 6)
    await leads.lost_and_looked_back(town, "Logistics", 7, 0)
    await leads.has_contacts(town, ("Quillrole",), "CFO")
    mails = [books.Touch(FIRST - days(one), "email", "") for one in (3, 4, 5, 6)]
    await books.worked(town, "Quillmail", mails, owner=ANA, opened=FIRST - days(20))
    for day in workdays(FIRST - timedelta(weeks=13), FIRST - days(3)):
        await books.promised_for(town, "Quillowes", day, day if day.weekday() < 4 else None, owner=ANA)
