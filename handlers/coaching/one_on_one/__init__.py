"""One-on-ones: how teams stand and who is worth a talk; the page of a talk, weekly as a pack; its agenda."""

from handlers.ahead import answered_ahead
from handlers.coaching.one_on_one import agenda, overview, pack
from handlers.feature import Command, Feature, Job, Kind, Phrase, Record, Section, Subject, Surface, routes
from messages.coaching import agenda as agenda_views
from messages.coaching import one_on_one as views
from messages.goals import team_progress as team_views
from sales.coaching.pack import PACK, pack_spec
from sales.nudges.kind import NudgeKind, Topic
from sales.nudges.schedule import CatchUp
from sales.people.permission import Act
from storage.coaching.agenda import AgendaItemRow, AgreedActionRow, TalkNoteRow
from storage.coaching.pack import SentPackRow

OPEN = r"(?:(?:show|open|prepare|plan) )?(?:me )?(?:my |the |a )?(?:next )?"
TALK = r"(?:1 ?[:-] ?1s?|1on1s?|one[- ]on[- ]ones?|one[- ]to[- ]ones?)"

SOON = r"(?: (?:today|tomorrow|this week|now))?"
PAIR = ("rep_id", "manager_id")
WROTE = (*PAIR, "by")

FEATURE = Feature(
    name="one on one",
    commands=(
        Command(
            "team progress",
            "",
            "how the teams you manage stand, and who is worth a talk",
            "/team progress",
            overview.command,
            Act.SEE_TEAM,
            order=65,
        ),
        Command(
            "team 1on1",
            "[@rep] [: something to talk about]",
            "the page of a 1:1: what went well, what changed, a question, and what you two want to talk about",
            "/team 1on1 @ana",
            pack.command,
            Act.TALK,
            order=66,
            mentions=True,
        ),
    ),
    phrases=(
        Phrase(
            r"how(?: is|['’]s| are|s) (?:my|the|our) (?:team|reps|people|guys)(?: (?:doing|going|tracking|looking))?"
            r"(?: (?:so far|today|this \w+))?",
            "team",
            "progress",
        ),
        Phrase(
            r"(?:show (?:me )?)?(?:my |the |our )?team(?:['’]?s)? (?:progress|numbers|goals|pace|status)",
            "team",
            "progress",
        ),
        Phrase(rf"{OPEN}{TALK}", "team", "1on1"),
        Phrase(rf"{OPEN}{TALK} (?:(?:with|for|of|w/?) ?)?(<@\w+[^>]*>){SOON}", "team", r"1on1 \1"),
        Phrase(rf"{OPEN}{TALK} (?:with|for|of|w/?) @?([^\W\d_][\w’'-]*){SOON}", "team", r"1on1 @\1"),
        Phrase(r"who (?:needs|is worth) a talk(?: this week)?", "team", "progress"),
    ),
    actions={
        **routes(
            Act.SEE_TEAM_NUMBERS,
            {
                team_views.DETAILS: overview.team_details,
                views.ALL: overview.everybody,
                views.PAGE: overview.everybody,
                views.PREPARE: overview.prepare,
            },
        ),
        **routes(
            Act.TALK,
            {
                agenda_views.ADD: agenda.open_item,
                agenda_views.NOTE: agenda.open_note,
                agenda_views.ACTION: agenda.open_action,
                agenda_views.TALKED: answered_ahead(agenda.worked_out, agenda.talked),
                agenda_views.TICK: answered_ahead(agenda.worked_out, agenda.tick),
                agenda_views.ALL: agenda.show_all,
            },
        ),
    },
    views=routes(
        Act.TALK,
        {
            agenda_views.SAVE_ITEM: answered_ahead(agenda.worked_out, agenda.save_item),
            agenda_views.SAVE_NOTE: answered_ahead(agenda.worked_out, agenda.save_note),
            agenda_views.SAVE_ACTION: answered_ahead(agenda.worked_out, agenda.save_action),
        },
    ),
    jobs=(Job(PACK, CatchUp.LEVEL, pack.decide, of=Subject.TEAM, spec=pack_spec, accounts=False),),
    kinds=(
        Kind(
            NudgeKind(
                PACK,
                "1:1 packs",
                "once a week for each of your reps: a page to read before the talk",
                for_leads=True,
                bundles=False,
                topic=Topic.TEAM,
                order=132,
            ),
            pack.render,
        ),
    ),
    sections=(Section(Surface.HOME, 15, overview.on_home, Act.SEE_TEAM_NUMBERS),),
    records=(
        Record(AgendaItemRow, undone=True, exported=True, erased="rep_id", both=PAIR, moves=WROTE),
        Record(TalkNoteRow, undone=True, exported=True, erased="rep_id", both=PAIR, moves=WROTE),
        Record(
            AgreedActionRow,
            undone=True,
            exempt="which follow-up was agreed on in a talk; it goes with the follow-up",
            moves=PAIR,
        ),
        Record(SentPackRow, exempt="that a page came before a talk; of what stood on it only marks are kept"),
    ),
)
