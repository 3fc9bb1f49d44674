"""The 1:1 pack: what went well, three facts that changed, one question, promises from last time, the hard talk."""

from zoneinfo import ZoneInfo

import pytest

from tests.stories.led.led import (
    HERE,
    NAMES,
    NONSENSE,
    PACK,
    TODAY,
    a_good_week,
    a_week,
    action,
    arrived,
    books,
    came,
    days,
    facts,
    goal,
    has,
    head,
    healthy,
    home,
    joined,
    lives,
    mark,
    note,
    pack,
    packs,
    part,
    presses,
    questions,
    red_thing,
    since,
    stands,
    still_open,
    told,
    tried,
    was_lost,
    was_won,
)

pytestmark = pytest.mark.engines("sqlite")

HARD = r"hard talk|difficult (talk|conversation)|harder talk"
BAD = r"overdue|behind|\bred\b|🔴|\bgap\b|lost\b|" + HARD
SPAN = r"(\b(1[5-9]|2\d|3\d) days|(two|three|four|\b[234]) weeks)"
TALK = r"(feedback|talk|1:1|word)"
SILENT = rf"{TALK}[^\n]{{0,60}}{SPAN}|{SPAN}[^\n]{{0,60}}{TALK}"


async def first_pack(town, mia, of="ana") -> str:
    """The pack that comes in the week of 21 September."""
    before = mark(mia)
    await a_week(town)
    found = packs(mia, before, of)
    assert found, since(mia, before)
    return found[0]


async def test_one_a_week_for_each_rep_in_the_managers_channel(team, ana, ben, mia):
    """Weekly, per rep (#6): one of Ana and one of Ben to Mia; neither reads the other's."""
    await still_open(team, "U1", 3, TODAY - days(20))
    await still_open(team, "U2", 3, TODAY - days(20))
    before = mark(ana, ben, mia)
    await a_week(team)
    assert len(packs(mia, before, "ana")) == 1, since(mia, before)
    assert len(packs(mia, before, "ben")) == 1, since(mia, before)
    assert packs(ben, before, "ana") == packs(ana, before, "ben") == []


async def test_it_comes_in_the_managers_morning(team, mia):
    """Before the meeting (#6): between eight and eleven of a working day of hers, not of the rep's in New York."""
    await still_open(team, "U2", 3, TODAY - days(20))
    before = mark(mia)
    await a_week(team)
    times = [one.astimezone(ZoneInfo(HERE)) for one in arrived(mia, before, PACK)]
    assert times, since(mia, before)
    for one in times:
        assert 8 * 60 <= one.hour * 60 + one.minute <= 11 * 60, one
        assert one.weekday() < 5, one


async def test_what_went_well_comes_first(team, mia):
    """Confidence is coached too (#82): the deal won and both promises kept stand before anything that is not well."""
    await red_thing(team)
    await a_good_week(team)
    await books.promised_for(team, "Iron Lane", TODAY - days(3))
    said = await pack(mia)
    assert "Granary Road" in said, said
    first_bad = next((n for n, one in enumerate(said.splitlines()) if has(BAD, one)), 999)
    well = next(n for n, one in enumerate(said.splitlines()) if "Granary Road" in one)
    kept = next((n for n, one in enumerate(said.splitlines()) if has(r"kept (2|two|both)", one)), 999)
    assert well < first_bad, said
    assert kept < first_bad, said


async def test_nothing_went_well_is_said_without_praise(team, mia):
    """No invented praise (#82): where nothing was won or kept, the pack says so or is silent, and still opens."""
    await books.promised_for(team, "Iron Lane", TODAY - days(3))
    said = await pack(mia)
    assert "Iron Lane" in said or has(r"overdue", said), said
    assert not has(r"great|well done|fantastic|good (job|work)|congrat", said), said


async def test_three_facts_at_most_each_with_a_name_or_a_number(team, mia):
    """Three facts (#6): of a busy week there are three, and each names a deal or a number."""
    await still_open(team, "U1", 4, TODAY - days(20))
    await was_won(team, "Granary Road", TODAY - days(2))
    await was_lost(team, "Westbound", TODAY - days(3))
    await books.promised_for(team, "Iron Lane", TODAY - days(3))
    said = await pack(mia)
    found = facts(said)
    assert 1 <= len(found) <= 3, said
    for one in found:
        assert has(r"\d|Granary|Westbound|Iron Lane|Open [0-3]|\b(one|two|three|four|none|nothing)\b", one), (
            one
        )


async def test_what_changed_since_the_last_pack_is_a_fact(team, ana, mia):
    """Changed since last time (#6): Lockside, lost in the week between, is named in the next pack."""
    await stands(team, "Lockside")
    await stands(team, "Orchard Lines")
    assert "Lost" not in await first_pack(team, mia)
    await ana.says("/deal lost Lockside", channel="sales")
    if ana.modal():
        await ana.closes(everything=True)
    before = mark(mia)
    await a_week(team, "2026-09-28")
    [second] = packs(mia, before)
    assert any("Lockside" in one for one in facts(second)), second


async def test_no_fact_is_repeated_unchanged(team, mia):
    """None repeated (#6): over two weeks in which little happened no fact reads the same twice."""
    await still_open(team, "U1", 4, TODAY - days(20))
    await books.promised_for(team, "Iron Lane", TODAY - days(3))
    one = facts(await first_pack(team, mia))
    before = mark(mia)
    await a_week(team, "2026-09-28")
    found = packs(mia, before)
    assert one
    assert len(found) == 1, since(mia, before)
    assert set(one) & set(facts(found[0])) == set(), found[0]


async def test_one_question(team, mia):
    """One question to ask (#6): without a hard talk the pack has exactly one line that asks."""
    await healthy(team)
    await a_good_week(team)
    said = await pack(mia)
    assert len(questions(said)) == 1, said


async def test_promises_from_last_time_come_back(team, ana, mia):
    """Kept or not (#6): of two things agreed on, the next pack says which was done and which is open."""
    await action(mia, "ana", "send the list of depots", "2026-09-16")
    await action(mia, "ana", "call the freight desk", "2026-09-16")
    await ana.says("/followup done send the list of depots", channel="sales")
    said = await first_pack(team, mia)
    last = part(
        said, r"(promise|agreed|action).{0,30}(last|from)|last time", r"hard talk", r"^\W*question", r"agenda"
    )
    assert "send the list of depots" in last, said
    assert "call the freight desk" in last, said
    assert has(r"(done|kept|✓|✅|1 of 2)", last), last
    assert has(r"(open|overdue|not yet|late|☐|1 of 2)", last), last


async def test_the_hard_talk_is_prepared_where_a_light_is_red(team, mia):
    """Fact, question, offer (#81): nothing opened in 45 days is a number, a question, and something Mia can offer."""
    await red_thing(team)
    said = await pack(mia)
    hard = part(said, HARD, r"agenda", r"^\W*\[")
    assert hard, said
    assert has(r"\d", hard), hard
    assert questions(hard), hard
    assert has(r"offer|\bI (can|could|will)\b|you (can|could) (offer|help)|help|together|join", hard), hard
    assert not has(r"lazy|blame|failure|excuse|fault", hard), hard


async def test_no_hard_talk_where_nothing_is_red(team, mia):
    """Only where a light is red (#81): a good record has none, nor has one that cannot be told yet (Ben)."""
    await healthy(team)
    for name in ("ana", "ben"):
        said = await pack(mia, name)
        assert NAMES[name] in said, said
        assert not has(HARD, said), said


async def test_silence_of_a_manager_is_told_after_a_fortnight(team, mia):
    """More than 14 days without feedback (#6): not said after seven, said to Mia alone after three weeks."""
    await still_open(team, "U1", 3, TODAY - days(20))
    before = mark(mia)
    await a_week(team)
    assert packs(mia, before), since(mia, before)
    assert not has(SILENT, "\n".join(packs(mia, before)))
    before = mark(mia, team.person("ana"))
    await lives(team, "2026-09-28", "2026-10-09")
    assert has(SILENT, "\n".join(since(mia, before))), since(mia, before)
    assert not has(SILENT, "\n".join(since(team.person("ana"), before)))


async def test_a_talk_that_was_noted_ends_the_silence(team, mia):
    """It logs that feedback happened (#6): Ana's note of 25 September is a talk, Ben has had none."""
    for owner in ("U1", "U2"):
        await still_open(team, owner, 3, TODAY - days(20))
    await lives(team, "2026-09-14", "2026-09-25")
    await note(mia, "Talked through the depots")
    before = mark(mia)
    await lives(team, "2026-09-28", "2026-10-06")
    said = "\n".join(since(mia, before))
    lines = [one for one in said.splitlines() if has(SILENT, one)]
    assert any("Ben" in one for one in lines) or any(has(SILENT, one) for one in packs(mia, before, "ben")), (
        said
    )
    assert not any("Ana" in one for one in lines), lines
    assert not any(has(SILENT, one) for one in packs(mia, before, "ana")), said


async def test_home_leads_to_each_pack(team, mia):
    """On Home (#6): beside Ana stands what opens her pack."""
    await still_open(team, "U1", 3, TODAY - days(20))
    await goal(team.person("ana"))
    assert "Ana" in await home(mia)
    count = len(told(mia))
    await presses(mia, r"1:1|pack|^Prepare", where="home", near="Ana")
    said = "\n".join([mia.modal() or "", *mia.sees()[count:]])
    assert has(PACK, said), said
    assert questions(said), said


async def test_a_pack_is_read_in_half_a_minute(team, mia):
    """One page (#6): its first line says whose, 30 lines at most, no nonsense, and the notification says that line."""
    await red_thing(team)
    await a_good_week(team)
    said = await first_pack(team, mia)
    assert "Ana" in head(said, 1), said
    assert len([one for one in said.splitlines() if one.strip()]) <= 30, said
    assert len(said) <= 2_400, len(said)
    assert not NONSENSE.search(said), said
    message = next(one for one in reversed(told(mia)) if has(PACK, one.text))
    assert "Ana" in message.text, message.text


async def test_only_the_pair_opens_it(team, ana, ben, raj, mia):
    """Rep and manager (#6): Ben and Raj are refused in plain words; Ana's own shows no hard talk with herself."""
    await red_thing(team)
    assert has(r"\d", await pack(mia))
    assert has(PACK, await pack(ana, ""))
    for person in (ben, raj):
        said = await tried(person, "/team 1on1 @ana")
        assert said
        assert not has(r"hard talk|45 days|Old win|agenda[^\n]*\n", said), said


async def test_a_large_team_comes_four_a_day(team, mia):
    """A budget (#5, #6): of eight reps each has one pack within the week, and no day brings Mia more than four."""
    for owner in ("U1", "U2", *await joined(team, 6)):
        await still_open(team, owner, 2, TODAY - days(20))
    before = mark(mia)
    await a_week(team)
    for name in ("ana", "ben", *(f"Rep{number} Surname" for number in range(1, 7))):
        assert len(packs(mia, before, name)) == 1, (name, [head(one, 1) for one in since(mia, before)])
    per_day = [one.date() for one in came(mia, before)]
    assert max(per_day.count(one) for one in per_day) <= 4, per_day


async def test_a_manager_who_is_away_is_not_written_to(team, mia):
    """On leave (#6): no pack in Mia's week off, and one each in the week after."""
    await still_open(team, "U1", 3, TODAY - days(20))
    monday = TODAY + days(7)
    await books.on_leave(team, monday, monday + days(4), owner="U3")
    before = mark(mia)
    await a_week(team)
    assert packs(mia, before) == []
    before = mark(mia)
    await a_week(team, "2026-09-28")
    assert len(packs(mia, before)) == 1, since(mia, before)
