"""Mentors in words: the proposal to a rep, the question to the colleague, what they said, and whether it helped."""

from collections.abc import Sequence
from datetime import date, datetime

from messages.blocks import Message, actions, context, message_of, section
from messages.elements import button
from messages.formatting import Mrkdwn, words
from sales.coaching.diagnosis.light import LightMeasure
from sales.coaching.mentor.mentorship import Mentorship, MentorState
from sales.language.figures import moment

YES = "mentor.yes"
NO = "mentor.no"
SLOT = "mentor.slot"
BETWEEN = "mentor.between"
NOT_NOW = "mentor.not_now"
OUTCOME = "mentor.outcome"
OFF = "mentor.off"
NOUN = "coaching/mentor"


def topic(measure: LightMeasure) -> Mrkdwn:
    """Return what the talk is about: "opening new deals"."""
    return words(NOUN, "topic", measure=measure.value)


def first_name(name: str) -> str:
    return name.split()[0]


def proposal(row: Mentorship, row_id: int, mentor: str) -> Message:
    """Propose a colleague to a rep, with a yes and a no."""
    said = words(NOUN, "proposal", mentor=mentor, first=first_name(mentor), topic=topic(row.measure))
    ways = actions(
        button(f"Yes, ask {first_name(mentor)}", f"{YES}:{row_id}", str(row_id), style="primary"),
        button("No, thanks", f"{NO}:{row_id}", str(row_id)),
    )
    return message_of([section(said), ways, context(words(NOUN, "alone", first=first_name(mentor)))])


def asking(mentor: str) -> Message:
    """Say that the colleague is asked."""
    return message_of(words(NOUN, "asking", mentor=mentor, first=first_name(mentor)))


def declined(row_id: int, mentor: str) -> Message:
    """Say that nobody hears of it, with the way back."""
    again = button(f"Ask {first_name(mentor)} after all", f"{YES}:{row_id}", str(row_id))
    return message_of([section(words(NOUN, "declined", mentor=mentor)), actions(again)])


def gone(mentor: str) -> Message:
    return message_of(words(NOUN, "gone", mentor=mentor))


def asked(
    row: Mentorship, row_id: int, rep: str, times: Sequence[datetime], zone: str, *, late: bool = False
) -> Message:
    """Ask a colleague for twenty minutes: the topic, times on their clock, and a no."""
    said = words(NOUN, "asked", rep=rep, topic=topic(row.measure), times=len(times), late=late)
    ways = [
        button(moment(at, zone), f"{SLOT}:{row_id}:{number}", f"{row_id}:{int(at.timestamp())}")
        for number, at in enumerate(times)
    ]
    if not times:
        first = first_name(rep)
        ways = [button(f"Yes, I write to {first}", f"{BETWEEN}:{row_id}", str(row_id), style="primary")]
    ways.append(button("Not now", f"{NOT_NOW}:{row_id}", str(row_id)))
    return message_of([section(said), actions(*ways), context(words(NOUN, "both" if times else "apart"))])


def taken(row: Mentorship, row_id: int, rep: str, zone: str) -> Message:
    """Say to the colleague what was agreed, with the way out of it."""
    when = moment(row.slot_at, zone) if row.slot_at is not None else ""
    return with_way_out(words(NOUN, "taken", rep=rep, topic=topic(row.measure), when=when), row, row_id)


def with_way_out(said: Mrkdwn, row: Mentorship, row_id: int) -> Message:
    """Return what is said of a talk; while one is agreed on, either of the two can call it off."""
    if row.state is not MentorState.AGREED:
        return message_of(said)
    return message_of([section(said), actions(button("Call it off", f"{OFF}:{row_id}", str(row_id)))])


def off(row: Mentorship, other: str) -> Message:
    """Say to whoever called a talk off that the other hears of it."""
    return message_of(words(NOUN, "off", other=other, topic=topic(row.measure)))


def too_late(other: str) -> Message:
    """Say that the time of the talk is over."""
    return message_of(words(NOUN, "too_late", other=other))


def is_off(row: Mentorship, other: str, zone: str, *, to_rep: bool) -> Message:
    """Say to the other of the two that the talk is off; to the rep what they can do without it."""
    when = moment(row.slot_at, zone) if row.slot_at is not None else ""
    return message_of(words(NOUN, "is_off", other=other, topic=topic(row.measure), when=when, to_rep=to_rep))


def not_now(rep: str) -> Message:
    return message_of(words(NOUN, "not_now", rep=rep))


def answer(row: Mentorship, row_id: int, mentor: str, zone: str) -> Message:
    """Say to the rep what the colleague answered."""
    when = moment(row.slot_at, zone) if row.slot_at is not None else ""
    said = words(
        NOUN,
        "agreed" if row.state is MentorState.AGREED else "turned_down",
        mentor=mentor,
        first=first_name(mentor),
        topic=topic(row.measure),
        when=when,
    )
    return with_way_out(said, row, row_id)


def outcome_asked(row: Mentorship, row_id: int, mentor: str) -> Message:
    """Ask the rep once what came of it."""
    said = words(NOUN, "outcome_asked", mentor=mentor, first=first_name(mentor), topic=topic(row.measure))
    ways = [
        button(label, f"{OUTCOME}:{row_id}:{state.value}", f"{row_id}:{state.value}")
        for label, state in (
            ("It helped", MentorState.HELPED),
            ("Not much", MentorState.NO_HELP),
            ("We did not meet", MentorState.NOT_HELD),
        )
    ]
    return message_of([section(said), actions(*ways)])


def outcome(row: Mentorship, mentor: str) -> Message:
    """Thank the rep for the answer."""
    return message_of(words(NOUN, "outcome", state=row.state.value, mentor=mentor))


def line(row: Mentorship, mentor: str, zone: str, today: date) -> Mrkdwn:
    """Return how a mentorship stands, beside the rep's own lights."""
    return words(
        NOUN,
        "line",
        state=row.state.value,
        mentor=mentor,
        topic=topic(row.measure),
        when=moment(row.slot_at, zone) if row.slot_at is not None else "",
        asked_on=row.asked_on or row.proposed_on,
        today=today,
    )


def stands(row: Mentorship, mentor: str, zone: str, today: date) -> Message:
    """Return to the rep what became of a proposal that was answered before."""
    return message_of(line(row, mentor, zone, today))


def over() -> Message:
    return message_of(words(NOUN, "over"))


def why_proposed(rep: str) -> str:
    return str(words(NOUN, "why_proposed"))


def why_asked(rep: str) -> str:
    return str(words(NOUN, "why_asked", rep=rep))


def why_answered(rep: str) -> str:
    return str(words(NOUN, "why_answered"))
