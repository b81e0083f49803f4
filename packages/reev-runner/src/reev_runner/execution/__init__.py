"""One benchmark, run once by one agent: the world prepared, the steps carried out, the outcome judged.

``TrialRunner`` is the executor that every source of test cases goes through.
"""

from ._agents import AgentChoice, AgentSetting, choose_agent, known_agents
from ._models import ModelOptions, model_choice, recorded_agent
from ._repeat_flow import repeats_setup
from ._resume import resumable
from ._sandbox import EmbeddedSandbox, Sandbox, Sandboxes, embedded_sandbox
from ._setup import FlowSetup
from ._trial import TrialRunner
from ._world import PreparedWorld, prepare_world

__all__ = [
    "AgentChoice",
    "AgentSetting",
    "EmbeddedSandbox",
    "FlowSetup",
    "ModelOptions",
    "PreparedWorld",
    "Sandbox",
    "Sandboxes",
    "TrialRunner",
    "choose_agent",
    "embedded_sandbox",
    "known_agents",
    "model_choice",
    "prepare_world",
    "recorded_agent",
    "repeats_setup",
    "resumable",
]
