"""Nothing that Jupiter answers is signed unless it was asked for."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from reev_tools.chain import associated_token_address
from reev_tools.jupiter import JupiterServiceError
from reev_tools.programs import (
    MEMO_PROGRAMS,
    close_account,
    create_associated_token_account,
    set_compute_unit_limit,
    set_compute_unit_price,
    sync_native,
    transfer_checked,
    transfer_lamports,
)
from reev_tools.wallet._vetting import vetted
from reev_types.chain import AccountMeta, Instruction
from reev_types.tokens import SOL_MINT, TOKEN_PROGRAM, find_token

OWNER, STRANGER = "9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin", "6dM4TqWyWJsbx7obrdLcviBkTafD5E8av61zfU6jq57X"
MARKET = "JUP6LkbZbjS1jKKwapdHNy74zcZ3tLUZoi5QNyVTaV4"
USDC, JUP = find_token("USDC").mint, find_token("JUP").mint


@dataclass(frozen=True)
class AnyCall:
    """Terms that a call of the market fulfils unless it says so itself."""

    owner: str = OWNER
    program: str = MARKET
    mints: frozenset[str] = frozenset({USDC})

    def fault(self, call: Instruction) -> str | None:
        return call.data.decode() or None


def call(data=b"", *signers):
    metas = tuple(AccountMeta(pubkey=signer, is_signer=True) for signer in signers)
    return Instruction(program_id=MARKET, accounts=metas, data=data)


def opening(payer=OWNER, owner=OWNER, mint=USDC, program=TOKEN_PROGRAM, account=None, data=b"\1"):
    account = account or associated_token_address(owner, mint, program)
    creation = create_associated_token_account(payer, account, owner, mint, program)
    return creation.model_copy(update={"data": data})


def memo(text, *signers):
    metas = tuple(AccountMeta(pubkey=signer, is_signer=True) for signer in signers)
    return Instruction(program_id=MEMO_PROGRAMS[0], accounts=metas, data=text)


def refused(*calls):
    with pytest.raises(JupiterServiceError) as caught:
        vetted(calls, AnyCall())
    assert caught.value.code == "unexpected_instructions"
    return caught.value.message


def test_the_call_passes_with_memos_and_the_wallets_own_accounts():
    calls = (opening(), opening(data=b""), opening(data=b"\0"), call(b"", OWNER), memo(b"hello"), memo(b"hi", OWNER))
    assert vetted(calls, AnyCall()) == calls


def test_jupiters_compute_budget_is_left_out():
    budget = (set_compute_unit_limit(1_400_000), set_compute_unit_price(10**12))
    assert vetted((*budget, call()), AnyCall()) == (call(),)


@pytest.mark.parametrize(
    "extra",
    [
        transfer_lamports(OWNER, STRANGER, 5 * 10**9),
        transfer_lamports(OWNER, associated_token_address(OWNER, SOL_MINT, TOKEN_PROGRAM), 1),
        transfer_checked(TOKEN_PROGRAM, STRANGER, USDC, STRANGER, OWNER, 1, 6),
        close_account(TOKEN_PROGRAM, STRANGER, STRANGER, OWNER),
        sync_native(TOKEN_PROGRAM, STRANGER),
        Instruction(program_id=STRANGER, accounts=(), data=b""),
    ],
    ids=["transfer", "wrap", "token transfer", "close", "sync", "unknown"],
)
def test_another_programs_instruction_is_refused(extra):
    assert "has no business here" in refused(call(), extra)


@pytest.mark.parametrize(
    "creation",
    [
        opening(payer=STRANGER),
        opening(owner=STRANGER),
        opening(mint=JUP),
        opening(program=MARKET),
        opening(account=STRANGER),
        opening(data=b"\2"),
        opening().model_copy(update={"accounts": opening().accounts[:5]}),
    ],
    ids=["payer", "owner", "mint", "program", "account", "recover nested", "too few"],
)
def test_an_account_that_is_not_the_wallets_own_is_not_opened(creation):
    metas = tuple(meta.model_copy(update={"is_signer": meta.pubkey == OWNER}) for meta in creation.accounts)
    assert "not the wallet's own" in refused(call(), creation.model_copy(update={"accounts": metas}))


@pytest.mark.parametrize("asking", [call(b"", OWNER, STRANGER), memo(b"", STRANGER), opening(payer=STRANGER)])
def test_nobody_else_signs(asking):
    assert STRANGER in refused(call(), asking)


def test_there_is_one_call_of_the_market_no_more_and_no_fewer():
    assert "exactly one" in refused()
    assert "exactly one" in refused(opening())
    assert "exactly one" in refused(call(), call())


def test_what_is_wrong_with_the_call_is_told():
    assert "other amounts" in refused(call(b"other amounts"))
