"""Everything × everybody: no miss, chance or note of a rep reaches anybody but them and who manages them.

Every kind of message and every section of every surface is watched while a town is lived in for four weeks, and each
of its people tries to read what there is of the others. A kind or section that is new has to have something to say
there (`weeks.py`), or to be named below with the story that plays it; else the first test fails.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest

from handlers.registry import FEATURES
from tests.engines import Sqlite
from tests.privacy.town import ANA, BEN, MIA, NOA, PIA, SECRETS, TOM, WORD, a_town, leaks
from tests.privacy.watch import Watch, everything_declared
from tests.privacy.weeks import Weeks, played

pytestmark = [pytest.mark.large, pytest.mark.engines("sqlite")]

TESTS = Path(__file__).parents[1]
# What four weeks do not bring: what it takes, and the story in which one reads what it says and to whom.
PLAYED_ELSEWHERE = {
    "kind role_play": (
        "two of a team who want it and get no morning note",
        "stories/drilled/test_from_the_day.py",
    ),
    "kind crm": (
        "a CRM that cannot be read, or has stages and owners to match",
        "stories/synced/test_quiet.py",
    ),
    "kind crm_write": (
        "a change that somebody sent to a CRM",
        "stories/synced/test_write_back.py",
    ),
    "section deal handlers.imports.sync.on_deal.on_card": (
        "a deal that a CRM has",
        "stories/synced/test_first_sync.py",
    ),
    "section deal handlers.imports.write_back.on_card": (
        "a deal that says something else here than in its CRM",
        "stories/synced/test_write_back.py",
    ),
    "section undone handlers.imports.write_back.taken_back.below_undo": (
        "a change that is taken back after it went to a CRM",
        "stories/synced/test_write_back.py",
    ),
    "section goal handlers.imports.sync.on_deal.fresh": (
        "a CRM that was not read for hours",
        "stories/synced/test_freshness.py",
    ),
    "section home handlers.imports.sync.on_deal.fresh": (
        "a CRM that was not read for hours",
        "stories/synced/test_freshness.py",
    ),
    "section pipeline handlers.imports.sync.on_deal.fresh": (
        "a CRM that was not read for hours",
        "stories/synced/test_freshness.py",
    ),
    "kind halving_revisited": (
        "a quarter that ends for deals halved in it",
        "stories/pipeline/test_halving.py",
    ),
    "section digest handlers.craft.playbook.beside.in_digest": (
        "months of deals that kept to a playbook or did not",
        "stories/test_playbook.py",
    ),
    "section digest handlers.goals.team_progress.runway_in_digest": (
        "several goals whose last day to open a deal is near",
        "stories/test_digest.py",
    ),
    "section evening handlers.pipeline.busy.on_fridays": (
        "hundreds of touches that bring nothing",
        "stories/craft/test_too_late_and_busy.py",
    ),
    "section review handlers.prospects.profile_change.in_review": (
        "losses of a sector that the profile wants",
        "stories/leads/test_debriefs_teach.py",
    ),
    "section review handlers.prospects.score.month.in_review": (
        "two months of scores",
        "stories/test_scores.py",
    ),
    "section review handlers.prospects.touch_mix.in_review": (
        "a month of cold touches beside warm ones that pay",
        "stories/leads/test_mix_and_facts.py",
    ),
    "section undone handlers.coaching.drill.session.below_undo": (
        "an answer in a drill that is taken back",
        "stories/test_drill_week.py",
    ),
    "section team handlers.nudges.undelivered.on_team": (
        "a channel to which nothing can be posted",
        "stories/test_broken_targets.py",
    ),
}


@dataclass(frozen=True)
class Lived:
    watch: Watch
    weeks: Weeks


LIVED: list[Lived] = []


@pytest.fixture
async def lived(database_url: str, sqlite: Sqlite) -> Lived:
    """The four weeks, lived once for a process."""
    if not LIVED:
        watch = Watch()
        async with a_town(database_url, watch) as town:
            LIVED.append(Lived(watch, await played(town, watch)))
    return LIVED[0]


async def test_every_kind_and_section_had_something_to_say(lived):
    """Fails where one is declared that nobody plays, and where one that is played is still said not to be."""
    declared = everything_declared(FEATURES)
    assert sorted(declared - lived.watch.spoke - set(PLAYED_ELSEWHERE)) == []
    assert sorted(set(PLAYED_ELSEWHERE) - declared) == []
    assert sorted(set(PLAYED_ELSEWHERE) & lived.watch.spoke) == []
    missing = [where for _, where in PLAYED_ELSEWHERE.values() if not (TESTS / where).is_file()]
    assert missing == []


async def test_nothing_that_was_said_reached_a_stranger(lived):
    """Every kind and every section × every reader. What was handed over in the end is its new owner's."""
    found = []
    for number, one in enumerate(lived.watch.said):
        of = set(WORD) - ({NOA, BEN} if number >= lived.weeks.handed_over else set())
        found += [(one.by, leak) for leak in leaks(one.text, one.to, was_asked=one.was_asked, of=of)]
    assert found == []


async def test_nobody_got_at_it_by_asking(lived):
    """Every reader × every line that somebody may try, of a rep of each team."""
    assert len({one.by for one in lived.weeks.asked}) >= 10
    found = [
        (one.line, leak) for one in lived.weeks.asked for leak in leaks(one.text, [one.by], was_asked=True)
    ]
    assert found == []


@pytest.mark.parametrize("rep", [ANA, BEN, NOA, PIA])
async def test_each_secret_was_there_to_be_found(lived, rep):
    """Whoever may read it did, else nothing was tried: the rep each of theirs, and who manages them what they may.

    That what a rep practises was asked of them stands in `weeks.py`.
    """
    said = [(one.text, one.to) for one in lived.watch.said]
    said += [(one.text, frozenset({one.by})) for one in lived.weeks.asked]
    secrets = [one for one in SECRETS if one.of == rep and "practises" not in one.what]
    for secret in (one for one in secrets if "talks about" not in one.what or rep == ANA):
        readers = frozenset().union(*(to for text, to in said if secret.pattern.search(text)))
        assert rep in readers or MIA in readers, secret.what


async def test_what_a_pair_talks_about_is_not_for_their_second_manager(lived):
    """Mia wrote it and reads it again; Tom, who manages Ana too, never does."""
    talk = next(one for one in SECRETS if one.of == ANA and "talks about" in one.what)
    read = {user_id for one in lived.watch.said if talk.pattern.search(one.text) for user_id in one.to}
    read |= {one.by for one in lived.weeks.asked if talk.pattern.search(one.text)}
    assert MIA in read
    assert TOM not in read
