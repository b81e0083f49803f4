"""Rules about recovery: endings that cannot come, and faults that cannot strike."""

from __future__ import annotations

from collections.abc import Iterator

from reev_types.atomicity import OnAbort
from reev_types.benchmarks import TestCase
from reev_types.recovery import RecoveryConfig

from ._finding import TRUTH, CaseRule, Remark

__all__ = ["RULES"]

_NEEDED = {"aborted": OnAbort.LEAVE, "rolled_back": OnAbort.ROLLBACK, "compensated": OnAbort.COMPENSATE}


def _unreachable_ending(case: TestCase) -> Iterator[Remark]:
    ending = case.ground_truth.ending
    needed = _NEEDED.get(ending, case.on_abort)
    if needed != case.on_abort:
        message = f"no flow ends {ending} whose on_abort is {case.on_abort}"
        yield Remark((TRUTH, "ending"), message, f"write on_abort: {needed}")


def _idle_fault(case: TestCase) -> Iterator[Remark]:
    if case.recovery is None or _attempts_again(case.recovery):
        return
    for index, fault in enumerate(case.faults):
        if fault.attempts and min(fault.attempts) > 1:
            message = f"no step has an attempt {min(fault.attempts)}: recovery makes none after the first"
            yield Remark(("faults", index, "attempts"), message, "write attempts: [1], or let recovery try again")


def _attempts_again(recovery: RecoveryConfig) -> bool:
    retries = recovery.enable_retry and recovery.retry_attempts > 0
    return retries or recovery.enable_alternative_flows or recovery.enable_user_fulfillment


RULES = (
    CaseRule("unreachable-ending", "error", "an ending that on_abort leaves no way to", _unreachable_ending),
    CaseRule("idle-fault", "warning", "a fault of attempts that are never made", _idle_fault),
)
