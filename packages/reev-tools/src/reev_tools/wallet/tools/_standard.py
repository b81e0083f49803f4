"""The tools that every agent is offered, as far as its wallet can use them."""

from __future__ import annotations

from typing import Any

from reev_tools.wallet._tool import Tool

from ._conclude import Answer, Refuse
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

__all__ = ["STANDARD_TOOLS"]

STANDARD_TOOLS: tuple[Tool[Any], ...] = (
    Answer(),
    GetAccountBalance(),
    GetLendEarnTokens(),
    GetPositionInfo(),
    JupiterEarn(),
    JupiterLendEarnDeposit(),
    JupiterLendEarnMint(),
    JupiterLendEarnRedeem(),
    JupiterLendEarnWithdraw(),
    JupiterSwap(),
    Refuse(),
    SolTransfer(),
    SplTransfer(),
)
