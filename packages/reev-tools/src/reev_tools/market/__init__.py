"""The market inside the VM: pools, lend vaults and prices from one data file, behind Jupiter's own programs.

``Market.named()`` gives the accounts and programs that a world needs, and what judgement and tools must know of them.
``reev_tools.market.swap`` and ``reev_tools.market.lend`` build and read what the two programs accept.
"""

from ._data import MarketData, PoolData, PriceAge, TokenData, VaultData
from ._market import DEFAULT_MARKET, MARKET_NAMES, Market
from ._pools import PoolTerms

__all__ = [
    "DEFAULT_MARKET",
    "MARKET_NAMES",
    "Market",
    "MarketData",
    "PoolData",
    "PoolTerms",
    "PriceAge",
    "TokenData",
    "VaultData",
]
