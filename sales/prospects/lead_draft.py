"""Drafts of leads: what a line or a form says of one so far, and the line that says just that (mechanism 35)."""

import re
from datetime import timedelta
from typing import NamedTuple

# What takes a line apart.
PART = re.compile(r"\s*[,;]\s*")
MARK = re.compile(r"(?:^|(?<=\s))(at|@|from|via|through|source|title|role)\s*(?::\s*|\s+)", re.I)
RANK = re.compile(r"(?<=\s)(?:c[efitmr]o|coo|cpo|ciso)(?=\s|$)", re.I)  # behind a name, and no part of one
BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]{1,100})[)\]]")


class LeadDraft(NamedTuple):
    """A lead read from a sentence; what was not said is empty. `ago` is how long ago they came; None where not said."""

    name: str
    account: str = ""
    title: str = ""
    email: str = ""
    phone: str = ""
    source: str = ""
    note: str = ""
    ago: timedelta | None = None


def written(draft: LeadDraft, also: LeadDraft | None = None) -> str:
    """Return a draft as a line that reads as just that; with the note and the time of `also`, if given."""
    note, ago = (also.note, also.ago) if also is not None else (draft.note, draft.ago)
    parts = [
        _quoted(draft.name) + (f" at {_quoted(draft.account)}" if draft.account else ""),
        f"title: {draft.title}" if draft.title else "",
        draft.email,
        draft.phone,
        f"via {_quoted(draft.source)}" if draft.source else "",
    ]
    said = ", ".join(filter(None, parts))
    return f"/lead add {said}{_since(ago)}" + (f", note: {note}" if note else "")


def _since(ago: timedelta | None) -> str:
    """Return how long ago somebody came as it is typed: " 10 min ago"."""
    if ago is None:
        return ""
    if ago >= timedelta(days=1):
        return " yesterday"
    minutes = int(ago.total_seconds() // 60)
    return f" {minutes // 60} h ago" if minutes >= 1000 else f" {minutes} min ago"


def _quoted(name: str) -> str:
    """Return a name in quotes where it would be taken apart else."""
    return (
        f"“{name}”"
        if PART.search(name) or MARK.search(name) or RANK.search(name) or BRACKETS.search(name)
        else name
    )
