"""Agents: whoever carries out the steps of a flow by calling tools.

``DeterministicAgent`` follows typed intents without a model, ``ScriptedAgent`` repeats given calls, and
``reev_agent.adversaries`` do it wrong on purpose. Language models have packages of their own, imported only where one
is used: ``loop``, ``models``, ``providers``, ``cassettes``, ``costs``, ``telemetry``, and ``testing`` with the doubles.
"""

from ._scripted import ScriptedAgent, ScriptedStep
from .deterministic import DeterministicAgent

__all__ = ["DeterministicAgent", "ScriptedAgent", "ScriptedStep"]
