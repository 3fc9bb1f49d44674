"""What buttons on leads are called and what they carry: which lead, and where it is shown."""

from typing import NamedTuple

SHOW = "lead.show"
LIST = "lead.list"  # one's own open leads, from the number it carries on
NOBODYS = "lead.nobodys"  # those that nobody has yet, likewise: "3:10" is of team 3
ADD = "lead.add"
SAVE = "lead.save"  # the form's callback
EDIT = "lead.edit"
CALLED = "lead.called"
ACCEPT = "lead.accept"
REJECT = "lead.reject"  # a reason was chosen
IN_WORDS = "lead.in_words"  # the reason in one's own words
SAY = "lead.say"  # that form's callback
QUALIFY = "lead.qualify"
JOIN = "lead.join"  # a lead belongs to a deal there is
NEW_DEAL = "lead.new_deal"  # or becomes a further one
ASSIGN = "lead.assign"
GIVE = "lead.give"  # that form's callback
TAKE = "lead.take"
MENU = "lead.menu"
PLACE_CARD, PLACE_LIST, PLACE_TEAM, PLACE_TOLD = "card", "list", "team", "told"


class OfLead(NamedTuple):
    """Which lead a button is on, and where: on its card, in a list from a number on, or in a message of ours."""

    lead_id: int
    within: str = PLACE_CARD
    at: int = 0

    def written(self) -> str:
        """Return it as a button or a form can keep it."""
        return f"{self.lead_id}.{self.within}.{self.at}"

    @classmethod
    def read(cls, kept: str) -> "OfLead":
        """Return what `written` kept."""
        lead_id, within, at = kept.split(".")
        return cls(int(lead_id), within, int(at))
