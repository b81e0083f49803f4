"""Vaults as a world starts with them: terms in, accounts out, at the addresses and in the layouts of mainnet."""

from __future__ import annotations

from dataclasses import dataclass

from reev_tools.chain import encode_mint, encode_token_account
from reev_tools.programs import SYSTEM_PROGRAM
from reev_types.amounts import U64_MAX
from reev_types.chain import AccountState
from reev_types.errors import UsageError
from reev_types.tokens import SOL_MINT, TOKEN_PROGRAM

from ._addresses import (
    LEND_PROGRAM,
    LENDING_ADMIN,
    LENDING_ADMIN_BUMP,
    LIQUIDITY,
    LIQUIDITY_PROGRAM,
    REWARDS_PROGRAM,
    VaultAddresses,
    lending_bump,
    liquidity_bump,
    rewards_bump,
    vault_addresses,
)
from ._layouts import (
    LENDING,
    LENDING_ADMIN_LAYOUT,
    LIQUIDITY_LAYOUT,
    RATE_MODEL,
    REWARDS_RATE_MODEL,
    TOKEN_RESERVE,
    USER_SUPPLY_POSITION,
    Lending,
    LendingAdmin,
    LendingRewardsRateModel,
    Liquidity,
    RateModel,
    TokenReserve,
    UserSupplyPosition,
)
from ._model import PRICE_ONE

__all__ = ["VaultTerms", "shared_lend_accounts", "vault_accounts"]

_RENT_LAMPORTS_PER_BYTE = 6_960
_ACCOUNT_OVERHEAD_BYTES = 128
_FULL = 10_000
"""Basis points."""
_NOBODY = SYSTEM_PROGRAM
_KINK_BASIS_POINTS = 8_000
_MAX_RATE = 2**16 - 1


@dataclass(frozen=True, kw_only=True)
class VaultTerms:
    """What a vault starts with. Raises UsageError ``bad_vault_terms`` for what the program would refuse.

    Interest is only paid as long as ``liquidity_raw`` covers it: beyond, withdrawals fail with 6007.
    """

    mint: str
    decimals: int
    rate_basis_points: int
    """Annual interest, 0 … 65 535."""
    supply_raw: int
    """Shares in existence."""
    liquidity_raw: int
    """Assets in the vault's token account."""
    base_price: int = PRICE_ONE
    """Assets per share times 10¹², at least 10¹²."""
    since: int = 0
    """The chain's time at which ``base_price`` holds."""
    lending_id: int = 1
    token_program: str = TOKEN_PROGRAM

    def __post_init__(self) -> None:
        fits = (
            PRICE_ONE <= self.base_price <= U64_MAX
            and 0 <= self.rate_basis_points <= _MAX_RATE
            and min(self.supply_raw, self.liquidity_raw, self.since) >= 0
            and max(self.supply_raw, self.liquidity_raw, self.since) <= U64_MAX
        )
        if not fits:
            raise UsageError("bad_vault_terms", f"the vault for {self.mint} starts below price 1 or out of range")

    @property
    def addresses(self) -> VaultAddresses:
        """Where the vault's accounts stand."""
        return vault_addresses(self.mint, self.token_program)


def shared_lend_accounts() -> tuple[AccountState, ...]:
    """Return the accounts that all vaults of a world share."""
    admin = LendingAdmin(_NOBODY, LIQUIDITY_PROGRAM, _NOBODY, 1, 0, LENDING_ADMIN_BUMP)
    liquidity = Liquidity(_NOBODY, _NOBODY, 0, liquidity_bump())
    return (
        _account(LENDING_ADMIN, LEND_PROGRAM, LENDING_ADMIN_LAYOUT.encode(admin)),
        _account(LIQUIDITY, LEND_PROGRAM, LIQUIDITY_LAYOUT.encode(liquidity)),
    )


def vault_accounts(terms: VaultTerms) -> tuple[AccountState, ...]:
    """Return the accounts of one vault; the mint of its asset is the world's business."""
    at = terms.addresses
    shares = encode_mint(decimals=terms.decimals, supply_raw=terms.supply_raw, mint_authority=LENDING_ADMIN)
    return (
        _account(at.f_token_mint, at.token_program, shares),
        _account(at.lending, LEND_PROGRAM, LENDING.encode(_lending(terms))),
        _account(at.reserve, LEND_PROGRAM, TOKEN_RESERVE.encode(_reserve(terms))),
        _account(at.position, LEND_PROGRAM, USER_SUPPLY_POSITION.encode(_position(terms))),
        _account(at.rate_model, LEND_PROGRAM, RATE_MODEL.encode(_flat_curve(terms))),
        _account(at.rewards_rate_model, REWARDS_PROGRAM, REWARDS_RATE_MODEL.encode(_no_rewards(terms))),
        _token_account(terms),
    )


def _lending(terms: VaultTerms) -> Lending:
    at = terms.addresses
    return Lending(
        mint=at.mint,
        f_token_mint=at.f_token_mint,
        lending_id=terms.lending_id,
        decimals=terms.decimals,
        rewards_rate_model=at.rewards_rate_model,
        liquidity_exchange_price=terms.base_price,
        token_exchange_price=terms.base_price,
        last_update_timestamp=terms.since,
        token_reserves_liquidity=at.reserve,
        supply_position_on_liquidity=at.position,
        bump=lending_bump(at),
    )


def _reserve(terms: VaultTerms) -> TokenReserve:
    return TokenReserve(
        mint=terms.mint,
        vault=terms.addresses.vault,
        borrow_rate=terms.rate_basis_points,
        fee_on_interest=0,
        last_utilization=_FULL,
        last_update_timestamp=terms.since,
        supply_exchange_price=terms.base_price,
        borrow_exchange_price=terms.base_price,
        max_utilization=_FULL,
        total_supply_with_interest=terms.supply_raw,
        total_supply_interest_free=0,
        total_borrow_with_interest=0,
        total_borrow_interest_free=0,
        total_claim_amount=0,
        interacting_protocol=_NOBODY,
        interacting_timestamp=0,
        interacting_balance=0,
    )


def _position(terms: VaultTerms) -> UserSupplyPosition:
    return UserSupplyPosition(
        protocol=terms.addresses.lending,
        mint=terms.mint,
        with_interest=1,
        amount=terms.supply_raw,
        withdrawal_limit=0,
        decay_amount=0,
        last_update=terms.since,
        expand_pct=_FULL,
        expand_duration=1,
        decay_duration=1,
        base_withdrawal_limit=U64_MAX,
        status=0,
    )


def _flat_curve(terms: VaultTerms) -> RateModel:
    rate = terms.rate_basis_points
    return RateModel(terms.mint, 1, rate, _KINK_BASIS_POINTS, rate, rate, 0, 0)


def _no_rewards(terms: VaultTerms) -> LendingRewardsRateModel:
    return LendingRewardsRateModel(terms.mint, 0, 0, 0, 0, 0, 0, rewards_bump(terms.addresses))


def _token_account(terms: VaultTerms) -> AccountState:
    at = terms.addresses
    native = at.mint == SOL_MINT
    size = len(encode_token_account(mint=at.mint, owner=LENDING_ADMIN, amount_raw=0))
    rent = _rent_lamports(size)
    data = encode_token_account(
        mint=at.mint,
        owner=LENDING_ADMIN,
        amount_raw=terms.liquidity_raw,
        native_reserve=rent if native else None,
    )
    lamports = rent + (terms.liquidity_raw if native else 0)
    return AccountState(address=at.vault, owner=at.token_program, lamports=lamports, data=data)


def _account(address: str, owner: str, data: bytes) -> AccountState:
    return AccountState(address=address, owner=owner, lamports=_rent_lamports(len(data)), data=data)


def _rent_lamports(size: int) -> int:
    return (_ACCOUNT_OVERHEAD_BYTES + size) * _RENT_LAMPORTS_PER_BYTE
