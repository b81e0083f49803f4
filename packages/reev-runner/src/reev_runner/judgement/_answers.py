"""Answers in words, compared with what the chain knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal

from reev_types.agents import Completed
from reev_types.amounts import to_ui
from reev_types.assertions import AnswerStates

from ._evidence import Evidence, Valuation
from ._worth import NO_MARKET, Unknown

__all__ = ["fact_raw", "last_answer", "shorten", "states"]

_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w,])|(?<![\w.,])\d+(?:\.\d+)?(?![\w,])", re.ASCII)
_MOST_NUMBERS = 64
"""An answer with more numbers than that guesses."""
_LEAST_PLACES = 2
_EXACT = Context(prec=120)


def fact_raw(assertion: AnswerStates, wallet: str, valuation: Valuation | None) -> int | Unknown:
    """Return the number that has to be stated, in raw units; 0 without a position."""
    if valuation is None:
        return Unknown(NO_MARKET)
    facts = valuation.lent_raw(wallet) if assertion.fact == "lent" else valuation.earned_raw(wallet)
    return facts.get(assertion.mint, 0)


def last_answer(evidence: Evidence) -> str:
    """Return what the agent said last, empty when it said nothing."""
    answers = [step.outcome.answer for step in evidence.steps if isinstance(step.outcome, Completed)]
    return next((answer for answer in reversed(answers) if answer), "")


def states(answer: str, raw: int, decimals: int) -> bool:
    """Tell whether ``answer`` contains ``raw`` as it is, or in UI units rounded to two places or more."""
    numbers = list(_numbers(answer))
    return len(numbers) <= _MOST_NUMBERS and any(_means(number, raw, decimals) for number in numbers)


def shorten(text: str, length: int) -> str:
    """Return ``text`` on one line and no longer than ``length``."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"


def _numbers(answer: str) -> Iterator[Decimal]:
    return (Decimal(match[0].replace(",", "")) for match in _NUMBER.finditer(answer))


def _means(number: Decimal, raw: int, decimals: int) -> bool:
    exact = to_ui(raw, decimals)
    if number in (exact, raw):
        return True
    exponent = number.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    if places < _LEAST_PLACES:
        return False
    step = Decimal(1).scaleb(-places)
    # What shows as nothing but zeros says nothing about a small amount.
    return bool(number) and any(
        number == exact.quantize(step, rounding, _EXACT) for rounding in (ROUND_HALF_UP, ROUND_DOWN)
    )
