"""How templates speak: in plain words, without blame, statistics or shouting, and never in a wall of a line."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

ROOT = Path(__file__).parents[2] / "messages"
TEMPLATES = sorted(ROOT.rglob("*.j2"))

# Nobody's words between two calls, with what is said instead.
BANNED = {
    r"unrealistic": "nothing: the chance says it",
    r"wrong|failed|failure|invalid|errors?": "what happened, and what to do now",
    r"oops|sorry|unfortunately": "what to do now",
    r"χ|\bp\s?[=<]|P\(hit\)|twice as readily|standard deviation|significant": "chance, in percent",
    r"commitments?": "promise",
    r"nudges?|ledger|outbox|occurrence": "message",
    r"[▓░█▒]": "a table or chart of Slack's own",
    r"!": "a full stop",
}
WHERE = {
    r"χ|\bp\s?[=<]|P\(hit\)|twice as readily|standard deviation|significant": {
        "goals/goal/why",
        "goals/forecast",
    }
}
# Words to whoever runs the bot, and those with which a target is set.
EXEMPT = {"nudges/clock", "nudges/undelivered", "people/setup", "goals/suggestion"}
LONGEST = 240  # characters: two and a half lines of a desktop
FIGURE = "x" * 12  # what an expression comes to, more or less


def noun(path: Path) -> str:
    return path.relative_to(ROOT).with_suffix("").as_posix()


def macros(path: Path) -> Iterator[nodes.Macro]:
    yield from Environment().parse(path.read_text("utf-8")).find_all(nodes.Macro)


def spoken(node: nodes.Node) -> Iterator[str]:
    """Every text that a template may say: what stands in it, and what its expressions quote."""
    for data in node.find_all(nodes.TemplateData):
        yield data.data
    for output in node.find_all(nodes.Output):
        for part in output.nodes:
            if not isinstance(part, nodes.TemplateData):
                quoted = [part] if isinstance(part, nodes.Const) else part.find_all(nodes.Const)
                yield from (one.value for one in quoted if isinstance(one.value, str))


def longest(body: list[nodes.Node]) -> str:
    """What a template says at its longest: of each choice the longer way, of each list one item."""
    said = ""
    for node in body:
        if isinstance(node, nodes.Output):
            said += "".join(
                part.data if isinstance(part, nodes.TemplateData) else FIGURE for part in node.nodes
            )
        elif isinstance(node, nodes.If):
            ways = [node.body, *(other.body for other in node.elif_), node.else_]
            said += max(map(longest, ways), key=len)
        elif isinstance(node, nodes.For):
            said += longest(node.body)
    return said


def unplain(text: str, where: str = "") -> list[tuple[str, str, str]]:
    """Return each banned word of a text, with the text and what to say instead."""
    return [
        (word[0], text.strip(), f"say {instead}")
        for pattern, instead in BANNED.items()
        if where not in WHERE.get(pattern, ())
        for word in re.finditer(
            rf"(?<!\w)(?:{pattern})(?!\w)" if pattern[0].isalpha() else pattern, text, re.IGNORECASE
        )
    ]


@pytest.mark.parametrize("path", TEMPLATES, ids=noun)
def test_it_is_said_in_plain_words(path):
    if noun(path) not in EXEMPT:
        said = [text for macro in macros(path) for text in spoken(macro)]
        assert [word for text in said for word in unplain(text, noun(path))] == []


def test_refusals_are_plain_too():
    """What cannot be done is said where it is found out, in the same words."""
    said = [
        part.value
        for room in ("sales", "handlers")
        for path in sorted((ROOT.parent / room).rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id.endswith("Refusal")
        for part in ast.walk(call)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]
    assert len(said) > 200
    assert [word for text in said for word in unplain(text)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=noun)
def test_no_line_is_a_wall(path):
    walls = {
        macro.name: line
        for macro in macros(path)
        for line in longest(macro.body).splitlines()
        if len(line.strip()) > LONGEST
    }
    assert walls == {}


def test_the_lint_finds_what_it_is_for(tmp_path):
    text = (
        "{% macro a(x) %}{% if x %}Oops! Your {{ 'commitment' }} failed.{% else %}"
        + "long " * 60
        + "{% endif %}{% endmacro %}"
    )
    (macro,) = Environment().parse(text).find_all(nodes.Macro)
    said = " ".join(spoken(macro))
    assert [word for word, _, _ in unplain(said)] == ["failed", "Oops", "commitment", "!"]
    assert len(longest(macro.body)) == 300


@pytest.mark.parametrize("path", TEMPLATES, ids=noun)
def test_a_date_at_the_end_of_a_sentence_is_ended_as_its_locale_writes_it(path):
    """A German month has a full stop of its own: "30. Sept." is no place for another."""
    assert not re.findall(r"\|(?:\w*day|day_\w+)(?:\([^)]*\))? *\}\}\.", path.read_text("utf-8"))
