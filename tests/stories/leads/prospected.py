"""How one goes through leads and clients: lines that are typed, forms found by labels, files dropped, what is read."""

import re
from collections.abc import Callable, Mapping

from tests.stories.craft.lived import form_inputs, has, listed_in_help, tried
from tests.stories.face.seen import label, presses
from tests.stories.files.chat import confirms, drops
from tests.stories.pipeline.walked import asks, fills_in, text_of, told

REFUSED = (
    r"no team|no (open )?deals? (is |are )?(called|named)|cannot explain|did you mean|account you want|"
    r"not something Rainmaker|no command|did not understand|^I read `"
)
SIZE = r"(?:\bsize|firmograph\w*)[^\n/]{0,40}?(\d+)\W{0,2}/\s?10"
ATTITUDE = r"attitude[^\n/]{0,40}?(\d+)\W{0,2}/\s?10"

PROFILE = ("/lead ideal", "/lead profile", "/team ideal", "/team profile")
FIT = ("/lead fit {}", "/lead account {}", "/deal {}")
AGREE = ("/lead agree", "/lead ideal agree", "/team agree")
LIST = ("/lead list", "/lead leads", "/lead inbox")
SOURCES = ("/lead sources", "/team sources", "/lead source")
SCORING = ("/lead scoring", "/lead scores", "/team scoring", "/why scoring")
FLOW = ("/lead flow", "/lead need", "/team flow")
PERSONAS = ("/lead personas", "/team personas", "/lead persona")
MIX = ("/lead mix", "/lead warm", "/why warm", "/why mix")
REFERRALS = ("/lead referrals", "/why referrals", "/lead asks")
WEBHOOK = ("/lead webhook", "/lead content", "/team webhook")

# Labels of a lead's form; what is asked for more narrowly has to be looked for before it.
FIRM, WHO = r"company|account|firm|organi[sz]ation", r"^(who|name|lead|contact|person|full name)"
HEADER = "id,name,company,title,email,phone,source,owner,created,status"
Choice = str | Callable[[list[str]], str]


# lines


async def understood(person, pattern, *lines, helped=None, place="sales") -> tuple[str, str]:
    """The first of these lines that is answered as `pattern` says, and its answer; then those that help lists."""
    heard = []
    for line in (*lines, *(await listed_in_help(person, helped) if helped else ())):
        said = await tried(person, line, place)
        if has(pattern, said) and not has(REFUSED, said):
            return line, said
        heard.append(f"“{line}” → {said[:160]!r}")
    return "", f"Nothing answers as “{pattern}”:\n" + "\n".join(heard)


async def reads(person, pattern, *lines, helped=None, place="sales") -> str:
    line, said = await understood(person, pattern, *lines, helped=helped, place=place)
    assert line, said
    return said


async def opens(person, pattern, *lines, helped=None) -> None:
    """Type the line that is answered so, and leave what it opened open."""
    line, said = await understood(person, pattern, *lines, helped=helped)
    assert line, said
    await asks(person, line, "sales")


async def edits(person, pattern, answers, *lines, helped=None, button=r"^(edit|change|set|write)\b") -> str:
    """Open what these lines open, press what changes it where no form stands open yet, fill it in and save it."""
    await opens(person, pattern, *lines, helped=helped)
    if not person.modal():
        await presses(person, button, where="sales")
    return await fills(person, answers)


# forms


def labels_of(person) -> list[str]:
    return [one["label"]["text"] for one in form_inputs(person)]


async def fills(person, answers: Mapping[str, Choice]) -> str:
    """Fill the open form by its labels, each of which has to be there, and save it; what is said then."""
    named = labels_of(person)
    assert person.modal(), "No form is open."
    for wanted in answers:
        assert any(has(wanted, one) for one in named), f"No field is called “{wanted}”; there are: {named}."
    await fills_in(person, answers)
    assert not person.modal_errors(), person.modal_errors()
    if person.modal():
        await person.closes(everything=True)
    return newest(person)


def newest(person, place="sales") -> str:
    said = told(person, place)
    return text_of(person, said[-1]) if said else ""


def choice(pattern: str, typed: str) -> Choice:
    """What to answer: the option that reads so, and it has to be there; a text where no options are offered."""

    def choose(offers: list[str]) -> str:
        if not offers:
            return typed
        fit = [one for one in offers if has(pattern, one)]
        assert fit, f"Nothing offered reads as “{pattern}”; there are: {offers}."
        return fit[0]

    return choose


YES, NO, OPEN = choice(r"^yes", "yes"), choice(r"^no\b", "no"), choice(r"know|unclear|not sure|open", "")


def wants(sells_on="value", sector="Logistics", employees="50-500", **more: Choice) -> dict[str, Choice]:
    """Answers of the form of an ideal client, by the labels it may have."""
    called = {
        "revenue": r"revenue",
        "locations": r"locations?|sites|branches",
        "reach": r"regional|national|reach",
        "statements": r"statement|attitude",
    }
    answers: dict[str, Choice] = {
        r"sells? on|way of selling": choice(rf"^{sells_on}", sells_on),
        r"sector|industr": sector,
        r"employees|people": employees,
    }
    return answers | {called[name]: given for name, given in more.items()}


async def states(mia, **given) -> str:
    """Write down whom the team wants."""
    return await edits(mia, r"ideal client", wants(**given), *PROFILE, helped=r"ideal client")


# accounts


def scores(said) -> tuple[int | None, int | None]:
    """Both scores of a text, of ten each; None for one that it does not give."""
    found = [re.search(one, said, re.IGNORECASE) for one in (SIZE, ATTITUDE)]
    size, attitude = (int(one[1]) if one else None for one in found)
    return size, attitude


async def fit(person, account) -> str:
    """What is said of how an account fits."""
    lines = [one.format(account) for one in FIT]
    return await reads(person, r"attitude", *lines, helped=r"\bfit\b|fits")


async def notes(person, account, answers: Mapping[str, Choice], evidence="They said so on the phone") -> str:
    """Answer what is asked of an account's attitude, with the evidence for it."""
    lines = [one.format(account) for one in FIT]
    await opens(person, r"attitude", *lines, helped=r"\bfit\b|fits")
    if not person.modal():
        await presses(person, r"answer|note|attitude|what we know", where="sales")
    return await fills(person, {r"evidence|how (do|did) (we|you) know|\bnote": evidence, **answers})


def buys_on(what: str) -> dict[str, Choice]:
    return {r"buys? on": choice(rf"{what}", what)}


# leads


async def adds(person, name, company, **given: str) -> str:
    """Add a lead in the form behind `/lead add`."""
    await asks(person, "/lead add", "sales")
    assert person.modal(), newest(person)
    called = {"email": r"mail", "phone": r"phone|tel", "title": r"title|role|job"}
    answers: dict[str, Choice] = {called[key]: value for key, value in given.items() if key in called}
    if "source" in given:
        answers[r"source|where from|from where"] = choice(given["source"], given["source"])
    return await fills(person, {**answers, FIRM: company, WHO: name})


async def card(person, name) -> str:
    """What is said of one lead."""
    lines = (f"/lead {name}", f"/lead show {name}", f"/lead card {name}")
    return await reads(person, re.escape(name.split()[-1]), *lines)


async def begins(person, verb, name, tail="") -> str:
    """Type `/lead accept Dana Roe`, else press what its card has for it; what is said then, or asked in a form."""
    said = await asks(person, f"/lead {verb} {name} {tail}".strip(), "sales")
    if has(REFUSED, said):
        await card(person, name)
        await asks(person, f"/lead {name}", "sales")
        await presses(person, rf"^{verb}", where="sales")
        said = f"{newest(person)}\n{person.modal() or ''}"
    return said


async def does(person, verb, name, tail="", answers: Mapping[str, Choice] | None = None) -> str:
    """Do something to a lead, answering what is asked in a form; what is said then."""
    said = await begins(person, verb, name, tail)
    return await fills(person, answers or {}) if person.modal() else said


async def assigns(mia, name, to) -> str:
    return await does(mia, "assign", name, f"to @{to}", {r"who|rep|whom|to": to})


async def comes(mia, to, name="Dana Roe", company="Alder Yard", **given) -> None:
    """A lead that a manager adds and gives to a rep."""
    await adds(mia, name, company, **{"source": "Web form", **given})
    await assigns(mia, name, to)


async def leads(person, tail="") -> str:
    """One's list of leads; a manager names a rep."""
    return await reads(person, r"lead", *(f"{one} {tail}".strip() for one in LIST), helped=r"\bleads\b")


def row(number, name, company, *, title="", email="", phone="", source="Web form", owner="Ana Kovač", **more):
    """A line of a file of leads."""
    created, status = more.get("created", "2026-09-14"), more.get("status", "new")
    return ",".join((str(number), name, company, title, email, phone, source, owner, created, status))


async def brings(person, *rows: str, header=HEADER, name="leads.csv") -> str:
    """Drop a file of leads, confirm what is read in it, and return what is said then."""
    await drops(person, name, "\n".join((header, *rows)) + "\n")
    await confirms(person)
    return newest(person, person._place(None).id)


# what is counted


def counted(said, *numbers: int) -> bool:
    """Whether a text says “13 of 51”, or its numbers otherwise side by side."""
    return has(r"\b" + r"\b[^\n\d]{1,12}\b".join(map(str, numbers)) + r"\b", said)


def percents(said) -> list[int]:
    return [int(one) for one in re.findall(r"(\d+)\s?%", said)]


def offers(person, pattern, place="sales") -> bool:
    """Whether the newest message of a place offers this to press."""
    return label(told(person, place)[-1].blocks or [], pattern) is not None
