"""Contacts of a deal: who is spoken to at the customer, and who of them decides (mechanism 55)."""

from sqlmodel import Field, SQLModel

MAX_ROLE = 100


class DealContact(SQLModel):
    """One person at the customer. `role` is what they are there; `decides` where the decision is theirs."""

    opportunity_id: int
    name: str = Field(min_length=1, max_length=200)
    role: str = Field(default="", max_length=MAX_ROLE)
    decides: bool = False

    @property
    def told(self) -> str:
        """Return them in a line, as a history keeps it: "Dana Roe, CFO, decides"."""
        return ", ".join(filter(None, (self.name, self.role, "decides" if self.decides else "")))


class StoredContact(DealContact):
    """A contact with the id that buttons carry."""

    id: int
