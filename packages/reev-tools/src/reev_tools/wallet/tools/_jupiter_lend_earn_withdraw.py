"""``jupiter_lend_earn_withdraw``: assets out of a vault, counted in assets."""

from __future__ import annotations

from typing import ClassVar

from reev_tools.wallet._amount import require
from reev_tools.wallet._lend_arguments import LendAssetsArguments
from reev_tools.wallet._lending import loan_for
from reev_tools.wallet._tool import Tool, Wallet
from reev_types.tools import ToolResult

__all__ = ["JupiterLendEarnWithdraw"]


class JupiterLendEarnWithdraw(Tool[LendAssetsArguments]):
    """Takes an amount of the asset back."""

    name: ClassVar[str] = "jupiter_lend_earn_withdraw"
    description: ClassVar[str] = (
        "Take lent tokens back from Jupiter Lend, counted in units of the asset: use it when the user names an amount "
        'of the token to withdraw. Executes at once. amount "50" of USDC brings exactly 50 USDC and gives up fewer '
        'shares, since a share is worth more than one unit. "max" gives up all shares of the vault.'
    )
    moves_funds: ClassVar[bool] = True
    arguments = LendAssetsArguments

    async def run(self, arguments: LendAssetsArguments, wallet: Wallet) -> ToolResult:
        """Withdraw, or refuse with ``insufficient_funds``, ``insufficient_liquidity``, ``no_vault`` and their like."""
        loan = await loan_for(arguments.asset_mint, wallet)
        loan.require_position()
        if arguments.is_everything:
            return await loan.take_out("redeem", loan.shares.amount_raw, wallet)
        assets, decimals = loan.assets, loan.assets.mint.decimals
        amount_raw = arguments.raw(spendable_raw=0, decimals=decimals)
        lent_raw = loan.preview("redeem", loan.shares.amount_raw).assets_raw
        require(lent_raw, amount_raw, decimals, assets.symbol, "the withdrawal", holder="the position in the vault")
        return await loan.take_out("withdraw", amount_raw, wallet)
