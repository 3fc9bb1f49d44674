"""How one goes through plans, briefs, library, drafts and playbook: lines, forms by their labels, what is read."""

import re
from collections.abc import Mapping

from tests.stories.craft.lived import form_inputs, has, home, line_with, mark, since, tried
from tests.stories.face.seen import label, presses
from tests.stories.leads.prospected import (
    Choice,
    choice,
    edits,
    fills,
    labels_of,
    newest,
    offers,
    opens,
    reads,
    understood,
)
from tests.stories.pipeline.walked import asks, text_of, texts, told

__all__ = [
    "Choice", "asks", "choice", "edits", "fills", "form_inputs", "has", "home", "label", "labels_of", "line_with",
    "mark", "newest", "offers", "opens", "presses", "reads", "since", "text_of", "texts", "told", "tried", "understood",
]  # fmt: skip

PLAN = ("/plan", "/plan show", "/plan list")
LIBRARY = ("/team library", "/team library list")
PLAYBOOK = ("/team playbook",)
EVIDENCE = ("/team evidence", "/team settings", "/team")
SHORTCUT = "Check this draft"

REFERRAL = (
    "/plan add referral: if a client thanks us then ask for one name; "
    "steps: list ten clients by wed, ask two of them by fri"
)
EVENT = (
    "/plan add event: if a fair is announced then book three talks there; "
    "steps: pick two fairs by thu, write to five exhibitors by 23 sep"
)
WIN_BACK = (
    "/plan add win-back: if a lost deal turns one year old then call them; steps: list lost deals by wed"
)
GOAL = "/goal 120k this quarter"


# lines and forms


async def types(person, line, place="sales") -> str:
    """Type a line in a channel; a question that it brings in a form is closed. What is said then."""
    said = await asks(person, line, place)
    if person.modal():
        await person.closes(everything=True)
    return said


async def form(person, line, answers: Mapping[str, Choice], button=None) -> str:
    """Type the line that opens a form (press `button` where it brings a message first), fill it in and save it."""
    await asks(person, line, "sales")
    if not person.modal() and button:
        await presses(person, button, where="sales")
    return await fills(person, answers)


async def refused(person, answers: Mapping[str, Choice]) -> str:
    """Fill the open form with something that it does not take; what it says under its fields, or beside them."""
    try:
        said = await fills(person, answers)
    except AssertionError as wrong:
        said = "\n".join([str(wrong), *person.modal_errors().values()])
    if person.modal():
        await person.closes(everything=True)
    return said


def label_of(person, pattern) -> str:
    """The first label of the open form that reads so, else its only one."""
    named = labels_of(person)
    fit = [one for one in named if has(pattern, one)] or (named if len(named) == 1 else [])
    assert fit, f"No field is called “{pattern}”; there are: {named}."
    return fit[0]


# goals and plans


async def sets_goal(person, line=GOAL) -> str:
    """Set a goal as a rep does, of which nothing is won yet; a reason is given where one is asked for."""
    said = await asks(person, line, "sales")
    if person.modal():
        said = await fills(person, {r"why|reason": "Two depots are waiting for our offer"})
    if offers(person, r"^nothing yet"):
        await presses(person, r"^nothing yet", where="sales")
    return said


async def planned(person, *lines: str) -> str:
    """Put strategies into the plan of the goal that runs; what is said of the last."""
    said = ""
    for line in lines:
        said = await types(person, line)
        assert not has(r"did you mean|did not understand|cannot read|not something Rainmaker", said), said
    return said


async def plan(person, tail="") -> str:
    """The plan as `/plan` shows it."""
    return await types(person, f"/plan {tail}".strip())


# the brief


async def prep(person, name="Alder Yard") -> str:
    """The brief of a deal or account."""
    return await types(person, f"/prep {name}")


def mark_of(said, topic) -> str:
    """“green” or “amber”, as the line of a brief on this topic says by a word or a sign; empty where it does not."""
    line = next((one for one in said.splitlines() if has(topic, one) and light(one)), "")
    return light(line)


def light(line) -> str:
    if has(r"🟠|🟡|⚠|\bamber\b|\bmissing\b|large_(orange|yellow)|:warning:", line):
        return "amber"
    return "green" if has(r"🟢|✅|✓|\bgreen\b|heavy_check|large_green|white_check", line) else ""


def questions(said) -> list[str]:
    """The questions a text puts to somebody, one a line, without what decorates them."""
    return [one.strip(" •-–*_0123456789.)") for one in said.splitlines() if one.rstrip(' *_”"').endswith("?")]


# library, drafts, playbook


def entry(kind, title, text, *, owner="Mia Horvat", review="2027-03-01", **keys: str) -> dict[str, Choice]:
    """Answers of the form of an entry, by the labels it has."""
    answers: dict[str, Choice] = {
        r"kind": choice(kind, kind),
        r"title": title,
        r"text": text,
        r"owner": owner,
        r"review": review,
    }
    return answers | {rf"{key}": given for key, given in keys.items()}


async def adds_entry(person, kind, title, text, **given: str) -> str:
    """Add an entry to the library in its form."""
    return await edits(person, r"library", entry(kind, title, text, **given), *LIBRARY, button=r"add|new|＋")


async def pitched(person, draft) -> str:
    """What is said of a draft that is typed behind the command."""
    return await types(person, f"/pitch {draft}")


async def playbook(person, steps: Mapping[str, str]) -> str:
    """Set the steps of stages, a line each, by the name of the stage."""
    answers: dict[str, Choice] = {re.escape(stage): given for stage, given in steps.items()}
    return await edits(person, r"playbook|steps", answers, *PLAYBOOK)
