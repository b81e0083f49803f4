"""``jupiter_lend_earn_deposit``: assets into a vault, counted in assets."""

from __future__ import annotations

from typing import ClassVar

from reev_tools.wallet._lend_arguments import LendAssetsArguments
from reev_tools.wallet._lending import loan_for
from reev_tools.wallet._tool import Tool, Wallet
from reev_types.tools import ToolResult

__all__ = ["JupiterLendEarnDeposit"]


class JupiterLendEarnDeposit(Tool[LendAssetsArguments]):
    """Lends an amount of the asset."""

    name: ClassVar[str] = "jupiter_lend_earn_deposit"
    description: ClassVar[str] = (
        "Lend tokens on Jupiter Lend, counted in units of the asset: use it when the user names an amount of the token "
        'to deposit or lend. Executes at once. amount "50" of USDC lends 50 USDC; the shares received are fewer, since '
        'a share is worth more than one unit. "max" lends the whole balance; of SOL it leaves a reserve for fees. '
        "SOL means native SOL and is wrapped automatically; wrapped SOL that the wallet holds is not spent."
    )
    moves_funds: ClassVar[bool] = True
    arguments = LendAssetsArguments

    async def run(self, arguments: LendAssetsArguments, wallet: Wallet) -> ToolResult:
        """Lend, or refuse with ``insufficient_funds``, ``no_vault``, ``no_market`` and their like."""
        loan = await loan_for(arguments.asset_mint, wallet)
        amount_raw = arguments.raw(spendable_raw=loan.assets_spendable_raw, decimals=loan.assets.mint.decimals)
        return await loan.put_in("deposit", amount_raw, wallet)
