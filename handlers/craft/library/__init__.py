"""The library: what a team says and asks, read by all of it and written by whoever the team lets (15, 16, 34, 48)."""

from handlers.context import Prefetched
from handlers.craft.library import due, entry, export, page, rights
from handlers.feature import Command, Feature, Phrase, Record, Section, Surface, routes
from messages.craft import library as views
from messages.craft import library_form as form
from sales.people.permission import Act
from storage.craft.library import LibraryEntryRow, LibraryRightsRow

FEATURE = Feature(
    name="library",
    commands=(
        Command(
            "team library",
            "[words | export]",
            "what your team says and asks: talking points, questions, objections, plays",
            "/team library price",
            Prefetched(export.may_send, page.show),
            Act.SEE_TEAM,
            order=69,
        ),
    ),
    phrases=(
        Phrase(r"(?:show (?:me )?)?(?:the |our |my )?library", "team", "library"),
        Phrase(r"(?:search|look) (?:in )?(?:the |our )?library for (.+)", "team", r"library \1"),
    ),
    actions={
        **routes(
            Act.SEE_TEAM,
            {
                views.PAGE: page.page_button,
                views.LIST: page.list_button,
                views.THEIRS: page.due_button,
                views.READ: page.read_button,
                views.EXPORT: Prefetched(export.may_send, export.export_button),
            },
        ),
        **routes(
            Act.EDIT_LIBRARY,
            {
                views.OPEN: entry.open_form,
                views.REMOVE: entry.remove,
                views.RENEW: entry.renew,
                views.TAKE: entry.take,
            },
        ),
        **routes(Act.CHANGE_TEAM, {views.RIGHTS: rights.open_rights}),
    },
    views={
        **routes(Act.EDIT_LIBRARY, {form.SAVE: entry.save}),
        **routes(Act.CHANGE_TEAM, {form.SAVE_RIGHTS: rights.save_rights}),
    },
    sections=(
        Section(Surface.HOME, 58, due.on_home, Act.OWN_WORK),
        Section(Surface.MORNING, 27, due.in_morning, Act.OWN_WORK),
        Section(Surface.TEAM, 61, page.on_team, Act.SEE_TEAM),
    ),
    records=(
        Record(
            LibraryEntryRow,
            undone=True,
            exported=True,
            read=Act.SEE_TEAM,
            exempt="what a team prepared; nobody's alone, also where somebody looks after it",
        ),
        Record(
            LibraryRightsRow,
            undone=True,
            exported=True,
            read=Act.SEE_TEAM,
            exempt="what a team decided; nobody's alone",
        ),
    ),
)
