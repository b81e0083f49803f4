"""Bounds as clauses: each a relation between a value, or its change, and a number."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Literal, NamedTuple

from reev_types.assertions import Bounds

from ._units import Unit

__all__ = ["Aspect", "Clause", "between", "clauses"]

Aspect = Literal["value", "change"]
Relation = Literal["=", "≠", "≥", "≤"]

_HOLDS: dict[Relation, Callable[[int, int], bool]] = {
    "=": operator.eq,
    "≠": operator.ne,
    "≥": operator.ge,
    "≤": operator.le,
}


class Clause(NamedTuple):
    """One thing that must hold; ``bound`` is in raw units."""

    of: Aspect
    relation: Relation
    bound: int

    def holds(self, reading: int) -> bool:
        """Tell whether the value, or the change, stands in the relation to the bound."""
        return _HOLDS[self.relation](reading, self.bound)

    def text(self, unit: Unit) -> str:
        """Return ``35 USDC``, ``≥ 48 USDC`` or ``change ≥ -0.10501 SOL``."""
        if self.of == "change":
            return f"change {self.relation} {unit.signed(self.bound)}"
        amount = unit.text(self.bound)
        return amount if self.relation == "=" else f"{self.relation} {amount}"


def clauses(bounds: Bounds) -> tuple[Clause, ...]:
    """Return everything that ``bounds`` demands, at least one clause."""
    return _given(
        ("value", "=", bounds.expected),
        ("value", "≥", bounds.expected_gte),
        ("value", "≤", bounds.expected_lte),
        ("change", "≥", bounds.expected_change_gte),
        ("change", "≤", bounds.expected_change_lte),
        ("change", "≠", 0 if bounds.expected_change_not_zero else None),
    )


def between(least: int | None, most: int | None) -> tuple[Clause, ...]:
    """Return the demand for a value from ``least`` to ``most``, both inclusive; None is no demand."""
    return _given(("value", "≥", least), ("value", "≤", most))


def _given(*demands: tuple[Aspect, Relation, int | None]) -> tuple[Clause, ...]:
    return tuple(Clause(of, relation, bound) for of, relation, bound in demands if bound is not None)
