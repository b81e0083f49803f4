"""What every ``JupiterClient`` has to do, as tests to inherit, and a server that speaks Jupiter's REST API.

They need no test framework to import. For readable assertion messages under pytest, call
``pytest.register_assert_rewrite("reev_tools.jupiter.testing")`` in a ``conftest.py`` before importing them.
"""

from ._contract import JupiterContract
from ._exchange import Exchange
from ._messages import Canned, CutShort, NeverEnding, Received
from ._server import JupiterServer

__all__ = [
    "Canned",
    "CutShort",
    "Exchange",
    "JupiterContract",
    "JupiterServer",
    "NeverEnding",
    "Received",
]
