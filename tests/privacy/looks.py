"""What somebody in that town may try to read of somebody else, and what it brought them."""

from dataclasses import dataclass

from tests.privacy.town import ANA, NAMED, PEOPLE, PIA, WORD
from tests.privacy.watch import Watch
from tests.stories.craft.lived import tried
from tests.story_workspace import StoryWorkspace

LOOKS = (
    "/goal", "/goal {at}", "/goal history {at}", "/goal chart {at}", "/goal scoreboard", "/goal incentive", "/plan",
    "/plan {at}", "/plan past {at}", "/followup", "/followup list", "/deal", "/deal {word}yard", "/deal {word}works",
    "/deal parked", "/pipeline", "/pipeline {at}", "/pipeline team", "/lead", "/lead list", "/lead list {at}",
    "/lead Dana {word}lead", "/lead next", "/lead account {word}firm", "/lead targets {at}", "/lead referrals {at}",
    "/lead mix {at}", "/lead flow {at}", "/lead sources", "/lead quality", "/prep {word}yard", "/runway",
    "/runway team", "/team", "/team progress", "/team digest", "/team scoreboard", "/team winrates", "/team floors",
    "/team sources", "/team scoring", "/team personas", "/team playbook", "/team library", "/team evidence",
    "/team nudges", "/team agree", "/team 1on1", "/team 1on1 {at}", "/team retrospective", "/team objectives",
    "/team leaderboard", "/team leave", "/why", "/why lights {at}", "/why lights team", "/why {at} revenue",
    "/why promises", "/why {word}yard", "/why pipeline", "/why channels", "/why busy",
    "/rainmaker access", "/rainmaker undelivered", "/lead account Harbour Nine", "/deal Harbour Nine",
    "/deal {word}old", "/deal {word}silent", "/deal {word}lost", "/deal {word}quali", "/deal {word}tender",
    "/deal {word}role", "/drill skills", "/drill skills {at}", "/team skills",
    "/lead Kim {word}cfo", "/lead Dana {word}lead", "/lead list Field", "/team Field", "/team Quarry",
    "/drill", "/drill cards {word}card", "/drill decks", "/drill decks {at}", "/drill {at}", "/drill export",
    "/drill skills", "/drill skills {at}", "/team skills",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What a line brought to whom, without the words that were typed in it."""

    line: str
    by: str
    text: str


def looks(rep: str) -> list[str]:
    """Return the lines by which somebody may try to read of a rep."""
    return [one.format(at=f"@{NAMED[rep].lower()}", word=WORD[rep]) for one in LOOKS]


async def everybody_looks(town: StoryWorkspace, watch: Watch) -> list[Asked]:
    """Each tries to read of Ana and of Pia whatever there is; what each line brought."""
    found = []
    for name, (user_id, _) in PEOPLE.items():
        for line in dict.fromkeys([*looks(ANA), *looks(PIA)]):
            watch.asks, watch.typed = (
                True,
                [word for word in line.split()[1:] if any(one in word for one in WORD.values())],
            )
            text = await tried(town.person(name), line)
            for word in watch.typed:
                text = text.replace(word, "")
            found.append(Asked(line, user_id, text))
    watch.asks, watch.typed = False, ()
    return found
