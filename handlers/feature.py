"""Features: one declaration names everything a noun answers to; the registry merges them and holds them to it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from itertools import chain

from handlers.commands import SlashCommand, sayings, slash_commands
from handlers.context import Context, Happened, NamedDeal, Setting, TeamSetting
from handlers.declaration import (
    Command,
    Confirmer,
    ContactFinder,
    DealsNamed,
    Explainer,
    Hearer,
    Keeping,
    NamesAlike,
    NamesOf,
    Offerer,
    Phrase,
    Record,
    Route,
    Stays,
    ThreadReader,
    Unseen,
    routes,
)
from handlers.kind import Again, Decider, Job, Kind, Made, Rendered, Renderer, Work
from handlers.reply import Reply
from handlers.section import Look, Section, Shown, Surface, TeamLook, TeamSection, TellingBlock, Told
from handlers.thread import Thread
from sales.followups.followup import FollowUp
from sales.followups.slot import ReachedContact
from sales.language.phrases import Saying
from sales.nudges.declared import Declared, Subject
from sales.nudges.kind import BUNDLE
from sales.people.audience import Line, Tells
from sales.people.permission import Act
from sales.people.retention import Retention
from sales.refusal import Reading

__all__ = [
    "Again", "Command", "Confirmer", "ContactFinder", "DealsNamed", "Decider", "Explainer", "Feature", "Hearer", "Job",
    "Keeping", "Kind", "Line", "Look", "Made", "NamesAlike", "NamesOf", "Offerer", "Phrase", "Record", "Registry",
    "Rendered", "Renderer", "Route", "Section", "Setting", "Shown", "Stays", "Subject", "Surface", "TeamLook",
    "TeamSection", "TellingBlock", "Tells", "ThreadReader", "Told", "Unseen", "Work", "routes",
]  # fmt: skip

CHAPTERS = (
    "people", "nudges", "followups", "pipeline", "goals", "audit", "prospects", "craft", "coaching", "imports",
    "surfaces",
)  # fmt: skip
ROUTED = ("actions", "views", "shortcuts", "events")
TOLD_TO_TEAMS = {Surface.DIGEST}  # the others are a person's


@dataclass(frozen=True)
class Feature:
    """Everything one noun answers to, sends, shows, keeps and knows. `docs/add-a-feature.md` walks through one."""

    name: str
    commands: tuple[Command, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    actions: Mapping[str, Route] = field(default_factory=dict)
    views: Mapping[str, Route] = field(default_factory=dict)
    shortcuts: Mapping[str, Route] = field(default_factory=dict)
    events: Mapping[str, Route] = field(default_factory=dict)
    files: Route | None = None
    jobs: tuple[Job, ...] = ()
    kinds: tuple[Kind, ...] = ()
    sections: tuple[Section | TeamSection, ...] = ()
    settings: tuple[Setting, ...] = ()
    team_settings: tuple[TeamSetting, ...] = ()
    hears: Mapping[type, Hearer] = field(default_factory=dict)
    explain: Explainer | None = None
    explains: str = ""  # after `/why`, to whoever asked for what nothing explains
    names: NamesOf | None = None
    offers: Offerer | None = None
    names_alike: NamesAlike | None = None
    deals_named: DealsNamed | None = None
    contact_of: ContactFinder | None = None
    unseen: Unseen | None = None
    confirms: Confirmer | None = None
    in_thread: ThreadReader | None = None
    records: tuple[Record, ...] = ()
    keeps: tuple[Keeping, ...] = ()


@dataclass(frozen=True)
class Registry:
    """What all features declare together: one value that help, the router, delivery and the schedules read."""

    features: tuple[Feature, ...]
    commands: tuple[SlashCommand, ...]
    phrases: tuple[Saying, ...]
    routes: Mapping[str, Mapping[str, Route]]
    jobs: Mapping[str, Job]
    kinds: Mapping[str, Kind]
    hearers: Mapping[type, tuple[Hearer, ...]]
    files: Route | None = None

    @classmethod
    def of(cls, features: Iterable[Feature]) -> "Registry":
        """Merge what features declare.

        Raises:
            ValueError: naming the feature, for anything declared twice, for plain words that mean no command there
                is, for a surface there is none of, for a kind without a way to render it, or for what names no act.
        """
        every = tuple(features)
        named(every, lambda one: [one.name], "the name")
        named(every, lambda one: [kind.key for kind in one.kinds], "the kind of message")
        named(every, lambda one: [job.key for job in one.jobs], "the job")
        named(every, lambda one: ["files"] if one.files is not None else [], "what is done with")
        named(every, lambda one: [command.name for command in one.commands], "the command")
        named(every, lambda one: [keeping.rule.key for keeping in one.keeps], "how long it keeps")
        for one in every:
            check(one)
        commands = slash_commands(every)
        merged = cls(
            features=every,
            commands=commands,
            phrases=tuple(sayings(every, commands)),
            routes={kind: routed(every, kind) for kind in ROUTED},
            jobs={job.key: job for one in every for job in one.jobs},
            kinds={kind.key: kind for one in every for kind in one.kinds},
            hearers=hearing(every),
            files=next((one.files for one in every if one.files is not None), None),
        )
        return replace(merged, kinds={key: kind.of(merged) for key, kind in merged.kinds.items()})

    @property
    def declared(self) -> Declared:
        """What delivery and the schedules read."""
        kinds = sorted((kind.rules for kind in self.kinds.values()), key=lambda rules: rules.order)
        return Declared(
            {rules.key: rules for rules in kinds},
            tuple(job.recurring for job in self.jobs.values()),
            {str(record.table.__tablename__): record.table for record in self.records if record.undone},
        )

    @property
    def team_settings(self) -> list[TeamSetting]:
        """Every part of a team's settings that another feature than teams has, in order."""
        every = chain.from_iterable(one.team_settings for one in self.features)
        return sorted(every, key=lambda one: one.order)

    @cached_property
    def settings(self) -> list[Setting]:
        """Every part of a person's own settings, in order."""
        return sorted(chain.from_iterable(one.settings for one in self.features), key=lambda one: one.order)

    @property
    def records(self) -> tuple[Record, ...]:
        """Every table that a feature keeps."""
        return tuple(chain.from_iterable(one.records for one in self.features))

    @cached_property
    def owner_columns(self) -> Mapping[str, str]:
        """The column of each table that says whose a row is; asked of everything that anybody does."""
        return {str(one.table.__tablename__): one.erased for one in self.records if one.erased}

    @property
    def keeps(self) -> tuple[Keeping, ...]:
        """What is let go of after some days, in the order of the features."""
        return tuple(chain.from_iterable(one.keeps for one in self.features))

    @property
    def retentions(self) -> list[Retention]:
        """How long what is kept unless a workspace decides otherwise, the longest first."""
        return sorted((one.rule for one in self.keeps), key=lambda rule: -rule.days)

    def words_after(self, command: str) -> tuple[str, ...]:
        """Return the words that may follow a command."""
        return tuple(sub.name for one in self.commands if one.name == command for sub in one.subcommands)

    def sections(self, surface: Surface) -> list[Section]:
        """Return the sections of a person's surface, in order."""
        return [one for one in self._on(surface) if isinstance(one, Section)]

    def team_sections(self, surface: Surface) -> list[TeamSection]:
        """Return the sections of what a team is told, in order."""
        return [one for one in self._on(surface) if isinstance(one, TeamSection)]

    def _on(self, surface: Surface) -> list[Section | TeamSection]:
        every = chain.from_iterable(one.sections for one in self.features)
        return sorted((one for one in every if one.surface is surface), key=lambda one: one.order)

    async def announce(self, context: Context, news: object) -> None:
        """Let every feature that hears of it do its part, in the order of the chapters."""
        for hearer in self.hearers.get(type(news), ()):
            await hearer(context, news)

    async def confirm(self, context: Context, happened: Happened) -> list[str]:
        """Return the lines that features add to a confirmation of what somebody just did."""
        found: list[str] = []
        for one in self.features:
            if one.confirms is not None:
                found += await one.confirms(context, happened)
        return found

    @property
    def explained(self) -> list[str]:
        """The words that `/why` has an answer to, by name."""
        return sorted(one.explains for one in self.features if one.explains)

    async def explain(self, context: Context) -> Reply | None:
        """Return the first answer that a feature has to `/why` with words; None if none has."""
        for one in self.features:
            if one.explain is not None and (found := await one.explain(context)) is not None:
                return found
        return None

    async def in_thread(self, context: Context, thread: Thread) -> Reply | None:
        """Return the first answer that a feature has to words under a message that lists items; None if none has."""
        for one in self.features:
            if one.in_thread is not None and context.may(one.in_thread.act):
                found = await one.in_thread.run(context, thread)
                if found is not None:
                    return found
        return None

    async def names(self, context: Context, text: str) -> list[str]:
        """Return the names that the features know and a text may be about; nobody is asked about an empty one."""
        found: list[str] = []
        for one in self.features if text else ():
            if one.names is not None:
                found += await one.names(context, text)
        return found

    async def offers(self, context: Context, text: str) -> list[Reading]:
        """Return what the features take a sentence for that no phrase fits, each at most once."""
        found: list[Reading] = []
        for one in self.features:
            if one.offers is not None:
                found += await one.offers(context, text)
        return found

    async def names_alike(self, context: Context, typed: Sequence[str]) -> dict[str, str]:
        """Return names that the features know and typed ones may be a slip of, by how they are compared."""
        found: dict[str, str] = {}
        for one in self.features:
            if one.names_alike is not None:
                found.update(await one.names_alike(context, typed))
        return found

    async def deals_named(self, context: Context, name: str) -> list[NamedDeal]:
        """Return the open deals of the person that go by a name, so that what is done for it may belong to one."""
        found: list[NamedDeal] = []
        for one in self.features:
            if one.deals_named is not None:
                found += await one.deals_named(context, name)
        return found

    async def contact_of(
        self, context: Context, promise: FollowUp, deal_id: int, now: datetime
    ) -> ReachedContact | None:
        """Return whom at the customer a promise for a deal is about, and when they want to be called on its day."""
        for one in self.features:
            if one.contact_of is not None:
                return await one.contact_of(context, promise, deal_id, now)
        return None

    async def is_unseen(self, context: Context, channel_id: str) -> bool:
        """Say whether a feature knows that Slack shows a channel to nobody, or not to us, any more."""
        for one in self.features:
            if one.unseen is not None and await one.unseen(context, channel_id):
                return True
        return False


def named(features: Iterable[Feature], keys: Callable[[Feature], Iterable[str]], what: str) -> None:
    """Refuse what two features, or one of them twice, declare by the same name."""
    seen: dict[str, str] = {}
    for one in features:
        for key in keys(one):
            if key in seen:
                raise ValueError(f"{one.name}: {what} {key!r} is declared by {seen[key]} already")
            seen[key] = one.name


def check(feature: Feature) -> None:
    """Refuse a declaration that names no act, no surface there is, or nothing to be sent."""
    for kind in ROUTED:
        for name, route in getattr(feature, kind).items():
            if not isinstance(route, Route) or not isinstance(route.act, Act):
                raise ValueError(f"{feature.name}: {kind} {name!r} names no act")
    for command in feature.commands:
        if not isinstance(command.act, Act):
            raise ValueError(f"{feature.name}: the command {command.name!r} names no act")
    for section in feature.sections:
        if not isinstance(section.surface, Surface):
            raise ValueError(f"{feature.name}: there is no surface {section.surface!r} for its section")
        if isinstance(section, TeamSection) is not (section.surface in TOLD_TO_TEAMS):
            raise ValueError(
                f"{feature.name}: its section on {section.surface} is not of the sort that is shown there"
            )
        if not isinstance(section.act, Act):
            raise ValueError(f"{feature.name}: its section on {section.surface} names no act")
    for job in feature.jobs:
        if job.spec is None:
            raise ValueError(f"{feature.name}: nothing says when the job {job.key!r} recurs")
    for one in feature.kinds:
        if one.render is None and one.collects is None and one.key != BUNDLE:
            raise ValueError(f"{feature.name}: nothing renders the kind of message {one.key!r}")


def routed(features: Iterable[Feature], kind: str) -> dict[str, Route]:
    """Merge the features' routes of one kind of payload."""
    every = list(features)
    named(every, lambda one: getattr(one, kind), f"the id in {kind}")
    return {name: route for one in every for name, route in getattr(one, kind).items()}


def hearing(features: Iterable[Feature]) -> dict[type, tuple[Hearer, ...]]:
    """Return who hears of what, in the order of the chapters."""
    found: dict[type, list[Hearer]] = {}
    for one in features:
        for news, hearer in one.hears.items():
            found.setdefault(news, []).append(hearer)
    return {news: tuple(sorted(hearers, key=chapter_of)) for news, hearers in found.items()}


def chapter_of(hearer: Hearer) -> int:
    """Return the place of a hearer's chapter; one from elsewhere comes last."""
    _, _, rest = hearer.__module__.partition(".")
    chapter = rest.partition(".")[0]
    return CHAPTERS.index(chapter) if chapter in CHAPTERS else len(CHAPTERS)
