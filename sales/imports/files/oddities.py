"""Oddities: what cannot well be right about rows that can stand, told once for all of them."""

from collections import Counter
from datetime import date, timedelta

from sales.imports.files.cell_errors import found_nothing
from sales.imports.files.entry import Remark
from sales.imports.files.header import Layout
from sales.imports.files.preset import NAMED
from sales.imports.files.sheet import SheetRecord
from sales.language.figures import listed, number, plural
from sales.pipeline.opportunity import CLOSED, Stage

FAR = timedelta(
    days=20 * 365
)  # from today; a deal of another time is a slip of the keyboard more often than not
ODD = (Remark.NOT_FOUND, Remark.CLOSES_LATER, Remark.FAR_DAY, Remark.NO_ADDRESS, Remark.NO_REACH, Remark.CUT)


def cells_not_found(layout: Layout, record: SheetRecord) -> list[tuple[Remark, str]]:
    """Return the columns in which a row looked something up that was not there."""
    if not any("#" in cell for cell in record.fields):
        return []
    return [
        (Remark.NOT_FOUND, layout.header(column))
        for column, at in layout.at.items()
        if column not in NAMED and found_nothing(record.fields[at].strip())
    ]


def odd_days(
    stage: Stage, opened: date | None, closed: date | None, expected: date | None, today: date | None
) -> list[tuple[Remark, str]]:
    """Return what is odd about the days of a deal, as they are seen today; nothing where no day is today."""
    if today is None:
        return []
    found = []
    if stage in CLOSED and closed is not None and closed > today:
        found.append((Remark.CLOSES_LATER, stage.value))
    far = next((day for day in (opened, closed, expected) if day and abs(day - today) > FAR), None)
    return [*found, (Remark.FAR_DAY, far.isoformat())] if far else found


def oddity_told(kind: Remark, found: Counter[str]) -> list[str]:
    """Return what is odd about rows of one kind, once for all of them; nothing where there are none."""
    total = found.total()
    if not total:
        return []
    if kind is Remark.NOT_FOUND:
        return [f"{plural(total, 'cell')} found nothing (#N/A) in {listed(sorted(found))}: taken as empty."]
    if kind is Remark.NO_ADDRESS:
        shown = listed([f"“{one}”" for one in sorted(found)], most=3)
        return [f"{plural(total, 'lead')} without what is no e-mail address: {shown}."]
    if kind is Remark.NO_REACH:
        shown = listed([f"“{one}”" for one in sorted(found)], most=3)
        return [f"{plural(total, 'account')} without how far it does business, as I do not know {shown}."]
    if kind is Remark.CUT:
        return [
            f"{plural(total, 'cell')} of {listed(sorted(found))} longer than what fits: the beginning is kept."
        ]
    deals = plural(total, "deal")
    if kind is Remark.CLOSES_LATER:
        by_stage = listed([f"{number(count)} {stage}" for stage, count in found.most_common()])
        return [
            f"{deals} closed on a day that is still to come ({by_stage}): taken as they are. Check their dates."
        ]
    example = next(iter(found))
    return [
        f"{deals} with a date more than 20 years away, such as {example}: taken as they are. Check their dates."
    ]
