"""What an expected instruction is worth, part by part; shared by both instruction scores."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from reev_types.benchmarks import ExpectedInstruction

__all__ = ["data_weight", "full_weight", "total_weight"]


def data_weight(expected: ExpectedInstruction) -> Fraction:
    """Return what matching data earns: nothing unless both data and its weight are given."""
    if expected.data is None or expected.data_weight is None:
        return Fraction(0)
    return Fraction(expected.data_weight)


def full_weight(expected: ExpectedInstruction) -> Fraction:
    """Return what a perfect match earns."""
    accounts = sum((Fraction(account.weight) for account in expected.accounts), Fraction(0))
    return Fraction(expected.program_id_weight) + data_weight(expected) + accounts


def total_weight(expected: Iterable[ExpectedInstruction]) -> Fraction:
    """Return what perfect matches of all of them earn."""
    return sum(map(full_weight, expected), Fraction(0))
