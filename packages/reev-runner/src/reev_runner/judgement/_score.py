"""The score: the weight of what was met over the whole weight, exact until it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from typing import NamedTuple

from reev_types.amounts import format_ui
from reev_types.results import AssertionVerdict

from ._units import plain
from ._weights import exact

__all__ = ["Grade", "grade", "rounded"]

_PLACES = 6
_WEIGHT_DIGITS = 120
"""Weights have at most 40 digits on either side of the point, so their sums are exact."""


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
    total = sum(map(exact, weights), Fraction(0))
    if total == 0:
        return Grade(Fraction(0), "no assertion carries weight, so 0", gradable=False)
    met = [verdict.weight for verdict in verdicts if verdict.met]
    score = sum(map(exact, met), Fraction(0)) / total
    arithmetic = f"{_terms(met)} / {_total(weights)} {_equals(score)}"
    return Grade(score, arithmetic) if acted else Grade(Fraction(0), f"{arithmetic}, but 0 for doing nothing")


def _terms(met: Sequence[str]) -> str:
    return f"({' + '.join(met)})" if len(met) > 1 else "".join(met) or "0"


def _total(weights: Sequence[str]) -> str:
    with localcontext(Context(prec=_WEIGHT_DIGITS)):
        return plain(sum(map(Decimal, weights), Decimal(0)))


def _equals(score: Fraction) -> str:
    shown = round(score * 10**_PLACES)
    relation = "=" if Fraction(shown, 10**_PLACES) == score else "≈"
    return f"{relation} {format_ui(shown, _PLACES)}"


def rounded(score: Fraction) -> float:
    """Return a score as reports show it, rounded to six decimals."""
    return float(round(score, _PLACES))
