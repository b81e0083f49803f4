"""Where contexts come from: a chain, a Solana node, Jupiter's API, a file, or values given in advance.

Each implements one or more of ``BalanceSource``, ``PriceSource`` and ``TokenSource`` of ``reev_types.sources``.
"""

from ._chain import ChainSource
from ._file import load_context
from ._fixed import FixedContext, FixedPrices
from ._http import HttpLimits
from ._jupiter import JupiterSource
from ._retries import Retries
from ._rpc import RpcSource

__all__ = [
    "ChainSource",
    "FixedContext",
    "FixedPrices",
    "HttpLimits",
    "JupiterSource",
    "Retries",
    "RpcSource",
    "load_context",
]
