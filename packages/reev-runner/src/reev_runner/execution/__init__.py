"""One benchmark, run once by one agent: the world prepared, the steps carried out, the outcome judged.

``TrialRunner`` is the executor that every source of test cases goes through.
"""

from ._agents import AGENTS, AgentChoice, choose_agent
from ._sandbox import EmbeddedSandbox, Sandbox, Sandboxes, embedded_sandbox
from ._trial import TrialRunner

__all__ = [
    "AGENTS",
    "AgentChoice",
    "EmbeddedSandbox",
    "Sandbox",
    "Sandboxes",
    "TrialRunner",
    "choose_agent",
    "embedded_sandbox",
]
