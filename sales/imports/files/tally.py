"""The tally: what an import did, kept while it runs and said at its end."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sales.imports.files.causes import Causes
from sales.imports.files.deal_news import DealNews, and_more
from sales.imports.files.entry import ImportEntry, Remark, TakenRow
from sales.imports.files.key_by_name import is_by_name
from sales.imports.files.lookalike import LONGEST, ReusedIds
from sales.imports.files.oddities import ODD, oddity_told
from sales.imports.files.preset import FileKind
from sales.language.figures import exact, listed, number, plural
from sales.language.typed_text import shorten
from sales.people.directory import Directory
from sales.prospects.lead import LeadState

MOST_CUSTOMERS = 3  # named
MOST_RATES = 12  # of one currency, told one by one
SHAS = 2**64  # how many fingerprints there are
PARTS = 256  # of the keys of a file: of a million rows each has four thousand, and grows in a millisecond


@dataclass
class LeadNews:
    """What of leads in a file is worth knowing: who are customers, whom nobody has, who was sent back before, who was
    decided and is otherwise by the file, who goes to another owner, and whose id was another's, where most ids are so.
    """

    customers: list[str] = field(default_factory=list)
    customer_count: int = 0
    nobodys: int = 0
    sent_back: int = 0
    otherwise: list[str] = field(default_factory=list)
    otherwise_count: int = 0
    given: list[str] = field(default_factory=list)
    given_count: int = 0
    reused: ReusedIds = field(default_factory=ReusedIds)

    def note_state(self, name: str, was: LeadState, now: LeadState) -> None:
        """Take note of a lead that was decided and is otherwise by a file that knows of it since."""
        self.otherwise_count += 1
        if len(self.otherwise) < MOST_CUSTOMERS:
            self.otherwise.append(f"{shorten(name, LONGEST)}, {was} until now, {now} by the file")

    def note_given(self, name: str, was: str, now: str) -> None:
        """Take note of a lead that goes from one owner to another."""
        self.given_count += 1
        if len(self.given) < MOST_CUSTOMERS:
            self.given.append(f"{shorten(name, LONGEST)} from {was} to {now}")

    def note_reused(self, row: Mapping[str, Any], said: Mapping[str, Any]) -> None:
        """Take note of an id that was another lead's until now."""
        here, there = (
            shorten(f"{one['name']} ({one['account']})" if one["account"] else str(one["name"]), LONGEST)
            for one in (row, said)
        )
        self.reused.note(said["external_id"], here, there)

    def changes_told(self) -> list[str]:
        found = list[str]()
        if self.otherwise_count:
            leads = plural(self.otherwise_count, "lead stands", "leads stand")
            found.append(f"{leads} otherwise by the file: {and_more(self.otherwise, self.otherwise_count)}.")
        if self.given_count:
            goes = plural(self.given_count, "lead goes to another owner", "leads go to other owners")
            found.append(f"{goes}: {and_more(self.given, self.given_count)}.")
        return found

    def told(self) -> list[str]:
        """Say so, a line for each."""
        found = [*self.reused.told("lead", "leads"), *self.changes_told()]
        if self.customer_count:
            who = listed(self.customers, most=MOST_CUSTOMERS)
            found.append(f"{plural(self.customer_count, 'lead')} of firms that are customers already: {who}.")
        if self.nobodys:
            found.append(
                f"{plural(self.nobodys, 'lead')} without an owner, to be assigned: /lead assign Dana to @ben."
            )
        if self.sent_back:
            found.append(
                f"{plural(self.sent_back, 'lead')} rejected here before: left so. /lead accept Dana opens one again."
            )
        return found


@dataclass
class Counts:
    """Rows of one file by what became of them. `repeated` rows say the same as an earlier one.

    Of the deals that changed, `closed` are now won or lost, and `pushed` are expected later than before. `strangers`
    are rows of people nobody has as a lead or a customer, `kept` those that stay as somebody said here otherwise; they
    are among the unchanged.
    """

    source: str
    kind: FileKind
    rows: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    repeated: int = 0
    refused: int = 0
    closed: int = 0
    pushed: int = 0
    strangers: int = 0
    kept: int = 0


@dataclass
class ImportTally:
    """Everything an import has to tell. `run_id` is None for a dry run, which wrote nothing.

    `notes` are what was found out about the files, `causes` why rows were not taken. `unmatched` are the owners whom
    nobody in Slack goes by, with their rows.
    """

    run_id: int | None = None
    currency: str = ""
    files: list[Counts] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    causes: Causes = field(default_factory=Causes)
    remarks: Counter[tuple[Remark, str]] = field(default_factory=Counter)
    owners: set[str] = field(default_factory=set)
    unmatched: Counter[str] = field(default_factory=Counter)
    agents: set[str] = field(default_factory=set)
    linked: int = 0
    unfinished: list[int] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)
    leads: LeadNews = field(default_factory=LeadNews)
    deals: DealNews = field(default_factory=DealNews)

    @property
    def refused(self) -> int:
        return sum(counts.refused for counts in self.files)

    def note(self, taken: TakenRow, people: Directory) -> None:
        """Count what was noticed about a row that was taken."""
        self.remarks.update(taken.remarks)
        owner = taken.entry.values.get("owner_name")
        if owner and owner not in self.owners:
            self.owners.add(owner)
            if people.find(owner) is None:
                self.unmatched[owner] = 0
        if owner and owner in self.unmatched:
            self.unmatched[owner] += 1

    def strangers(self, most: int) -> list[str]:
        """Return the owners whom nobody in Slack goes by, those with most rows first: “Ana K.” (2 rows)."""
        found = sorted(self.unmatched.items(), key=lambda one: (-one[1], one[0]))[:most]
        return [f"“{shorten(name)}” ({plural(rows, 'row')})" for name, rows in found]

    def rates(self) -> list[str]:
        """Return how many deals were taken at which rate, a line for each currency."""
        kind = Remark.RATE
        return rates_told(Counter({at: count for (each, at), count in self.remarks.items() if each is kind}))

    def oddities(self) -> list[str]:
        """Return what is odd about rows that were taken, a line for each kind."""
        return [
            line
            for kind in ODD
            for line in oddity_told(
                kind, Counter({at: count for (each, at), count in self.remarks.items() if each is kind})
            )
        ]

    def idle_agents(self) -> list[str]:
        """Return the people who are listed and have no deal in the files read, by name."""
        return sorted(self.agents - self.owners) if self.owners else []


def rates_told(found: Counter[str]) -> list[str]:
    """Return how many deals were taken at which rate ("EUR 1.08"), once for each currency."""
    currencies: dict[str, list[tuple[str, int]]] = {}
    for taken_at, count in found.most_common():
        currency, rate = taken_at.split()
        currencies.setdefault(currency, []).append((rate, count))
    return [
        f"{plural(sum(count for _, count in rates), 'deal')} in {currency} taken by your team's rate: "
        + listed([f"{number(count)} at {exact(Decimal(rate))}" for rate, count in rates], most=MOST_RATES)
        + "."
        for currency, rates in sorted(currencies.items())
    ]


class SeenRows:
    """Keys met in a file so far, each with line and fingerprint in one number: about 200 bytes of memory a row.

    They stand in many small parts: one table of a million grows in one go, for which every thread waits.
    """

    def __init__(self) -> None:
        self.keys: list[dict[str, int]] = [{} for _ in range(PARTS)]
        self.refused: list[set[str]] = [set() for _ in range(PARTS)]  # of rows that cannot be taken

    def __contains__(self, key: object) -> bool:
        """Say whether a row of this key was met, taken or refused."""
        part = hash(key) % PARTS
        return key in self.keys[part] or key in self.refused[part]

    def refuse(self, key: str) -> None:
        """Note the key of a row that cannot be taken."""
        self.refused[hash(key) % PARTS].add(key)

    def meet(self, entry: ImportEntry, line: int) -> str | None:
        """Note a row; return "" if an earlier one says the same, a reason if it says otherwise, else None."""
        sha, keys = int(entry.sha, 16), self.keys[hash(entry.key) % PARTS]
        first, said = divmod(keys.setdefault(entry.key, line * SHAS + sha), SHAS)
        if first == line:
            return None
        if said == sha:
            return ""
        if is_by_name(entry.key):
            return f"has the name and company of line {first}, and no id tells them apart"
        return f"“{entry.key}” is on line {first} already, with other content"
