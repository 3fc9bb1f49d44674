"""Thirty drafts to one yard in Leeds, from good to awful, and what a rep would expect to be told of each."""

import re
from statistics import mean
from typing import NamedTuple

import pytest

from tests.stories.craft.lived import NONSENSE
from tests.stories.prepared.prepared import has, light, line_with
from tests.stories.prepared.test_pitch import checks

pytestmark = pytest.mark.engines("sqlite")

# The two texts of the golden figures, filled in between what is given of them (README: how words are counted).
SELF = (
    "We are the leading provider of innovative logistics solutions. Our product brings us and our partners an edge. "
    "I believe my managers and our consultants can support you. Could we have 15 minutes on your calendar?"
)
THEM = (
    "Your Leeds depot lost two trucks in August. Storm repairs cost most depots four days each. "
    "Granary Road cut that to one day with a spare yard. Would that help you this winter?"
)


class Draft(NamedTuple):
    """A text and what must be said of it, as names of topics; `never` is what may not be held against it."""

    text: str
    needs: str = ""
    never: str = ""


ALL = "self product long short grade question ask fact generic"
GOOD = (
    Draft(THEM, never=ALL),
    Draft(
        "Your Leeds yard runs nights until October. Three yards near you lost a shift each when the gate froze. "
        "The last one got it back in a week. May I show you on Thursday how they did it?",
        never=ALL,
    ),
    Draft(
        "Dana, your night shift in Leeds starts at ten. Most yards wait an hour then for the first truck. "
        "Two of them now wait ten minutes. Would a call on Friday help you see why?",
        never=ALL,
    ),
    Draft(
        "You said in May that the Leeds gate costs you a shift a month. A yard of your size cut that in half. "
        "It took them two weeks and no new staff. Shall I send you what they changed?",
        never=ALL,
    ),
    Draft(
        "Dana, 120 people work at your Leeds yard. A yard that size pays for about nine lost days each winter. "
        "Granary Road paid for two last year. Could you spare ten minutes on Thursday to hear what they did?",
        never=ALL,
    ),
    Draft(
        "Your notice says that the Leeds depot adds a second gate. Two depots did that last spring and lost a week. "
        "They told me what they would do otherwise. Would you like their list?",
        never=ALL,
    ),
    Draft(
        "Tom from Granary Road said your Leeds depot waits for parts too. He cut his wait from six days to two. "
        "You could ask him how. Shall I put the two of you in touch this week?",
        never=ALL,
    ),
)  # fmt: skip
FAIR = (
    Draft("Leeds depot: call on Thursday?", "short", "product generic"),
    Draft(
        "Your Leeds depot lost two trucks in August. Granary Road cut its lost days to one with a spare yard. "
        "It took them a week. Their yard is as big as yours, and they have the same storms.",
        "question", "product fact",
    ),
    Draft(
        "Trucks stand still when storms come. A spare yard saves most firms three days each time. "
        "It takes a week to set up. Would that help you this winter?",
        "fact", "self product question",
    ),
    Draft(
        "Your Leeds depot lost two trucks in August. Granary Road cut its lost days to one. Would you read how? "
        "And could you call me on Thursday? And may I come by on Friday to meet your team?",
        "ask", "product fact",
    ),
    Draft(
        "I am just checking in about your Leeds depot. The storms are due in three weeks. "
        "Granary Road has its spare yard ready by then. Would you like to see how they did it?",
        "generic", "product fact question",
    ),
    Draft(
        "Notwithstanding considerable meteorological uncertainty, organisations operating facilities resembling your "
        "Leeds depot habitually underestimate the cumulative operational consequences of interrupted distribution. "
        "Would a preliminary conversation concerning precautionary alternatives be beneficial to your organisation?",
        "grade", "product fact question",
    ),
    Draft(
        "Your Leeds depot lost two trucks in August. " + "The storm came late and the road was wet for days. " * 14
        + "Would a spare yard help you this winter?",
        "long", "product fact question",
    ),
    Draft(
        "We saw your Leeds depot lost two trucks in August. We helped Granary Road. We know storms. "
        "We have a yard near you. Would that help you this winter?",
        "self", "fact question",
    ),
)  # fmt: skip
POOR = (
    Draft(
        "We help yards. We have done so for ten years and our team is proud of our record. "
        "We would love to tell you more about us.",
        "self question fact",
    ),
    Draft(
        "Our platform has the best features, the fastest dashboard and the most advanced product on the market. "
        "Would you like a demo of the platform?",
        "product fact",
    ),
    Draft("Just checking in on my last mail. Any thoughts?", "generic fact short"),
    Draft(
        "I am touching base about the proposal that I sent. I hope you are well. I would like to hear from you. "
        "I can call you. I can also write.",
        "self generic question fact",
    ),
    Draft(
        "Our product has new features. The features are the best. Could you see a demo? Could you forward this to your "
        "boss? Could you fill in the form?",
        "product ask fact",
    ),
    Draft(
        "We are writing because we believe that our utilisation of comprehensive methodologies facilitates "
        "considerable organisational transformation across heterogeneous operational environments, internationally.",
        "self grade question fact",
    ),
    Draft("Hello. Do you have five minutes? Let me know. Or call. Or book a slot. Or write back.", "ask fact"),
)  # fmt: skip
AWFUL = (
    Draft(SELF, "self generic fact"),
    Draft(
        "We are a world-class, industry-leading, one-stop provider of cutting-edge solutions. We are the best. "
        "Our product is the best product. Our features are the best features. We are excited about us.",
        "self product generic question fact",
    ),
    Draft(
        "I hope this finds you well. I am reaching out because we are the leading provider of best-in-class products. "
        "Our award-winning platform has many advanced features. We would love to get on your calendar.",
        "self product generic question fact",
    ),
    Draft(
        "Just checking in. Just following up. Just circling back. We are still the leading provider. "
        "We still have the best product.",
        "generic self question fact",
    ),
    Draft(
        "Our revolutionary, state-of-the-art, game-changing software product leverages synergistic functionality. "
        "Our unparalleled features deliver unmatched capabilities. Our solution is unique. We are number one.",
        "product self generic grade question fact",
    ),
    Draft(
        "We were founded in 1994. We have offices in nine countries. We won six awards. We employ the best people. "
        "Our product is the most advanced. Our customers love us. We love our customers. " * 5,
        "self product long question fact",
    ),
    Draft("BUY NOW!!! Best product, best price, best features!!! We are the best!!!", "product generic question fact"),
    Draft(
        "I, on behalf of our company, would like to take this opportunity to introduce ourselves, our product, our "
        "platform, our features and our world-class team. Can we call? Can we meet? Can we send our brochure? "
        "Can I have your boss's number?",
        "self product ask fact",
    ),
)  # fmt: skip
BANDS = {"good": GOOD, "fair": FAIR, "poor": POOR, "awful": AWFUL}

TOPIC = {
    "self": r"self|\bwe\b|\bour\b|about (us|you)\b|yourself",
    "product": r"product|feature|superlative",
    "long": r"\bwords\b|\blong\b|length|shorten",
    "short": r"\bwords\b|\bshort\b|length",
    "grade": r"\bgrade\b|plain|simpl|hard to read|long words",
    "question": r"question",
    "ask": r"\basks?\b|request|call to action",
    "fact": r"\bfact\b|about (them|the account|Alder)|specific",
    "generic": r"generic|clich|hedge|worn|anybody|any product",
}
WANTS = (
    r"⚠|🟠|🟡|🔴|amber|→|instead|rather|\btry\b|\bcut\b|shorten|\badd\b|\bask (them|for|one)|drop|replace|split|turn|"
    r"\btoo (long|short|many|much|hard|little)|missing|\bno (question|ask|fact)|only one|one is enough|plainer|simpler"
)
BLAMES = r"⚠|🟠|🟡|🔴|amber|\btoo (long|short|many|much|hard|little)|missing|instead"


async def told_of(ana, draft) -> str:
    """What the check of a draft to the yard says, without the draft itself."""
    return (await checks(ana, draft, "Alder Yard")).replace(draft, "")


def told_to_mend(said, topic) -> bool:
    """Whether something has to be done about it: the topic and what to do, in a line or in the one under it."""
    every = said.splitlines()
    pairs = [
        f"{one}\n{two}" for one, two in zip(every, [*every[1:], ""], strict=True) if light(one) != "green"
    ]
    return any(has(TOPIC[topic], one.split("\n")[0]) and has(WANTS, one) for one in pairs)


def blamed(said, topic) -> bool:
    """Whether one line holds this against a draft in plain sight."""
    return any(
        has(TOPIC[topic], one) and has(BLAMES, one) for one in said.splitlines() if light(one) != "green"
    )


def score(said) -> float:
    """The one figure of a check, “7/10” or “72 of 100” in one of its first lines, as a part of one."""
    for line in [one for one in said.splitlines() if one.strip()][:4]:
        if found := re.search(r"\b(\d+)\s?(?:/|of|out of)\s?(100|10)\b", line):
            return int(found[1]) / int(found[2])
    raise AssertionError(f"No score stands in the first lines of:\n{said[:600]}")


async def every_score(ana) -> dict[str, list[float]]:
    found = {}
    for band, drafts in BANDS.items():
        found[band] = [score(await told_of(ana, one.text)) for one in drafts]
    return found


async def test_we_are_the_leading_provider_gives_its_figures(alder, ana):
    """Golden (#49): 36 words, grade 6.6, self-focus .77, three of four sentences begin with ourselves."""
    said = await told_of(ana, SELF)
    assert has(r"\b36 words|words\W{1,4}36\b", said), said
    assert has(r"\b6\.6\b", line_with(said, r"grade", r"6\.6")), said
    assert has(r"self[^\n]*(\.77\b|77\s?%)", said), said
    assert has(r"\b75\s?%|3 of (the )?4|three of (the )?four", said), said


async def test_your_leeds_depot_gives_its_figures(alder, ana):
    """Golden (#49): 33 words, grade 1.9, self-focus .17, no sentence begins with ourselves."""
    said = await told_of(ana, THEM)
    assert has(r"\b33 words|words\W{1,4}33\b", said), said
    assert has(r"\b1\.9\b", line_with(said, r"grade", r"1\.9")), said
    assert has(r"self[^\n]*(\.17\b|17\s?%)", said), said
    assert not has(r"\b(25|50|75|100)\s?%|[1-4] of (the )?4", line_with(said, r"begin|start|sentence")), said


async def test_we_and_i_are_told_apart(alder, ana):
    """Reported apart (#49): the firm's “we” six times, “I” twice; for “I” nobody is blamed as for “we”."""
    said = await told_of(ana, SELF)
    assert has(r"\bwe\b[^\n]*\b6\b|\b6\b[^\n]*\bwe\b", said), said
    assert has(r"\bI\b[^\n]*\b2\b|\b2\b[^\n]*\bI\b", said), said
    mine = "I read that your Leeds depot lost two trucks. I can help. Would Thursday suit you?"
    ours = "We read that your Leeds depot lost two trucks. We can help. Would Thursday suit you?"
    assert score(await told_of(ana, mine)) >= score(await told_of(ana, ours))


async def test_there_are_thirty():
    """So that none goes missing (#49); holds today: thirty drafts, no two alike."""
    assert len({one.text for drafts in BANDS.values() for one in drafts}) == 30


@pytest.mark.parametrize("band", ["fair", "poor", "awful"])
async def test_what_is_wrong_with_a_draft_is_said(alder, ana, band):
    """Advice (#49): of each draft everything that a rep has to mend is told, with what to do about it."""
    silent = []
    for one in BANDS[band]:
        said = await told_of(ana, one.text)
        assert not NONSENSE.search(said), said
        silent += [
            f"{topic}: {one.text[:60]}…" for topic in one.needs.split() if not told_to_mend(said, topic)
        ]
    assert not silent, "\n".join(silent)


@pytest.mark.parametrize("band", ["good", "fair"])
async def test_nothing_is_held_against_what_is_right(alder, ana, band):
    """No false alarm (#49): a good draft is blamed for nothing, a fair one for its one weakness alone."""
    wrong = []
    for one in BANDS[band]:
        said = await told_of(ana, one.text)
        wrong += [f"{topic}: {one.text[:60]}…" for topic in one.never.split() if blamed(said, topic)]
    assert not wrong, "\n".join(wrong)


async def test_good_stands_before_awful(alder, ana):
    """The order (#49): every good draft above every poor and awful one, the bands in order, the scale used."""
    found = await every_score(ana)
    assert min(found["good"]) > max(found["poor"] + found["awful"]), found
    means = [mean(found[band]) for band in ("good", "fair", "poor", "awful")]
    assert means == sorted(means, reverse=True), found
    assert len(set(means)) == 4, found
    assert min(found["good"]) >= 0.7, found
    assert max(found["awful"]) <= 0.4, found


async def test_one_mend_lifts_the_score(alder, ana):
    """Worth the trouble (#49): a worn first line taken out, or one question put in, scores higher than before."""
    worn = "I am just checking in. " + THEM
    mute = THEM.replace("Would that help you this winter?", "That may help you this winter.")
    best = score(await told_of(ana, THEM))
    assert all([score(await told_of(ana, text)) < best for text in (worn, mute)])
