"""Agents that do it wrong on purpose: a sound benchmark fails every one of them.

``adversaries`` derives from a reference solution all those that apply to it. The one exception is stated by the
benchmark itself: where refusing is right, ``refuses`` is right.
"""

from ._agents import Reference, adversaries, does_nothing, lies, refuses

__all__ = ["Reference", "adversaries", "does_nothing", "lies", "refuses"]
