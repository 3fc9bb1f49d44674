"""App Home's queue on a clock of the test's own: one publish for many changes, within what it may cost, in order."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from structlog.contextvars import bound_contextvars, get_contextvars

from handlers.home_queue import BUDGET, UNLIMITED, HomeBudget, HomeOwner, HomeQueue, Stopwatch

ANA, BEN, MIA = (HomeOwner("T1", user_id) for user_id in ("U1", "U2", "U3"))
STEPS = 60  # turns of the event loop, more than anything here takes


@dataclass
class Seconds:
    """Time that passes when the test says so; reading a Home adds to it what it works."""

    now: float = 1_000.0
    worked: float = 0.0

    async def rest(self, news: asyncio.Event, seconds: float) -> None:
        until = self.now + seconds
        while self.now < until and not news.is_set():  # noqa: ASYNC110 -- nothing tells when the test moves time
            await asyncio.sleep(0)

    async def pass_by(self, seconds: float = 0.0) -> None:
        self.now += seconds
        for _ in range(STEPS):
            await asyncio.sleep(0)

    @property
    def stopwatch(self) -> Stopwatch:
        return Stopwatch(lambda: self.now, lambda: self.worked, self.rest)


@dataclass
class Homes:
    """Shows each person the number of the last change.

    `cost` is what a read works, `post_cost` a post; `answers` what posts return.
    """

    seconds: Seconds
    latest: int = 0
    cost: float = 0.0
    post_cost: float = 0.0
    shown: list[tuple[HomeOwner, int]] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    answers: list[float | Exception | None] = field(default_factory=list)
    reading: int = 0
    most: int = 0
    open: dict[HomeOwner, asyncio.Event] = field(default_factory=dict)  # for whom Slack waits to answer

    async def read(self, owner):
        self.reading += 1
        self.most = max(self.most, self.reading)
        view = {"number": self.latest}
        await asyncio.sleep(0)
        self.seconds.now += self.cost
        self.seconds.worked += self.cost
        self.reading -= 1
        return view

    async def post(self, owner, view):
        if owner in self.open:
            await self.open[owner].wait()
        self.seconds.worked += self.post_cost
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, Exception):
            raise answer
        if answer is None:
            self.shown.append((owner, view["number"]))
            self.at.append(self.seconds.now)
        return answer


class Rig:
    """A queue, its publisher and its time."""

    def __init__(self, budget: HomeBudget = BUDGET) -> None:
        self.seconds = Seconds()
        self.homes = Homes(self.seconds)
        self.queue = HomeQueue(self.homes, budget, self.seconds.stopwatch)

    def change(self, *owners: HomeOwner) -> None:
        for owner in owners:
            self.homes.latest += 1
            self.queue.changed(owner)


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    made = Rig()
    yield made
    assert made.homes.most <= 1
    made.queue.cancel()


async def test_the_first_change_is_shown_at_once_and_the_others_by_one_publish_a_second_later(rig):
    rig.change(ANA)
    await rig.seconds.pass_by()
    rig.change(ANA, ANA, ANA)
    await rig.seconds.pass_by(0.9)
    assert rig.homes.shown == [(ANA, 1)]
    assert rig.queue.busy
    await rig.seconds.pass_by(0.1)
    assert rig.homes.shown == [(ANA, 1), (ANA, 4)]
    assert not rig.queue.busy


async def test_without_limits_what_waits_is_still_shown_by_one_publish(rig):
    rig = Rig(UNLIMITED)
    rig.change(ANA, ANA, ANA)
    await rig.seconds.pass_by()
    assert rig.homes.shown == [(ANA, 3)]
    rig.change(ANA)
    await rig.seconds.pass_by()
    assert rig.homes.shown[1:] == [(ANA, 4)]


async def test_nobody_waits_for_anybody_elses_second(rig):
    rig.change(ANA)
    await rig.seconds.pass_by()
    rig.change(ANA, BEN)
    await rig.seconds.pass_by()
    assert rig.homes.shown == [(ANA, 1), (BEN, 3)]
    await rig.seconds.pass_by(1)
    assert rig.homes.shown[2:] == [(ANA, 3)]


async def test_all_together_take_a_tenth_of_the_processor(rig):
    rig.homes.cost = 0.1
    people = [HomeOwner("T1", f"U{number}") for number in range(10)]
    rig.change(*people)
    for _ in range(1_100):
        await rig.seconds.pass_by(0.01)
    assert [owner for owner, _ in rig.homes.shown] == people
    spans = [later - earlier for earlier, later in zip(rig.homes.at, rig.homes.at[1:], strict=False)]
    assert all(span >= 1.0 - 1e-9 for span in spans)
    assert rig.homes.at[-1] - rig.homes.at[0] < 9 * 1.05


async def test_what_publishing_works_counts_and_what_others_work_meanwhile_does_not(rig):
    rig.homes.post_cost = 0.1
    rig.homes.open[ANA] = asyncio.Event()
    rig.change(ANA)
    await rig.seconds.pass_by()  # Slack has not answered, and meanwhile others work
    rig.seconds.worked += 30
    rig.homes.open[ANA].set()
    await rig.seconds.pass_by()
    rig.change(BEN)
    await rig.seconds.pass_by(0.85)
    assert rig.homes.shown == [(ANA, 1)]
    await rig.seconds.pass_by(0.1)
    assert rig.homes.shown == [(ANA, 1), (BEN, 2)]


async def test_a_change_during_a_read_or_a_publish_is_shown_by_the_next(rig):
    rig.homes.open[ANA] = asyncio.Event()
    rig.change(ANA)
    await rig.seconds.pass_by()  # Slack has not answered
    rig.change(ANA)
    await rig.seconds.pass_by(5)
    assert rig.homes.shown == []
    rig.homes.open[ANA].set()
    await rig.seconds.pass_by()
    assert rig.homes.shown == [(ANA, 1), (ANA, 2)]


async def test_an_opening_overtakes_and_shows_the_present_and_absorbs_what_waited(rig):
    rig.homes.cost = 1.0
    rig.change(ANA, BEN, MIA)
    await rig.seconds.pass_by()
    rig.queue.opened(MIA)
    await rig.seconds.pass_by()
    assert rig.homes.shown == [(ANA, 3), (MIA, 3)]
    for _ in range(20):
        await rig.seconds.pass_by(1)
    assert rig.homes.shown[2:] == [(BEN, 3)]


async def test_an_opening_waits_for_the_same_persons_publish_and_for_nobody_elses(rig):
    rig.homes.open = {ANA: asyncio.Event(), BEN: asyncio.Event()}
    rig.change(ANA)
    await rig.seconds.pass_by()
    rig.homes.latest = 7
    rig.queue.opened(ANA)
    rig.queue.opened(MIA)
    await rig.seconds.pass_by()
    assert rig.homes.shown == [(MIA, 7)]
    rig.homes.open[ANA].set()
    await rig.seconds.pass_by()
    assert rig.homes.shown[1:] == [(ANA, 1), (ANA, 7)]


async def test_several_openings_that_wait_are_one(rig):
    rig.homes.open[ANA] = asyncio.Event()
    for _ in range(5):
        rig.queue.opened(ANA)
        await rig.seconds.pass_by()
    rig.homes.open[ANA].set()
    await rig.seconds.pass_by()
    assert len(rig.homes.shown) == 2


async def test_what_is_used_on_home_shows_at_once_and_then_within_the_second(rig):
    rig.homes.cost = 1.0
    rig.change(BEN, MIA)
    await rig.seconds.pass_by()  # Mia waits for the rest after Ben
    rig.queue.changed(ANA, in_view=True)
    await rig.seconds.pass_by()
    assert [owner for owner, _ in rig.homes.shown] == [BEN, ANA]
    rig.homes.cost = 0.0
    rig.queue.changed(ANA, in_view=True)
    rig.queue.changed(ANA, in_view=True)
    for _ in range(20):
        await rig.seconds.pass_by(1)
    assert [owner for owner, _ in rig.homes.shown] == [BEN, ANA, ANA, MIA]


async def test_one_that_fails_stops_nobody_and_the_next_change_shows_it(rig):
    rig.homes.answers = [RuntimeError("the database went away")]
    rig.change(ANA, BEN)
    await rig.seconds.pass_by()
    assert rig.homes.shown == [(BEN, 2)]
    rig.change(ANA)
    await rig.seconds.pass_by(1)
    assert rig.homes.shown[1:] == [(ANA, 3)]
    assert not rig.queue.busy


async def test_slack_is_left_alone_as_long_as_it_asks_also_by_openings(rig):
    rig.homes.answers = [30.0]
    rig.change(ANA, BEN)
    await rig.seconds.pass_by()
    rig.queue.opened(MIA)
    await rig.seconds.pass_by(29)
    assert rig.homes.shown == []
    assert rig.queue.busy
    rig.homes.latest = 9
    await rig.seconds.pass_by(1)
    assert sorted(rig.homes.shown) == [(ANA, 9), (BEN, 9), (MIA, 9)]


async def test_what_somebody_else_published_meanwhile_is_read_anew(rig):
    rig.homes.answers = [0.0]
    rig.change(ANA)
    await rig.seconds.pass_by()
    assert rig.homes.shown == [(ANA, 1)]
    assert rig.homes.answers == []


async def test_at_the_end_what_waits_is_shown_without_rest(rig):
    rig.homes.cost = 10.0
    rig.change(ANA)
    await rig.seconds.pass_by()
    rig.change(ANA, BEN)
    await asyncio.wait_for(rig.queue.finished(), 5)
    assert sorted(rig.homes.shown) == [(ANA, 1), (ANA, 3), (BEN, 3)]
    assert not rig.queue.busy


async def test_at_the_end_what_slack_wants_later_is_given_up(rig):
    rig.homes.answers = [3600.0]
    rig.change(ANA)
    await rig.seconds.pass_by()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(rig.queue.finished(), 0.05)
    rig.queue.cancel()
    await rig.seconds.pass_by()
    assert rig.homes.shown == []
    assert not rig.queue.busy


async def test_a_rest_ends_by_itself_in_real_time():
    seconds = Seconds()
    homes = Homes(seconds)
    queue = HomeQueue(homes, HomeBudget(every=0.02))
    queue.changed(ANA)
    await asyncio.sleep(0.005)
    queue.changed(ANA)
    await asyncio.wait_for(queue.finished(), 5)
    assert len(homes.shown) == 2


async def test_nothing_is_kept_of_people_once_their_second_is_over(rig):
    for number in range(100):
        rig.change(HomeOwner("T1", f"U{number}"))
        await rig.seconds.pass_by(1)
    assert len(rig.queue.begun) == 1
    assert len(rig.queue.turns) == 0
    assert rig.queue.waiting == {}


async def test_what_is_shown_in_turn_is_not_logged_as_the_request_that_began_it() -> None:
    rig, seen = Rig(), []

    async def read(owner):
        seen.append(get_contextvars())

    rig.homes.read = read
    with bound_contextvars(request_id="first"):
        rig.change(ANA)
        await rig.seconds.pass_by(1.0)
    with bound_contextvars(request_id="second"):
        rig.queue.opened(BEN)
        await rig.seconds.pass_by()
    assert seen == [{}, {"request_id": "second"}]
