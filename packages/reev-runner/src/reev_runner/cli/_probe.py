"""Runs a benchmark for the linter: with its own solution, and with an agent that does nothing."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reev_runner.execution import TrialRunner
    from reev_runner.lint import ProbeReport
    from reev_types.benchmarks import TestCase
    from reev_types.results import AssertionVerdict

__all__ = ["Prober"]


class Prober:
    """Implements ``reev_runner.lint.Probe`` on one VM, made when the first file needs it."""

    def __call__(self, case: TestCase) -> ProbeReport:
        """Return which assertions the reference fails, and which hold although nothing was done.

        A case without a reference is not run. Where the reference moves no funds, such as where refusing is right,
        an unchanged state is what is asked for, so nothing is said about doing nothing.
        """
        from reev_runner.lint import ProbeReport
        from reev_types.intents import moves_funds

        if case.reference is None:
            return ProbeReport()
        solved = self._verdicts(case, "deterministic")
        moving = any(moves_funds(intent) for intents in case.reference for intent in intents)
        idle = self._verdicts(case, "does_nothing") if moving else ()
        return ProbeReport(
            reference_failed=tuple(index for index, verdict in enumerate(solved) if verdict.met is False),
            met_by_nothing=tuple(index for index, verdict in enumerate(idle) if verdict.met),
        )

    def _verdicts(self, case: TestCase, agent: str) -> tuple[AssertionVerdict, ...]:
        import asyncio

        from reev_runner.execution import choose_agent
        from reev_runner.journal import fold

        result = fold(asyncio.run(self._runner.run(case, choose_agent(agent), seed=0)))
        return result.judgement.assertions if result.judgement else ()

    @cached_property
    def _runner(self) -> TrialRunner:
        from reev_orchestrator import TemplateRenderer
        from reev_runner.execution import TrialRunner
        from reev_runner.system import SystemClock
        from reev_tools.chain import Vm, World

        return TrialRunner(Vm(World.genesis()), SystemClock(), TemplateRenderer())
