"""What a file would change in decks, card by card: new, changed, the same, left out. Nothing is ever taken out."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlmodel import Field, SQLModel

from sales.coaching.drill.card import MOST_CARDS, Deck, DrillCard, StoredCard
from sales.coaching.drill.deck_file import BrokenCard, ReadDeck, SaidCard
from sales.language.figures import listed, number
from sales.value import changed

MOST_NAMED = 5  # questions of what is new, or changed
MOST_LEFT = 8  # cards that stay out, each with its reason
FULL = f"There would be more than {number(MOST_CARDS)} cards. Retire some first."
MEANWHILE = "Somebody changed it since this was read. Drop the file again to see both."


class DeckWriter(NamedTuple):
    """Whose cards a file makes: a team's, by whoever leads it, or its writer's own. `leaders` change the team's."""

    user_id: str
    team_id: int | None = None
    team: str = ""
    writes_for_team: bool = False
    leaders: Sequence[str] = ()


class CardChange(NamedTuple):
    """A card as it stands, None for a new one, and what a file makes of it."""

    held: StoredCard | None
    said: DrillCard


class DeckChanges(NamedTuple):
    """What a file would change. `broken` are cards of it that stay out, and why."""

    new: list[CardChange]
    changed: list[CardChange]
    same: int
    broken: list[BrokenCard]


class LeftCard(SQLModel):
    """A card that stays out: its line in the file, and why, as it is told."""

    line: int
    question: str
    why: str


class DeckOutlook(SQLModel):
    """What a file would change or has changed, as its message says it: counts, and the first few by their questions.

    `team` is empty for cards of its writer's own. `before` is how each card read that would change, by its key, so that
    nothing written meanwhile is overwritten. `letters` is the code page where the file did not show it by itself.
    """

    team_id: int = 0
    team: str = ""
    new: list[str] = Field(default_factory=list)
    changed: list[str] = Field(default_factory=list)
    left: list[LeftCard] = Field(default_factory=list)
    new_count: int = 0
    changed_count: int = 0
    left_count: int = 0
    same: int = 0
    before: dict[str, str] = Field(default_factory=dict)
    letters: str = ""

    @property
    def changes_nothing(self) -> bool:
        return not (self.new_count or self.changed_count)


def changes_of(found: ReadDeck, cards: Sequence[StoredCard], writer: DeckWriter) -> DeckChanges:
    """Compare a file with the cards that its writer has; who leads no team changes none of the team's."""
    held: dict[tuple[Deck, str], list[StoredCard]] = {}
    for card in cards:
        held.setdefault((card.deck, card.called), []).append(card)
    room = MOST_CARDS - sum(bool(one.id) for one in cards)
    lines: dict[tuple[Deck, str], int] = {}
    made, same = DeckChanges([], [], 0, list(found.broken)), 0
    for said in found.cards:
        key = (said.card.deck, said.card.called)
        there = held.get(key, [])
        own = next((one for one in there if one.for_id), None)
        teams = next((one for one in there if not one.for_id), None)
        if any(is_same(one, said, writer) for one in there):
            same += 1
        elif key in lines:
            made.broken.append(left_out(said, f"It stands there twice; line {lines[key]} was taken."))
        elif own is not None or (teams is not None and writer.writes_for_team):
            made.changed.append(CardChange(own or teams, made_of(said, own or teams, writer)))
        elif teams is not None:
            made.broken.append(left_out(said, of_the_team(writer)))
        elif len(made.new) >= room:
            made.broken.append(left_out(said, FULL))
        else:
            made.new.append(CardChange(None, made_of(said, None, writer)))
        lines.setdefault(key, said.line)
    return made._replace(same=same, broken=sorted(made.broken, key=lambda one: one.line))


def left_out(said: SaidCard, why: str) -> BrokenCard:
    return BrokenCard(said.line, said.card.question, why)


def of_the_team(writer: DeckWriter) -> str:
    """Say why a card of the team's stays as it is."""
    who = listed(list(writer.leaders), "or") if writer.leaders else "Whoever leads the team"
    return f"It is the team's, so it stays as it is. {who} may change it."


def is_same(held: StoredCard, said: SaidCard, writer: DeckWriter) -> bool:
    """Say whether a file says of a card what stands there. Who looks after it is for those to say who lead the team."""
    unsaid = said.left if writer.writes_for_team and not held.for_id else said.left | {"owner_id"}
    stated = {"question", "answer", "why", "owner_id", "review_by"} - unsaid
    return all(getattr(held, name) == getattr(said.card, name) for name in stated)


def made_of(said: SaidCard, held: StoredCard | None, writer: DeckWriter) -> DrillCard:
    """Return what becomes of a card. What nobody looks after becomes the writer's to look after, as their own are."""
    kept = {name: getattr(held, name) for name in said.left} if held is not None else {}
    for_id = held.for_id if held is not None else None if writer.writes_for_team else writer.user_id
    owner_id = None if for_id else kept.get("owner_id", said.card.owner_id)
    given = {"for_id": for_id, "owner_id": owner_id or writer.user_id}
    starter = held.starter if held is not None else ""
    return changed(DrillCard, said.card, **{**kept, **given, "starter": starter})


def outlook_of(changes: DeckChanges, writer: DeckWriter) -> DeckOutlook:
    """Return changes as they are told."""
    for_team = writer.writes_for_team
    return DeckOutlook(
        team_id=(writer.team_id or 0) if for_team else 0,
        team=writer.team if for_team else "",
        new=[one.said.question for one in changes.new[:MOST_NAMED]],
        changed=[one.said.question for one in changes.changed[:MOST_NAMED]],
        left=[LeftCard(**one._asdict()) for one in changes.broken[:MOST_LEFT]],
        new_count=len(changes.new),
        changed_count=len(changes.changed),
        left_count=len(changes.broken),
        same=changes.same,
        before={one.held.key: reading_of(one.held) for one in changes.changed if one.held is not None},
    )


def reading_of(card: StoredCard) -> str:
    """Return what changes with everything that a file may change of a card."""
    return f"{card.fingerprint} {card.owner_id or ''} {card.review_by or ''}"


def still_so(changes: DeckChanges, before: Mapping[str, str]) -> DeckChanges:
    """Return the changes that were shown; what somebody wrote meanwhile is left as it is, and said."""
    kept, late = list[CardChange](), list[CardChange]()
    for one in changes.changed:
        assert one.held is not None
        is_so = before.get(one.held.key) == reading_of(one.held)
        (kept if is_so else late).append(one)
    left = [BrokenCard(0, one.said.question, MEANWHILE) for one in late]
    return changes._replace(changed=kept, broken=[*changes.broken, *left])
