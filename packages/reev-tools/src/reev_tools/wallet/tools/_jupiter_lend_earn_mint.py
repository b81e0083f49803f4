"""``jupiter_lend_earn_mint``: assets into a vault, counted in the shares that come out."""

from __future__ import annotations

from typing import ClassVar

from reev_tools.wallet._lend_arguments import LendSharesArguments
from reev_tools.wallet._lending import loan_for
from reev_tools.wallet._tool import Tool, Wallet
from reev_types.tools import ToolResult

__all__ = ["JupiterLendEarnMint"]


class JupiterLendEarnMint(Tool[LendSharesArguments]):
    """Lends what a number of shares costs."""

    name: ClassVar[str] = "jupiter_lend_earn_mint"
    description: ClassVar[str] = (
        "Lend tokens on Jupiter Lend so that exactly the given number of shares (such as jlUSDC) is received: use it "
        "when the user names an amount of share tokens to mint. Executes at once; costs more units of the asset than "
        'shares, since a share is worth more than one unit. "max" lends the whole balance of the asset; of SOL the '
        "native balance less a reserve for fees, and no wrapped SOL."
    )
    moves_funds: ClassVar[bool] = True
    arguments = LendSharesArguments

    async def run(self, arguments: LendSharesArguments, wallet: Wallet) -> ToolResult:
        """Lend, or refuse with ``insufficient_funds``, ``no_vault``, ``no_market`` and their like."""
        loan = await loan_for(arguments.asset, wallet)
        if arguments.is_everything:
            assets_raw = arguments.raw(spendable_raw=loan.assets_spendable_raw, decimals=loan.assets.mint.decimals)
            return await loan.put_in("deposit", assets_raw, wallet)
        shares_raw = arguments.raw(spendable_raw=0, decimals=loan.shares.mint.decimals)
        return await loan.put_in("mint", shares_raw, wallet)
