"""What stands beside a message's blocks: the first line of them, whatever the message is."""

from hypothesis import given
from hypothesis import strategies as st

from messages.blocks import GLANCE, actions, context, divider, first_line, header, message_of, section
from messages.elements import button
from messages.formatting import Mrkdwn
from messages.tables import CellRows, table
from tests.notifications import first_lines, fits, read

PART = st.text("ab*_`&<> .?\n🚀é", max_size=400)


class Posted:
    def __init__(self, message):
        self.text, self.blocks = message.text, message.blocks


@given(
    st.lists(
        st.tuples(st.sampled_from([section, header, context]), PART.filter(str.strip)), min_size=1, max_size=4
    )
)
def test_it_is_the_first_line_and_short(parts):
    message = message_of([make(" ".join(text.split()) if make is header else text) for make, text in parts])
    assert len(message.text) <= GLANCE
    assert "\n" not in message.text
    assert fits(Posted(message)) or not any(map(read, first_lines(message.blocks)))


def test_a_heading_a_table_and_buttons_are_no_sentences():
    rows = table(CellRows(("Name",), [["Ana"]]))
    blocks = [
        header("Field"),
        divider(),
        actions(button("Help", "help")),
        rows,
        context(Mrkdwn("*Two* deals won.")),
    ]
    assert first_line(blocks) == "Two deals won."
    assert first_line([header("Field & sons"), rows]) == "Field &amp; sons"


def test_what_is_longer_than_a_glance_stops_after_a_sentence():
    said = f"{'Call Lockside. ' * 12}{'and on ' * 40}"
    assert message_of(said).text == ("Call Lockside. " * 12).strip()
    assert message_of(Mrkdwn("x" * 300)).text == f"{'x' * (GLANCE - 1)}…"
