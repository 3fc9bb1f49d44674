"""Figures as the reader writes them: read back to the same amount, and never those of somebody else."""

import asyncio
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.language.figures import (
    chance_percent,
    days_between,
    decimals,
    long_day,
    money,
    month_day,
    number,
    percent,
    short_money,
)
from sales.language.money import parse_money
from sales.language.reader import written_for

DAY = date(2026, 9, 17)
SLACKS = (
    "en-US", "en-GB", "de-DE", "es-ES", "es-LA", "fr-FR", "it-IT", "ja-JP", "ko-KR", "pt-BR", "zh-CN", "zh-TW", None
)  # fmt: skip


def plain(said: str) -> str:
    return said.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        (
            "en-GB",
            "$122,000 | $122,000.50 | $84.8k | €1.24m | 1,234.5 | 38% | under 1% | Thu 17 Sep | 17 Sep 2026",
        ),
        (
            "de-DE",
            "122.000 $ | 122.000,50 $ | 84.800 $ | 1,24 Mio. € | 1.234,5 | 38 % | under 1 % | Do., 17. Sept."
            " | 17. Sept. 2026",
        ),
        (
            "fr-FR",
            "122 000 $US | 122 000,50 $US | 84,8 k $US | 1,24 M € | 1 234,5 | 38 % | under 1 % | jeu. 17 sept."
            " | 17 sept. 2026",
        ),
        (
            "es-LA",
            "122.000 US$ | 122.000,50 US$ | 84,8 mil US$ | 1,24 M€ | 1.234,5 | 38 % | under 1 % | jue, 17 sept"
            " | 17 sept 2026",
        ),
        (
            "xx-XX",
            "$122,000 | $122,000.50 | $84.8k | €1.24m | 1,234.5 | 38% | under 1% | Thu 17 Sep | 17 Sep 2026",
        ),
    ],
)
def test_each_reader_has_their_own_figures(locale, said):
    with written_for(locale):
        found = [
            money(122_000_00, "USD"), money(122_000_50, "USD"), short_money(84_823_00, "USD"),
            short_money(1_240_000_00, "EUR"), number(1234.5), percent(0.384), chance_percent(0.001),
            long_day(DAY, DAY), month_day(DAY),
        ]  # fmt: skip
    assert plain(" | ".join(found)) == said
    assert money(122_000_00, "USD") == "$122,000"  # and it ends with what was rendered


def test_measures_and_spans_of_days_too():
    with written_for("de-DE"):
        assert decimals(-0.0125, 3, sign=True) == "−0,012"
        assert plain(percent(0.0123, 2)) == "1,23 %"
        assert plain(percent(0.004)) == "<1 %"
        assert days_between(DAY, date(2026, 10, 1)) == "17. Sept. – 1. Okt. 2026"


@given(
    st.sampled_from(SLACKS),
    st.integers(1, 10**13),
    st.sampled_from(["USD", "EUR", "GBP", "JPY", "CHF", "BRL"]),
)
def test_what_is_written_into_a_form_is_read_back(locale, minor, currency):
    with written_for(locale):
        assert parse_money(money(minor, currency), currency) == minor


async def test_two_who_are_written_to_at_once_do_not_see_each_others():
    async def written(locale: str, times: int) -> set[str]:
        found = set()
        with written_for(locale):
            for _ in range(times):
                found.add(await asyncio.to_thread(money, 122_000_00, "USD"))
                await asyncio.sleep(0)
                found.add(money(122_000_00, "USD"))
        return found

    german, ours, french = await asyncio.gather(*(written(one, 20) for one in ("de-DE", "en-US", "fr-FR")))
    assert [plain(one) for one in (*german, *ours, *french)] == ["122.000 $", "$122,000", "122 000 $US"]
