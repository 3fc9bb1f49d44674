"""How one goes through a day of it: lines tried until one is understood, days that pass, forms, what was read since."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from playground.views import elements
from tests.stories.face.seen import home_blocks, home_lines, label, presses
from tests.stories.pipeline.books import HERE
from tests.stories.pipeline.walked import asks, fills_in, offered, text_of, texts, told

NONSENSE = re.compile(r"\bnan\b|\binf\b|None|Traceback|\{\{|-0\b|\bdivision\b", re.IGNORECASE)
CLOCK = re.compile(r"\b([01]?\d|2[0-3]):([0-5]\d)\b")
COMMAND = re.compile(r"(/[a-z]+(?: [a-z]+)?)")
HOURS = ("09:15", "12:05", "16:45")  # mornings, what waits for noon, and the end of a day
BOTH = ("09:15", "15:20", "16:45", "18:10", "22:45")  # the same in Ljubljana, and in New York where Ben is
REFUSED = (
    r"no team|no (open )?deals? (is |are )?(called|named)|cannot explain|did you mean|which day|who is it|"
    r"not something Rainmaker|does not know|no command|do not know|I do not|cannot read"
)


def has(pattern, text) -> bool:
    return re.search(pattern, text, re.IGNORECASE | re.DOTALL) is not None


def line_with(text, *patterns) -> str:
    """The first line that says all of these; empty where none does."""
    return next((one for one in text.splitlines() if all(has(each, one) for each in patterns)), "")


# lines


async def tried(person, line, place="sales") -> str:
    """What a line brings; empty where it is no command, or brings nothing. A form it opens is read and closed."""
    try:
        said = await asks(person, line, place)
    except AssertionError:
        return ""
    if person.modal():
        await person.closes(everything=True)
    return said


async def reads(person, pattern, *lines, helped=None, place="sales") -> str:
    """Type what somebody would try, one line after the other, then what help lists under `helped`.

    Returns the first answer that reads as `pattern` says.
    """
    line, said = await understood(person, pattern, *lines, helped=helped, place=place)
    assert line, said
    return said


async def understood(person, pattern, *lines, helped=None, place="sales") -> tuple[str, str]:
    """The first line that is answered as `pattern` says, and its answer; an empty line and what was said instead."""
    heard = []
    for line in (*lines, *(await listed_in_help(person, helped) if helped else ())):
        said = await tried(person, line, place)
        if has(pattern, said) and not has(REFUSED, said):
            return line, said
        heard.append(f"“{line}” → {said[:160]!r}")
    return "", f"Nothing answers as “{pattern}”:\n" + "\n".join(heard)


async def listed_in_help(person, pattern) -> list[str]:
    """The commands whose line in help speaks of this."""
    lines = (await tried(person, "/rainmaker help")).splitlines()
    return [hit[1] for one in lines if has(pattern, one) and (hit := COMMAND.search(one))]


async def opened(person, pattern, *lines, helped=None):
    """The message, or the form that stands open, that one of these lines brings and that reads so."""
    line, said = await understood(person, pattern, *lines, helped=helped)
    assert line, said
    await asks(person, line, "sales")
    return told(person, "sales")[-1]


async def changes(person, pattern, answers, *lines, helped=None) -> None:
    """Open what these lines open, press Edit or Change where there is no form yet, fill it in and save it."""
    await opened(person, pattern, *lines, helped=helped)
    if not person.modal():
        await presses(person, r"^(edit|change|set)\b", where="sales")
    named = [one["label"]["text"] for one in form_inputs(person)]
    for wanted in answers:
        assert any(has(wanted, one) for one in named), f"No field is called “{wanted}”; there are: {named}."
    await fills_in(person, answers)
    assert not person.modal_errors(), person.modal_errors()
    if person.modal():
        await person.closes(everything=True)


def form_inputs(person):
    view = person._workspace.modal(person.person.id)
    return [one for one in view.blocks if one["type"] == "input"] if view else []


# what is seen


async def home(person) -> str:
    """App Home as it is read, what it offers included."""
    await person.opens_home()
    return "\n".join([*home_lines(person), *offered(home_blocks(person))])


async def today_list(person) -> str:
    """What is listed for today: on Home, and as `/followup` says it."""
    return "\n".join(
        [await home(person), await tried(person, "/followup list"), await tried(person, "/followup")]
    )


def mark(*people):
    """Where each of them stopped reading."""
    return {one.person.id: len(told(one)) for one in people}


def since(person, before) -> list[str]:
    """What came to somebody's direct channel after a mark."""
    return texts(person)[before[person.person.id] :]


def arrived(person, before, pattern):
    """When each message came to somebody after a mark that reads so."""
    return [one.at for one in told(person)[before[person.person.id] :] if has(pattern, text_of(person, one))]


async def everything(person, *lines) -> str:
    """What a rep is shown without asking twice: Home, their direct channel, and these lines."""
    said = [await tried(person, one) for one in lines]
    return "\n".join([await home(person), *texts(person), *said])


def menu(person, place="sales") -> list[str]:
    """What the newest message of a place offers to press."""
    return [one[1:-1] for one in offered(told(person, place)[-1].blocks)]


def can(person, pattern, place="sales") -> bool:
    return label(told(person, place)[-1].blocks, pattern) is not None


def pressable(person) -> list[str]:
    """Everything to press on Home, lines of menus included."""
    found = []
    for _, element in elements(home_blocks(person)):
        found += [one["text"]["text"] for one in element.get("options") or []]
        if isinstance(element.get("text"), dict):
            found.append(element["text"]["text"])
    return found


# days


def workdays(first: date, last: date) -> list[date]:
    span = (first + timedelta(days=one) for one in range((last - first).days + 1))
    return [one for one in span if one.weekday() < 5]


async def lives(town, first, last, hours=HOURS, zone=HERE) -> None:
    """Let working days pass, stopping where something may come."""
    for day in workdays(_day(first), _day(last)):
        for hour in hours:
            if _later(town, f"{day} {hour}", zone):
                await town.jump(f"{day} {hour}", zone)


def _later(town, moment, zone) -> bool:
    return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone)) > town.clock.now()


def _day(said) -> date:
    return said if isinstance(said, date) else date.fromisoformat(said)


# deals and contacts


async def names_contact(person, deal, name, *, zone=None, best=None, never=False, decides=False) -> str:
    """Name somebody at the customer on the card of a deal, with what the form asks of their time; what is said then."""
    await asks(person, f"/deal {deal}", "sales")
    await presses(person, r"^contact", where="sales")
    wanted = {
        r"^who\b|^name": name,
        r"decides|decision": r"^yes" if decides else None,
        r"zone": zone,
        r"best|prefer|when (to|can|is)|reach": best,
    }
    wanted = {called: given for called, given in wanted.items() if given}
    if never:
        wanted[r"never|not? call"] = lambda offers: next(
            (one for one in offers if has("never|yes|no call", one)), "yes"
        )
    named = [one["label"]["text"] for one in form_inputs(person)]
    for called in wanted:
        assert any(has(called, one) for one in named), (
            f"A contact is not asked “{called}”; the form has {named}."
        )
    await fills_in(person, wanted)
    said = "\n".join(
        [person.modal() or "", *person.modal_errors().values(), text_of(person, told(person, "sales")[-1])]
    )
    if person.modal():
        await person.closes(everything=True)
    return said


def clocks(text) -> list[str]:
    """The times of day a text says, as 09:05; when the evening asks about it is none of them."""
    text = re.sub(r"\bask[^\n.]{0,20} at \d+:\d\d", "", text)
    return [f"{int(hour):02}:{minute}" for hour, minute in CLOCK.findall(text)]


def number_of(text, pattern) -> int:
    """The whole number that a pattern catches in a text."""
    found = re.search(pattern, text, re.IGNORECASE)
    assert found, f"“{pattern}” stands nowhere in:\n{text}"
    return int(found[1].replace(",", ""))
