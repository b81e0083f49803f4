"""The agent that thinks: a model asked again and again, its tool calls carried out, within limits.

``LlmAgent`` implements ``reev_types.agents.Agent`` over any ``ChatModel``.
"""

from ._agent import LlmAgent
from ._system import SYSTEM_TEXT

__all__ = ["SYSTEM_TEXT", "LlmAgent"]
