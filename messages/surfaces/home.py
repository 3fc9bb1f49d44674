"""App Home: what features have to say, one below the other. And the welcome on the first open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from messages.blocks import (
    VIEW_BLOCKS,
    Block,
    actions,
    context,
    fitted,
    header,
    home_view,
    section,
)
from messages.elements import Element, button, option, overflow_menu, select_menu
from messages.formatting import words
from messages.room import MOST, weight

SETUP = "home.setup"
HELP = "home.help"
BEHIND = "behind"  # the three dots: what is chosen is pressed as if it were a button
AT_HAND = 2  # buttons that stand by themselves
BEHIND_DOTS = 5  # options of a menu of three dots, as Slack takes them


@dataclass(frozen=True)
class Home:
    """What a person's App Home shows. `team` is empty until they are in one; `may_set_up` if they can make
    one; `is_first` while there is none here at all.
    """

    today: date
    zone: str
    team: str
    may_set_up: bool
    is_first: bool = False
    blocks: Sequence[Block] = ()
    buttons: Sequence[Element] = ()


def view(home: Home) -> dict[str, Any]:
    """Build the view."""
    above: list[Block] = [header(words("surfaces/home", "title", home=home))]
    if not home.team:
        above.append(section(words("surfaces/home", "no_team", home=home)))
    above.append(actions(*first_row(home.buttons or ways(home))))
    below = [context(words("surfaces/home", "footer", home=home))]
    around = [*above, *below]
    told = fitted(home.blocks, VIEW_BLOCKS - len(around), MOST - weight(around))
    return home_view([*above, *told, *below])


def first_row(buttons: Sequence[Element]) -> list[Element]:
    """Return the buttons of the row under the date: the first two, and the others behind three dots.

    Three dots hold five of them; whoever has more ways on, with several teams to lead, has a menu there.
    """
    more = [
        option(one["text"]["text"], f"{one['action_id']}|{one.get('value', '')}") for one in buttons[AT_HAND:]
    ]
    dots = overflow_menu if len(more) <= BEHIND_DOTS else partial(select_menu, placeholder="More")
    return [*buttons[:AT_HAND], *([dots(BEHIND, more)] if more else [])]


def ways(home: Home) -> list[Element]:
    """The ways on from here for somebody in no team."""
    if not home.team and home.may_set_up:
        return [button("Set up a team", SETUP, style="primary")]
    return [button("What I can do", HELP)]


def help_button() -> Element:
    return button("Help", HELP)
