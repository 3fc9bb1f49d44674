"""Drills: three minutes a day of what one's work shows to be weak; cards, decks and the note of a morning (68, 70)."""

from handlers.ahead import answered_ahead
from handlers.coaching.drill import card, card_list, decks, note, session
from handlers.feature import Command, Feature, Job, Kind, Phrase, Record, Section, Subject, Surface, routes
from messages.coaching import card_list as list_views
from messages.coaching import drill as views
from messages.coaching import drill_form as form
from sales.coaching.drill.note import DRILL, drill_spec
from sales.nudges.kind import NudgeKind, Topic
from sales.nudges.schedule import CatchUp
from sales.people.permission import Act
from storage.coaching.drill.card import DrillCardRow, own_cards
from storage.coaching.drill.memory import DrillAnswerRow, DrillMemoryRow

FEATURE = Feature(
    name="drill",
    commands=(
        Command(
            "drill",
            "[@rep]",
            "three minutes of practice: situations, recalled before you read the answer",
            "/drill",
            answered_ahead(decks.read, decks.drill),
            Act.OWN_WORK,
            order=27,
            mentions=True,
        ),
        Command(
            "drill decks",
            "[@rep]",
            "the decks, and how much of each you remember today",
            "/drill decks",
            answered_ahead(decks.command),
            Act.OWN_WORK,
            order=28,
            mentions=True,
        ),
        Command(
            "drill add",
            "[what happens]",
            "a card of your own; a manager's is the team's",
            "/drill add",
            card.open_form,
            Act.OWN_WORK,
            order=29,
        ),
        Command(
            "drill cards",
            "[words]",
            "cards by their words, to change or retire",
            "/drill cards discount",
            card_list.command,
            Act.OWN_WORK,
            order=29,
        ),
    ),
    phrases=(
        Phrase(
            r"(?:drill|quiz|train|test) me|(?:let me |let['’]?s |let us )?practi[cs]e|(?:a |my |the )?drills?",
            "drill",
            "",
        ),
        Phrase(
            r"(?:stop|no more|switch off|turn off) (?:the |my |these )?(?:daily )?drills?", "drill", "off"
        ),
        Phrase(r"(?:show (?:me )?)?(?:my |our |the )?(?:drill )?decks", "drill", "decks"),
        Phrase(r"(?:show (?:me )?)?(?:my |our |the )?(?:practice |drill )cards", "drill", "cards"),
    ),
    actions=routes(
        Act.OWN_WORK,
        {
            views.START: answered_ahead(session.go_on),
            views.SHOW: answered_ahead(session.show),
            views.RATE: answered_ahead(session.worked_out, session.rate),
            views.WANT: note.want,
            form.OPEN: card.open_form,
            list_views.CHANGE: card_list.open_change,
            list_views.RETIRE: card_list.retire,
        },
    ),
    views=routes(Act.OWN_WORK, {form.SAVE: card.save, list_views.CHANGED: card_list.save_change}),
    jobs=(Job(DRILL, CatchUp.DELIVER_LATEST, note.decide, of=Subject.MEMBER, spec=drill_spec),),
    kinds=(
        Kind(
            NudgeKind(
                DRILL,
                "Drill",
                "three minutes of practice, in your morning note or by itself without one",
                recurs=True,
                for_reps=True,
                opt_in=True,
                bundles=False,
                topic=Topic.PRACTICE,
                order=7,
            ),
            note.render,
        ),
    ),
    sections=(
        Section(Surface.MORNING, 60, note.in_morning, Act.OWN_WORK, leads=True),
        Section(Surface.WELCOME, 60, note.offer, Act.OWN_WORK),
        Section(Surface.UNDONE, 20, session.below_undo, Act.OWN_WORK),
    ),
    records=(
        Record(
            DrillCardRow,
            undone=True,
            exported=True,
            erased="for_id",
            read=Act.SEE_TEAM,
            alone=own_cards(),
        ),
        Record(DrillMemoryRow, undone=True, exported=True, erased="user_id"),
        Record(DrillAnswerRow, undone=True, exported=True, erased="user_id"),
    ),
)
