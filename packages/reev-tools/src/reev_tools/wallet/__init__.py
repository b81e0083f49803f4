"""The tools that an agent acts with, on behalf of one wallet on one chain.

``WalletTools`` offers them as a ``ToolSet``. Each tool validates its arguments, refuses what cannot be meant,
builds a transaction, sends it, and reports what really happened.
"""

from ._aliases import TOOL_ALIASES, primary_name
from ._conclude import Answer, Refuse
from ._execute_transaction import ExecuteTransaction
from ._get_account_balance import GetAccountBalance
from ._get_lend_earn_tokens import GetLendEarnTokens
from ._get_position_info import GetPositionInfo
from ._jupiter_earn import JupiterEarn
from ._jupiter_lend_earn_deposit import JupiterLendEarnDeposit
from ._jupiter_lend_earn_mint import JupiterLendEarnMint
from ._jupiter_lend_earn_redeem import JupiterLendEarnRedeem
from ._jupiter_lend_earn_withdraw import JupiterLendEarnWithdraw
from ._jupiter_swap import JupiterSwap
from ._sol_transfer import SolTransfer
from ._spl_transfer import SplTransfer
from ._tool import Tool, Wallet
from ._wallet_tools import STANDARD_TOOLS, WalletTools

__all__ = [
    "STANDARD_TOOLS",
    "TOOL_ALIASES",
    "Answer",
    "ExecuteTransaction",
    "GetAccountBalance",
    "GetLendEarnTokens",
    "GetPositionInfo",
    "JupiterEarn",
    "JupiterLendEarnDeposit",
    "JupiterLendEarnMint",
    "JupiterLendEarnRedeem",
    "JupiterLendEarnWithdraw",
    "JupiterSwap",
    "Refuse",
    "SolTransfer",
    "SplTransfer",
    "Tool",
    "Wallet",
    "WalletTools",
    "primary_name",
]
