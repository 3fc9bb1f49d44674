"""How one reads of whom the channel speaks well, and switches such things on and off."""

from datetime import date

from playground.transcript.elements import choices
from tests.stories.craft.lived import form_inputs
from tests.stories.led.led import TODAY, asks, books, days, has, newest, texts

REASON = (
    r"kept|promise|next step|conversation|call|debrief|look(ed|ing) back|meeting|plan\b|opened|in a row|"
    r"more than|up from|improv"
)
BOX = r"recognition|mentioned in public"
BOARD = r"leader ?board|neighbou?rs"


async def switches(person, pattern, *, on, line="/rainmaker settings") -> str:
    """Switch what reads so on or off in the form behind a line, be it a tick or a choice; what is said then."""
    await asks(person, line, "sales")
    assert await _switched(person, pattern, on=on), f"Nothing reads “{pattern}” in:\n{person.modal()}"
    await person.submits()
    assert not person.modal_errors(), person.modal_errors()
    if person.modal():
        await person.closes(everything=True)
    return newest(person)


async def _switched(person, pattern, *, on) -> bool:
    view = person._workspace.modal(person.person.id)
    for block in form_inputs(person):
        name, element = block["label"]["text"], block["element"]
        offers = [one["text"]["text"] for one in choices(element)]
        if element["type"] == "checkboxes":
            fit = [one for one in offers if has(pattern, one)]
            fit = fit or (offers if has(pattern, name) and len(offers) == 1 else [])
            if fit:
                state = view.values().get(block["block_id"], {}).get(element["action_id"], {})
                kept = [one["text"]["text"] for one in state.get("selected_options") or []]
                kept = [one for one in kept if one not in fit]
                await person.chooses(name, [*kept, *fit] if on else kept)
                return True
        elif has(pattern, name) and offers:
            wanted = r"^(on|yes|neighbou?rs|each)\b" if on else r"^(off|no)\b"
            fit = [one for one in offers if has(wanted, one)]
            assert fit, offers
            await person.chooses(name, fit[0])
            return True
    return False


async def keeps(town, week: date, owner="U1", count=5, of=None) -> None:
    """So many promises of the week from a Monday on are kept, of `of` that fall due in it."""
    for number in range(of or count):
        on = week + days(number % 5)
        await books.promised_for(town, f"Depot {number}", on, on if number < count else None, owner=owner)


def monday(number: int) -> date:
    """The Monday so many weeks from today."""
    return TODAY + days(7 * number)


def channel_since(person, at) -> str:
    """What the channel reads since a place in it, as one person sees it."""
    return "\n".join(texts(person, "sales")[at:])


def naming(person, at, name) -> list[str]:
    """The lines of the channel since a place in it that name somebody and give a reason for it."""
    return [one for one in channel_since(person, at).splitlines() if name in one and has(REASON, one)]
