"""What goes wrong with a request to the double, planned ahead."""

from dataclasses import dataclass, field

WRITES = frozenset({"PATCH", "DELETE"})
FAULTS = frozenset(
    {
        "401",
        "429",
        "429 no retry-after",
        "limit",
        "500",
        "503",
        "html 502",
        "query timeout",
        "login rate",
        "no address",
        "hang",
        "cut",
        "repeat page",
        "commit then drop",
        "slow search",
    }
)


@dataclass
class SalesforceFault:
    part: str
    name: str
    times: int
    after: int = 0  # requests that go well first


@dataclass
class SalesforceFaults:
    """Faults in the order in which they were planned; each meets the next requests whose path holds its part.

    "429" has a Retry-After of a second, "limit" is that of the day, with 403; "html 502" is a page for people; "hang"
    never answers; "cut" ends in the middle of the body. "login rate" gives no token. "repeat page" sends a page of a
    query once more in place of the one after it; "no address" leaves out where the next one is. "commit then drop" does
    a write and sends no answer. "slow search" finds what is there and shows it as it was before its last change.
    """

    planned: list[SalesforceFault] = field(default_factory=list)

    def plan(self, part: str, fault: str, times: int = 1, after: int = 0) -> None:
        """Let the next `times` requests whose path holds `part` meet a fault, once `after` of them went well."""
        if fault not in FAULTS:
            raise ValueError(f"There is no fault “{fault}”. There are: {', '.join(sorted(FAULTS))}.")
        self.planned.append(SalesforceFault(part, fault, times, after))

    def clear(self) -> None:
        self.planned.clear()

    def meet(self, method: str, path: str, *, continues: bool) -> str | None:
        """Return what goes wrong with this request, and count it; `continues` where it asks for a later page."""
        for one in self.planned:
            if one.times < 1 or one.part not in path:
                continue
            if one.name == "commit then drop" and method not in WRITES:
                continue
            if one.name == "slow search" and ("/query" not in path or "Opportunity" not in path):
                continue
            if one.name == "repeat page" and not continues:
                continue
            if one.after > 0:
                one.after -= 1
                continue
            one.times -= 1
            return one.name
        return None
