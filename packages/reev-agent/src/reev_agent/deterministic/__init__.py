"""The agent without a model: it makes tool calls of typed intents, and answers of what the tools say.

``DeterministicAgent`` is given the intents of each step; in later attempts it repeats what has landed word for word.
"""

from ._agent import DeterministicAgent

__all__ = ["DeterministicAgent"]
