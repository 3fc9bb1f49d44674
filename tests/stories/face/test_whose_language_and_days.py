"""Days off and figures are a person's own; and nobody is written to more than four times a day."""

import re
from collections import Counter
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.stories.face import books
from tests.stories.face.books import HERE, TODAY
from tests.stories.face.played import a_fortnight, local
from tests.stories.face.seen import chooses, field, home_lines, modal

pytestmark = pytest.mark.engines("sqlite")

FIGURES = {
    "de-DE": (re.compile(r"122\.000|122\s?Tsd"), re.compile(r"\b\d{1,2}\. ?(Sep|9)|\b\d{1,2}\.09"), ","),
    "fr-FR": (re.compile(r"122[\s\u202f\u00a0]000|122\s?k"), re.compile(r"\b\d{1,2} sept"), ","),
}


@pytest.mark.parametrize("locale", FIGURES)
async def test_money_and_dates_are_written_as_a_person_writes_them(team, locale):
    """122.000 for a German, 122 000 for a French rep, and their own dates, where ours are 122,000 and 17 Sep."""
    await team.server.change_person("U1", locale=locale)
    ana = team.person("ana")
    await ana.says("/goal 122k this quarter because of last year", channel="sales")
    await ana.says("/followup Acme thu send the ROI sheet", channel="sales")
    await ana.opens_home()
    told = "\n".join(
        [
            ana.home(),
            *await ana.says("/goal", channel="sales"),
            *await ana.says("/why revenue", channel="sales"),
        ]
    )
    money, day, _ = FIGURES[locale]
    assert money.search(told), told
    assert "122,000" not in told
    assert day.search(told), told


async def test_the_other_rep_reads_their_own(team):
    """One person's language changes nothing for the next one."""
    await team.server.change_person("U1", locale="de-DE")
    ben = team.person("ben")
    await ben.says("/goal 122k this quarter because of last year", channel="sales")
    told = "\n".join(await ben.says("/why revenue", channel="sales"))
    assert "$122,000" in told


async def own_country(person, country):
    """Choose one's own holidays in one's own settings."""
    await person.says("/rainmaker settings", channel="sales")
    modal(person)
    name = field(person, r"holidays|country")
    try:
        await chooses(person, r"holidays|country", country)
    except AssertionError:
        await person.fills(name, country)
    await person.submits()
    assert not person.modal_errors(), person.modal_errors()
    if person.modal():
        await person.closes(everything=True)


async def test_a_holiday_of_ones_own_country_is_off_and_the_teams_is_not(team):
    """Ana lives in Austria, the team is American: she works on Columbus Day, and is left alone on 26 October."""
    ana, ben = team.person("ana"), team.person("ben")
    await own_country(ana, "Austria")
    for person in (ana, ben):
        await person.says("/followup Acme 12 oct call them", channel="sales")
        await person.says("/followup Globex 26 oct call them", channel="sales")
    await team.jump("2026-10-12 13:00", HERE)
    counts = {name: len(team.person(name).sees()) for name in ("ana", "ben")}
    await team.jump("2026-10-12 16:40", HERE)
    await team.jump("2026-10-12 16:40", "America/New_York")
    assert any("Acme" in one for one in ana.sees()[counts["ana"] :])
    assert not any("Acme" in one for one in ben.sees()[counts["ben"] :])
    await ana.says("/followup done acme", channel="sales")
    await team.jump("2026-10-26 13:00", HERE)
    count = len(ana.sees())
    await team.jump("2026-10-26 16:40", HERE)
    assert not any("Globex" in one for one in ana.sees()[count:])


async def test_a_manager_gives_each_member_a_country(team):
    """Holidays per member's country are part of what a manager sets up, not of what each rep has to find."""
    mia = team.person("mia")
    told = []
    for line in ("/team holidays", "/team people", "/team settings"):
        await mia.says(line, channel="sales")
        if mia.modal():
            told.append(modal(mia))
            await mia.closes(everything=True)
    told += mia.sees("sales")
    assert re.search(
        r"per (person|member)|own (country|holidays)|each (person|member|rep)('s)? (country|holidays)"
        r"|holidays of (Ana|Ben)",
        "\n".join(told),
        re.IGNORECASE,
    ), told


async def test_at_most_four_messages_a_day_to_a_rep(team):
    """Over three and a half weeks, whatever is due: at most four on the bot's own to one person a day."""
    played = await a_fortnight(team)
    days = Counter((where, local(at).date()) for where, at in played.sent if where.startswith("D"))
    assert days, "Nothing was sent."
    assert [one for one in days.items() if one[1] > 4] == []


async def test_nothing_at_night_or_on_a_weekend(team):
    """By each person's own clock: between eight and seven in the evening, Monday to Friday."""
    played = await a_fortnight(team)
    zones = {"D1": HERE, "D2": "America/New_York", "D3": HERE}
    off = []
    for where, at in played.sent:
        if where in zones:
            there = local(at, zones[where])
            if there.weekday() > 4 or not 8 <= there.hour < 19:
                off.append((where, there.isoformat()))
    assert off == []


@pytest.mark.large
async def test_four_weeks_of_a_crowded_book_stay_within_four(team):
    """Twenty working days with six promises each, a goal behind, a runway that closes: four a day, not more."""
    ana = team.person("ana")
    await books.a_record(team)
    await ana.says("/goal 45k next quarter because of last year", channel="sales")
    await ana.says("/goal 30k this quarter because of last year", channel="sales")
    await ana.opens_home()
    for number in range(26):
        day = TODAY + timedelta(days=number)
        if day.weekday() > 4:
            continue
        await books.many_promises(team, 6, day)
        for time in ("12:00", "16:40"):
            await team.jump(f"{day} {time}", HERE)
    sent = [
        one
        for one in team.server.log.accepted
        if one.method == "chat.postMessage" and one.channel == team.dm("ana")
    ]
    days = Counter(one.at.astimezone(ZoneInfo(HERE)).date() for one in sent)
    assert len(days) >= 5
    assert max(days.values()) <= 4
    assert home_lines(ana)
