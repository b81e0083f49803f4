from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_tools.chain import Keyring
from reev_tools.market.lend import (
    LEND_INSTRUCTIONS,
    LEND_PROGRAM,
    LendOperation,
    decode_lend_instruction,
    lend_instruction,
    vault_addresses,
)
from reev_types.chain import AccountMeta, Instruction
from reev_types.tokens import TOKEN_PROGRAM, find_token

OWNER = Keyring(0, "lend").address("owner")
USDC = vault_addresses(find_token("USDC").mint, TOKEN_PROGRAM)
INTERFACE = {
    "deposit": "f223c68952e1f2b6 assets",
    "deposit_with_min_amount_out": "74901061766d2877 assets min_amount_out",
    "mint": "3339e12fb69289a6 shares",
    "mint_with_max_assets": "065e457a1eb392ab shares max_assets",
    "withdraw": "b712469c946da122 amount",
    "withdraw_with_max_shares_burn": "2fc5b7abef12f5ab amount max_shares_burn",
    "redeem": "b80c569546c461e1 shares",
    "redeem_with_min_amount_out": "ebbded38a6b4b895 shares min_amount_out",
}
ACCOUNTS = {
    False: """
        signer:w:s depositor_token_account:w recipient_token_account:w mint lending_admin lending:w f_token_mint:w
        supply_token_reserves_liquidity:w lending_supply_position_on_liquidity:w rate_model vault:w liquidity:w
        liquidity_program rewards_rate_model token_program associated_token_program system_program
    """,
    True: """
        signer:w:s owner_token_account:w recipient_token_account:w lending_admin lending:w mint f_token_mint:w
        supply_token_reserves_liquidity:w lending_supply_position_on_liquidity:w rate_model vault:w claim_account:w
        liquidity:w liquidity_program rewards_rate_model token_program associated_token_program system_program
    """,
}
u64 = st.integers(0, 2**64 - 1)


def order(operation: LendOperation = LendOperation.DEPOSIT, **options: Any) -> Instruction:
    return lend_instruction(operation, USDC, OWNER, 7, **options)


@pytest.mark.parametrize("shape", LEND_INSTRUCTIONS, ids=lambda shape: shape.name)
def test_tag_arguments_accounts_and_flags_are_those_of_the_interface(shape: Any) -> None:
    tag, *arguments = INTERFACE[shape.name].split()
    assert (shape.discriminator.hex(), list(shape.arguments)) == (tag, arguments)
    built = order(shape.operation, bound_raw=1 if len(arguments) == 2 else None)
    assert built.data[:8].hex() == tag
    flags = [
        role + (":w" if meta.is_writable else "") + (":s" if meta.is_signer else "")
        for role, meta in zip(shape.roles, built.accounts, strict=True)
    ]
    assert flags == ACCOUNTS[shape.operation.takes_out].split()


@given(operation=st.sampled_from(LendOperation), amount_raw=u64, bound_raw=st.none() | u64)
def test_what_is_built_decodes_to_the_same(operation: LendOperation, amount_raw: int, bound_raw: int | None) -> None:
    call = decode_lend_instruction(lend_instruction(operation, USDC, OWNER, amount_raw, bound_raw=bound_raw))
    assert call is not None
    assert call.shape.operation is operation
    assert list(call.arguments.values()) == [amount_raw] + ([] if bound_raw is None else [bound_raw])
    assert (call.accounts["signer"], call.accounts["vault"]) == (OWNER, USDC.vault)


def test_assets_go_one_way_and_shares_the_other() -> None:
    entering, leaving = decode_lend_instruction(order()), decode_lend_instruction(order(LendOperation.REDEEM))
    assert entering is not None
    assert leaving is not None
    assert entering.accounts["depositor_token_account"] == leaving.accounts["recipient_token_account"]
    assert entering.accounts["recipient_token_account"] == leaving.accounts["owner_token_account"]


def test_an_account_can_be_replaced_by_role() -> None:
    built = order(accounts={"associated_token_program": LEND_PROGRAM})
    assert built.accounts[15].pubkey == LEND_PROGRAM


@pytest.mark.parametrize(
    "change",
    [
        {"program_id": OWNER},
        {"data": b""},
        {"data": bytes(16)},
        {"data": order().data[:-1]},
        {"data": order().data + b"\0"},
        {"accounts": order().accounts[:-1]},
    ],
    ids=["other-program", "no-data", "unknown-tag", "short", "long", "few-accounts"],
)
def test_what_the_program_would_not_take_is_not_decoded(change: dict[str, Any]) -> None:
    assert decode_lend_instruction(order().model_copy(update=change)) is None


def test_further_accounts_are_left_out_of_the_decoded_call() -> None:
    longer = order().model_copy(update={"accounts": (*order().accounts, AccountMeta(pubkey=OWNER))})
    assert decode_lend_instruction(longer) == decode_lend_instruction(order())
