"""The tools that an agent acts with, on behalf of one wallet on one chain.

``WalletTools`` offers them as a ``ToolSet``; ``reev_tools.wallet.tools`` has them one by one, and here is what they
share: amounts, parties, checks of what is signed, and what a transaction really did.
"""

from ._aliases import TOOL_ALIASES, primary_name
from ._tool import Tool, Wallet
from ._wallet_tools import WalletTools
from .tools import STANDARD_TOOLS, ExecuteTransaction

__all__ = [
    "STANDARD_TOOLS",
    "TOOL_ALIASES",
    "ExecuteTransaction",
    "Tool",
    "Wallet",
    "WalletTools",
    "primary_name",
]
