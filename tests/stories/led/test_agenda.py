"""The agenda of a 1:1: both add to it from Slack, notes are the pair's, what is agreed on is a follow-up of either."""

import pytest

from playground.visitor.search import NotSeen
from tests.stories.led.led import (
    action,
    adds,
    asks,
    choice,
    everything_of,
    has,
    item,
    lives,
    mark,
    note,
    pack,
    presses,
    readers_of,
    since,
    text_of,
    texts,
    told,
    tried,
    types,
)  # fmt: skip

pytestmark = pytest.mark.engines("sqlite")

LOOKS = (
    "/team 1on1 @ana",
    "/team 1on1",
    "/team",
    "/team progress",
    "/why @ana",
    "/followup list",
    "/team digest",
)


async def test_an_item_that_is_typed_is_on_both_pages(team, ana, mia):
    """Shared (#6): what Mia types behind the colon Ana reads on hers, with who added it."""
    await types(mia, "/team 1on1 @ana: ask about Lockside")
    assert "ask about Lockside" in await pack(mia)
    said = await pack(ana, "")
    assert "ask about Lockside" in said, said
    assert has(r"Mia[^\n]*ask about Lockside|ask about Lockside[^\n]*Mia", said), said


async def test_a_rep_adds_by_a_form(team, ana, mia):
    """Both add (#6): Ana presses *Add…*, and it is on Mia's page."""
    await item(ana, "the territory of Ptuj", of="")
    assert "the territory of Ptuj" in await pack(mia)


async def test_a_rep_adds_by_a_line(team, ana, mia):
    """Without a name it is one's own 1:1 (#6): `/team 1on1: …` adds to it."""
    await types(ana, "/team 1on1: the territory of Ptuj")
    assert "the territory of Ptuj" in await pack(mia)
    assert "the territory of Ptuj" not in await pack(mia, "ben")


async def test_the_agenda_is_in_the_pack_that_comes(team, ana, mia):
    """Prepared together (#6): what both added stands in the pack of the week."""
    await item(ana, "the territory of Ptuj", of="")
    await item(mia, "ask about Lockside")
    before = mark(mia)
    await lives(team, "2026-09-15", "2026-09-21")
    said = "\n".join(since(mia, before))
    assert "the territory of Ptuj" in said, said
    assert "ask about Lockside" in said, said


async def test_an_item_that_was_talked_about_goes(team, ana, mia):
    """Done with (#6): a tick or a button takes it off both pages; the other stays."""
    await item(mia, "ask about Lockside")
    said = await item(mia, "the demo van")
    assert "ask about Lockside" in said, said
    try:
        await mia.ticks("ask about Lockside", where="sales")
    except (AssertionError, NotSeen):
        await presses(mia, r"^(done|talked|✓|remove)", where="sales", near="ask about Lockside")
    for said in (await pack(mia), await pack(ana, "")):
        assert "the demo van" in said, said
        assert "ask about Lockside" not in said.split("last time")[0] or has(r"~|✓|☑|done", said), said


async def test_notes_are_the_pairs(team, ana, mia):
    """Private to the pair (#6): Ana and Mia read the note; Ben, Raj and the channel by none of the ways they have."""
    await note(mia, "She thinks of moving to Graz")
    assert await readers_of(team, r"Graz", *LOOKS) == {"ana", "mia"}
    assert "Graz" not in "\n".join(texts(team.person("ben"), "sales"))


async def test_a_note_does_not_announce_itself(team, ana, mia):
    """Written in a call (#6): it brings nobody a message and stands in no notification."""
    before = mark(ana)
    said = await note(mia, "She thinks of moving to Graz")
    assert "Graz" in said, said
    assert not has(r"Graz", "\n".join(since(ana, before)))


async def test_an_action_of_the_rep_is_her_follow_up(team, ana, mia):
    """A follow-up (#6): what Ana took on stands in her list with its day, and not in Mia's."""
    await action(mia, "ana", "send the list of depots", "2026-09-17")
    assert has(r"send the list of depots", await tried(ana, "/followup list"))
    assert has(r"Thu|17 Sep", await tried(ana, "/followup list"))
    assert not has(r"send the list of depots", await tried(mia, "/followup list"))


async def test_an_action_of_the_manager_is_hers(team, ana, mia):
    """For either side (#6): what Mia took on is hers to keep, and Ana reads on her page that she did."""
    await action(ana, "mia", "ask for a demo van", "2026-09-17", of="")
    assert has(r"ask for a demo van", await tried(mia, "/followup list"))
    assert not has(r"ask for a demo van", await tried(ana, "/followup list"))
    await mia.says("/followup done ask for a demo van", channel="sales")
    said = await pack(ana, "")
    assert has(r"ask for a demo van[^\n]*(done|kept|✓|✅)|(done|kept|✓|✅)[^\n]*ask for a demo van", said), (
        said
    )


async def test_it_is_asked_about_on_its_evening(team, ana, mia):
    """Like any promise (#6): on Thursday evening Ana is asked whether it is done."""
    await action(mia, "ana", "send the list of depots", "2026-09-17")
    await lives(team, "2026-09-15", "2026-09-16")
    before = mark(ana)
    await lives(team, "2026-09-17", "2026-09-17")
    assert "send the list of depots" in "\n".join(since(ana, before)), since(ana, before)


async def test_undo_takes_an_item_back(team, ana, mia):
    """Mistyped (#6): `/rainmaker undo` takes it off both pages."""
    await types(mia, "/team 1on1 @ana: ask about Lockside")
    assert "Lockside" in await pack(ana, "")
    await mia.says("/rainmaker undo", channel="sales")
    assert "Lockside" not in await pack(ana, "")


async def test_plain_words_open_it(team, mia):
    """Without a slash (#6): “1:1 with Ana” in the direct channel shows the page."""
    said = await asks(mia, "1:1 with Ana")
    assert "Ana" in said, said
    assert has(r"agenda|\[add", said), said


# bad input


async def test_ten_thousand_characters_do_not_fill_the_page(team, ana, mia):
    """An agenda item of 10,000 characters: said to be too long, or shortened with the rest behind; never a wall."""
    said = await asks(mia, "/team 1on1 @ana: " + "depot " * 1_666 + "end", "sales")
    if mia.modal():
        await mia.closes(everything=True)
    assert said
    page = await pack(ana, "")
    assert has(r"agenda|\[add", page), page
    assert page.count("depot") < 100, len(page)
    if "depot" not in page:
        assert has(r"too long|shorter|at most|characters", said), said[:400]


async def test_ten_thousand_characters_in_the_form(team, mia):
    """The same in the form: an error under the field, or a page that stays short."""
    try:
        said = await item(mia, "depot " * 1_667)
    except (AssertionError, ValueError) as wrong:
        said = str(wrong)
        if mia.modal():
            await mia.closes(everything=True)
        assert has(r"long|characters|3,?000|at most", said), said[:400]
    assert (await pack(mia)).count("depot") < 100


async def test_marks_and_mentions_are_words(team, ana, mia):
    """What is typed is read as typed: nobody is called by <!channel>, nothing turns bold."""
    said = await item(mia, "<!channel> *loud* & <@U2> <b>")
    assert "loud" in said, said
    raw = str(told(ana)) + str(told(mia, "sales")[-1].blocks) + str(told(mia, "sales")[-1].text)
    assert "<!channel>" not in raw, raw
    assert "<@U2>" not in raw or "&lt;@U2&gt;" in raw, raw
    assert "<!channel>" in said or "@channel" in said, said


async def test_an_empty_item_is_none(team, mia):
    """Nothing behind the colon: it asks, and nothing is added."""
    await types(mia, "/team 1on1 @ana: ask about Lockside")
    said = await tried(mia, "/team 1on1 @ana:   ")
    assert said
    assert has(r"agenda|item|Lockside|what", said), said
    page = await pack(mia)
    assert page.count("Lockside") == 1, page


async def test_the_same_item_twice_is_one(team, mia):
    """A double click, a second thought: the page has it once."""
    for _ in range(2):
        await types(mia, "/team 1on1 @ana: ask about Lockside")
    assert (await pack(mia)).count("ask about Lockside") == 1


async def test_thirty_items_are_five_and_the_rest_behind_a_tap(team, ana, mia):
    """Same length for everybody: five items stand on the page, and it says that there are 25 more."""
    for number in range(30):
        await types(ana, f"/team 1on1: topic number {number:02}")
    said = await pack(mia)
    assert said.count("topic number") <= 8, said
    assert has(r"\b25 more|all 30|22 more|\b30\b", said), said


async def test_nobody_adds_to_a_strangers_agenda(team, ana, ben, raj, mia):
    """Ben to Ana's, Mia to Raj's who is in no team: refused in a sentence, nothing added."""
    await types(mia, "/team 1on1 @ana: ask about Lockside")
    said = await tried(ben, "/team 1on1 @ana: a word from Ben")
    assert said
    page = await pack(ana, "")
    assert "Lockside" in page, page
    assert "a word from Ben" not in page, page
    await tried(mia, "/team 1on1 @raj: welcome")
    assert "welcome" not in await everything_of(team, raj)


async def test_a_day_that_is_gone_is_asked_about(team, ana, mia):
    """An action for last Friday: refused beside its field, or said; nothing stands overdue that was never promised."""
    assert await pack(mia)
    try:
        answers = {r"^who": choice("ana", "ana"), r"what": "send the list", r"when": "2026-09-11"}
        said = await adds(mia, r"^action", answers)
    except AssertionError as wrong:
        said = str(wrong)
    if mia.modal():
        await mia.closes(everything=True)
    assert has(r"past|gone|over|11 Sep|later|already", said), said
    assert not has(r"send the list", await tried(ana, "/followup list"))


async def test_who_leaves_takes_no_page_along(team, ana, mia):
    """Ana leaves Slack: Mia's page of her still opens or says that she left; no pack of hers comes."""
    await item(mia, "ask about Lockside")
    await team.server.change_person("U1", deleted=True)
    said = await tried(mia, "/team 1on1 @ana")
    assert has(r"Ana|left", said), said
    before = mark(mia)
    await lives(team, "2026-09-21", "2026-09-25")
    assert not [one for one in since(mia, before) if has(r"1:1[^\n]*Ana|Ana[^\n]*1:1", one)]
    assert text_of(mia, told(mia, "sales")[-1])
