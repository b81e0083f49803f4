"""What an expected instruction is worth, part by part; shared by both instruction scores."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from reev_types.benchmarks import ExpectedInstruction

__all__ = ["data_weight", "exact", "full_weight", "total_weight"]


@lru_cache(maxsize=1024)
def exact(weight: Decimal | str) -> Fraction:
    """Return a weight for exact arithmetic; the few that benchmarks use are converted once."""
    return Fraction(weight)


def data_weight(expected: ExpectedInstruction) -> Fraction:
    """Return what matching data earns: nothing unless both data and its weight are given."""
    if expected.data is None or expected.data_weight is None:
        return Fraction(0)
    return exact(expected.data_weight)


def full_weight(expected: ExpectedInstruction) -> Fraction:
    """Return what a perfect match earns."""
    accounts = sum((exact(account.weight) for account in expected.accounts), Fraction(0))
    return exact(expected.program_id_weight) + data_weight(expected) + accounts


def total_weight(expected: Iterable[ExpectedInstruction]) -> Fraction:
    """Return what perfect matches of all of them earn."""
    return sum(map(full_weight, expected), Fraction(0))
