"""What is foreseen without executing anything is what surfpool charges."""

from __future__ import annotations

from typing import Any

import pytest

from reev_tools.chain import Keyring
from reev_tools.programs import transfer_lamports
from reev_types.chain import Instruction

SOL = 10**9
COMPUTE_BUDGET = "ComputeBudget111111111111111111111111111111"


def units(limit: int) -> Instruction:
    return Instruction(program_id=COMPUTE_BUDGET, accounts=(), data=b"\x02" + limit.to_bytes(4, "little"))


def price(micro_lamports: int) -> Instruction:
    return Instruction(program_id=COMPUTE_BUDGET, accounts=(), data=b"\x03" + micro_lamports.to_bytes(8, "little"))


@pytest.mark.parametrize(
    ("settings", "fee_lamports"),
    [
        ((), 5_000),
        ((price(1_000_000), units(10_000)), 15_000),
        ((units(10_001), price(100)), 5_002),
        ((price(1_000_000),), 5_000 + 2 * 3_000),
        ((price(1_000_000), units(2_000_000)), 5_000 + 1_400_000),
    ],
)
@pytest.mark.parametrize("lamports", [SOL, 100 * SOL], ids=["succeeds", "fails"])
async def test_a_fee_is_foreseen_and_charged_alike(
    settings: tuple[Instruction, ...], fee_lamports: int, lamports: int, open_surfpool: Any
) -> None:
    keys = Keyring(1, "fees")
    alice, bob = keys.address("alice"), keys.address("bob")
    chain = await open_surfpool(keys)
    await chain.set_lamports(alice, 10 * SOL)
    order = await chain.prepare([*settings, transfer_lamports(alice, bob, lamports)], payer=alice)
    foreseen = await chain.simulate(order)
    outcome = await chain.submit(order)
    assert foreseen == outcome
    assert outcome.fee_lamports == fee_lamports
