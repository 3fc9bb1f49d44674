"""An order about an open follow-up in other words than the commands', or with its verb at the end: "Acme done"."""

import re

from sales.language.typed_text import MAX_NAME

LISTS = re.compile(r"(?:ls|show|view|all|mine|open|show (?:all|mine|open|list))[\s.!]*", re.I)
_TO = r"(?:to|until|till?|for|by)"
_MOVES = r"(?:move|push|postpone|delay|reschedule|bump|put off|defer|shift|snooze)"
_DONE = r"(?:done|finished|completed?|sorted|ticked(?: off)?)"
_FIRST = (
    (
        "drop",
        re.compile(
            r"(?:drop|cancel|scrap|delete|remove|forget(?: about)?|never ?mind)\s+(?P<rest>\S.*)", re.I
        ),
    ),
    (
        "done",
        re.compile(
            r"(?:done|complete|completed|finished?|finish off|tick(?: off)?|check off)\s+(?P<rest>\S.*)", re.I
        ),
    ),
    ("move", re.compile(rf"{_MOVES}\s+(?P<rest>{_TO}\s+\S.{{0,60}})", re.I)),
    ("move", re.compile(rf"{_MOVES}\s+(?P<rest>\S.{{0,{MAX_NAME}}}?\s{_TO}\s.+)", re.I)),
)
_LAST = (
    ("done", re.compile(rf"(?P<rest>\S.{{0,{MAX_NAME}}}?)\s+(?:(?:is|are|was|all)\s+)*{_DONE}[\s.!]*", re.I)),
    (
        "drop",
        re.compile(
            rf"(?P<rest>\S.{{0,{MAX_NAME}}}?)\s+(?:is\s+)?(?:cancelled|canceled|dropped)[\s.!]*", re.I
        ),
    ),
    (
        "move",
        re.compile(rf"(?P<rest>\S.{{0,{MAX_NAME}}}?)\s+{_MOVES}\s+(?P<to>(?:{_TO}\s+)?\S.{{0,60}})", re.I),
    ),
)


def stated_order(line: str) -> tuple[str, str] | None:
    """Return what a line may ask of an open follow-up, by its command, and the words after that; None for no order.

    It is one only where the words fit what is open: "push Acme to Friday" may be a task as well.
    """
    for word, pattern in (*_FIRST, *_LAST):
        if found := pattern.fullmatch(line):
            to = found.groupdict().get("to")
            return word, found["rest"] if to is None else f"{found['rest']} {to}"
    return None
