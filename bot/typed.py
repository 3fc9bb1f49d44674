"""Typed: a text as a person typed it, from the text as Slack passes it on.

Slack escapes three characters and turns what looks like a link, an address, a number, a channel, a group or a person
into a tag. Of a tag the words stay that the person saw. Only a person's tag stays, as `<@U1>`, and that of a channel
whose name Slack left out, as `<#C1>`: which they are takes a look.
"""

import re

ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
TAG = re.compile(r"<([^<>]*)>")
PERSON = re.compile(r"@([A-Z0-9]+)(?:\|.*)?", re.DOTALL)
CHANNEL = re.compile(r"#([A-Z0-9]+)\|?")  # one whose name Slack left out
OUR_NAME = "Rainmaker"
EVERYBODY = {"here": "@here", "channel": "@channel", "everyone": "@everyone"}
# Spaces of every width and hyphens of every kind mean the ordinary ones to whoever types them; others cannot be seen.
SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
HYPHENS = "\u2010\u2011\ufe63\uff0d"
OUTSIDE = " \t\r\n\u200e\u200f"  # what says from which side the text is read is part of it only within
UNSEEN = "\u200b\u2060\u00ad\ufeff\u180e"
# No key of a chat types these.
CONTROLS = {code: None for code in (*range(0x20), 0x7F) if chr(code) not in "\t\n\r"}
ALIKE = {
    **dict.fromkeys(map(ord, SPACES), " "),
    **dict.fromkeys(map(ord, HYPHENS), "-"),
    **dict.fromkeys(map(ord, UNSEEN)),
    **CONTROLS,
}


def unescaped(text: str) -> str:
    """Return text with the three characters that Slack escapes as they were typed."""
    for entity, character in ENTITIES:
        text = text.replace(entity, character)
    return text


def entered(text: str) -> str:
    """Return what a field of a form or a button holds, unescaped and without control characters."""
    return unescaped(text).translate(CONTROLS)


def as_typed(text: str) -> str:
    """Return a text without Slack's tags but people's, unescaped, without characters that cannot be seen.

    A character that looks like a space or a hyphen is one. Escaped angle brackets are no tags: they were typed.
    """
    parts = []
    last = 0
    for tag in TAG.finditer(text):
        parts += [unescaped(text[last : tag.start()]), words_of(tag[1])]
        last = tag.end()
    parts.append(unescaped(text[last:]))
    return "".join(parts).translate(ALIKE).strip(OUTSIDE)


def mentioned(text: str) -> frozenset[str]:
    """Return the ids of the people and nameless channels a text tags; a tag that was spelt out by hand is none."""
    tags = [tag[1] for tag in TAG.finditer(text)]
    return frozenset(found[1] for tag in tags if (found := PERSON.fullmatch(tag) or CHANNEL.fullmatch(tag)))


def words_of(tag: str) -> str:
    """Return what a person saw in place of a tag, given without its brackets."""
    if found := PERSON.fullmatch(tag):
        return f"<@{found[1]}>"
    if found := CHANNEL.fullmatch(tag):
        return f"<#{found[1]}>"
    target, _, label = tag.partition("|")
    label = unescaped(label).strip()
    if target.startswith("!"):
        name = target[1:].partition("^")[0]
        return label if label and name not in EVERYBODY else EVERYBODY.get(name, label or "@group")
    if target.startswith("#"):
        return f"#{label or target[1:]}"
    return label or unescaped(target.removeprefix("mailto:").removeprefix("tel:"))


def without_mention(text: str, bot_user_id: str, name: str = "") -> str:
    """Return what was said to us without our own name before or after it, tagged or typed out as `@` and it.

    A greeting before the name goes with it: "hey @Rainmaker log 5 calls".
    """
    names = "|".join(re.escape(one) for one in {OUR_NAME, name} if one)
    us = rf"(?:{re.escape(f'<@{bot_user_id}>')}|@(?:{names})(?![\w.-]))"
    return re.sub(
        rf"^\s*(?:(?:hey|hi|hello|ok|okay|yo)[\s,]+)?{us}[\s,:]*|[\s,:]*(?<![\w.]){us}\s*$",
        "",
        text,
        flags=re.IGNORECASE,
    ).strip()
