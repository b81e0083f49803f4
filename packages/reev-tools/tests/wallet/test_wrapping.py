"""Whatever is swapped or lent, the wallet's own wrapped SOL is afterwards what it was before, to the unit."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reev_types.tokens import SOL_MINT, TOKEN_PROGRAM, find_token
from reev_types.tools import Executed, Refused

SOL, USDC = 10**9, find_token("USDC").mint
FEE = 5_000
HELD = 123_456_789

CALLS = {
    "SOL in": ("jupiter_swap", {"input_mint": "SOL", "output_mint": "USDC", "amount": "0.1"}),
    "SOL in, exactly out": (
        "jupiter_swap",
        {"input_mint": "SOL", "output_mint": "USDC", "amount": "15", "swap_mode": "ExactOut"},
    ),
    "SOL out": ("jupiter_swap", {"input_mint": "USDC", "output_mint": "SOL", "amount": "15"}),
    "SOL exactly out": (
        "jupiter_swap",
        {"input_mint": "USDC", "output_mint": "SOL", "amount": "0.1", "swap_mode": "ExactOut"},
    ),
    "deposit": ("jupiter_lend_earn_deposit", {"asset_mint": "SOL", "amount": "0.1"}),
    "mint": ("jupiter_lend_earn_mint", {"asset": "SOL", "shares": "0.1"}),
    "withdraw": ("jupiter_lend_earn_withdraw", {"asset_mint": "SOL", "amount": "0.1"}),
    "redeem": ("jupiter_lend_earn_redeem", {"asset": "SOL", "shares": "max"}),
}
TAKES_SOL = {"SOL in", "SOL in, exactly out", "deposit", "mint"}


async def furnished(town, wsol_raw):
    """ALICE with everything that the calls need, and all her token accounts open."""
    await town.chain.set_lamports(town.alice, 10 * SOL)
    await town.chain.set_token_balance(town.alice, USDC, 100_000_000)
    await town.lent("jlWSOL", SOL)
    if wsol_raw is not None:
        await town.chain.set_token_balance(town.alice, SOL_MINT, wsol_raw)
    return town


def moved_sol(name, details):
    """What the wallet's SOL should have changed by, as the result states it."""
    spent, received = ("assets_raw", "assets_raw") if "assets_raw" in details else ("spent_raw", "received_raw")
    return -details[spent] if name in TAKES_SOL else details[received]


@pytest.mark.parametrize("wsol_raw", [None, 0, HELD], ids=["no account", "empty account", "holding some"])
@pytest.mark.parametrize("name", CALLS)
async def test_wrapped_sol_is_left_as_it_was(open_market_town, name, wsol_raw):
    town = await furnished(open_market_town(), wsol_raw)
    account = town.chain.associated_token_address(town.alice, SOL_MINT, TOKEN_PROGRAM)
    before = await town.chain.account(account)
    tool, arguments = CALLS[name]
    result = await town.call(tool, **arguments)
    assert isinstance(result, Executed), result
    assert await town.chain.account(account) == before
    assert await town.lamports(town.alice) == 10 * SOL + moved_sol(name, result.details) - FEE


async def with_bytes(town, at, data):
    """ALICE's wrapped SOL, with other bytes in its account."""
    address = await town.chain.set_token_balance(town.alice, SOL_MINT, HELD)
    account = await town.chain.account(address)
    changed = account.data[:at] + data + account.data[at + len(data) :]
    await town.chain.set_account(account.model_copy(update={"data": changed}))
    return await town.chain.account(address)


SOMEBODY = bytes([1, 0, 0, 0]) + bytes([7]) * 32
REOPENED = {"SOL in, exactly out", "SOL out", "SOL exactly out", "mint", "withdraw", "redeem"}


@pytest.mark.parametrize(("at", "power"), [(72, "delegate"), (129, "close authority")], ids=["delegate", "closer"])
@pytest.mark.parametrize("name", CALLS)
async def test_an_account_that_others_have_power_over_is_never_closed(open_market_town, name, at, power):
    town = await furnished(open_market_town(), None)
    before = await with_bytes(town, at, SOMEBODY)
    tool, arguments = CALLS[name]
    result = await town.call(tool, **arguments)
    assert await town.chain.account(before.address) == before
    if name not in REOPENED:
        assert isinstance(result, Executed), result
        return
    assert isinstance(result, Refused)
    assert result.code == "unusable_account"
    assert power in result.message
    assert await town.lamports(town.alice) == 10 * SOL


@pytest.mark.parametrize("name", CALLS)
async def test_lamports_that_wait_at_the_address_are_the_wallets_own(open_market_town, name):
    """Anybody can send lamports to where an account will be, before there is one."""
    town = await furnished(open_market_town(), None)
    address = town.chain.associated_token_address(town.alice, SOL_MINT, TOKEN_PROGRAM)
    await town.chain.set_lamports(address, 5_000_000)
    tool, arguments = CALLS[name]
    result = await town.call(tool, **arguments)
    assert isinstance(result, Executed), result
    assert await town.chain.account(address) is None
    assert await town.lamports(town.alice) == 10 * SOL + 5_000_000 + moved_sol(name, result.details) - FEE


@settings(max_examples=20)
@given(
    name=st.sampled_from(sorted(CALLS)),
    wsol_raw=st.none() | st.integers(0, 10**12),
    raw=st.integers(10_000, 90_000_000),
)
async def test_it_is_so_for_any_amount(open_market_town, name, wsol_raw, raw):
    town = await furnished(open_market_town(), wsol_raw)
    tool, arguments = CALLS[name]
    counted = "shares_raw" if "shares" in arguments else "amount_raw"
    given_arguments = {key: value for key, value in arguments.items() if key not in ("amount", "shares")}
    result = await town.call(tool, **given_arguments, **{counted: raw})
    assert isinstance(result, Executed), result
    assert await town.wsol() == wsol_raw
    assert await town.lamports(town.alice) == 10 * SOL + moved_sol(name, result.details) - FEE
