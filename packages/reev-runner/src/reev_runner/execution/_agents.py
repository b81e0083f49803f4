"""Agents by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from reev_agent import DeterministicAgent
from reev_agent.adversaries import does_nothing, refuses
from reev_types.agents import Agent
from reev_types.errors import UsageError
from reev_types.intents import Intent

__all__ = ["AGENTS", "AgentChoice", "choose_agent"]

Reference = Mapping[str, Sequence[Intent]]


@dataclass(frozen=True, slots=True)
class AgentChoice:
    """An agent that can be run: its name, what it needs, and how it is made for a trial.

    ``build`` is handed the reference solution by step id, empty where there is none; only the oracle looks at it.
    """

    name: str
    needs: str
    build: Callable[[Reference], Agent]


AGENTS: tuple[AgentChoice, ...] = (
    AgentChoice("deterministic", "a reference solution in the benchmark", DeterministicAgent),
    AgentChoice("does_nothing", "nothing; a sound benchmark fails it", lambda reference: does_nothing()),
    AgentChoice("refuses", "nothing; passes only where refusing is right", lambda reference: refuses()),
)


def choose_agent(agent: str | Agent) -> AgentChoice:
    """Return the agent of a name, or wrap one that the caller made; raises UsageError ``unknown_agent``."""
    if not isinstance(agent, str):
        return AgentChoice(agent.name, "", lambda reference: agent)
    for choice in AGENTS:
        if choice.name == agent:
            return choice
    names = [choice.name for choice in AGENTS]
    close = get_close_matches(agent, names, n=1)
    raise UsageError(
        "unknown_agent",
        f"there is no agent {agent[:64]!r}; known are {', '.join(names)}",
        suggestions=(f"--agent {close[0] if close else names[0]}",),
    )
