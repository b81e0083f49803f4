"""Amounts that are known within bounds."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

__all__ = ["NOTHING", "Span", "at_least", "exactly"]


class Span(NamedTuple):
    """Raw units from ``low`` to ``high``, both included; None leaves a side open."""

    low: int | None
    high: int | None

    def plus(self, other: Span) -> Span:
        """Return the span of sums."""
        return Span(_sum(self.low, other.low), _sum(self.high, other.high))

    def minus(self, other: Span) -> Span:
        """Return the span of differences."""
        return self.plus(Span(_negative(other.high), _negative(other.low)))

    def part(self, of: Decimal) -> Span:
        """Return the span of this part of amounts that are 0 or more, rounded outward."""
        share = Fraction(of)
        low = None if self.low is None else floor(self.low * share)
        return Span(low, None if self.high is None else ceil(self.high * share))

    def widened(self, leeway: int) -> Span:
        """Return the span with so much more on either side."""
        return self.plus(Span(-leeway, leeway))


def exactly(raw: int) -> Span:
    """Return the span of one amount."""
    return Span(raw, raw)


def at_least(raw: int) -> Span:
    """Return the span of an amount and everything above."""
    return Span(raw, None)


NOTHING = exactly(0)


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _negative(raw: int | None) -> int | None:
    return None if raw is None else -raw
