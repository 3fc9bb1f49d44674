"""Skills in words: one's own six rows, the one line of what to practise, and a team's reps by name (71)."""

from collections.abc import Sequence
from typing import NamedTuple

from messages.blocks import Block, Message, context, joined, line_sections, message_of, section
from messages.coaching.drill import START
from messages.elements import button
from messages.formatting import Mrkdwn, words
from sales.coaching.drill.card import DECKS
from sales.coaching.drill.practice import DeckStanding
from sales.coaching.skill import LEAST_TOUCHES, Skill, SkillMatrix, SkillUse

NOUN = "coaching/skill"
MOST_REPS = 40  # of a team on one page; of the others each can be asked for by name
LABELS = {
    Skill.CALLING: "Calling",
    Skill.EMAIL: "E-mail",
    Skill.SOCIAL: "Social",
    Skill.NETWORKING: "Networking",
    Skill.SPEAKING: "Speaking",
    Skill.REFERRAL: "Referrals",
}
TRAINED_BY = {
    Skill.CALLING: "calls",
    Skill.EMAIL: "e-mail copy",
    Skill.SOCIAL: "social networks",
    Skill.NETWORKING: "events",
    Skill.SPEAKING: "talks",
    Skill.REFERRAL: "referrals",
}


class SkillsOf(NamedTuple):
    """A rep by name, with what they prospect by and what they remember of each deck."""

    name: str
    matrix: SkillMatrix
    decks: Sequence[DeckStanding]


def page(found: SkillMatrix, name: str) -> Message:
    """Show the six skills of somebody and what to practise next; `name` is theirs where somebody else reads it."""
    rows = [use_line(one, found) for one in found.uses]
    blocks: list[Block] = [section(joined([words(NOUN, "head", name=name, touches=found.touches), *rows]))]
    if found.due is not None:
        start = None if name else button("Start", f"{START}:skill", "skill")
        blocks.append(section(due_line(found.due, name), start))
    foot = [words(NOUN, "foot")] if found.is_enough else [words(NOUN, "too_few", least=LEAST_TOUCHES)]
    blocks.append(context(joined([*foot, words(NOUN, "private", name=name)])))
    return message_of(blocks)


def use_line(one: SkillUse, found: SkillMatrix) -> Mrkdwn:
    """Return a skill in a line: its share, what was answered, and what is remembered of its cards."""
    return words(NOUN, "use", label=LABELS[one.skill], one=one, is_enough=found.is_enough)


def due_line(one: SkillUse, name: str = "") -> Mrkdwn:
    """Return what to practise next: “You e-mail in 60% of your touches: the cards on e-mail copy are due.”"""
    return words(NOUN, "due", skill=one.skill.value, one=one, topic=TRAINED_BY[one.skill], name=name)


def of_team(team: str, reps: Sequence[SkillsOf]) -> list[Block]:
    """Show each rep of a team by name: what is used, what is answered, what is due, what is remembered."""
    head = section(words(NOUN, "team_head", team=team, reps=len(reps)))
    lines = [rep_lines(one) for one in reps[:MOST_REPS]]
    left = [context(words(NOUN, "left", count=len(reps) - MOST_REPS))] if len(reps) > MOST_REPS else []
    return [head, *line_sections(lines), *left]


def rep_lines(rep: SkillsOf) -> Mrkdwn:
    """Return a rep in two or three lines."""
    used = [use_part(one) for one in rep.matrix.used] if rep.matrix.is_enough else []
    due = rep.matrix.due
    kept = [
        words(NOUN, "deck", deck=DECKS[one.deck], one=one) for one in rep.decks if one.retention is not None
    ]
    return words(
        NOUN,
        "rep",
        name=rep.name,
        used=used,
        touches=rep.matrix.touches,
        due=due,
        topic=TRAINED_BY[due.skill] if due is not None else "",
        kept=kept,
    )


def use_part(one: SkillUse) -> Mrkdwn:
    return words(NOUN, "part", label=LABELS[one.skill].lower(), one=one)


def team_page(blocks: Sequence[Block]) -> Message:
    """Return the page of all teams that somebody manages."""
    return message_of([*blocks, context(words(NOUN, "team_foot"))])


def in_note(one: SkillUse) -> list[Block]:
    """Return the line of a week for a morning note, or below a morning's first card."""
    return [context(due_line(one))]


def why_chosen(one: SkillUse) -> str:
    """Return why a card of a skill came: "You e-mail a lot lately."."""
    return str(words(NOUN, "why_chosen", skill=one.skill.value))


def why() -> str:
    return str(words(NOUN, "why"))


def said(what: str, **values: object) -> Mrkdwn:
    """Return one of the sentences about skills."""
    return words(NOUN, what, **values)
