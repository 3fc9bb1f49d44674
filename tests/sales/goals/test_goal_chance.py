"""What is said of a goal's chance once earlier forecasts came out: every figure in it is put right alike."""

from datetime import date

import pytest

from sales.goals.forecast.calibration import Calibration
from sales.goals.forecast.drivers import Driver, Moved
from sales.goals.forecast.forecast import Forecast
from sales.goals.forecast.what_if import Move, Step
from sales.goals.goal_chance import GoalChance
from sales.language.dates.period import quarter

TODAY = date(2026, 8, 3)
SAID = Forecast(80_000_00, 20_000_00, quarter(3, 2026), TODAY, chance=0.8)
CHANCE = GoalChance(
    SAID,
    since=date(2026, 7, 27),
    before=0.7,
    moved=(Moved(Driver.TIME, 0.7, 0.6), Moved(Driver.WINS, 0.6, 0.8)),
    best=Move(Step.OPEN, 0.9, 0.1, (), 2),
)
TOO_SURE = Calibration(-0.5, 0.6, 240)


def test_every_figure_is_put_right_and_the_steps_still_add_up():
    found = CHANCE.calibrated(TOO_SURE)
    assert found.forecast.chance == TOO_SURE.of(0.8) < 0.8
    assert (found.forecast.uncorrected, found.forecast.resolved) == (0.8, 240)
    assert found.before is not None
    assert found.before + sum(step.by for step in found.moved) == pytest.approx(found.forecast.chance)
    assert found.best is not None
    assert found.forecast.chance + found.best.gain == pytest.approx(found.best.chance) == TOO_SURE.of(0.9)


def test_without_enough_resolved_forecasts_all_stays_as_it_is():
    assert CHANCE.calibrated(None) is CHANCE


def test_what_has_no_figure_gets_none():
    nothing = GoalChance(Forecast(80_000_00, 0, quarter(3, 2026), TODAY, not_yet="Not enough yet: no wins."))
    assert nothing.calibrated(TOO_SURE) == nothing
