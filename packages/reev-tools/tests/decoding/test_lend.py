from __future__ import annotations

import pytest

from reev_tools.decoding import describe
from reev_tools.market.lend import EVERYTHING, LEND_INSTRUCTIONS, LEND_PROGRAM, LendOperation
from reev_types.chain import AccountMeta, Instruction

DEPOSIT, MINT, WITHDRAW, REDEEM = LendOperation


@pytest.mark.parametrize(
    ("operation", "bound_raw", "name", "amount"),
    [
        (DEPOSIT, None, "deposit", "1.5 USDC"),
        (DEPOSIT, 1_400_000, "deposit_with_min_amount_out", "1.5 USDC for at least 1.4 jlUSDC"),
        (MINT, None, "mint", "1.5 jlUSDC"),
        (MINT, 1_600_000, "mint_with_max_assets", "1.5 jlUSDC for at most 1.6 USDC"),
        (WITHDRAW, None, "withdraw", "1.5 USDC"),
        (WITHDRAW, 1_400_000, "withdraw_with_max_shares_burn", "1.5 USDC for at most 1.4 jlUSDC"),
        (REDEEM, None, "redeem", "1.5 jlUSDC"),
        (REDEEM, 1_600_000, "redeem_with_min_amount_out", "1.5 jlUSDC for at least 1.6 USDC"),
    ],
)
async def test_every_instruction_is_told_in_assets_or_shares(customer, operation, bound_raw, name, amount):
    view = describe(customer.lend(operation, 1_500_000, bound_raw))
    assert (view.program, view.name, view.arguments["amount"]) == ("Jupiter Lend", name, amount)
    shape = next(shape for shape in LEND_INSTRUCTIONS if shape.name == name)
    assert tuple(view.accounts) == shape.roles


async def test_raw_amounts_stand_beside(customer):
    view = describe(customer.lend(WITHDRAW, 1_500_000, 7))
    assert view.arguments == {
        "amount": "1.5 USDC for at most 0.000007 jlUSDC",
        "amount_raw": "1500000",
        "max_shares_burn": "7",
    }


async def test_everything_is_said_in_words(customer):
    assert describe(customer.lend(REDEEM, EVERYTHING)).arguments["amount"] == "all jlUSDC"


async def test_without_its_accounts_a_deposit_is_told_in_raw_units(customer):
    order = customer.lend(DEPOSIT, 5).model_copy(update={"accounts": ()})
    assert describe(order).arguments == {"amount": "5 raw units", "assets": "5"}


async def test_half_a_deposit_is_unknown(customer):
    order = customer.lend(DEPOSIT, 5)
    assert describe(order.model_copy(update={"data": order.data[:12]})).name == "unknown"


def test_the_update_of_a_rate_has_a_name():
    metas = tuple(AccountMeta(pubkey=LEND_PROGRAM) for _ in range(5))
    data = bytes.fromhex("18e135bd48d4e1b2")
    view = describe(Instruction(program_id=LEND_PROGRAM, accounts=metas, data=data))
    assert (view.name, next(iter(view.accounts))) == ("update_rate", "lending")
