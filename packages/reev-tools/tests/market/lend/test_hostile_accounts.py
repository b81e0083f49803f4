"""Calls with accounts that are not the right ones: each fails with a clear number and moves nothing."""

from __future__ import annotations

from typing import Any

import pytest
from solders.pubkey import Pubkey

from reev_tools.market.lend import (
    LEND_PROGRAM,
    LENDING_ADMIN,
    LendError,
    LendOperation,
    vault_addresses,
)
from reev_types.chain import AccountState
from reev_types.tokens import TOKEN_2022_PROGRAM, TOKENS

SYSTEM = "11111111111111111111111111111111"
USDC, USDT = TOKENS[1], TOKENS[2]
OWN, OTHER = (vault_addresses(token.mint, token.program) for token in (USDC, USDT))
MILLION = 10**6
SOL = 10**9
OPERATIONS = list(LendOperation)


def roles(operation: str) -> tuple[str, str]:
    """Return the roles of the accounts that hold assets and shares."""
    if LendOperation(operation).takes_out:
        return "recipient_token_account", "owner_token_account"
    return "depositor_token_account", "recipient_token_account"


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("side", [0, 1], ids=["assets", "shares"])
async def test_the_account_of_somebody_else_is_refused(scene: Any, operation: str, side: int) -> None:
    mint = (USDC.mint, OWN.f_token_mint)[side]
    theirs = scene.watched[f"neighbour's {mint}"]
    assert await scene.code(operation, **{roles(operation)[side]: theirs}) == LendError.CONSTRAINT_TOKEN_OWNER


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("side", [0, 1], ids=["assets", "shares"])
async def test_an_account_of_another_mint_is_refused(scene: Any, operation: str, side: int) -> None:
    mint = (USDT.mint, OTHER.f_token_mint)[side]
    wrong = scene.watched[f"own {mint}"]
    assert await scene.code(operation, **{roles(operation)[side]: wrong}) == LendError.CONSTRAINT_TOKEN_MINT


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("side", [0, 1], ids=["assets", "shares"])
async def test_the_vault_is_no_account_of_a_customer(scene: Any, operation: str, side: int) -> None:
    expected = (LendError.CONSTRAINT_TOKEN_OWNER, LendError.CONSTRAINT_TOKEN_MINT)[side]
    assert await scene.code(operation, **{roles(operation)[side]: OWN.vault}) == expected


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_the_account_of_a_user_is_no_vault(scene: Any, operation: str) -> None:
    for name in ("own", "neighbour's"):
        account = scene.watched[f"{name} {USDC.mint}"]
        assert await scene.code(operation, vault=account) == LendError.CONSTRAINT_ADDRESS


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize(
    ("role", "code"),
    [
        ("mint", LendError.CONSTRAINT_TOKEN_MINT),
        ("f_token_mint", LendError.CONSTRAINT_TOKEN_MINT),
        ("lending", LendError.CONSTRAINT_HAS_ONE),
        ("supply_token_reserves_liquidity", LendError.CONSTRAINT_ADDRESS),
        ("lending_supply_position_on_liquidity", LendError.CONSTRAINT_ADDRESS),
        ("rate_model", LendError.CONSTRAINT_HAS_ONE),
        ("rewards_rate_model", LendError.CONSTRAINT_ADDRESS),
        ("vault", LendError.CONSTRAINT_ADDRESS),
    ],
)
async def test_what_belongs_to_another_vault_is_refused(scene: Any, operation: str, role: str, code: int) -> None:
    order = scene.lender.order(operation, MILLION)
    at = [meta.pubkey for meta in order.accounts].index(getattr(OWN, ADDRESS_OF[role]))
    other = order.accounts[at].model_copy(update={"pubkey": getattr(OTHER, ADDRESS_OF[role])})
    metas = (*order.accounts[:at], other, *order.accounts[at + 1 :])
    outcome = await scene.refused(order.model_copy(update={"accounts": metas}))
    assert outcome.failure.custom_code == code


ADDRESS_OF = {
    "mint": "mint",
    "f_token_mint": "f_token_mint",
    "lending": "lending",
    "supply_token_reserves_liquidity": "reserve",
    "lending_supply_position_on_liquidity": "position",
    "rate_model": "rate_model",
    "rewards_rate_model": "rewards_rate_model",
    "vault": "vault",
}


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_shares_and_mint_of_another_vault_are_refused_together(scene: Any, operation: str) -> None:
    swapped = {
        roles(operation)[1]: scene.watched[f"own {OTHER.f_token_mint}"],
        "f_token_mint": OTHER.f_token_mint,
    }
    assert await scene.code(operation, **swapped) == LendError.CONSTRAINT_HAS_ONE


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_a_dear_mint_cannot_be_drawn_from_with_shares_of_a_cheap_vault(scene: Any, operation: str) -> None:
    swapped = {
        roles(operation)[0]: scene.watched[f"own {USDT.mint}"],
        "mint": USDT.mint,
        "vault": OTHER.vault,
        "rate_model": OTHER.rate_model,
        "supply_token_reserves_liquidity": OTHER.reserve,
    }
    assert await scene.code(operation, **swapped) == LendError.CONSTRAINT_HAS_ONE


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize(
    ("role", "name", "code"),
    [
        ("lending", "lending", LendError.CONSTRAINT_SEEDS),
        ("supply_token_reserves_liquidity", "reserve", LendError.CONSTRAINT_ADDRESS),
        ("lending_supply_position_on_liquidity", "position", LendError.CONSTRAINT_ADDRESS),
    ],
)
async def test_a_copy_elsewhere_is_refused(scene: Any, operation: str, role: str, name: str, code: int) -> None:
    copy = await scene.forge(getattr(OWN, name))
    assert await scene.code(operation, **{role: copy}) == code


async def test_a_copy_of_the_admin_is_refused(scene: Any) -> None:
    assert await scene.code("deposit", lending_admin=await scene.forge(LENDING_ADMIN)) == LendError.CONSTRAINT_SEEDS


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize(
    ("role", "original"),
    [
        ("lending_admin", LENDING_ADMIN),
        ("lending", OWN.lending),
        ("supply_token_reserves_liquidity", OWN.reserve),
        ("lending_supply_position_on_liquidity", OWN.position),
        ("rate_model", OWN.rate_model),
        ("rewards_rate_model", OWN.rewards_rate_model),
        ("mint", USDC.mint),
        ("f_token_mint", OWN.f_token_mint),
    ],
)
async def test_a_forgery_of_another_program_is_refused(scene: Any, operation: str, role: str, original: str) -> None:
    forged = await scene.forge(original, owner=SYSTEM)
    assert await scene.code(operation, **{role: forged}) == LendError.ACCOUNT_OWNED_BY_WRONG_PROGRAM


@pytest.mark.parametrize(
    ("role", "stand_in"),
    [
        ("lending_admin", OWN.lending),
        ("lending", OWN.reserve),
        ("supply_token_reserves_liquidity", OWN.lending),
        ("lending_supply_position_on_liquidity", OWN.reserve),
    ],
)
async def test_a_record_of_another_kind_is_refused(scene: Any, role: str, stand_in: str) -> None:
    expected = LendError.ACCOUNT_DISCRIMINATOR_MISMATCH
    assert await scene.code("deposit", **{role: stand_in}) == expected


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize(
    ("role", "code"),
    [
        ("token_program", LendError.INVALID_PROGRAM_ID),
        ("associated_token_program", LendError.INVALID_PROGRAM_ID),
        ("system_program", LendError.INVALID_PROGRAM_ID),
        ("liquidity_program", LendError.CONSTRAINT_HAS_ONE),
        ("liquidity", LendError.CONSTRAINT_ADDRESS),
    ],
)
async def test_another_program_is_refused(scene: Any, operation: str, role: str, code: int) -> None:
    assert await scene.code(operation, **{role: scene.neighbour}) == code


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_the_program_itself_is_no_token_program(scene: Any, operation: str) -> None:
    assert await scene.code(operation, token_program=LEND_PROGRAM) == LendError.INVALID_PROGRAM_ID


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_the_other_token_program_is_refused(scene: Any, operation: str) -> None:
    expected = LendError.CONSTRAINT_MINT_TOKEN_PROGRAM
    assert await scene.code(operation, token_program=TOKEN_2022_PROGRAM) == expected


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_an_optional_account_may_be_left_out(scene: Any, operation: str) -> None:
    left_out = {"associated_token_program": LEND_PROGRAM, "claim_account": LEND_PROGRAM}
    assert (await scene.lender.call(operation, MILLION, accounts=left_out)).succeeded


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_the_deputy_of_an_owner_is_refused(scene: Any, operation: str) -> None:
    """An approved delegate could move the tokens itself, but not through a vault."""
    assets, shares = (scene.watched[f"neighbour's {mint}"] for mint in (USDC.mint, OWN.f_token_mint))
    deputy = bytes(Pubkey.from_string(scene.lender.owner))
    for address in (assets, shares):
        await scene.lender.alter(address, 72, b"\1\0\0\0" + deputy)
        await scene.lender.alter(address, 121, (10**9).to_bytes(8, "little"))
    swapped = dict(zip(roles(operation), (assets, shares), strict=True))
    assert await scene.code(operation, **swapped) == LendError.CONSTRAINT_TOKEN_OWNER


async def test_an_empty_wallet_is_no_token_account(scene: Any) -> None:
    expected = LendError.ACCOUNT_OWNED_BY_WRONG_PROGRAM
    assert await scene.code("deposit", depositor_token_account=scene.neighbour) == expected


async def test_a_mint_is_no_token_account(scene: Any) -> None:
    plain = AccountState(
        address=scene.neighbour,
        owner=USDC.program,
        lamports=SOL,
        data=(await scene.lender.chain.account(USDC.mint)).data,
    )
    await scene.lender.chain.set_account(plain)
    expected = LendError.ACCOUNT_OWNED_BY_WRONG_PROGRAM
    assert await scene.code("deposit", depositor_token_account=scene.neighbour) == expected


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("side", [0, 1], ids=["assets", "shares"])
async def test_a_holding_of_the_other_token_program_is_refused(scene: Any, operation: str, side: int) -> None:
    mint = (USDC.mint, OWN.f_token_mint)[side]
    forged = await scene.forge(scene.watched[f"own {mint}"], owner=TOKEN_2022_PROGRAM)
    assert await scene.code(operation, **{roles(operation)[side]: forged}) == LendError.CONSTRAINT_TOKEN_TOKEN_PROGRAM


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_a_reserve_of_another_asset_is_refused(scene: Any, operation: str) -> None:
    await scene.lender.alter(OWN.reserve, 8, bytes(Pubkey.from_string(USDT.mint)))
    assert await scene.code(operation) == LendError.CONSTRAINT_HAS_ONE
