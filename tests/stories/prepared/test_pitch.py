"""A draft that is checked: by a line, a form, a message's menu; what each remark says, rests on, and offers."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.stories.craft.lived import listed_in_help
from tests.stories.leads import books
from tests.stories.leads.books import Firm
from tests.stories.pipeline.walked import fills_in
from tests.stories.prepared.prepared import (
    SHORTCUT,
    adds_entry,
    asks,
    has,
    labels_of,
    line_with,
    mark,
    pitched,
    since,
    texts,
    tried,
)
from tests.stories.prepared.test_library import exported

pytestmark = pytest.mark.engines("sqlite")

ROOT = Path(__file__).parents[3]
WORN = "I am just checking in about your Leeds depot. Did the night shift get its two trucks back?"
LEEDS = "Your Leeds depot lost two trucks in August. Would a spare yard help you this winter?"
MERGED = "Dear {}, we save firms like yours a day a month. Would a short call on Thursday suit you?"
SECTORS = ("Logistics", "Retail", "Food", "Ports", "Mining")
INVENTED = re.compile(
    r"\b80\s?(%|per ?cent)[^\n]{0,60}\b(five|5)\b[^\n]{0,12}follow|\beighty per ?cent[^\n]{0,60}follow",
    re.IGNORECASE,
)


async def checks(person, draft, account="") -> str:
    """Check a draft in the form, for an account or none; what is said then, wherever it is said."""
    before = [len(texts(person)), len(texts(person, "sales"))]
    await asks(person, "/pitch", "sales")
    assert person.modal(), "`/pitch` opens no form."
    answers = {r"draft|text": draft} | ({r"account|firm|company": account} if account else {})
    await fills_in(person, answers)
    assert not person.modal_errors(), person.modal_errors()
    new = [*texts(person)[before[0] :], *texts(person, "sales")[before[1] :]]
    said = "\n".join([person.modal() or "", *new]).strip()
    if person.modal():
        await person.closes(everything=True)
    assert said, "Nothing is said of the draft."
    return said


def window(said, pattern, lines=2) -> str:
    """The first line that says this and what stands under it; empty where none does."""
    every = said.splitlines()
    at = next((number for number, one in enumerate(every) if has(pattern, one)), None)
    return "" if at is None else "\n".join(every[max(0, at - 1) : at + lines])


async def firms(team, names: Sequence[str], sectors: Sequence[str]) -> None:
    await books.accounts(team, *(Firm(one, sector, 120) for one, sector in zip(names, sectors, strict=True)))
    await books.stand_open(team, names)


# three ways in


async def test_a_line_is_checked_at_once_and_read_by_one_alone(ana, ben, mia):
    """`/pitch <text>` (#49): the answer is the writer's; neither a colleague in the channel nor a manager reads it."""
    before, seen = mark(mia), len(ben.sees("sales"))
    said = await pitched(ana, LEEDS)
    assert has(r"\b16 words|words\W{1,4}16\b", said), said
    assert len(ben.sees("sales")) == seen
    assert since(mia, before) == []


async def test_the_form_asks_for_a_draft_and_perhaps_an_account(ana):
    """`/pitch` alone (#49): a form with the draft and an account that can be left open; help lists it."""
    await asks(ana, "/pitch", "sales")
    named = labels_of(ana)
    assert any(has(r"draft|text", one) for one in named), named
    assert any(has(r"account", one) for one in named), named
    await ana.closes(everything=True)
    assert has(r"words", await checks(ana, LEEDS))
    assert "/pitch" in " ".join(await listed_in_help(ana, r"pitch|draft"))


async def test_a_message_is_checked_from_its_menu(ana, ben):
    """A message's menu (#49): “Check this draft” reads what stands there, and tells her who asked alone."""
    await ana.says(WORN, channel="sales")
    before = [len(texts(ana)), len(texts(ana, "sales")), len(ben.sees("sales"))]
    await ana.uses_shortcut(SHORTCUT, WORN)
    new = [ana.modal() or "", *texts(ana)[before[0] :], *texts(ana, "sales")[before[1] :]]
    assert has(r"just checking in", "\n".join(new)), new
    assert has(r"words", "\n".join(new)), new
    assert len(ben.sees("sales")) == before[2]


# what a remark is


async def test_a_remark_stands_by_its_line_and_says_what_instead(alder, ana):
    """Each with the line (#49): the worn phrase is quoted, and what to write instead stands with it."""
    said = await checks(ana, WORN, "Alder Yard")
    near = window(said, r"just checking in", 3)
    assert near, said
    assert has(r"instead|try|rather|say|write|begin|start|drop|→|cut", near), near


async def test_every_number_says_what_it_rests_on(alder, ana):
    """Labelled (#49): self-focus is house style, length and grade a vendor's; nothing passes for a law."""
    said = await checks(
        ana, "We want to show you our new yard. We are sure. Could we call you?", "Alder Yard"
    )
    assert has(r"house style", window(said, r"self")), said
    assert has(r"vendor", window(said, r"\b15 words|length|words\W{1,4}15")), said
    assert has(r"vendor", window(said, r"grade")), said


async def test_what_was_measured_is_said_to_be(alder, ana):
    """Measured (#49): an ask that begins “worth” is the one habit with a comparison behind it, told as a hint."""
    said = await checks(
        ana, "Your Leeds depot lost two trucks in August. Worth a chat on Thursday?", "Alder Yard"
    )
    assert has(r"measured", window(said, r"\bworth\b", 3)), said


async def test_it_says_that_it_reads_english_alone(ana):
    """English only (#49): said in the form or beside the answer, before anybody wonders."""
    await asks(ana, "/pitch", "sales")
    said = ana.modal() or ""
    await ana.closes(everything=True)
    assert has(r"\bEnglish\b", said + await checks(ana, LEEDS)), said


async def test_without_a_fact_about_them_one_is_asked_for(alder, ana):
    """One account fact (#18, #49): a text that fits anybody lacks one; with their town in it, it does not."""
    lacking = r"no (account )?fact|one fact|a fact about|nothing (about|of) (them|Alder)|fact\W{1,4}(0|none)"
    bare = "Trucks stand still in winter. Would a spare yard help you this year?"
    assert has(lacking, await checks(ana, bare, "Alder Yard"))
    said = await checks(ana, LEEDS, "Alder Yard")
    assert has(r"Leeds", line_with(said, r"fact")) or not has(lacking, said), said


# the best value proposition


async def test_the_value_proposition_of_their_sector_is_offered(team, alder, mia, ana):
    """Best match (#48): of two, the one written for logistics, with the reason; the one for retail is not."""
    await adds_entry(
        mia, r"value", "Night gates", "Yards like theirs save a shift a week.", sector="Logistics"
    )
    await adds_entry(mia, r"value", "Full shelves", "Shops like theirs sell out less.", sector="Retail")
    said = await checks(ana, LEEDS, "Alder Yard")
    assert "save a shift a week" in said or "Night gates" in said, said
    assert has(r"logistics", said), said
    assert "Full shelves" not in said
    assert "sell out less" not in said


async def test_more_keys_that_fit_win_over_fewer(team, alder, mia, ana):
    """Four keys (#48): sector and pain together win over the sector alone; another firm's pain wins nothing."""
    for title, pain in (("Plain yard", ""), ("Storm proof", "lost trucks"), ("Theft proof", "stolen diesel")):
        given = {"sector": "Logistics"} | ({"pain": pain} if pain else {})
        await adds_entry(
            mia, r"value", title, f"{title} is what a yard of that size asks for first.", **given
        )
    said = await checks(
        ana, "Your Leeds depot had lost trucks in August. Would a spare yard help you?", "Alder Yard"
    )
    assert "Storm proof" in said, said
    assert "Theft proof" not in said


async def test_where_nothing_fits_nothing_is_made_up(team, mia, ana):
    """No match (#48): for an account of another sector no entry of logistics is offered, and that is said."""
    await firms(team, ("Bay Clinic",), ("Health care",))
    await adds_entry(
        mia, r"value", "Night gates", "Yards like theirs save a shift a week.", sector="Logistics"
    )
    said = await checks(ana, "Your clinic opens at six. Would a spare room help you?", "Bay Clinic")
    assert "Night gates" not in said, said
    assert has(r"no (value )?proposition|none (of|fits|for)|nothing (in the library|fits)|write one", said), (
        said
    )


# one text, many sectors


async def test_one_text_to_many_sectors_is_warned_of(team, ana):
    """Same text (#48): sent to five sectors with another name on top, it says to how many; the first is not warned."""
    names = [f"{one} Works" for one in SECTORS]
    await firms(team, names, SECTORS)
    warned = r"same (text|draft|mail)[^\n]*\b(sector|industr)"
    said = [await checks(ana, MERGED.format(one), one) for one in names]
    assert not has(warned, said[0]), said[0]
    assert has(warned, said[-1]), said[-1]
    assert has(r"\b(5|five)\b", line_with(said[-1], warned)), said[-1]


async def test_one_text_to_one_sector_is_not(team, ana):
    """Same text (#48): five firms of one sector may get one text."""
    names = [f"Yard {one}" for one in "ABCDE"]
    await firms(team, names, ["Logistics"] * 5)
    said = [await checks(ana, MERGED.format(one), one) for one in names]
    assert not has(r"same (text|draft|mail)[^\n]*\b(sector|industr)", said[-1]), said[-1]


# what is never said


async def test_the_invented_figure_is_in_nothing_that_is_shown(mia, ana):
    """“80 % need five follow-ups” (#49) is in no answer, no entry we start with, and no line of help."""
    said = [await checks(ana, LEEDS), await exported(mia)]
    lines = ("/rainmaker help", "/pitch help", "/team library", "/team playbook", "/team evidence", "/plan")
    said += [await tried(mia, line) for line in lines]
    assert not INVENTED.search("\n".join(said))


def test_the_invented_figure_is_in_no_text_of_ours():
    """The same of every text and table that is shipped; holds today and must stay so. One page says it is invented."""
    found = []
    for room in ("sales", "messages", "handlers", "storage", "bot", "playground", "docs", "README.md"):
        at = ROOT / room
        every = (
            [at]
            if at.is_file()
            else [one for one in at.rglob("*") if one.suffix in {".py", ".j2", ".md", ".txt"}]
        )
        for path in every:
            lines = path.read_text("utf-8").splitlines()
            found += [
                f"{path.name}: {one}" for one in lines if INVENTED.search(one) and "invented" not in one
            ]
    assert not found
