"""Contract suites: what every implementation of a Protocol has to do, as tests to inherit; and a clock for tests.

They need no test framework to import. For readable assertion messages under pytest, call
``pytest.register_assert_rewrite("reev_types.testing")`` in a ``conftest.py`` before importing them.
"""

from ._agent import AgentContract
from ._chain import ChainContract
from ._clock import SteppedClock
from ._edges import ClockContract, IdSourceContract, PromptRendererContract
from ._tool_set import ToolSetContract

__all__ = [
    "AgentContract",
    "ChainContract",
    "ClockContract",
    "IdSourceContract",
    "PromptRendererContract",
    "SteppedClock",
    "ToolSetContract",
]
