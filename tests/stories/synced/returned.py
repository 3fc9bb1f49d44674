"""How a change made here goes back: boxes of the settings, *Send…*, its form, conflicts, and what the CRM was sent."""

import re
from base64 import b64encode
from datetime import timedelta

from playground.transcript.elements import choices
from tests.stories.craft.lived import form_inputs, has
from tests.stories.face.seen import label, presses
from tests.stories.pipeline.walked import asks, edits, text_of, told
from tests.stories.synced.synced import MATCH_STAGES, connect, matches, puts, synced, vendor

THERE, HERE = (
    "2026-10-14",
    "2026-10-23",
)  # when a deal closes before anybody changed it, and after somebody did here
WRITE_BACK = r"write back"
KEY = b64encode(bytes(range(32))).decode()  # of nobody's secrets
SEND = r"^send to\b"
KEEP, OURS = r"^keep theirs", r"^send ours"
NEXT_STEP = "send the savings sheet"
WRITTEN = ("PATCH", "PUT", "DELETE")
READ_BY_POST = r"search|/read\b|token|query|oauth"
CHANGES = {"next step": (r"next step", NEXT_STEP), "close date": (r"close", HERE)}
DONE = r"\bsent\b|stands in|saved in|now in"


# where it begins


async def stands(team, crm, name="Lockside", **fields) -> str:
    """A deal of Ana's there, in the first open stage, and the CRM connected and read; the deal's id."""
    deal = puts(crm, name, **fields)
    await connect(team, crm)
    await synced(team)
    return deal


async def matched(team, admin, wanted) -> None:
    """Match stages of the CRM, by label, to stages of the team's, and let a pull see it."""
    await matches(admin, MATCH_STAGES, wanted)
    await synced(team)


async def later(team, minutes=10) -> None:
    """Let time pass, and a pull that falls into it end."""
    await team.clock.advance(timedelta(minutes=minutes))
    await team.server.settled()
    await synced(team)


def settings_for(crm) -> dict[str, str]:
    """What an operator puts into the environment, so that `rainmaker` finds this CRM and may keep its token."""
    if vendor(crm) == "HubSpot":
        access = {"RAINMAKER_HUBSPOT_TOKEN": crm.token, "RAINMAKER_HUBSPOT_URL": crm.address}
    else:
        access = {
            "RAINMAKER_SALESFORCE_CLIENT_ID": "rainmaker",
            "RAINMAKER_SALESFORCE_CLIENT_SECRET": crm.token,
        }
        access |= {"RAINMAKER_SALESFORCE_HOST": crm.address, "RAINMAKER_SALESFORCE_URL": crm.address}
    return {"RAINMAKER_SECRET_KEY": KEY, **access}


# what the CRM saw


def writes(crm) -> list[tuple]:
    """Every request that was to change something there: method, path, headers, status."""
    return [
        one
        for one in crm.requests
        if one[0] in WRITTEN or (one[0] == "POST" and not has(READ_BY_POST, one[1]))
    ]


def taken(crm) -> list[tuple]:
    """Those of them that the CRM took, whether its reply arrived or not."""
    return [one for one in writes(crm) if one[3] < 300]


def closes(crm, deal) -> str:
    """The day on which a deal closes there, as 2026-10-23."""
    return str(crm.read(deal)["close"])[:10]


# settings


async def allows(mia, *what: str) -> None:
    """Tick these of next step, close date and stage under *Write back to the CRM*, and no others."""
    await asks(mia, "/team settings", "sales")
    name, offers, _ = box(mia)
    wanted = [one for one in offers if any(has(each, one) for each in what)]
    assert len(wanted) == len(what), f"{what} are not all among {offers}."
    await mia.chooses(name, wanted)
    await mia.submits()
    assert not mia.modal_errors(), mia.modal_errors()
    if mia.modal():
        await mia.closes(everything=True)


def box(person) -> tuple[str, list[str], list[str]]:
    """The field of the open form that says what may be written back: its label, its boxes, those that are ticked."""
    for block in form_inputs(person):
        name, element = block["label"]["text"], block["element"]
        if has(WRITE_BACK, name) and element["type"] == "checkboxes":
            ticked = [one["text"]["text"] for one in element.get("initial_options", [])]
            return name, [one["text"]["text"] for one in choices(element)], ticked
    raise AssertionError(f"Nothing in the form is called “{WRITE_BACK}”:\n{person.modal()}")


# a change, and what is offered after it


async def changes(person, what="close date", name="Lockside", value=None) -> str:
    """Change a deal here, on its card; the card as it reads then, with what it offers."""
    await asks(person, f"/deal {name}", "sales")
    pattern, usual = CHANGES[what]
    await edits(person, pattern, value or usual)
    return reply(person)


async def moves(person, to, name="Lockside") -> str:
    """Move a deal here to another stage of the team's, by its name."""
    await asks(person, f"/deal {name}", "sales")
    await edits(person, r"stage", re.escape(to))
    return reply(person)


def reply(person, place="sales") -> str:
    """The newest message of a place as it reads now, and the form that stands open."""
    said = told(person, place)
    return "\n".join([text_of(person, said[-1]) if said else "", person.modal() or ""])


def can(person, pattern=SEND, place="sales") -> bool:
    return label(told(person, place)[-1].blocks or [], pattern) is not None


async def looks(person) -> str:
    """Press *Send to …*; the form with ours and theirs."""
    await presses(person, SEND, where="sales")
    assert person.modal(), f"No form opened:\n{reply(person)}"
    return str(person.modal())


async def approves(team, person) -> str:
    """Say yes in the form; what stands there once everything is done."""
    await person.submits()
    await team.clock.advance(timedelta(minutes=1))  # a guard of whole seconds has to see one end
    await team.server.settled()
    return everything_said(person)


async def insists(team, person) -> str:
    """Press *Send to …*, and say yes if that can be said; what is said then."""
    await presses(person, SEND, where="sales")
    view = person._workspace.modal(person.person.id)
    if view is not None and view.payload.get("submit"):
        return await approves(team, person)
    return everything_said(person)


async def sends(team, person) -> str:
    """Look at both and say yes."""
    await looks(person)
    return await approves(team, person)


def everything_said(person) -> str:
    """What a rep reads of it, whether it stands in the channel, in their direct one, or in the form."""
    return "\n".join(
        [*(text_of(person, one) for one in (*told(person, "sales"), *told(person))), reply(person)]
    )


def where_offered(person, pattern) -> str:
    """The place whose newest messages offer this: the channel, or the direct one."""
    direct = person._place(None).id
    for place in ("sales", direct):
        if any(label(one.blocks or [], pattern) for one in told(person, place)[-2:]):
            return place
    raise AssertionError(
        f"Nobody offers “{pattern}” to {person.person.real_name}:\n{everything_said(person)}"
    )


async def settles(team, person, pattern) -> None:
    """Decide a conflict: *Keep theirs* or *Send ours*, where it is offered."""
    if person.modal() and label(person._workspace.modal(person.person.id).blocks, pattern):
        await presses(person, pattern, where="modal")
    else:
        await presses(person, pattern, where=where_offered(person, pattern))
    if person.modal():
        await person.submits()
    await team.clock.advance(timedelta(minutes=1))
    await team.server.settled()
