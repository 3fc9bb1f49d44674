"""What is said about activities, and that the longest of it still fits Slack."""

from datetime import date

from messages.blocks import message_of
from messages.followups import activity as views
from playground import limits
from sales.followups.activity import MAX_COUNT, ActivityKind

TODAY = date(2026, 9, 14)
CALL, MEETING = ActivityKind.CALL, ActivityKind.MEETING


def texts(message):
    return "\n".join(block["text"]["text"] for block in message.blocks if "text" in block)


def test_counts_are_listed_as_people_say_them():
    assert views.counted({CALL: 1}) == "1 call"
    assert views.counted({CALL: 5, MEETING: 2}) == "5 calls and 2 meetings"
    assert views.counted({CALL: 5, MEETING: 2, ActivityKind.REFERRAL_ASK: 1}) == (
        "5 calls, 2 meetings and 1 referral ask"
    )


def test_typed_words_ring_nobody():
    said = views.logged({CALL: 1}, {CALL: 1}, TODAY, TODAY, undo_id=1, account="<!channel>", outcome="<@U2>")
    assert "&lt;!channel&gt;" in said.text
    assert "<" not in texts(said) + said.text


def test_the_longest_entry_fits_slack():
    counts = dict.fromkeys(ActivityKind, MAX_COUNT)
    said = views.logged(
        counts,
        counts,
        TODAY,
        TODAY,
        undo_id=10**9,
        account="&" * 200,
        outcome="<" * 500,
        slips=list(ActivityKind),
        step="x" * 700,
        asks=[10**9] * 4,
    )
    assert limits.message_faults(said.blocks) == []


def test_a_next_step_button_carries_its_entry_back():
    said = views.logged({CALL: 1}, {CALL: 1}, TODAY, TODAY, undo_id=7, account="Acme", asks=[11, 12])
    values = {button["action_id"]: button["value"] for button in said.blocks[-1]["elements"]}
    assert views.read_asked(values[views.NEXT_STEP]) == (None, [11, 12])
    assert views.read_asked(values[views.NO_NEXT_STEP]) == (7, [11, 12])


def test_one_tap_buttons_name_their_kind_and_carry_their_surface():
    (block,) = message_of([views.one_tap("evening:2026-09-14")]).blocks
    elements = block["elements"]
    taps = [(one["text"]["text"], one["action_id"]) for one in elements]
    assert taps[0] == ("+1 call", "activity.log:call")
    assert taps[-1] == ("More…", "activity.form")
    assert {one["value"] for one in elements[:-1]} == {"evening:2026-09-14"}
    assert len({action for _, action in taps}) == len(taps)


def test_the_form_has_a_field_for_every_kind_and_fits_slack():
    form = views.form(TODAY)
    fields = [block["block_id"] for block in form["blocks"]]
    assert fields[: len(views.USUAL)] == [views.count_field(kind) for kind in views.USUAL]
    assert {views.count_field(kind) for kind in ActivityKind} <= set(fields)
    assert len(set(fields)) == len(fields)
    assert limits.view_faults(form) == []
