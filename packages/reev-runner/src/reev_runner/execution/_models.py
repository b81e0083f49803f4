"""Language models as agents: chosen by name, recorded to cassettes, replayed from them."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reev_runner.system import SystemClock
from reev_types.agents import Agent, AgentLimits
from reev_types.errors import FilePlace, UsageError
from reev_types.models import ExchangeLog, Sampling
from reev_types.times import Clock

if TYPE_CHECKING:
    from reev_agent.models import ChatModel
    from reev_agent.telemetry import Telemetry

__all__ = ["ModelOptions", "SpokenFor", "model_choice", "model_families", "recorded_agent", "replayed_choice"]

OpenModel = Callable[[str, int, Clock], "ChatModel"]
"""Makes the model for a benchmark, a seed and a clock."""


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """How models are asked. ``record`` and ``replay`` are folders with a cassette for each benchmark.

    Real endpoints are out of reach under pytest and where ``REEV_OFFLINE`` is on in ``environment``.
    """

    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    sampling: Sampling = field(default_factory=Sampling)
    limits: AgentLimits = field(default_factory=AgentLimits)
    record: Path | None = None
    replay: Path | None = None


@dataclass(frozen=True, slots=True)
class SpokenFor:
    """A model under the name that its runs are recorded by."""

    name: str
    open_model: OpenModel
    sampling: Sampling
    check: Callable[[str], None] = lambda benchmark_id: None
    """Raises UsageError where a trial of a benchmark could not begin for want of a file, or for one too many."""

    def build(
        self, benchmark_id: str, seed: int, clock: Clock, log: ExchangeLog, telemetry: Telemetry | None = None
    ) -> Agent:
        """Return the agent for one trial. Raises UsageError, and ModelError ``network_denied``."""
        from reev_agent.loop import LlmAgent

        model = self.open_model(benchmark_id, seed, clock)
        return LlmAgent(model, clock, name=self.name, sampling=self.sampling, log=log, telemetry=telemetry)


def model_families() -> tuple[tuple[str, str], ...]:
    """Return the patterns of model names, and what each needs."""
    from reev_agent.providers import FAMILIES

    return tuple((family.name, family.needs) for family in FAMILIES)


def model_choice(name: str, options: ModelOptions) -> SpokenFor | None:
    """Return the model that ``name`` means, or None where it means none.

    Raises UsageError: ``missing_key``, ``bad_key``, ``bad_model_url``, ``bad_script``, those of reading a cassette,
    and ``mixed_cassettes`` for recording beside the cassettes of another agent.
    """
    from reev_agent.cassettes import RecordingModel
    from reev_agent.models import NetworkPolicy
    from reev_agent.providers import ReplaySpec, ScriptSpec, open_model, resolve_model

    try:
        spec = resolve_model(name, options.environment)
    except UsageError as error:
        if error.code == "unknown_model":
            return None
        raise
    policy = NetworkPolicy.from_environment(options.environment)
    if isinstance(spec, ReplaySpec | ScriptSpec):
        open_model(spec, SystemClock(), policy, 0)  # what is on file is read now, while nothing runs yet
    if options.record is not None:
        _agreed({spec.agent} | _agents(options.record), options.record)

    def opened(benchmark_id: str, seed: int, clock: Clock) -> ChatModel:
        model = open_model(spec, clock, policy, seed)
        if options.record is None:
            return model
        return RecordingModel(model, _cassette(options.record, benchmark_id), spec.agent)

    return SpokenFor(spec.agent, opened, options.sampling, partial(_check_unrecorded, options.record))


def _check_unrecorded(folder: Path | None, benchmark_id: str) -> None:
    if folder is None:
        return
    path = _cassette(folder, benchmark_id)
    if path.exists():
        hints = ("record into another folder, or delete it",)
        raise UsageError(
            "cassette_exists", "there is a cassette already", place=FilePlace(str(path)), suggestions=hints
        )


def replayed_choice(folder: Path, sampling: Sampling) -> SpokenFor:
    """Return the agent whose cassettes are in ``folder``, under the name that it was recorded by.

    Raises UsageError ``no_cassette`` for a folder without any, ``mixed_cassettes`` for one with those of several
    agents, and those of reading one.
    """
    from reev_agent.cassettes import Cassette, ReplayModel

    def opened(benchmark_id: str, seed: int, clock: Clock) -> ChatModel:
        return ReplayModel.read(_cassette(folder, benchmark_id))

    def check(benchmark_id: str) -> None:
        Cassette.read(_cassette(folder, benchmark_id))

    return SpokenFor(recorded_agent(folder), opened, sampling, check)


def recorded_agent(folder: Path) -> str:
    """Return the name of the agent whose cassettes are in ``folder``.

    Raises UsageError ``no_cassette`` for a folder without any, ``mixed_cassettes`` for one with those of several
    agents, and those of reading one.
    """
    agents = _agents(folder)
    if not agents:
        hints = ("record some with --record",)
        raise UsageError("no_cassette", "there is no cassette here", place=FilePlace(str(folder)), suggestions=hints)
    return _agreed(agents, folder)


def _agents(folder: Path) -> set[str]:
    from reev_agent.cassettes import Cassette

    return {Cassette.read(path).agent for path in sorted(folder.glob("*.jsonl"))} if folder.is_dir() else set()


def _agreed(agents: set[str], folder: Path) -> str:
    if len(agents) == 1:
        return next(iter(agents))
    told = f"conversations of several agents cannot share a folder: {', '.join(sorted(agents))}"
    hints = ("give each agent a folder of its own",)
    raise UsageError("mixed_cassettes", told, place=FilePlace(str(folder)), suggestions=hints)


def _cassette(folder: Path, benchmark_id: str) -> Path:
    return folder / f"{benchmark_id}.jsonl"
