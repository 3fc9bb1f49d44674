"""What the buttons of an audit are called and what they carry: where somebody is, and which finding is meant."""

from typing import NamedTuple

from sales.audit.page import AuditSpot, AuditStep

START = "audit.start"
KEEP = "audit.keep"
PARK = "audit.park"
LOST = "audit.lost"
FIX = "audit.fix"
NEXT = "audit.next"
MORE = "audit.more"
LOOK = "audit.look"  # at one of a team's pipelines
BACK = "audit.back"  # to the team
UNMUTE = "audit.unmute"
MOVED_BY = "audit.moved_by"
PARKING = "audit.parking"  # the callbacks of the forms
LOSING = "audit.losing"
MENDING = "audit.mending"
OPEN, KNOWN, NEVER = "open", "known", "never"  # what the menu of a finding offers
CUT = "|"


class Pressed(NamedTuple):
    """The finding that a button stands under, and where in the audit that is."""

    spot: AuditSpot
    deal_id: int
    check: str

    @property
    def step(self) -> AuditStep:
        """The finding alone, with nothing done to it."""
        return AuditStep(self.deal_id, self.check)

    def written(self) -> str:
        """Return it as a button keeps it."""
        return CUT.join((spot_written(self.spot), str(self.deal_id), self.check))

    @classmethod
    def read(cls, carried: str) -> "Pressed":
        """Return what `written` wrote."""
        spot, deal_id, check = carried.rsplit(CUT, 2)
        return cls(read_spot(spot), int(deal_id), check)


def spot_written(spot: AuditSpot) -> str:
    return CUT.join((spot.owner_id, str(spot.since), str(spot.at)))


def read_spot(carried: str) -> AuditSpot:
    owner_id, since, at = carried.split(CUT)
    return AuditSpot(owner_id, int(since), int(at))
