"""The undo button carries its action; what was undone is said as text."""

from messages import undo


def test_the_button_carries_its_action():
    button = undo.undo_button(17)
    assert (button["action_id"], button["value"]) == (f"{undo.UNDO}:17", "17")


def test_what_was_undone_is_text():
    assert undo.undone("<!channel> won").text == (
        "Undone: &lt;!channel&gt; won. Everything is as it was before."
    )
