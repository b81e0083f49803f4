from collections.abc import Callable
from typing import Any

import pytest

from reev_runner.files._holdings import TOKEN_RENT_LAMPORTS
from reev_tools.chain import Vm, World
from reev_types.amounts import U64_MAX
from reev_types.benchmarks import InitialToken, TestCase

TOKEN = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"
JUPITER_LEND = "jup3YeL8QhtSx1e253b2FDvsMNC87fDrgQZivbrndc9"
USDC = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"
SOL = "So11111111111111111111111111111111111111112"

Compile = Callable[..., TestCase]
Refuse = Callable[..., Any]


def held(amount_raw: int, mint: str = USDC) -> str:
    data = f"{{mint: {mint}, owner: RECIPIENT_WALLET_PUBKEY, amount: {amount_raw}}}"
    return f"  - {{pubkey: RECIPIENT_ATA, owner: {TOKEN}, data: {data}}}\n"


def test_balances_of_a_mint_may_add_up_to_its_whole_supply(compiled: Compile):
    account = compiled(accounts=held(U64_MAX - 70)).accounts[3]
    assert isinstance(account, InitialToken)
    assert account.amount_raw == U64_MAX - 70


def test_balances_beyond_the_supply_of_their_mint_are_refused_where_they_pass_it(refused: Refuse):
    error = refused(accounts=held(U64_MAX - 69))
    assert error.code == "supply_exceeded"
    assert "all balances of USDC together" in error.message
    assert error.at.startswith(f"{U64_MAX - 69}")


def test_share_balances_count_towards_the_supply_too(refused: Refuse):
    shares = "9BEcn9aPEmhSPbPQeFGjidRiEKki46fVQDyPpSQXPA2D"
    wallet = f"  - {{pubkey: USER_WALLET_PUBKEY, owner: {JUPITER_LEND}, data: {{jlUSDC_balance: {U64_MAX}}}}}\n"
    error = refused(accounts=held(1, shares) + wallet)
    assert error.code == "supply_exceeded"
    assert error.at.startswith("{jlUSDC_balance")


def test_wrapped_sol_leaves_room_for_the_rent_of_its_account(compiled: Compile, refused: Refuse):
    most = U64_MAX - TOKEN_RENT_LAMPORTS
    assert compiled(accounts=held(most, SOL)).accounts[3].amount_raw == most
    error = refused(accounts=held(most + 1, SOL))
    assert error.code == "amount_too_large"
    assert error.at.startswith(f"{most + 1}")


def test_the_rent_of_a_token_account_is_what_the_chain_asks_for():
    assert Vm(World.genesis()).minimum_balance(165) == TOKEN_RENT_LAMPORTS


@pytest.mark.parametrize("mint", [USDC, SOL])
def test_one_account_alone_may_hold_a_large_amount(compiled: Compile, mint: str):
    assert compiled(accounts=held(10**18, mint)).accounts[3].amount_raw == 10**18
