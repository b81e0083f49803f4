"""Agents by name, and how one is made for a trial."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from typing import Any

from reev_agent import DeterministicAgent
from reev_agent.adversaries import does_nothing, refuses
from reev_agent.telemetry import Telemetry
from reev_tools.wallet import ExecuteTransaction, Tool
from reev_types.agents import Agent
from reev_types.errors import UsageError
from reev_types.intents import Intent
from reev_types.models import ExchangeLog
from reev_types.times import Clock

from ._models import ModelOptions, SpokenFor, model_choice, model_families, replayed_choice
from ._repeat import repeats_agent, repeats_model
from ._visitors import GEN_TX, installed_agent, installed_agents, origin, recorded_name, remote_agent

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
    telemetry: Telemetry


@dataclass(frozen=True, slots=True)
class AgentChoice:
    """An agent that can be run: its name, what it needs, and how it is made for a trial."""

    name: str
    needs: str
    build: Callable[[AgentSetting], Agent]
    extra_tools: tuple[Tool[Any], ...] = ()
    """What it acts with beyond the standard tools."""
    repeat: tuple[str, ...] = ()
    """The arguments of the command line by which it does the same again; none where nothing makes it."""
    check: Callable[[str], None] = lambda benchmark_id: None
    """Raises UsageError where a trial of the benchmark could not begin, for what the user has to change."""


def _steady(name: str, needs: str, build: Callable[[AgentSetting], Agent]) -> AgentChoice:
    return AgentChoice(name, needs, build, repeat=repeats_agent(name))


AGENTS: tuple[AgentChoice, ...] = (
    _steady("deterministic", "a reference solution in the benchmark", lambda s: DeterministicAgent(s.reference)),
    _steady("does_nothing", "nothing; a sound benchmark fails it", lambda setting: does_nothing()),
    _steady("refuses", "nothing; passes only where refusing is right", lambda setting: refuses()),
)
"""Agents without a model."""


def known_agents() -> tuple[tuple[str, str], ...]:
    """Return every name or pattern that can be chosen, and what each needs."""
    own = {choice.name: choice.needs for choice in AGENTS} | dict(model_families())
    own[f"{GEN_TX}<url>"] = "an agent that answers POST /gen/tx at <url>"
    installed = {name: f"nothing; installed with {origin(point)}" for name, point in installed_agents().items()}
    return (*own.items(), *((name, needs) for name, needs in installed.items() if name not in own))


def choose_agent(agent: str | Agent, models: ModelOptions | None = None) -> AgentChoice:
    """Return the agent of a name, or wrap one that the caller made; cassettes that are replayed name their own.

    Raises UsageError: ``unknown_agent``, ``bad_agent_url``, and for models ``missing_key``, ``bad_model_url`` and those
    of cassettes.
    """
    if not isinstance(agent, str):
        return AgentChoice(agent.name, "", lambda setting: agent)
    options = models or ModelOptions()
    if options.replay is not None:
        found = replayed_choice(options.replay, options.sampling)
        return _speaking(found, found.name, options)
    for choice in AGENTS:
        if choice.name == agent:
            return choice
    spoken = model_choice(agent, options)
    if spoken is not None:
        return _speaking(spoken, agent, options)
    return _visitor(agent, options)


def _visitor(name: str, options: ModelOptions) -> AgentChoice:
    if name.startswith(GEN_TX):
        remote = remote_agent(name, options.environment)
        return AgentChoice(recorded_name(name), "", lambda setting: remote(setting.clock), (ExecuteTransaction(),))
    if name in installed_agents():
        installed = installed_agent(installed_agents()[name])
        return AgentChoice(name, "", lambda setting: installed())
    raise _unknown(name)


def _speaking(model: SpokenFor, name: str, options: ModelOptions) -> AgentChoice:
    return AgentChoice(
        model.name, "", partial(_spoken_for, model), repeat=repeats_model(name, options), check=model.check
    )


def _spoken_for(model: SpokenFor, setting: AgentSetting) -> Agent:
    return model.build(setting.benchmark_id, setting.seed, setting.clock, setting.log, setting.telemetry)


def _unknown(agent: str) -> UsageError:
    names = [name for name, _ in known_agents()]
    close = get_close_matches(agent, names, n=1)
    return UsageError(
        "unknown_agent",
        f"there is no agent {agent[:64]!r}; known are {', '.join(names)}",
        suggestions=(f"--agent {close[0] if close else names[0]}",),
    )
