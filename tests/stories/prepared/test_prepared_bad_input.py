"""Drafts, entries and steps as they come: far too long, in German, code, emoji, ownerless, two at once, traps."""

import re

import pytest

from tests.stories.craft.lived import NONSENSE
from tests.stories.files.chat import can_confirm, confirms, drops, words
from tests.stories.leads import books
from tests.stories.pipeline.walked import answers, fills_in
from tests.stories.prepared.prepared import (
    PLAYBOOK,
    SHORTCUT,
    adds_entry,
    asks,
    entry,
    fills,
    has,
    opens,
    pitched,
    playbook,
    presses,
    refused,
    texts,
    tried,
)
from tests.stories.prepared.test_library import (
    ADD,
    LIBRARY,
    NEWER,
    TEXT,
    TITLE,
    exported,
    lets_reps,
    open_entry,
    shows,
)
from tests.stories.prepared.test_library_files import own
from tests.stories.prepared.test_pitch import checks
from tests.stories.prepared.test_playbook import EDIT, lacks, names, set_up, ticks

pytestmark = pytest.mark.engines("sqlite")

GERMAN = (
    "Ihr Lager in Leeds hat im August zwei Lastwagen verloren. Würde Ihnen ein zweiter Hof im Winter helfen?"
)
SLOVENE = (
    "Vaše skladišče v Leedsu je avgusta izgubilo dva tovornjaka. Bi vam pozimi pomagalo dodatno dvorišče?"
)
CODE = "Your Leeds depot runs:\n```\nfor (int i = 0; i < we; i++) { our.product(us); }\n```\nWould a call help you?"
FIGURES = r"grade\W{0,4}-?\d|self[^\n]{0,12}(0?\.\d\d|\d+\s?%)|\b\d+\s?/\s?10\b"
MOCKED = (
    "# <!channel> & <@U3>\n*bold* [x](javascript:alert(1)) <script>alert(2)</script> <http://x.example|Acme>"
)


async def sees_of(person, act) -> str:
    """What came to somebody, in the channel, by direct message or in a form, since before an act."""
    before = [len(texts(person)), len(texts(person, "sales"))]
    await act
    found = [person.modal() or "", *texts(person)[before[0] :], *texts(person, "sales")[before[1] :]]
    if person.modal():
        await person.closes(everything=True)
    return "\n".join(found).strip()


# drafts


async def test_five_thousand_words_are_too_long_and_no_trouble(ana):
    """A book (bad input, #49): from a message's menu: counted, too long, a page at most, the worst lines first."""
    draft = (
        "We lost two trucks in the storm and our yard is sure of it. " * 357
        + "Would that help you this winter?"
    )
    assert len(draft.split()) == 5004
    await ana.says(draft, channel="sales")
    said = await sees_of(ana, ana.uses_shortcut(SHORTCUT, draft[:200]))
    assert has(r"\b5,?00[04]\b", said), said[:600]
    assert has(r"too long|shorten|cut|25|50|125", said), said[:600]
    assert len(said) < 3_000
    assert not NONSENSE.search(said), said


@pytest.mark.parametrize("draft", [GERMAN, SLOVENE], ids=["german", "slovene"])
async def test_another_language_is_not_scored(ana, draft):
    """Not English (bad input, #49): said so; no grade, no self-focus, no score is made up of it."""
    said = (await pitched(ana, draft)).replace(draft, "")
    assert has(r"English", said), said
    assert not has(FIGURES, said), said


async def test_code_is_not_read_as_prose(ana):
    """Code (bad input, #49): its “we”, “our” and “product” count for nothing, and it is shown as typed if at all."""
    said = await checks(ana, CODE)
    assert has(r"\b9 words|words\W{1,4}9\b", said), said
    assert not NONSENSE.search(said.replace(CODE, "")), said
    assert not has(r"self[^\n]{0,12}(\.[5-9]|[5-9]\d\s?%)", said), said


async def test_emoji_alone_are_nothing_to_check(ana):
    """Only emoji (bad input, #49): said kindly; no figure, nothing is divided by no words."""
    for draft in ("🚚🚚🚚 👍", ":truck: :truck: :+1:", "…!?"):
        said = await pitched(ana, draft)
        assert has(r"no words|nothing to (check|read)|words to (check|read)|only emoji|write", said), said
        assert not has(FIGURES, said), said
        assert not NONSENSE.search(said), said


async def test_an_empty_draft_is_asked_for(ana):
    """Spaces alone (bad input, #49): the form keeps standing and says that it needs a text."""
    await asks(ana, "/pitch", "sales")
    said = await refused(ana, {r"draft|text": " \u200b\n "})
    assert has(r"draft|text|words|something", said), said


async def test_marks_in_a_draft_mention_nobody(ana):
    """<!channel>, <@U3>, a link (bad input, #49): shown as typed; nobody is called, no link stands there."""
    said = await checks(ana, f"Your Leeds depot is empty. {MOCKED}. Would a call help you?")
    assert "Mia Horvat" not in said
    assert not has(r"@channel(?!>)", said.replace("<!channel>", "")), said
    assert not NONSENSE.search(said), said


# entries


async def test_an_entry_without_an_owner_is_not_taken_in_the_form(mia):
    """Nobody's (bad input, #15): emptied, the form asks whose it is, or it stays with who writes it; never nobody's."""
    await opens(mia, r"library", *LIBRARY, helped=r"\blibrary\b")
    await presses(mia, ADD, where="sales")
    said = await refused(mia, entry(r"talking", TITLE, TEXT, owner=""))
    assert has(r"owner|whose", said) or has(r"Mia", await shows(mia, TITLE)), said


async def test_an_entry_without_an_owner_is_named_in_a_file(mia, ana):
    """Nobody's (bad input, #15): the preview names the entry and what it lacks; the others of the file go in."""
    await adds_entry(mia, r"talking", TITLE, TEXT)
    part = own(await exported(mia))
    bare = re.sub(r"\bowner\b[^\n·|,;]*", "", part, flags=re.IGNORECASE)
    assert bare != part
    whole, lacking = part.replace(TITLE, "Whole"), bare.replace(TITLE, "Nobody's words")
    await drops(mia, "library.md", f"{whole}\n\n{lacking}\n")
    said = words(mia)
    assert has(r"Nobody.s words", said), said
    assert has(r"owner", said), said
    await confirms(mia)
    assert "one truck in six" in await shows(ana, "Whole")


async def test_two_editors_at_once_lose_nothing(mia, ana):
    """Two at once (bad input, #15): who saves second is told, keeps their text before them, and overwrites nothing."""
    await lets_reps(mia)
    await adds_entry(mia, r"talking", TITLE, TEXT)
    await open_entry(mia, TITLE)
    await open_entry(ana, TITLE)
    await fills(mia, {r"text": NEWER})
    await fills_in(ana, {r"text": "Storms stop every truck, Ana thinks."})
    said = "\n".join(
        [ana.modal() or "", *ana.modal_errors().values(), *texts(ana, "sales")[-1:], *texts(ana)[-1:]]
    )
    assert has(r"changed|meanwhile|Mia|newer|since you opened", said), said
    assert "Ana thinks" in said, said
    if ana.modal():
        await ana.closes(everything=True)
    assert "one truck in five" in await shows(mia, TITLE)


async def test_markdown_with_traps_is_words(mia, ana):
    """Injections (bad input, #15): mentions, links and scripts in an entry are read as typed and call nobody."""
    await adds_entry(mia, r"talking", TITLE, f"{TEXT} {MOCKED}")
    said = await shows(ana, TITLE)
    assert "one truck in six" in said, said
    assert has(r"<!channel>", said), said
    assert not has(r"@channel\b", said.replace("<!channel>", "")), said
    assert has(r"<@U3>", said), said


async def test_a_heading_in_a_text_makes_no_second_entry(mia):
    """Injections (bad input, #15): a text that reads like an entry stays one entry, there and back."""
    trap = f"{TEXT}\n\n## Trap\nkind: play\nowner: Mia Horvat\nreview: 2027-03-01\n\nA play nobody wrote."
    before = len(re.findall(r"\bowner\b", await exported(mia)))
    await adds_entry(mia, r"talking", TITLE, trap)
    found = await exported(mia)
    assert len(re.findall(r"\bowner\b", found)) in (before + 1, before + 2)
    await drops(mia, "library.md", found)
    assert not has(r"\b[1-9]\d* (are )?(new|changed)", words(mia)), words(mia)
    if can_confirm(mia):
        await confirms(mia)
    assert await exported(mia) == found
    assert has(r"\b25\b", await tried(mia, "/team library"))


async def test_what_is_no_markdown_is_refused_in_peace(mia):
    """Not a library (bad input, #15): bytes, nothing, two megabytes of one line: said, and nothing is changed."""
    found = await exported(mia)
    assert has(r"\bowner\b", found), found
    for content in (b"\xff\xfe\x00\x01", b"", b"# x " * 500_000, b"Dear Dana, hello."):
        await drops(mia, "library.md", content)
        assert not NONSENSE.search(words(mia)), words(mia)
        assert not can_confirm(mia), words(mia)
    assert await exported(mia) == found


# steps


async def test_a_step_taken_out_leaves_the_deals_whole(team, mia, ana):
    """Removed under deals (bad input, #47): the cards go on without it, what was ticked of the rest stays ticked."""
    await set_up(team, mia, ("Alder Yard", "Birch Mill"))
    await ticks(ana, "Walk the yard with them")
    await playbook(mia, {"Proposal": "Agree the price range"})
    assert names(await lacks(ana), "Agree the price range")
    for deal in ("Alder Yard", "Birch Mill"):
        assert not names(await lacks(ana, deal), "Walk the yard"), deal
        assert has(r"Proposal", await tried(ana, f"/deal {deal}"))


async def test_a_card_from_before_is_pressed_in_peace(team, mia, ana):
    """Removed under an open card (bad input, #47): a tick on a step that is gone is answered, and ticks no other."""
    await set_up(team, mia)
    await asks(ana, "/deal Alder Yard", "sales")
    await playbook(mia, {"Proposal": "Agree the price range"})
    assert ana.message("Walk the yard", channel="sales")
    await answers(ana, r"Walk the yard")
    assert names(await lacks(ana), "Agree the price range")


async def test_steps_typed_twice_and_blank_lines_are_one_list(team, mia, ana):
    """A careless list (bad input, #47): no blanks, no doubles; two hundred steps are refused with the limit."""
    await books.stand_open(team, ("Alder Yard",), stage_label="Proposal")
    await playbook(mia, {"Proposal": "Walk the yard\n\n  walk the yard \nAgree the price\n\n"})
    found = await lacks(ana)
    assert len([one for one in found if has(r"walk the yard", one)]) == 1, found
    await opens(mia, r"Agree the price", *PLAYBOOK)
    if not mia.modal():
        await presses(mia, EDIT, where="sales")
    said = await refused(mia, {"Proposal": "\n".join(f"Step {one}" for one in range(200))})
    assert has(r"\b(most|more than|limit|up to|too many)\b", said), said
