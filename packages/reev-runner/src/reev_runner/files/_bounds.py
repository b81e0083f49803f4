"""The bounds of an assertion, with the shorthands of the original's documents written out."""

from __future__ import annotations

from typing import Any, assert_never

from ._assertion_models import (
    AnswerItem,
    AssertionItem,
    BalanceItem,
    PoolsItem,
    PositionItem,
    RatioItem,
    TokenItem,
    WalletItem,
)

__all__ = ["bounds_of"]


def bounds_of(item: AssertionItem) -> dict[str, Any]:
    """Return the bounds that are given, by their names in ``reev_types.assertions``.

    ``expected_approx`` means one per cent either way, and ``condition: greater_than_zero`` at least one raw unit.
    """
    match item:
        case WalletItem() | TokenItem() | PositionItem():
            found = _balance_bounds(item)
        case RatioItem():
            found = {"expected_gte": item.expected_gte, "expected_lte": item.expected_lte}
        case PoolsItem():
            found = {"min_pools": item.min_pools, "max_pools": item.max_pools}
        case AnswerItem():
            found = {"fact": item.fact}
        case _:
            assert_never(item)
    return {name: bound for name, bound in found.items() if bound is not None and bound is not False}


def _balance_bounds(item: BalanceItem) -> dict[str, Any]:
    least = [item.expected_gte] if item.expected_gte is not None else []
    most = [item.expected_lte] if item.expected_lte is not None else []
    if item.condition == "greater_than_zero":
        least.append(1)
    if item.expected_approx is not None:
        # Inward to whole units, so that nothing beyond one per cent passes.
        least.append(-(-item.expected_approx * 99 // 100))
        most.append(item.expected_approx * 101 // 100)
    return {
        "expected": item.expected,
        "expected_gte": max(least, default=None),
        "expected_lte": min(most, default=None),
        "expected_change_gte": item.expected_change_gte,
        "expected_change_lte": item.expected_change_lte,
        "expected_change_not_zero": item.expected_change_not_zero,
    }
