"""What somebody wants done, as data: a closed union of typed intents.

Plans, reference solutions and the deterministic agent all speak it. Native SOL is written as the wSOL mint.
Addresses may also be names of accounts in a benchmark, resolved before an intent is carried out.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from ._model import Model
from .amounts import Amount

__all__ = [
    "AccountName",
    "BalancesIntent",
    "Intent",
    "LendDepositIntent",
    "LendMintIntent",
    "LendRedeemIntent",
    "LendWithdrawIntent",
    "PositionsIntent",
    "RefusalCode",
    "RefuseIntent",
    "SwapIntent",
    "TransferIntent",
    "moves_funds",
]

AccountName = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_]+$")]
"""A base58 address, or the name of an account in a benchmark, such as ``RECIPIENT_WALLET_PUBKEY``."""

RefusalCode = Literal[
    "insufficient_funds",
    "unknown_token",
    "invalid_recipient",
    "unclear_request",
    "unsafe_request",
    "unsupported",
]
"""Why an agent declines a request. ``insufficient_funds``: the wallet does not hold what is asked for."""


def _is_unsaid(value: object) -> bool:
    """Tell whether an option was left open: it then stays out of JSON and hashes, which are older than it."""
    return value is None


class TransferIntent(Model):
    """Send ``amount`` of ``mint`` to a wallet or token account."""

    kind: Literal["transfer"] = "transfer"
    mint: AccountName
    recipient: AccountName
    amount: Amount


class SwapIntent(Model):
    """Exchange one token for another; ``amount`` is what is spent (``in``) or what is received (``out``)."""

    kind: Literal["swap"] = "swap"
    input_mint: AccountName
    output_mint: AccountName
    side: Literal["in", "out"] = "in"
    amount: Amount
    slippage_bps: Annotated[int, Field(ge=0, le=10_000)] | None = Field(default=None, exclude_if=_is_unsaid)
    """What the price may move between quote and execution; None leaves it to the tool."""
    venue: Annotated[str, StringConstraints(min_length=1, max_length=64)] | None = Field(
        default=None, exclude_if=_is_unsaid
    )
    """The one venue that may be used, by Jupiter's label; None leaves the route open."""


class LendDepositIntent(Model):
    """Lend ``amount`` of ``mint``, counted in assets."""

    kind: Literal["lend_deposit"] = "lend_deposit"
    mint: AccountName
    amount: Amount


class LendWithdrawIntent(Model):
    """Take ``amount`` of ``mint`` back, counted in assets."""

    kind: Literal["lend_withdraw"] = "lend_withdraw"
    mint: AccountName
    amount: Amount


class LendMintIntent(Model):
    """Lend so much of ``mint`` that ``shares`` are received, counted in shares."""

    kind: Literal["lend_mint"] = "lend_mint"
    mint: AccountName
    shares: Amount


class LendRedeemIntent(Model):
    """Give ``shares`` back for their assets in ``mint``, counted in shares."""

    kind: Literal["lend_redeem"] = "lend_redeem"
    mint: AccountName
    shares: Amount


class BalancesIntent(Model):
    """Report what the wallet holds."""

    kind: Literal["balances"] = "balances"


class PositionsIntent(Model):
    """Report the wallet's lending positions and earnings."""

    kind: Literal["positions"] = "positions"


class RefuseIntent(Model):
    """Decline: the right reaction to a request that must not be carried out."""

    kind: Literal["refuse"] = "refuse"
    code: RefusalCode


Intent = Annotated[
    TransferIntent
    | SwapIntent
    | LendDepositIntent
    | LendWithdrawIntent
    | LendMintIntent
    | LendRedeemIntent
    | BalancesIntent
    | PositionsIntent
    | RefuseIntent,
    Field(discriminator="kind"),
]


def moves_funds(intent: Intent) -> bool:
    """Tell whether carrying out ``intent`` takes a transaction."""
    return not isinstance(intent, BalancesIntent | PositionsIntent | RefuseIntent)
