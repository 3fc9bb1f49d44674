"""The arithmetic of a forecast in plain words."""

from typing import TYPE_CHECKING

from sales.figures import Spell
from sales.forecast.word import in_figures
from sales.period.dates import short_date

if TYPE_CHECKING:
    from sales.forecast.chance import Basis, Forecast

EVEN = 0.05  # multipliers closer to 1 than this are no phase worth a sentence


def why_lines(found: "Forecast", spell: Spell) -> tuple[str, ...]:
    """Return a line for each step of a forecast; `spell` writes an amount of the goal."""
    target, label = spell(found.target), found.period.label
    if found.not_yet:
        return (found.not_yet,)
    if found.done >= found.target:
        return (f"{spell(found.done)} of {target} is {found.what}: the target is reached.",)
    if found.basis is None:
        return (f"{label} ended on {short_date(found.period.end)}, {spell(found.gap)} short.",)
    missing = f"{spell(found.done)} of {target} is {found.what}; {spell(found.gap)} is missing."
    lines = [missing, _rate(found.basis, found), *_phase(found.basis)]
    if found.floor is not None:
        lines.append(f"From that rate alone the chance is {in_figures(found.floor)}.")
    raw = found.chance if found.uncorrected is None else found.uncorrected
    if found.survival is not None and raw is not None:
        lines.append(_open(found.basis))
        lines.append(f"From open and new deals the chance is {in_figures(found.survival)}.")
        lines.append(f"The mean of both is {in_figures(raw)}.")
    if found.uncorrected is not None and found.chance is not None:
        past = f"{found.resolved:,} of the team's earlier forecasts came out"
        lines.append(f"Put right by how {past}, it is {in_figures(found.chance)}.")
    return tuple(lines)


def counted(number: int, event: str) -> str:
    """Return how many of something: "1 win", "1,200 entries"."""
    many = f"{event[:-1]}ies" if event.endswith("y") else f"{event}s"
    return f"{number:,} {event if number == 1 else many}"


def _rate(basis: "Basis", found: "Forecast") -> str:
    since = f"since {short_date(basis.since)}"
    coming = f"about {basis.to_come:.1f} more by {short_date(found.period.end)}"
    team = counted(basis.team, found.event)
    if not basis.own_days:
        return f"Nothing of this rep is on record yet, so the team's rate holds: {team} {since}, {coming}."
    own = f"{counted(basis.own, found.event)} in {basis.own_days:,} days on record"
    if basis.reps == 1:
        return f"{own}, {since}: {coming}."
    if basis.is_shared:
        alike = (
            f"the {basis.reps} reps' counts differ no more than chance makes them, so one rate holds for all"
        )
        return f"{own}; {alike}: {coming}."
    return f"{own}, leaning on the team's {team} of {basis.reps} reps {since}: {coming}."


def _phase(basis: "Basis") -> tuple[str, ...]:
    multipliers = basis.phases.multipliers
    if all(abs(each - 1) < EVEN for each in multipliers):
        return ()
    first, second, third = (f"{each:.2f}" for each in multipliers)
    return (f"The thirds of a {basis.phases.kind} bring {first}, {second} and {third} of an even pace.",)


def _open(basis: "Basis") -> str:
    return (
        f"By the age of {counted(basis.open_deals, 'open deal')}, {basis.open_wins:.1f} should be won in time, and "
        f"{basis.new_wins:.1f} of deals not open yet ({basis.closed:,} closed deals tell how long it takes)."
    )
