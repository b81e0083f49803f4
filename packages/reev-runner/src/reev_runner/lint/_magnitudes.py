"""Rules that compare a change with its sign and with the amounts of the prompt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal

from reev_types.amounts import to_raw
from reev_types.assertions import Bounds
from reev_types.benchmarks import USER_WALLET, TestCase
from reev_types.errors import AmountError
from reev_types.tokens import token_named

from ._finding import CaseRule, Remark
from ._quantities import Quantity
from ._watches import Watch, location_of, watches

__all__ = ["RULES", "token_amounts"]

_AMOUNT = re.compile(r"(?<![\w.])(\d{1,12}(?:\.\d{1,12})?)\s?([A-Za-z]{2,10})\b", re.ASCII)
_SHARE = re.compile(r"(?<![\w.])(\d{1,2}(?:\.\d{1,4})?)\s?% (?:of )?(?:my )?(?:available |total )?([A-Za-z]{2,10})\b")
_EVERYTHING = {"capital", "funds", "portfolio", "holdings", "balance"}


def _bounds_of(case: TestCase, watch: Watch) -> Bounds | None:
    assertion = case.ground_truth.assertions[watch.index]
    return assertion if isinstance(assertion, Bounds) else None


def _inverted_sign(case: TestCase) -> Iterator[Remark]:
    """Find upper bounds below zero that stand alone.

    With ``expected_change_gte`` beside it, such a bound is one end of an interval and can be meant.
    """
    placed = [(watch, bounds) for watch in watches(case) if (bounds := _bounds_of(case, watch))]
    limited = {watch.quantity for watch, bounds in placed if bounds.expected_change_gte is not None}
    for watch, bounds in placed:
        change = bounds.expected_change_lte
        if change is not None and change < 0 and watch.quantity not in limited:
            message = f"demands that at least {watch.quantity.shown(-change)} leave {watch.quantity.holder}"
            hint = "for 'not more than', write expected_change_gte"
            yield Remark(location_of(watch.index, "expected_change_lte"), message, hint)


def _wrong_magnitude(case: TestCase) -> Iterator[Remark]:
    prompt = " ".join((case.prompt, *(step.prompt for step in case.steps)))
    for watch in watches(case):
        bounds = _bounds_of(case, watch)
        if bounds is None or watch.initial is None:
            continue
        asked = _asked(prompt, watch)
        for name, change in _changes(bounds, watch.initial):
            slipped = _slipped(change, asked)
            if slipped is not None:
                relation = "a tenth of" if slipped > change else "ten times"
                shown = watch.quantity.shown
                message = f"{shown(change)} is {relation} the {shown(slipped)} of the prompt"
                yield Remark(location_of(watch.index, name), message, "check the number of zeros")


def _slipped(change: int, asked: list[int]) -> int | None:
    """Return the amount that was asked for and missed by a factor of ten; None where any amount fits."""
    if any(_is_near(amount, change) for amount in asked):
        return None
    return next((amount for amount in asked if _is_near(amount, 10 * change) or _is_near(10 * amount, change)), None)


def _asked(prompt: str, watch: Watch) -> list[int]:
    """Return the raw amounts of the watched token that the prompt speaks of; shares are those of the user's."""
    amounts = [raw for mint, raw in token_amounts(prompt) if mint == watch.quantity.unit]
    if watch.quantity.holder == USER_WALLET and watch.initial:
        for number, word in _SHARE.findall(prompt):
            if _means(word, watch.quantity):
                amounts.append(int(Decimal(number) * watch.initial / 100))
    return amounts


def token_amounts(prompt: str) -> list[tuple[str, int]]:
    """Return the amounts that a text names with a token of the registry, as mints and raw units."""
    found = []
    for number, word in _AMOUNT.findall(prompt):
        token = token_named(word)
        if token is not None:
            # More decimals than the mint has make no raw amount, and nothing to compare with.
            with suppress(AmountError):
                found.append((token.mint, to_raw(Decimal(number), token.decimals)))
    return found


def _means(word: str, quantity: Quantity) -> bool:
    """Tell whether a share of ``word`` is one of ``quantity``; capital in general is a share of every token."""
    token = token_named(word)
    return word.lower() in _EVERYTHING if token is None else token.mint == quantity.unit


def _changes(bounds: Bounds, initial: int) -> Iterator[tuple[str, int]]:
    if bounds.expected is not None and bounds.expected != initial:
        yield "expected", abs(bounds.expected - initial)
    for name in ("expected_change_gte", "expected_change_lte"):
        change: int | None = getattr(bounds, name)
        if change:
            yield name, abs(change)


def _is_near(amount: int, other: int) -> bool:
    """Tell whether two amounts differ by no more than fees explain: one per cent."""
    return abs(amount - other) * 100 <= amount


RULES = (
    CaseRule("inverted-sign", "warning", "a lone upper bound below zero, which demands a loss", _inverted_sign),
    CaseRule("wrong-magnitude", "warning", "a change ten times, or a tenth of, the prompt's amount", _wrong_magnitude),
)
