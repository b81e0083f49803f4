"""Agents by name, and how one is made for a trial."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial

from reev_agent import DeterministicAgent
from reev_agent.adversaries import does_nothing, refuses
from reev_types.agents import Agent
from reev_types.errors import UsageError
from reev_types.intents import Intent
from reev_types.models import ExchangeLog
from reev_types.times import Clock

from ._models import ModelOptions, SpokenFor, model_choice, model_families, replayed_choice

__all__ = ["AGENTS", "AgentChoice", "AgentSetting", "choose_agent", "known_agents"]

Reference = Mapping[str, Sequence[Intent]]


@dataclass(frozen=True, slots=True)
class AgentSetting:
    """What an agent is made with for one trial.

    ``reference`` is the reference solution by step id, empty where there is none; only the oracle looks at it.
    """

    benchmark_id: str
    reference: Reference
    seed: int
    clock: Clock
    log: ExchangeLog


@dataclass(frozen=True, slots=True)
class AgentChoice:
    """An agent that can be run: its name, what it needs, and how it is made for a trial."""

    name: str
    needs: str
    build: Callable[[AgentSetting], Agent]


AGENTS: tuple[AgentChoice, ...] = (
    AgentChoice(
        "deterministic", "a reference solution in the benchmark", lambda setting: DeterministicAgent(setting.reference)
    ),
    AgentChoice("does_nothing", "nothing; a sound benchmark fails it", lambda setting: does_nothing()),
    AgentChoice("refuses", "nothing; passes only where refusing is right", lambda setting: refuses()),
)
"""Agents without a model."""


def known_agents() -> tuple[tuple[str, str], ...]:
    """Return every name or pattern that can be chosen, and what each needs."""
    return (*((choice.name, choice.needs) for choice in AGENTS), *model_families())


def choose_agent(agent: str | Agent, models: ModelOptions | None = None) -> AgentChoice:
    """Return the agent of a name, or wrap one that the caller made; cassettes that are replayed name their own.

    Raises UsageError: ``unknown_agent``, and for models ``missing_key``, ``bad_model_url`` and those of cassettes.
    """
    if not isinstance(agent, str):
        return AgentChoice(agent.name, "", lambda setting: agent)
    options = models or ModelOptions()
    if options.replay is not None:
        found = replayed_choice(options.replay, options.sampling)
        return AgentChoice(found.name, "", partial(_spoken_for, found))
    for choice in AGENTS:
        if choice.name == agent:
            return choice
    spoken = model_choice(agent, options)
    if spoken is not None:
        return AgentChoice(spoken.name, "", partial(_spoken_for, spoken))
    raise _unknown(agent)


def _spoken_for(model: SpokenFor, setting: AgentSetting) -> Agent:
    return model.build(setting.benchmark_id, setting.seed, setting.clock, setting.log)


def _unknown(agent: str) -> UsageError:
    names = [name for name, _ in known_agents()]
    close = get_close_matches(agent, names, n=1)
    return UsageError(
        "unknown_agent",
        f"there is no agent {agent[:64]!r}; known are {', '.join(names)}",
        suggestions=(f"--agent {close[0] if close else names[0]}",),
    )
