"""What is past its days goes, a little at a time; what is not, and whatever a figure needs, stays."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from bot import retention
from bot.retention import LettingGo
from handlers.registry import REGISTRY
from sales.followups.activity import ActivityKind
from sales.imports.files.drop import DropStep
from sales.people.retention import LONGEST, Retention, kept_days, read_retention
from sales.prospects.account_fact import AccountFact
from sales.prospects.lead import Lead
from sales.refusal import Refusal
from storage import inbox
from storage.craft.pitch import PitchSketchRow
from storage.followups.activity import ActivityRow
from storage.imports.files.drop import DroppedFileRow
from storage.imports.files.runs import ImportChangeRow, ImportRow
from storage.nudges.ledger.archive import archived
from storage.nudges.ledger.rows import DeliveryArchiveRow, DeliveryState
from storage.people.access import AccessRow, note_change, note_read
from storage.people.retention import choose_days, chosen_days
from storage.prospects.account_fact import AccountFactRow, add_fact
from storage.prospects.content_event import ContentEventRow
from storage.prospects.lead import LeadRow, add_lead
from storage.undo import UndoRow, remember_undo
from tests.known import T0, WORKSPACE

RULES = {one.key: one for one in REGISTRY.retentions}
SOON = timedelta(hours=1)


async def kept_at(database, days_ago, now=T0):
    """One record of every sort, that old."""
    then = now - timedelta(days=days_ago)
    async with database.write(WORKSPACE) as scope:
        await remember_undo(scope, "U1", then, "something", [])
        await inbox.take(scope, f"request {days_ago}", then)
        await note_read(scope, "U3", "U1", then.date(), then)
        await note_change(scope, "U3", "U1", "goal", then.date(), then)
        scope.session.add(archived_message(days_ago, then))
        scope.session.add(
            ActivityRow(
                workspace_id=WORKSPACE, owner_id="U1", kind=ActivityKind.CALL, count=3, on=then.date(),
                outcome="they liked it", created_at=then,
            )
        )  # fmt: skip
        scope.session.add(dropped_file(days_ago, then))
        await add_lead(scope, Lead(name=f"Dana Roe {days_ago}", account="Alder Yard", came_at=then))
        scope.session.add(
            PitchSketchRow(
                workspace_id=WORKSPACE,
                owner_id="U1",
                on=then.date(),
                account_key="alder",
                sector="Ports",
                hashes="0f",
            )
        )
        await add_fact(scope, AccountFact(account="Alder Yard", says="a new yard", by="U1", on=then.date()))
        scope.session.add(
            ContentEventRow(
                workspace_id=WORKSPACE, event_id=f"E{days_ago}", email="dana@alder.example", content="Guide",
                happened_at=then, received_at=then,
            )
        )  # fmt: skip
        run = ImportRow(workspace_id=WORKSPACE, started_at=then, preset="plain")
        scope.session.add(run)
        await scope.session.flush()
        image = {"workspace_id": WORKSPACE, "import_id": run.id, "table_name": "opportunity", "after_sha": ""}
        scope.session.add(ImportChangeRow(**image, row_id=1, before={"name": "Acme"}))


def archived_message(days_ago, then):
    return DeliveryArchiveRow(
        id=f"m{days_ago}", occurrence_key=f"evening:U1:{days_ago}", workspace_id=WORKSPACE, kind="evening",
        user_id="U1", intent={"to": "U1"}, why="the day ended", state=DeliveryState.SENT, slack_ts="1",
        not_before=then, created_at=then,
    )  # fmt: skip


def dropped_file(days_ago, then):
    return DroppedFileRow(
        workspace_id=WORKSPACE, user_id="U3", channel_id="D3", file_id=f"F{days_ago}", said_at=str(days_ago),
        name="deals.csv", size=10, url="https://files.slack.com/x", step=DropStep.KEPT, not_before=then,
        arrived_at=then,
    )  # fmt: skip


async def there(database):
    """How many records of each sort still say what they said."""
    async with database.read(WORKSPACE) as scope:
        found = {
            "undo": len((await scope.session.exec(select(UndoRow))).all()),
            "requests": len((await scope.session.exec(select(inbox.InboxRow))).all()),
            "access": len((await scope.session.exec(select(AccessRow))).all()) / 2,
            "messages": len(
                [row for row in await scope.session.exec(select(DeliveryArchiveRow)) if row.intent]
            ),
            "words": len([row for row in await scope.session.exec(select(ActivityRow)) if row.outcome]),
            "drops": len((await scope.session.exec(select(DroppedFileRow))).all()),
            "imports": len((await scope.session.exec(select(ImportChangeRow))).all()),
            "leads": len((await scope.session.exec(select(LeadRow))).all()),
            "facts": len((await scope.session.exec(select(AccountFactRow))).all()),
            "drafts": len((await scope.session.exec(select(PitchSketchRow))).all()),
            "content": len((await scope.session.exec(select(ContentEventRow))).all()),
        }
    assert set(found) == set(RULES)
    return found


@pytest.mark.parametrize("key", sorted(RULES))
async def test_each_sort_goes_after_its_days_and_not_before(database, key):
    days = RULES[key].days
    await kept_at(database, days)
    letting_go = LettingGo(database, REGISTRY.keeps)
    await letting_go.some(T0 - SOON)
    assert (await there(database))[key] == 1
    await letting_go.some(T0 + timedelta(days=1))
    assert (await there(database))[key] == 0


async def test_what_was_chosen_counts(database):
    await kept_at(database, 800)
    async with database.write(WORKSPACE) as scope:
        await choose_days(scope, {"access": 1000, "messages": 900})
        await choose_days(scope, {"access": 1000})
        assert await chosen_days(scope) == {"access": 1000, "messages": 900}
    await LettingGo(database, REGISTRY.keeps).some(T0)
    left = {key for key, count in (await there(database)).items() if count}
    assert left == {"access", "messages"}


async def test_counts_and_the_keys_of_messages_stay(database):
    """Words go; how much was done, and that a message must never be sent again, does not."""
    await kept_at(database, 2000)
    await LettingGo(database, REGISTRY.keeps).some(T0)
    async with database.read(WORKSPACE) as scope:
        activity = (await scope.session.exec(select(ActivityRow))).one()
        message = (await scope.session.exec(select(DeliveryArchiveRow))).one()
        assert await archived(scope.session, ["m2000"]) == {"m2000"}
    assert (activity.count, activity.on) == (3, date(2026, 9, 14) - timedelta(days=2000))
    assert (message.user_id, message.why, message.occurrence_key) == (None, "", "m2000")


async def test_much_of_it_goes_a_little_at_each_beat(database, monkeypatch):
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    monkeypatch.setattr(retention, "A_BEAT", 2)
    for number in range(9):
        await kept_at(database, 1000 + number)
    letting_go = LettingGo(database, REGISTRY.keeps)
    assert await letting_go.some(T0)
    assert (await there(database))["undo"] == 5
    beats = 1
    while await letting_go.some(T0):
        beats += 1
    assert beats < 8
    assert set((await there(database)).values()) == {0}


async def test_another_workspaces_records_are_its_own(database):
    await kept_at(database, 5)
    async with database.write("T2") as scope:
        await inbox.take(scope, "theirs", T0 - timedelta(days=5))
    await LettingGo(database, REGISTRY.keeps).some(T0)  # only T1 is installed
    async with database.read("T2") as scope:
        assert await inbox.earlier(scope, "theirs") is not None


def test_no_rule_is_kept_for_less_than_its_least_and_each_is_usual_at_least_so_long():
    for rule in RULES.values():
        assert 1 <= rule.least <= rule.days <= LONGEST


RULE = Retention("a", "Things", 30, 10)


@given(st.integers(-100, 100))
def test_nothing_goes_before_its_least(days):
    assert kept_days([RULE], {"a": days})["a"] >= RULE.least
    assert RULE.before(days, T0) <= T0 - timedelta(days=RULE.least)


@given(st.integers(RULE.least, LONGEST))
def test_a_form_says_a_number_of_days(days):
    assert read_retention([RULE], {"a": str(days)}) == {"a": days}


@pytest.mark.parametrize("typed", [None, "", "9", "-30", "30.5", "a year", str(LONGEST + 1)])
def test_what_is_no_such_number_is_refused_under_its_field(typed):
    with pytest.raises(Refusal) as refused:
        read_retention([RULE], {"a": typed})
    assert refused.value.field == "a"
