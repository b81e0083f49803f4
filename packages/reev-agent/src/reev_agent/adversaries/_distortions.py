"""Ways of getting an intent wrong: each returns the intent changed in one respect, or as it is where that is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from reev_types.amounts import U64_MAX, AllAmount, Amount, ExactAmount, ShareAmount
from reev_types.intents import (
    Intent,
    LendDepositIntent,
    LendMintIntent,
    LendRedeemIntent,
    LendWithdrawIntent,
    RefuseIntent,
    SwapIntent,
    TransferIntent,
)
from reev_types.tokens import SOL, SOL_MINT, find_token, token_of

__all__ = ["DISTORTIONS", "Distortion", "paid_to"]

Distortion = Callable[[Intent], Intent]

_OTHER_MINTS = tuple(find_token(symbol).mint for symbol in ("SOL", "USDT", "USDC"))
"""SOL first: every wallet has some, so the mistake succeeds."""


def paid_to(stranger: str) -> Distortion:
    """Return the distortion that pays ``stranger`` instead of the recipient."""

    def change(intent: Intent) -> Intent:
        return _copy(intent, recipient=stranger) if isinstance(intent, TransferIntent) else intent

    return change


def _exact_amount(change: Callable[[int, int], int]) -> Distortion:
    """Return the distortion of exact amounts by ``change``, which is told the decimals of what they count."""

    def distorted(intent: Intent) -> Intent:
        name, amount = _amount(intent)
        if not isinstance(amount, ExactAmount):
            return intent
        raw = change(amount.raw, _decimals(intent))
        return _copy(intent, **{name: ExactAmount(raw=min(max(raw, 0), U64_MAX))})

    return distorted


def _half(intent: Intent) -> Intent:
    name, amount = _amount(intent)
    everything = isinstance(amount, AllAmount) or amount == ShareAmount(of=Decimal(1))
    return _copy(intent, **{name: ShareAmount(of=Decimal("0.5"))}) if everything else intent


def _wrong_mint(intent: Intent) -> Intent:
    match intent:
        case (
            TransferIntent(mint=mint)
            | LendDepositIntent(mint=mint)
            | LendWithdrawIntent(mint=mint)
            | LendMintIntent(mint=mint)
            | LendRedeemIntent(mint=mint)
        ):
            return _copy(intent, mint=_other_than(mint))
        case _:
            return intent


def _wrong_output(intent: Intent) -> Intent:
    if not isinstance(intent, SwapIntent):
        return intent
    return _copy(intent, output_mint=_other_than(intent.input_mint, intent.output_mint))


def _wrong_direction(intent: Intent) -> Intent:
    match intent:
        case SwapIntent():
            return _copy(intent, input_mint=intent.output_mint, output_mint=intent.input_mint)
        case LendDepositIntent(mint=mint, amount=amount):
            return LendWithdrawIntent(mint=mint, amount=amount)
        case LendWithdrawIntent(mint=mint, amount=amount):
            return LendDepositIntent(mint=mint, amount=amount)
        case LendMintIntent(mint=mint, shares=shares):
            return LendRedeemIntent(mint=mint, shares=shares)
        case LendRedeemIntent(mint=mint, shares=shares):
            return LendMintIntent(mint=mint, shares=shares)
        case _:
            return intent


def _wrong_side(intent: Intent) -> Intent:
    if not isinstance(intent, SwapIntent):
        return intent
    return _copy(intent, side="in" if intent.side == "out" else "out")


def _wrong_unit(intent: Intent) -> Intent:
    """Take shares for assets or assets for shares, where a number says how many."""
    match intent:
        case LendDepositIntent(mint=mint, amount=ExactAmount() as amount):
            return LendMintIntent(mint=mint, shares=amount)
        case LendMintIntent(mint=mint, shares=ExactAmount() as shares):
            return LendDepositIntent(mint=mint, amount=shares)
        case LendWithdrawIntent(mint=mint, amount=ExactAmount() as amount):
            return LendRedeemIntent(mint=mint, shares=amount)
        case LendRedeemIntent(mint=mint, shares=ExactAmount() as shares):
            return LendWithdrawIntent(mint=mint, amount=shares)
        case _:
            return intent


def _wrong_refusal(intent: Intent) -> Intent:
    if not isinstance(intent, RefuseIntent):
        return intent
    return RefuseIntent(code="unclear_request" if intent.code == "unsupported" else "unsupported")


DISTORTIONS: Mapping[str, Distortion] = {
    "one_unit_more": _exact_amount(lambda raw, decimals: raw + 1),
    "one_unit_less": _exact_amount(lambda raw, decimals: raw - 1),
    "raw_for_ui": _exact_amount(lambda raw, decimals: raw * 10**decimals),
    "ui_for_raw": _exact_amount(lambda raw, decimals: raw // 10**decimals),
    "half_of_everything": _half,
    "wrong_mint": _wrong_mint,
    "wrong_output": _wrong_output,
    "wrong_direction": _wrong_direction,
    "wrong_side": _wrong_side,
    "wrong_unit": _wrong_unit,
    "wrong_refusal": _wrong_refusal,
}
"""What does not need a stranger, by name."""


def _amount(intent: Intent) -> tuple[str, Amount | None]:
    name = "shares" if isinstance(intent, LendMintIntent | LendRedeemIntent) else "amount"
    return name, getattr(intent, name, None)


def _decimals(intent: Intent) -> int:
    match intent:
        case SwapIntent(side=side):
            mint = intent.output_mint if side == "out" else intent.input_mint
        case _:
            # A share has the decimals of its asset.
            mint = getattr(intent, "mint", SOL_MINT)
    token = token_of(mint)
    return token.decimals if token else SOL.decimals


def _other_than(*mints: str) -> str:
    return next(mint for mint in _OTHER_MINTS if mint not in mints)


def _copy(intent: Intent, **update: object) -> Intent:
    return intent.model_copy(update=update)
