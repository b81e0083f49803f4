"""Agents that are not reev's own: behind an HTTP address, or brought by another distribution."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import cast
from urllib.parse import urlsplit

from reev_types.agents import Agent
from reev_types.errors import UsageError
from reev_types.times import Clock

__all__ = ["ENTRY_POINTS", "GEN_TX", "installed_agent", "installed_agents", "origin", "recorded_name", "remote_agent"]

ENTRY_POINTS = "reev.agents"
"""The group of entry points: a name, and something that makes an ``Agent`` when it is called without arguments."""
GEN_TX = "gen-tx:"


def remote_agent(name: str, environment: Mapping[str, str]) -> Callable[[Clock], Agent]:
    """Return what makes the agent behind the address in ``gen-tx:<url>``; raises UsageError ``bad_agent_url``."""
    from reev_agent.foreign import GenTxAgent, checked_url
    from reev_agent.models import NetworkPolicy

    url = checked_url(name.removeprefix(GEN_TX))
    policy = NetworkPolicy.from_environment(environment)
    return lambda clock: GenTxAgent(url, clock, policy, name=recorded_name(name))


def recorded_name(name: str) -> str:
    """Return ``gen-tx:<url>`` without the query, in which keys travel."""
    return GEN_TX + urlsplit(name.removeprefix(GEN_TX))._replace(query="", fragment="").geturl()


@cache
def installed_agents() -> Mapping[str, EntryPoint]:
    """Return other distributions' agents by name; of two with one name, the distribution that sorts first keeps it."""
    found: dict[str, EntryPoint] = {}
    for point in sorted(entry_points(group=ENTRY_POINTS), key=origin):
        found.setdefault(point.name, point)
    return dict(sorted(found.items()))


def origin(point: EntryPoint) -> str:
    """Return the name of the distribution that brings an agent."""
    return point.dist.name if point.dist else point.value


def installed_agent(point: EntryPoint) -> Callable[[], Agent]:
    """Return what makes the agent of another distribution, and raises UsageError ``bad_agent`` if it cannot."""

    def build() -> Agent:
        try:
            agent = point.load()()
        except Exception as error:  # whatever a stranger's code raises is reported as theirs
            raise _bad_agent(point, f"cannot be made: {type(error).__name__}: {error}") from error
        if not callable(getattr(agent, "run_step", None)):
            raise _bad_agent(point, f"is a {type(agent).__name__} without run_step")
        return cast("Agent", agent)

    return build


def _bad_agent(point: EntryPoint, reason: str) -> UsageError:
    return UsageError("bad_agent", f"the agent {point.name!r} of {origin(point)} {reason}")
