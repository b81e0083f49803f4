"""Agents: whoever carries out the steps of a flow by calling tools.

``DeterministicAgent`` follows typed intents without a model, ``ScriptedAgent`` repeats given calls, and
``reev_agent.adversaries`` do it wrong on purpose, to prove that a benchmark can tell.
"""

from ._deterministic import DeterministicAgent
from ._scripted import ScriptedAgent, ScriptedStep

__all__ = ["DeterministicAgent", "ScriptedAgent", "ScriptedStep"]
