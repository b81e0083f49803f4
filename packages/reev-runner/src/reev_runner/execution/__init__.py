"""One benchmark, run once by one agent: the world prepared, the steps carried out, the outcome judged.

``TrialRunner`` is the executor that every source of test cases goes through.
"""

from ._agents import AgentChoice, AgentSetting, choose_agent, known_agents
from ._models import ModelOptions, recorded_agent
from ._sandbox import EmbeddedSandbox, Sandbox, Sandboxes, embedded_sandbox
from ._trial import TrialRunner

__all__ = [
    "AgentChoice",
    "AgentSetting",
    "EmbeddedSandbox",
    "ModelOptions",
    "Sandbox",
    "Sandboxes",
    "TrialRunner",
    "choose_agent",
    "embedded_sandbox",
    "known_agents",
    "recorded_agent",
]
