"""The table that the benchmark prints."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from rich.console import Console
from rich.table import Table


class Figure(Struct, frozen=True):
    """One measured figure and the goal it is held against; `reached` is None where there is no goal."""

    name: str
    measured: str
    goal: str
    reached: bool | None


_MARKS = {True: "yes", False: "NO", None: ""}


def print_table(title: str, figures: Sequence[Figure]) -> None:
    """Print a table of figures."""
    table = Table("figure", "measured", "goal", "reached", title=title, title_justify="left", box=None)
    for figure in figures:
        table.add_row(figure.name, figure.measured, figure.goal, _MARKS[figure.reached])
    Console(width=140).print(table)
