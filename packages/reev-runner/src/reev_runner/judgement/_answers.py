"""Answers in words, compared with what the chain knows."""

from __future__ import annotations

import re
from collections.abc import Set
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from reev_types.agents import Completed
from reev_types.amounts import to_ui
from reev_types.assertions import AnswerStates

from ._evidence import Evidence, Valuation
from ._worth import NO_MARKET, Unknown

__all__ = ["fact_raw", "last_answer", "shorten", "states"]

# A number stands alone: it is no part of a word, of a version or a date, and neither negative nor a percentage.
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9.\-−])(?<!\d,)(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![A-Za-z0-9]|[.,\-]\d|\s?%)", re.ASCII
)
_MOST_NUMBERS = 64
_MOST_RIVALS = 8
"""So many other numbers as close as ten per cent may stand beside the right one: more are a list of guesses."""
_LEAST_PLACES = 2
_LEAST_DIGITS = 3


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
    """Tell whether ``answer`` contains ``raw`` in UI units, or as it is, without guessing.

    A rounded number needs two decimal places, and like a raw one three significant digits. Among more than 64
    different numbers, or more than 8 others within ten per cent of the right one, nothing is stated.
    """
    numbers = {Decimal(match[0].replace(",", "")) for match in _NUMBER.finditer(answer)}
    meant = {number for number in numbers if _means(number, raw, decimals)}
    return bool(meant) and len(numbers) <= _MOST_NUMBERS and _rivals(numbers - meant, raw, decimals) <= _MOST_RIVALS


def shorten(text: str, length: int) -> str:
    """Return ``text`` on one line and no longer than ``length``."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"


def _means(number: Decimal, raw: int, decimals: int) -> bool:
    exact = to_ui(raw, decimals)
    if number == exact:
        return True
    if len(number.as_tuple().digits) < _LEAST_DIGITS:
        return False
    return number == raw or _is_rounded(number, exact, decimals)


def _is_rounded(number: Decimal, exact: Decimal, decimals: int) -> bool:
    places = -int(number.as_tuple().exponent)
    # With as many places as the mint has, nothing is left to round.
    if not _LEAST_PLACES <= places < decimals:
        return False
    step = Decimal(1).scaleb(-places)
    return any(number == exact.quantize(step, rounding) for rounding in (ROUND_HALF_UP, ROUND_DOWN))


def _rivals(numbers: Set[Decimal], raw: int, decimals: int) -> int:
    truths = (to_ui(raw, decimals), Decimal(raw))
    return sum(any(abs(number - truth) * 10 <= truth for truth in truths) for number in numbers)
