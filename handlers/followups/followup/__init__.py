"""Follow-ups: commitments made, answered, and brought up in time."""

from handlers.feature import (
    Command,
    Feature,
    Kind,
    Phrase,
    Record,
    Section,
    Surface,
    TeamSection,
    ThreadReader,
    routes,
)
from handlers.followups.followup import given, kept, triage
from handlers.followups.followup.answers import ANSWERS, belongs, change, drop
from handlers.followups.followup.entry import commit as commit
from handlers.followups.followup.entry import from_message, new_form, save, turn
from handlers.followups.followup.entry import open_form as open_form
from handlers.followups.followup.orders import as_order, command, order, show_list
from handlers.followups.followup.part import evenings_ahead, home_button, in_evening, in_morning, on_home
from handlers.followups.followup.reason import say_slip, say_slips, say_worth
from handlers.followups.followup.reminder import render_reminder, show_again
from handlers.followups.followup.thread import in_thread
from handlers.followups.followup.ticks import keep_alive, move_the_days, move_the_rest, show_all, tick, undo
from handlers.followups.followup.typed import meant
from handlers.nudges.reassignment import WorkReassigned
from handlers.people.news import WorkLeft
from messages import standing
from messages.followups import followup as views
from messages.followups.confirmation import BELONGS, MEANT, SLIP, WORTH
from messages.followups.due import DROP_ALL, KEEP, OF_DAY
from messages.followups.followup_form import CHANGED, DROPPED, SAVE, SORTED
from messages.followups.followup_list import PAGE
from messages.followups.tick_list import ALL, REST, SLIPS, SORT, TICK
from sales.followups.followup import REMINDER
from sales.language.phrases import A_DAY
from sales.nudges.kind import NudgeKind
from sales.nudges.ledger import Ambiguity
from sales.people.permission import Act
from storage.followups.followup import FollowUpRow

# What one tells somebody to do, so that with a day it is a commitment.
ORDER = (
    r"(?:call(?: back)?|ring|phone|e-?mail|mail|message|text|ping|nudge|bump|send|resend|get back to|circle back"
    r"|touch base|check in|reach out|reply|write to|share|forward|prepare|prep|draft)"
)

FEATURE = Feature(
    name="followup",
    commands=(
        Command(
            "followup",
            "[Acme Fri 3pm send the ROI sheet]",
            "what you owe and are owed; with words, a new one",
            "/followup Acme Fri 3pm send the ROI sheet",
            command,
            Act.OWN_WORK,
            order=20,
        ),
        Command(
            "followup new",
            "",
            "a new follow-up, in a form",
            "/followup new",
            new_form,
            Act.OWN_WORK,
            order=21,
        ),
        Command(
            "followup list",
            "[Acme]",
            "what is open, all of it or with somebody",
            "/followup list Acme",
            show_list,
            Act.OWN_WORK,
            order=22,
        ),
        Command(
            "followup done",
            "Acme",
            "tick one off, named by a few words of it",
            "/followup done Acme",
            order("done"),
            Act.OWN_WORK,
            order=23,
        ),
        Command(
            "followup move",
            "Acme to Thursday",
            "put one on another day",
            "/followup move Acme to Thursday",
            order("move"),
            Act.OWN_WORK,
            order=24,
        ),
        Command(
            "followup snooze",
            "Acme [until Monday]",
            "have one brought up later; in an hour where no day is named",
            "/followup snooze Acme until Monday",
            order("snooze"),
            Act.OWN_WORK,
            order=25,
        ),
        Command(
            "followup drop",
            "Acme [because they closed]",
            "give one up, and say why",
            "/followup drop Acme because they closed",
            order("drop"),
            Act.OWN_WORK,
            order=26,
        ),
    ),
    phrases=(
        Phrase(
            r"(?:show |list )?(?:me )?my (?:open )?(?:follow[- ]?ups?|commitments|tasks|to-?dos?)", "followup"
        ),
        Phrase(
            r"what(?:['’]?s| is) (?:due|next|open|overdue)(?: (?:today|tomorrow|this week|now))?", "followup"
        ),
        Phrase(
            r"(?:due|today|overdue)|what (?:do|should) i (?:need to )?do(?: today| now| next)?", "followup"
        ),
        Phrase(r"what (?:did|have|had) (?:i|we) promised?(?: today| this week)?", "followup"),
        Phrase(
            r"(?:(?:is there|do i have|have i got) )?anything (?:due|open|overdue|next)"
            r"(?: (?:today|tomorrow|this week|now))?",
            "followup",
        ),
        Phrase(r"what (?:else )?(?:do|did) ((?:i|we) (?:still )?owe(?: to)? .+)", "followup", r"list \1"),
        Phrase(r"do ((?:i|we) (?:still )?owe(?: to)? .*?)(?: anything| something)?", "followup", r"list \1"),
        Phrase(
            r"(?:what |anything )?(?:does|do) (.+ owes? (?:me|us))(?: anything| something)?",
            "followup",
            r"list \1",
        ),
        Phrase(
            r"(?:what(?:['’]?s| is| have i) )?(?:open|due|pending|outstanding) (?:with|for|at) (.*)",
            "followup",
            r"list \1",
        ),
        Phrase(
            r"(?:i(?:['’]m|['’]ve| am| have)? )?(?:just )?(?:done|finished) with (.+)", "followup", r"done \1"
        ),
        Phrase(
            r"(?:can|could|would|will) you (?:please |pls )?"
            r"(?:move|push|postpone|reschedule|snooze|delay|bump|put off) (.+)",
            "followup",
            r"move \1",
        ),
        Phrase(r"(?:snooze|postpone|reschedule|put off) (.+)", "followup", r"move \1"),
        Phrase(r"follow(?:ing)?[- ]?up:?(?: with| on)? (.*)", "followup", r"\1"),
        Phrase(r"remind me (?:to |about |that )?(.*)", "followup", r"\1"),
        Phrase(rf"({ORDER} .*{A_DAY}.*)", "followup", r"\1"),
        Phrase(r"((?:chase|don['’]t forget to|remember to) .*)", "followup", r"\1"),
        Phrase(
            r"((?:i|they|he|she) owes? .*|.* owes? (?:me|us)(?: .*)?|(?:i['’]?m )?waiting (?:for|on) .*)",
            "followup",
            r"\1",
        ),
    ),
    actions=routes(
        Act.OWN_WORK,
        {
            views.NEW: new_form,
            views.TAKE_BACK: undo,
            PAGE: turn,
            MEANT: meant,
            BELONGS: belongs,
            WORTH: say_worth,
            SLIP: say_slip,
            SLIPS: say_slips,
            TICK: tick,
            REST: move_the_rest,
            OF_DAY: move_the_days,
            KEEP: keep_alive,
            ALL: show_all,
            SORT: triage.open_form,
            DROP_ALL: triage.drop_all,
            **ANSWERS,
        },
    ),
    views=routes(
        Act.OWN_WORK,
        {SAVE: save, CHANGED: change, DROPPED: drop, SORTED: triage.save},
    ),
    shortcuts=routes(Act.OWN_WORK, {views.SHORTCUT: from_message}),
    kinds=(
        Kind(
            NudgeKind(
                REMINDER, "Reminder", "at the time you named", asked_for=True, news=True, mutable=False
            ),
            render_reminder,
            again=show_again,
            ambiguity=Ambiguity.REPEAT,
        ),
    ),
    sections=(
        Section(Surface.HOME, 20, on_home, Act.OWN_WORK),
        Section(Surface.HOME_BUTTONS, 10, home_button, Act.OWN_WORK),
        Section(Surface.MORNING, 10, in_morning, Act.OWN_WORK, leads=True),
        Section(Surface.EVENING, 10, in_evening, Act.OWN_WORK, leads=True, ahead=evenings_ahead),
        TeamSection(Surface.DIGEST, 30, kept.in_digest, Act.SEE_TEAM),
    ),
    offers=as_order,
    in_thread=ThreadReader(in_thread, Act.OWN_WORK),
    hears={WorkReassigned: given.hear_reassigned, WorkLeft: given.hear_left},
    records=(Record(FollowUpRow, undone=True, says=standing.followup, exported=True, erased="owner_id"),),
)
