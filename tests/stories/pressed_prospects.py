"""Buttons of prospects to be pressed twice: of leads, of whom we want, of what is known of them."""

from tests.stories.leads import books
from tests.stories.pressed import LOGGED, UNDO, Button, clicks, says, then
from tests.story_workspace import StoryWorkspace

LEAD = "/lead add Dana Roe at Alder Yard from web form"
IDEAL = "/team ideal sells on value; 50-500 employees; sectors logistics, retail"
FACT = "/lead fact Alder: they open a plant in Graz"
PERSONA = "/team persona CFO: wants cash"


async def regretted(town: StoryWorkspace) -> None:
    """Losses propose to Mia to leave a sector out."""
    await says(IDEAL, who="mia")(town)
    await books.lost_and_looked_back(town, "Retail", 1, 6)
    await books.lost_and_looked_back(town, "Logistics", 7, 0)
    await says("/team ideal", who="mia")(town)


async def all_described(town: StoryWorkspace) -> None:
    """Ana and Ben described whom they want, and Mia reads where they differ."""
    await says("/team agree", who="mia")(town)
    await clicks("agreement.begin", who="mia")(town)
    for name in ("ana", "ben"):
        person = town.person(name)
        await says("/team agree", who=name)(town)
        await clicks("agreement.describe", who=name)(town)
        await person.fills("Sectors", name)
        await person.submits()
    await says("/team agree", who="mia")(town)


async def role_without_card(town: StoryWorkspace) -> None:
    """Two deals are with a role that has no card, and Mia looks at the personas."""
    await books.has_contacts(town, ("Alder", "Birch"), "Depot manager")
    await says("/team personas", who="mia")(town)


async def stands_open(town: StoryWorkspace) -> None:
    """Ana looks at a deal of hers."""
    await books.stand_open(town, ("Alder",))
    await says("/deal Alder")(town)


async def seven_to_call(town: StoryWorkspace) -> None:
    """Ana reads whom to call first, of more than the list shows at once."""
    firms = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gum")
    await says(*(f"/lead add Pat {one} at {one} Yard from web form" for one in firms), "/lead next")(town)


async def won_two_weeks_ago(town: StoryWorkspace) -> None:
    """A customer of Ana's bought two weeks ago, and nobody asked them for an introduction."""
    await books.ended(town, "Alder Yard", books.TODAY - books.days(14), contact="Dana Poe")
    await says("/lead referrals")(town)


PROSPECTS = (
    Button("target.add", says("/lead targets")),
    Button("lead.add", says("/lead list")),
    Button("lead.called", says(LEAD), {"activity": 1, **UNDO}),
    Button("lead.accept", says(LEAD), UNDO),
    Button("lead.in_words", says(LEAD, "/lead reject Dana Roe")),
    Button(
        "lead.qualify",
        says(LEAD),
        {"opportunity": 1, "deal_contact": 1, "deal_change": 1, **UNDO},
    ),
    Button("lead.take", then(says(LEAD, who="mia"), says("/lead Dana Roe")), {"delivery": 1, **UNDO}),
    Button(
        "lead.new_deal",
        says(LEAD, "/deal Alder Yard 24k", "/lead qualify Dana Roe"),
        {"opportunity": 1, "deal_contact": 1, "deal_change": 1, **UNDO},
    ),
    Button(
        "lead.join",
        says(LEAD, "/deal Alder Yard 24k", "/lead qualify Dana Roe"),
        {"deal_contact": 1, "deal_change": 1, **UNDO},
    ),
    Button("source.edit", says("/team source", who="mia"), who="mia"),
    Button("account_fact.open", says("/lead fact Alder")),
    Button(
        "account_fact.remove",
        says(FACT, "/lead fact Alder"),
        {"account_fact": -1, **UNDO},
        option="they open a plant in Graz",
    ),
    Button(
        "account_fact.switch", says("/team facts", who="mia"), {"fact_first": 1, **UNDO, **LOGGED}, who="mia"
    ),
    Button("account_fact.switch", says("/team facts off", who="mia"), {**UNDO, **LOGGED}, who="mia"),
    Button(
        "agreement.begin",
        says("/team agree", who="mia"),
        {"agreement_round": 1, "delivery": 2, **UNDO, **LOGGED},
        who="mia",
    ),
    Button(
        "agreement.begin", all_described, {"agreement_round": 1, "delivery": 2, **UNDO, **LOGGED}, who="mia"
    ),
    Button("agreement.describe", then(says("/team agree @ana @ben", who="mia"), says("/team agree"))),
    Button("can_will.open", stands_open),
    Button("client_fit.open", then(says(IDEAL, who="mia"), says("/lead account Alder"))),
    Button("ideal_client.edit", says(IDEAL, "/team ideal", who="mia"), who="mia"),
    Button("lead_quality.open", says("/lead quality", who="mia"), who="mia"),
    Button("persona.add", says("/team personas", who="mia"), who="mia"),
    Button("persona.add", role_without_card, who="mia", value="Depot manager"),
    Button(
        "persona.menu",
        says(PERSONA, "/team personas", who="mia"),
        {"persona": -1, **UNDO, **LOGGED},
        option="Remove the card",
        who="mia",
    ),
    Button("persona.menu", says(PERSONA, "/team personas", who="mia"), option="Edit…", who="mia"),
    Button("profile_change.accept", regretted, {"profile_decision": 1, **UNDO, **LOGGED}, who="mia"),
    Button("profile_change.decline", regretted, {"profile_decision": 1, **UNDO, **LOGGED}, who="mia"),
    Button("score.why", says(LEAD, "/lead Dana Roe")),
    Button("warmth.show", says(LEAD, "/lead list")),
    Button("warmth.all", seven_to_call),
    Button("warmth.called", says(LEAD, "/lead next"), {"activity": 1, **UNDO}, option="Dana Roe, Alder Yard"),
    Button("warmth.daily", says(LEAD, "/lead next"), {"mute": 1, "undo": 1}),
    Button(
        "referral.asked_menu",
        says("/log referral ask Alder Yard", "/lead referrals"),
        UNDO,
        option="They would rather not",
    ),
    Button("referral.menu", won_two_weeks_ago, {"referral": 1, "activity": 1, **UNDO}, option="I asked"),
    Button(
        "webhook.new", says("/lead webhook", who="mia"), {"webhook_secret": 1, "undo": 1, **LOGGED}, who="mia"
    ),
    Button(
        "webhook.change_over",
        says("/lead webhook new", "/lead webhook", who="mia"),
        {"undo": 1, **LOGGED},
        who="mia",
    ),
    Button(
        "webhook.stop",
        says("/lead webhook new", "/lead webhook", who="mia"),
        {"webhook_secret": -1, "undo": 1, **LOGGED},
        who="mia",
    ),
)
