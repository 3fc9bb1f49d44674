"""The undo button carries its action; what was undone is said as text."""

from messages import undo


def test_the_button_carries_its_action():
    button = undo.undo_button(17)
    assert (button["action_id"], button["value"]) == (f"{undo.UNDO}:17", "17")


def test_what_was_undone_is_text_and_says_how_things_stand():
    assert undo.undone("<!channel> won", ["Acme, <b>, open"], gone=False).text == (
        "Undone: &lt;!channel&gt; won. As before: Acme, &lt;b&gt;, open."
    )
    assert undo.undone("5 calls", [], gone=True).text == "Undone: 5 calls. Nothing of it is kept."
    assert undo.undone("settings of Field", [], gone=False).text == (
        "Undone: settings of Field. Everything is as it was before."
    )


def test_what_is_not_named_of_many_is_counted():
    said = undo.undone("5 deals parked", ["one", "two", "three", "four", "five"], gone=False).text
    assert said == "Undone: 5 deals parked. As before: one; two; three; and 2 more."
