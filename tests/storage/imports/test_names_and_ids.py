"""What deals are known by from one file to the next: their name where a list has no ids, and ids kept apart."""

from contextlib import ExitStack

import pytest

from sales.imports.files.key_by_name import LONGEST, key_by_name
from sales.imports.files.terms import ImportTerms
from sales.refusal import Refusal
from storage.imports.files.repeats import no_ids_in
from storage.imports.files.run import read_in
from storage.imports.files.source import rows, sources
from tests.known import T0, WORKSPACE
from tests.storage.imports.test_files import stored

NO_IDS = "Deal Name,Company,Stage,Amount,Close Date\n"
WITH_IDS = "ID,Deal Name,Company,Stage,Amount,Close Date\n"
BY_NAME = ImportTerms(currency="USD", by_name=True)
PLAIN = ImportTerms(currency="USD")


@pytest.fixture
def brings(database, tmp_path):
    """Take a file in; return how many of its deals were added, changed, unchanged and refused, and the tally."""

    async def bring(text: str, terms: ImportTerms = PLAIN):
        path = tmp_path / "deals.csv"
        path.write_text(text, encoding="utf-8")
        tally = await read_in(database, WORKSPACE, path, lambda: T0, terms)
        found = tally.files[0]
        return (found.added, found.changed, found.unchanged, found.refused), tally

    return bring


async def test_a_list_without_ids_is_refused_until_somebody_says_so(brings):
    with pytest.raises(Refusal, match=r"lacks “id”"):
        await brings(NO_IDS + "Quay,Acme,Open,5,\n")


async def test_deals_without_ids_are_known_again_by_name_and_company(brings):
    first = NO_IDS + "Quay,Acme,Open,5,\nQuay,Globex,Open,6,\nDock,Acme,Open,7,\n"
    assert (await brings(first, BY_NAME))[0] == (3, 0, 0, 0)
    again = first.replace("Quay,Acme,Open,5", "QUAY ,Acme,Open,9")
    assert (await brings(again, BY_NAME))[0] == (0, 1, 2, 0)


async def test_a_deal_without_an_id_gets_the_one_of_a_later_file(brings, database):
    await brings(NO_IDS + "Quay,Acme,Open,5,\n", BY_NAME)
    assert (await brings(WITH_IDS + "7,Quay,Acme,Open,5,\n"))[0] == (0, 1, 0, 0)
    assert [row["external_id"] for row in await stored(database)] == ["7"]
    assert (await brings(NO_IDS + "Quay,Acme,Open,8,\n", BY_NAME))[0] == (0, 1, 0, 0)
    assert [(row["external_id"], row["value_minor"]) for row in await stored(database)] == [("7", 8_00)]


async def test_which_of_two_deals_a_name_is_nobody_guesses(brings):
    await brings(WITH_IDS + "7,Quay,Acme,Open,5,\n8,Quay,Acme,Open,6,\n")
    found, tally = await brings(NO_IDS + "Quay,Acme,Open,5,\n", BY_NAME)
    assert found == (0, 0, 0, 1)
    assert "two deals here have its name and company" in tally.causes.largest_first[0].reason


async def test_ids_that_are_kept_apart_are_other_deals(brings, database):
    await brings(WITH_IDS + "1,Acme deal,Acme,Open,5,\n")
    other = WITH_IDS + "1,Totally other,Globex,Open,6,\n"
    dry = ImportTerms(currency="USD", dry_run=True)
    _, tally = await brings(other, dry)
    assert [(one.key, one.here, one.there) for one in tally.deals.reused.some] == [
        ("1", "Acme deal (open, $5)", "Totally other (open, $6)")
    ]
    apart = ImportTerms(currency="USD", apart="hubspot")
    assert (await brings(other, apart))[0] == (1, 0, 0, 0)
    assert (await brings(other, apart))[0] == (0, 0, 1, 0)
    assert sorted(row["external_id"] for row in await stored(database)) == ["1", "hubspot:1"]


async def test_a_few_deals_that_changed_altogether_are_of_the_file(brings):
    """Of ids that are another system's most are other deals."""
    kept = "2,Quay,Acme,Open,6,\n3,Dock,Acme,Open,7,\n"
    await brings(WITH_IDS + "1,Acme deal,Acme,Open,5,\n" + kept)
    _, tally = await brings(WITH_IDS + "1,Pier,Globex,Open,9,\n" + kept)
    assert tally.deals.reused.count == 0


def test_long_names_have_keys_of_their_own():
    one, other = (key_by_name("Quay " * 40 + end, "Acme") for end in ("north", "south"))
    assert one != other
    assert len(one) == len(other) == LONGEST


def test_columns_that_repeat_tell_no_deal_from_another(tmp_path):
    path = tmp_path / "deals.csv"
    header = ["Box", "Deal", "Stage", "Fiscal Period", "Probability", "Signed", "Note"]
    path.write_text(
        ",".join(header) + "\nB1,Quay,Open,Q1,10,2026-01-05,a\nB2,Dock,Open,Q2,20,2026-01-06,\nTotal,,,,,,\n",
        encoding="utf-8",
    )
    assert {header[at] for at in no_ids_in(path, header, None)} == {
        "Stage", "Fiscal Period", "Probability", "Signed", "Note",
    }  # fmt: skip


def test_a_heading_may_run_over_two_lines(tmp_path):
    path = tmp_path / "deals.csv"
    path.write_text(
        'Q3 2026,,\nID,"Deal\nName",Stage,"Close\nDate"\n1,"Quay\nlamp",Won,2026-02-13\n', "utf-8"
    )
    with ExitStack() as kept:
        (source,), _ = sources(path, ImportTerms(), kept)
    assert source.layout.header("name") == "Deal Name"
    assert [row.fields for row in rows(source)] == [["1", "Quay\nlamp", "Won", "2026-02-13"]]
