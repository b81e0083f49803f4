"""Doubles for everything around an agent: a model that follows a script, an endpoint on this machine, a clock.

They stand in for the network in tests of agents, of runners, and of whoever builds on them.
"""

from reev_agent.models import ScriptedModel
from reev_types.testing import SteppedClock

from ._replies import said, wants
from ._stub_server import StubAnswer, StubServer

__all__ = ["ScriptedModel", "SteppedClock", "StubAnswer", "StubServer", "said", "wants"]
