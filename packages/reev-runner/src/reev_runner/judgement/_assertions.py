"""Every assertion against the final state, with expected and actual in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import floor
from typing import NamedTuple

from reev_types.amounts import format_ui
from reev_types.assertions import AnswerStates, Assertion, LiquidityRatio
from reev_types.benchmarks import TestCase
from reev_types.results import AssertionVerdict, StepResult

from ._answers import Statement, fact_raw, last_answer, shorten, states
from ._bounds import Aspect
from ._evidence import Evidence
from ._readings import Reading, Whole, read
from ._subjects import address_of
from ._units import Unit, plain, unit_of
from ._worth import Unknown, worth

__all__ = ["verdict", "verdicts"]

_NO_BOUND = Unknown("the assertion gives no bound")
_NO_VALUE = Unknown("the wallet is worth nothing")


class _Finding(NamedTuple):
    subject: str
    expected: str
    actual: str
    met: bool | None
    note: str = ""


def verdicts(case: TestCase, evidence: Evidence) -> tuple[AssertionVerdict, ...]:
    """Return a verdict on each assertion, in the order of the benchmark.

    Raises BenchmarkError ``unknown_account``.
    """
    return tuple(verdict(assertion, case, evidence) for assertion in case.ground_truth.assertions)


def verdict(assertion: Assertion, case: TestCase, evidence: Evidence) -> AssertionVerdict:
    """Return whether one assertion holds; ``met`` is None with a ``note`` where that cannot be told.

    Raises BenchmarkError ``unknown_account``.
    """
    if assertion.after_step is None:
        finding = _finding(assertion, case, evidence)
    else:
        finding = _after(assertion.after_step, assertion, case, evidence)
    return AssertionVerdict(type=assertion.type, weight=plain(assertion.weight), **finding._asdict())


def _finding(assertion: Assertion, case: TestCase, evidence: Evidence) -> _Finding:
    if isinstance(assertion, LiquidityRatio):
        return _liquidity(assertion, evidence)
    if isinstance(assertion, AnswerStates):
        return _answered(assertion, evidence)
    return _weigh(read(assertion, case, evidence))


def _after(step_id: str, assertion: Assertion, case: TestCase, evidence: Evidence) -> _Finding:
    moment = evidence.after_steps.get(step_id)
    if moment is None:
        finding = _finding(assertion, case, evidence)._replace(actual=f"{step_id} did not run", met=False, note="")
    else:
        steps = _up_to(step_id, evidence.steps)
        then = replace(evidence, after=moment.state, valuation=moment.valuation, steps=steps)
        finding = _finding(assertion, case, then)
    return finding._replace(subject=f"{finding.subject} after {step_id}")


def _up_to(step_id: str, steps: Sequence[StepResult]) -> tuple[StepResult, ...]:
    last = max((index for index, step in enumerate(steps) if step.step_id == step_id), default=-1)
    return tuple(steps[: last + 1])


def _weigh(reading: Reading) -> _Finding:
    expected = " and ".join(clause.text(reading.unit) for clause in reading.demands)
    if not reading.demands:
        return _undecided(reading.subject, expected, _NO_BOUND)
    readings = {"value": reading.after, "change": _change(reading)}
    known: dict[Aspect, int] = {}
    for clause in reading.demands:
        whole = readings[clause.of]
        if isinstance(whole, Unknown):
            return _undecided(reading.subject, expected, whole)
        known[clause.of] = whole
    met = all(clause.holds(known[clause.of]) for clause in reading.demands)
    return _Finding(reading.subject, expected, _actual(known, reading.unit), met)


def _change(reading: Reading) -> Whole:
    if isinstance(reading.after, Unknown):
        return reading.after
    if isinstance(reading.before, Unknown):
        return Unknown(f"at the start: {reading.before.note}")
    return reading.after - reading.before


def _actual(known: Mapping[Aspect, int], unit: Unit) -> str:
    texts = [unit.text(known["value"])] if "value" in known else []
    texts += [f"change {unit.signed(known['change'])}"] if "change" in known else []
    return ", ".join(texts)


def _liquidity(assertion: LiquidityRatio, evidence: Evidence) -> _Finding:
    subject = f"stable share of {assertion.pubkey}"
    low, high = assertion.expected_gte, assertion.expected_lte
    bounds = (("≥", low), ("≤", high))
    expected = " and ".join(f"{relation} {plain(bound)}" for relation, bound in bounds if bound is not None)
    value = worth(address_of(assertion.pubkey, evidence.addresses), evidence.after, evidence.valuation)
    if isinstance(value, Unknown):
        return _undecided(subject, expected, value)
    if not expected or value.total == 0:
        return _undecided(subject, expected, _NO_VALUE if expected else _NO_BOUND)
    ratio = value.stable / value.total
    met = (low is None or ratio >= Fraction(low)) and (high is None or ratio <= Fraction(high))
    # Shown rounded down: a ratio just short of its bound must not look as if it met it.
    return _Finding(subject, expected, format_ui(floor(ratio * 10**6), 6), met)


def _answered(assertion: AnswerStates, evidence: Evidence) -> _Finding:
    unit = unit_of(assertion.mint)
    subject = f"answer about {unit.symbol} {assertion.fact} by {assertion.pubkey}"
    raw = fact_raw(assertion, address_of(assertion.pubkey, evidence.addresses), evidence.valuation)
    if isinstance(raw, Unknown):
        return _undecided(subject, "", raw)
    answer = last_answer(evidence)
    shown = f"“{shorten(answer, 80)}”" if answer else "no answer"
    due = Statement(assertion.fact, raw, unit.symbol, unit.decimals)
    return _Finding(subject, f"states {unit.text(raw)}", shown, states(answer, due))


def _undecided(subject: str, expected: str, why: Unknown) -> _Finding:
    return _Finding(subject, expected, actual="unknown", met=None, note=why.note)
