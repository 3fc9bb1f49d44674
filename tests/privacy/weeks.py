"""Four weeks of that town: what its people do, and what each of them may try to read of the others."""

from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel import select

from handlers.nudges.app_manifest import note_start
from handlers.nudges.clock import tell_admins
from playground.visitor.person import Visitor
from sales.nudges.app_manifest import AppManifest
from sales.nudges.kind import BUNDLE
from storage.coaching.drill.card import written_for
from storage.nudges.app_manifest import note_manifest
from storage.nudges.ledger.rows import DeliveryRow
from storage.scope import Scope
from tests.double import at_once, click_on
from tests.known import WORKSPACE
from tests.privacy.looks import Asked, everybody_looks
from tests.privacy.past import past
from tests.privacy.town import ANA, BEN, FIRST, HERE, LAST, NAMED, NOA, PEOPLE, TARGET, VALUE, WORD
from tests.privacy.watch import Watch
from tests.stories.craft.lived import form_inputs, home, tried, workdays
from tests.stories.drilled.drilled import adds as adds_card
from tests.stories.drilled.practised import drills
from tests.stories.face.seen import label, presses
from tests.stories.leads.prospected import brings, edits, fills, row
from tests.stories.led.led import adds, days
from tests.stories.led.named import switches
from tests.stories.pipeline.walked import asks, opens
from tests.stories.prepared.prepared import adds_entry
from tests.story_workspace import StoryWorkspace
from tests.undelivered import put

STOPS = ("08:50", "09:15", "11:00", "12:10", "15:05", "16:45")
REFUSED = {"text": "Your figures. " * 4_000, "blocks": [{"type": "no_such_block"}]}


@dataclass
class Weeks:
    asked: list[Asked] = field(default_factory=list)
    handed_over: int = 0  # how much had been said when Noa's and Ben's work became somebody else's


async def played(town: StoryWorkspace, watch: Watch) -> Weeks:
    """Live through four weeks, each working day stopping where something may come."""
    weeks = Weeks()
    await past(town)
    await town.jump(f"{FIRST} 11:00", HERE)
    await first_day(town)
    for day in workdays(FIRST, LAST):
        for stop in STOPS:
            at = f"{day} {stop}"
            if at > f"{town.clock.now().astimezone(ZoneInfo(HERE)):%Y-%m-%d %H:%M}":
                await town.jump(at, HERE)
            if stop == "11:00":
                await a_day(town, day)
                for name in PEOPLE:
                    if name != "uma" or day >= FIRST + days(4):  # she is not known before she joins
                        await home(town.person(name))
                if day in (FIRST + days(10), LAST - days(1)):
                    weeks.asked += await everybody_looks(town, watch)
                if day == LAST - days(1):
                    weeks.handed_over = len(watch.said)
                    await people_change(town)
    async with town.bot.database.read(WORKSPACE) as scope:
        if await bundled(scope):
            watch.spoke.add(f"kind {BUNDLE}")  # its parts were noted
    return weeks


async def bundled(scope: Scope) -> bool:
    """Say whether any messages left together."""
    found = await scope.session.exec(select(DeliveryRow).where(DeliveryRow.kind == BUNDLE))
    return found.first() is not None


def says(rep: str) -> list[str]:
    """Return what each rep types on the first day, with their word in all of it."""
    word = WORD[rep]
    return [
        f"/goal {TARGET[rep]} this quarter because of last year",
        f"/deal {word}yard {VALUE[rep]}",
        f"/deal {word}works 9k closes 30 Sep",
        f"/deal {word}lost 5k",
        f"/deal {word}park 5k",
        f"/followup {word}owes tomorrow call about {word}vow",
        f"/followup {word}owes today 3pm send the {word}vow sheet",
        f"/followup {word}owes today 3pm send the other {word}vow sheet",
        f"/followup {word}owes today send the {word}vow figures",
        f"/followup {word}owes {FIRST + days(1)} 10:00 meeting about {word}vow",
        f"/log call {word}yard – spoke",
        "/log 5 calls, 2 emails",
        f"/plan add referral: if a {word} client thanks us then ask for one name; "
        f"steps: list {word} clients by wed, ask {word} two by fri",
        f"/lead add Dana {word}lead at {word}firm from web form",
        f"/lead add Kim {word}quali at {word}quali from web form",
        f"/lead qualify Kim {word}quali 24k",
        f"/followup Dana {word}lead fri call about {word}vow",
        f"/lead fact {word}firm: they open a plant",
        f"/lead fact {word}yard: they open a plant",
        f"/lead target {word}target",
        f"/log referral ask {word}yard",
        f"/deal park {word}park until {FIRST + days(7)}",
        f"/deal lost {word}lost price",
    ]


async def first_day(town: StoryWorkspace) -> None:
    """Each team decides what it wants told, and each rep writes down what they have."""
    ana, ben, noa, mia, oto = (town.person(one) for one in ("ana", "ben", "noa", "mia", "oto"))
    for person in (mia, oto):
        for line in (
            "/team marketing #marketing",
            "/team ideal sells on value; 50-500 employees; sectors logistics, retail",
            "/team persona CFO: wants cash; worries about risk; says not now",
            "/team playbook Talking: walk the site; agree the price",
            "/team facts on",
        ):
            await tried(person, line)
        await person.says("/team settings", channel="sales")
        await person.chooses("Post each win as it comes", "On, with amounts")
        await person.chooses("Also a short digest on the other working days", "On")
        await person.chooses("What the digest shows", "Totals and wins")
        await person.submits()
        await person.closes(everything=True)
    for rep in WORD:
        person = town.person(NAMED[rep].lower())
        for line in says(rep):
            await tried(person, line)
        await person.says("/goal incentive", channel="sales")
        if not person.modal():
            await presses(person, r"incentive|commission|add|write", where="sales")
        await fills(person, {r"note": f"{WORD[rep]}bonus", r"commission": "2% of revenue"})
        await person.says("/drill add", channel="sales")
        await fills(
            person, {r"question": f"They ask for the {WORD[rep]}card. And you?", r"^answer": "Ask why."}
        )
        await drills(person, "Easy")
        await has_a_card(town, rep)
    for person in (ana, noa):
        await wants_all(person)
    await switches(town.person("val"), r"^drill", on=True)
    await tried(noa, "/goal 1920.7k this year because Marl says so")
    await tried(ben, f"/goal {TARGET[BEN]} next month because Zephyr says so")
    await tried(town.person("val"), "/goal 30k this quarter because of last year")
    await tried(mia, "/team role @ana SDR")
    await tried(mia, f"/goal set @noa {TARGET[NOA]} next quarter because we agreed")
    await tried(mia, "/lead add Max Marlgiven at Marlgiven from web form")
    await tried(mia, "/lead assign Max Marlgiven to @noa")
    await tried(mia, "/lead add Kim Quillcfo at Quillcfo from web form")
    await edits(
        mia, r"objective", {r"objective": "Grow in healthcare\nShorter sales cycles"}, "/team objectives"
    )
    await adds_entry(
        mia, "talking", "Trucks in winter", "They stand.", owner="Ana Kovač", review="2026-09-18"
    )
    await adds_card(mia, "They say another supplier has served them for years", review="2026-09-18")
    await adds_card(ana, f"{WORD[ANA]}yard says that it is too dear. What do you say?", review="2026-09-18")
    await ben.says("/lead next", channel="sales")
    await at_once(town, click_on(town, ben, "warmth.daily"))
    await tried(town.person("raj"), "/rainmaker pause until 12 Oct")
    await ben.says("how am I doing")


async def has_a_card(town: StoryWorkspace, rep: str) -> None:
    """Hold that a card of one's own was written, so that there is one to be found."""
    async with town.bot.database.read(WORKSPACE) as scope:
        own, _ = await written_for(scope, None, rep)
    assert any(f"{WORD[rep]}card" in one.question for one in own)


async def a_day(town: StoryWorkspace, day: date) -> None:
    """What happens on a day beside what comes by itself."""
    ana, ben, mia = (town.person(one) for one in ("ana", "ben", "mia"))
    now = town.clock.now()
    match (day - FIRST).days:
        case 1:
            await adds(mia, r"^note", {r"note": "Quilltalk of Graz"})
            await tried(mia, "/team 1on1 @ana: Quilltalk of Ptuj")
            await tried(mia, "/team agree @ana @ben @noa")
            await ana.says("/deal Quilltender 5k", channel="sales")
            await ana.says("/deal Quilltender", channel="sales")
            await at_once(town, click_on(town, ana, "deal_menu", option="It is a tender…"))
            await ana.closes(everything=True)
        case 2:
            for line in (
                "/deal Harbour Nine 6k",
                "/lead fact Harbour Nine: a new dock",
                "/deal Harbour Two 6k",
            ):
                await tried(ana, line)
            await tried(ana, "/lead fact Harbour Two: a new dock")
            await tried(ana, "/deal won Harbour Nine 6k")
            await tried(ben, "/team kudos @ana for calling back every lead")
        case 3:
            leads = [
                row(1, "Pat Quillread", "Quillread", email="pat@quill.example"),
                row(2, "Kim Quillcfo", "Quillcfo", title="CFO"),
            ]
            await brings(mia, *leads)
            content = f"pat@quill.example,Guide to lighting,{day} 08:40"
            await brings(mia, content, header="email,content,at", name="content.csv")
        case 4:
            await gives_away(ana)
            await joins(mia, town.person("uma"))
        case 7:
            async with town.bot.database.write(WORKSPACE) as scope:
                await note_manifest(scope, AppManifest(known=["/goal"], since=now))
                await note_start(scope, ("/goal", "/plan"), now)
            bot = town.bot
            await tell_admins(bot.database, bot.slack, WORKSPACE, (), "it is two hours late", now, now)
        case 8:
            for number in (1, 2):
                await put(town, f"test:{number}", user_id=ANA, intent=REFUSED)
        case 9:
            counted = {r"receiv|got|how many.*get": "40", r"answer": "2"}
            await edits(mia, r"mails?", counted, "/team evidence", button=r"count|number|answer|enter")
        case 10:
            await tried(ana, "/deal move Quillold to 29 sep")
        case 14:
            await asks(ana, "/deal edit Quillprice 9k", "sales")
            if not ana.modal():
                await presses(ana, r"worth|value|words", where="sales")
            await fills(ana, {r"worth|words": "It saves Quilldepots two hours a day"})
        case 15:
            await presses(mia, r"^grant|^yes", where=town.dm("mia"))
        case _:
            pass


async def joins(mia: Visitor, uma: Visitor) -> None:
    """Uma, who never sold here, joins; she says what she won before, and then her deals come in a file."""
    await mia.says("/team people", channel="sales")
    await mia.chooses("Reps", ["ana", "ben", "noa", "uma"])
    await mia.submits()
    await mia.closes(everything=True)
    await tried(uma, "/goal 30k this quarter because I am new")
    await presses(uma, r"^enter", where="sales")
    await fills(uma, {r"won before": "4k"})
    header = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value"
    await brings(mia, "1,Uma Sand,GTX,Acme,Won,2026-07-01,2026-08-03,4000", header=header, name="deals.csv")


async def gives_away(ana: Visitor) -> None:
    """Keep one and give away the others, so that a quarter's end says who was right."""
    message = await opens(ana, "/pipeline halve")
    await presses(ana, r"^keep", where=ana._place(None).id)
    for _ in range(30):
        if not label(message.blocks, r"give away"):
            break
        await presses(ana, r"give away", where=ana._place(None).id)


async def people_change(town: StoryWorkspace) -> None:
    """Oto takes in Raj and asks Tom, who leads Field; Ana gets what Noa has; Ben comes with a new account."""
    mia, oto = town.person("mia"), town.person("oto")
    await oto.says("/team people", channel="sales")
    await oto.chooses("Reps", ["pia", "tom", "raj"])
    await oto.submits()
    await oto.closes(everything=True)
    await mia.says("/team", channel="sales")
    await mia.clicks("Hand over…", where="sales")
    await mia.chooses("Who leaves", "Noa Levi")
    await mia.chooses("Who takes over", "Ana Kovač")
    await mia.submits()
    await mia.closes(everything=True)
    await town.server.change_person(BEN, deleted=True)
    town.server.workspace.add_person("U20", "ben2", "Ben Ito", tz=HERE, email="BEN@northwind.example")
    town.server.workspace.channels["C1"].members.append("U20")
    await town.person("ben2").says("/log 2 calls", channel="sales")


async def wants_all(person: Visitor) -> None:
    """Switch on whatever can be asked for in one's own settings."""
    await person.says("/rainmaker settings", channel="sales")
    for block in form_inputs(person):
        name, offers = block["label"]["text"], block["element"].get("options") or []
        words = [one["text"]["text"] for one in offers]
        if block["element"]["type"] == "checkboxes" and words:
            await person.chooses(name, words)
        elif on := next((one for one in words if one.lower().startswith(("on", "yes", "each"))), None):
            await person.chooses(name, on)
    await person.submits()
    if person.modal():
        await person.closes(everything=True)
