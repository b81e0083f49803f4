"""The score: the weight of what was met over the whole weight, exact until it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from reev_types.amounts import format_ui
from reev_types.results import AssertionVerdict

from ._units import plain
from ._weights import exact, sum_of

__all__ = ["Grade", "grade", "rounded"]

_PLACES = 6
_MILLION = 10**_PLACES


class Grade(NamedTuple):
    """A score from 0 to 1 and how it came about."""

    score: Fraction
    arithmetic: str
    gradable: bool = True
    """False when nothing carries weight, so that the score says nothing."""


def grade(verdicts: Sequence[AssertionVerdict], *, acted: bool) -> Grade:
    """Return Σ(weight of met assertions) / Σ(weights), or 0 for an agent that did nothing.

    An assertion that cannot be evaluated earns nothing and keeps its weight in the sum.
    """
    weights = [verdict.weight for verdict in verdicts]
    total = sum_of(map(Decimal, weights))
    if total == 0:
        return Grade(Fraction(0), "no assertion carries weight, so 0", gradable=False)
    met = [verdict.weight for verdict in verdicts if verdict.met]
    score = exact(sum_of(map(Decimal, met))) / exact(total)
    arithmetic = f"{_terms(met)} / {plain(total)} {_equals(score)}"
    return Grade(score, arithmetic) if acted else Grade(Fraction(0), f"{arithmetic}, but 0 for doing nothing")


def _terms(met: Sequence[str]) -> str:
    return f"({' + '.join(met)})" if len(met) > 1 else "".join(met) or "0"


def _equals(score: Fraction) -> str:
    millionths, is_exact = _millionths(score)
    return f"{'=' if is_exact else '≈'} {format_ui(millionths, _PLACES)}"


def rounded(score: Fraction) -> float:
    """Return a score as reports show it, rounded to six decimals."""
    return float(_millionths(score)[0] / _MILLION)


def _millionths(score: Fraction) -> tuple[int, bool]:
    """Return a score in millionths, halves rounded to even, and whether that is all of it."""
    whole, rest = divmod(score.numerator * _MILLION, score.denominator)
    is_above_half = 2 * rest > score.denominator or (2 * rest == score.denominator and whole % 2 == 1)
    return whole + is_above_half, rest == 0
