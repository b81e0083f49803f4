"""Calls of a wrong shape - signature, flags, data, number of accounts: each is refused and moves nothing."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from reev_tools.market.lend import (
    LendError,
    LendOperation,
    vault_addresses,
)
from reev_tools.market.lend._addresses import LIQUIDITY
from reev_types.chain import AccountMeta
from reev_types.tokens import TOKENS

SYSTEM = "11111111111111111111111111111111"
USDC, USDT = TOKENS[1], TOKENS[2]
OWN, OTHER = (vault_addresses(token.mint, token.program) for token in (USDC, USDT))
MILLION = 10**6
SOL = 10**9
OPERATIONS = list(LendOperation)
CLAIM = OWN.claim


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_an_owner_who_does_not_sign_is_refused(scene: Any, operation: str) -> None:
    order = scene.lender.order(operation, MILLION)
    metas = (order.accounts[0].model_copy(update={"is_signer": False}), *order.accounts[1:])
    outcome = await scene.refused(order.model_copy(update={"accounts": metas}))
    assert outcome.failure.custom_code == LendError.ACCOUNT_NOT_SIGNER


@pytest.mark.parametrize("operation", ["deposit", "withdraw"])
async def test_an_account_that_cannot_be_written_is_refused(scene: Any, operation: str) -> None:
    order = scene.lender.order(operation, MILLION)
    written = [i for i, meta in enumerate(order.accounts) if meta.is_writable and i and meta.pubkey != CLAIM]
    assert len(written) == 8
    for index in written:
        metas = list(order.accounts)
        metas[index] = metas[index].model_copy(update={"is_writable": False})
        outcome = await scene.refused(order.model_copy(update={"accounts": tuple(metas)}))
        assert outcome.failure.custom_code == LendError.CONSTRAINT_MUT


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_no_account_may_play_two_parts(scene: Any, operation: str) -> None:
    order = scene.lender.order(operation, MILLION)
    written = [i for i, meta in enumerate(order.accounts) if meta.is_writable and meta.pubkey != CLAIM]
    for index, stand_in in permutations(written, 2):
        metas = list(order.accounts)
        metas[index] = AccountMeta(
            pubkey=order.accounts[stand_in].pubkey, is_signer=order.accounts[stand_in].is_signer, is_writable=True
        )
        await scene.refused(order.model_copy(update={"accounts": tuple(metas)}))


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("bound_raw", [None, 1], ids=["plain", "bounded"])
async def test_data_of_any_other_length_is_refused(scene: Any, operation: str, bound_raw: int | None) -> None:
    order = scene.lender.order(operation, MILLION, bound_raw)
    for size in (*range(len(order.data)), len(order.data) + 1, len(order.data) + 8, 200):
        data = order.data[:size].ljust(size, b"\0")
        outcome = await scene.refused(order.model_copy(update={"data": data}))
        expected = LendError.INSTRUCTION_MISSING if size < 8 else LendError.INSTRUCTION_DID_NOT_DESERIALIZE
        assert outcome.failure.custom_code == expected


async def test_an_unknown_instruction_is_refused(scene: Any) -> None:
    order = scene.lender.order("deposit", MILLION)
    outcome = await scene.refused(order.model_copy(update={"data": bytes(8) + order.data[8:]}))
    assert outcome.failure.custom_code == LendError.INSTRUCTION_FALLBACK_NOT_FOUND


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_too_few_accounts_are_refused(scene: Any, operation: str) -> None:
    order = scene.lender.order(operation, MILLION)
    for count in range(len(order.accounts)):
        outcome = await scene.refused(order.model_copy(update={"accounts": order.accounts[:count]}))
        assert outcome.failure.custom_code == LendError.ACCOUNT_NOT_ENOUGH_KEYS


async def test_further_accounts_are_not_looked_at(scene: Any) -> None:
    order = scene.lender.order("deposit", MILLION)
    accounts = (*order.accounts, AccountMeta(pubkey=scene.watched["other vault"], is_writable=True))
    before = await scene.lender.balance(scene.watched["other vault"])
    assert (await scene.lender.send(order.model_copy(update={"accounts": accounts}))).succeeded
    assert await scene.lender.balance(scene.watched["other vault"]) == before


async def test_more_accounts_than_a_program_can_take_are_refused(scene: Any) -> None:
    order = scene.lender.order("deposit", MILLION)
    accounts = order.accounts + (AccountMeta(pubkey=LIQUIDITY),) * (65 - len(order.accounts))
    await scene.refused(order.model_copy(update={"accounts": accounts}))
