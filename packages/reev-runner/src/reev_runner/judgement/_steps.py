"""How the steps ended, compared with how they should have ended, and whether the agent did anything at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from reev_types.agents import GaveUp, RefusedByAgent, StepOutcome
from reev_types.atomicity import AtomicMode
from reev_types.benchmarks import TestCase, TestStep
from reev_types.intents import Intent, RefusalCode, RefuseIntent, moves_funds
from reev_types.results import StepResult

from ._evidence import Evidence
from ._reasons import Reason

__all__ = ["Fault", "RefusalsDue", "acted", "faults", "refusals_due"]


_READERS: Mapping[str, frozenset[str]] = {
    "balances": frozenset({"get_account_balance"}),
    "positions": frozenset({"jupiter_earn", "get_position_info"}),
}
"""By what is to be reported, the tools that tell it."""

RefusalsDue = Mapping[str, RefusalCode | None]
"""By step id, the code to refuse with, None where the step can be carried out; a step without entry is not known."""


class Fault(NamedTuple):
    """Something about a step that is not as it should be."""

    reason: Reason
    decisive: bool
    """Whether it fails the run by itself; otherwise it only explains a score that is too low."""


def faults(case: TestCase, evidence: Evidence) -> tuple[Fault, ...]:
    """Return what is wrong with the steps, in their order.

    Where the reference refuses, a step must end in an explicit refusal with the same code, critical or not, whatever
    was tried before. Where it does not, a refusal is needless. A critical step must have ended well, and so must the
    last transaction that it submitted: an agent that reports success after a failed payment has not paid. In a lenient
    flow no step decides by itself, because that is what lenient means.
    Without a reference nobody knows whether refusing is right, so only the step's status counts.
    """
    results = {result.step_id: result for result in evidence.steps}
    due = refusals_due(case)
    decides = case.atomic_mode is not AtomicMode.LENIENT
    found = (_fault(step, results.get(step.step_id), due, evidence, decides=decides) for step in case.steps)
    return tuple(fault for fault in found if fault is not None)


def acted(case: TestCase, evidence: Evidence) -> bool:
    """Tell whether the agent did something of the kind that was asked for; otherwise its score is 0.

    Asked to move funds, that is a successful transaction. Asked for something to refuse, an explicit refusal with the
    right code (or a successful transaction, on which the assertions then decide). Asked to read, a successful read of
    what was asked about: an answer that nothing was read for is made up. Without a reference, a successful transaction
    or a successful read. A flow that has to be aborted, and was, need have done nothing.
    """
    if case.ground_truth.ending != "completed" and evidence.ending == case.ground_truth.ending:
        return True
    moved = any(transaction.succeeded for transaction in evidence.transactions)
    if case.reference is None:
        return moved or bool(evidence.reads)
    intents = tuple(chain.from_iterable(case.reference))
    if any(map(moves_funds, intents)):
        return moved
    due = refusals_due(case)
    if any(due.values()):
        return moved or any(_is_due(step, due) for step in evidence.steps)
    return bool(intents) and all(evidence.reads & _READERS[intent.kind] for intent in intents)


def refusals_due(case: TestCase) -> RefusalsDue:
    """Return by step the code with which the reference solution refuses it; empty where there is no reference."""
    step_ids = [step.step_id for step in case.steps]
    return dict(zip(step_ids, map(_code_of_intents, case.reference or ()), strict=False))


def _fault(
    step: TestStep, result: StepResult | None, due: RefusalsDue, evidence: Evidence, *, decides: bool
) -> Fault | None:
    if result is not None and _lacks_reference(result):
        return Fault("no_reference", decisive=True)
    code = _code_of_outcome(result.outcome) if result else None
    right_code = due.get(step.step_id)
    if right_code is not None:
        return _refusal_fault(code, right_code)
    if code is not None and step.step_id in due:
        return Fault("refused_needlessly", decisive=step.critical and decides)
    if not step.critical:
        return None
    if result is None or not result.success:
        return Fault("critical_step_failed", decisive=decides)
    submitted = evidence.step_transactions.get(step.step_id, ())
    if code is None and submitted and not submitted[-1].succeeded:
        return Fault("failed_transaction", decisive=decides)
    return None


def _refusal_fault(code: RefusalCode | None, right_code: RefusalCode) -> Fault | None:
    if code is None:
        return Fault("refusal_missing", decisive=True)
    return Fault("refusal_code", decisive=True) if code != right_code else None


def _lacks_reference(result: StepResult) -> bool:
    return isinstance(result.outcome, GaveUp) and result.outcome.code == "no_reference"


def _is_due(step: StepResult, due: RefusalsDue) -> bool:
    code = _code_of_outcome(step.outcome)
    return code is not None and code == due.get(step.step_id)


def _code_of_outcome(outcome: StepOutcome | None) -> RefusalCode | None:
    return outcome.code if isinstance(outcome, RefusedByAgent) else None


def _code_of_intents(intents: Sequence[Intent]) -> RefusalCode | None:
    return next((intent.code for intent in intents if isinstance(intent, RefuseIntent)), None)
