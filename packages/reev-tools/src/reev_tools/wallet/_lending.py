"""What the four lend tools share: the vault, what the wallet has of both its tokens, and the exchange between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, assert_never

from reev_tools.jupiter import JupiterServiceError, LendAction, LendRequest, LendToken
from reev_tools.market.lend import EVERYTHING, LendError, LendOperation, Preview, preview
from reev_types.amounts import format_ui
from reev_types.errors import AmountError
from reev_types.tools import ToolResult

from ._exchange import Exchange, carry_out, lamports_for_wrapping
from ._holdings import Holding, holding_of, spendable_raw, tradable_mint
from ._lend_terms import LendTerms
from ._market_access import jupiter_of
from ._movements import Bounds
from ._tool import Wallet
from ._vaults import price_text, share_price, vault_for

__all__ = ["Loan", "loan_for"]

_COMPUTE_UNITS = 300_000
_GROWTH_SHARE = 10_000
"""A ten-thousandth is left for the share price to grow between quote and execution."""


@dataclass(frozen=True, slots=True)
class Loan:
    """The wallet in front of one vault."""

    vault: LendToken
    assets: Holding
    shares: Holding
    price: int
    """Assets per share times 10¹²."""
    assets_spendable_raw: int
    """What ``max`` of the asset means."""

    def preview(self, action: LendAction, amount_raw: int) -> Preview:
        """Return what ``action`` comes to now; raises AmountError ``amount_too_small``, ``amount_too_large``."""
        # The program takes the largest number for "everything", which is never what a number means here.
        meant = amount_raw != EVERYTHING
        result = preview(LendOperation(action), amount_raw, self.price) if meant else LendError.F_TOKEN_INVALID_PARAMS
        if isinstance(result, LendError):
            too_small = result is LendError.F_TOKEN_DEPOSIT_INSIGNIFICANT
            raise AmountError(
                "amount_too_small" if too_small else "amount_too_large",
                f"{amount_raw} raw units cannot be exchanged at {price_text(self.price)} {self.assets.symbol} a share",
                suggestions=("ask for more" if too_small else "ask for less",),
            )
        return result

    def require_position(self) -> None:
        """Raise AmountError ``insufficient_funds`` when the wallet has lent nothing here."""
        if not self.shares.amount_raw:
            raise AmountError(
                "insufficient_funds",
                f"the wallet holds no {self.shares.symbol}, so it has lent no {self.assets.symbol}",
                suggestions=("call jupiter_earn for the positions, or refuse with code insufficient_funds",),
            )

    async def put_in(self, action: LendAction, amount_raw: int, wallet: Wallet) -> ToolResult:
        """Deposit assets, or mint shares for them."""
        expected = self.preview(action, amount_raw)
        purpose = "the deposit" if action == "deposit" else f"minting {_ui(self.shares, amount_raw)} shares"
        wrappable = await lamports_for_wrapping(self.assets, self.shares, expected.assets_raw, purpose, wallet)
        reserve_raw = _growth_raw(expected.assets_raw) if action == "mint" else 0
        return await self._exchange(
            action, amount_raw, expected, wallet, wrap_raw=min(expected.assets_raw + reserve_raw, wrappable)
        )

    async def take_out(self, action: LendAction, amount_raw: int, wallet: Wallet) -> ToolResult:
        """Withdraw assets, or redeem shares for them."""
        expected = self.preview(action, amount_raw)
        await lamports_for_wrapping(self.shares, self.assets, expected.shares_raw, f"the {action}", wallet)
        self._require_liquidity(expected.assets_raw)
        return await self._exchange(action, amount_raw, expected, wallet)

    def _require_liquidity(self, assets_raw: int) -> None:
        liquidity = self.vault.liquidity_supply_data
        if liquidity is not None and assets_raw > liquidity.withdrawable_raw:
            raise AmountError(
                "insufficient_liquidity",
                f"the vault can pay {_ui(self.assets, liquidity.withdrawable_raw)} {self.assets.symbol} now, "
                f"this takes {_ui(self.assets, assets_raw)} {self.assets.symbol}",
                suggestions=("ask for less, or try again later",),
            )

    async def _exchange(
        self, action: LendAction, amount_raw: int, expected: Preview, wallet: Wallet, *, wrap_raw: int = 0
    ) -> ToolResult:
        request = LendRequest(asset=self.assets.mint.address, signer=wallet.address, amount_raw=amount_raw)
        calls = await jupiter_of(wallet).lend_instructions(action, request)
        puts_in = action in ("deposit", "mint")
        exchange = Exchange(
            gives=self.assets if puts_in else self.shares,
            gets=self.shares if puts_in else self.assets,
            calls=calls,
            wrap_raw=wrap_raw if self.assets.is_sol else 0,
            takes_all=action == "deposit",
            compute_units=_COMPUTE_UNITS,
            terms=LendTerms(wallet.address, action, amount_raw, self.assets, self.shares),
            bounds=_bounds(action, expected),
        )
        names = ("assets_raw", "shares_raw") if puts_in else ("shares_raw", "assets_raw")
        return await carry_out(exchange, wallet, self._quoted(action, expected), names)

    def _quoted(self, action: LendAction, expected: Preview) -> dict[str, Any]:
        return {
            "operation": action,
            "asset_mint": self.assets.mint.address,
            "share_mint": self.shares.mint.address,
            "quoted_assets_raw": expected.assets_raw,
            "quoted_shares_raw": expected.shares_raw,
            "share_price": price_text(self.price),
        }


async def loan_for(asset: str, wallet: Wallet) -> Loan:
    """Return the wallet's business with the vault for ``asset``; raises TokenError, UsageError ``no_market``."""
    vault = await vault_for(asset, wallet)
    assets = await holding_of(await tradable_mint(vault.asset_address, wallet), wallet)
    shares = await holding_of(await tradable_mint(vault.address, wallet), wallet)
    if (vault.asset.decimals, vault.decimals) != (assets.mint.decimals, shares.mint.decimals):
        raise JupiterServiceError(
            "bad_response",
            f"Jupiter tells other decimals of the vault for {assets.symbol} than the mints have",
            suggestions=("nothing was sent: check what answers for Jupiter",),
        )
    return Loan(vault, assets, shares, share_price(vault), await spendable_raw(assets, shares, wallet))


def _bounds(action: LendAction, expected: Preview) -> Bounds:
    """Return the bounds of an operation: one side is fixed, the other moves as the share price grows meanwhile."""
    assets_raw, shares_raw = expected.assets_raw, expected.shares_raw
    match action:
        case "deposit":
            return Bounds(assets_raw, shares_raw - _growth_raw(shares_raw))
        case "mint":
            return Bounds(assets_raw + _growth_raw(assets_raw), shares_raw)
        case "withdraw" | "redeem":
            return Bounds(shares_raw, assets_raw)
        case _:
            assert_never(action)


def _growth_raw(raw: int) -> int:
    return -(-raw // _GROWTH_SHARE)


def _ui(holding: Holding, raw: int) -> str:
    return format_ui(raw, holding.mint.decimals)
