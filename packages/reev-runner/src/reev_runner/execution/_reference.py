"""The reference solution, carried out for comparison: without faults, without recovery."""

from __future__ import annotations

from dataclasses import replace

from reev_agent import DeterministicAgent
from reev_runner.journal import Journal, fold_steps
from reev_runner.judgement import ReferenceRun, reference_run
from reev_types.atomicity import OnAbort
from reev_types.benchmarks import TestCase
from reev_types.contexts import PromptContext

from ._intents import intents_by_step
from ._play import Player, Scene
from ._sandbox import Sandboxes
from ._world import prepare_world

__all__ = ["References"]

_TASK = ("id", "market", "elapsed_s", "wallet", "accounts", "steps", "reference", "ground_truth", "atomic_mode")


class _Unread:
    """Renders nothing: who follows typed intents reads no prompt."""

    def render_step(self, prompt: str, context: PromptContext) -> str:
        return prompt


class References:
    """Runs reference solutions on sessions of their own; the newest is kept for runs that repeat its case and seed."""

    def __init__(self, sandboxes: Sandboxes, player: Player) -> None:
        self._sandboxes = sandboxes
        self._player = replace(player, renderer=_Unread())
        self._newest: tuple[TestCase, int, ReferenceRun | None] | None = None

    async def of(self, case: TestCase, seed: int) -> ReferenceRun | None:
        """Return what the reference solution does, or None where there is none."""
        newest = self._newest
        if newest is not None and newest[1] == seed and _is_same_task(newest[0], case):
            return newest[2]
        found = await self._run(_undisturbed(case), seed)
        self._newest = (case, seed, found)
        return found

    async def _run(self, case: TestCase, seed: int) -> ReferenceRun | None:
        sandbox = self._sandboxes(case.market)
        world = await prepare_world(case, sandbox, seed)
        intents = intents_by_step(case, world.addresses)
        if intents is None:
            return None
        scene = Scene(
            case=case,
            world=world,
            agent=DeterministicAgent(intents),
            journal=Journal(self._player.clock),
            seed=seed,
            intents=intents,
            prices_usd=sandbox.market.prices,
        )
        played = await self._player.play(scene)
        steps = fold_steps(played.journal.events)
        return reference_run(
            world.wallet,
            [submission.outcome for submission in played.chain.submissions],
            tuple(step.outcome for step in steps if step.outcome is not None),
            passed_through=all(step.success for step in steps),
        )


def _undisturbed(case: TestCase) -> TestCase:
    if not case.faults and case.recovery is None and case.on_abort is OnAbort.LEAVE:
        return case
    return case.model_copy(update={"faults": (), "recovery": None, "on_abort": OnAbort.LEAVE})


def _is_same_task(one: TestCase, other: TestCase) -> bool:
    """Tell whether two cases differ in nothing that a reference run depends on; equal parts are the same objects."""
    return one is other or all(getattr(one, name) is getattr(other, name) for name in _TASK)
