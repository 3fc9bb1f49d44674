"""One-on-ones in words: who is worth a talk, a line each; what to bring to it; and everybody of a team in a table."""

from collections.abc import Sequence

from messages import tables
from messages.blocks import Block, Message, actions, joined, message_of, section
from messages.elements import button, turn_buttons
from messages.formatting import Mrkdwn, words
from messages.goals import forecast
from messages.goals.goal.amounts import so_far
from messages.goals.goal.line import DOT, GAP, status_words
from messages.pipeline import freshness
from messages.room import ListPage
from messages.tables import CellRows
from sales.coaching.one_on_one import GOOD, IN_THE_FIGURES, RepWeek, Talk, TalkReason
from sales.goals.status import StatusWord
from sales.language.figures import number
from sales.language.typed_text import shorten
from sales.people.team import Team
from sales.pipeline.freshness import Freshness

PREPARE = "one_on_one.prepare"
ALL = "one_on_one.all"
PAGE = "one_on_one.page"

MOST_SAID = 2  # reasons on a line of a phone
MOST_WINS = 5
NAME_LENGTH = 40
COLUMNS = ("Name", "So far", "Status", "Chance", "Overdue", "Logged, 7 days")


def talk_blocks(talks: Sequence[Talk], team_id: int, count: int) -> list[Block]:
    """Return who is worth a talk, a line each with the way to prepare for it, under the way to all of the team."""
    heading = words("coaching/one_on_one", "heading", nobody=not talks)
    blocks: list[Block] = [section(heading, button(f"All {number(count)}", f"{ALL}:{team_id}", str(team_id)))]
    for one in talks:
        user_id = one.rep.user_id
        value = f"{team_id}:{user_id}"
        blocks.append(section(talk_line(one), button("Prepare", f"{PREPARE}:{user_id}", value)))
    return blocks


def talk_line(talk: Talk) -> Mrkdwn:
    """Return who, how they stand, and what a talk is about: "*Ben Ito*  50% · chance 8% · 4 promises overdue"."""
    rep, parts = talk.rep, list[str]()
    if rep.goal is not None:
        pace = rep.goal.pace
        if rep.goal.status.word is not StatusWord.JUST_BEGUN or pace.actual:
            parts.append(words("coaching/one_on_one", "share", share=pace.attainment))
        parts += [status_words(rep.goal)] if rep.goal.status.is_running else []
        parts += chance_parts(rep)
    worded = said_of(talk)
    good = [reason for reason, _ in worded if reason in GOOD]
    said = [
        words("coaching/one_on_one", "reason", kind=reason.value, count=count, more=reason in good[:-1])
        for reason, count in worded
    ]
    return joined([who(rep), joined([one for one in [*parts, *said] if one], DOT)], GAP)


def said_of(talk: Talk) -> list[tuple[TalkReason, int]]:
    """Return which reasons a line has room for: of good news one where others wait, so that a second hides none."""
    worded = [one for one in talk.reasons if one[0] not in IN_THE_FIGURES]
    good = [one for one in worded if one[0] in GOOD]
    return [one for one in worded if one not in good[1:]][:MOST_SAID] if len(worded) > MOST_SAID else worded


def chance_parts(rep: RepWeek) -> list[Mrkdwn]:
    """Return a rep's chance, and what it was a week ago where that reads differently."""
    figure = forecast.figure(rep.goal) if rep.goal is not None else ""
    if not figure or rep.goal is None or rep.goal.chance is None:
        return []
    now = words("goals/goal/goal", "chance", figure=figure)
    before = rep.goal.chance.figure_before
    if not before or before == figure:
        return [now]
    return [joined([now, words("coaching/one_on_one", "was", figure=before)], ", ")]


def who(rep: RepWeek) -> Mrkdwn:
    return words("coaching/one_on_one", "who", name=rep.name)


def question(about: tuple[TalkReason, int] | None) -> Mrkdwn:
    """Return the question that a talk about this begins with; what it counts is named in it."""
    kind, count = (about[0].value, about[1]) if about is not None else ("", 0)
    return words("coaching/one_on_one", "question", kind=kind, count=count)


def everybody(
    people: Sequence[RepWeek], page: ListPage, count: int, team: Team, team_id: int, fresh: Freshness | None
) -> Message:
    """Show the people of a page of a team, by name, in Slack's own table."""
    if not people:
        return message_of(words("coaching/one_on_one", "nobody", team=team.name))
    line = words("coaching/one_on_one", "everybody", team=team.name, count=count)
    if not page.is_whole:
        shown = words("coaching/one_on_one", "page", first=page.start + 1, last=page.end)
        line = joined([line, shown], DOT)
    grid = grid_of(people)
    caption = words("coaching/one_on_one", "caption")
    blocks: list[Block] = [section(line), tables.data_table(caption, grid)]
    if not page.is_whole:
        blocks.append(actions(*turn_buttons(page, PAGE, f"{team_id}:")))
    blocks += freshness.blocks(fresh, team)
    return message_of(blocks)


def grid_of(people: Sequence[RepWeek]) -> CellRows:
    """Return people as rows: how far, where it stands, how likely, and the week."""
    return CellRows(COLUMNS, [row_of(one) for one in people])


def row_of(rep: RepWeek) -> list[str]:
    name = shorten(rep.name, NAME_LENGTH)
    week = [number(rep.overdue) if rep.overdue else "", number(rep.logged) if rep.logged else ""]
    if rep.goal is None:
        return [
            name,
            words("coaching/one_on_one", "reason", kind="no_goal", count=0, more=False),
            "",
            "",
            *week,
        ]
    done, target = so_far(rep.goal)
    far = words("goals/goal/goal", "so_far", s=rep.goal, done=done, target=target, starts="")
    return [name, far, status_words(rep.goal), forecast.figure(rep.goal), *week]
