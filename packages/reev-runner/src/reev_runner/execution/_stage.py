"""Everything that the steps of one run share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from reev_runner.journal import Journal
from reev_runner.judgement import RefusalsDue
from reev_runner.telemetry import SILENT, RunTelemetry
from reev_types.agents import Agent, AgentLimits, PromptRenderer
from reev_types.benchmarks import TestCase
from reev_types.intents import Intent
from reev_types.times import Timekeeper

from ._recorded_tools import RecordedTools
from ._world import PreparedWorld

__all__ = ["Stage", "StrikesAttempts"]


class StrikesAttempts(Protocol):
    """Faults that are told which attempt they may strike."""

    def at(self, step_id: str, attempt: int, *, sent: int = 0) -> None:
        """Strike this attempt from now on; ``sent`` is how much of it was sent before an interruption."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What steps are carried out with."""

    case: TestCase
    world: PreparedWorld
    """As the agent and its prompts see it, faults included."""
    agent: Agent
    tools: RecordedTools
    journal: Journal
    renderer: PromptRenderer
    time: Timekeeper
    sol_reserve_lamports: int
    prices_usd: Mapping[str, Decimal]
    """The market's prices, by mint."""
    refusals_due: RefusalsDue
    """By step, the code with which refusing it is right."""
    limits: AgentLimits = field(default_factory=AgentLimits)
    """What a step may use up; a step's own timeout takes the place of theirs."""
    telemetry: RunTelemetry = SILENT
    intents: dict[str, tuple[Intent, ...]] = field(default_factory=dict)
    """By step or part, what the deterministic agent carries out; rewritten parts are added."""
    faults: StrikesAttempts | None = None
    survives: bool = False
    """Whether a world that does not answer fails the attempt, for recovery to mend, and not the run."""
