"""What becomes of a flow that was aborted: left as it is, rolled back, or undone step by step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import assert_never

from reev_agent import DeterministicAgent
from reev_orchestrator.language import clause_of
from reev_orchestrator.recovery import RecoveryEngine
from reev_types.atomicity import OnAbort
from reev_types.benchmarks import TestStep
from reev_types.chain import Checkpoint, SandboxChain
from reev_types.errors import BackendError, UserError
from reev_types.events import StepEnded
from reev_types.intents import Intent
from reev_types.recovery_events import RolledBack, StepCompensated

from ._attempts import Ended, StepAttempts
from ._context import Progress, prompt_context
from ._inverse import Inverse, inverse_of, within_means
from ._memory import DoneCall
from ._progress import FlowProgress, Interrupted
from ._recovering import carried_through
from ._stage import Stage

__all__ = ["Undoing"]


@dataclass(frozen=True, slots=True)
class Undoing:
    """What is to be done with an aborted flow; ``checkpoint`` is where it began, needed for a rollback alone."""

    on_abort: OnAbort
    chain: SandboxChain
    """The true chain, without faults."""
    checkpoint: Checkpoint | None = None

    async def undo(self, stage: Stage, engine: RecoveryEngine | None, progress: FlowProgress) -> None:
        """Do it; what happened is in the journal. Raises BackendError."""
        match self.on_abort:
            case OnAbort.LEAVE:
                return
            case OnAbort.ROLLBACK:
                await self._roll_back(stage)
            case OnAbort.COMPENSATE:
                await _Compensation(stage, engine, progress).run()
            case _:
                assert_never(self.on_abort)

    async def _roll_back(self, stage: Stage) -> None:
        if self.checkpoint is None:
            return
        await self.chain.rewind(self.checkpoint)
        stage.tools.forget_submissions()
        now = await self.chain.state_hash()
        stage.journal.append(RolledBack(hash_before_flow=self.checkpoint.state_hash, hash_now=now))


@dataclass(frozen=True, slots=True)
class _Compensation:
    """Undoes what a flow has done by steps of their own, the newest first. No model is asked: the intents are typed."""

    stage: Stage
    engine: RecoveryEngine | None
    progress: FlowProgress

    async def run(self) -> None:
        stage = replace(self.stage, agent=DeterministicAgent(self.stage.intents, "compensation"))
        for step_id, number, done in islice(self._newest_first(), self.progress.compensated, None):
            name = f"undo_{step_id}" if number == 0 else f"undo_{step_id}_{number + 1}"
            await self._undo(stage, step_id, name, inverse_of(done, stage.world.wallet))

    def _newest_first(self) -> Iterator[tuple[str, int, DoneCall]]:
        for step in reversed(self.stage.case.steps):
            memory = self.progress.memories.get(step.step_id)
            for number, done in reversed(list(enumerate(memory.done if memory else ()))):
                yield step.step_id, number, done

    async def _undo(self, stage: Stage, step_id: str, name: str, inverse: Inverse) -> None:
        if inverse.intent is None:
            stage.journal.append(StepCompensated(step_id=step_id, by_step=None, reason=inverse.reason))
            return
        interrupted = self.progress.take_interrupted(name)
        intent = await self._affordable(stage, name, inverse.intent)
        attempts = self._attempts(stage, name, intent, interrupted)
        if name in self.progress.ended:
            reason = self.progress.failed.get(name, "")
        else:
            reason = await self._carry_out(stage, attempts, intent, step_id, interrupted)
        returned = _gained(attempts, stage.world.wallet)
        stage.journal.append(
            StepCompensated(
                step_id=step_id,
                by_step=name,
                reason=reason,
                cost_lamports=attempts.fees_lamports,
                not_returned_raw={
                    mint: raw - returned.get(mint, 0)
                    for mint, raw in inverse.spent_raw.items()
                    if raw > returned.get(mint, 0)
                },
            )
        )

    async def _affordable(self, stage: Stage, name: str, intent: Intent) -> Intent:
        """Return what is to be done of ``intent``; what has landed of it already stays as it was asked for."""
        if name in self.progress.ended or self.progress.memory_of(name).done:
            return intent
        try:
            context = await prompt_context(
                stage.world, self._place(stage), stage.prices_usd, stage.sol_reserve_lamports
            )
            return within_means(intent, context)
        except (UserError, BackendError):
            return intent  # the attempt will say what is wrong

    @staticmethod
    def _place(stage: Stage) -> Progress:
        count = len(stage.case.steps)
        return Progress(count - 1, count, stage.case.atomic_mode, ())

    def _attempts(self, stage: Stage, name: str, intent: Intent, interrupted: Interrupted | None) -> StepAttempts:
        clause = clause_of(intent)
        step = TestStep(step_id=name, description=clause, prompt=clause[:1].upper() + clause[1:], intent=intent)
        stage.intents[name] = (intent,)
        return StepAttempts(
            stage,
            step,
            self._place(stage),
            memory=self.progress.memory_of(name),
            made=interrupted.attempts if interrupted else 0,
            failure=interrupted.failure if interrupted else None,
        )

    async def _carry_out(
        self, stage: Stage, attempts: StepAttempts, intent: Intent, undoes: str, interrupted: Interrupted | None
    ) -> str:
        """Carry out what undoes a call, and return why that failed, if it did."""
        step = attempts.step
        with stage.telemetry.step(stage.case.id, step) as span:
            ended = await carried_through(self.engine, attempts, intent, interrupted)
            await stage.tools.settle(stage.time, attempts.memory)
            if _has_landed(attempts):
                ended = Ended("succeeded", outcome=ended.outcome)
            stage.journal.append(
                StepEnded(
                    step_id=step.step_id,
                    critical=False,
                    status=ended.status,
                    reason=ended.reason,
                    outcome=ended.outcome,
                    undoes=undoes,
                )
            )
            span.ended(ended.status, ended.reason)
        return ended.reason


def _has_landed(attempts: StepAttempts) -> bool:
    """Tell whether the step's one call has done its work, whatever its last attempt heard of that."""
    return any(done.part_id == attempts.step.step_id for done in attempts.memory.done)


def _gained(attempts: StepAttempts, wallet: str) -> dict[str, int]:
    gained: dict[str, int] = {}
    for change in attempts.memory.changes(wallet):
        gained[change.mint] = gained.get(change.mint, 0) + change.change_raw
    return gained
