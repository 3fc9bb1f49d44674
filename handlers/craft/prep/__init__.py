"""Prepare: a brief before a talk, what it lacks told in one tap, and at hand the evening before a meeting (15-17)."""

from handlers.ahead import answered_ahead
from handlers.craft.prep import ahead, forms, lookup, ways, whole
from handlers.feature import Command, Feature, Phrase, Record, Section, Setting, Surface, routes
from messages.craft.prep import ids
from messages.craft.prep import meeting as meeting_views
from sales.people.permission import Act
from storage.craft.prep.answer import DealAnswerRow

FEATURE = Feature(
    name="prep",
    commands=(
        Command(
            "prep",
            "[Acme]",
            "be ready for a talk: who, why now, what it is worth to them, what to say and ask",
            lookup.EXAMPLE,
            answered_ahead(lookup.command),
            Act.OWN_WORK,
            order=47,
        ),
    ),
    phrases=(
        Phrase(
            r"(?:help me )?(?:to )?(?:prepare|prep)(?: me)? for (?:the (?:meeting|demo|call) with )?(.+)",
            "prep",
            r"\1",
        ),
        Phrase(r"(?:a |the )?brief (?:for|of|on|about) (.+)", "prep", r"\1"),
        Phrase(r"(?:show (?:me )?)?(?:the |my )?(?:next )?brief", "prep"),
    ),
    actions={
        **routes(
            Act.SEE_WORK_OF,
            {
                ids.SHOW: answered_ahead(forms.open_brief),
                ids.HERE: answered_ahead(forms.choose),
                ids.DETAILS: answered_ahead(forms.turn),
                ids.CONTACT: forms.opening(forms.contact_form),
                ids.VALUE: forms.opening(forms.value_form),
                ids.OBSTACLE: forms.opening(forms.obstacle_form),
                ids.ANSWERS: forms.opening(forms.answers_form),
                ids.REASON: forms.open_reason,
                ids.WHOLE: whole.open_form,
                ids.TAKE_BACK: forms.undo,
                ids.PROMISE: forms.promise,
            },
        ),
        **routes(Act.OWN_WORK, {meeting_views.OPEN: answered_ahead(ways.open_of_promise)}),
    },
    views=routes(
        Act.SEE_WORK_OF,
        {
            ids.SAVE_CONTACT: forms.save_contact,
            ids.SAVE_VALUE: forms.save_value,
            ids.SAVE_OBSTACLE: forms.save_obstacle,
            ids.SAVE_REASON: forms.save_reason,
            ids.SAVE_ANSWERS: forms.save_answers,
            ids.SAVE_WHOLE: whole.save,
        },
    ),
    sections=(
        Section(Surface.DEAL, 28, ways.on_card, Act.SEE_WORK_OF),
        Section(Surface.ACCOUNT, 60, ways.on_account, Act.OWN_WORK),
        Section(Surface.PROMISE, 20, ways.on_promise, Act.OWN_WORK),
        Section(Surface.EVENING, 11, ahead.in_evening, Act.OWN_WORK, leads=True),
        Section(Surface.MORNING, 12, ahead.in_morning, Act.OWN_WORK),
    ),
    settings=(Setting(25, ahead.setting, ahead.keep_setting),),
    records=(
        Record(
            DealAnswerRow,
            undone=True,
            exported=True,
            read=Act.SEE_WORK_OF,
            exempt="what a customer answered; it goes with the deal",
        ),
    ),
)
