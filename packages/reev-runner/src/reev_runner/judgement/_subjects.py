"""Which account an assertion looks at, and so what must be recorded before and after a run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from reev_types.addresses import is_address
from reev_types.assertions import (
    AnswerStates,
    Assertion,
    CapitalReserve,
    JupiterLendingPosition,
    LiquidityRatio,
    MultiPoolDiversification,
    SolBalance,
    SolBalanceChange,
    TokenAccountBalance,
    TokenAccountBalanceChange,
    TotalPortfolioValue,
)
from reev_types.benchmarks import USER_WALLET, InitialAccount, InitialToken, InitialWallet, TestCase
from reev_types.errors import BenchmarkError

from ._evidence import AtaDeriver

__all__ = ["TokenAssertion", "TokenSubject", "address_of", "holders", "lenders", "subjects", "token_subject"]

TokenAssertion = TokenAccountBalance | TokenAccountBalanceChange

_LENDING = AnswerStates | JupiterLendingPosition | LiquidityRatio | MultiPoolDiversification | TotalPortfolioValue


class TokenSubject(NamedTuple):
    """A token account as an assertion means it; ``mint`` None where the benchmark does not say."""

    address: str
    mint: str | None
    owner_name: str


def address_of(name: str, addresses: Mapping[str, str]) -> str:
    """Return what a name stands for, or the name itself when it is an address.

    Raises BenchmarkError ``unknown_account``.
    """
    if name in addresses:
        return addresses[name]
    if is_address(name):
        return name
    raise BenchmarkError(
        "unknown_account",
        f"{name} names no account of this run",
        suggestions=("name an account of the initial state, or write an address",),
    )


def token_subject(
    assertion: TokenAssertion, accounts: Sequence[InitialAccount], addresses: Mapping[str, str], ata: AtaDeriver
) -> TokenSubject:
    """Return the token account of an assertion.

    A derivation overrides ``pubkey``. A wallet with a mint means its associated account; an address that the initial
    state does not know counts as a wallet then, since a token account would need no mint. Raises BenchmarkError
    ``unknown_account``.
    """
    derivation = assertion.address_derivation
    if derivation is not None:
        owner = address_of(derivation.owner, addresses)
        return TokenSubject(ata(owner, derivation.mint), derivation.mint, derivation.owner)
    address = address_of(assertion.pubkey, addresses)
    for account in accounts:
        if isinstance(account, InitialToken) and addresses.get(account.name, account.name) == address:
            return TokenSubject(address, account.mint, account.owner)
    if assertion.mint is not None and _is_wallet(assertion.pubkey, accounts):
        return TokenSubject(ata(address, assertion.mint), assertion.mint, assertion.pubkey)
    return TokenSubject(address, assertion.mint, assertion.pubkey)


def subjects(case: TestCase, addresses: Mapping[str, str], ata: AtaDeriver) -> tuple[str, ...]:
    """Return the addresses whose lamports and tokens judgement reads, the agent's wallet first, without duplicates.

    Raises BenchmarkError ``unknown_account`` when an assertion names an account that ``addresses`` does not have.
    """
    found = [address_of(USER_WALLET, addresses)]
    for assertion in case.ground_truth.assertions:
        found.extend(_looked_at(assertion, case, addresses, ata))
    return tuple(dict.fromkeys(found))


def holders(case: TestCase, addresses: Mapping[str, str]) -> tuple[str, ...]:
    """Return the wallets of which judgement needs everything they hold (``StateView.held_raw``), without duplicates.

    Raises BenchmarkError ``unknown_account``.
    """
    valued = (a for a in case.ground_truth.assertions if isinstance(a, TotalPortfolioValue | LiquidityRatio))
    return tuple(dict.fromkeys(address_of(assertion.pubkey, addresses) for assertion in valued))


def lenders(case: TestCase, addresses: Mapping[str, str]) -> tuple[str, ...]:
    """Return the wallets of which judgement needs the lending positions, without duplicates.

    Raises BenchmarkError ``unknown_account``.
    """
    lending = (a for a in case.ground_truth.assertions if isinstance(a, _LENDING))
    return tuple(dict.fromkeys(address_of(assertion.pubkey, addresses) for assertion in lending))


def _looked_at(assertion: Assertion, case: TestCase, addresses: Mapping[str, str], ata: AtaDeriver) -> Iterator[str]:
    if isinstance(assertion, TokenAccountBalance | TokenAccountBalanceChange):
        yield token_subject(assertion, case.accounts, addresses, ata).address
    elif isinstance(assertion, SolBalance | SolBalanceChange | CapitalReserve | TotalPortfolioValue | LiquidityRatio):
        yield address_of(assertion.pubkey, addresses)


def _is_wallet(pubkey: str, accounts: Sequence[InitialAccount]) -> bool:
    named = any(isinstance(account, InitialWallet) and account.name == pubkey for account in accounts)
    return named or pubkey == USER_WALLET or is_address(pubkey)
