"""What an expected instruction is worth, part by part; shared by both instruction scores."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache, reduce

from reev_types.benchmarks import ExpectedInstruction

__all__ = ["data_weight", "exact", "full_weight", "sum_of", "total_weight"]

_SUMS = Context(prec=120)
"""Weights have at most 40 digits on either side of the point, so their sums are exact, as they would be in fractions,
which take many times as long."""


@lru_cache(maxsize=1024)
def exact(weight: Decimal | str) -> Fraction:
    """Return a weight for exact arithmetic; the few that benchmarks use are converted once."""
    return Fraction(weight)


def sum_of(weights: Iterable[Decimal]) -> Decimal:
    """Return the exact sum."""
    return reduce(_SUMS.add, weights, Decimal(0))


def data_weight(expected: ExpectedInstruction) -> Decimal:
    """Return what matching data earns: nothing unless both data and its weight are given."""
    return Decimal(0) if expected.data is None or expected.data_weight is None else expected.data_weight


def full_weight(expected: ExpectedInstruction) -> Decimal:
    """Return what a perfect match earns."""
    accounts = [account.weight for account in expected.accounts]
    return sum_of([expected.program_id_weight, data_weight(expected), *accounts])


def total_weight(expected: Iterable[ExpectedInstruction]) -> Fraction:
    """Return what perfect matches of all of them earn."""
    return exact(sum_of(map(full_weight, expected)))
