"""The diagnosis: four lights in their order; the first red one is the one to act on (mechanisms 67, 80)."""

from sales.coaching.diagnosis.light import Light
from sales.coaching.diagnosis.record import WorkRecord
from sales.coaching.diagnosis.steadiness import steadiness
from sales.coaching.diagnosis.thing import thing
from sales.coaching.diagnosis.timing import timing
from sales.coaching.diagnosis.way import way

ORDER = (thing, way, timing, steadiness)


def diagnosed(record: WorkRecord) -> list[Light]:
    """Return the four lights of a record."""
    return [judge(record) for judge in ORDER]
