"""What every kind of message and every section said, and to whom: a registry that is asked as ever, and noted.

Nothing is replaced: each declaration does what it did before, and what comes out of it is written down with who is
going to read it. A new kind or section is watched as soon as it is declared.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from handlers.feature import Feature, Look, Section, Shown, TeamLook, TeamSection, Told
from handlers.kind import Kind, Made, Rendered, Renderer
from handlers.section import Sections, Tell
from messages.blocks import Message
from playground.box import Server
from storage.nudges.ledger.rows import DeliveryRow
from storage.scope import Scope

Readers = frozenset[str]  # by the ids that Slack gave them


@dataclass(frozen=True)
class Said:
    """Something that a kind or a section said, and who reads it; because somebody asked for it, or by itself."""

    by: str
    to: Readers
    text: str
    was_asked: bool = False


@dataclass
class Watch:
    """What was said so far, and which kinds and sections had anything to say. `server` says who is in a channel.

    While somebody `asks`, what is said is an answer to them, and may repeat the words that they `typed`.
    """

    said: list[Said] = field(default_factory=list)
    spoke: set[str] = field(default_factory=set)
    asks: bool = False
    typed: Sequence[str] = ()
    server: Server | None = None

    def features(self, every: Iterable[Feature]) -> tuple[Feature, ...]:
        """Return the features, each of whose kinds and sections is noted."""
        return tuple(
            replace(
                one,
                kinds=tuple(self.kind(each) for each in one.kinds),
                sections=tuple(self.section(each) for each in one.sections),
            )
            for one in every
        )

    def kind(self, kind: Kind) -> Kind:
        by = name_of(kind)
        if kind.collects is not None:
            return replace(kind, collects=self.collected(by, kind.collects))
        return kind if kind.render is None else replace(kind, render=self.rendered(by, kind.render))

    def collected(self, by: str, collects: Callable[[Sections], Made]) -> Callable[[Sections], Made]:
        def made(sections: Sections) -> Made:
            found = collects(sections)
            return found._replace(render=self.rendered(by, found.render))

        return made

    def rendered(self, by: str, render: Renderer) -> Renderer:
        async def noted(scope: Scope, row: DeliveryRow, now: datetime) -> Rendered:
            found = await render(scope, row, now)
            if isinstance(found, Message):
                self.note(
                    by, self.readers(row.user_id, row.channel_id), [found.text, found.blocks, found.why]
                )
            return found

        return noted

    def section(self, section: Section | TeamSection) -> Section | TeamSection:
        by = name_of(section)
        if isinstance(section, TeamSection):
            return replace(section, tell=self.told(by, section))
        show = section.show

        async def noted(look: Look) -> Shown | None:
            found = await show(look)
            if found is not None and (found.blocks or found.buttons):
                said = [found.blocks, found.buttons, found.asks, found.why]
                self.note(by, frozenset({look.member.user_id}), said)
            return found

        return replace(section, show=noted)

    def told(self, by: str, section: TeamSection) -> Tell:
        """Note what a team's channel may read of a section; what a manager previews is an answer to them alone."""

        async def noted(look: TeamLook) -> Told | None:
            found = await section.tell(look)
            if found is not None:
                self.spoke.add(by)
            if found is None or look.audience is not None or not look.team.digest_channel:
                return found
            lines = [*found.verdict, *(line for each in found.paragraphs for line in each), *found.details]
            said: list[Any] = [line.text for line in lines if look.may_read(line.tells)]
            if found.table is not None and look.may_read(found.table.tells):
                said.append(found.table.block)
            if said or found.foot:
                self.note(by, self.readers(None, look.team.digest_channel), [*said, found.foot])
            return found

        return noted

    def readers(self, user_id: str | None, channel_id: str | None) -> Readers:
        """Return who reads a place: a person's own channel, or everybody in another."""
        if user_id is not None:
            return frozenset({user_id})
        assert self.server is not None
        channel = self.server.workspace.channels[str(channel_id)]
        people = [channel.person] if channel.person is not None else channel.members
        return frozenset(people) - {self.server.workspace.bot.id}

    def note(self, by: str, to: Readers, said: Sequence[Any]) -> None:
        text = "\n".join(texts(said))
        for word in self.typed:
            text = text.replace(word, "")
        self.spoke.add(by)
        self.said.append(Said(by, to, text, was_asked=self.asks))


def texts(said: Any) -> Iterable[str]:
    """Return every text of some blocks, a line each, however deep it stands."""
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict):
        for each in said.values():
            yield from texts(each)
    elif isinstance(said, Iterable):
        for each in said:
            yield from texts(each)


def name_of(declared: Kind | Section | TeamSection) -> str:
    """Return what a kind or a section is called in a failure: where one finds it."""
    if isinstance(declared, Kind):
        return f"kind {declared.key}"
    asked = declared.tell if isinstance(declared, TeamSection) else declared.show
    return f"section {declared.surface.value} {asked.__module__}.{asked.__qualname__}"


def everything_declared(features: Iterable[Feature]) -> set[str]:
    """Return every kind and every section by these names."""
    return {name_of(each) for one in features for each in (*one.kinds, *one.sections)}
