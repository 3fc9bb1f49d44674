"""Options that say how a file is read, shared by all commands that read one."""

from collections.abc import Iterator, Sequence
from typing import Annotated

import typer
from babel.numbers import list_currencies

from sales.imports.files.amounts import DecimalMark, Units
from sales.imports.files.dates import DateOrder
from sales.imports.files.preset import LEAD_MEANINGS, MEANINGS, NOTHING
from sales.pipeline.opportunity import Stage
from sales.prospects.lead import LeadState

EVERY_MEANING = tuple(dict.fromkeys((*MEANINGS, *LEAD_MEANINGS)))

Dates = Annotated[DateOrder | None, typer.Option(help="What comes first in 3/4/2017, or in 26-01-05.")]
Decimals = Annotated[
    DecimalMark | None, typer.Option(help="What stands before the cents, where 1.200 can be read two ways.")
]
Counted = Annotated[
    Units | None, typer.Option("--units", help="What amounts count, whatever their column's name says.")
]
Stages = Annotated[
    list[str] | None,
    typer.Option(
        help='What a stage of yours is, e.g. "Legal review=open", or a status of leads, "Hot=accepted"; repeat it.'
    ),
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        help=f'What a column is, e.g. "Fee=value"; repeat it. One of {", ".join(EVERY_MEANING)}, {NOTHING}.'
    ),
]
Encoding = Annotated[
    str | None, typer.Option(help="The code page of a file that is not UTF-8, e.g. windows-1252.")
]
Sheet = Annotated[str | None, typer.Option(help="Which sheet of a workbook.")]
ByName = Annotated[
    bool, typer.Option("--by-name", help="Deals without ids are known again by their name and company.")
]
Apart = Annotated[
    str,
    typer.Option(
        help="A name for the ids of this file, where those of another system are other deals, e.g. hubspot."
    ),
]
Currency = Annotated[str | None, typer.Option(help="What amounts are in, e.g. USD, where no team says it.")]


def stages_given(pairs: Sequence[str]) -> dict[str, Stage]:
    """Read "Legal review=open" pairs; those that tell of leads are left to `states_given`."""
    return {word: Stage(meant) for word, meant in words_given(pairs) if meant in set(Stage)}


def states_given(pairs: Sequence[str]) -> dict[str, LeadState]:
    """Read "Hot=accepted" pairs."""
    return {word: LeadState(meant) for word, meant in words_given(pairs) if meant in set(LeadState)}


def words_given(pairs: Sequence[str]) -> Iterator[tuple[str, str]]:
    for pair in pairs:
        word, _, meant = pair.rpartition("=")
        meant = meant.strip().lower()
        if not word.strip() or meant not in {*Stage, *LeadState}:
            raise typer.BadParameter(
                f"“{pair}”: write the stage, = and one of {', '.join(Stage)}; of leads one of "
                f"{', '.join(LeadState)}.",
                param_hint="--stage",
            )
        yield word.strip(), meant


def columns_given(pairs: Sequence[str]) -> dict[str, str]:
    """Read "Fee=value" pairs."""
    columns: dict[str, str] = {}
    for pair in pairs:
        header, _, meaning = pair.rpartition("=")
        if not header.strip() or meaning.strip().lower() not in (*EVERY_MEANING, NOTHING):
            raise typer.BadParameter(
                f"“{pair}”: write the column, = and one of {', '.join((*EVERY_MEANING, NOTHING))}.",
                param_hint="--column",
            )
        meant = meaning.strip().lower()
        if meant != NOTHING and meant in columns.values():
            raise typer.BadParameter(
                f"Two columns cannot both be the {meant}; choose one.", param_hint="--column"
            )
        columns[header.strip()] = meant
    return columns


def currency_given(code: str | None) -> str | None:
    """Read the code of a currency."""
    if code is not None and code.upper() not in list_currencies():
        raise typer.BadParameter(
            f"“{code}” is no currency; write a code such as USD.", param_hint="--currency"
        )
    return code.upper() if code else None
