"""The best pairing of rows and columns, exact."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

__all__ = ["best_total"]

Gains = Sequence[Sequence[Fraction]]


def best_total(gains: Gains) -> Fraction:
    """Return the largest sum of entries with at most one in each row and each column.

    ``gains[row][column]`` must not be negative. Rows join the pairing one by one, each along the path of exchanges
    that gains most, which keeps the pairing of the rows so far the best one (the Hungarian method).
    """
    if not gains or not gains[0]:
        return Fraction(0)
    rows = gains if len(gains) <= len(gains[0]) else list(zip(*gains, strict=True))
    row_of: dict[int, int] = {}
    for row in range(len(rows)):
        row_of = _with_row(row, row_of, rows)
    return sum((rows[row][column] for column, row in row_of.items()), Fraction(0))


def _with_row(row: int, row_of: dict[int, int], gains: Gains) -> dict[int, int]:
    best, came_from = _exchanges(row, row_of, gains)
    free = [column for column in range(len(best)) if column not in row_of]
    column = max(free, key=lambda candidate: best[candidate])
    paired = dict(row_of)
    while column in came_from:
        paired[column] = row_of[came_from[column]]
        column = came_from[column]
    return {**paired, column: row}


def _exchanges(row: int, row_of: dict[int, int], gains: Gains) -> tuple[list[Fraction], dict[int, int]]:
    """Return by column the most that is gained when ``row`` joins and rows move until that column is taken."""
    best = list(gains[row])
    came_from: dict[int, int] = {}
    improved = True
    while improved:
        improved = False
        for left, mover in row_of.items():
            for column, gain in enumerate(gains[mover]):
                total = best[left] - gains[mover][left] + gain
                if total > best[column]:
                    best[column], came_from[column], improved = total, left, True
    return best, came_from
