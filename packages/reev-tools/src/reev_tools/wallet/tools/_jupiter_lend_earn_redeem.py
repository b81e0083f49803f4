"""``jupiter_lend_earn_redeem``: assets out of a vault, counted in the shares that are given up."""

from __future__ import annotations

from typing import ClassVar

from reev_tools.wallet._lend_arguments import LendSharesArguments
from reev_tools.wallet._lending import loan_for
from reev_tools.wallet._tool import Tool, Wallet
from reev_types.tools import ToolResult

__all__ = ["JupiterLendEarnRedeem"]


class JupiterLendEarnRedeem(Tool[LendSharesArguments]):
    """Gives shares up for their assets."""

    name: ClassVar[str] = "jupiter_lend_earn_redeem"
    description: ClassVar[str] = (
        "Give up shares of Jupiter Lend (such as jlUSDC) for the asset they are worth: use it when the user names an "
        "amount of share tokens to redeem, or wants all of them redeemed. Executes at once; brings more units of the "
        'asset than shares, since a share is worth more than one unit. "max" gives up all shares of the vault.'
    )
    moves_funds: ClassVar[bool] = True
    arguments = LendSharesArguments

    async def run(self, arguments: LendSharesArguments, wallet: Wallet) -> ToolResult:
        """Redeem, or refuse with ``insufficient_funds``, ``insufficient_liquidity``, ``no_vault`` and their like."""
        loan = await loan_for(arguments.asset, wallet)
        loan.require_position()
        held_raw = loan.shares.amount_raw
        shares_raw = arguments.raw(spendable_raw=held_raw, decimals=loan.shares.mint.decimals)
        return await loan.take_out("redeem", shares_raw, wallet)
