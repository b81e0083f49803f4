"""Rules about bounds that exclude, repeat or never demand anything."""

from __future__ import annotations

from collections.abc import Iterator

from reev_types.benchmarks import TestCase
from reev_types.intents import moves_funds

from ._finding import CaseRule, Remark
from ._quantities import Quantity
from ._watches import Watch, location_of, there_and_back, watches

__all__ = ["RULES"]

_KEEP_ONE = "no run can meet them together; keep what is meant"


def _by_quantity(case: TestCase) -> Iterator[tuple[Quantity, list[Watch]]]:
    groups: dict[Quantity, list[Watch]] = {}
    for watch in watches(case):
        groups.setdefault(watch.quantity, []).append(watch)
    yield from groups.items()


def _exclude(first: Watch, second: Watch) -> bool:
    low, high = max(first.low, second.low), min(first.high, second.high)
    return low > high or (low == high and low in (first.excluded, second.excluded))


def _contradictory(case: TestCase) -> Iterator[Remark]:
    """Compare pairs, which says most; where no pair is at odds, all together can still leave no value."""
    for quantity, group in _by_quantity(case):
        remarks = list(_rivals(quantity, group))
        yield from remarks or _exhausted(quantity, group)


def _rivals(quantity: Quantity, group: list[Watch]) -> Iterator[Remark]:
    for position, watch in enumerate(group):
        rival = next((other for other in group[: position + 1] if _exclude(other, watch)), None)
        if rival is watch:
            message = f"the {quantity} cannot be {watch.words}: no value is within these bounds"
        elif rival is not None:
            message = f"the {quantity} cannot be {watch.words} and, as {rival.name} wants, {rival.words}"
        else:
            continue
        yield Remark(location_of(watch.index), message, _KEEP_ONE)


def _exhausted(quantity: Quantity, group: list[Watch]) -> Iterator[Remark]:
    """Intersect the intervals of a group without rivals: only a single value is small enough to be excluded."""
    low, high = _common(group)
    if low != high or all(low != watch.excluded for watch in group):
        return
    at_odds = [watch for watch in group if low in (watch.low, watch.high, watch.excluded)]
    *names, last = [watch.name for watch in at_odds]
    left = f"{quantity.shown(low)} alone is left, and excluded"
    message = f"no {quantity} meets {', '.join(names)} and {last}: {left}"
    yield Remark(location_of(at_odds[-1].index), message, _KEEP_ONE)


def _common(group: list[Watch]) -> tuple[int, int]:
    return max(watch.low for watch in group), min(watch.high for watch in group)


def _single_point(case: TestCase) -> Iterator[Remark]:
    for quantity, group in _by_quantity(case):
        low, high = _common(group)
        if low == high and not any(watch.is_exact or low == watch.excluded for watch in group):
            last = next(watch for watch in group if high == watch.high)
            names = " and ".join(watch.name for watch in group if low == watch.low or high == watch.high)
            message = f"{names} admit one {quantity} only: {quantity.shown(low)}"
            yield Remark(location_of(last.index), message, "write expected if it is meant, else widen a bound")


def _redundant(case: TestCase) -> Iterator[Remark]:
    for quantity, group in _by_quantity(case):
        for watch in group:
            stricter = next((other for other in group if other is not watch and _implies(other, watch)), None)
            if stricter is not None:
                message = f"{stricter.name} on the {quantity} implies this one ({watch.words})"
                yield Remark(location_of(watch.index), message, "whoever meets that one earns the weight of both")


def _implies(strict: Watch, loose: Watch) -> bool:
    if strict.low > strict.high or not (loose.low <= strict.low and strict.high <= loose.high):
        return False
    if loose.excluded is not None and strict.admits(loose.excluded):
        return False
    # Of two equal ones, the later is redundant.
    return _demand(strict) != _demand(loose) or strict.index < loose.index


def _demand(watch: Watch) -> tuple[int, int, int | None]:
    return watch.low, watch.high, watch.excluded


def _met_by_nothing(case: TestCase) -> Iterator[Remark]:
    if _is_read_only(case):
        return
    returning = there_and_back(case)
    for watch in watches(case):
        if watch.initial is not None and watch.admits(watch.initial) and watch.index not in returning:
            first = watch.quantity.shown(watch.initial)
            message = f"the {watch.quantity} is {first} before anything is done, and so '{watch.words}' holds already"
            yield Remark(location_of(watch.index), message, "bound it on the side to which the task moves it")


def _is_read_only(case: TestCase) -> bool:
    """Tell whether the right solution leaves the chain alone, so that its assertions hold from the start."""
    intents = [intent for step in case.reference or () for intent in step]
    return bool(intents) and not any(moves_funds(intent) for intent in intents)


RULES = (
    CaseRule(
        "contradictory-assertions",
        "error",
        "assertions on one quantity that no value can meet together",
        _contradictory,
    ),
    CaseRule("single-point", "warning", "inequalities that admit exactly one value", _single_point),
    CaseRule("redundant-bound", "info", "an assertion that another one implies", _redundant),
    CaseRule("met-by-doing-nothing", "warning", "an assertion that the initial state meets", _met_by_nothing),
)
