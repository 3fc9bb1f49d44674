"""`/pipeline`: what it is likely worth, then one finding at a time in one message, until nothing is left."""

import re

import pytest

from tests.stories.face.seen import amount, label, message_lines, presses, squeezed
from tests.stories.pipeline import books
from tests.stories.pipeline.books import TODAY, days
from tests.stories.pipeline.walked import (
    about,
    asks,
    card,
    does,
    findings,
    from_to,
    inclined,
    opens,
    text_of,
    texts,
    told,
    turns_to,
)  # fmt: skip

pytestmark = pytest.mark.engines("sqlite")

MONEY = r"\$[\d.,]+k?"


@pytest.fixture
async def ana(team):
    """Ana has a record, three sound deals, and a goal of next quarter."""
    await books.a_record(team)
    await books.many_stand(team, ("Granary", "Iron Lane", "Quayside"), age=20)
    person = team.person("ana")
    await person.says("/goal 30k next quarter because of last year", channel="sales")
    return person


async def dead(town, count):
    await books.many_stand(town, books.NAMES[:count], age=141)


def first_line(person, message):
    return message_lines(person, message)[0]


async def test_the_first_line_is_likely_value_and_the_paper_value_behind_it(ana, team):
    """Quality before quantity (#25): “Likely $41k of $212k on paper”, the likely one first and smaller."""
    await dead(team, 6)
    message = await opens(ana)
    line = first_line(ana, message)
    assert re.search(r"likely", line, re.IGNORECASE), line
    likely, paper = (amount(one) for one in re.findall(MONEY, line)[:2])
    assert likely < paper
    assert abs(paper - 36_000) <= 500
    assert squeezed(line).startswith(squeezed(message.text).rstrip("…"))


async def test_what_never_was_won_so_late_adds_nothing_to_the_likely_value(ana, team):
    """Twenty deals older than any win (#25): the paper value doubles and more, the likely one stays within 1 %."""
    before = amount(re.findall(MONEY, first_line(ana, await opens(ana)))[0])
    await dead(team, 20)
    after = amount(re.findall(MONEY, first_line(ana, await opens(ana)))[0])
    assert abs(after - before) <= before * 0.01 + 100


async def test_the_digest_says_likely_value_before_the_paper_value(ana, team):
    """The digest too (#25): likely first, nominal behind."""
    await dead(team, 6)
    said = await asks(team.person("mia"), "/team digest", "sales")
    line = next((one for one in said.splitlines() if re.search("likely", one, re.IGNORECASE)), "")
    found = [amount(one) for one in re.findall(MONEY, line[line.lower().index("likely") :])] if line else []
    assert len(found) >= 2, said
    assert found[0] < found[1]


async def test_twenty_findings_are_cleared_in_one_message_with_25_taps(ana, team):
    """Edited in place (#20, #22): 17 kept, two parked, one lost; same message, no echo, nothing left to clear."""
    await dead(team, 20)
    message, taps = await opens(ana), 0
    count = len(told(ana))
    total = int(re.search(r"\d+ of (\d+)", "\n".join(message_lines(ana, message)[1:])).group(1))
    for step in range(3 * total):
        if not label(message.blocks, r"^Keep"):
            break
        taps += await does(ana, r"^Lost" if step == 5 else r"^Park" if step in (9, 14) else r"^Keep")
    assert (told(ana)[-1].ts, len(told(ana))) == (message.ts, count)
    assert total >= 20
    assert taps <= total + 5
    assert label(message.blocks, r"^Keep") is None
    assert re.search(r"nothing|all clear|clean|cleared|done", text_of(ana, message), re.IGNORECASE)


async def test_next_leaves_a_finding_as_it_is_and_says_how_far_one_is(ana, team):
    """“1 of 6”, then “2 of 6” (#20): looking on settles nothing."""
    await dead(team, 6)
    message = await opens(ana)
    first = text_of(ana, message)
    await presses(ana, r"^Next", where=team.dm("ana"))
    assert re.search(r"\b1 of \d+", first)
    assert re.search(r"\b2 of \d+", text_of(ana, message))
    assert re.search(r"\b0 of \d+ cleared|none cleared", text_of(ana, message), re.IGNORECASE)


async def test_keep_settles_a_finding_and_shows_the_next_at_once(ana, team):
    """One tap (#20): the next finding stands there, one more is cleared, and asked again it is not repeated."""
    await dead(team, 6)
    message = await turns_to(ana, "Alder")
    await does(ana, r"^Keep")
    assert re.search(r"\b1 of \d+ cleared", text_of(ana, message)), text_of(ana, message)
    assert about(await findings(ana), "Alder", r"this old|ever won|older than") == []


async def test_lost_closes_the_deal_and_it_is_gone_from_the_paper_value(ana, team):
    """Cut what won't close (#22): the first line is $4k less, the deal is lost."""
    await dead(team, 6)
    message = await turns_to(ana, "Alder")
    before = [amount(one) for one in re.findall(MONEY, first_line(ana, message))[:2]]
    await does(ana, r"^Lost", {r"what|why|reason": "Never answered"})
    after = [amount(one) for one in re.findall(MONEY, first_line(ana, message))[:2]]
    assert abs(before[1] - after[1] - 4_000) <= 500
    assert re.search(r"\blost\b", await card(ana, "Alder"), re.IGNORECASE)


async def test_fix_opens_what_is_missing_and_nothing_else(ana, team):
    """Price missing (#20): Fix asks for the price, and the finding is gone."""
    await books.stands(team, "Lockside", value=0)
    message = await turns_to(ana, "Lockside", r"no (price|value|amount)|price is missing")
    await presses(ana, r"^Fix", where=team.dm("ana"))
    assert re.search(r"value|price|amount", ana.modal() or "", re.IGNORECASE)
    await ana.closes(everything=True)
    await does(ana, r"^Fix", {r"value|price|amount": "4,000"})
    assert about(await findings(ana), "Lockside", r"no (price|value|amount)") == []
    assert message.blocks


async def test_each_cut_shows_the_chance_before_and_after(ana, team):
    """“34 % → 34 %” (#74): a deal nobody ever won so late costs no point of the chance."""
    await dead(team, 6)
    message = await turns_to(ana, "Alder")
    await does(ana, r"^Lost", {r"what|why|reason": "Never answered"})
    found = from_to(text_of(ana, message))
    assert found, text_of(ana, message)
    assert found[-1][0] == found[-1][1]


async def test_cutting_a_deal_that_could_be_won_shows_what_it_costs(ana, team):
    """The two figures are the truth, not a comfort (#74): giving up a big young deal lowers the second."""
    await books.stands(team, "Lockside", age=20, value=25_000_00, expected_on=TODAY - days(2))
    message = await turns_to(ana, "Lockside", r"was to close|over|past")
    await does(ana, r"^Lost", {r"what|why|reason": "They bought elsewhere"})
    before, after = from_to(text_of(ana, message))[-1]
    assert before != after


async def test_each_cut_says_what_must_be_opened_by_the_runways_date(ana, team):
    """Halve against fill, settled openly (#22, #60): “to open by Fri 30 Oct: 20 deals”."""
    await dead(team, 6)
    message = await turns_to(ana, "Alder")
    await does(ana, r"^Lost", {r"what|why|reason": "Never answered"})
    said = text_of(ana, message)
    assert re.search(r"open.{0,40}\b\d+ (more |new )?deals?|\bdeals? .{0,20}open", said, re.IGNORECASE), said
    assert re.search(r"by (Mon|Tue|Wed|Thu|Fri) \d+ (Sep|Oct|Nov|Dec)", said), said


async def test_a_parked_deal_leaves_the_forecast_and_wakes_on_its_day(ana, team):
    """Put on the back burner (#22): off the paper value, and back by itself with a message on the day."""
    await books.stands(team, "Lockside", age=141, value=20_000_00)
    message = await turns_to(ana, "Lockside")
    before = amount(re.findall(MONEY, first_line(ana, message))[1])
    await does(ana, r"^Park", {r"day|until|when|date": "2026-10-01"})
    assert abs(before - amount(re.findall(MONEY, first_line(ana, message))[1]) - 20_000) <= 500
    for moment in ("2026-10-01 08:30", "2026-10-01 13:00", "2026-10-01 16:40"):
        await team.jump(moment, books.HERE)
    assert any("Lockside" in one for one in texts(ana)[1:]), "Nothing says that it is awake."
    assert "parked" not in (await card(ana, "Lockside")).splitlines()[0].lower()


async def test_a_parked_deal_wakes_when_something_happens_with_the_customer(ana, team):
    """On an event (#22): a call logged with them wakes it, long before the day."""
    await books.stands(team, "Lockside", age=141)
    await turns_to(ana, "Lockside")
    event = inclined(r"hear|answer|happens|call|contact|reply|write", "2026-12-01")
    await does(ana, r"^Park", {r"event|wake|until|when|day|date": event})
    await asks(ana, "/log 1 call Lockside", "sales")
    assert "parked" not in (await card(ana, "Lockside")).splitlines()[0].lower()


async def test_parking_until_a_day_that_is_over_is_refused(ana, team):
    """A day in the past wakes nothing (#22): the form says so, and the deal stays as it was."""
    await books.stands(team, "Lockside", age=141)
    await turns_to(ana, "Lockside")
    await does(ana, r"^Park", {r"day|until|date": "2026-09-01"})
    assert ana.modal_errors()


async def test_typed_in_a_channel_it_is_seen_by_nobody_else(ana, team):
    """Never in a channel (#20): what a rep's deals are worth is theirs to read."""
    await dead(team, 6)
    ben = team.person("ben")
    before = ben.sees("sales")
    said = await asks(ana, "/pipeline", "sales")
    assert re.search(r"likely|direct", said, re.IGNORECASE), said
    assert ben.sees("sales") == before


async def test_it_comes_once_a_month_and_never_into_a_channel(ana, team):
    """Monthly (#20): one message in October's first days, to the rep alone, with why and an off switch behind it."""
    await dead(team, 6)
    for day in range(15, 31):
        await team.jump(f"2026-09-{day} 16:40", books.HERE)
    before = len(told(ana))
    for day in (1, 2, 5, 6, 7):
        for hour in ("09:30", "13:30", "16:40"):
            await team.jump(f"2026-10-{day:02} {hour}", books.HERE)
    said = [
        one for one in texts(ana)[before:] if re.search(r"likely", one, re.IGNORECASE) and "[Keep]" in one
    ]
    assert len(said) == 1, texts(ana)[before:]
    assert not any("[Keep]" in one for one in texts(team.person("ben"), "sales"))


async def test_it_comes_when_a_rep_falls_behind(team):
    """Audit when behind (#20): within two working days of falling behind, in the direct channel."""
    ana = team.person("ana")
    await books.a_record(team)
    await dead(team, 6)
    await ana.says("/goal 60k this quarter because of last year", channel="sales")
    for moment in ("2026-09-15 09:30", "2026-09-15 16:40", "2026-09-16 09:30", "2026-09-16 16:40"):
        await team.jump(moment, books.HERE)
    assert any(re.search(r"likely", one, re.IGNORECASE) and "[Keep]" in one for one in texts(ana)), texts(ana)


async def test_a_pipeline_without_a_deal_says_so_and_offers_nothing_to_clear(team):
    """Nothing there (#20): one sentence and no buttons of findings."""
    said = await asks(team.person("ben"), "/pipeline")
    assert re.search(r"no (open )?deal|nothing", said, re.IGNORECASE), said
    assert "[Keep]" not in said
