"""The accounts behind a vault, to and from bytes: an Anchor discriminator, then packed little-endian fields."""

from __future__ import annotations

import struct
from hashlib import sha256
from typing import Generic, NamedTuple, TypeVar

from solders.pubkey import Pubkey

__all__ = [
    "LENDING",
    "LENDING_ADMIN_LAYOUT",
    "LIQUIDITY_LAYOUT",
    "RATE_MODEL",
    "REWARDS_RATE_MODEL",
    "TOKEN_RESERVE",
    "USER_SUPPLY_POSITION",
    "Layout",
    "Lending",
    "LendingAdmin",
    "LendingRewardsRateModel",
    "Liquidity",
    "RateModel",
    "TokenReserve",
    "UserSupplyPosition",
]

_TAG_BYTES = 8

Record = TypeVar("Record", bound=NamedTuple)


class Layout(Generic[Record]):
    """How the accounts of one kind are packed; ``32s`` stands for an address, which the record holds as text."""

    def __init__(self, record: type[Record], codes: str) -> None:
        self._record = record
        self._fields = struct.Struct("<" + codes)
        self._tag = sha256(f"account:{record.__name__}".encode()).digest()[:_TAG_BYTES]
        self.size = _TAG_BYTES + self._fields.size
        """Bytes of an account."""

    def encode(self, record: Record) -> bytes:
        """Return the account's data."""
        values = (bytes(Pubkey.from_string(value)) if isinstance(value, str) else value for value in record)
        return self._tag + self._fields.pack(*values)

    def decode(self, data: bytes) -> Record | None:
        """Return the record in ``data``, or None when it is of another kind or too short."""
        if data[:_TAG_BYTES] != self._tag or len(data) < self.size:
            return None
        values = self._fields.unpack_from(data, _TAG_BYTES)
        return self._record._make(str(Pubkey(value)) if isinstance(value, bytes) else value for value in values)


class Lending(NamedTuple):
    """A vault, as its shareholders see it; prices are assets per share times 10¹²."""

    mint: str
    f_token_mint: str
    lending_id: int
    decimals: int
    rewards_rate_model: str
    liquidity_exchange_price: int
    token_exchange_price: int
    last_update_timestamp: int
    token_reserves_liquidity: str
    supply_position_on_liquidity: str
    bump: int


class LendingAdmin(NamedTuple):
    """The account that all vaults share, here without further authorised keys."""

    authority: str
    liquidity_program: str
    rebalancer: str
    next_lending_id: int
    auth_count: int
    bump: int


class LendingRewardsRateModel(NamedTuple):
    """Rewards on top of the interest; the embedded market pays none, so all amounts are 0."""

    mint: str
    start_tvl: int
    duration: int
    start_time: int
    yearly_reward: int
    next_duration: int
    next_reward_amount: int
    bump: int


class Liquidity(NamedTuple):
    """The liquidity layer's own account."""

    authority: str
    revenue_collector: str
    status: int
    bump: int


class TokenReserve(NamedTuple):
    """What the liquidity layer knows of one asset; rates and utilizations in basis points."""

    mint: str
    vault: str
    borrow_rate: int
    fee_on_interest: int
    last_utilization: int
    last_update_timestamp: int
    supply_exchange_price: int
    borrow_exchange_price: int
    max_utilization: int
    total_supply_with_interest: int
    total_supply_interest_free: int
    total_borrow_with_interest: int
    total_borrow_interest_free: int
    total_claim_amount: int
    interacting_protocol: str
    interacting_timestamp: int
    interacting_balance: int


class UserSupplyPosition(NamedTuple):
    """What a vault has supplied to the liquidity layer; ``amount`` in raw supply, which counts shares here."""

    protocol: str
    mint: str
    with_interest: int
    amount: int
    withdrawal_limit: int
    decay_amount: int
    last_update: int
    expand_pct: int
    expand_duration: int
    decay_duration: int
    base_withdrawal_limit: int
    status: int


class RateModel(NamedTuple):
    """The curve from utilization to annual rate, in basis points; a vault of the embedded market needs a flat one."""

    mint: str
    version: int
    rate_at_zero: int
    kink1_utilization: int
    rate_at_kink1: int
    rate_at_max: int
    kink2_utilization: int
    rate_at_kink2: int


LENDING = Layout(Lending, "32s32sHB32sQQQ32s32sB")
LENDING_ADMIN_LAYOUT = Layout(LendingAdmin, "32s32s32sHIB")
LIQUIDITY_LAYOUT = Layout(Liquidity, "32s32sBB")
RATE_MODEL = Layout(RateModel, "32sB6H")
REWARDS_RATE_MODEL = Layout(LendingRewardsRateModel, "32s6QB")
TOKEN_RESERVE = Layout(TokenReserve, "32s32s3H3QH5Q32sQQ")
USER_SUPPLY_POSITION = Layout(UserSupplyPosition, "32s32sB4QHIIQB")
