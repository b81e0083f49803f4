"""An assertion as an interval over a quantity, so that assertions can be compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reev_types.assertions import AnswerStates, Bounds, LiquidityRatio, MultiPoolDiversification
from reev_types.benchmarks import TestCase

from ._finding import TRUTH, Location
from ._quantities import Quantity, quantity_of

__all__ = ["Watch", "location_of", "there_and_back", "watches"]

_UNBOUNDED = 2**127


@dataclass(frozen=True, slots=True)
class Watch:
    """The values that meet an assertion: an interval with both its ends, less one excluded value."""

    index: int
    quantity: Quantity
    initial: int | None
    """The quantity before the run; None where it is not known."""
    low: int
    high: int
    excluded: int | None = None
    is_exact: bool = False
    """Whether ``expected`` names the one value that is meant."""

    def admits(self, value: int) -> bool:
        """Tell whether ``value`` meets the assertion."""
        return self.low <= value <= self.high and value != self.excluded

    @property
    def name(self) -> str:
        """Return how messages refer to the assertion."""
        return f"final_state_assertions.{self.index}"

    @property
    def words(self) -> str:
        """Return the interval as people read it: ``at least 85 USDC``."""
        low, high = self.quantity.shown(self.low), self.quantity.shown(self.high)
        if self.low == self.high:
            return f"exactly {low}"
        if self.high != _UNBOUNDED:
            return f"from {low} to {high}" if self.low else f"at most {high}"
        return "other than at first" if self.excluded is not None and not self.low else f"at least {low}"


def location_of(index: int, *rest: str | int) -> Location:
    """Return where an assertion stands in its file."""
    return (TRUTH, "final_state_assertions", index, *rest)


def watches(case: TestCase) -> Iterator[Watch]:
    """Return the assertions that are intervals; ratios, answers, and changes from an unknown value, are left out."""
    for index, assertion in enumerate(case.ground_truth.assertions):
        found = quantity_of(case, assertion)
        if found is None or isinstance(assertion, LiquidityRatio | AnswerStates):
            continue
        quantity, initial = found
        if isinstance(assertion, MultiPoolDiversification):
            high = _UNBOUNDED if assertion.max_pools is None else assertion.max_pools
            yield Watch(index, quantity, initial, assertion.min_pools or 0, high)
        elif initial is not None or not _is_relative(assertion):
            yield _interval(index, assertion, quantity, initial)


def there_and_back(case: TestCase) -> frozenset[int]:
    """Return the assertions that hold at the start, but only after a way through another state.

    Those are assertions about the end, where one about an earlier step excludes that quantity's initial value.
    """
    found = list(watches(case))
    left = {
        watch.quantity._replace(after_step=None)
        for watch in found
        if watch.quantity.after_step and watch.initial is not None and not watch.admits(watch.initial)
    }
    return frozenset(watch.index for watch in found if watch.quantity in left)


def _is_relative(bounds: Bounds) -> bool:
    changes = (bounds.expected_change_gte, bounds.expected_change_lte)
    return bounds.expected_change_not_zero or changes != (None, None)


def _interval(index: int, bounds: Bounds, quantity: Quantity, initial: int | None) -> Watch:
    start = initial or 0
    lows = (0, bounds.expected, bounds.expected_gte, _shifted(bounds.expected_change_gte, start))
    highs = (_UNBOUNDED, bounds.expected, bounds.expected_lte, _shifted(bounds.expected_change_lte, start))
    return Watch(
        index=index,
        quantity=quantity,
        initial=initial,
        low=max(low for low in lows if low is not None),
        high=min(high for high in highs if high is not None),
        excluded=initial if bounds.expected_change_not_zero else None,
        is_exact=bounds.expected is not None,
    )


def _shifted(change: int | None, start: int) -> int | None:
    return None if change is None else start + change
