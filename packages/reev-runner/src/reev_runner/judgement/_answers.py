"""Answers in words, compared with what the chain knows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import NamedTuple

from reev_types.agents import Completed
from reev_types.amounts import to_ui
from reev_types.assertions import AnswerStates

from ._evidence import Evidence, Valuation
from ._figures import figures
from ._labels import Fact, facts_of, without_tables
from ._worth import NO_MARKET, Unknown

__all__ = ["Statement", "fact_raw", "last_answer", "shorten", "states"]

_MOST_NUMBERS = 24
_MOST_RIVALS = 1
"""So many other numbers as close as ten per cent may stand beside the right one: more are a list of guesses."""
_ABBREVIATED = re.compile(r"\b(incl|excl|approx|est)\.", re.IGNORECASE)
"""Points that end no sentence."""
_LEAST_PLACES = 2
_LEAST_DIGITS = 3


class Statement(NamedTuple):
    """What an answer has to state."""

    fact: Fact
    raw: int
    symbol: str
    decimals: int


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


def states(answer: str, due: Statement) -> bool:
    """Tell whether ``answer`` states a fact in UI units, or in raw ones, without guessing and as the fact it is.

    How it is read, sentence by sentence, tables cell by cell:

    - A number is an amount of the token unless it has another unit (``3.62 SOL``, ``30 days``, ``4.23 %``), is
      negative, or is part of a word, a date or a version. ``1,045.71``, ``1'045.71``, ``1 045.71``, ``$1045.71``
      and ``1045.71USDC`` are amounts; the decimals follow a point.
    - It means the fact when it is exact, cut or rounded: to two decimal places at least, or beyond those that the
      token has. A rounded number, and a raw one, needs three digits.
    - It does not count where the text denies it, asks about it, or offers it as one of two.
    - What is earned must be called so (earned, gained, interest, yield, profit …), what is lent must not be; and a
      number that is called both states nothing. ``facts_of`` says which words go with which number.
    - Among more than 24 different numbers, or with more than one other within ten per cent of the right one, nothing
      is stated.
    """
    text = without_tables(_ABBREVIATED.sub(r"\1 ", unicodedata.normalize("NFKC", answer)))
    found = figures(text, due.symbol)
    values = {figure.value for figure in found}
    meant = {value for value in values if _means(value, due.raw, due.decimals)}
    if not meant or len(values) > _MOST_NUMBERS or _rivals(values - meant, due) > _MOST_RIVALS:
        return False
    called = {
        fact
        for figure, fact in zip(found, facts_of(text, found), strict=True)
        if figure.is_asserted and figure.value in meant
    }
    # Whoever has lent nothing must say so: a zero stands in many a sentence.
    is_implied = due.fact == "lent" and due.raw > 0 and None in called
    other: Fact = "earned" if due.fact == "lent" else "lent"
    return (due.fact in called or is_implied) and other not in called


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
    if places < _LEAST_PLACES:
        return False
    longer, shorter, step = (number, exact, decimals) if places > decimals else (exact, number, places)
    rounded = (longer.quantize(Decimal(1).scaleb(-step), rounding) for rounding in (ROUND_HALF_UP, ROUND_DOWN))
    return shorter in rounded


def _rivals(numbers: Set[Decimal], due: Statement) -> int:
    truths = (to_ui(due.raw, due.decimals), Decimal(due.raw))
    return sum(any(abs(number - truth) * 10 <= truth for truth in truths) for number in numbers)
