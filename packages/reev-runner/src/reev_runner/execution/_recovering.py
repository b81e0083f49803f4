"""A step carried through: attempted, recovered where it fails, and gone on with after an interruption."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, assert_never

from reev_orchestrator.recovery import (
    DeadlineReached,
    Decided,
    Exhausted,
    FailedStep,
    Recovered,
    Recovery,
    RecoveryEngine,
)
from reev_types.benchmarks import TestStep
from reev_types.intents import Intent
from reev_types.recovery import StepFailure, StepPart
from reev_types.recovery_events import RecoveryDecided, RecoveryEnded

from ._attempts import Ended, StepAttempts
from ._progress import Interrupted

__all__ = ["ABORTED_BY_PERSON", "carried_through"]


ABORTED_BY_PERSON = "aborted_by_person"
"""The reason of a step with which a person ended the flow, whatever its mode."""
_DEADLINE = "recovery_deadline"


async def carried_through(
    engine: RecoveryEngine | None, attempts: StepAttempts, intent: Intent | None, interrupted: Interrupted | None = None
) -> Ended:
    """Attempt a step, recover it where that fails, and return how it ended; ``interrupted`` is where it goes on.

    ``intent`` is what the step asks for in typed form, where that is known. Raises BackendError.
    """
    if interrupted is None:
        return await _attempted(engine, attempts, intent)
    if interrupted.chosen is not None:
        return _chosen(interrupted.chosen)
    if interrupted.recovered is not None:
        return _as_recorded(interrupted.recovered, interrupted.failure)
    if interrupted.parts:
        return await _parts_again(attempts, interrupted.parts)
    if interrupted.is_between_attempts and engine is not None:
        return await _recovered(engine, attempts, intent, interrupted.failure)
    return await _attempted(engine, attempts, intent)


async def _attempted(engine: RecoveryEngine | None, attempts: StepAttempts, intent: Intent | None) -> Ended:
    ended = await attempts.whole()
    if engine is None or attempts.failure is None or ended.status == "succeeded":
        return ended
    return await _recovered(engine, attempts, intent, attempts.failure)


async def _recovered(
    engine: RecoveryEngine, attempts: StepAttempts, intent: Intent | None, failure: StepFailure
) -> Ended:
    ended = _ending(await engine.recover(_failed(attempts.step, intent), failure, attempts), attempts)
    if ended.status == "failed" and ended.reason == attempts.ended.reason and attempts.has_landed_unheard:
        # It broke off at the very last, and the chain says that it is done: asked again, memory answers.
        return await attempts.whole()
    return ended


async def _parts_again(attempts: StepAttempts, parts: Sequence[StepPart]) -> Ended:
    """Finish the alternative that was under way; past it, nobody knows what of the step is still to be done."""
    for part in parts:
        await attempts.attempt(part)
        if attempts.ended.status != "succeeded":
            break
    return attempts.ended


def _chosen(decided: RecoveryDecided) -> Ended:
    choice: Literal["skip", "abort"] = "skip" if decided.decision == "skip" else "abort"
    return _decided(choice, decided.reason, Ended("failed"))


def _as_recorded(ended: RecoveryEnded, failure: StepFailure) -> Ended:
    if ended.outcome == "recovered":
        return Ended("succeeded")
    return Ended("failed", _DEADLINE if ended.outcome == "deadline" else failure.code, message=failure.message)


def _failed(step: TestStep, intent: Intent | None) -> FailedStep:
    return FailedStep(step_id=step.step_id, description=step.description or step.prompt, intent=intent)


def _ending(recovery: Recovery, attempts: StepAttempts) -> Ended:
    last = attempts.ended
    match recovery:
        case Recovered():
            return Ended("succeeded", outcome=last.outcome)
        case Exhausted(failure=failure):
            return Ended("failed", failure.code, last.outcome, failure.message)
        case Decided(choice=choice, by=by):
            return _decided(choice, by, last)
        case DeadlineReached():
            return Ended("failed", _DEADLINE, last.outcome)
        case _:
            assert_never(recovery)


def _decided(choice: Literal["skip", "abort"], by: str, last: Ended) -> Ended:
    if choice == "skip":
        return Ended("skipped", f"skipped_by_{by}")
    # A default is nobody's decision, and no reason to end a flow whose mode would go on.
    return Ended("failed", ABORTED_BY_PERSON if by == "person" else "aborted_by_default", last.outcome)
